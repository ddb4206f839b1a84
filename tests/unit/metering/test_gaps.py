"""Meters that fail, get lost, or stand where nobody is let in."""

from datetime import date

import pytest
from hypothesis import given
from tests.unit.metering.household import Household, faults_of, gap_row

from elkk_core.metering import (
    EstimateCause,
    GapCauseUnknown,
    MeteringGap,
    SuppliedGap,
    read_gap_cause,
)
from elkk_core.shared import BatchRejected, BatchReport, DatesOutOfOrder, SupplierNotFound
from elkk_core.testing import strategies
from elkk_core.testing.builders import METER_ID, a_gap


def gaps_of(household: Household) -> list[tuple[str, date, date | None]]:
    """Return the gaps kept: cause, first and last day."""
    with household.store.unit_of_work() as uow:
        return [(gap.cause, gap.since, gap.until) for gap in uow.gaps.list_of([METER_ID])]


@given(gap=strategies.gaps(meter_id=METER_ID), day=strategies.days())
def test_gap_covers_its_days(gap: MeteringGap, day: date) -> None:
    """Both ends are in it, and without an end all that comes."""
    assert gap.covers(gap.since)
    assert gap.covers(day) == (gap.since <= day <= (gap.until or date.max))
    assert gap.close(None).covers(max(gap.since, day))


def test_gap_ends_after_it_began() -> None:
    """It may last a day, and no less."""
    day = a_gap().since

    assert day == a_gap().close(day).until
    with pytest.raises(DatesOutOfOrder):
        a_gap().close(date(2020, 1, 19))


@pytest.mark.parametrize("text", ["", "reading_missed", "сломан", "METER_FAILED"])
def test_cause_of_a_gap_is_not_guessed(text: str) -> None:
    """A reading that was only missed leaves no gap."""
    with pytest.raises(GapCauseUnknown):
        read_gap_cause(text)


def test_gap_is_taken_and_closed(household: Household) -> None:
    """The same row again changes nothing; a row with an end closes it, without one opens it."""
    household.with_meter()

    assert BatchReport(added=1, changed=0, unchanged=0) == household.import_gaps(gap_row())
    assert BatchReport(added=0, changed=0, unchanged=1) == household.import_gaps(gap_row())
    assert BatchReport(added=0, changed=1, unchanged=0) == household.import_gaps(
        gap_row(until="31.01.2020")
    )
    assert [("meter_failed", date(2020, 1, 5), date(2020, 1, 31))] == gaps_of(household)
    assert 1 == household.import_gaps(gap_row(until="")).changed
    assert [("meter_failed", date(2020, 1, 5), None)] == gaps_of(household)


def test_second_refusal_of_access_is_a_gap_of_its_own(household: Household) -> None:
    """It begins while the first one goes on."""
    household.with_meter()
    household.import_gaps(
        gap_row(cause="access_refused"),
        gap_row(cause="access_refused_twice", since="2020-02-05"),
    )

    assert [
        (EstimateCause.ACCESS_REFUSED, date(2020, 1, 5), None),
        (EstimateCause.ACCESS_REFUSED_TWICE, date(2020, 2, 5), None),
    ] == gaps_of(household)


def test_meter_fails_again(household: Household) -> None:
    """After the end of one gap another one of the same cause may begin, in the same file too."""
    household.with_meter()
    household.import_gaps(gap_row())
    household.import_gaps(gap_row(since="2020-02-01"), gap_row(until="2020-01-31"))

    assert [date(2020, 1, 31), None] == [until for _, _, until in gaps_of(household)]


@pytest.mark.parametrize(
    ("row", "since"),
    [
        (gap_row(since="2020-01-31"), date(2020, 1, 5)),
        (gap_row(since="2020-01-01", until="2020-01-05"), date(2020, 1, 5)),
        (gap_row(since="2020-01-01"), date(2020, 1, 5)),
    ],
)
def test_gaps_of_one_cause_do_not_overlap(
    household: Household, row: SuppliedGap, since: date
) -> None:
    """A meter that has failed already cannot fail; the other gap is named."""
    household.with_meter()
    household.import_gaps(gap_row(until="2020-01-31"))
    with pytest.raises(BatchRejected) as caught:
        household.import_gaps(row)

    assert [(0, "since", "metering.gap_overlaps")] == faults_of(caught.value)
    assert since == caught.value.faults[0].error.since  # type: ignore[attr-defined]


def test_gap_that_is_opened_again_may_overlap_what_came_after(household: Household) -> None:
    """Then the row that opens it is wrong."""
    household.with_meter()
    household.import_gaps(gap_row(until="2020-01-31"), gap_row(since="2020-02-01"))
    with pytest.raises(BatchRejected) as caught:
        household.import_gaps(gap_row())

    assert [(0, "since", "metering.gap_overlaps")] == faults_of(caught.value)
    assert date(2020, 2, 1) == caught.value.faults[0].error.since  # type: ignore[attr-defined]


def test_all_faults_of_gaps_are_told(household: Household) -> None:
    """Every fault of every row is listed, and no row goes in."""
    household.with_meter(removed_on=date(2020, 3, 1))
    with pytest.raises(BatchRejected) as caught:
        household.import_gaps(
            gap_row(account="1111"),
            gap_row(meter="999"),
            gap_row(cause="reading_missed", since="2020-02-30", until="скоро"),
            gap_row(until="2020-01-04"),
            gap_row(since="2006-11-14"),
            gap_row(since="2020-03-01"),
            gap_row(),
            gap_row(until="2020-02-01"),
        )

    expected = [
        (0, "account", "shared.account_not_found"),
        (1, "meter", "metering.meter_not_found"),
        (2, "cause", "metering.gap_cause_unknown"),
        (2, "since", "shared.no_such_date"),
        (2, "until", "shared.not_a_date"),
        (3, "until", "shared.dates_out_of_order"),
        (4, "since", "metering.meter_not_installed"),
        (5, "since", "metering.meter_removed"),
        (7, "since", "shared.duplicate_row"),
    ]
    assert expected == faults_of(caught.value)
    assert [] == gaps_of(household)


def test_gaps_of_an_unknown_supplier(household: Household) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        household.import_gaps(supplier="nobody")
