"""The ledger, and the money that was received."""

from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from elkk_core.billing import errors
from elkk_core.billing.model.references import reference
from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month

EntryId = NewType("EntryId", UUID)
PaymentId = NewType("PaymentId", UUID)


class EntryKind(StrEnum):
    """Why a balance moved.

    ``opening`` brings the balance of an earlier billing system forward, ``settled`` the payments
    that it counted in its bills without naming each. ``storno`` takes back what a bill charged that
    another one corrects.
    """

    OPENING = "opening"
    CHARGE = "charge"
    PENALTY = "penalty"
    STORNO = "storno"
    PAYMENT = "payment"
    SETTLED = "settled"


@frozen(kw_only=True)
class LedgerEntry:
    """A movement of an account's balance; never changed.

    *amount* is added to what the household owes, so a payment is negative. *dated* is the local date
    in the books, *document* the number of the bill or the reference of the payment. A month that is
    billed is closed: what comes in later is dated in the month after it, and *valued_on* says when
    it took effect. *period* is the month that a payer named.
    """

    entry_id: EntryId
    account_id: AccountId
    kind: EntryKind
    amount: Money
    dated: date
    valued_on: date
    document: str
    period: Month | None = None
    recorded_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class ReceivedPayment:
    """Money that a household paid, as the books of the supplier tell of it; never changed.

    *reference* is the payer's bank's identifier of the payment, unique with the supplier. *period* is
    the month whose bill the payer named, None where none was named. A payment with *counted_before*
    was counted in a bill of an earlier billing system and moves no balance.
    """

    payment_id: PaymentId
    supplier_id: SupplierId
    account_id: AccountId
    received_on: date
    amount: Money = field()
    reference: str = field(converter=reference)
    period: Month | None = None
    counted_before: bool
    recorded_at: datetime = field(validator=validators.aware)

    @amount.validator
    def _is_positive(self, _attribute: object, value: Money) -> None:
        if value <= Money.zero():
            raise errors.AmountNotPositive
