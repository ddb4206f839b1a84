"""``elkk user``: who has registered."""

from datetime import datetime
from getpass import getuser
from typing import Any
from uuid import UUID

import click
import structlog

from elkk_adapters.application import Application
from elkk_adapters.logs import configure_logs
from elkk_adapters.settings import Mode
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_core.identity import UserNotFound, UserOverview
from elkk_core.shared import UserId

_log = structlog.get_logger(__name__)


@click.group()
def user() -> None:
    """Look users up and help them in."""


@user.command()
@click.argument("who", help="Phone, e-mail or identifier.")
@json_option
@pass_desk
def show(desk: Desk, *, who: str) -> None:
    """Show a user: contacts, consent, sessions. Phone and e-mail are shown whole.

    An e-mail that several users gave shows all of them; only one of them can have confirmed it.

    \b
    Examples:
      elkk user show '8 (916) 123-45-67'
      elkk user show anna@example.ru --json
    """
    with desk.open_application() as application:
        found = [(one, _second_factor(application, one)) for one in _find(application, who)]

    def view() -> None:
        for number, (overview, method) in enumerate(found):
            if number:
                click.echo()
            desk.facts(_facts(overview, method, desk))

    desk.show([_as_data(overview, method) for overview, method in found], view=view)


@user.group(name="second-factor")
def second_factor() -> None:
    """Codes that a user is asked for besides the password."""


@second_factor.command()
@click.argument("phone", help="The phone of the user.")
@json_option
@pass_desk
def off(desk: Desk, *, phone: str) -> None:
    """Ask a user for no codes any more, because the phone or the app is lost.

    Make sure first that it is the user who asks: after this the password alone opens the cabinet.
    The user is told by SMS, and the log keeps who did it.

    \b
    Example:
      elkk user second-factor off '8 (916) 123-45-67'
    """
    with desk.open_application() as application:
        identity = application.identity
        found = identity.user_overviews.find_by_phone(
            identity.contacts.read_phone(phone).number, now=application.clock.now()
        )
        if found is None:
            raise UserNotFound
        identity.remove_second_factor(user_id=found.user_id)
        configure_logs(json=application.settings.mode is Mode.PRODUCTION)
        _log.info("second_factor_removed", user_id=str(found.user_id), operator=_operator())
    desk.show(
        {"user_id": str(found.user_id), "second_factor": None},
        view=lambda: desk.say(
            ru=f"Вход по коду отключен: {found.surname} {found.given_name}, {found.phone}.",
            en=f"Asked for no codes any more: {found.surname} {found.given_name}, {found.phone}.",
        ),
    )


def _operator() -> str:
    """Return the name of the account on this machine under which the command runs."""
    try:
        return getuser()
    except (KeyError, OSError):
        # In a container an account may be a mere number.
        return "unknown"


def _second_factor(application: Application, found: UserOverview) -> str | None:
    """Return where the codes of a user come from, None where none are asked for."""
    factor = application.identity.show_second_factor(user_id=found.user_id)
    return factor.method.value if factor.method and factor.on_since else None


def _find(application: Application, who: str) -> tuple[UserOverview, ...]:
    """Return the users that *who* means, one at least.

    Raises:
        UserNotFound: If there is none.
        PhoneMalformed, PhoneNotMobile, EmailMalformed: If it cannot mean anybody.
    """
    overviews, now = application.identity.user_overviews, application.clock.now()
    try:
        return (overviews.get(UserId(UUID(who)), now=now),)
    except ValueError:
        pass
    if "@" in who:
        found = overviews.find_by_email(
            application.identity.contacts.read_email(who).address, now=now
        )
    else:
        one = overviews.find_by_phone(application.identity.contacts.read_phone(who).number, now=now)
        found = () if one is None else (one,)
    if not found:
        raise UserNotFound
    return found


def _as_data(found: UserOverview, second_factor: str | None) -> dict[str, Any]:
    def moment(value: datetime | None) -> str | None:
        return None if value is None else value.isoformat()

    return {
        "user_id": str(found.user_id),
        "surname": found.surname,
        "given_name": found.given_name,
        "patronymic": found.patronymic,
        "phone": found.phone,
        "email": found.email,
        "email_confirmed_at": moment(found.email_confirmed_at),
        "language": found.language,
        "registered_at": moment(found.registered_at),
        "consent_version": found.consent_version,
        "consent_given_at": moment(found.consent_given_at),
        "second_factor": second_factor,
        "live_sessions": found.live_sessions,
        "last_used_at": moment(found.last_used_at),
    }


def _facts(found: UserOverview, second_factor: str | None, desk: Desk) -> list[tuple[str, str]]:
    text = desk.text

    def moment(value: datetime | None) -> str:
        return "" if value is None else f"{value:%d.%m.%Y %H:%M} UTC"

    confirmed = text(ru="подтвержден", en="confirmed")
    not_confirmed = text(ru="не подтвержден", en="not confirmed")
    state = (
        f"{confirmed} {moment(found.email_confirmed_at)}"
        if found.email_confirmed_at
        else not_confirmed
    )
    return [
        (
            text(ru="Пользователь", en="User"),
            f"{found.surname} {found.given_name} {found.patronymic}".strip(),
        ),
        (text(ru="Идентификатор", en="Identifier"), str(found.user_id)),
        (text(ru="Телефон", en="Phone"), found.phone),
        ("E-mail", f"{found.email} ({state})"),
        (text(ru="Язык", en="Language"), found.language),
        (text(ru="Зарегистрирован", en="Registered"), moment(found.registered_at)),
        (
            text(ru="Согласие", en="Consent"),
            f"{found.consent_version}, {moment(found.consent_given_at)}",
        ),
        (text(ru="Вход по коду", en="Second factor"), second_factor or ""),
        (text(ru="Открытых сеансов", en="Live sessions"), str(found.live_sessions)),
        (text(ru="Последнее обращение", en="Last used"), moment(found.last_used_at)),
    ]
