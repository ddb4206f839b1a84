"""The short way for common bills, held to the rules that it restates."""

import json
from collections.abc import Iterator
from uuid import UUID

from hypothesis import HealthCheck, given, settings

from elkk_adapters.sql.documents import DERIVATION, STANDING
from elkk_core.billing import BillableAccount, InvoiceDraft, LineKind, RunBilling
from elkk_core.billing.policies import (
    BillingTerms,
    ExpressDraft,
    ExpressFacts,
    ExpressLine,
    ExpressPayment,
    ExpressReading,
    ExpressTerms,
    draft_express,
    draft_invoice,
)
from elkk_core.billing.ports import terms_in_force
from elkk_core.metering import RolloverPolicy, by_time
from elkk_core.shared import ElkkError, InvoiceId, Month, local_date
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep
from elkk_core.testing.towns import Town, TownMonth, towns

# Each is a town of up to four households over up to seven months.
_EXAMPLES = 15
_INVOICE_ID = InvoiceId(UUID(int=1))


def facts_of(account: BillableAccount, month: Month) -> ExpressFacts | None:
    """Return the facts of an account as a store hands them over, None where it is not common."""
    last = account.last_bill
    if last is None or last.standing is None or last.month != month.previous:
        return None
    if len(account.meters) != 1 or account.benefits:
        return None
    (billable,) = account.meters
    meter = billable.meter
    if billable.gaps or meter.removed_on is not None:
        return None
    return ExpressFacts(
        category=account.account.category,
        persons=account.account.persons,
        traits=str(account.account.traits),
        range_exempt=account.account.range_exempt,
        standing=json.loads(STANDING.write(last.standing)),
        meter_id=str(meter.meter_id),
        meter=meter.number,
        zones=tuple(meter.zones),
        integers=meter.capacity.integers,
        decimals=meter.capacity.decimals,
        ratio=meter.ratio,
        installed_on=meter.installed_on,
        verification_due=meter.verification_due,
        window=None,
        readings=[
            ExpressReading(
                reading_id=str(reading.reading_id),
                zone=reading.zone.value,
                value=reading.value,
                taken_on=reading.taken_on.isoformat(),
                source=reading.source.value,
                corrects=reading.corrects is not None,
            )
            for reading in sorted(billable.readings, key=by_time)
            if reading.month == month
        ],
        payments=[
            ExpressPayment(
                amount=payment.amount.kopecks,
                valued_on=payment.valued_on.isoformat(),
                period=payment.period is not None,
            )
            for payment in account.payments
        ],
    )


def as_express(draft: InvoiceDraft) -> ExpressDraft:
    """Return a bill of the rules as the short way has it."""
    return ExpressDraft(
        opening=draft.opening.kopecks,
        payments=draft.payments.kopecks,
        charged=draft.charged.kopecks,
        penalty=draft.penalty.kopecks,
        lines=[
            ExpressLine(
                kind=line.kind.value,
                amount=line.amount.kopecks,
                vat=line.vat.kopecks if line.vat is not None else 0,
                derivation=json.loads(DERIVATION.write(line.derivation)),
            )
            for line in draft.lines
            if line.derivation is not None
        ],
        standing=json.loads(STANDING.write(draft.standing)),
    )


def live(town: Town) -> Iterator[tuple[InvoiceDraft, ExpressDraft | None]]:
    """Yield what both ways make of the bills that may be common, month by month.

    The town goes on with the bills of the rules.
    """
    store, identifiers = MemoryStore(), SequentialIdentifiers()
    town.settle(store)
    for month in town.months:
        keep(store, *month.facts)
        terms, accounts = _unbilled(store, month)
        express = ExpressTerms.of(terms)
        for account in accounts:
            facts = facts_of(account, month.month)
            if express is not None and facts is not None:
                short = draft_express(facts, terms=express)
                try:
                    yield draft_invoice(account, terms=terms, invoice_id=_INVOICE_ID), short
                except ElkkError:
                    assert short is None
        _bill(store, month, identifiers)


def _unbilled(
    store: MemoryStore, month: TownMonth
) -> tuple[BillingTerms, tuple[BillableAccount, ...]]:
    with store.unit_of_work() as uow:
        supplier = uow.suppliers.get_by_code("tsna")
        terms = terms_in_force(
            uow,
            supplier,
            month=month.month,
            today=local_date(month.billed_on, supplier.time_zone),
            rollover=RolloverPolicy(),
        )
        accounts = uow.billable_accounts.batch(
            supplier.supplier_id, month.month, after="", through="", limit=100
        )
        return terms, accounts


def _bill(store: MemoryStore, month: TownMonth, identifiers: SequentialIdentifiers) -> None:
    RunBilling(
        unit_of_work=store.unit_of_work,
        clock=FixedClock(month.billed_on),
        identifiers=identifiers,
        rollover=RolloverPolicy(),
    )(supplier="tsna", month=month.month)


@given(town=towns() | towns(common=True))
@settings(max_examples=_EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_short_way_makes_the_same_bill(town: Town) -> None:
    """Whatever a town lives through, a bill made the short way is that of the rules."""
    for draft, short in live(town):
        if short is not None:
            expected = as_express(draft)

            assert expected == short
            # The texts are what is kept, so the order of fields counts as well.
            assert json.dumps(expected) == json.dumps(short)


@given(town=towns(common=True))
@settings(max_examples=_EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
def test_common_bills_go_the_short_way(town: Town) -> None:
    """Where nothing odd happens, only a bill that gives something back goes the long way."""
    for draft, short in live(town):
        gives_back = any(line.kind is LineKind.RECALCULATION for line in draft.lines)

        assert gives_back == (short is None)
