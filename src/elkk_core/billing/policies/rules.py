"""The choices that acts leave to a supplier, each with the month from which it holds."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import evolve, field, frozen

from elkk_core.billing import errors
from elkk_core.billing.policies.law import Law
from elkk_core.billing.policies.penalties import Allocation, PenaltyPolicy, RateMode
from elkk_core.metering.model import EstimateCause
from elkk_core.metering.policies import (
    ESTIMATE_POLICIES,
    ESTIMATES_BY_CAUSE,
    EstimatePolicy,
    EstimateRule,
)
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.periods import Month
from elkk_core.shared.texts import read_decimal
from elkk_core.shared.timelines import Timeline
from elkk_core.tariffs.policies import RangeSplit

_ZERO = Decimal(0)


class RangeMonths(StrEnum):
    """Which bounds of consumption ranges a reading that spans several months is split by.

    The bounds of one month for *EACH* of them (the default), or those of *ONE* month for all. No
    published rule says which, so this is a setting.
    """

    EACH = "each"
    ONE = "one"


@frozen(kw_only=True)
class BillingRules:
    """The choices in force in a month; what is not chosen is as the law's plain reading has it.

    *penalties* tells whether penalties are charged at all; the other names of them are those of
    `PenaltyPolicy`. With *due_day_moves* a term that ends on a Saturday or Sunday moves to Monday
    (ГК РФ ст. 193).
    """

    estimates: EstimatePolicy = ESTIMATES_BY_CAUSE
    range_split: RangeSplit = RangeSplit.PROPORTIONAL
    range_months: RangeMonths = RangeMonths.EACH
    penalties: bool = True
    rate_mode: RateMode = RateMode.ON_PAYMENT_DAY
    flat_rate: Decimal | None = None
    include_payment_day: bool = True
    allocation: Allocation = Allocation.FIFO
    due_day_moves: bool = False

    def penalty_policy(self, law: Law) -> PenaltyPolicy:
        """Return how penalties are reckoned by these choices and the tables of *law*.

        Raises:
            FlatRateMissing: If they are at a flat rate that nobody has chosen.
        """
        return PenaltyPolicy(
            rates=law.key_rates,
            caps=law.penalty_caps,
            moratoria=law.moratoria,
            rate_mode=self.rate_mode,
            flat_rate=self.flat_rate,
            include_payment_day=self.include_payment_day,
            allocation=self.allocation,
        )


class RuleName(StrEnum):
    """A choice by the name that an operator writes."""

    ESTIMATES = "estimates"
    RANGE_SPLIT = "range_split"
    RANGE_MONTHS = "range_months"
    PENALTIES = "penalties"
    RATE_MODE = "rate_mode"
    FLAT_RATE = "flat_rate"
    INCLUDE_PAYMENT_DAY = "include_payment_day"
    ALLOCATION = "allocation"
    DUE_DAY_MOVES = "due_day_moves"


@frozen(kw_only=True)
class SupplierRule:
    """A choice of a supplier: *name* is *value*, as an operator writes it, from *month* on."""

    supplier_id: SupplierId
    name: RuleName
    month: Month
    value: str = field()

    @value.validator
    def _can_be_read(self, _attribute: object, value: str) -> None:
        read_rule(self.name, value)


@frozen(kw_only=True)
class SupplierEstimateRule:
    """A supplier's own rule for a cause of estimates, in place of the chosen policy's."""

    supplier_id: SupplierId
    cause: EstimateCause
    month: Month
    rule: EstimateRule


def read_rule(name: RuleName, text: str) -> Any:  # noqa: ANN401 - Each choice has a type of its own.
    """Return what *text* means as the choice *name*: ``proportional``, ``yes``, ``9,5``.

    Raises:
        RuleValueWrong: If it cannot be; the error tells what can.
        NotADecimal, FlatRateNotPositive: If a rate cannot be.
    """
    if name is RuleName.FLAT_RATE:
        rate = read_decimal(text)
        if rate <= _ZERO:
            raise errors.FlatRateNotPositive
        return rate
    choices = _CHOICES[name]
    if text not in choices:
        raise errors.RuleValueWrong(name, ", ".join(choices))
    return choices[text]


def rule_choices(name: RuleName) -> tuple[str, ...]:
    """Return what a choice can be, as an operator writes it; nothing where it is a number."""
    return tuple(_CHOICES.get(name, ()))


def default_rule(name: RuleName) -> str:
    """Return what holds where a supplier has chosen nothing, as an operator writes it.

    Empty for a number, which has no default.
    """
    default = getattr(BillingRules(), name.value)
    choices = _CHOICES.get(name, {})
    return next((text for text, value in choices.items() if value == default), "")


_YES_OR_NO: Mapping[str, Any] = {"yes": True, "no": False}


def _members(kind: type[StrEnum]) -> Mapping[str, Any]:
    return {member.value: member for member in kind}


_CHOICES: Mapping[RuleName, Mapping[str, Any]] = {
    RuleName.ESTIMATES: ESTIMATE_POLICIES,
    RuleName.RANGE_SPLIT: _members(RangeSplit),
    RuleName.RANGE_MONTHS: _members(RangeMonths),
    RuleName.PENALTIES: _YES_OR_NO,
    RuleName.RATE_MODE: _members(RateMode),
    RuleName.INCLUDE_PAYMENT_DAY: _YES_OR_NO,
    RuleName.ALLOCATION: _members(Allocation),
    RuleName.DUE_DAY_MOVES: _YES_OR_NO,
}


def _by_month(rules: Iterable[SupplierRule]) -> tuple[SupplierRule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.month, rule.name)))


def _estimates_by_month(
    rules: Iterable[SupplierEstimateRule],
) -> tuple[SupplierEstimateRule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.month, rule.cause)))


@frozen(kw_only=True)
class RuleBook:
    """All choices of a supplier."""

    rules: tuple[SupplierRule, ...] = field(default=(), converter=_by_month)
    estimate_rules: tuple[SupplierEstimateRule, ...] = field(
        default=(), converter=_estimates_by_month
    )

    def on(self, month: Month) -> BillingRules:
        """Return the choices in force in *month*."""
        chosen: dict[str, Any] = {
            rule.name.value: read_rule(rule.name, rule.value)
            for rule in self.rules
            if rule.month <= month
        }
        rules = evolve(BillingRules(), **chosen)
        if not self.estimate_rules:
            return rules
        return evolve(rules, estimates=self._with_own(rules.estimates))

    def _with_own(self, policy: EstimatePolicy) -> EstimatePolicy:
        """Return *policy* with the supplier's own rules put over its timelines."""
        entries: dict[EstimateCause, dict[date, EstimateRule]] = {
            cause: dict(timeline.entries) for cause, timeline in policy.rules.items()
        }
        first: dict[EstimateCause, date] = {}
        for own in self.estimate_rules:
            first.setdefault(own.cause, own.month.first_day)
        for cause, start in first.items():
            entries[cause] = {day: rule for day, rule in entries[cause].items() if day < start}
        for own in self.estimate_rules:
            entries[own.cause][own.month.first_day] = own.rule
        return evolve(
            policy,
            rules={
                cause: Timeline(f"estimate:{cause}", tuple(by_day.items()))
                for cause, by_day in entries.items()
            },
        )
