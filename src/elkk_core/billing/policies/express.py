"""The common bill once more, over plain values and for speed alone: nobody has to read it for the rules.

The rules are in ``draft_invoice`` and what it calls. This restates what they come to for an account
with one meter, a bill of the month before, and nothing out of the ordinary since, so that a million
of such bills make no objects that only live for a line. Whatever is not common is left to the rules,
and so is every error. Property tests hold both ways to the same bill, to the last digit.

Figures are those of the documents that a store keeps (fields by their names, texts for decimals, days
and months, whole kopecks for money), so that what the last bill left is taken up as it is, and what
this one leaves is kept as it is. Texts of days and months sort as days and months do.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from attrs import field, frozen

from elkk_core.billing.model import (
    HISTORY_MONTHS,
    LineKind,
    OpenDebt,
    Paid,
    PenaltyRow,
    rounded,
)
from elkk_core.billing.model.derivations import NORM_SHARE_DECIMALS
from elkk_core.billing.policies.debts import term
from elkk_core.billing.policies.penalties import Allocation, PenaltyPolicy
from elkk_core.billing.policies.rules import RangeMonths
from elkk_core.billing.policies.terms import BillingTerms
from elkk_core.billing.policies.volumes import HISTORY_DECIMALS, HOURS, HOURS_A_DAY
from elkk_core.metering.model import EstimateCause, ReadingSource
from elkk_core.metering.policies import Estimate, EstimateBasis
from elkk_core.shared.errors import ElkkError
from elkk_core.shared.money import Money, round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.traits import Traits
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.shared.zones import Zone
from elkk_core.tariffs.model import PriceRange
from elkk_core.tariffs.policies import SHARE_DECIMALS, RangeSplit

Document = dict[str, Any]
"""A value as stores keep it: its fields by their names."""

_NOTHING = Decimal(0)
_KOPECKS_IN_ROUBLE = 100
_PER_CENT = 100
# A member of an enumeration tells its text slowly.
_METERED, _AVERAGE, _NORM, _PENALTY = (
    kind.value for kind in (LineKind.METERED, LineKind.AVERAGE, LineKind.NORM, LineKind.PENALTY)
)
_PROPORTIONAL = RangeSplit.PROPORTIONAL.value
_HANDED_OVER = frozenset({ReadingSource.CUSTOMER.value, ReadingSource.SUPPLIER.value})


class ExpressReading(NamedTuple):
    """What a register showed, by time among its like; *corrects* is whether another one was wrong."""

    reading_id: str
    zone: str
    value: Decimal
    taken_on: str
    source: str
    corrects: bool


class ExpressPayment(NamedTuple):
    """Money that came in, in kopecks; *period* is whether the payer named one."""

    amount: int
    valued_on: str
    period: bool


class ExpressFacts(NamedTuple):
    """What the bill of an account is made of that has one meter and a bill of the month before.

    The meter has never been removed and has no gaps, and there are no benefits. *standing* is the
    document that the last bill left, *readings* are those that count in the month by time, and
    *payments* those dated in it by time.
    """

    category: str
    persons: int | None
    traits: str
    range_exempt: bool
    standing: Document
    meter_id: str
    meter: str
    zones: tuple[str, ...]
    integers: int
    decimals: int
    ratio: int
    installed_on: date
    verification_due: date | None
    window: tuple[int, int] | None
    readings: Sequence[ExpressReading]
    payments: Sequence[ExpressPayment]


class ExpressLine(NamedTuple):
    """A line of a bill, amounts in kopecks, with the document of its derivation."""

    kind: str
    amount: int
    vat: int
    derivation: Document


class ExpressAccount(NamedTuple):
    """An account to bill, *account_id* as text; without *facts* it is none of the common case."""

    account_id: str
    number: str
    facts: ExpressFacts | None


class ExpressDraft(NamedTuple):
    """A bill that lacks its number and identifier, amounts in kopecks, and what it leaves."""

    opening: int
    payments: int
    charged: int
    penalty: int
    lines: Sequence[ExpressLine]
    standing: Document


class _Uncommon(Exception):
    """The bill is not one of the common case."""


class _Measured(NamedTuple):
    """What a register consumed, as `Volume` and `ZoneVolume` have it together.

    It *stands* where it will, but for what this bill charges and the *history*; *kept* is what
    former bills charged and may still have to give back.
    """

    kind: str
    zone: str
    basis: Document
    whole: Decimal
    billed: Decimal
    months: int
    stands: Document
    kept: Sequence[Document]
    history: Sequence[str]


class _Part(NamedTuple):
    """What of a volume lies in the range *number*, and the document of its share if there is one."""

    number: int
    price: Decimal
    kwh: Decimal
    share: Document | None


class _Prices(NamedTuple):
    ranges: tuple[PriceRange, ...]
    price_from: str | None


class _Stretch(NamedTuple):
    """Days on which the *parts* of a debt at these places are late, and what a kopeck of it costs.

    The *cost* is a number of such parts of a rouble as all stretches of the debt have in common.
    """

    parts: tuple[int, ...]
    first_day: str
    last_day: str
    rate: str
    share: str
    cost: int


class _Stretches(NamedTuple):
    late: tuple[_Stretch, ...]
    parts_of_rouble: int


def _stretches(rows: Sequence[PenaltyRow], parts: int) -> _Stretches:
    """Return *rows* whose debts are sums of so many powers of two."""
    costs = [row.amount / row.debt.kopecks for row in rows]
    common = lcm(*[cost.denominator for cost in costs])
    return _Stretches(
        late=tuple(
            _Stretch(
                parts=tuple(place for place in range(parts) if row.debt.kopecks >> place & 1),
                first_day=row.first_day.isoformat(),
                last_day=row.last_day.isoformat(),
                rate=str(row.rate),
                share=str(row.share),
                cost=int(cost * common),
            )
            for row, cost in zip(rows, costs, strict=True)
        ),
        parts_of_rouble=common,
    )


@frozen(kw_only=True)
class ExpressTerms:
    """The terms of a month, with what accounts ask of them again and again remembered."""

    terms: BillingTerms
    month: str
    first_day: str
    last_day: str
    due: str
    vat_rate: Decimal
    policy: PenaltyPolicy | None
    _prices: dict[tuple[str, str], _Prices] = field(factory=dict, init=False, eq=False)
    _since: dict[str, tuple[str, ...]] = field(factory=dict, init=False, eq=False)
    _stretches: dict[tuple[Any, ...], "_Stretches"] = field(factory=dict, init=False, eq=False)
    _estimates: dict[Any, Estimate] = field(factory=dict, init=False, eq=False)
    _awaited: dict[tuple[int, int] | None, bool] = field(factory=dict, init=False, eq=False)

    # Factories

    @classmethod
    def of(cls, terms: BillingTerms) -> "ExpressTerms | None":
        """Return the terms for common bills, None where all bills are left to the rules."""
        month, rules = terms.month, terms.rules
        if rules.range_split is not RangeSplit.PROPORTIONAL:
            return None
        try:
            return cls(
                terms=terms,
                month=str(month),
                first_day=month.first_day.isoformat(),
                last_day=month.last_day.isoformat(),
                due=term(month, law=terms.law, rules=rules).isoformat(),
                vat_rate=terms.law.vat_rates.on(month.first_day),
                policy=rules.penalty_policy(terms.law) if rules.penalties else None,
            )
        except ElkkError:
            # Accounts that it matters to will be told it by the rules.
            return None

    # Queries

    def prices(self, category: str, zone: str) -> _Prices:
        """Return the prices of the month."""
        key = (category, zone)
        found = self._prices.get(key)
        if found is None:
            prices = self.terms.book.prices_on(
                self.terms.month.first_day, category=category, zone=Zone(zone)
            )
            start = prices.effective_from
            ranges = prices.ranges
            if ranges[-1].up_to is not None:
                raise _Uncommon
            found = _Prices(ranges=ranges, price_from=start.isoformat() if start else None)
            self._prices[key] = found
        return found

    def months_since(self, counted: str) -> tuple[str, ...]:
        """Return the months after *counted* up to this one."""
        found = self._since.get(counted)
        if found is None:
            months = Month.parse(counted).next.until(self.terms.month.next)
            found = self._since[counted] = tuple(map(str, months))
        return found

    def stretches(self, debt: Document) -> "_Stretches":
        """Return the days on which a debt costs a penalty, as the rules have them.

        A row of theirs is for the sum of some parts of the debt, and which parts these are depends on
        days alone: so they are asked once for parts that are powers of two, and the sums tell.
        """
        paid = debt.get("paid", ())
        key = (debt["due"], bool(debt["left"]), *[part["paid_on"] for part in paid])
        found = self._stretches.get(key)
        if found is None:
            due, is_open, *days = key
            owed = OpenDebt(
                period=self.terms.month,
                due=date.fromisoformat(due),
                left=Money(is_open << len(days)),
                paid=tuple(
                    Paid(amount=Money(1 << place), paid_on=date.fromisoformat(day))
                    for place, day in enumerate(days)
                ),
            )
            found = self._stretches[key] = _stretches(self._rows(owed), len(days) + 1)
        return found

    def _rows(self, debt: OpenDebt) -> tuple[PenaltyRow, ...]:
        if self.policy is None:
            return ()
        return self.policy.rows_of(debt, until=self.terms.month.last_day)

    def estimate(self, facts: ExpressFacts, *, missed: int, months: int) -> Estimate:
        """Return what stands in for a reading; of an average everything but its volume."""
        due = facts.verification_due
        first_day = self.terms.month.first_day
        cause = EstimateCause.READING_MISSED
        if due is not None and due < first_day:
            cause = EstimateCause.VERIFICATION_OVER
        key = (cause, missed, months, facts.traits, facts.persons)
        found = self._estimates.get(key)
        if found is None:
            norm = None
            if facts.persons:
                norm = self.terms.norms.find(
                    first_day, traits=Traits.parse(facts.traits), persons=facts.persons
                )
            found = self._estimates[key] = self.terms.rules.estimates.estimate(
                cause=cause,
                missed=missed,
                history={self.terms.month.plus(-place): _NOTHING for place in range(months)},
                norm=None if norm is None else norm.kwh,
                persons=facts.persons,
                month=self.terms.month,
            )
        return found

    def is_awaited(self, window: tuple[int, int] | None) -> bool:
        """Tell whether a reading of the month may still come."""
        found = self._awaited.get(window)
        if found is None:
            days = self.terms.window
            if window is not None:
                days = SubmissionWindow(first_day=window[0], last_day=window[1])
            found = self._awaited[window] = self.terms.today <= days.closes_in(self.terms.month)
        return found


def draft_express(facts: ExpressFacts, *, terms: ExpressTerms) -> ExpressDraft | None:
    """Return the bill that ``draft_invoice`` makes of the same facts, None if it is not common.

    Common is: each register counts on from the last bill, by the last reading of the month or by an
    estimate, and nothing is given back.
    """
    try:
        return _draft(facts, terms)
    except (_Uncommon, ElkkError):
        # What is wrong is for the rules to say, in one place.
        return None


def _draft(facts: ExpressFacts, terms: ExpressTerms) -> ExpressDraft:
    standing = facts.standing
    if facts.installed_on >= terms.terms.month.first_day:
        raise _Uncommon
    before = _registers(facts)
    measured = [_measure(facts, before[zone], terms) for zone in facts.zones]
    lines = _price(facts, measured, terms)
    charged = sum([line.amount for line in lines])

    debts = [dict(debt) for debt in standing.get("debts", ())]
    penalty, credit = standing["penalty"], standing["credit"]
    opening = sum([debt["left"] for debt in debts]) + penalty - credit
    payments = 0
    if facts.payments:
        payments = sum([payment.amount for payment in facts.payments])
        penalty, credit = _pay(facts.payments, debts, penalty, credit, terms)

    covered = min(credit, charged)
    credit -= covered
    if charged > covered:
        debts.append(
            {"period": terms.month, "due": terms.due, "left": charged - covered, "accrued": "0"}
        )
    late = _reckon(debts, terms)
    debts = [debt for debt in debts if debt["left"]]
    if late is not None:
        lines.append(late)
        owed = penalty + late.amount - credit
        penalty, credit = max(owed, 0), 0
        if owed < 0:
            back = ExpressPayment(-owed, terms.last_day, period=False)
            penalty, credit = _pay([back], debts, penalty, credit, terms)
    left: Document = {
        "penalty": penalty,
        "credit": credit,
        "registers": [register.stands for register in measured],
    }
    if debts:
        left["debts"] = debts
    return ExpressDraft(
        opening=opening,
        payments=payments,
        charged=charged,
        penalty=0 if late is None else late.amount,
        lines=lines,
        standing=left,
    )


# Volumes


def _registers(facts: ExpressFacts) -> Mapping[str, Document]:
    """Return where the registers of the meter stand, by zone."""
    registers = {
        register["zone"]: register
        for register in facts.standing.get("registers", ())
        if register["meter_id"] == facts.meter_id and "closed" not in register
    }
    if len(facts.standing.get("registers", ())) != len(facts.zones) or set(registers) != set(
        facts.zones
    ):
        raise _Uncommon
    return registers


def _measure(facts: ExpressFacts, register: Document, terms: ExpressTerms) -> _Measured:
    """Return what a register consumed."""
    if register["counted"] >= terms.month:
        raise _Uncommon
    readings = [reading for reading in facts.readings if reading.zone == register["zone"]]
    if readings:
        return _count(facts, register, readings, terms)
    return _estimate(facts, register, terms)


def _count(
    facts: ExpressFacts,
    register: Document,
    readings: Sequence[ExpressReading],
    terms: ExpressTerms,
) -> _Measured:
    last = readings[-1]
    shown = register["reading"]
    for reading in readings:
        if (
            reading.corrects
            or reading.source not in _HANDED_OVER
            or reading.taken_on <= shown["taken_on"]
            # On the day on which prices changed it divides the month.
            or (reading is not last and reading.taken_on.endswith("-01"))
        ):
            raise _Uncommon
    counted = (last.value - Decimal(shown["value"])) * facts.ratio
    estimated = register.get("estimated", ())
    billed = _sum_of(estimated)
    if counted < billed or last.value < Decimal(shown["value"]):
        raise _Uncommon
    months = terms.months_since(register["counted"])
    current = {"value": str(last.value), "taken_on": last.taken_on, "source": last.source}
    basis: Document = {
        "previous": shown,
        "current": current,
        "integers": facts.integers,
        "ratio": facts.ratio,
    }
    if estimated:
        basis["billed"] = estimated
    basis["type"] = "counted"
    by_month = terms.terms.rules.range_months is RangeMonths.EACH
    return _Measured(
        kind=_METERED,
        zone=register["zone"],
        basis=basis,
        whole=counted if by_month else counted - billed,
        billed=billed if by_month else _NOTHING,
        months=len(months) if by_month else 1,
        stands={
            "meter_id": facts.meter_id,
            "zone": register["zone"],
            "reading_id": last.reading_id,
            "reading": current,
            "counted": terms.month,
        },
        # A reading may give back what was charged since the one before it, and no more.
        kept=[
            known for known in register.get("charged", ()) if known["month"] > register["counted"]
        ],
        history=_remember(register.get("history", ()), counted, months),
    )


def _estimate(facts: ExpressFacts, register: Document, terms: ExpressTerms) -> _Measured:
    if terms.is_awaited(facts.window):
        raise _Uncommon
    known: Sequence[str] = register.get("history", ())
    estimated: Sequence[str] = register.get("estimated", ())
    found = terms.estimate(facts, missed=len(estimated) + 1, months=len(known))
    is_average = found.basis is EstimateBasis.AVERAGE
    share = Fraction(1)
    basis: Document = {
        "month": terms.month,
        "cause": found.cause.value,
        "basis": found.basis.value,
        "reason": found.reason.value,
        "clause": found.clause,
        "missed": found.missed,
        "periods": found.periods,
        "decimals": facts.decimals,
        "coefficient": str(found.coefficient),
    }
    if is_average:
        history = known[len(known) - (found.months or 0) :]
        whole, decimals = _sum_of(history) / len(history), facts.decimals
        basis["share"] = "1"
        basis["history"] = history
    else:
        share = Fraction(HOURS[Zone(register["zone"])], HOURS_A_DAY)
        whole = (found.norm or _NOTHING) * (found.persons or 0) * found.coefficient
        decimals = NORM_SHARE_DECIMALS
        basis["share"] = str(share)
        basis["norm"] = str(found.norm)
        basis["persons"] = found.persons
    basis["type"] = "estimated"
    volume = round_half_up(whole * share.numerator / share.denominator, decimals)
    return _Measured(
        kind=_AVERAGE if is_average else _NORM,
        zone=register["zone"],
        basis=basis,
        whole=volume,
        billed=_NOTHING,
        months=1,
        stands={
            "meter_id": register["meter_id"],
            "zone": register["zone"],
            "reading_id": register["reading_id"],
            "reading": register["reading"],
            "counted": register["counted"],
            "estimated": [*estimated, f"{terms.month} {volume}"],
        },
        kept=register.get("charged", ()),
        history=known,
    )


def _sum_of(parts: Sequence[str]) -> Decimal:
    """Return the kWh of some months."""
    total = _NOTHING
    for part in parts:
        total += Decimal(part[8:])
    return total


def _remember(history: Sequence[str], total: Decimal, months: Sequence[str]) -> list[str]:
    first = months[0]
    known = [part for part in history if part[:7] < first]
    each = round_half_up(total / len(months), HISTORY_DECIMALS) if len(months) > 1 else total
    known.extend([f"{month} {each}" for month in months[:-1]])
    known.append(f"{months[-1]} {total - each * (len(months) - 1)}")
    return known[-HISTORY_MONTHS:]


# Prices


def _price(
    facts: ExpressFacts, measured: Sequence[_Measured], terms: ExpressTerms
) -> list[ExpressLine]:
    """Return the lines of the registers, and put what they charge where the registers stand."""
    total = sum((register.whole for register in measured), _NOTHING)
    lines = []
    for register in measured:
        ranges, price_from = terms.prices(facts.category, register.zone)
        if len(ranges) == 1:
            parts = [_Part(1, ranges[0].price, register.whole - register.billed, None)]
        elif facts.range_exempt:
            raise _Uncommon
        else:
            parts = _cut(ranges, register, total)
        charged = [*register.kept]
        for part in parts:
            line = _line(facts, register, part, price_from, terms)
            lines.append(line)
            if part.kwh > 0:
                found = line.derivation
                charged.append(
                    {
                        "month": terms.month,
                        "volume": found["volume"],
                        "price": found["price"],
                        "price_from": found["price_from"],
                        "vat_rate": found["vat_rate"],
                    }
                )
        if charged:
            register.stands["charged"] = charged
        if register.history:
            register.stands["history"] = register.history
    return lines


def _line(
    facts: ExpressFacts,
    register: _Measured,
    part: _Part,
    price_from: str | None,
    terms: ExpressTerms,
) -> ExpressLine:
    derivation: Document = {
        "meter": facts.meter,
        "zone": register.zone,
        "basis": register.basis,
        "volume": str(part.kwh),
        "price": str(part.price),
        "price_from": price_from,
        "vat_rate": str(terms.vat_rate),
        "range_number": part.number,
    }
    if part.share is not None:
        derivation["share"] = part.share
    derivation["type"] = "volume"
    amount = int(round_half_up(part.kwh * part.price * _KOPECKS_IN_ROUBLE))
    vat = int(round_half_up(amount * terms.vat_rate / (_PER_CENT + terms.vat_rate)))
    return ExpressLine(register.kind, amount, vat, derivation)


def _cut(ranges: Sequence[PriceRange], register: _Measured, total: Decimal) -> list[_Part]:
    """Return the number, the price, the kWh and the share of each range that a volume reaches."""
    whole, billed, months = register.whole, register.billed, register.months
    parts: list[_Part] = []
    first: _Part | None = None
    over = _NOTHING
    top = _NOTHING + whole
    filled = _NOTHING + billed
    # A range begins where the one before it ends.
    lower = _own(over, months, whole, total)
    for number, priced in enumerate(ranges, start=1):
        up_to = priced.up_to
        upper = None if up_to is None else _own(up_to, months, whole, total)
        end = top if upper is None else min(top, upper)
        kwh = max(end - max(filled, lower), _NOTHING)
        if kwh or first is None:
            share = {
                "over": str(over),
                "up_to": None if up_to is None else str(up_to),
                "months": months,
                "split": _PROPORTIONAL,
                "zone_volume": str(whole),
                "account_volume": str(total),
                "before": "0",
                "billed": str(billed),
            }
            part = _Part(number, priced.price, kwh, share)
            first = first or part
            if kwh:
                parts.append(part)
        if upper is None or top <= upper:
            break
        over, lower = up_to or over, upper
    return parts or [first] if first else parts


def _own(bound: Decimal, months: int, whole: Decimal, total: Decimal) -> Decimal:
    """Return what of a bound falls to a zone that consumed *whole* of *total*."""
    bound = bound * months
    if not total:
        return bound
    return round_half_up(min(bound, total) * whole / total, SHARE_DECIMALS)


# Debts


def _pay(
    payments: Sequence[ExpressPayment],
    debts: Sequence[Document],
    penalty: int,
    credit: int,
    terms: ExpressTerms,
) -> tuple[int, int]:
    """Let payments settle *debts*, and return what is left of the penalty and as an advance."""
    dues = [debt["due"] for debt in debts]
    if dues != sorted(dues):
        raise _Uncommon
    names_count = terms.terms.rules.allocation is not Allocation.FIFO
    for payment in payments:
        if payment.period and names_count:
            raise _Uncommon
        left = payment.amount
        for debt in debts:
            part = min(left, debt["left"])
            if part > 0:
                debt["left"] -= part
                paid = {"amount": part, "paid_on": payment.valued_on}
                debt["paid"] = [*debt.get("paid", ()), paid]
                left -= part
        settled = min(left, max(penalty, 0))
        penalty -= settled
        credit += left - settled
    return penalty, credit


def _reckon(debts: Sequence[Document], terms: ExpressTerms) -> ExpressLine | None:
    """Return the line of the penalty for the month if there is one, and keep it with the debts."""
    penalised: list[Document] = []
    added = []
    for debt in debts:
        late, parts_of_rouble = terms.stretches(debt)
        before = debt["accrued"]
        if not late and before == "0":
            continue
        rows, cost = _rows_of(debt, late)
        penalised.append(
            {"period": debt["period"], "due": debt["due"], "rows": rows, "before": before}
        )
        accrued = Fraction(cost, parts_of_rouble)
        debt["accrued"] = str(accrued)
        if debt["accrued"] != before:
            added.append(accrued - Fraction(before))
    if not added:
        return None
    return ExpressLine(
        _PENALTY,
        rounded(sum(added, Fraction(0))).kopecks,
        0,
        {"until": terms.last_day, "debts": penalised, "type": "penalty"},
    )


def _rows_of(debt: Document, late: Sequence[_Stretch]) -> tuple[list[Document], int]:
    """Return the rows of a debt, and what they come to in the common parts of a rouble."""
    parts = [*[paid["amount"] for paid in debt.get("paid", ())], debt["left"]]
    rows = []
    cost = 0
    for stretch in late:
        owed = sum([parts[place] for place in stretch.parts])
        cost += owed * stretch.cost
        rows.append(
            {
                "due": debt["due"],
                "first_day": stretch.first_day,
                "last_day": stretch.last_day,
                "debt": owed,
                "rate": stretch.rate,
                "share": stretch.share,
            }
        )
    return rows, cost
