"""A meter is taken down, and another one comes in its place."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from hypothesis import given
from tests.unit.metering.household import Household, faults_of, meter_row, reading_row

from elkk_core.metering import (
    FinalReadingMisplaced,
    Meter,
    MeterNotInstalled,
    MeterNotRemoved,
    MeterRemoved,
    ReadingSource,
    RemovedBeforeInstalled,
    SuppliedReading,
)
from elkk_core.shared import BatchRejected, BatchReport, SubmissionWindow
from elkk_core.testing import strategies
from elkk_core.testing.builders import ACCOUNT_ID, a_meter, a_reading

GONE = date(2020, 1, 18)
FINAL = ReadingSource.FINAL


def final_row(**changes: str) -> SuppliedReading:
    """Return a row of the final reading of a meter removed on 18 January 2020."""
    return reading_row(**{"taken_on": "2020-01-18", "source": "final", "value": "14400"} | changes)


def removed_on(household: Household) -> date | None:
    """Return when the household's meter was removed, as the books say."""
    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([ACCOUNT_ID])
    return meter.removed_on


# Days on which a meter is there


@given(meter=strategies.meters(account_id=ACCOUNT_ID), day=strategies.days())
def test_meter_is_there_from_installation_to_removal(meter: Meter, day: date) -> None:
    """Readings are of the days on which it is there; a final one is of the day on which it goes."""
    reading = a_reading(meter_id=meter.meter_id, taken_on=day)

    if meter.is_there(day):
        meter.check_occasion(reading)
        return
    with pytest.raises((MeterNotInstalled, MeterRemoved)):
        meter.check_occasion(reading)
    if day == meter.removed_on:
        meter.check_occasion(evolve(reading, source=FINAL))


def test_final_reading_is_of_the_day_of_removal() -> None:
    """On another day, or of a meter that is still there, it is none."""
    with pytest.raises(MeterNotRemoved):
        a_meter().check_occasion(a_reading(source=FINAL))
    with pytest.raises(FinalReadingMisplaced) as caught:
        a_meter(removed_on=GONE).check_occasion(a_reading(source=FINAL))

    assert GONE == caught.value.removed_on


def test_meter_comes_before_it_goes() -> None:
    """It may go on the day on which it came, and no earlier."""
    installed_on = a_meter().installed_on

    assert installed_on == a_meter(removed_on=installed_on).removed_on
    with pytest.raises(RemovedBeforeInstalled):
        a_meter(removed_on=date(2006, 11, 14))


# What the books say of removals


def test_removal_is_taken_and_left_alone_and_taken_back(household: Household) -> None:
    """A file that says nothing of removals changes none; an empty one takes it back."""
    household.import_meters(meter_row())

    assert 1 == household.import_meters(meter_row(removed_on="18.01.2020")).changed
    assert 1 == household.import_meters(meter_row(removed_on="2020-01-18")).unchanged
    assert BatchReport(added=0, changed=0, unchanged=1) == household.import_meters(meter_row())
    assert GONE == removed_on(household)
    assert 1 == household.import_meters(meter_row(removed_on="")).changed
    assert removed_on(household) is None


def test_meter_may_be_gone_when_it_is_first_heard_of(household: Household) -> None:
    """An account is taken over with the meters that it had."""
    household.import_meters(meter_row(removed_on="2020-01-18"))

    assert GONE == removed_on(household)


@pytest.mark.parametrize("known", [False, True])
def test_all_faults_of_removals_are_told(household: Household, known: bool) -> None:  # noqa: FBT001
    """What is no date, and a day before the installation, of a new meter as of a known one."""
    rows = (meter_row(removed_on="скоро"), meter_row(meter="2", removed_on="2006-11-14"))
    if known:
        household.import_meters(meter_row(), meter_row(meter="2"))
    with pytest.raises(BatchRejected) as caught:
        household.import_meters(*rows)

    expected = [
        (0, "removed_on", "shared.not_a_date"),
        (1, "removed_on", "metering.removed_before_installed"),
    ]
    assert expected == faults_of(caught.value)


def test_meter_does_not_go_before_it_was_read(household: Household) -> None:
    """A removal before a recorded reading contradicts it; on its day it does not."""
    household.import_meters(meter_row())
    household.import_readings(reading_row())
    with pytest.raises(BatchRejected) as caught:
        household.import_meters(meter_row(removed_on="2020-01-12"))

    assert [(0, "removed_on", "metering.removed_before_read")] == faults_of(caught.value)
    assert 1 == household.import_meters(meter_row(removed_on="2020-01-13")).changed


