"""A forgotten password, replaced by means of a code sent to the phone."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_core.identity import Language, RecoveryId
from elkk_core.shared import ElkkError
from elkk_web.failures import status_of
from elkk_web.forms import RecoveryCodeForm, RecoveryForm
from elkk_web.rooms.entry import wait_seconds
from elkk_web.wiring import application

blueprint = Blueprint("recovery", __name__, url_prefix="/recovery")


@blueprint.route("", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Take the phone that a code is sent to."""
    form = RecoveryForm()
    if request.method == "GET":
        return render_template("recovery/start.html", form=form)
    try:
        recovery_id = application().identity.start_password_recovery(
            phone=form.phone.data or "", language=Language(str(get_locale()))
        )
    except ElkkError as error:
        form.refuse(error)
        return render_template("recovery/start.html", form=form), status_of(error)
    session["recovery"] = {
        "id": str(recovery_id),
        "phone": application().identity.contacts.read_phone(form.phone.data or "").number,
    }
    return redirect(url_for("recovery.code"))


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
