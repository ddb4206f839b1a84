"""A forgotten password, replaced by means of a code to the phone or a link to the e-mail."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_core.identity import Language, RecoveryId
from elkk_core.shared import ElkkError, FormRejected
from elkk_web import captchas
from elkk_web.failures import dead_end, status_of
from elkk_web.forms import NewPasswordForm, RecoveryCodeForm, RecoveryForm
from elkk_web.rooms.entry import wait_seconds
from elkk_web.wiring import application

blueprint = Blueprint("recovery", __name__, url_prefix="/recovery")


@blueprint.route("", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Take the phone that a code is sent to, or the e-mail that a link is."""
    form = RecoveryForm()
    if request.method == "GET":
        return captchas.page("recovery/start.html", form)
    try:
        started = application().identity.start_password_recovery(
            contact=form.contact.data or "",
            captcha=captchas.answer_of(form),
            language=Language(str(get_locale())),
        )
    except ElkkError as error:
        form.refuse(error)
        return captchas.page("recovery/start.html", form, status_of(error))
    if started.recovery_id is None:
        session["recovery_email"] = str(started.contact)
        return redirect(url_for("recovery.letter"))
    session["recovery"] = {"id": str(started.recovery_id), "phone": str(started.contact)}
    return redirect(url_for("recovery.code"))


# By phone


@blueprint.route("/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Take the code and the new password."""
    recovery = session.get("recovery")
    if recovery is None:
        return redirect(url_for("recovery.start"))
    form = RecoveryCodeForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            application().identity.finish_password_recovery(
                recovery_id=_recovery_id(recovery),
                code=form.code.data or "",
                password=form.password.data or "",
                repeat=form.repeat.data or "",
            )
        except ElkkError as error:
            form.refuse(error, field="code")
            status = status_of(error)
        else:
            session.pop("recovery")
            return redirect(url_for("recovery.done"))
    page = render_template(
        "recovery/code.html",
        form=form,
        phone=recovery["phone"],
        wait_seconds=wait_seconds() if request.method == "GET" else 0,
    )
    return page, status


@blueprint.post("/code/again")
def send_code_again() -> ResponseReturnValue:
    """Send another code to the same phone."""
    recovery = session.get("recovery")
    if recovery is None:
        return redirect(url_for("recovery.start"))
    form = RecoveryCodeForm(formdata=None)
    try:
        application().identity.resend_recovery_code(recovery_id=_recovery_id(recovery))
    except ElkkError as error:
        form.refuse(error)
        page = render_template(
            "recovery/code.html", form=form, phone=recovery["phone"], wait_seconds=0
        )
        return page, status_of(error)
    flash(gettext("Новый код выслан."), "good")
    return redirect(url_for("recovery.code"))


def _recovery_id(recovery: dict[str, str]) -> RecoveryId:
    return RecoveryId(UUID(recovery["id"]))


# By e-mail


@blueprint.get("/letter")
def letter() -> ResponseReturnValue:
    """Say where the letter went, if the address is that of a user."""
    email = session.get("recovery_email")
    if email is None:
        return redirect(url_for("recovery.start"))
    lifetime = application().settings.identity.emails.recovery_lifetime
    return render_template(
        "recovery/letter.html", email=email, minutes=int(lifetime.total_seconds()) // 60
    )


@blueprint.get("/link/<token>")
def link(token: str) -> ResponseReturnValue:
    """Take the token of the letter out of the address, where others could read it."""
    try:
        application().identity.open_recovery_link(token=token)
    except ElkkError as error:
        return _of_no_use(error)
    session["recovery_token"] = token
    return redirect(url_for("recovery.password"))


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Take the new password of whoever opened the link of a letter."""
    token = session.get("recovery_token")
    if token is None:
        return redirect(url_for("recovery.start"))
    form = NewPasswordForm()
    if request.method == "GET":
        return render_template("recovery/password.html", form=form)
    try:
        application().identity.finish_recovery_by_link(
            token=token, password=form.password.data or "", repeat=form.repeat.data or ""
        )
    except FormRejected as error:
        form.refuse(error)
        return render_template("recovery/password.html", form=form), status_of(error)
    except ElkkError as error:
        session.pop("recovery_token")
        return _of_no_use(error)
    session.pop("recovery_token")
    return redirect(url_for("recovery.done"))


def _of_no_use(error: ElkkError) -> ResponseReturnValue:
    return dead_end(
        error, onward=url_for("recovery.start"), onward_label=gettext("Восстановить пароль")
    )


@blueprint.get("/done")
def done() -> ResponseReturnValue:
    """Say that the password was changed."""
    return render_template(
        "message.html",
        tone="good",
        title=gettext("Пароль успешно изменен"),
        texts=[gettext("Войдите в личный кабинет с новым паролем.")],
        onward=url_for("entry.sign_in"),
        onward_label=gettext("Закрыть"),
    )
