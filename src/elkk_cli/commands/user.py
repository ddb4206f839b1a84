"""``elkk user``: who has registered."""

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from elkk_adapters.application import Application
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_core.identity import UserNotFound, UserOverview
from elkk_core.shared import UserId


@click.group()
def user() -> None:
    """Look users up."""


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
        found = _find(application, who)

    def view() -> None:
        for number, overview in enumerate(found):
            if number:
                click.echo()
            desk.facts(_facts(overview, desk))

    desk.show([_as_data(overview) for overview in found], view=view)


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


def _as_data(found: UserOverview) -> dict[str, Any]:
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
        "live_sessions": found.live_sessions,
        "last_used_at": moment(found.last_used_at),
    }


def _facts(found: UserOverview, desk: Desk) -> list[tuple[str, str]]:
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
        (text(ru="Открытых сеансов", en="Live sessions"), str(found.live_sessions)),
        (text(ru="Последнее обращение", en="Last used"), moment(found.last_used_at)),
    ]
