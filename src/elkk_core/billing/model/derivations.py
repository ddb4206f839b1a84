"""Where each amount of a bill comes from: all that is needed to compute it anew."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from elkk_core.metering.model import EstimateCause, ReadingSource
from elkk_core.metering.policies import EstimateBasis, EstimateReason
from elkk_core.shared import validators
from elkk_core.shared.money import Money, round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone
from elkk_core.tariffs.policies import RangeShare, vat_inside

_KOPECKS_IN_ROUBLE = 100
_PER_CENT = 100
NORM_SHARE_DECIMALS = 3
"""Decimals of a kWh to which a register's part of a norm is rounded, half-up."""


class LineKind(StrEnum):
    """What an amount of a bill is for.

    Electricity by readings, by the monthly average or by the norm; what former bills charged too
    much or too little; a benefit; the penalty for paying late; and the sum of a bill of an earlier
    billing system.
    """

    METERED = "metered"
    AVERAGE = "average"
    NORM = "norm"
    RECALCULATION = "recalculation"
    BENEFIT = "benefit"
    PENALTY = "penalty"
    EARLIER = "earlier"

    @property
    def is_estimate(self) -> bool:
        """Whether it stands in for readings."""
        return self in {LineKind.AVERAGE, LineKind.NORM}


@frozen(kw_only=True)
class ReadingShown:
    """What a register showed on a day, in the units of the meter, and who took it."""

    value: Decimal = field(validator=validators.exact_decimal)
    taken_on: date
    source: ReadingSource


@frozen(kw_only=True)
class MonthVolume:
    """The kWh of a month."""

    month: Month
    volume: Decimal = field(validator=validators.exact_decimal)


# How a volume came about


@frozen(kw_only=True)
class Counted:
    """What a register counted between two readings, less what estimates have billed of it.

    The register passes through zero after *integers* digits (ПП РФ № 354, Annex 2, formula 1).
    """

    previous: ReadingShown
    current: ReadingShown
    integers: int
    ratio: int
    billed: tuple[MonthVolume, ...] = ()

    @property
    def rolled_over(self) -> bool:
        """Whether the register passed through zero between the readings."""
        return self.current.value < self.previous.value

    @property
    def modulus(self) -> Decimal:
        """What the register passes through zero at, in the units of the meter."""
        return Decimal(10) ** self.integers

    @property
    def difference(self) -> Decimal:
        """What the register moved on by, in the units of the meter."""
        difference = self.current.value - self.previous.value
        return difference + self.modulus if self.rolled_over else difference

    @property
    def counted(self) -> Decimal:
        """The kWh between the readings."""
        return self.difference * self.ratio

    @property
    def estimated(self) -> Decimal:
        """The kWh that estimates have billed of them."""
        return sum((part.volume for part in self.billed), Decimal(0))

    @property
    def volume(self) -> Decimal:
        """The kWh left to bill; negative where estimates were too high (ПП РФ № 354, п. 61)."""
        return self.counted - self.estimated


@frozen(kw_only=True)
class Estimated:
    """What stands in for the consumption of one register in a *month* without a reading.

    By the average of the *history*, rounded half-up to *decimals*, or by the *norm* in kWh for each
    of *persons*, times the *coefficient*; what does not apply is None. The *share* is this register's
    in a norm, and that of the days of the month in the last month of a meter taken down.
    """

    month: Month
    cause: EstimateCause
    basis: EstimateBasis
    reason: EstimateReason
    clause: str
    missed: int
    periods: int | None
    history: tuple[MonthVolume, ...] = ()
    decimals: int = 0
    norm: Decimal | None = None
    persons: int | None = None
    coefficient: Decimal = Decimal(1)
    share: Fraction = Fraction(1)

    @property
    def measured(self) -> Decimal:
        """The kWh of the *history*."""
        return sum((part.volume for part in self.history), Decimal(0))

    @property
    def volume(self) -> Decimal:
        """The kWh that are billed."""
        if self.basis is EstimateBasis.AVERAGE:
            return self._shared(self.measured / len(self.history), self.decimals)
        whole = (self.norm or Decimal(0)) * (self.persons or 0) * self.coefficient
        return self._shared(whole, NORM_SHARE_DECIMALS)

    def _shared(self, whole: Decimal, decimals: int) -> Decimal:
        return round_half_up(whole * self.share.numerator / self.share.denominator, decimals)


@frozen(kw_only=True)
class Corrected:
    """A reading that was billed and turned out to be *mistaken*, and the *right* one."""

    mistaken: ReadingShown
    right: ReadingShown
    integers: int
    ratio: int

    @property
    def difference(self) -> Decimal:
        """By how much the register stood higher than was believed, in the units of the meter.

        Of the two ways around the register the shorter one is meant.
        """
        modulus = Decimal(10) ** self.integers
        difference = (self.right.value - self.mistaken.value) % modulus
        if difference < 0:
            difference += modulus
        return difference - modulus if difference * 2 > modulus else difference

    @property
    def volume(self) -> Decimal:
        """The kWh that were billed too little; negative where they were too many."""
        return self.difference * self.ratio


VolumeBasis = Counted | Estimated | Corrected


