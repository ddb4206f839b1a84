"""``elkk tariff``: published rates."""

from collections.abc import Sequence
from typing import Any

import click

from elkk_adapters.sentences import zone_name
from elkk_cli.commands.imports import file_options, take_file
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.taking_over import publishing
from elkk_core.tariffs import RatePeriod, SuppliedRate


@click.group()
def tariff() -> None:
    """Publish rates, and show them."""


@tariff.command()
@file_options
@pass_desk
def publish(desk: Desk, /, **options: Any) -> None:
    """Publish the rates of a file, all of them or none.

    Give prices as the regulator published them, VAT included; one is never computed from another. A
    rate holds from its date until the next one of the same category and zone. A published rate is
    never changed: the same price again changes nothing, another one is refused, and so is a further
    range or another cost of transmission.

    \b
    Columns:
      category        group of households, as in the file of accounts   urban-gas
      zone            all_day, day, night, peak, half_peak (or Russian)
      effective_from  first day of a month                              2026-10-01
      up_to           where consumption ranges are published, a row for each: its upper bound in
                      kWh a month, included; empty for the last range   3900
      price           roubles per kWh, up to 5 decimals                 6,80
      transmission    cost of transmission in roubles per kWh, for people to know; may be empty or
                      left out                                          0,85

    \b
    Example:
      elkk tariff publish tariff.csv --supplier tesk
    """
    take_file(desk, SuppliedRate, publishing, **options)


@tariff.command()
@click.option("--supplier", required=True, metavar="CODE", help="Whose rates to show.")
@click.option("--category", help="Those of one group of households alone.")
@json_option
@pass_desk
def show(desk: Desk, /, supplier: str, category: str | None) -> None:
    """Show the rates that are published, the latest first.

    \b
    Examples:
      elkk tariff show --supplier tesk
      elkk tariff show --supplier tesk --category urban-gas --json
    """
    with desk.open_application() as application:
        book = application.tariffs.show_tariff(supplier=supplier)
    held = [
        period
        for known in book.categories
        if category in {None, known}
        for period in book.history(category=known)
    ]
    desk.show([_as_data(period) for period in held], view=lambda: _view(held, desk))


def _as_data(held: RatePeriod) -> dict[str, str | None]:
    return {
        "category": held.rate.category,
        "zone": held.rate.zone.value,
        "effective_from": held.period.start.isoformat(),
        "last_day": None if held.period.last_day is None else held.period.last_day.isoformat(),
        "above": None if held.above is None else str(held.above),
        "up_to": None if held.rate.up_to is None else str(held.rate.up_to),
        "price": str(held.rate.price),
        "transmission": None if held.rate.transmission is None else str(held.rate.transmission),
    }


def _view(periods: Sequence[RatePeriod], desk: Desk) -> None:
    desk.table(
        [
            desk.text(ru="Категория", en="Category"),
            desk.text(ru="С", en="From"),
            desk.text(ru="По", en="To"),
            desk.text(ru="Зона", en="Zone"),
            desk.text(ru="Диапазон, кВт·ч в месяц", en="Range, kWh a month"),
            desk.text(ru="Руб. за кВт·ч", en="Roubles per kWh"),
            desk.text(ru="Передача", en="Transmission"),
        ],
        [
            [
                held.rate.category,
                held.period.start.isoformat(),
                "" if held.period.last_day is None else held.period.last_day.isoformat(),
                zone_name(held.rate.zone, desk.language),
                _range(held, desk),
                desk.number(held.rate.price),
                "" if held.rate.transmission is None else desk.number(held.rate.transmission),
            ]
            for held in periods
        ],
    )


def _range(held: RatePeriod, desk: Desk) -> str:
    """Return a consumption range in words; nothing where there is just one."""
    over = "" if held.above is None else desk.number(held.above)
    to = "" if held.rate.up_to is None else desk.number(held.rate.up_to)
    if over and to:
        return desk.text(ru=f"от {over} до {to} включительно", en=f"from {over} to {to}, included")
    if over:
        return desk.text(ru=f"свыше {over}", en=f"above {over}")
    if to:
        return desk.text(ru=f"до {to} включительно", en=f"up to {to}, included")
    return ""
