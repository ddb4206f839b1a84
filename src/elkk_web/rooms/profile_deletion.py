"""Leaving the cabinet for good."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.shared import ElkkError
from elkk_web import presence
from elkk_web.failures import status_of
from elkk_web.forms import DeletionForm
from elkk_web.presence import signed_in_only, viewer
from elkk_web.wiring import application

blueprint = Blueprint("profile_deletion", __name__)


@blueprint.get("/profile/delete")
@signed_in_only
def ask() -> ResponseReturnValue:
    """Say what goes and what stays, and ask for the password."""
    return render_template("profile/delete.html", form=DeletionForm(formdata=None))


@blueprint.post("/profile/delete")
@signed_in_only
def delete() -> ResponseReturnValue:
    """Delete the user account."""
    form = DeletionForm()
    try:
        application().identity.delete_user(
            user_id=viewer().user_id, password=form.password.data or ""
        )
    except ElkkError as error:
        form.refuse(error, field="password")
        return render_template("profile/delete.html", form=form), status_of(error)
    session.clear()
    return presence.forget(redirect(url_for("profile_deletion.gone")))


@blueprint.get("/deleted")
def gone() -> ResponseReturnValue:
    """Say good-bye."""
    return render_template(
        "message.html",
        tone="good",
        title=gettext("Учетная запись удалена"),
        texts=[
            gettext("Ваши данные удалены из личного кабинета. Квитанции остались у поставщика."),
            gettext("Передумали? Зарегистрироваться с тем же телефоном можно в любой момент."),
        ],
        onward=url_for("entry.register"),
        onward_label=gettext("Регистрация"),
    )
