"""What a user can set for themselves."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.shared import ElkkError
from elkk_web import presence
from elkk_web.failures import status_of
from elkk_web.forms import PasswordForm
from elkk_web.languages import told
from elkk_web.presence import signed_in_only, viewer
from elkk_web.wiring import application

blueprint = Blueprint("profile", __name__, url_prefix="/profile")


@blueprint.get("")
@signed_in_only
def show() -> ResponseReturnValue:
    """Show the profile."""
    return render_template("profile/show.html", form=PasswordForm(formdata=None))


@blueprint.post("/password")
@signed_in_only
def change_password() -> ResponseReturnValue:
    """Replace the password and end all other sessions."""
    form = PasswordForm()
    try:
        application().identity.change_password(
            user_id=viewer().user_id,
            token=presence.session_token(),
            present=form.present.data or "",
            password=form.password.data or "",
            repeat=form.repeat.data or "",
        )
    except ElkkError as error:
        form.refuse(error, field="present")
        return render_template("profile/show.html", form=form), status_of(error)
    flash(gettext("Пароль успешно изменен"), "good")
    return redirect(url_for("profile.show"))


@blueprint.post("/email-letter")
@signed_in_only
def send_letter() -> ResponseReturnValue:
    """Send a new letter that confirms the e-mail."""
    try:
        application().identity.request_email_confirmation(user_id=viewer().user_id)
    except ElkkError as error:
        flash(str(told(error)), "warn")
    else:
        flash(gettext("Письмо со ссылкой отправлено. Проверьте почту."), "good")
    return redirect(url_for("profile.show"))
