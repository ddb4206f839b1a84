"""``elkk doctor``: whether the books keep their rules."""

from collections.abc import Sequence
from typing import Any

import click

from elkk_adapters.sentences import tell_finding, tell_rule
from elkk_cli import failures
from elkk_cli.desk import Desk, json_option
from elkk_cli.examining import examine_all
from elkk_core.billing import Examination, Finding, Verdict, merged


@click.command()
@click.option(
    "--supplier", metavar="CODE", help="Whose books to look at; all suppliers' if left out."
)
@click.option("--recompute", is_flag=True, help="Compute every bill anew from what it tells.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes that look at accounts; one for each core if left out.",
)
@json_option
@click.pass_context
def doctor(
    context: click.Context, *, supplier: str | None, recompute: bool, workers: int | None
) -> None:
    """Look whether the books are in order.

    The ledger comes to the closing figure of each bill, bills follow from each other, payments are
    booked once, numbers have no gaps, facts are guarded against change, and what the last bill of an
    account has kept fits its figures and readings. With --recompute every bill is computed anew from
    its readings, prices, norms and rates.

    Nothing is changed, and others may work meanwhile. Exit status 0 means that all is in order, 6
    that something is not: each broken rule is listed with the first places and with what to do.

    \b
    Examples:
      elkk doctor
      elkk doctor --supplier tesk --recompute
      elkk doctor --json > report.json || mail -s "elkk doctor" office@example.org < report.json
    """
    desk = context.ensure_object(Desk)
    with desk.open_application() as application:
        suppliers = (
            [known.code for known in application.accounts.suppliers.list_all()]
            if supplier is None
            else [supplier]
        )
        with desk.progress(ru="Книги", en="Books") as on_progress:
            of_books = application.billing.audit_books(suppliers=suppliers, on_progress=on_progress)
        with desk.progress(ru="Лицевые счета", en="Accounts") as on_progress:
            examined = examine_all(
                application,
                suppliers=suppliers,
                every_bill=recompute,
                workers=workers,
                on_progress=on_progress,
            )
    verdicts = merged(*of_books, *examined.verdicts)
    desk.show(
        _as_data(suppliers, examined, verdicts, desk.language),
        view=lambda: _view(examined, verdicts, desk),
    )
    if not all(verdict.is_kept for verdict in verdicts):
        context.exit(failures.LEFT_OVER)


def _as_data(
    suppliers: Sequence[str], examined: Examination, verdicts: Sequence[Verdict], language: str
) -> dict[str, Any]:
    return {
        "in_order": all(verdict.is_kept for verdict in verdicts),
        "suppliers": list(suppliers),
        "accounts": examined.accounts,
        "recomputed": examined.bills,
        "checks": [_verdict_as_data(verdict, language) for verdict in verdicts],
    }


def _verdict_as_data(verdict: Verdict, language: str) -> dict[str, Any]:
    told = tell_rule(verdict.check, language)
    return {
        "check": verdict.check.value,
        "rule": told.rule,
        "cases": verdict.cases,
        "mend": "" if verdict.is_kept else told.mend,
        "examples": [_finding_as_data(finding, language) for finding in verdict.examples],
    }


def _finding_as_data(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "supplier": finding.supplier,
        "account": finding.account,
        "document": finding.document,
        "line": finding.line,
        "what": finding.what,
        "stands": None if finding.stands is None else str(finding.stands),
        "expected": None if finding.expected is None else str(finding.expected),
        "text": tell_finding(finding, language),
    }


def _view(examined: Examination, verdicts: Sequence[Verdict], desk: Desk) -> None:
    desk.say(
        ru=f"Лицевых счетов: {examined.accounts}, счетов пересчитано: {examined.bills}.",
        en=f"Accounts: {examined.accounts}, bills computed anew: {examined.bills}.",
    )
    desk.table(
        [desk.text(ru="Правило", en="Rule"), desk.text(ru="Нарушено", en="Broken")],
        [
            [
                tell_rule(verdict.check, desk.language).rule,
                desk.text(ru="нет", en="no") if verdict.is_kept else str(verdict.cases),
            ]
            for verdict in verdicts
        ],
    )
    broken = [verdict for verdict in verdicts if not verdict.is_kept]
    for verdict in broken:
        _view_broken(verdict, desk)
    if not broken:
        desk.say(ru="Все в порядке.", en="All is in order.")


def _view_broken(verdict: Verdict, desk: Desk) -> None:
    told = tell_rule(verdict.check, desk.language)
    click.echo()
    click.echo(f"{told.rule}: {verdict.cases}")
    for finding in verdict.examples:
        click.echo(f"  {tell_finding(finding, desk.language)}")
    left = verdict.cases - len(verdict.examples)
    if left:
        desk.say(ru=f"  ... и еще {left}", en=f"  ... and {left} more")
    click.echo(told.mend)
