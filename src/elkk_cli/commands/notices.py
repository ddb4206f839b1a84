"""``elkk notices``: telling households what they should know."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import click

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
        known = application.accounts.suppliers.list_all()
        codes = [one.code for one in known] if supplier is None else [supplier]
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
