"""The card of a personal account: its history and details."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from attrs import frozen
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_adapters.sentences import ExplainedInvoice, explain
from elkk_core.billing import AccountOverview, HistoryMonth, Invoice, RecordedReading
from elkk_core.metering import Reading
from elkk_core.shared import AccountId, Month, local_date
from elkk_core.tariffs import RatePeriod
from elkk_web.presence import signed_in_only, viewer
from elkk_web.spans import span_asked, span_choices
from elkk_web.wiring import application

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")

_KINDS = ("all", "readings", "payments", "bills")


# The card of an account


def card_of(account_id: UUID) -> dict[str, Any]:
    """Return what every section of an account shows above itself."""
    card = application().billing.cabinet.account(AccountId(account_id), user_id=viewer().user_id)
    today = local_date(application().clock.now(), card.supplier.time_zone)
    month = Month.of(today)
    return {
        "card": card,
        "today": today,
        "days_left": month.days_left(today),
    }


@frozen
class Submission:
    """Readings of one meter that were taken together."""

    meter_number: str
    readings: tuple[RecordedReading, ...]

    @property
    def first(self) -> Reading:
        """One of the readings; the others share its date, source and month."""
        return self.readings[0].reading


def submissions(recorded: Iterable[RecordedReading]) -> Iterator[Submission]:
    """Yield readings of all zones of a meter together, in the order in which they come."""

    def together(entry: RecordedReading) -> tuple[Any, ...]:
        reading = entry.reading
        return (
            entry.meter_number,
            reading.taken_on,
            reading.source,
            reading.recorded_at,
            reading.corrects is None,
        )

    for (number, *_), entries in groupby(recorded, key=together):
        yield Submission(number, tuple(entries))


@blueprint.get("/<uuid:account_id>")
@signed_in_only
def history(account_id: UUID) -> ResponseReturnValue:
    """Show what happened to an account: the last three months first."""
    kind = request.args.get("kind", "all")
    kind = kind if kind in _KINDS else "all"
    above = card_of(account_id)
    span = span_asked(request.args, today=Month.of(above["today"]))
    months = application().billing.cabinet.history(
        AccountId(account_id), user_id=viewer().user_id, since=span.since, through=span.through
    )
    return render_template(
        "accounts/history.html",
        section="history",
        kind=kind,
        kinds=(
            ("all", gettext("Все события")),
            ("readings", gettext("Показания")),
            ("payments", gettext("Оплаты")),
            ("bills", gettext("Квитанции")),
        ),
        span=span,
        spans=span_choices(),
        months=[month for month in months if _holds(month, kind)],
        submissions=submissions,
        explained=partial(_explained, time_zone=above["card"].supplier.time_zone),
        **above,
    )


def _explained(invoice: Invoice, *, time_zone: str) -> ExplainedInvoice:
    return explain(invoice, str(get_locale()), time_zone=time_zone)


def _holds(month: HistoryMonth, kind: str) -> bool:
    """Tell whether *month* has anything of *kind* to show."""
    things = {
        "readings": month.readings,
        "payments": month.payments,
        "bills": month.invoices,
    }
    return any(things.values()) if kind == "all" else bool(things[kind])


@blueprint.get("/<uuid:account_id>/details")
@signed_in_only
def details(account_id: UUID) -> ResponseReturnValue:
    """Show the owner, the meters and the tariff of an account."""
    above = card_of(account_id)
    return render_template(
        "accounts/details.html",
        section="details",
        current_rates=_in_force(above["card"], on=above["today"]),
        **above,
    )


def _in_force(card: AccountOverview, *, on: date) -> list[RatePeriod]:
    """Return the rates of the day; one that is published ahead is not among them."""
    return [held for held in card.rates if held.period.contains(on)]
