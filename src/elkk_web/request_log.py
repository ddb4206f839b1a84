"""One line of log for each request, and the number by which support finds it."""

from time import perf_counter
from uuid import uuid4

from flask import Flask, Response, g, request
from structlog import get_logger
from structlog.contextvars import bind_contextvars, clear_contextvars

_log = get_logger(__name__)
_QUIET = {"static", "health.alive", "health.ready"}


def install(app: Flask) -> None:
    """Number the requests of *app* and log how each was answered."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = uuid4().hex[:16]
    g.began_at = perf_counter()
    clear_contextvars()
    bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    if request.endpoint not in _QUIET:
        # The name of the view and not the address, which may hold the token of a letter.
        _log.info(
            "request",
            view=request.endpoint,
            method=request.method,
            status=response.status_code,
            milliseconds=round((perf_counter() - g.began_at) * 1000),
        )
    return response