@frozen(kw_only=True)
class VolumeDerivation:
    """An amount for electricity: *volume* kWh at *price* roubles, half-up to the kopeck.

    The volume is what *basis* says, or the part of it inside the consumption range of *share*. The
    price is published from *price_from*. What is given back has a negative volume at the price that
    it was *charged_in* a former month. With *range_exempt* ranges do not apply to the household.
    Of the amount, value added tax of *vat_rate* per cent is inside.
    """

    meter: str
    zone: Zone
    basis: VolumeBasis
    volume: Decimal = field(validator=validators.exact_decimal)
    price: Decimal = field(validator=validators.exact_decimal)
    price_from: date | None
    vat_rate: Decimal = field(validator=validators.exact_decimal)
    range_number: int = 1
    share: RangeShare | None = None
    range_exempt: bool = False
    charged_in: Month | None = None

    @property
    def exact(self) -> Decimal:
        """The amount in roubles before it is rounded."""
        return self.volume * self.price

    @property
    def amount(self) -> Money:
        """The amount computed anew."""
        return Money.from_roubles(self.exact)

    @property
    def vat(self) -> Money:
        """The tax inside it, computed anew."""
        return vat_inside(self.amount, rate=self.vat_rate)


@frozen(kw_only=True)
class BenefitDerivation:
    """A discount of *percent* on *charged*, or on the part of it for the first *limit* kWh.

    *charged* and *volume* are the amount and the kWh of all lines for electricity. Where they are
    given back, the *dearest* kWh of it were above the limit of their months and had no discount, so
    none is taken back for them.
    """

    name: str
    percent: Decimal = field(validator=validators.exact_decimal)
    limit: Decimal | None
    charged: Money
    volume: Decimal = field(validator=validators.exact_decimal)
    vat_rate: Decimal = field(validator=validators.exact_decimal)
    dearest: Decimal = field(default=Decimal(0), validator=validators.exact_decimal)

    @property
    def discounted(self) -> Decimal:
        """The kWh that the discount is for, negative where it is taken back."""
        if self.limit is None:
            return self.volume
        if self.volume < 0:
            return min(self.volume + self.dearest, Decimal(0))
        return min(self.volume, self.limit)

    @property
    def is_limited(self) -> bool:
        """Whether the discount is for a part only."""
        return self.discounted != self.volume

    @property
    def amount(self) -> Money:
        """The discount computed anew, half-up to the kopeck; negative unless it is taken back."""
        discount = self.charged.roubles * self.percent / _PER_CENT
        if self.is_limited:
            discount = discount * self.discounted / self.volume
        return -Money.from_roubles(discount)

    @property
    def vat(self) -> Money:
        """The tax that goes with it, computed anew."""
        return vat_inside(self.amount, rate=self.vat_rate)


# Penalties


@frozen(kw_only=True)
class PenaltyRow:
    """The penalty for part of a debt over some days, both named ones included.

    *debt* was due on *due* and costs *share* of *rate* per cent for each day.
    """

    due: date
    first_day: date
    last_day: date
    debt: Money
    rate: Decimal
    share: Fraction

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last_day - self.first_day).days + 1

    @property
    def amount(self) -> Fraction:
        """The penalty in roubles, exact and unrounded."""
        # debt × rate / 100 × share × days, as one fraction: reducing each step costs the most.
        rate, per_rate = self.rate.as_integer_ratio()
        return Fraction(
            self.debt.kopecks * rate * self.share.numerator * self.days,
            _KOPECKS_IN_ROUBLE * per_rate * _PER_CENT * self.share.denominator,
        )


def rounded(roubles: Fraction) -> Money:
    """Return an exact amount rounded half-up to the kopeck."""
    return Money((roubles * 100 + Fraction(1, 2)).__floor__())


@frozen(kw_only=True)
class PenalisedDebt:
    """The unpaid bill of a *period* that was due on *due*, and its penalty so far.

    *rows* are all days late up to now; *before* is what former bills have reckoned of it in roubles,
    exact.
    """

    period: Month
    due: date
    rows: tuple[PenaltyRow, ...]
    before: Fraction

    @cached_property
    def accrued(self) -> Fraction:
        """The penalty of all days late, in roubles, exact."""
        return sum((row.amount for row in self.rows), Fraction(0))

    @property
    def added(self) -> Fraction:
        """What this bill adds to it; negative where former bills have reckoned too much."""
        return self.accrued - self.before


@frozen(kw_only=True)
class PenaltyDerivation:
    """The penalty for all bills paid late, up to *until*, less what former bills have reckoned.

    ЖК РФ ст. 155 ч. 14. Daily sums are exact and their total is rounded half-up, once.
    """

    until: date
    debts: tuple[PenalisedDebt, ...]

    @property
    def exact(self) -> Fraction:
        """The penalty in roubles before it is rounded."""
        return sum((debt.added for debt in self.debts), Fraction(0))

    @property
    def amount(self) -> Money:
        """The penalty computed anew; negative where less is due than former bills reckoned."""
        return rounded(self.exact)

    @property
    def vat(self) -> Money:
        """A penalty is no price for anything and holds no tax."""
        return Money.zero()


Derivation = VolumeDerivation | BenefitDerivation | PenaltyDerivation


def volume_of(derivations: Iterable[Derivation | None]) -> Decimal:
    """Return the kWh of all amounts for electricity."""
    return sum(
        (known.volume for known in derivations if isinstance(known, VolumeDerivation)),
        Decimal(0),
    )
