"""``elkk tariff``: published rates."""

from typing import Any

import click

from elkk_cli.commands.imports import file_options, take_file
from elkk_cli.desk import Desk, pass_desk
from elkk_cli.taking_over import publishing
from elkk_core.tariffs import SuppliedRate


@click.group()
def tariff() -> None:
    """Publish rates."""


@tariff.command()
@file_options
@pass_desk
def publish(desk: Desk, /, **options: Any) -> None:
    """Publish the rates of a file, all of them or none.

    Give prices as the regulator published them, VAT included; one is never computed from another. A
    rate holds from its date until the next one of the same category and zone. A published rate is
    never changed: the same price again changes nothing, another one is refused.

    \b
    Columns:
      category        group of households, as in the file of accounts   urban-gas
      zone            all_day, day, night, peak, half_peak (or Russian)
      effective_from  first day of a month                              2026-10-01
      price           roubles per kWh, up to 5 decimals                 6,80

    \b
    Example:
      elkk tariff publish tariff.csv --supplier tesk
    """
    take_file(desk, SuppliedRate, publishing, **options)
