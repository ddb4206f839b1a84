"""The penalty for paying late."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, field, frozen

from elkk_core.billing import errors
from elkk_core.billing.model import OpenDebt, PenaltyRow, rounded
from elkk_core.billing.policies.key_rates import PENALTY_RATES
from elkk_core.shared import validators
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month, Period
from elkk_core.shared.timelines import Timeline

_DAY = timedelta(days=1)
_PER_CENT = 100

# What a penalty is reckoned by


class RateMode(StrEnum):
    """Which rate a penalty is a share of.

    *ON_PAYMENT_DAY*: the one in force on the day of payment, for all days that the paid part was
    late; for what is still unpaid the one of the last day counted (ЖК РФ ст. 155 ч. 14). *PER_DAY*:
    the rate of each day. *FLAT*: a rate that is given, whatever the Bank of Russia says; caps do
    not touch it.
    """

    ON_PAYMENT_DAY = "on_payment_day"
    PER_DAY = "per_day"
    FLAT = "flat"


class Allocation(StrEnum):
    """Which debts a payment settles: the oldest first, or the period it names and then the oldest.

    Payments settle the principal; there is no penalty on a penalty.
    """

    FIFO = "fifo"
    PERIOD_NAMED = "period_named"


@frozen(kw_only=True)
class PenaltyStep:
    """From the overdue day number *first*, each day costs the *share* of the yearly rate."""

    first: int
    share: Fraction


PENALTY_SCALES: Timeline[tuple[PenaltyStep, ...]] = Timeline(
    "penalty_scale",
    (
        (date(2005, 3, 1), (PenaltyStep(first=1, share=Fraction(1, 300)),)),
        (
            date(2016, 1, 1),
            (
                PenaltyStep(first=31, share=Fraction(1, 300)),
                PenaltyStep(first=91, share=Fraction(1, 130)),
            ),
        ),
    ),
)
"""Shares of the rate by the number of the overdue day; the scale of each day is the one then in force.

ЖК РФ ст. 155 ч. 14: nothing up to the 30th day, 1/300 from the 31st to the 90th, 1/130 from the
91st. Until 31.12.2015: 1/300 from the first day.
"""


@frozen(kw_only=True)
class PenaltyCap:
    """The rate in per cent that is not exceeded during some days."""

    during: Period
    rate: Decimal = field(validator=validators.exact_decimal)


PENALTY_CAPS = (
    PenaltyCap(during=Period.inclusive(date(2022, 2, 28), date(2027, 1, 1)), rate=Decimal("9.5")),
)
"""9.5 %, the key rate of 27.02.2022: the lesser of it and the rate counts.

