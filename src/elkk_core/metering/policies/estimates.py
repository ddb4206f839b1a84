"""What is charged where no reading is known: an average for a while, then the norm."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from elkk_core.metering import errors
from elkk_core.metering.model import EstimateCause
from elkk_core.shared import validators
from elkk_core.shared.money import round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.timelines import Timeline

_MISSED = "ПП РФ № 354, п. 59 «б»"
_REFUSED = "ПП РФ № 354, п. 59 «в»"
_BROKEN = "ПП РФ № 354, п. 59 «а»"
_RESTORING = "ПП РФ № 354, п. 59 «г»"
_NORM = "ПП РФ № 354, п. 60"
_REFUSED_TWICE = "ПП РФ № 354, п. 60(3)"


class EstimateBasis(StrEnum):
    """What an estimate is made of: the household's own months, or the norm for such households."""

    AVERAGE = "average"
    NORM = "norm"


class EstimateReason(StrEnum):
    """Why an estimate has the basis that it has."""

    AVERAGE_WITHIN_TERM = "average_within_term"
    AVERAGE_UNTIL_RESTORED = "average_until_restored"
    NORM_AFTER_TERM = "norm_after_term"
    NORM_FOR_WANT_OF_HISTORY = "norm_for_want_of_history"
    NORM_AT_ONCE = "norm_at_once"


@frozen(kw_only=True)
class EstimateRule:
    """For how many periods in a row an average is charged before the norm, by which clause.

    *periods* is None where the average is charged until metering is restored, and 0 where the norm
    is charged at once. The *coefficient* multiplies the norm and never an average.
    """

    periods: int | None
    clause: str
    coefficient: Decimal = field(default=Decimal(1), validator=validators.exact_decimal)


@frozen(kw_only=True)
class Estimate:
    """An estimated consumption of one period: *volume* kWh, on which basis and why.

    An average is that of *months* months, a norm is *norm* kWh for each of *persons* persons, times
    the *coefficient*; what does not apply is None. *periods* is the longest run of periods that the
    rule charges an average for, None without such a limit.
    """

    basis: EstimateBasis
    volume: Decimal
    cause: EstimateCause
    reason: EstimateReason
    clause: str
    coefficient: Decimal
    missed: int
    periods: int | None
    months: int | None = None
    norm: Decimal | None = None
    persons: int | None = None


@frozen(kw_only=True)
class EstimatePolicy:
    """Rules by cause and effective date, and how an average is made.

    An average needs *least_months* measured months (ПП РФ № 354, п. 59: six, or all that the meter
    has worked, if at least three). It is that of all months handed over, or of the latest
    *most_months* of them. Sources disagree whether the average without a limit (п. 59 «г») covers
    readings that were just not handed over, so which rules apply is a setting: `ESTIMATES_BY_CAUSE`,
    `ESTIMATES_CLASSIC` or `ESTIMATES_UNTIL_RESTORED`, or a policy of the supplier's own.
    """

    name: str
    rules: Mapping[EstimateCause, Timeline[EstimateRule]]
    least_months: int = 3
    most_months: int | None = None

    def estimate(
        self,
        *,
        cause: EstimateCause,
        missed: int,
        history: Mapping[Month, Decimal],
        norm: Decimal | None,
        persons: int | None,
        month: Month | None = None,
        decimals: int = 0,
    ) -> Estimate:
        """Return what stands in for the consumption of one register, or of an account, in a month.

        *missed* counts the periods in a row without a reading, the estimated one included; a
        reading sets it back. *history* is the kWh of measured months, by zone for a meter with
        zones. *norm* is in kWh a month for one person. *persons* are those registered, permanently
        and for a time, or the owners where nobody is (п. 56(2)). An average is rounded half-up to
        the *decimals* that the meter counts; a norm times persons is exact. The rules are those in
        force in *month*, the newest without one.

        Raises:
            NormUnknown, PersonsUnknown: If the norm applies and there is none, or nobody.
            NothingInForce: If the rules begin later than *month*.
            ValueError: If *missed* is below 1.
        """
        if missed < 1:
            message = f"the estimated period itself counts as missed: {missed}"
            raise ValueError(message)
        rule = self.rules[cause].on(date.max if month is None else month.first_day)
        measured = [history[known] for known in sorted(history)]
        if self.most_months is not None:
            measured = measured[-self.most_months :]
        reason = self._reason(rule, missed=missed, months=len(measured))
        if reason in _AVERAGED:
            return Estimate(
                basis=EstimateBasis.AVERAGE,
                volume=round_half_up(sum(measured, Decimal(0)) / len(measured), decimals),
                cause=cause,
                reason=reason,
                clause=rule.clause,
                coefficient=Decimal(1),
                missed=missed,
                periods=rule.periods,
                months=len(measured),
            )
        # Without persons no norm can be looked up, so that is what is told first.
        if not persons:
            raise errors.PersonsUnknown
        if norm is None:
            raise errors.NormUnknown
        return Estimate(
            basis=EstimateBasis.NORM,
            volume=norm * persons * rule.coefficient,
            cause=cause,
            reason=reason,
            clause=rule.clause if reason is EstimateReason.NORM_AT_ONCE else _NORM,
            coefficient=rule.coefficient,
            missed=missed,
            periods=rule.periods,
            norm=norm,
            persons=persons,
        )

    def _reason(self, rule: EstimateRule, *, missed: int, months: int) -> EstimateReason:
        if rule.periods == 0:
            return EstimateReason.NORM_AT_ONCE
        if rule.periods is not None and missed > rule.periods:
            return EstimateReason.NORM_AFTER_TERM
        if months < self.least_months:
            return EstimateReason.NORM_FOR_WANT_OF_HISTORY
        if rule.periods is None:
            return EstimateReason.AVERAGE_UNTIL_RESTORED
        return EstimateReason.AVERAGE_WITHIN_TERM


