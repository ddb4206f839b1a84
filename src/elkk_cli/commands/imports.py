"""``elkk import``: what the supplier's books say."""

from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

import click

from elkk_adapters.application import Application
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.taking_over import TakesRows, take_over
from elkk_core.accounts import SuppliedAccount
from elkk_core.billing import SuppliedBill, SuppliedPayment
from elkk_core.metering import SuppliedMeter, SuppliedReading
from elkk_core.shared import BatchReport

RowT = TypeVar("RowT")


class _Delimiter(click.ParamType[str]):
    """One character, or ``tab``."""

    name = "character"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        delimiter = "\t" if value in {"tab", "\\t"} else str(value)
        if len(delimiter) != 1 or delimiter in '"\r\n':
            self.fail(f"{value!r} is not one character", param, ctx)
        return delimiter


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that every file needs."""
    for option in (
        json_option,
        click.option("--encoding", default="utf-8", show_default=True, help="windows-1251, cp866."),
        click.option(
            "--delimiter",
            type=_Delimiter(),
            default=",",
            show_default=True,
            help="What separates the columns: one character, or tab.",
        ),
        click.option("--supplier", required=True, metavar="CODE", help="Whose books they are."),
        click.argument("file", type=click.File("rb"), help="CSV file; - reads standard input."),
    ):
        command = option(command)
    return command


def take_file(
    desk: Desk,
    row_type: type[RowT],
    use_case: Callable[[Application], TakesRows[RowT]],
    *,
    file: BinaryIO,
    supplier: str,
    delimiter: str,
    encoding: str,
) -> None:
    """Take a file over, showing how far it is, and tell what it changed."""
    content = file.read()
    with (
        desk.open_application() as application,
        desk.progress(ru="Загрузка", en="Importing") as on_progress,
    ):
        report = take_over(
            content,
            row_type,
            use_case(application),
            supplier=supplier,
            delimiter=delimiter,
            encoding=encoding,
            on_progress=on_progress,
        )
    _show(desk, report)


def _show(desk: Desk, report: BatchReport) -> None:
    added, changed, same = report.added, report.changed, report.unchanged
    desk.show(
        {"added": added, "changed": changed, "unchanged": same, "total": report.total},
        view=lambda: desk.say(
            ru=f"Строк: {report.total}. Новых: {added}, измененных: {changed}, прежних: {same}.",
            en=f"Rows: {report.total}. New: {added}, changed: {changed}, known: {same}.",
        ),
    )


@click.group(name="import")
def import_() -> None:
    """Take accounts, meters, readings, bills and payments over from files.

    A file is CSV: UTF-8, commas, and a first line that names the columns, in any order. It is
    checked as a whole, and every fault is listed with its line and column; then all of it goes in,
    or nothing. The same file again changes nothing.

    \b
    Begin with accounts, then meters, then the rest:
      elkk import accounts accounts.csv --supplier tesk
      elkk import meters meters.csv --supplier tesk
      elkk import readings readings.csv --supplier tesk
      elkk import bills bills.csv --supplier tesk
      elkk import payments payments.csv --supplier tesk

    \b
    A file that a spreadsheet saved as it pleased:
      elkk import meters meters.csv --supplier tesk --delimiter ';' --encoding windows-1251
    """


@import_.command()
@file_options
@pass_desk
def accounts(desk: Desk, /, **options: Any) -> None:
    """Take personal accounts over.

    A new number adds an account; a known one takes address, owner and category of the file.

    \b
    Columns:
      account   number, 4 to 20 digits; leading zeros count     0680000101
      address   where the electricity is used                   г. Тамбов, ул. Садовая, 12
      owner     whose account it is                             Соколова Анна Павловна
      category  of the tariff, as in the file of tariffs        urban-gas

    \b
    Example:
      elkk import accounts accounts.csv --supplier tesk
    """
    take_file(desk, SuppliedAccount, lambda app: app.import_accounts, **options)


@import_.command()
@file_options
@pass_desk
def meters(desk: Desk, /, **options: Any) -> None:
    """Take meters over.

    A new number of an account adds a meter; a known one takes verification and window of the file.

    \b
    Columns:
      account           number of the account                   0680000101
      meter             number of the meter                     011789123
      zones             1, 2 (day, night) or 3 (peak, half-peak, night)
      capacity          digits before and after the comma       5,0
      ratio             transformation ratio                    1
      installed_on      date                                    2006-11-15 or 15.11.2006
      verification_due  date; may be empty or left out
      window            days for readings if not the supplier's 20-25; may be empty or left out

    \b
    Example:
      elkk import meters meters.csv --supplier tesk
    """
    take_file(desk, SuppliedMeter, lambda app: app.import_meters, **options)


@import_.command()
@file_options
@pass_desk
def readings(desk: Desk, /, **options: Any) -> None:
    """Take readings over.

    A reading counts in the month that the window says, never in one that is billed. Readings are
    never changed: another value for the same register and date is refused.

    \b
    Columns:
      account   number of the account                           0680000101
      meter     number of the meter                             011789123
      zone      all_day, day, night, peak, half_peak (or круглосуточный, день, ночь, пик, полупик)
      taken_on  date                                            2026-11-20 or 20.11.2026
      value     what the meter shows                            14323
      source    initial (at installation), customer or supplier

    \b
    Example:
      elkk import readings 2026-11.csv --supplier tesk
    """
    take_file(desk, SuppliedReading, lambda app: app.import_readings, **options)


@import_.command()
@file_options
@pass_desk
def bills(desk: Desk, /, **options: Any) -> None:
    """Take over bills that an earlier billing system has issued.

    A bill must add up and begin with the total of the one before; the balance of the account
    becomes its total. Bills are never changed.

    \b
    Columns:
      account   number of the account                           0680000101
      month     of the bill                                     2020-01
      number    of the bill                                     68-01-20-000123
      opening   debt at the start of the month, roubles; an overpayment with a minus
      charged   for the month                                   643,20
      payments  counted in the bill                             665,60
      total     to be paid; an overpayment with a minus         -2,55

    \b
    Example:
      elkk import bills bills.csv --supplier tesk
    """
    take_file(desk, SuppliedBill, lambda app: app.import_bills, **options)


@import_.command()
@file_options
@pass_desk
def payments(desk: Desk, /, **options: Any) -> None:
    """Take payments over.

    A payment lowers the balance, unless it falls into a month whose bill was imported: that bill
    has counted it. Payments are never changed.

    \b
    Columns:
      account      number of the account                        0680000101
      received_on  date                                         2026-11-09 or 09.11.2026
      amount       roubles                                      665,60
      reference    bank's identifier of the payment, each one once

    \b
    Example:
      elkk import payments 2026-11-09.csv --supplier tesk
    """
    take_file(desk, SuppliedPayment, lambda app: app.import_payments, **options)