ПП РФ № 474 of 26.03.2022, 1681 of 23.09.2022, 2479 of 28.12.2022, 2382 of 29.12.2023 and 329 of
18.03.2025, the last one in force backwards from 01.01.2025 and to 01.01.2027. What comes after is
not known yet.
"""

MORATORIA = (
    Period.inclusive(date(2020, 4, 6), date(2020, 12, 31)),
    Period.inclusive(date(2022, 4, 1), date(2022, 10, 1)),
)
"""Days for which no penalty accrues, though they count as overdue: ПП РФ № 424 of 02.04.2020 and
№ 497 of 28.03.2022."""


# What is owed and what was paid


def _not_negative(_instance: object, _attribute: object, value: Money) -> None:
    if value.is_negative:
        raise errors.AmountNegative


@frozen(kw_only=True)
class Debt:
    """The bill of a *period*, to be paid until *due*, that day included."""

    amount: Money = field(validator=_not_negative)
    due: date
    period: Month | None = None


@frozen(kw_only=True)
class Repayment:
    """Money that came in on a day, for the *period* that the payer named if any."""

    amount: Money = field(validator=_not_negative)
    paid_on: date
    period: Month | None = None


# What comes of it


@frozen(kw_only=True)
class Penalty:
    """A penalty and the rows that explain it: by debt, the oldest first, and by day."""

    rows: tuple[PenaltyRow, ...]

    @property
    def unrounded(self) -> Fraction:
        """The sum of the rows in roubles, exact."""
        return sum((row.amount for row in self.rows), Fraction(0))

    @property
    def total(self) -> Money:
        """The sum of the rows, rounded half-up to the kopeck: once, and here only."""
        return rounded(self.unrounded)


@frozen(kw_only=True)
class _Part:
    """A part of a debt that was open up to *last_day*, at the rate of *rate_day*."""

    amount: Money
    last_day: date
    rate_day: date


@frozen(kw_only=True)
class PenaltyPolicy:
    """The law's scale with its tables, and the choices that sources leave to a supplier.

    *rates* are in per cent a year, *flat_rate* too. With *include_payment_day* the day of payment
    is the last day late, as the Supreme Court counts (ППВС № 7 of 24.03.2016, п. 48 and 65).
    """

    rates: Timeline[Decimal] = PENALTY_RATES
    caps: tuple[PenaltyCap, ...] = PENALTY_CAPS
    moratoria: tuple[Period, ...] = MORATORIA
    scales: Timeline[tuple[PenaltyStep, ...]] = PENALTY_SCALES
    rate_mode: RateMode = RateMode.ON_PAYMENT_DAY
    flat_rate: Decimal | None = field(default=None)
    include_payment_day: bool = True
    allocation: Allocation = Allocation.FIFO

    @flat_rate.validator
    def _flat_mode_has_a_rate(self, _attribute: object, value: Decimal | None) -> None:
        if self.rate_mode is RateMode.FLAT and value is None:
            raise errors.FlatRateMissing

    def accrue(
        self, *, debts: Iterable[Debt], payments: Iterable[Repayment], until: date
    ) -> Penalty:
        """Return the penalty on *debts* up to *until*, the last day counted.

        A payment takes off what is owed and leaves its age: the rest of a debt stays as many days
        late as it was. A payment after *until* has not happened yet, and one before the due day
        settles a debt that is never late. A debt that is due on a day off is due on that day.

        Source: ЖК РФ ст. 155 ч. 14; for electricity 35-ФЗ ст. 37 has the same scale.

        Raises:
            NothingInForce: If a table begins later than a day that it is needed for.
        """
        oldest_first = sorted(debts, key=lambda debt: debt.due)
        rows: list[PenaltyRow] = []
        for debt, parts in zip(
            oldest_first, self._parts(oldest_first, payments, until), strict=True
        ):
            rows.extend(self._rows(debt.due, parts))
        return Penalty(rows=tuple(rows))

    def rate_on(self, day: date) -> Decimal:
        """Return the rate in per cent of which a penalty is a share by the tables, cap included.

        Raises:
            NothingInForce: If the table of rates begins later.
        """
        caps = (cap.rate for cap in self.caps if cap.during.contains(day))
        return min((self.rates.on(day), *caps))

    def rows_of(self, debt: OpenDebt, *, until: date) -> tuple[PenaltyRow, ...]:
        """Return what one debt costs up to *until*, the days on which a part of it was paid included.

        Raises:
            NothingInForce: If a table begins later than a day that it is needed for.
        """
        parts = [
            _Part(amount=paid.amount, last_day=self._last_day(paid.paid_on), rate_day=paid.paid_on)
            for paid in debt.paid
        ]
        if not debt.left.is_zero:
            parts.append(_Part(amount=debt.left, last_day=until, rate_day=until))
        return tuple(self._rows(debt.due, parts))

    # Payments

    def _last_day(self, paid_on: date) -> date:
        """Return the last day on which what was paid on *paid_on* still counts as owed."""
        return paid_on if self.include_payment_day else paid_on - _DAY

    def _parts(
        self, debts: Sequence[Debt], payments: Iterable[Repayment], until: date
    ) -> list[list[_Part]]:
        """Return for each debt in which parts it was paid, and what of it is open on *until*."""
        owed = [debt.amount for debt in debts]
        parts: list[list[_Part]] = [[] for _ in debts]
        for payment in sorted(payments, key=lambda payment: payment.paid_on):
            if payment.paid_on > until:
                break
            last_day = self._last_day(payment.paid_on)
            left = payment.amount
            for place in self._settled_by(payment, debts):
                paid = min(left, owed[place])
                owed[place] -= paid
                left -= paid
                parts[place].append(_Part(amount=paid, last_day=last_day, rate_day=payment.paid_on))
        for place, rest in enumerate(owed):
            parts[place].append(_Part(amount=rest, last_day=until, rate_day=until))
        return [[part for part in found if not part.amount.is_zero] for found in parts]

    def _settled_by(self, payment: Repayment, debts: Sequence[Debt]) -> list[int]:
        """Return the places of debts in the order in which a payment settles them."""
        if self.allocation is Allocation.FIFO or payment.period is None:
            return list(range(len(debts)))
        return sorted(range(len(debts)), key=lambda place: debts[place].period != payment.period)

    # Days

    def _rows(self, due: date, parts: Sequence[_Part]) -> list[PenaltyRow]:
        """Return what the parts of one debt cost, in order of days."""
        rows: list[PenaltyRow] = []
        growing: dict[tuple[Money, Decimal, Fraction], int] = {}
        for first, end in pairwise(self._turns(due, parts)):
            share = self._share(due, first)
            if share is None or any(idle.contains(first) for idle in self.moratoria):
                continue
            for rate, debt in self._open(parts, first).items():
                row = PenaltyRow(
                    due=due,
                    first_day=first,
                    last_day=end - _DAY,
                    debt=debt,
                    rate=rate,
                    share=share,
                )
                place = growing.get((debt, rate, share))
                if place is not None and rows[place].last_day + _DAY == first:
                    rows[place] = evolve(rows[place], last_day=row.last_day)
                else:
                    growing[debt, rate, share] = len(rows)
                    rows.append(row)
        return rows

    def _open(self, parts: Iterable[_Part], day: date) -> dict[Decimal, Money]:
        """Return what is still owed on *day*, by the rate that it costs."""
        owed: dict[Decimal, Money] = {}
        for part in parts:
            if day <= part.last_day:
                rate = self._rate(part, day)
                owed[rate] = owed.get(rate, Money.zero()) + part.amount
        return owed

    def _rate(self, part: _Part, day: date) -> Decimal:
        if self.rate_mode is RateMode.FLAT and self.flat_rate is not None:
            return self.flat_rate
        return self.rate_on(day if self.rate_mode is RateMode.PER_DAY else part.rate_day)

    def _share(self, due: date, day: date) -> Fraction | None:
        """Return what share of the rate *day* costs, None for one that costs nothing."""
        number = (day - due).days
        reached = [step.share for step in self.scales.on(day) if step.first <= number]
        return reached[-1] if reached else None

    def _turns(self, due: date, parts: Sequence[_Part]) -> list[date]:
        """Return the first late day, every day on which something changes, and the day after all."""
        first = due + _DAY
        end = max((part.last_day for part in parts), default=due) + _DAY
        if end <= first:
            return []
        turns = {first, end, *(part.last_day + _DAY for part in parts), *self._table_turns(due)}
        return sorted(turn for turn in turns if first <= turn <= end)

    def _table_turns(self, due: date) -> Iterator[date]:
        for start, scale in self.scales.entries:
            yield start
            yield from (due + timedelta(days=step.first) for step in scale)
        periods = list(self.moratoria)
        if self.rate_mode is RateMode.PER_DAY:
            yield from self.rates.starts
            periods.extend(cap.during for cap in self.caps)
        for period in periods:
            yield period.start
            if period.end is not None:
                yield period.end
