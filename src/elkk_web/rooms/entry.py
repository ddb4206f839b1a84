"""The entry page: signing in and out, registration, the papers, the language."""

import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import (
    Blueprint,
    abort,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_adapters.captcha import ProofOfWork
from elkk_core.identity import (
    FactorMethod,
    Language,
    RegistrationId,
    SecondFactorRequired,
    SignInExpired,
    SignInId,
)
from elkk_core.shared import ElkkError
from elkk_web import captchas, cookies, presence
from elkk_web.failures import status_of
from elkk_web.forms import CodeForm, RegistrationForm, SecondStepForm, SignInForm
from elkk_web.languages import COOKIE, LANGUAGES, told
from elkk_web.wiring import application

blueprint = Blueprint("entry", __name__)

_YEAR = timedelta(days=365)


# Browsers take a backslash for a slash and leave out blanks and control characters.
_LOCAL_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f\\]*")


def local_path(text: str | None) -> str | None:
    """Return *text* if it is a path on this site, so that nobody is led to another one."""
    return text if text and _LOCAL_PATH.fullmatch(text) else None


def wait_seconds() -> int:
    """Return how long to wait after a code before another one can be asked for."""
    return int(application().settings.identity.codes.pause.total_seconds())


@blueprint.get("/")
def door() -> ResponseReturnValue:
    """Lead a signed-in user into the cabinet and anyone else to the entry page."""
    return redirect(url_for("cabinet.start" if g.viewer else "entry.sign_in"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in by phone or e-mail."""
    form = SignInForm()
    if request.method == "GET":
        if g.viewer:
            return redirect(url_for("cabinet.start"))
        return render_template("entry/sign_in.html", form=form)
    try:
        signed_in = application().identity.sign_in(
            login=form.login.data or "",
            password=form.password.data or "",
            remember=form.remembered.data,
            user_agent=request.headers.get("User-Agent", ""),
        )
    except SecondFactorRequired as required:
        session["sign_in"] = {
            "id": required.sign_in_id,
            "method": required.method,
            "remembered": form.remembered.data,
        }
        return redirect(url_for("entry.second_step"))
    except ElkkError as error:
        form.refuse(error)
        return render_template("entry/sign_in.html", form=form), status_of(error)
    onward = local_path(session.get("onward")) or url_for("cabinet.start")
    return presence.admit(redirect(onward), signed_in, remembered=form.remembered.data)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def second_step() -> ResponseReturnValue:
    """Take the code of the second factor from a user whose password was right."""
    pending = session.get("sign_in")
    if pending is None:
        return redirect(url_for("entry.sign_in"))
    form = SecondStepForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            signed_in = application().identity.finish_sign_in(
                sign_in_id=_sign_in_id(pending),
                code=form.code.data or "",
                user_agent=request.headers.get("User-Agent", ""),
            )
        except SignInExpired as error:
            return _begin_anew(error)
        except ElkkError as error:
            form.refuse(error, field="code")
            status = status_of(error)
        else:
            onward = local_path(session.get("onward")) or url_for("cabinet.start")
            return presence.admit(redirect(onward), signed_in, remembered=pending["remembered"])
    page = render_template(
        "entry/second_step.html",
        form=form,
        by_sms=pending["method"] == FactorMethod.SMS,
        wait_seconds=wait_seconds() if request.method == "GET" else 0,
    )
    return page, status


@blueprint.post("/sign-in/code/again")
def send_second_step_code_again() -> ResponseReturnValue:
    """Send another code to the user whose password was right."""
    pending = session.get("sign_in")
    if pending is None:
        return redirect(url_for("entry.sign_in"))
    try:
        application().identity.resend_sign_in_code(sign_in_id=_sign_in_id(pending))
    except SignInExpired as error:
        return _begin_anew(error)
    except ElkkError as error:
        flash(str(told(error)), "warn")
    else:
        flash(gettext("Новый код выслан."), "good")
    return redirect(url_for("entry.second_step"))


def _begin_anew(error: ElkkError) -> ResponseReturnValue:
    session.pop("sign_in")
    flash(str(told(error)), "warn")
    return redirect(url_for("entry.sign_in"))


def _sign_in_id(pending: dict[str, str]) -> SignInId:
    return SignInId(UUID(pending["id"]))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session on the server and in the browser."""
    application().identity.sign_out(token=presence.session_token())
    session.clear()
    flash(gettext("Вы вышли из личного кабинета."), "info")
    return presence.forget(redirect(url_for("entry.sign_in")))


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Take the form of a new user."""
    form = RegistrationForm()
    if request.method == "GET":
        return captchas.page("entry/register.html", form)
    try:
        registration_id = application().identity.start_registration(
            surname=form.surname.data or "",
            given=form.given.data or "",
            patronymic=form.patronymic.data or "",
            phone=form.phone.data or "",
            email=form.email.data or "",
            password=form.password.data or "",
            repeat=form.repeat.data or "",
            captcha=captchas.answer_of(form),
            agreement_version=application().settings.agreement_version,
            consented=bool(request.form.get("consent")),
            language=Language(str(get_locale())),
        )
    except ElkkError as error:
        form.refuse(error)
        return captchas.page("entry/register.html", form, status_of(error))
    session["registration"] = {
        "id": str(registration_id),
        "phone": application().identity.contacts.read_phone(form.phone.data or "").number,
    }
    return redirect(url_for("entry.code"))


@blueprint.get("/captcha")
def captcha() -> ResponseReturnValue:
    """Give the browser a challenge to work on."""
    browser = application().identity.captcha.browser
    if not isinstance(browser, ProofOfWork):
        abort(HTTPStatus.NOT_FOUND)
    return jsonify(browser.challenge())


@blueprint.route("/register/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Take the code out of the SMS and let the new user in."""
    registration = session.get("registration")
    if registration is None:
        return redirect(url_for("entry.register"))
    form = CodeForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            signed_in = application().identity.confirm_registration(
                registration_id=_registration_id(registration),
                code=form.code.data or "",
                user_agent=request.headers.get("User-Agent", ""),
            )
        except ElkkError as error:
            form.refuse(error, field="code")
            status = status_of(error)
        else:
            answer = redirect(url_for("cabinet.welcome"))
            return presence.admit(answer, signed_in, remembered=False)
    page = render_template(
        "entry/code.html",
        form=form,
        phone=registration["phone"],
        wait_seconds=wait_seconds() if request.method == "GET" else 0,
    )
    return page, status


@blueprint.post("/register/code/again")
def send_code_again() -> ResponseReturnValue:
    """Send another code to the same phone."""
    registration = session.get("registration")
    if registration is None:
        return redirect(url_for("entry.register"))
    form = CodeForm(formdata=None)
    try:
        application().identity.resend_registration_code(
            registration_id=_registration_id(registration)
        )
    except ElkkError as error:
        form.refuse(error)
        page = render_template(
            "entry/code.html", form=form, phone=registration["phone"], wait_seconds=0
        )
        return page, status_of(error)
    flash(gettext("Новый код выслан."), "good")
    return redirect(url_for("entry.code"))


def _registration_id(registration: dict[str, str]) -> RegistrationId:
    return RegistrationId(UUID(registration["id"]))


@blueprint.route("/confirm-email/<token>", methods=["GET", "POST"])
def confirm_email(token: str) -> ResponseReturnValue:
    """Confirm the e-mail whose letter held *token*."""
    if request.method == "GET":
        return render_template("confirm_email.html")
    application().identity.confirm_email(token=token)
    return redirect(url_for("entry.email_confirmed"))


@blueprint.get("/email-confirmed")
def email_confirmed() -> ResponseReturnValue:
    """Say that the e-mail was confirmed."""
    return render_template(
        "message.html",
        tone="good",
        title=gettext("E-mail подтвержден"),
        texts=[gettext("Теперь Вы можете входить в личный кабинет по e-mail.")],
        onward=url_for("entry.door"),
        onward_label=gettext("В личный кабинет"),
    )


@blueprint.get("/agreement")
def agreement() -> ResponseReturnValue:
    """Show the user agreement."""
    return render_template("entry/agreement.html", version=application().settings.agreement_version)


@blueprint.get("/guide")
def guide() -> ResponseReturnValue:
    """Show the user guide."""
    return render_template("entry/guide.html")


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Speak another language from now on: to this browser, and to the user if there is one."""
    answer = redirect(local_path(request.form.get("back")) or url_for("entry.door"))
    language = request.form.get("language")
    if language not in LANGUAGES:
        return answer
    if g.viewer is not None:
        application().identity.choose_language(
            user_id=g.viewer.user_id, language=Language(language)
        )
    cookies.put(answer, COOKIE, language, max_age=_YEAR)
    return answer
