"""``elkk bill problems`` and ``elkk bill correct``: what a run left out, or got wrong."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click
from attrs import define

from elkk_adapters.sentences import sentence
from elkk_cli import failures
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.parameters import MonthParameter
from elkk_core.billing import Invoice, UnbilledAccount
from elkk_core.shared import ElkkError, Month


@click.command()
@click.argument("month", type=MonthParameter(), help="Month to look at, such as 2026-10.")
@click.option("--supplier", required=True, metavar="CODE", help="Whose accounts to look at.")
@json_option
@click.pass_context
def problems(context: click.Context, *, month: Month, supplier: str) -> None:
    """Tell which accounts cannot be billed for a month, why, and how to mend it.

    Each account without a bill is looked at as the books are now: what was mended since a run is not
    told any more, and nothing is kept. Accounts come by number, one by one as they are found. The
    exit status is 6 if there are any.

    \b
    Examples:
      elkk bill problems 2026-10 --supplier tesk
      elkk bill problems 2026-10 --supplier tesk --json
    """
    desk = context.ensure_object(Desk)
    with desk.open_application() as application:
        unbilled = _Unbilled(
            application.billing.find_billing_problems(supplier=supplier, month=month)
        )
        if desk.as_json:
            _print_as_data(unbilled, desk.language)
        else:
            _print(unbilled, month, desk)
    if unbilled.problems:
        context.exit(failures.LEFT_OVER)


@define
class _Unbilled:
    """Accounts without a bill, counted as they come: those with *problems*, and those *ready*."""

    accounts: Iterable[UnbilledAccount]
    problems: int = 0
    ready: int = 0

    def __iter__(self) -> Iterator[tuple[str, ElkkError]]:
        for account in self.accounts:
            if account.error is None:
                self.ready += 1
            else:
                self.problems += 1
                yield account.account, account.error


def _print_as_data(unbilled: _Unbilled, language: str) -> None:
    """Print an array, one account after the other: there may be a million."""
    click.echo("[", nl=False)
    for problem in unbilled:
        (data,) = failures.problems([problem], language)
        click.echo("," if unbilled.problems > 1 else "")
        click.echo(json.dumps(data, ensure_ascii=False), nl=False)
    click.echo("\n]")


def _print(unbilled: _Unbilled, month: Month, desk: Desk) -> None:
    for account, error in unbilled:
        click.echo(f"{account}\t{sentence(error, desk.language, to_operator=True)}")
    found, ready = unbilled.problems, unbilled.ready
    desk.say(
        ru=f"Без счета за {month} не рассчитать: {found}. Рассчитает следующий запуск: {ready}.",
        en=f"Without a bill for {month}, cannot be billed: {found}. The next run bills: {ready}.",
    )


@click.command()
@click.argument("number", help="Number of the bill to correct: the last one of its account.")
@click.option("--supplier", required=True, metavar="CODE", help="Whose bill it is.")
@json_option
@pass_desk
def correct(desk: Desk, *, number: str, supplier: str) -> None:
    """Issue the last bill of an account anew, by what the books say now.

    A bill is never changed: a new one, under a number of its own, stands in its place, and both stay
    in the history. So a wrong category, a benefit, a norm or a number of persons that came too late
    is put right; import it first. A mistaken reading needs no new bill: import its correction, and
    the next bill settles it.

    \b
    Examples:
      elkk bill correct TESK-2026-000123 --supplier tesk
      elkk bill correct TESK-2026-000123 --supplier tesk --json
    """
    with desk.open_application() as application:
        corrected = application.billing.correct_invoice(supplier=supplier, number=number)
        mistaken = application.billing.invoices.get_by_number(number, supplier=supplier)
    before, after = mistaken.invoice, corrected
    data = {
        "number": after.number,
        "corrects": before.number,
        "account": mistaken.account.number,
        "month": str(after.month),
        "before": _sums(before),
        "after": _sums(after),
    }
    desk.show(data, view=lambda: _view_correction(before, after, desk))


def _sums(invoice: Invoice) -> dict[str, Any]:
    return {
        "charged": str(invoice.charged),
        "penalty": str(invoice.penalty),
        "total_due": str(invoice.total_due),
        "overpayment": str(invoice.overpayment),
    }


def _view_correction(before: Invoice, after: Invoice, desk: Desk) -> None:
    desk.say(
        ru=f"Вместо счета {before.number} за {before.month} выставлен {after.number}.",
        en=f"{after.number} stands in the place of the bill {before.number} for {before.month}.",
    )
    text, money = desk.text, desk.money
    desk.table(
        ["", text(ru="Было", en="Before"), text(ru="Стало", en="Now")],
        [
            [text(ru="Начислено", en="Charged"), money(before.charged), money(after.charged)],
            [text(ru="Пени", en="Penalty"), money(before.penalty), money(after.penalty)],
            [
                text(ru="Итог счета", en="Closing balance"),
                money(before.closing),
                money(after.closing),
            ],
        ],
    )
