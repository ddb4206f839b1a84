"""``elkk law``: the tables of acts by which bills are made."""

import csv
from typing import BinaryIO, TextIO

import click

from elkk_adapters.files import read_table
from elkk_cli.commands.imports import csv_options
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.parameters import OneOf
from elkk_core.billing import LawRow, LawTable, LawTableInForce, SuppliedLawRow
from elkk_core.shared import BatchRejected, BatchReport


@click.group()
def law() -> None:
    """Keep the tables of acts up to date: rates, caps, terms.

    Bills of all suppliers are made by them. elkk brings them as they were known when it was
    released; a file puts a newer one in place.

    \b
    Tables:
      key-rates     rate of the Bank of Russia, % a year (before 2016 the refinancing rate)
      penalty-caps  rate in % that penalties do not exceed, from a day to a day
      moratoria     days for which no penalty accrues
      due-days      day of the next month by which a month's bill is paid
      vat-rates     value added tax inside prices, %

    \b
    The Bank of Russia has changed the key rate:
      elkk law show key-rates --csv key-rates.csv
      echo 2026-09-14,13.5 >> key-rates.csv
      elkk law import key-rates key-rates.csv
    """


@law.command()
@click.argument("table", type=OneOf(LawTable), metavar="TABLE", help="Which one: elkk law --help.")
@click.option("--csv", "file", type=click.File("w", encoding="utf-8"), help="Write a file instead.")
@json_option
@pass_desk
def show(desk: Desk, /, table: LawTable, file: TextIO | None) -> None:
    """Show a table as it is in force.

    The file that --csv writes (- for standard output) can be edited and imported back.

    \b
    Examples:
      elkk law show key-rates
      elkk law show penalty-caps --csv penalty-caps.csv
    """
    with desk.open_application() as application:
        shown = application.billing.show_law_table(table=table)
    if file is not None:
        _write(shown, file)
        return
    desk.show(
        {
            "table": table.value,
            "replaced": shown.is_replaced,
            "rows": [
                dict(zip(_columns(table), _cells(table, row), strict=True)) for row in shown.rows
            ],
        },
        view=lambda: _view(shown, desk),
    )


@law.command("import")
@click.argument("table", type=OneOf(LawTable), metavar="TABLE", help="Which one: elkk law --help.")
@csv_options
@pass_desk
def import_(desk: Desk, /, table: LawTable, file: BinaryIO, delimiter: str, encoding: str) -> None:
    """Put the table of a file in place of the one in force, for all suppliers.

    The file holds the whole table, with the rows there were: old debts are reckoned by them. Bills
    that are issued stay as they are. The same table again changes nothing, and the table that came
    with elkk puts it back in force, so that a newer release may bring a newer one.

    \b
    Columns:
      first_day  date from which the row holds; each one once    2026-09-14
      last_day   date, included; penalty-caps and moratoria alone
      value      % or day of a month; not in moratoria           13,5

    \b
    Example:
      elkk law import key-rates key-rates.csv
    """
    supplied = read_table(file.read(), SuppliedLawRow, delimiter=delimiter, encoding=encoding)
    with desk.open_application() as application:
        try:
            report = application.billing.replace_law_table(table=table, rows=supplied.rows)
        except BatchRejected as rejected:
            raise supplied.locate(rejected) from rejected
    _show_report(desk, report)


def _show_report(desk: Desk, report: BatchReport) -> None:
    added, changed = report.added, report.changed
    same, removed = report.unchanged, report.removed
    desk.show(
        {"added": added, "changed": changed, "unchanged": same, "removed": removed},
        view=lambda: desk.say(
            ru=f"Новых строк: {added}, измененных: {changed}, прежних: {same}, убрано: {removed}.",
            en=f"New rows: {added}, changed: {changed}, as before: {same}, removed: {removed}.",
        ),
    )


def _columns(table: LawTable) -> tuple[str, ...]:
    """Return the columns that a table has."""
    names = {"first_day": True, "last_day": table.rows_end, "value": table.rows_have_values}
    return tuple(name for name, is_there in names.items() if is_there)


def _cells(table: LawTable, row: LawRow) -> tuple[str, ...]:
    """Return a row as a file has it."""
    cells = {
        "first_day": row.first_day.isoformat(),
        "last_day": "" if row.last_day is None else row.last_day.isoformat(),
        "value": "" if row.value is None else f"{row.value:f}",
    }
    return tuple(cells[name] for name in _columns(table))


def _write(shown: LawTableInForce, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_columns(shown.table))
    writer.writerows(_cells(shown.table, row) for row in shown.rows)


def _view(shown: LawTableInForce, desk: Desk) -> None:
    headings: dict[str, str] = {
        "first_day": desk.text(ru="С", en="From"),
        "last_day": desk.text(ru="По", en="To"),
        "value": _unit(shown.table, desk),
    }
    desk.table(
        [headings[name] for name in _columns(shown.table)],
        [[*_cells(shown.table, row)] for row in shown.rows],
    )
    if shown.is_replaced:
        desk.say(
            ru="Таблица загружена из файла и заменяет ту, с которой выпущен elkk.",
            en="The table was imported, and stands in place of the one that came with elkk.",
        )
    else:
        desk.say(ru="Таблица, с которой выпущен elkk.", en="The table that came with elkk.")


def _unit(table: LawTable, desk: Desk) -> str:
    if table is LawTable.DUE_DAYS:
        return desk.text(ru="День следующего месяца", en="Day of the next month")
    return desk.text(ru="Ставка, %", en="Rate, %")
