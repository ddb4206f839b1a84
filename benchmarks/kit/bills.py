"""The bills of a household month by month, made by the rules alone, without a database."""

from collections.abc import Iterator
from functools import cache
from uuid import UUID

from attrs import frozen
from benchmarks.kit.population import CLOCK, FIRST_MONTH, SUPPLIER, Household, norms, rates

from elkk_core.billing import (
    BillableAccount,
    BillableMeter,
    BillingTerms,
    Invoice,
    InvoiceDraft,
    LastBill,
    Movement,
    draft_invoice,
    invoice_number,
)
from elkk_core.metering import NormTable
from elkk_core.shared import InvoiceId, Money, Month
from elkk_core.tariffs import TariffBook


@frozen(kw_only=True)
class Bill:
    """A bill with what it was made of."""

    account: BillableAccount
    terms: BillingTerms
    draft: InvoiceDraft
    invoice: Invoice


def bills_of(household: Household, months: int) -> Iterator[Bill]:
    """Yield the bills of a household from the first month on, each with the next one in mind."""
    last: LastBill | None = None
    for month in FIRST_MONTH.until(FIRST_MONTH.plus(months)):
        terms = _terms(month)
        account = _billable(household, month, last)
        draft = draft_invoice(
            account,
            terms=terms,
            invoice_id=InvoiceId(UUID(int=month.number << 64 | household.place)),
        )
        number = invoice_number(
            supplier_code=SUPPLIER.code, year=month.year, sequence=household.place + 1
        )
        invoice = draft.issue(number=number, now=CLOCK.now())
        yield Bill(account=account, terms=terms, draft=draft, invoice=invoice)
        last = LastBill(
            invoice_id=invoice.invoice_id,
            number=number,
            month=month,
            closing=invoice.closing,
            source=invoice.source,
            standing=draft.standing,
        )


def _billable(household: Household, month: Month, last: LastBill | None) -> BillableAccount:
    readings = household.readings(month)
    if last is None:
        readings = [*household.initial_readings, *readings]
    payments = household.payments(month, owed=Money.zero() if last is None else last.closing)
    return BillableAccount(
        account=household.account,
        meters=(BillableMeter(meter=household.meter, readings=tuple(readings)),),
        last_bill=last,
        payments=tuple(
            Movement(amount=payment.amount, valued_on=payment.received_on) for payment in payments
        ),
    )


@cache
def _terms(month: Month) -> BillingTerms:
    return BillingTerms(
        month=month,
        today=CLOCK.now().date(),
        book=TariffBook(rates=rates()),
        window=SUPPLIER.window,
        norms=NormTable(norms=norms()),
    )
