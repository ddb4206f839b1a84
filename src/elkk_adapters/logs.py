"""Structured logs: lines to read while developing, JSON in production, and secrets in neither.

A log is read by more people than may know what passes through the cabinet. Whatever is logged, by
us or by a library, goes through ``redact`` last.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

_HIDDEN = "[hidden]"

# A field is hidden for one of these words in its name: password_repeat, sms-code, X-CSRF-Token.
_SECRET_WORDS = frozenset(
    {
        "answer",
        "authorization",
        "code",
        "cookie",
        "csrf",
        "otp",
        "passphrase",
        "passwd",
        "password",
        "pin",
        "secret",
        "token",
    }
)
_HARMLESS_NAMES = frozenset({"error_code", "exit_code", "status_code"})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_PHONE = re.compile(
    r"(?:(?<![\w-])|(?<=%2B))"
    r"(?:\+\d{10,13}(?=\d{2})|\+?[78][ (.-]{0,2}\d{3}[ ).-]{0,2}\d{3}[ .-]?\d{2}[ .-]?|9\d{7})"
    r"(?P<end>\d{2})(?![\w-])"
)
_EMAIL = re.compile(r"(?P<start>[\w.+-])[\w.+-]*@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_URL_PASSWORD = re.compile(r"(?P<user>://[^\s:/@]*):[^\s@]+@")
_NAMED_SECRET = re.compile(
    r"(?P<name>\b(?:pass(?:word|wd|phrase)|secret(?:[_-]key)?|token|authorization|cookie"
    r"|(?:sms[_-]?)?code|otp|pin|код(?:\s+\w+){0,2}|пароль|ответ)\b['\"]?\s*[:=]\s*)"
    r"(?:(?:Bearer|Basic)\s+)?(?:'[^']*'|\"[^\"]*\"|[^\s,;&)}\]]+)",
    re.IGNORECASE,
)
_TOLD_SECRET = re.compile(
    r"(?P<name>\b(?:code|otp|pin|код(?:\s+\w+){0,2})\s+(?=\d{4})|\b(?:Bearer|Basic)\s+"
    r"|/confirm-email/)[\w.~+/=-]+",
    re.IGNORECASE,
)
# What PostgreSQL quotes of a row that it refuses: names and digests, with nothing to tell them by.
_ROW = re.compile(r"(?P<name>\bFailing row contains )\(.*\)")
# Text of 128 random bits or more: long, and of capitals, small letters and digits at once.
_RANDOM = re.compile(
    rf"(?<![\w-])(?!{_UUID})(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{{20,}}={{0,2}}"
)


def configure_logs(*, json: bool, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logs of this process to *stream*, standard error by default, one event per line.

    *level* is that of our own events; libraries are heard from a warning on. What is bound with
    ``structlog.contextvars``, such as a request's id, is in every event.
    """
    stream = sys.stderr if stream is None else stream
    renderer: Processor
    if json:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        # A traceback becomes text here, so that what it quotes is redacted too.
        structlog.processors.format_exc_info,
        redact,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("elkk_core", "elkk_adapters", "elkk_web", "elkk_cli"):
        logging.getLogger(package).setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def redact(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hide passwords, codes, answers and tokens, and mask phones and e-mail addresses."""
    # What structlog itself passes on is no part of the event and must stay as it is.
    return {
        name: value if name.startswith("_") else _redacted(name, value)
        for name, value in event.items()
    }


def _redacted(name: str, value: object) -> Any:  # noqa: ANN401 - a field may be anything
    if _is_secret(name):
        return _HIDDEN
    match value:
        case None | bool() | float():
            return value
        case str() | int():
            text = _redacted_text(str(value))
            return value if text == str(value) else text
        case Mapping():
            return {str(key): _redacted(str(key), inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_redacted("", inner) for inner in value]
        case _:
            return _redacted_text(str(value))


def _is_secret(name: str) -> bool:
    if name.lower() in _HARMLESS_NAMES:
        return False
    return any(word.lower() in _SECRET_WORDS for word in _WORD.findall(name))


def _redacted_text(text: str) -> str:
    text = _ROW.sub(rf"\g<name>({_HIDDEN})", text)
    text = _URL_PASSWORD.sub(rf"\g<user>:{_HIDDEN}@", text)
    text = _PHONE.sub(r"•••\g<end>", text)
    text = _EMAIL.sub(r"\g<start>•••@\g<domain>", text)
    text = _NAMED_SECRET.sub(rf"\g<name>{_HIDDEN}", text)
    text = _TOLD_SECRET.sub(rf"\g<name>{_HIDDEN}", text)
    return _RANDOM.sub(_HIDDEN, text)
