"""«Я не робот» on a page: what it shows, and what came back."""

from http import HTTPStatus

from flask import make_response, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from elkk_adapters.captcha import Recaptcha
from elkk_core.identity import CaptchaAnswer, Language
from elkk_web import headers
from elkk_web.forms import CaptchaForm
from elkk_web.wiring import application


def answer_of(form: CaptchaForm) -> CaptchaAnswer:
    """Return what the visitor answers to the captcha of *form*."""
    return CaptchaAnswer(
        # The name of the second is Google's.
        solution=request.form.get("solution") or request.form.get("g-recaptcha-response", ""),
        question=form.question.data or "",
        reply=form.reply.data or "",
        visitor=request.remote_addr or "",
    )


def page(template: str, form: CaptchaForm, status: int = HTTPStatus.OK) -> Response:
    """Return the page of *template* with *form* and a captcha that nobody has answered yet."""
    captcha = application().identity.captcha
    question = captcha.questions.ask(Language(str(get_locale())))
    # A captcha is heard once: whoever has to mend the form answers another one.
    form.question.data = question.sealed
    replied, form.reply.data = bool(form.reply.data), ""
    site_key = captcha.browser.site_key if isinstance(captcha.browser, Recaptcha) else ""
    response = make_response(
        render_template(
            template, form=form, question=question.text, replied=replied, site_key=site_key
        ),
        status,
    )
    if site_key:
        response.headers["Content-Security-Policy"] = headers.WITH_RECAPTCHA
    return response
