"""What a user can see and set of themselves.

The profile shows groups of facts; the pencil of a group turns it into a form on the same page
(``?edit=phone``), so that nothing needs a script.
"""

import json
from http import HTTPStatus
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_core.identity import Sex, WrongPassword
from elkk_core.shared import ElkkError, Json, SessionId
from elkk_web import presence
from elkk_web.failures import status_of
from elkk_web.forms import (
    CodeForm,
    EmailForm,
    Form,
    PasswordForm,
    PersonalDataForm,
    PhoneForm,
)
from elkk_web.languages import told
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.entry import wait_seconds
from elkk_web.wiring import application

blueprint = Blueprint("profile", __name__, url_prefix="/profile")

_GROUPS = ("personal", "phone", "email", "password")


@blueprint.get("")
@signed_in_only
def show() -> ResponseReturnValue:
    """Show the profile, with the group that is edited as a form."""
    group = request.args.get("edit", "")
    return _page(group, _form_of(group)) if group in _GROUPS else _page("", None)


def _form_of(group: str) -> Form:
    """Return the form of a group, filled in with what may be shown again."""
    user = viewer()
    match group:
        case "personal":
            return PersonalDataForm(
                formdata=None,
                surname=user.name.surname,
                given=user.name.given,
                patronymic=user.name.patronymic,
                sex=user.sex or "",
                born_on=user.born_on.isoformat() if user.born_on else "",
            )
        case "phone":
            return PhoneForm(formdata=None)
        case "email":
            return EmailForm(formdata=None)
        case _:
            return PasswordForm(formdata=None)


def _page(group: str, form: Form | None) -> str:
    identity, user_id = application().identity, viewer().user_id
    return render_template(
        "profile/show.html",
        edited=group,
        form=form,
        new_phone=identity.show_phone_change(user_id=user_id),
        factor=identity.show_second_factor(user_id=user_id),
        sessions=identity.list_sessions(user_id=user_id, token=presence.session_token()),
    )


def _refused(group: str, form: Form, error: ElkkError) -> ResponseReturnValue:
    form.refuse(error, field="present" if isinstance(error, WrongPassword) else "")
    return _page(group, form), status_of(error)


@blueprint.post("/personal")
@signed_in_only
def change_personal_data() -> ResponseReturnValue:
    """Replace the name, the sex and the date of birth."""
    form = PersonalDataForm()
    try:
        application().identity.change_personal_data(
            user_id=viewer().user_id,
            surname=form.surname.data or "",
            given=form.given.data or "",
            patronymic=form.patronymic.data or "",
            sex=Sex(form.sex.data) if form.sex.data in set(Sex) else None,
            born_on=form.born_on.data or "",
        )
    except ElkkError as error:
        return _refused("personal", form, error)
    flash(gettext("Личные данные сохранены."), "good")
    return redirect(url_for("profile.show"))


# The phone


@blueprint.post("/phone")
@signed_in_only
def change_phone() -> ResponseReturnValue:
    """Send a code to a new phone."""
    form = PhoneForm()
    try:
        application().identity.start_phone_change(
            user_id=viewer().user_id,
            phone=form.phone.data or "",
            present=form.present.data or "",
        )
    except ElkkError as error:
        return _refused("phone", form, error)
    return redirect(url_for("profile.phone_code"))


@blueprint.route("/phone/code", methods=["GET", "POST"])
@signed_in_only
def phone_code() -> ResponseReturnValue:
    """Take the code that was sent to the new phone."""
    phone = application().identity.show_phone_change(user_id=viewer().user_id)
    if phone is None:
        return redirect(url_for("profile.show", edit="phone"))
    form = CodeForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            application().identity.confirm_phone_change(
                user_id=viewer().user_id, code=form.code.data or ""
            )
        except ElkkError as error:
            form.refuse(error, field="code")
            status = status_of(error)
        else:
            flash(gettext("Телефон изменен. Входите теперь по новому номеру."), "good")
            return redirect(url_for("profile.show"))
    page = render_template(
        "profile/phone_code.html",
        form=form,
        phone=phone.number,
        wait_seconds=wait_seconds() if request.method == "GET" else 0,
    )
    return page, status


@blueprint.post("/phone/code/again")
@signed_in_only
def send_phone_code_again() -> ResponseReturnValue:
    """Send another code to the new phone."""
    try:
        application().identity.resend_phone_change_code(user_id=viewer().user_id)
    except ElkkError as error:
        flash(str(told(error)), "warn")
    else:
        flash(gettext("Новый код выслан."), "good")
    return redirect(url_for("profile.phone_code"))


# The e-mail


@blueprint.post("/email")
@signed_in_only
def change_email() -> ResponseReturnValue:
    """Send a letter to a new e-mail."""
    form = EmailForm()
    try:
        application().identity.change_email(
            user_id=viewer().user_id,
            email=form.email.data or "",
            present=form.present.data or "",
        )
    except ElkkError as error:
        return _refused("email", form, error)
    flash(gettext("Письмо со ссылкой отправлено на новый адрес. Проверьте почту."), "good")
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


# The password and the sessions


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
        return _refused("password", form, error)
    flash(gettext("Пароль успешно изменен"), "good")
    return redirect(url_for("profile.show"))


@blueprint.post("/sessions/<uuid:session_id>/end")
@signed_in_only
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one session of the user."""
    application().identity.end_session(user_id=viewer().user_id, session_id=SessionId(session_id))
    flash(gettext("Сеанс завершен."), "good")
    return redirect(url_for("profile.show"))


@blueprint.post("/sessions/end-all")
@signed_in_only
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of the user, this one included."""
    application().identity.sign_out_everywhere(user_id=viewer().user_id)
    browser_session.clear()
    flash(gettext("Вы вышли из личного кабинета на всех устройствах."), "info")
    return presence.forget(redirect(url_for("entry.sign_in")))


# One's own data


@blueprint.get("/own-data")
@signed_in_only
def own_data() -> Response:
    """Give the user all that the cabinet keeps of them, as a file."""
    kept = application().own_data(user_id=viewer().user_id) | {"archives": _archives()}
    today = f"{application().clock.now():%Y-%m-%d}"
    answer = make_response(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="elkk-{today}.json"'
    return answer


def _archives() -> Json:
    """Return on which pages the bills are to be had: they are the account's, not the user's own."""
    base = application().settings.base_url
    return [
        {
            "supplier": account.supplier_name,
            "account": account.number,
            "page": base + url_for("accounts.history", account_id=account.account_id),
        }
        for account in application().accounts.linked_accounts.list_for(viewer().user_id)
    ]
