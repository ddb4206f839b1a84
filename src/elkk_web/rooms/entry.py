"""The entry page: signing in and out, registration, the papers, the language."""

import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_core.identity import Language, RegistrationId
from elkk_core.shared import ElkkError
from elkk_web import cookies, presence
from elkk_web.failures import status_of
from elkk_web.forms import CodeForm, RegistrationForm, SignInForm
from elkk_web.languages import COOKIE, LANGUAGES
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
        )
    except ElkkError as error:
        form.refuse(error)
        return render_template("entry/sign_in.html", form=form), status_of(error)
    onward = local_path(session.get("onward")) or url_for("cabinet.start")
    return presence.admit(redirect(onward), signed_in, remembered=form.remembered.data)


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
        return render_template("entry/register.html", form=form)
    try:
        registration_id = application().identity.start_registration(
            surname=form.surname.data or "",
            given=form.given.data or "",
            patronymic=form.patronymic.data or "",
            phone=form.phone.data or "",
            email=form.email.data or "",
            password=form.password.data or "",
            repeat=form.repeat.data or "",
            agreement_version=application().settings.agreement_version,
            consented=bool(request.form.get("consent")),
            language=Language(str(get_locale())),
        )
    except ElkkError as error:
        form.refuse(error)
        return render_template("entry/register.html", form=form), status_of(error)
    session["registration"] = {
        "id": str(registration_id),
        "phone": application().identity.contacts.read_phone(form.phone.data or "").number,
    }
    return redirect(url_for("entry.code"))


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
                registration_id=_registration_id(registration), code=form.code.data or ""
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