@pytest.mark.parametrize("other", ["", "2020-01-19"])
def test_final_reading_settles_the_day_of_removal(household: Household, other: str) -> None:
    """Once it is taken, the meter was neither removed on another day nor is it there."""
    household.import_meters(meter_row(removed_on="2020-01-18"))
    household.import_readings(final_row())
    with pytest.raises(BatchRejected) as caught:
        household.import_meters(meter_row(removed_on=other))

    assert [(0, "removed_on", "metering.meter_fixed")] == faults_of(caught.value)
    assert 1 == household.import_meters(meter_row(removed_on="2020-01-18")).unchanged


# Readings of a meter that went


def test_meter_is_replaced(household: Household) -> None:
    """The old one ends with its final reading, the new one begins with its initial one."""
    household.import_meters(
        meter_row(removed_on="2020-01-18"),
        meter_row(meter="2", installed_on="2020-01-18"),
    )
    rows = (
        reading_row(),
        final_row(),
        reading_row(meter="2", taken_on="2020-01-18", value="00002", source="initial"),
        reading_row(meter="2", taken_on="2020-01-20", value="00009"),
    )

    assert 4 == household.import_readings(*rows).added
    assert 4 == household.import_readings(*rows).unchanged


def test_all_faults_of_readings_out_of_season_are_told(household: Household) -> None:
    """Before it came, on the day of its removal and after it, a meter has no ordinary reading."""
    household.with_meter(installed_on=date(2020, 1, 10), removed_on=GONE)
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(
            reading_row(taken_on="2020-01-09"),
            reading_row(taken_on="2020-01-18"),
            reading_row(taken_on="2020-01-19", source="customer"),
            final_row(taken_on="2020-01-17"),
            reading_row(taken_on="2020-01-10", source="initial"),
        )

    expected = [
        (0, "taken_on", "metering.meter_not_installed"),
        (1, "taken_on", "metering.meter_removed"),
        (2, "taken_on", "metering.meter_removed"),
        (3, "taken_on", "metering.final_reading_misplaced"),
    ]
    assert expected == faults_of(caught.value)


def test_final_reading_needs_a_removal(household: Household) -> None:
    """A meter that is there has none."""
    household.with_meter()
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(final_row())

    assert [(0, "taken_on", "metering.meter_not_removed")] == faults_of(caught.value)


def test_meter_may_have_been_read_before_it_went_on_the_same_day(household: Household) -> None:
    """What was recorded then stays known, the final reading joins it, and both may be sent again."""
    household.with_meter()
    earlier = reading_row(taken_on="2020-01-18", value="14400")
    household.import_readings(earlier)
    household.import_meters(meter_row(removed_on="2020-01-18"))

    assert BatchReport(added=1, changed=0, unchanged=1) == household.import_readings(
        earlier, final_row()
    )
    assert BatchReport(added=0, changed=0, unchanged=2) == household.import_readings(
        earlier, final_row()
    )
    assert [ReadingSource.SUPPLIER, FINAL] == [r.source for r in household.recorded()]


def test_final_reading_is_recorded_once(household: Household) -> None:
    """Another value is refused, and comes as a correction."""
    household.with_meter(removed_on=GONE)
    household.import_readings(final_row())
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(final_row(value="14401"))
    assert [(0, "value", "metering.reading_already_recorded")] == faults_of(caught.value)

    household.import_readings(final_row(value="14401", corrects="2020-01-18"))
    assert ["14400", "14401"] == household.values()


@pytest.mark.parametrize(
    ("day", "error"), [(9, MeterNotInstalled), (18, MeterRemoved), (20, MeterRemoved)]
)
def test_household_reads_a_meter_that_is_there(
    household: Household, day: int, error: type[Exception]
) -> None:
    """Neither before it came nor from the day on which it went."""
    household.with_meter(
        installed_on=date(2020, 1, 10),
        removed_on=GONE,
        window=SubmissionWindow(first_day=1, last_day=31),
    ).clock.set(datetime(2020, 1, day, 9, tzinfo=UTC))
    with pytest.raises(error):
        household.submit("14323")
    household.clock.set(datetime(2020, 1, 17, 9, tzinfo=UTC))

    assert date(2020, 1, 17) == household.submit("14323").taken_on
