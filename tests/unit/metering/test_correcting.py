"""A reading that was wrong is corrected by another one, and stays."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from tests.unit.metering.household import Household, faults_of, reading_row

from elkk_core.metering import (
    Reading,
    ReadingSource,
    SuppliedReading,
    effective,
    reading_before,
    reading_of,
    uncorrected,
)
from elkk_core.shared import BatchRejected, BatchReport, FormRejected, Month, ReadingId, Zone
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    JANUARY,
    MORNING,
    a_meter,
    a_reading,
    an_issued_invoice,
)
from elkk_core.testing.stores import keep

FEBRUARY = JANUARY.next


def correction_row(**changes: str) -> SuppliedReading:
    """Return a row that corrects ``reading_row()``, with *changes*."""
    return reading_row(**{"value": "14333", "corrects": "2020-01-13"} | changes)


# Which readings stand


def _reading(number: int, **changes: Any) -> Reading:
    """Return a reading with a number for an id, recorded so many minutes after the morning."""
    return a_reading(
        reading_id=ReadingId(UUID(int=number)),
        recorded_at=MORNING + timedelta(minutes=number),
        **changes,
    )


def _correcting(number: int, corrected: Reading, **changes: Any) -> Reading:
    return evolve(
        corrected,
        reading_id=ReadingId(UUID(int=number)),
        recorded_at=MORNING + timedelta(minutes=number),
        corrects=corrected.reading_id,
        **changes,
    )


@given(readings=strategies.corrected_readings(meter=a_meter()))
def test_corrected_reading_never_counts(readings: tuple[Reading, ...]) -> None:
    """Whatever is corrected, in whatever order it is told: only what nothing corrects counts."""
    corrected = {reading.corrects for reading in readings}
    stands = uncorrected(readings)

    assert set() == corrected & {reading.reading_id for reading in stands}
    assert {*effective(readings)} <= {*stands}
    for month in {reading.month for reading in readings}:
        for counted in (reading_of(readings, month), reading_before(readings, month)):
            assert counted is None or counted in stands


@given(readings=strategies.corrected_readings(meter=a_meter()))
def test_last_correction_of_a_day_stands(readings: tuple[Reading, ...]) -> None:
    """Correcting takes no day out of the history: the day and its occasion keep a reading."""
    assert {(reading.taken_on, reading.occasion) for reading in readings} == {
        (reading.taken_on, reading.occasion) for reading in uncorrected(readings)
    }


def test_correction_stands_in_the_place_of_what_it_corrects() -> None:
    """It measures the old reading's month, though the bill of a later one settles it."""
    december = _reading(1, taken_on=date(2019, 12, 13), month=JANUARY.previous)
    january = _reading(2)
    first = _correcting(3, january, month=FEBRUARY)
    second = _correcting(4, first, month=FEBRUARY)
    readings = [second, december, first, january]

    assert (december, second) == uncorrected(readings)
    assert (december, second) == effective(readings)
    assert second == reading_of(readings, JANUARY)
    assert reading_of(readings, FEBRUARY) is None
    assert second == reading_before(readings, FEBRUARY)


def test_correction_brings_nothing_back_that_was_replaced_before() -> None:
    """A slip of the same day that the household mended itself stays without effect."""
    slip = _reading(1, value=Decimal(41323))
    mended = _reading(2)
    corrected = _correcting(3, mended, value=Decimal(14333))

    assert (corrected,) == uncorrected([slip, mended, corrected])


def test_correction_leaves_the_initial_reading_of_the_day_alone() -> None:
    """A meter may be read for a bill on the day of its installation; each is corrected apart."""
    installed = _reading(1, source=ReadingSource.INITIAL)
    sent = _reading(2)
    corrected = _correcting(3, sent)

    assert (installed, corrected) == uncorrected([installed, sent, corrected])


# Taking corrections over


def test_reading_is_corrected(household: Household) -> None:
    """The new reading names the old one and bears its date; the same file changes nothing."""
    household.with_meter()
    household.import_readings(reading_row())

    assert BatchReport(added=1, changed=0, unchanged=0) == household.import_readings(
        correction_row()
    )
    assert BatchReport(added=0, changed=0, unchanged=2) == household.import_readings(
        reading_row(), correction_row()
    )
    old, new = household.recorded()
    assert (Decimal(14323), None) == (old.value, old.corrects)
    assert (Decimal(14333), old.reading_id, old.taken_on, JANUARY) == (
        new.value,
        new.corrects,
        new.taken_on,
        new.month,
    )


def test_correction_of_a_billed_month_counts_in_the_next_one(household: Household) -> None:
    """What was billed stays billed: the next bill settles the difference."""
    household.with_meter().clock.set(datetime(2020, 2, 3, tzinfo=UTC))
    household.import_readings(reading_row())
    keep(household.store, an_issued_invoice())
    household.import_readings(correction_row())

    assert [JANUARY, FEBRUARY] == [reading.month for reading in household.recorded()]


def test_correction_is_corrected(household: Household) -> None:
    """A second correction names the first one."""
    household.with_meter()
    household.import_readings(reading_row())
    household.import_readings(correction_row())
    household.import_readings(correction_row(value="14323"))

    first, second, third = household.recorded()
    assert (first.reading_id, second.reading_id) == (second.corrects, third.corrects)
    assert (third,) == effective(household.recorded())


