"""What a visitor sees when something cannot be done."""

from http import HTTPStatus

from flask import Flask, g, make_response, render_template
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from structlog import get_logger
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from elkk_core.shared import (
    Conflict,
    ElkkError,
    Forbidden,
    NotFound,
    Rejected,
    TooMany,
    Unavailable,
)
from elkk_web.languages import told

_log = get_logger(__name__)

STATUSES: dict[type[ElkkError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Rejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    Conflict: HTTPStatus.CONFLICT,
    Forbidden: HTTPStatus.FORBIDDEN,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The status of an answer by the kind of the error."""


def status_of(error: ElkkError) -> HTTPStatus:
    """Return the status that goes with *error*."""
    return next(
        (status for kind, status in STATUSES.items() if isinstance(error, kind)),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def dead_end(error: ElkkError, *, onward: str, onward_label: str) -> Response:
    """Return a page that says why a link leads nowhere, and what to do instead."""
    said = told(error)
    page = render_template(
        "message.html",
        tone="warn",
        title=said.text,
        texts=[said.mend],
        onward=onward,
        onward_label=onward_label,
    )
    return make_response(page, status_of(error))


def install(app: Flask) -> None:
    """Let *app* explain refusals and failures in the language of the visitor."""
    app.register_error_handler(ElkkError, _refused)
    app.register_error_handler(CSRFError, _form_outdated)
    app.register_error_handler(HTTPException, _not_served)
    app.register_error_handler(Exception, _failed)


def _page(title: str, text: str, status: int) -> Response:
    page = render_template(
        "error.html", title=title, text=text, status=status, request_id=g.request_id
    )
    return make_response(page, status)


def _refused(error: ElkkError) -> Response:
    said = told(error)
    if isinstance(error, Unavailable):
        # A field named «code» would be hidden, as one-time codes are.
        _log.error("unavailable", error_code=error.code)
    return _page(said.text, said.mend, status_of(error))


def _form_outdated(_error: CSRFError) -> Response:
    return _page(
        gettext("Страница устарела"),
        gettext("Вернитесь назад, обновите страницу и отправьте форму еще раз."),
        HTTPStatus.BAD_REQUEST,
    )


def _not_served(error: HTTPException) -> Response:
    said = {
        HTTPStatus.FORBIDDEN: (
            gettext("Нет доступа"),
            gettext("Эта страница не для Вашей учетной записи."),
        ),
        HTTPStatus.NOT_FOUND: (
            gettext("Страница не найдена"),
            gettext("Возможно, адрес устарел или в нем опечатка."),
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: (
            gettext("Так сделать нельзя"),
            gettext("Откройте страницу заново с главной."),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
            gettext("Слишком много данных"),
            gettext("Сократите текст и отправьте форму еще раз."),
        ),
    }
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    title, text = said.get(status, (gettext("Запрос не понят"), gettext("Попробуйте еще раз.")))
    answer = _page(title, text, status)
    if error.get_response().headers.get("Allow"):
        answer.headers["Allow"] = error.get_response().headers["Allow"]
    return answer


def _failed(error: Exception) -> Response:
    _log.exception("request failed", exc_info=error)
    return _page(
        gettext("Что-то пошло не так"),
        gettext("Мы уже знаем об ошибке. Попробуйте еще раз немного позже."),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