_AVERAGED = {EstimateReason.AVERAGE_WITHIN_TERM, EstimateReason.AVERAGE_UNTIL_RESTORED}


def _classic(clause: str) -> tuple[tuple[date, EstimateRule], ...]:
    """Six periods in a row from 2013, three from 2017 (ПП РФ № 1498 of 26.12.2016)."""
    return (
        (date(2013, 1, 1), EstimateRule(periods=6, clause=clause)),
        (date(2017, 1, 1), EstimateRule(periods=3, clause=clause)),
    )


def _until_restored(clause: str) -> tuple[tuple[date, EstimateRule], ...]:
    """Without a limit from 01.07.2020, when meters became the supplier's (ПП РФ № 950)."""
    return (
        *_classic(clause),
        (date(2020, 7, 1), EstimateRule(periods=None, clause=_RESTORING)),
    )


def _policy(name: str, **rules: tuple[tuple[date, EstimateRule], ...]) -> EstimatePolicy:
    """Make a policy; the second refusal of access is charged at the raised norm in all of them.

    ПП РФ № 354, п. 60(3): 1.5 norms. For a missing meter the coefficient is gone since 01.07.2020.
    """
    twice = (
        *_classic(_REFUSED)[:1],
        (
            date(2017, 1, 1),
            EstimateRule(periods=0, clause=_REFUSED_TWICE, coefficient=Decimal("1.5")),
        ),
    )
    by_cause = {EstimateCause(cause): entries for cause, entries in rules.items()}
    by_cause[EstimateCause.ACCESS_REFUSED] = _classic(_REFUSED)
    by_cause[EstimateCause.ACCESS_REFUSED_TWICE] = twice
    return EstimatePolicy(
        name=name,
        rules={
            cause: Timeline(f"estimate:{cause}", entries) for cause, entries in by_cause.items()
        },
    )


ESTIMATES_BY_CAUSE = _policy(
    "by_cause",
    reading_missed=_classic(_MISSED),
    meter_failed=_until_restored(_BROKEN),
    meter_lost=_until_restored(_BROKEN),
    verification_over=_until_restored(_BROKEN),
)
"""The default: three periods, then the norm, for missed readings (п. 59 «б»); without a limit for a
meter that failed, was lost, or has outlived its verification interval (п. 59 «г»)."""

ESTIMATES_CLASSIC = _policy(
    "classic_3_then_norm",
    reading_missed=_classic(_MISSED),
    meter_failed=_classic(_BROKEN),
    meter_lost=_classic(_BROKEN),
    verification_over=_classic(_BROKEN),
)
"""Three periods, then the norm, whatever the cause."""

ESTIMATES_UNTIL_RESTORED = _policy(
    "average_until_restored",
    reading_missed=_until_restored(_MISSED),
    meter_failed=_until_restored(_BROKEN),
    meter_lost=_until_restored(_BROKEN),
    verification_over=_until_restored(_BROKEN),
)
"""Without a limit for missed readings too, as some suppliers in the Far East read п. 59 «г»."""

ESTIMATE_POLICIES: Mapping[str, EstimatePolicy] = {
    policy.name: policy
    for policy in (ESTIMATES_BY_CAUSE, ESTIMATES_CLASSIC, ESTIMATES_UNTIL_RESTORED)
}
"""The policies that a supplier chooses from by name, the default first."""
