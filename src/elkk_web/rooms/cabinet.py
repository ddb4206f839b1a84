"""The cabinet without an account chosen."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.notifications import unread_at_the_start
from elkk_web.wiring import application

blueprint = Blueprint("cabinet", __name__, url_prefix="/cabinet")


@blueprint.get("")
@signed_in_only
def start() -> ResponseReturnValue:
    """Show what is unread, else the first account, or how to link one."""
    accounts = application().accounts.linked_accounts.list_for(viewer().user_id)
    if not accounts:
        return render_template("cabinet/start.html")
    if news := unread_at_the_start():
        return render_template("cabinet/news.html", news=news, first=accounts[0])
    return redirect(url_for("accounts.history", account_id=accounts[0].account_id))


@blueprint.get("/welcome")
@signed_in_only
def welcome() -> ResponseReturnValue:
    """Greet a user who has just registered."""
    return render_template(
        "message.html",
        tone="good",
        title=gettext("Сообщение"),
        texts=[
            gettext("Поздравляем, теперь Вы можете пользоваться личным кабинетом!"),
            gettext(
                "Дополнительно, Вам было отправлено письмо для подтверждения адреса "
                "электронной почты."
            ),
        ],
        onward=url_for("cabinet.start"),
        onward_label=gettext("Закрыть"),
    )
