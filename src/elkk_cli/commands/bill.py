"""``elkk bill``: the bills of a month."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from elkk_adapters.sentences import sentence, zone_name
from elkk_cli import failures
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.parameters import MonthParameter
from elkk_cli.printing import PrintingReport, print_month
from elkk_core.billing import (
    BillingProblem,
    BillingReport,
    InvoiceLine,
    InvoiceOverview,
    PrintingProblem,
)
from elkk_core.shared import Month

_Problem = BillingProblem | PrintingProblem


@click.group()
def bill() -> None:
    """Bill a month, print its bills and look at them."""


@bill.command()
@click.argument("month", type=MonthParameter(), help="Month to bill, such as 2026-10.")
@click.option("--supplier", required=True, metavar="CODE", help="Whose accounts to bill.")
@json_option
@click.pass_context
def run(context: click.Context, *, month: Month, supplier: str) -> None:
    """Issue the bills of a month to all accounts that have none yet.

    A run that was broken off goes on where it stopped, and nobody is billed twice. An account that
    cannot be billed is listed with the reason, and the exit status is 6: mend it and run again.

    \b
    Examples:
      elkk bill run 2026-10 --supplier tesk
      elkk bill run 2026-10 --supplier tesk --json
    """
    desk = context.ensure_object(Desk)
    with (
        desk.open_application() as application,
        desk.progress(ru="Расчет", en="Billing") as on_progress,
    ):
        report = application.run_billing(supplier=supplier, month=month, on_progress=on_progress)
    desk.show(_run_as_data(report, desk.language), view=lambda: _view_run(report, desk))
    if report.problems:
        context.exit(failures.LEFT_OVER)


def _run_as_data(report: BillingReport, language: str) -> dict[str, Any]:
    return {
        "month": str(report.month),
        "issued": report.issued,
        "charged": str(report.charged),
        "first_number": report.first_number,
        "last_number": report.last_number,
        "problems": _problems_as_data(report.problems, language),
    }


def _view_run(report: BillingReport, desk: Desk) -> None:
    charged = desk.money(report.charged)
    desk.say(
        ru=f"Счетов за {report.month}: {report.issued}, начислено {charged} руб.",
        en=f"Bills for {report.month}: {report.issued}, charged {charged} roubles.",
    )
    if report.issued:
        desk.say(
            ru=f"Номера: с {report.first_number} по {report.last_number}.",
            en=f"Numbers: from {report.first_number} to {report.last_number}.",
        )
    if report.problems:
        desk.say(
            ru=f"Без счета остались: {len(report.problems)}.",
            en=f"Left without a bill: {len(report.problems)}.",
        )
        _view_problems(report.problems, desk)


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


@bill.command()
@click.argument("number", help="Number of the bill.")
@json_option
@pass_desk
def show(desk: Desk, *, number: str) -> None:
    """Show a bill: its figures and what each line was computed from.

    \b
    Examples:
      elkk bill show TESK-2026-000123
      elkk bill show TESK-2026-000123 --json
    """
    with desk.open_application() as application:
        found = application.invoices.get_by_number(number)
    desk.show(_bill_as_data(found), view=lambda: _view_bill(found, desk))


def _bill_as_data(found: InvoiceOverview) -> dict[str, Any]:
    invoice = found.invoice
    return {
        "number": invoice.number,
        "month": str(invoice.month),
        "source": invoice.source.value,
        "issued_at": invoice.issued_at.isoformat(),
        "supplier": found.supplier.code,
        "account": found.account.number,
        "owner": found.account.owner,
        "address": found.account.address,
        "opening": str(invoice.opening),
        "charged": str(invoice.charged),
        "payments": str(invoice.payments),
        "total_due": str(invoice.total_due),
        "overpayment": str(invoice.overpayment),
        "volume": str(invoice.volume),
        "paid_in_month": str(found.paid_in_month),
        "lines": [_line_as_data(line) for line in invoice.lines],
    }


def _line_as_data(line: InvoiceLine) -> dict[str, Any]:
    metered = line.metered
    if metered is None:
        return {"amount": str(line.amount), "metered": None}
    return {
        "amount": str(line.amount),
        "metered": {
            "meter": metered.meter,
            "zone": metered.zone.value,
            "previous": str(metered.previous),
            "previous_on": metered.previous_on.isoformat(),
            "current": str(metered.current),
            "current_on": metered.current_on.isoformat(),
            "ratio": metered.ratio,
            "volume": str(metered.volume),
            "price": str(metered.price),
            "price_from": metered.price_from.isoformat(),
        },
    }


def _view_bill(found: InvoiceOverview, desk: Desk) -> None:
    invoice, text, money = found.invoice, desk.text, desk.money
    facts = [
        (text(ru="Счет", en="Bill"), f"{invoice.number}, {invoice.month}"),
        (text(ru="Поставщик", en="Supplier"), found.supplier.name),
        (text(ru="Лицевой счет", en="Account"), found.account.number),
        (text(ru="Абонент", en="Owner"), found.account.owner),
        (text(ru="Адрес", en="Address"), found.account.address),
        (
            text(ru="Задолженность на начало периода", en="Debt at the start")
            if not invoice.opening.is_negative
            else text(ru="Переплата на начало периода", en="Overpayment at the start"),
            money(abs(invoice.opening)),
        ),
        (text(ru="Начислено", en="Charged"), money(invoice.charged)),
        (text(ru="Учтено платежей", en="Payments counted"), money(invoice.payments)),
        (text(ru="Итого переплата", en="Overpayment"), money(invoice.overpayment))
        if invoice.closing.is_negative
        else (text(ru="Итого по счету", en="Total due"), money(invoice.total_due)),
    ]
    desk.facts(facts)
    metered = [(line.metered, line.amount) for line in invoice.lines if line.metered is not None]
    if not metered:
        return
    desk.table(
        [
            text(ru="Счетчик", en="Meter"),
            text(ru="Зона", en="Zone"),
            text(ru="Было", en="From"),
            text(ru="Стало", en="To"),
            text(ru="кВт·ч", en="kWh"),
            text(ru="Тариф", en="Rate"),
            text(ru="Сумма", en="Amount"),
        ],
        [
            [
                line.meter,
                zone_name(line.zone, desk.language),
                f"{desk.number(line.previous)} ({line.previous_on:%d.%m.%Y})",
                f"{desk.number(line.current)} ({line.current_on:%d.%m.%Y})",
                desk.number(line.volume),
                desk.number(line.price),
                money(amount),
            ]
            for line, amount in metered
        ],
    )
