"""``elkk import``: what the supplier's books say."""

from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

import click

from elkk_adapters.application import Application
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.taking_over import TakesRows, take_over
from elkk_core.accounts import SuppliedAccount
from elkk_core.billing import SuppliedBenefit, SuppliedBill, SuppliedEstimateRule, SuppliedPayment
from elkk_core.metering import SuppliedGap, SuppliedMeter, SuppliedNorm, SuppliedReading
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


def csv_options(command: Callable[..., None]) -> Callable[..., None]:
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
        click.argument("file", type=click.File("rb"), help="CSV file; - reads standard input."),
    ):
        command = option(command)
    return command


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that every file of a supplier's books needs."""
    supplier = click.option(
        "--supplier", required=True, metavar="CODE", help="Whose books they are."
    )
    return supplier(csv_options(command))


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
    """Take accounts, meters, readings, bills, payments and more over from files.

    A file is CSV: UTF-8, commas, and a first line that names the columns, in any order. It is
    checked as a whole, and every fault is listed with its line and column; then all of it goes in,
    or nothing. The same file again changes nothing.

    \b
    Begin with accounts, then meters, then the rest:
      elkk import accounts accounts.csv --supplier tesk
      elkk import meters meters.csv --supplier tesk
      elkk import readings readings.csv --supplier tesk
      elkk import gaps gaps.csv --supplier tesk
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

    A new number adds an account; a known one takes what the file says of it. The last three columns
    may be left out, which leaves what is known; an empty field clears it.

    \b
    Columns:
      account       number, 4 to 20 digits; leading zeros count     0680000101
      address       where the electricity is used                   г. Тамбов, ул. Садовая, 12
      owner         whose account it is                             Соколова Анна Павловна
      category      of the tariff, as in the file of tariffs        urban-gas
      persons       how many are registered, for a time too         3
      traits        that consumption norms ask for; the cabinet
                    shows stove (gas, electric, other or a word)    stove=electric; rooms=2
      range_exempt  yes: all is charged by the first range of consumption; no or empty

    \b
    Example:
      elkk import accounts accounts.csv --supplier tesk
    """
    take_file(desk, SuppliedAccount, lambda app: app.accounts.import_accounts, **options)


@import_.command()
@file_options
@pass_desk
def benefits(desk: Desk, /, **options: Any) -> None:
    """Take benefits (льготы) over.

    A name and first month that an account does not have yet add a benefit; a known one takes
    percentage, limit and last month of the file. Bills that were issued stay as they are.

    \b
    Columns:
      account      number of the account                        0680000101
      name         stands on the bill                           Ветеран труда
      percent      off what is charged                          50
      limit        for the first so many kWh of a month; may be empty or left out
      first_month  in which it holds                            2026-01
      last_month   in which it holds; may be empty or left out

    \b
    Example:
      elkk import benefits benefits.csv --supplier tesk
    """
    take_file(desk, SuppliedBenefit, lambda app: app.billing.import_benefits, **options)


@import_.command("estimate-rules")
@file_options
@pass_desk
def estimate_rules(desk: Desk, /, **options: Any) -> None:
    """Take over a supplier's own rules of what is charged where no reading is known.

    A rule holds for its cause from its month on, in place of what the choice estimates says
    (elkk supplier rules); another one for the same cause and month takes its place. Bills that are
    issued stay as they are.

    \b
    Columns:
      cause        reading_missed, meter_failed, meter_lost, verification_over,
                   access_refused or access_refused_twice
      month        first month of the rule                      2026-12
      periods      months in a row that an average is charged for before the norm; 0: the norm
                   at once, empty: the average until metering is restored
      coefficient  multiplies the norm; 1 if empty or left out  1,5
      clause       by which act; stands on the bill             ПП РФ № 354, п. 60

    \b
    Example:
      elkk import estimate-rules estimate-rules.csv --supplier tesk
    """
    take_file(desk, SuppliedEstimateRule, lambda app: app.billing.import_estimate_rules, **options)


