"""``elkk notices``: telling households what they should know."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import click

from elkk_adapters.application import Application
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_core.notices import RaisedNotifications

_DAYS = ("%Y-%m-%d", "%d.%m.%Y")


@click.group()
def notices() -> None:
    """Tell households what they should know."""


@notices.command(name="raise")
@click.option("--supplier", metavar="CODE", help="Whose households; all suppliers' if not given.")
@click.option(
    "--day",
    type=click.DateTime(_DAYS),
    metavar="DAY",
    help="Day whose terms are looked at, such as 2026-11-23; today's, once, if not given.",
)
@json_option
@pass_desk
def raise_(desk: Desk, *, supplier: str | None, day: datetime | None) -> None:
    """Raise the notifications that are due.

    Workers do this every other minute by themselves, and mail them as users have chosen, but in the
    quiet hours. Told are bills, payments, refusals of banks,
    answers to requests and links of others as soon as they happen; missing readings, debts and
    verification intervals once a day, after the quiet hours. A day that is named is looked at now.
    Nothing is told twice.

    \b
    Examples:
      elkk notices raise
      elkk notices raise --supplier tesk --day 2026-11-23 --json
    """
    with desk.open_application() as application:
        codes = _codes(application, supplier)
        raised = {
            code: application.notices.raise_notifications(
                supplier=code, day=None if day is None else day.date()
            )
            for code in codes
        }
    desk.show(
        [_as_data(code, found) for code, found in raised.items()],
        view=lambda: _view(raised, desk),
    )


@notices.command()
@click.option("--supplier", metavar="CODE", help="Whose households; all suppliers' if not given.")
@json_option
@pass_desk
def mail(desk: Desk, *, supplier: str | None) -> None:
    """Tell of new notifications by e-mail and SMS, as users have chosen.

    Workers do this every other minute by themselves. In the quiet hours nothing leaves. Nothing is told
    twice.

    \b
    Examples:
      elkk notices mail
      elkk notices mail --supplier tesk --json
    """
    with desk.open_application() as application:
        mailed = {
            code: application.notices.mail_notifications(supplier=code)
            for code in _codes(application, supplier)
        }
    desk.show(
        [{"supplier": code, "messages": number} for code, number in mailed.items()],
        view=lambda: desk.facts(
            [
                (
                    desk.text(ru=f"Сообщений поставщика {code}", en=f"Messages of {code}"),
                    _count(number, desk),
                )
                for code, number in mailed.items()
            ]
        ),
    )


def _codes(application: Application, supplier: str | None) -> list[str]:
    """Return the suppliers that a command is about."""
    if supplier is not None:
        return [supplier]
    return [one.code for one in application.accounts.suppliers.list_all()]


def _as_data(supplier: str, found: RaisedNotifications) -> dict[str, Any]:
    return {
        "supplier": supplier,
        "day": None if found.day is None else found.day.isoformat(),
        "raised": found.total,
        "kinds": dict(found.counts),
    }


def _view(raised: Mapping[str, RaisedNotifications], desk: Desk) -> None:
    text = desk.text
    for supplier, found in raised.items():
        desk.facts(
            [
                (text(ru="Поставщик", en="Supplier"), supplier),
                (text(ru="Новых уведомлений", en="New notifications"), _count(found.total, desk)),
                *((f"  {kind}", _count(number, desk)) for kind, number in found.counts.items()),
                (
                    text(ru="Сроки дня", en="Terms of"),
                    "" if found.day is None else f"{found.day:%d.%m.%Y}",
                ),
            ]
        )


def _count(number: int, desk: Desk) -> str:
    return desk.number(Decimal(number))
