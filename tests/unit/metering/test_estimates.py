"""What is charged without a reading."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.metering import (
    ESTIMATE_POLICIES,
    ESTIMATES_BY_CAUSE,
    Estimate,
    EstimateBasis,
    EstimateCause,
    EstimateReason,
    NormUnknown,
    PersonsUnknown,
)
from elkk_core.shared import Month, NothingInForce


def history(*kwh: str, first: str = "2025-01") -> dict[Month, Decimal]:
    """Return measured months from *first* on."""
    month = Month.parse(first)
    return {month.plus(index): Decimal(volume) for index, volume in enumerate(kwh)}


SIX = history("100", "110", "120", "130", "140", "150")


def estimate(policy: str = "by_cause", **changes: Any) -> Estimate:
    """Return the estimate for a household of two, with a norm of 85 kWh, that missed a reading."""
    facts: dict[str, Any] = {
        "cause": EstimateCause.READING_MISSED,
        "missed": 1,
        "history": SIX,
        "norm": Decimal(85),
        "persons": 2,
    }
    return ESTIMATE_POLICIES[policy].estimate(**(facts | changes))


class TestMissedReading:
    @pytest.mark.parametrize(
        ("missed", "basis", "volume"),
        [(1, "average", "125"), (2, "average", "125"), (3, "average", "125"), (4, "norm", "170")],
    )
    def test_average_for_three_periods_then_the_norm(
        self, missed: int, basis: str, volume: str
    ) -> None:
        """П. 59 «б» for three periods in a row, п. 60 from the fourth on."""
        found = estimate(missed=missed)

        assert (basis, volume) == (found.basis.value, str(found.volume))

    def test_clauses(self) -> None:
        """Each estimate names the clause that it follows."""
        clauses = [estimate(missed=missed).clause for missed in (3, 4)]

        assert ["ПП РФ № 354, п. 59 «б»", "ПП РФ № 354, п. 60"] == clauses

    @pytest.mark.parametrize(("months", "basis"), [(0, "norm"), (2, "norm"), (3, "average")])
    def test_average_needs_three_months(self, months: int, basis: str) -> None:
        """A meter that has worked for less than three months has no average."""
        found = estimate(history=dict(list(SIX.items())[:months]))

        assert basis == found.basis

    def test_average_is_of_all_months_given(self) -> None:
        """Not less than six months: a year is averaged as a year."""
        found = estimate(history=history(*["100"] * 6, *["200"] * 6))

        assert ("150", 12) == (str(found.volume), found.months)

    def test_average_can_be_of_the_latest_months(self) -> None:
        """A supplier may average the latest six, in whatever order months are given."""
        policy = evolve(ESTIMATES_BY_CAUSE, most_months=6)
        months = history(*["100"] * 6, *["200"] * 6)
        found = policy.estimate(
            cause=EstimateCause.READING_MISSED,
            missed=1,
            history=dict(reversed(months.items())),
            norm=None,
            persons=None,
        )

        assert 200 == found.volume

    @pytest.mark.parametrize(
        ("kwh", "decimals", "expected"),
        [
            (("100", "100", "101"), 0, "100"),
            (("100", "101", "101"), 0, "101"),
            (("100", "101", "100", "101"), 0, "101"),
            (("100", "100", "101"), 1, "100.3"),
        ],
    )
    def test_average_is_rounded_as_the_meter_counts(
        self, kwh: tuple[str, ...], decimals: int, expected: str
    ) -> None:
        """Half-up, a tie goes up."""
        found = estimate(history=history(*kwh), decimals=decimals)

        assert expected == str(found.volume)

    def test_average_asks_for_no_norm(self) -> None:
        """Norm and persons may be unknown as long as the average lasts."""
        assert EstimateBasis.AVERAGE is estimate(norm=None, persons=None).basis

    def test_the_estimated_period_counts(self) -> None:
        """Not a single period missed is no reason for an estimate."""
        with pytest.raises(ValueError, match="counts as missed"):
            estimate(missed=0)


class TestOtherCauses:
    @pytest.mark.parametrize(
        "cause",
        [EstimateCause.METER_FAILED, EstimateCause.METER_LOST, EstimateCause.VERIFICATION_OVER],
    )
    @pytest.mark.parametrize(
        ("period", "reason"),
        [
            ("2020-06", EstimateReason.NORM_AFTER_TERM),
            ("2020-07", EstimateReason.AVERAGE_UNTIL_RESTORED),
        ],
    )
    def test_average_until_restored(
        self, cause: EstimateCause, period: str, reason: EstimateReason
    ) -> None:
        """Since 01.07.2020 the supplier answers for the meter: п. 59 «г» has no limit."""
        assert reason is estimate(cause=cause, missed=12, month=Month.parse(period)).reason

    def test_average_until_restored_needs_a_history_too(self) -> None:
        """Where there is nothing to average, the norm is charged."""
        found = estimate(cause=EstimateCause.METER_FAILED, history={})

        assert EstimateReason.NORM_FOR_WANT_OF_HISTORY is found.reason
        assert 170 == found.volume

    def test_first_refusal_of_access(self) -> None:
        """П. 59 «в»: the average for three periods, then the plain norm."""
        found = [estimate(cause=EstimateCause.ACCESS_REFUSED, missed=n) for n in (3, 4)]

        assert [125, 170] == [each.volume for each in found]
        assert [1, 1] == [each.coefficient for each in found]

    def test_second_refusal_of_access(self) -> None:
        """П. 60(3): one and a half norms at once, whatever the history."""
        found = estimate(cause=EstimateCause.ACCESS_REFUSED_TWICE)

        assert (EstimateBasis.NORM, Decimal(255), Decimal("1.5"), "ПП РФ № 354, п. 60(3)") == (
            found.basis,
            found.volume,
            found.coefficient,
            found.clause,
        )

    def test_classic_policy_knows_no_exception(self) -> None:
        """A supplier may charge three periods and then the norm for broken meters too."""
        found = estimate("classic_3_then_norm", cause=EstimateCause.METER_FAILED, missed=4)

        assert EstimateReason.NORM_AFTER_TERM is found.reason

    def test_far_eastern_policy_has_no_limit(self) -> None:
        """Some suppliers read п. 59 «г» as covering missed readings."""
        found = estimate("average_until_restored", missed=12)

        assert EstimateReason.AVERAGE_UNTIL_RESTORED is found.reason


class TestRedactions:
    @pytest.mark.parametrize(
        ("period", "missed", "basis"),
        [
            ("2016-12", 6, "average"),
            ("2016-12", 7, "norm"),
            ("2017-01", 3, "average"),
            ("2017-01", 4, "norm"),
        ],
    )
    def test_six_periods_became_three(self, period: str, missed: int, basis: str) -> None:
        """ПП РФ № 1498 of 26.12.2016 cut six periods to three."""
        assert basis == estimate(month=Month.parse(period), missed=missed).basis

    def test_older_redactions_are_not_known(self) -> None:
        """Nothing is claimed of the years before 2013."""
        with pytest.raises(NothingInForce):
            estimate(month=Month(2012, 12))


class TestNorm:
    def test_norm_of_one_person_times_persons_is_exact(self) -> None:
        """A norm is not rounded: only the amount in roubles is."""
        found = estimate(missed=4, norm=Decimal("52.5"), persons=3)

        assert (Decimal("157.5"), Decimal("52.5"), 3) == (found.volume, found.norm, found.persons)

    def test_unknown_norm(self) -> None:
        """Nothing is charged at zero."""
        with pytest.raises(NormUnknown):
            estimate(missed=4, norm=None)

    @pytest.mark.parametrize("persons", [None, 0])
    def test_nobody_to_charge(self, persons: int | None) -> None:
        """Where nobody is registered, owners are to be counted."""
        with pytest.raises(PersonsUnknown):
            estimate(missed=4, persons=persons)


@given(
    gaps=st.lists(st.booleans(), max_size=24),
    cause=st.sampled_from([EstimateCause.READING_MISSED, EstimateCause.ACCESS_REFUSED]),
)
def test_never_more_than_three_averages_in_a_row(gaps: list[bool], cause: EstimateCause) -> None:
    """In any sequence of months with and without readings the count starts anew at a reading."""
    missed = 0
    averages = 0
    for is_missed in gaps:
        missed = missed + 1 if is_missed else 0
        if not is_missed:
            averages = 0
            continue
        found = estimate(cause=cause, missed=missed)
        averages += found.basis is EstimateBasis.AVERAGE

        assert averages == min(missed, 3)


@given(kwh=st.lists(st.integers(0, 10_000), min_size=3, max_size=24))
def test_average_lies_within_the_history(kwh: list[int]) -> None:
    """An average is no less than the least month and no more than the greatest."""
    found = estimate(history=history(*map(str, kwh)))

    assert min(kwh) <= found.volume <= max(kwh)