@import_.command()
@file_options
@pass_desk
def norms(desk: Desk, /, **options: Any) -> None:
    """Take consumption norms (нормативы потребления) over.

    All norms of one date are a table, which stands until the next date. A table is never changed:
    the same one again changes nothing, another one for its date is refused.

    \b
    Columns:
      effective_from  date                                      2016-07-01 or 01.07.2016
      traits          of the accounts that it is for            stove=electric; rooms=2
                      may be empty or left out: for all
      persons         for how many in a household               1, 2-4 or 5+
      norm            kWh a month for each of them              127

    Of several norms that fit an account, the one with most traits holds.

    \b
    Example:
      elkk import norms examples/norms/volgograd.csv --supplier tesk
    """
    take_file(desk, SuppliedNorm, lambda app: app.metering.import_norms, **options)


@import_.command()
@file_options
@pass_desk
def meters(desk: Desk, /, **options: Any) -> None:
    """Take meters over.

    A new number of an account adds a meter; a known one takes verification, window, removal and
    descriptions of the file. Of a meter that was replaced, give the day of its removal here, then its final reading
    in a file of readings; the new one is another meter, with an initial reading.

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
      removed_on        date; empty: the meter is there; left out: what is known stays
      kind              type of metering, in your words         однофазный электронный
      place             where it is installed                   холл
      responsible       who answers for it

    The last three may be left out, which leaves what is known; an empty field clears it.

    \b
    Example:
      elkk import meters meters.csv --supplier tesk
    """
    take_file(desk, SuppliedMeter, lambda app: app.metering.import_meters, **options)


@import_.command()
@file_options
@pass_desk
def readings(desk: Desk, /, **options: Any) -> None:
    """Take readings over.

    A reading counts in the month that the window says, never in one that is billed. Readings are
    never changed: another value for the same register and date is refused. A wrong one is corrected
    by a row of the same date, which names that date in the column corrects: the new reading stands
    in the place of the old one, and the next bill settles the difference.

    \b
    Columns:
      account   number of the account                           0680000101
      meter     number of the meter                             011789123
      zone      all_day, day, night, peak, half_peak (or круглосуточный, день, ночь, пик, полупик)
      taken_on  date                                            2026-11-20 or 20.11.2026
      value     what the meter shows                            14323
      source    initial (at installation), customer, supplier or final (on the day of removal)
      corrects  date of the reading that this one corrects; may be empty or left out

    \b
    Example:
      elkk import readings 2026-11.csv --supplier tesk
    """
    take_file(desk, SuppliedReading, lambda app: app.metering.import_readings, **options)


@import_.command()
@file_options
@pass_desk
def gaps(desk: Desk, /, **options: Any) -> None:
    """Take over on which days meters were not to be read or believed.

    While a meter has failed or is lost, or its household lets nobody near it, consumption is
    estimated by the rules of that cause. A known gap takes the end that the file gives.

    \b
    Columns:
      account   number of the account                           0680000101
      meter     number of the meter                             011789123
      cause     meter_failed, meter_lost, verification_over, access_refused, access_refused_twice
      since     first day; of a refusal, the date of its record 2026-11-05 or 05.11.2026
      until     last day; may be empty or left out while it goes on

    A second refusal of access is a gap of its own, access_refused_twice, from its own day on.

    \b
    Example:
      elkk import gaps gaps.csv --supplier tesk
    """
    take_file(desk, SuppliedGap, lambda app: app.metering.import_gaps, **options)


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
    take_file(desk, SuppliedBill, lambda app: app.billing.import_bills, **options)


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
      period       month that the payer named; may be empty or left out   2026-10

    \b
    Example:
      elkk import payments 2026-11-09.csv --supplier tesk
    """
    take_file(desk, SuppliedPayment, lambda app: app.billing.import_payments, **options)
