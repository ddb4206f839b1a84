"""What a bill and a payment move in the ledger."""

from collections.abc import Callable, Iterator
from uuid import UUID

from elkk_core.billing.model import EntryId, EntryKind, Invoice, LedgerEntry, ReceivedPayment
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


def entries_of(invoice: Invoice, *, new_id: Callable[[], UUID]) -> Iterator[LedgerEntry]:
    """Yield the entries of a bill: what it charges, and its penalty apart if it has one.

    They are dated on the last day of its month, so that the ledger up to then comes to the closing
    figure of the bill.
    """
    yield _entry(invoice, EntryKind.CHARGE, invoice.charged, invoice, new_id)
    if not invoice.penalty.is_zero:
        yield _entry(invoice, EntryKind.PENALTY, invoice.penalty, invoice, new_id)


def storno_of(
    mistaken: Invoice, *, by: Invoice, new_id: Callable[[], UUID]
) -> Iterator[LedgerEntry]:
    """Yield the entry that takes back all that a *mistaken* bill charged, as *by* corrects it."""
    charged = mistaken.charged + mistaken.penalty
    if not charged.is_zero:
        yield _entry(mistaken, EntryKind.STORNO, -charged, by, new_id)


def entry_of_payment(
    payment: ReceivedPayment, *, entry_id: EntryId, closed_through: Month | None
) -> LedgerEntry:
    """Return the entry of a payment, dated in a month that no bill has closed.

    Bills have closed the months through *closed_through*; what comes to light later is booked on
    the first day after it, though it took effect when it was received.
    """
    dated = payment.received_on
    if closed_through is not None:
        dated = max(dated, closed_through.next.first_day)
    return LedgerEntry(
        entry_id=entry_id,
        account_id=payment.account_id,
        kind=EntryKind.PAYMENT,
        amount=-payment.amount,
        dated=dated,
        valued_on=payment.received_on,
        document=payment.reference,
        period=payment.period,
        recorded_at=payment.recorded_at,
    )


def _entry(
    invoice: Invoice, kind: EntryKind, amount: Money, issued: Invoice, new_id: Callable[[], UUID]
) -> LedgerEntry:
    return LedgerEntry(
        entry_id=EntryId(new_id()),
        account_id=invoice.account_id,
        kind=kind,
        amount=amount,
        dated=invoice.month.last_day,
        valued_on=invoice.month.last_day,
        document=invoice.number,
        recorded_at=issued.issued_at,
    )
