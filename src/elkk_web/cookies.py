"""The cookies of the cabinet: their names and how they are set."""

from datetime import timedelta

from werkzeug.wrappers import Response

from elkk_web.wiring import application


def name_of(cookie: str, *, secure: bool) -> str:
    """Return the name of a cookie; ``__Host-`` binds it to this very host and to HTTPS."""
    return f"__Host-{cookie}" if secure else cookie


def put(response: Response, cookie: str, value: str, *, max_age: timedelta | None) -> None:
    """Let the browser keep *value*, out of reach of scripts; until it is closed if *max_age* is None.

    A cookie needs HTTPS everywhere but on a loopback address, where there is none.
    """
    secure = application().settings.secure
    response.set_cookie(
        name_of(cookie, secure=secure),
        value,
        max_age=max_age,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, cookie: str) -> None:
    """Take a cookie from the browser."""
    secure = application().settings.secure
    response.delete_cookie(
        name_of(cookie, secure=secure), secure=secure, httponly=True, samesite="Lax"
    )


def read(jar: dict[str, str], cookie: str) -> str:
    """Return what the browser keeps, an empty text if nothing."""
    return jar.get(name_of(cookie, secure=application().settings.secure), "")
