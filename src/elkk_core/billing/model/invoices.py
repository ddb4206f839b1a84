"""Invoices: the bills of accounts, each a month's."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from elkk_core.billing.model.consumption import MonthConsumption
from elkk_core.billing.model.derivations import (
    BenefitDerivation,
    Derivation,
    LineKind,
    PenaltyDerivation,
    VolumeDerivation,
    volume_of,
)
from elkk_core.billing.model.references import reference
from elkk_core.billing.model.standing import AccountStanding
from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId, InvoiceId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month

ARITHMETIC_VERSION = 1
"""The version of the arithmetic that issues bills now.

1: volume = difference of readings × ratio, or an estimate; line = volume × price, half-up to the
kopeck; tax inside = amount × rate / (100 + rate), half-up; penalty = exact daily sums, their total
half-up.
"""

_DERIVED_BY = {
    LineKind.BENEFIT: BenefitDerivation,
    LineKind.PENALTY: PenaltyDerivation,
    LineKind.EARLIER: type(None),
}


@frozen(kw_only=True)
class InvoiceLine:
    """One amount of an invoice, with the tax that is inside it.

    *derivation* tells where it comes from; it is None in a bill of an earlier billing system, of
    which only the amount is known, and so is *vat*.
    """

    kind: LineKind
    amount: Money
    vat: Money | None
    derivation: Derivation | None = field()

    @derivation.validator
    def _is_of_the_kind(self, _attribute: object, value: Derivation | None) -> None:
        expected = _DERIVED_BY.get(self.kind, VolumeDerivation)
        if not isinstance(value, expected):
            message = f"a line of {self.kind} is not derived so: {value!r}"
            raise TypeError(message)


class InvoiceSource(StrEnum):
    """Who issued an invoice."""

    ISSUED = "issued"
    IMPORTED = "imported"


@frozen(kw_only=True)
class Invoice:
    """The bill of one account for one month; once issued it stays as it is.

    *opening* is the debt at the start of the month, negative for an overpayment; *payments* is what
    was received and counted since the bill before. The totals follow from these and the lines, so
    they cannot disagree. A bill that *corrects* another one of the same account and month stands in
    its place; *revision* counts such bills, 0 being the first.
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
    revision: int = field(default=0)
    corrects: InvoiceId | None = field(default=None)

    @lines.validator
    def _there_is_a_line(self, _attribute: object, value: tuple[InvoiceLine, ...]) -> None:
        if not value:
            message = "an invoice must have a line at least"
            raise ValueError(message)

    @corrects.validator
    def _corrects_from_the_second_on(self, _attribute: object, value: InvoiceId | None) -> None:
        if (value is None) != (self.revision == 0):
            message = f"a bill of revision {self.revision} cannot correct {value}"
            raise ValueError(message)

    # Queries

    def sum_of(self, *kinds: LineKind) -> Money:
        """Return the sum of the lines of some kinds."""
        return Money.total(line.amount for line in self.lines if line.kind in kinds)

    @property
    def charged(self) -> Money:
        """«Всего начислено за текущий период»: the sum of the lines but the penalty."""
        return Money.total(line.amount for line in self.lines if line.kind is not LineKind.PENALTY)

    @property
    def recalculated(self) -> Money:
        """«Перерасчеты»: what of it settles former bills."""
        return self.sum_of(LineKind.RECALCULATION)

    @property
    def benefits(self) -> Money:
        """«Льготы»: what of it is taken off, zero or negative."""
        return self.sum_of(LineKind.BENEFIT)

    @property
    def penalty(self) -> Money:
        """«Начислено пени»."""
        return self.sum_of(LineKind.PENALTY)

    @property
    def vat(self) -> Money:
        """The tax inside the lines, as far as it is known."""
        return Money.total(line.vat for line in self.lines if line.vat is not None)

    @property
    def closing(self) -> Money:
        """What is due after this bill; negative for an overpayment."""
        return self.opening + self.charged + self.penalty - self.payments

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
        return volume_of(line.derivation for line in self.lines)

    @property
    def consumption(self) -> MonthConsumption | None:
        """The kWh billed, and how many were estimated; None where the bill does not tell."""
        if not any(isinstance(line.derivation, VolumeDerivation) for line in self.lines):
            return None
        return MonthConsumption(
            month=self.month,
            volume=self.volume,
            estimated=volume_of(line.derivation for line in self.lines if line.kind.is_estimate),
        )


@frozen(kw_only=True)
class InvoiceDraft:
    """A bill that has been worked out and lacks nothing but its number.

    *standing* is where the account stands after it.
    """

    invoice_id: InvoiceId
    supplier_id: SupplierId
    account_id: AccountId
    month: Month
    opening: Money
    lines: tuple[InvoiceLine, ...]
    payments: Money
    standing: AccountStanding
    revision: int = 0
    corrects: InvoiceId | None = None

    @property
    def charged(self) -> Money:
        """The sum of the lines but the penalty."""
        return Money.total(line.amount for line in self.lines if line.kind is not LineKind.PENALTY)

    @property
    def penalty(self) -> Money:
        """The sum of the penalty lines."""
        return Money.total(line.amount for line in self.lines if line.kind is LineKind.PENALTY)

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
            revision=self.revision,
            corrects=self.corrects,
        )
