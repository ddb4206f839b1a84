"""Logs tell what happened and keep what is nobody's business."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from elkk_adapters.logs import configure_logs, redact

TOKEN = "k3Jv9sQpZx7WmN2rT8yUbA"
UUID = "123e4567-e89b-12d3-a456-426614174000"


@pytest.fixture(name="restored_logs", autouse=True)
def logs_restored_afterwards() -> Iterator[None]:
    """Leave the logging of the test session as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    """Return what was logged as JSON."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "password_repeat",
        "newPassword",
        "sms_code",
        "sms-code",
        "token",
        "X-CSRF-Token",
        "Authorization",
        "Cookie",
        "secret_key",
        "answer",
    ],
)
def test_field_with_secret_name_is_hidden(name: str) -> None:
    """A field whose name tells of a secret is hidden, whatever it holds."""
    assert {name: "[hidden]"} == redact(None, "info", {name: "sesame"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+79161234567", "•••67"),
        ("8 (916) 123-45-67 is wrong", "•••67 is wrong"),
        ("tel:89161234567", "tel:•••67"),
        ("9161234567", "•••67"),
        ("phone=%2B79161234567&x=1", "phone=%2B•••67&x=1"),
        ("+4915112345678", "•••78"),
        ("letter to anna.b@example.org", "letter to a•••@example.org"),
        ("code 730164 was wrong", "code [hidden] was wrong"),
        ("Код подтверждения: 730164", "Код подтверждения: [hidden]"),
        ("{'code': '730164'}", "{'code': [hidden]}"),
        ("CodeRequested(code='730164')", "CodeRequested(code=[hidden])"),
        ("password=hunter2&phone=1", "password=[hidden]&phone=1"),
        ("GET /x?token=abc HTTP/1.1", "GET /x?token=[hidden] HTTP/1.1"),
        ("GET /confirm-email/abc HTTP/1.1", "GET /confirm-email/[hidden] HTTP/1.1"),
        ("Authorization: Bearer abc.def", "Authorization: [hidden]"),
        (f"session {TOKEN}", "session [hidden]"),
        ("postgresql://elkk:sesame@db/elkk", "postgresql://elkk:[hidden]@db/elkk"),
        (
            "DETAIL:  Failing row contains (7, Петров, $argon2id$v=19$m=19$(x)).\nCONTEXT: x",
            "DETAIL:  Failing row contains ([hidden]).\nCONTEXT: x",
        ),
    ],
)
def test_secret_in_text_is_hidden(text: str, shown: str) -> None:
    """A secret is found in the middle of a text too."""
    assert {"event": shown} == redact(None, "info", {"event": text})


@pytest.mark.parametrize(
    "text",
    [
        UUID,
        "2026-11-22T18:00:00.123456Z",
        "account 6800123456, 1500,00",
        "the token was used twice",
        "status code 404",
        "identity.code_requested",
        "attempt 1 of 12",
        "test_committed_message_is_delivered_once",
        "reading 14323 of 13.01.2020",
    ],
)
def test_harmless_text_is_kept(text: str) -> None:
    """What is no secret stays readable."""
    assert {"event": text} == redact(None, "info", {"event": text})


def test_redaction_reaches_into_values() -> None:
    """Secrets are hidden inside of lists, mappings and objects; other values keep their types."""
    event = {
        "event": "x",
        "form": {"password": "hunter2", "phones": ["+79161234567"], "rows": 3},
        "error": ValueError("no such phone: +79161234567"),
        "number": 79161234567,
        "count": 12,
        "paid": True,
        "share": 0.5,
        "error_code": "identity.wrong_code",
    }

    assert {
        "event": "x",
        "form": {"password": "[hidden]", "phones": ["•••67"], "rows": 3},
        "error": "no such phone: •••67",
        "number": "•••67",
        "count": 12,
        "paid": True,
        "share": 0.5,
        "error_code": "identity.wrong_code",
    } == redact(None, "info", event)


def test_production_logs_json_with_request_id() -> None:
    """In production an event is a line of JSON that tells the request it belongs to."""
    stream = io.StringIO()
    configure_logs(json=True, stream=stream)
    structlog.contextvars.bind_contextvars(request_id=UUID)

    structlog.get_logger("elkk_web.entry").info("signed_in", phone="+79161234567")
    (event,) = events(stream)

    assert event.pop("timestamp").endswith("Z")
    assert {
        "event": "signed_in",
        "level": "info",
        "logger": "elkk_web.entry",
        "phone": "•••67",
        "request_id": UUID,
    } == event


def test_development_logs_lines_to_read() -> None:
    """While developing an event is a line for people."""
    stream = io.StringIO()
    configure_logs(json=False, stream=stream)

    structlog.get_logger("elkk_web.entry").info("signed_in", phone="+79161234567")

    assert "signed_in" in stream.getvalue()
    assert "phone=•••67" in stream.getvalue()


@pytest.mark.parametrize("as_json", [True, False])
def test_traceback_is_redacted(as_json: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    """What a traceback quotes of the failure is redacted."""
    stream = io.StringIO()
    configure_logs(json=as_json, stream=stream)

    try:
        int(f"+79161234567 with {TOKEN}")
    except ValueError:
        structlog.get_logger("elkk_web").exception("failed")
        logging.getLogger("waitress").exception("failed")

    assert 2 == stream.getvalue().count("'•••67 with [hidden]'")
    assert "9161234567" not in stream.getvalue()
    assert TOKEN not in stream.getvalue()


@pytest.mark.parametrize("library", ["waitress", "dbos", "alembic", "sqlalchemy.engine"])
def test_library_is_quiet_until_it_warns(library: str) -> None:
    """Libraries are heard from a warning on, in the same form and redacted."""
    stream = io.StringIO()
    configure_logs(json=True, stream=stream)

    logging.getLogger(library).info("I feel fine")
    logging.getLogger(library).warning("No answer for %s", "+79161234567")

    assert [("No answer for •••67", "warning", library)] == [
        (event["event"], event["level"], event["logger"]) for event in events(stream)
    ]


def test_level_is_that_of_our_own_events() -> None:
    """Details are shown when asked for."""
    stream = io.StringIO()
    configure_logs(json=True, level="DEBUG", stream=stream)

    structlog.get_logger("elkk_adapters.sql").debug("detail")

    assert ["detail"] == [event["event"] for event in events(stream)]
