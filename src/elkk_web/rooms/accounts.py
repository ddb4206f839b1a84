"""Linking a personal account, and its card: history and details."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from attrs import frozen
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_adapters.sentences import ExplainedInvoice, explain
from elkk_core.accounts import BillDelivery, Relation
from elkk_core.billing import AccountOverview, HistoryMonth, Invoice, RecordedReading
from elkk_core.metering import Reading
from elkk_core.shared import AccountId, ElkkError, Month, SupplierId, local_date
from elkk_core.tariffs import RatePeriod
from elkk_web.failures import status_of
from elkk_web.forms import AnswerForm, LinkForm
from elkk_web.presence import signed_in_only, viewer
from elkk_web.wiring import application

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")

_PERIODS = {"3": 3, "6": 6, "12": 12, "all": None}
_KINDS = ("all", "readings", "payments", "bills")
_NOT_A_SUPPLIER = UUID(int=0)


# Linking


@blueprint.route("/link", methods=["GET", "POST"])
@signed_in_only
def link() -> ResponseReturnValue:
    """Take what a user says of an account."""
    form = LinkForm()
    form.supplier.choices = [
        (str(supplier.supplier_id), supplier.name)
        for supplier in application().accounts.suppliers.list_all()
    ]
    form.relation.choices = [
        (Relation.OWNER.value, gettext("Собственник")),
        (Relation.OTHER.value, gettext("Другое")),
        (Relation.TENANT.value, gettext("Наниматель")),
        (Relation.REGISTERED.value, gettext("Зарегистрированный")),
        (Relation.RESIDENT.value, gettext("Проживает")),
    ]
    if request.method == "GET":
        return render_template("accounts/link.html", form=form)
    number, relation = form.number.data or "", form.relation.data or ""
    try:
        application().accounts.start_linking(
            user_id=viewer().user_id,
            supplier_id=_supplier_id(form.supplier.data),
            number=number,
            relation=relation,
        )
    except ElkkError as error:
        form.refuse(error, field="number")
        return render_template("accounts/link.html", form=form), status_of(error)
    delivery = BillDelivery.EMAIL if form.bills_by_email.data else BillDelivery.PAPER
    session["linking"] = {
        "supplier": form.supplier.data,
        "number": number,
        "relation": relation,
        "delivery": delivery.value,
    }
    return redirect(url_for("accounts.question"))


@blueprint.route("/link/question", methods=["GET", "POST"])
@signed_in_only
def question() -> ResponseReturnValue:
    """Ask the security question and link the account to whoever knows the answer."""
    linking = session.get("linking")
    if linking is None:
        return redirect(url_for("accounts.link"))
    form = AnswerForm()
    if request.method == "GET":
        return render_template("accounts/question.html", form=form, number=linking["number"])
    try:
        account_id = application().accounts.link_account(
            user_id=viewer().user_id,
            supplier_id=_supplier_id(linking["supplier"]),
            number=linking["number"],
            relation=Relation(linking["relation"]),
            delivery=BillDelivery(linking["delivery"]),
            answer=form.answer.data or "",
        )
    except ElkkError as error:
        form.refuse(error, field="answer")
        page = render_template("accounts/question.html", form=form, number=linking["number"])
        return page, status_of(error)
    session.pop("linking")
    flash(gettext("Лицевой счет %(number)s подключен.", number=linking["number"]), "good")
    return redirect(url_for("accounts.history", account_id=account_id))


def _supplier_id(text: str | None) -> SupplierId:
    try:
        return SupplierId(UUID(text or ""))
    except ValueError:
        # The list offers no such value; the core says that there is no such supplier.
        return SupplierId(_NOT_A_SUPPLIER)


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
    period = request.args.get("period", "3")
    kind = request.args.get("kind", "all")
    period = period if period in _PERIODS else "3"
    kind = kind if kind in _KINDS else "all"
    above = card_of(account_id)
    months = application().billing.cabinet.history(
        AccountId(account_id),
        user_id=viewer().user_id,
        since=_since(Month.of(above["today"]), _PERIODS[period]),
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
        period=period,
        periods=(
            ("3", gettext("За последние 3 месяца")),
            ("6", gettext("За последние 6 месяцев")),
            ("12", gettext("За последний год")),
            ("all", gettext("За все время")),
        ),
        months=[month for month in months if _holds(month, kind)],
        submissions=submissions,
        explained=partial(_explained, time_zone=above["card"].supplier.time_zone),
        **above,
    )


def _explained(invoice: Invoice, *, time_zone: str) -> ExplainedInvoice:
    return explain(invoice, str(get_locale()), time_zone=time_zone)


def _since(month: Month, number: int | None) -> Month | None:
    return None if number is None else month.plus(1 - number)


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
