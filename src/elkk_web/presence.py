"""Who is looking at the page: the session cookie, and pages that need one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from elkk_core.identity import SessionEnded, SignedIn, User
from elkk_web import cookies
from elkk_web.wiring import application

_P = ParamSpec("_P")
_COOKIE = "elkk"
_OPEN_ENDPOINTS = {"static", "health.alive", "health.ready"}


def install(app: Flask) -> None:
    """Find out, before each page of *app*, who is looking."""
    app.before_request(_recognise)
    app.after_request(_forget_ended)


def _recognise() -> None:
    g.viewer = None
    if request.endpoint in _OPEN_ENDPOINTS:
        return
    token = session_token()
    if not token:
        return
    try:
        g.viewer = application().identity.resume_session(token=token)
    except SessionEnded:
        g.session_ended = True


def _forget_ended(response: Response) -> Response:
    if g.get("session_ended"):
        cookies.drop(response, _COOKIE)
    return response


def session_token() -> str:
    """Return the token that the browser holds, an empty text if it holds none."""
    return cookies.read(request.cookies, _COOKIE)


def viewer() -> User:
    """Return the user who is looking; only pages that need a sign-in may ask."""
    user: User = g.viewer
    return user


def admit(response: AnyResponse, signed_in: SignedIn, *, remembered: bool) -> AnyResponse:
    """Give the browser the token of a new session, and take from it whatever it held before.

    A session that it came with ends on the server too (ASVS 5.0, 7.2.4).
    """
    if former := session_token():
        application().identity.sign_out(token=former)
    session.clear()
    g.session_ended = False
    cookies.put(
        response,
        _COOKIE,
        signed_in.token,
        max_age=application().settings.identity.sessions.remembered if remembered else None,
    )
    return response


def forget(response: AnyResponse) -> AnyResponse:
    """Take the token from the browser."""
    cookies.drop(response, _COOKIE)
    return response


def signed_in_only(view: Callable[_P, ResponseReturnValue]) -> Callable[_P, ResponseReturnValue]:
    """Let in signed-in users, and send all others to sign in first."""

    @wraps(view)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> ResponseReturnValue:
        if g.viewer is not None:
            return view(*args, **kwargs)
        if request.method == "GET":
            session["onward"] = request.full_path.rstrip("?")
        if g.get("session_ended"):
            flash(gettext("Сеанс завершен. Войдите, пожалуйста, снова."), "info")
        return redirect(url_for("entry.sign_in"))

    return guarded