def test_reading_may_come_with_its_correction(household: Household) -> None:
    """One file may hold both, in any order."""
    household.with_meter()
    report = household.import_readings(correction_row(), reading_row())

    assert BatchReport(added=2, changed=0, unchanged=0) == report
    assert ["14323", "14333"] == household.values()


def test_readings_that_contradict_their_neighbours_are_corrected_together(
    household: Household,
) -> None:
    """Two readings of a confused register are mended at once, where one alone would be refused."""
    household.with_meter()
    household.import_readings(
        reading_row(taken_on="2019-12-13", value="24091"), reading_row(value="24323")
    )
    december = correction_row(taken_on="2019-12-13", corrects="2019-12-13", value="44091")
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(december)
    assert [(0, "value", "metering.reading_out_of_order")] == faults_of(caught.value)

    household.import_readings(december, correction_row(value="44323"))
    assert [Decimal(44091), Decimal(44323)] == [
        reading.value for reading in effective(household.recorded())
    ]


def test_correction_counts_as_a_neighbour(household: Household) -> None:
    """What was corrected stops nothing any more; what stands in its place does."""
    household.with_meter()
    household.import_readings(reading_row(value="94323"))
    household.import_readings(correction_row(value="14323"))
    household.import_readings(reading_row(taken_on="2020-01-15", value="14400"))
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(reading_row(taken_on="2020-01-10", value="20000"))

    assert [(0, "value", "metering.reading_out_of_order")] == faults_of(caught.value)


def test_each_occasion_is_corrected_by_its_like(household: Household) -> None:
    """An initial reading is corrected by an initial one, and by no other."""
    household.with_meter()
    household.import_readings(reading_row(source="initial"))
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(correction_row())
    assert [(0, "corrects", "metering.nothing_to_correct")] == faults_of(caught.value)

    household.import_readings(correction_row(source="initial"))
    assert [ReadingSource.INITIAL] * 2 == [reading.source for reading in household.recorded()]


def test_all_faults_of_corrections_are_told(household: Household) -> None:
    """No date, another date, nothing there, twice in a file: each has its own reason."""
    household.with_meter(zones=(Zone.DAY, Zone.NIGHT))
    household.import_readings(reading_row(zone="day"))
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(
            correction_row(zone="day", corrects="вчера"),
            correction_row(zone="day", taken_on="2020-01-14"),
            correction_row(zone="night"),
            correction_row(zone="day"),
            correction_row(zone="day", value="14334"),
        )

    expected = [
        (0, "corrects", "shared.not_a_date"),
        (1, "taken_on", "metering.correction_misplaced"),
        (2, "corrects", "metering.nothing_to_correct"),
        (4, "taken_on", "shared.duplicate_row"),
    ]
    assert expected == faults_of(caught.value)
    assert ["14323"] == household.values()


def test_correction_that_was_corrected_is_told(household: Household) -> None:
    """An old file of corrections does not silently undo, or fail to undo, what came after it."""
    household.with_meter()
    household.import_readings(reading_row())
    household.import_readings(correction_row())
    household.import_readings(correction_row(value="14344"))
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(correction_row())

    assert [(0, "corrects", "metering.already_corrected")] == faults_of(caught.value)
    assert Decimal(14344) == caught.value.faults[0].error.value  # type: ignore[attr-defined]


def test_another_value_is_compared_with_what_stands(household: Household) -> None:
    """A reading that is no correction is refused by the value in force."""
    household.with_meter()
    household.import_readings(reading_row())
    household.import_readings(correction_row())
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(reading_row(value="14324"))

    assert [(0, "value", "metering.reading_already_recorded")] == faults_of(caught.value)
    assert Decimal(14333) == caught.value.faults[0].error.value  # type: ignore[attr-defined]


# What the household meets


def test_household_counts_from_the_correction(household: Household) -> None:
    """A reading below the corrected one is refused, and the month still takes one of its own."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20", value="14000"))
    keep(household.store, an_issued_invoice(month=Month(2019, 12)))
    household.import_readings(
        reading_row(taken_on="2019-12-20", corrects="2019-12-20", value="14100")
    )
    with pytest.raises(FormRejected) as caught:
        household.submit("14050")
    assert ["metering.reading_below_previous"] == [f.error.code for f in caught.value.faults]

    household.submit("14100")
    assert ["14000", "14100", "14100"] == household.values()


def test_initial_reading_is_not_corrected_once_bills_counted_from_it(household: Household) -> None:
    """No bill would settle it: until the first one it may be corrected, after it no more."""
    household.with_meter()
    first = reading_row(source="initial", taken_on="2006-11-15", value="7")
    household.import_readings(first, reading_row())
    right = reading_row(source="initial", taken_on="2006-11-15", value="5", corrects="2006-11-15")
    household.import_readings(right)
    keep(household.store, an_issued_invoice())

    with pytest.raises(BatchRejected) as refusal:
        household.import_readings(evolve(right, value="6"))

    assert {"metering.initial_reading_billed"} == {
        fault.error.code for fault in refusal.value.faults
    }
