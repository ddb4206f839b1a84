"""Invoices, the ledger, and what was received."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing import errors
from elkk_core.metering.model import Meter, Reading
from elkk_core.shared import validators
from elkk_core.shared.errors import FieldRequired, FieldTooLong
from elkk_core.shared.ids import AccountId, InvoiceId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone

EntryId = NewType("EntryId", UUID)
PaymentId = NewType("PaymentId", UUID)

ARITHMETIC_VERSION = 1
"""The version of the arithmetic that issues bills now.

1: volume = difference of readings × ratio; line = volume × rate, half-up to the kopeck.
"""

_LONGEST_REFERENCE = 60
_ALL = 100


def reference(text: str) -> str:
    """Return the number of a document without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 60 characters.
    """
    clean = " ".join(text.split())
    if not clean:
        raise FieldRequired
    if len(clean) > _LONGEST_REFERENCE:
        raise FieldTooLong(_LONGEST_REFERENCE)
    return clean


@frozen(kw_only=True)
class MeteredVolume:
    """From which readings of which register a volume comes; enough to compute it anew.

    Readings are in the units that the meter shows, *volume* in kWh, *price* in roubles per kWh as
    published from *price_from*.
    """

    meter: str
    zone: Zone
    previous: Decimal = field(validator=validators.exact_decimal)
    previous_on: date
    current: Decimal = field(validator=validators.exact_decimal)
    current_on: date
    ratio: int = field(validator=validators.exact_int)
    volume: Decimal = field(validator=validators.exact_decimal)
    price: Decimal = field(validator=validators.exact_decimal)
    price_from: date


@frozen(kw_only=True)
class InvoiceLine:
    """One amount of an invoice.

    *metered* tells where it comes from; it is None in a bill of an earlier billing system, of which
    only the amount is known.
    """

    amount: Money
    metered: MeteredVolume | None


class InvoiceSource(StrEnum):
    """Who issued an invoice."""

    ISSUED = "issued"
    IMPORTED = "imported"


@frozen(kw_only=True)
class Invoice:
    """The bill of one account for one month; once issued it stays as it is.

    *opening* is the debt at the start of the month, negative for an overpayment; *payments* is what
    was received and counted since the bill before. The totals follow from these and the lines, so
    they cannot disagree.
    """

    invoice_id: InvoiceId
    supplier_id: SupplierId
    account_id: AccountId
    number: str = field(converter=reference)
    month: Month
    issued_at: datetime = field(validator=validators.aware)
    source: InvoiceSource
    opening: Money
    lines: tuple[InvoiceLine, ...] = field()
    payments: Money
    arithmetic_version: int = field(validator=validators.exact_int)

    @lines.validator
    def _there_is_a_line(self, _attribute: object, value: tuple[InvoiceLine, ...]) -> None:
        if not value:
            message = "an invoice must have a line at least"
            raise ValueError(message)

    # Queries

    @property
    def charged(self) -> Money:
        """«Всего начислено за текущий период»: the sum of the lines."""
        return Money.total(line.amount for line in self.lines)

    @property
    def closing(self) -> Money:
        """What is due after this bill; negative for an overpayment."""
        return self.opening + self.charged - self.payments

    @property
    def total_due(self) -> Money:
        """«Итого по счету»: what is to be paid, zero where too much was paid already."""
        return max(self.closing, Money.zero())

    @property
    def overpayment(self) -> Money:
        """«Итого переплата»: what was paid too much, zero where something is due."""
        return max(-self.closing, Money.zero())

    @property
    def volume(self) -> Decimal:
        """The kWh billed."""
        return sum(
            (line.metered.volume for line in self.lines if line.metered is not None), Decimal(0)
        )


@frozen(kw_only=True)
class InvoiceDraft:
    """A bill that has been worked out and lacks nothing but its number."""

    invoice_id: InvoiceId
    supplier_id: SupplierId
    account_id: AccountId
    month: Month
    opening: Money
    lines: tuple[InvoiceLine, ...]
    payments: Money

    def issue(self, *, number: str, now: datetime) -> Invoice:
        """Return the bill as issued at *now* under *number*."""
        return Invoice(
            invoice_id=self.invoice_id,
            supplier_id=self.supplier_id,
            account_id=self.account_id,
            number=number,
            month=self.month,
            issued_at=now,
            source=InvoiceSource.ISSUED,
            opening=self.opening,
            lines=self.lines,
            payments=self.payments,
            arithmetic_version=ARITHMETIC_VERSION,
        )


class EntryKind(StrEnum):
    """Why a balance moved.

    ``opening`` brings the balance of an earlier billing system forward, ``settled`` the payments
    that it counted in its bills without naming each.
    """

    OPENING = "opening"
    CHARGE = "charge"
    PAYMENT = "payment"
    SETTLED = "settled"


@frozen(kw_only=True)
class LedgerEntry:
    """A movement of an account's balance; never changed.

    *amount* is added to what the household owes, so a payment is negative. *dated* is the local date
    in the books, *document* the number of the bill or the reference of the payment.
    """

    entry_id: EntryId
    account_id: AccountId
    kind: EntryKind
    amount: Money
    dated: date
    document: str
    recorded_at: datetime = field(validator=validators.aware)


@frozen(kw_only=True)
class ReceivedPayment:
    """Money that a household paid, as the books of the supplier tell of it; never changed.

    *reference* is the payer's bank's identifier of the payment, unique with the supplier. A payment
    with *counted_before* was counted in a bill of an earlier billing system and moves no balance.
    """

    payment_id: PaymentId
    supplier_id: SupplierId
    account_id: AccountId
    received_on: date
    amount: Money = field()
    reference: str = field(converter=reference)
    counted_before: bool
    recorded_at: datetime = field(validator=validators.aware)

    @amount.validator
    def _is_positive(self, _attribute: object, value: Money) -> None:
        if value <= Money.zero():
            raise errors.AmountNotPositive


@frozen(kw_only=True)
class Benefit:
    """A discount that an act or a programme gives to a household (льгота).

    It takes *percent* off what is charged for electricity in the months from *first_month* to
    *last_month*, both included and without an end where that is None; off the first *limit* kWh of a
    month only, if there is one. *name* stands on the bill.
    """

    account_id: AccountId
    name: str = field(converter=reference)
    percent: Decimal = field(validator=validators.exact_decimal)
    limit: Decimal | None = field(default=None)
    first_month: Month
    last_month: Month | None = field(default=None)

    version: int = 0

    @percent.validator
    def _is_a_share(self, _attribute: object, value: Decimal) -> None:
        if not 0 < value <= _ALL:
            raise errors.BenefitWrong("percent")

    @limit.validator
    def _limit_is_above_zero(self, _attribute: object, value: Decimal | None) -> None:
        if value is not None and value <= 0:
            raise errors.BenefitWrong("limit")

    @last_month.validator
    def _ends_after_it_began(self, _attribute: object, value: Month | None) -> None:
        if value is not None and value < self.first_month:
            raise errors.BenefitWrong("last_month")

    def describe(
        self, *, percent: Decimal, limit: Decimal | None, last_month: Month | None
    ) -> "Benefit":
        """Return the benefit as the supplier's books describe it now.

        Raises:
            BenefitWrong: If it cannot be so.
        """
        return evolve(self, percent=percent, limit=limit, last_month=last_month)

    def holds_in(self, month: Month) -> bool:
        """Tell whether the household has it in *month*."""
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)


@frozen(kw_only=True)
class LastBill:
    """What the next bill of an account begins with."""

    number: str
    month: Month
    closing: Money
    source: InvoiceSource


@frozen(kw_only=True)
class BillableMeter:
    """A meter and all its readings."""

    meter: Meter
    readings: tuple[Reading, ...]


@frozen(kw_only=True)
class BillableAccount:
    """All that a bill of one account for one month is made of, but the rates.

    *balance* is the sum of the ledger up to the end of the month.
    """

    account: PersonalAccount
    meters: tuple[BillableMeter, ...]
    last_bill: LastBill | None
    balance: Money
