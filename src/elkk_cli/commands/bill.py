"""``elkk bill``: the bills of a month."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from elkk_adapters.sentences import sentence
from elkk_cli import failures
from elkk_cli.billing_run import LeftToWorkers, run_month
from elkk_cli.commands.bill_mending import correct, problems
from elkk_cli.commands.bill_shown import explain_, show
from elkk_cli.commands.bill_status import status
from elkk_cli.desk import Desk, json_option
from elkk_cli.parameters import MonthParameter
from elkk_cli.printing import PrintingReport, print_month
from elkk_core.billing import (
    BillingProblem,
    BillingReport,
    PrintingProblem,
)
from elkk_core.shared import Month

_MOST_WORKERS = 64

_Problem = BillingProblem | PrintingProblem


@click.group()
def bill() -> None:
    """Bill a month, print its bills, look at them, and correct them."""


for command in (status, problems, show, explain_, correct):
    bill.add_command(command)


@bill.command()
@click.argument("month", type=MonthParameter(), help="Month to bill, such as 2026-10.")
@click.option("--supplier", required=True, metavar="CODE", help="Whose accounts to bill.")
@click.option(
    "--workers",
    type=click.IntRange(0, _MOST_WORKERS),
    help="Workers to start here for the time of the run; one for each processor if not given. "
    "With 0 it is left to elkk worker.",
)
@click.option("--dry-run", is_flag=True, help="Work everything out and keep nothing.")
@json_option
@click.pass_context
def run(
    context: click.Context, *, month: Month, supplier: str, workers: int | None, dry_run: bool
) -> None:
    """Issue the bills of a month to all accounts that have none yet.

    A run that was broken off goes on where it stopped, and nobody is billed twice. Accounts that
    cannot be billed are counted, the first hundred are listed with the reason, and the exit status
    is 6: mend them and run again. All of them are told by elkk bill problems.

    On PostgreSQL a run of many accounts is divided among workers: those started here, and every
    elkk worker of this database, on whatever machine. Ctrl-C leaves it to the latter; elkk bill
    status tells how it goes on. On SQLite this process bills alone.

    \b
    Examples:
      elkk bill run 2026-10 --supplier tesk
      elkk bill run 2026-10 --supplier tesk --workers 8
      elkk bill run 2026-10 --supplier tesk --dry-run --json
    """
    desk = context.ensure_object(Desk)
    with (
        _left_to_others(desk, f"elkk bill status {month} --supplier {supplier}"),
        desk.open_application() as application,
        desk.progress(ru="Расчет", en="Billing") as on_progress,
    ):
        if dry_run:
            report = application.billing.run_billing(
                supplier=supplier, month=month, dry_run=True, on_progress=on_progress
            )
        else:
            report = run_month(
                application,
                supplier=supplier,
                month=month,
                workers=workers,
                on_progress=on_progress,
            )
    data = {**_run_as_data(report, desk.language), "dry_run": dry_run}
    desk.show(data, view=lambda: _view_run(report, supplier, desk))
    if dry_run:
        desk.note(ru="Это проба: ничего не записано.", en="This was a trial: nothing was kept.")
    if report.left_out:
        context.exit(failures.LEFT_OVER)


@contextmanager
def _left_to_others(desk: Desk, look: str) -> Iterator[None]:
    """Tell whoever does not wait for the end of a run who goes on with it, and how to *look* at it."""
    try:
        yield
    except LeftToWorkers:
        desk.note(
            ru=f"Расчет продолжат обработчики (elkk worker), а если их нет — эта же команда.\n"
            f"Как он идет: {look}",
            en=f"Workers (elkk worker) go on with the run; where there are none, this command does.\n"
            f"How it goes: {look}",
        )
        raise


def _run_as_data(report: BillingReport, language: str) -> dict[str, Any]:
    return {
        "month": str(report.month),
        "issued": report.issued,
        "charged": str(report.charged),
        "penalties": str(report.penalties),
        "first_number": report.first_number,
        "last_number": report.last_number,
        "left_out": report.left_out,
        "problems": _problems_as_data(report.problems, language),
    }


def _view_run(report: BillingReport, supplier: str, desk: Desk) -> None:
    charged, penalties = desk.money(report.charged), desk.money(report.penalties)
    desk.say(
        ru=f"Счетов за {report.month}: {report.issued}, начислено {charged} руб., "
        f"пени {penalties} руб.",
        en=f"Bills for {report.month}: {report.issued}, charged {charged} roubles, "
        f"penalties {penalties} roubles.",
    )
    if report.first_number is not None:
        desk.say(
            ru=f"Номера: с {report.first_number} по {report.last_number}.",
            en=f"Numbers: from {report.first_number} to {report.last_number}.",
        )
    if report.left_out:
        desk.say(
            ru=f"Без счета остались: {report.left_out}.",
            en=f"Left without a bill: {report.left_out}.",
        )
        _view_problems(report.problems, desk)
        command = f"elkk bill problems {report.month} --supplier {supplier}"
        desk.say(
            ru=f"Все, кого сейчас не рассчитать: {command}",
            en=f"All that cannot be billed now: {command}",
        )


def _problems_as_data(problems: Sequence[_Problem], language: str) -> list[dict[str, str]]:
    return failures.problems([(problem.account, problem.error) for problem in problems], language)


def _view_problems(problems: Sequence[_Problem], desk: Desk) -> None:
    desk.table(
        [desk.text(ru="Лицевой счет", en="Account"), desk.text(ru="Почему", en="Why")],
        [
            [problem.account, str(sentence(problem.error, desk.language, to_operator=True))]
            for problem in problems
        ],
    )


@bill.command("print")
@click.argument("month", type=MonthParameter(), help="Month whose bills to print, such as 2026-10.")
@click.option("--supplier", required=True, metavar="CODE", help="Whose bills to print.")
@click.option(
    "--output",
    "-o",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to print to; it is made if it is not there.",
)
@click.option("--force", is_flag=True, help="Print anew what is there already.")
@json_option
@click.pass_context
def print_(
    context: click.Context, *, month: Month, supplier: str, folder: Path, force: bool
) -> None:
    """Print the bills of a month as PDF in Russian, each into a file of its own.

    A file is named by account and month, such as 680000000013-2026-10.pdf. Files that are there
    already are kept, so a command that was broken off goes on where it stopped. A bill that cannot
    be printed is listed with the reason, and the exit status is 6.

    \b
    Examples:
      elkk bill print 2026-10 --supplier tesk -o bills
      elkk bill print 2026-10 --supplier tesk -o bills --force --json
    """
    desk = context.ensure_object(Desk)
    with (
        desk.open_application() as application,
        desk.progress(ru="Печать", en="Printing") as on_progress,
    ):
        report = print_month(
            application,
            supplier=supplier,
            month=month,
            folder=folder,
            anew=force,
            on_progress=on_progress,
        )
    data = {
        "month": str(month),
        "folder": str(folder),
        "printed": report.printed,
        "kept": report.kept,
        "problems": _problems_as_data(report.problems, desk.language),
    }
    desk.show(data, view=lambda: _view_printing(report, folder, desk))
    if report.problems:
        context.exit(failures.LEFT_OVER)


def _view_printing(report: PrintingReport, folder: Path, desk: Desk) -> None:
    desk.say(
        ru=f"Напечатано: {report.printed}, уже было: {report.kept}. Папка: {folder}.",
        en=f"Printed: {report.printed}, there already: {report.kept}. Folder: {folder}.",
    )
    if report.problems:
        desk.say(
            ru=f"Не напечатаны: {len(report.problems)}.",
            en=f"Not printed: {len(report.problems)}.",
        )
        _view_problems(report.problems, desk)
