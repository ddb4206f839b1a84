"""``elkk bill status``: how far the bills of a month are."""

from datetime import datetime, timedelta
from decimal import Decimal
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

import click
from attrs import asdict, frozen

from elkk_adapters.application import Application
from elkk_adapters.billing_runs import BillingRunState
from elkk_cli.desk import Desk, json_option, pass_desk
from elkk_cli.parameters import MonthParameter
from elkk_core.billing import MonthFigures
from elkk_core.shared import Month, local_date

_SECONDS_LOOKED = 2


@frozen(kw_only=True)
class _Status:
    """How far a month is; *run* is None where there are no workers to share it.

    *rate* is how many bills a second are issued now, and *ends_at* when all are if it goes on so.
    """

    month: Month
    figures: MonthFigures
    run: BillingRunState | None
    rate: float
    ends_at: datetime | None


@click.command()
@click.argument("month", type=MonthParameter(), required=False, help="Month; the last one billed.")
@click.option("--supplier", required=True, metavar="CODE", help="Whose bills to look at.")
@json_option
@pass_desk
def status(desk: Desk, *, month: Month | None, supplier: str) -> None:
    """Show how many accounts have a bill for a month, and how fast the others get theirs.

    While accounts are left it looks for two seconds before it tells the rate. The parts are those
    of the latest run that was shared among workers, if it was in the last week.

    \b
    Examples:
      elkk bill status --supplier tesk
      elkk bill status 2026-10 --supplier tesk --json
    """
    with desk.open_application() as application:
        chosen = month or _last_billed(application, supplier)
        found = _look(application, supplier, chosen)
        time_zone = application.settings.time_zone
    desk.show(_as_data(found), view=lambda: _view(found, time_zone, desk))


def _last_billed(application: Application, supplier: str) -> Month:
    today = local_date(application.clock.now(), application.settings.time_zone)
    return application.billing.billed_months.last(supplier) or Month.of(today)


def _look(application: Application, supplier: str, month: Month) -> _Status:
    months, runs = application.billing.billed_months, application.billing.billing_runs
    figures = months.figures(supplier, month)
    rate = 0.0
    if figures.left:
        began, taken = monotonic(), months.numbers_taken(supplier, month.year)
        sleep(_SECONDS_LOOKED)
        issued = months.numbers_taken(supplier, month.year) - taken
        rate = issued / (monotonic() - began)
        figures = months.figures(supplier, month)
    seconds_left = figures.left / rate if rate else None
    return _Status(
        month=month,
        figures=figures,
        run=None if runs is None else runs.state(supplier=supplier, month=month),
        rate=rate,
        ends_at=None
        if seconds_left is None
        else application.clock.now() + timedelta(seconds=seconds_left),
    )


def _as_data(found: _Status) -> dict[str, Any]:
    figures, run = found.figures, found.run
    return {
        "month": str(found.month),
        "accounts": figures.accounts,
        "billed": figures.billed,
        "left": figures.left,
        "charged": str(figures.charged),
        "penalties": str(figures.penalties),
        "parts": run and asdict(run),
        "per_second": round(found.rate),
        "ends_at": found.ends_at and found.ends_at.isoformat(timespec="seconds"),
    }


def _view(found: _Status, time_zone: str, desk: Desk) -> None:
    figures, run, text = found.figures, found.run, desk.text
    facts = [
        (text(ru="Месяц", en="Month"), str(found.month)),
        (text(ru="Лицевых счетов", en="Accounts"), _count(figures.accounts, desk)),
        (text(ru="Со счетом", en="Billed"), _count(figures.billed, desk)),
        (text(ru="Без счета", en="Left"), _count(figures.left, desk)),
        (text(ru="Начислено", en="Charged"), desk.money(figures.charged)),
        (text(ru="Пени", en="Penalties"), desk.money(figures.penalties)),
    ]
    if run is not None and run != BillingRunState():
        parts = text(
            ru=f"ждут {run.waiting}, в работе {run.running}, готовы {run.done}",
            en=f"{run.waiting} waiting, {run.running} under way, {run.done} done",
        )
        failed = text(ru=f", не удались {run.failed}", en=f", {run.failed} failed")
        facts.append((text(ru="Части", en="Parts"), parts + failed * bool(run.failed)))
    if found.ends_at is not None:
        ends_at = found.ends_at.astimezone(ZoneInfo(time_zone))
        facts += [
            (text(ru="Счетов в секунду", en="Bills a second"), _count(round(found.rate), desk)),
            (text(ru="Закончится около", en="Done at about"), f"{ends_at:%H:%M:%S}"),
        ]
    desk.facts(facts)


def _count(number: int, desk: Desk) -> str:
    return desk.number(Decimal(number))
