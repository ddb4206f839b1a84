"""How much a visitor may send: little, but for forms that take files, and only once signed in."""

from flask import Flask, g, request

from elkk_web.wiring import application

_LARGEST_FORM = 256 * 1024
_WITH_FILES = frozenset({"requests.ask", "requests.reply"})


def install(app: Flask) -> None:
    """Bound what is sent to *app*; after it is known who is looking, before any form is read."""
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_FORM
    app.before_request(_widen)


def _widen() -> None:
    if request.endpoint in _WITH_FILES and g.viewer is not None:
        policy = application().settings.support.attachments
        request.max_content_length = policy.most_files * policy.most_bytes + _LARGEST_FORM
