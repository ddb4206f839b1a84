"""Meters and readings come over from the supplier's books."""

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.metering.household import Household, faults_of, meter_row, reading_row

from elkk_core.metering import (
    DigitCapacity,
    ImportReadings,
    ReadingSource,
    RolloverPolicy,
    SuppliedReading,
)
from elkk_core.shared import (
    BatchRejected,
    BatchReport,
    Month,
    SubmissionWindow,
    SupplierNotFound,
    Zone,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    a_meter,
    a_reading,
    an_issued_invoice,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep
from elkk_core.testing.strategies import MeteredWorld

# Meters


def test_meter_is_added(household: Household) -> None:
    """The manual's meter goes in as the file tells of it, and once."""
    assert BatchReport(added=1, changed=0, unchanged=0) == household.import_meters(meter_row())
    assert BatchReport(added=0, changed=0, unchanged=1) == household.import_meters(meter_row())

    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([ACCOUNT_ID])
    assert a_meter(meter_id=meter.meter_id) == meter


def test_meter_of_three_zones_and_without_extras(household: Household) -> None:
    """What may be empty may be empty."""
    household.import_meters(
        meter_row(zones="3", capacity="6.2", ratio="30", verification_due="", window="1-31")
    )

    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([ACCOUNT_ID])
    assert (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT) == meter.zones
    assert (DigitCapacity(integers=6, decimals=2), 30) == (meter.capacity, meter.ratio)
    assert (None, SubmissionWindow(first_day=1, last_day=31)) == (
        meter.verification_due,
        meter.window,
    )


def test_known_meter_is_described_anew(household: Household) -> None:
    """End of verification and window may change, each time."""
    household.import_meters(meter_row())
    report = household.import_meters(meter_row(verification_due="15.11.2038", window="20-25"))

    assert BatchReport(added=0, changed=1, unchanged=0) == report
    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([ACCOUNT_ID])
    assert date(2038, 11, 15) == meter.verification_due


def test_descriptions_of_a_meter_are_taken_over(household: Household) -> None:
    """Kind, place and who is responsible come with a meter, stay if a file is silent, and may go."""
    told = {"kind": " однофазный  электронный", "place": "холл", "responsible": "Петрова А. С."}

    def described() -> tuple[str, str, str]:
        with household.store.unit_of_work() as uow:
            (meter,) = uow.meters.list_of([ACCOUNT_ID])
        return (meter.kind, meter.place, meter.responsible)

    household.import_meters(meter_row(**told))
    assert ("однофазный электронный", "холл", "Петрова А. С.") == described()
    assert 1 == household.import_meters(meter_row()).unchanged
    assert 1 == household.import_meters(meter_row(place="лестничная площадка")).changed
    assert ("однофазный электронный", "лестничная площадка", "Петрова А. С.") == described()
    assert 1 == household.import_meters(meter_row(**dict.fromkeys(told, ""))).changed
    assert ("", "", "") == described()


def test_description_that_is_too_long_is_told(household: Household) -> None:
    """Each description has its own fault, for a new meter as for a known one."""
    for _ in range(2):
        with pytest.raises(BatchRejected) as caught:
            household.import_meters(meter_row(place="x" * 251, kind="x" * 251))
        assert [
            (0, "kind", "shared.field_too_long"),
            (0, "place", "shared.field_too_long"),
        ] == faults_of(caught.value)
        household.import_meters(meter_row())


def test_what_makes_a_meter_does_not_change(household: Household) -> None:
    """Zones, capacity, ratio and installation of a known meter stay, and each slip is told."""
    household.import_meters(meter_row())
    with pytest.raises(BatchRejected) as caught:
        household.import_meters(
            meter_row(zones="2", capacity="6,0", ratio="2", installed_on="2006-11-16")
        )

    fields = ["zones", "capacity", "ratio", "installed_on"]
    assert [(0, field, "metering.meter_fixed") for field in fields] == faults_of(caught.value)


def test_all_faults_of_meters_are_told(household: Household) -> None:
    """Every fault of every row is listed, and no row goes in."""
    with pytest.raises(BatchRejected) as caught:
        household.import_meters(
            meter_row(account="1111"),
            meter_row(meter=" ", zones="4", capacity="12", ratio="0"),
            meter_row(installed_on="2006-11-31", verification_due="скоро", window="25-15"),
            meter_row(),
            meter_row(ratio="2,5"),
            meter_row(window="1-5"),
        )

    expected = [
        (0, "account", "shared.account_not_found"),
        (1, "meter", "shared.field_required"),
        (1, "zones", "metering.zones_malformed"),
        (1, "capacity", "metering.capacity_malformed"),
        (1, "ratio", "metering.ratio_not_positive"),
        (2, "installed_on", "shared.no_such_date"),
        (2, "verification_due", "shared.not_a_date"),
        (2, "window", "shared.not_a_window"),
        (4, "ratio", "shared.not_a_whole_number"),
        (5, "meter", "shared.duplicate_row"),
    ]
    assert expected == faults_of(caught.value)
    with household.store.unit_of_work() as uow:
        assert () == uow.meters.list_of([ACCOUNT_ID])


# Readings


def test_reading_is_added(household: Household) -> None:
    """The manual's reading of 13 January counts in January, and goes in once."""
    household.with_meter()
    row = reading_row()

    assert BatchReport(added=1, changed=0, unchanged=0) == household.import_readings(row)
    assert BatchReport(added=0, changed=0, unchanged=1) == household.import_readings(row)
    (reading,) = household.recorded()
    assert (Decimal(14323), date(2020, 1, 13), JANUARY, ReadingSource.SUPPLIER, None) == (
        reading.value,
        reading.taken_on,
        reading.month,
        reading.source,
        reading.submitted_by,
    )


def test_readings_are_read_as_people_write_them(household: Household) -> None:
    """Russian dates and zones, blanks in numbers, leading zeros."""
    household.with_meter()
    household.import_readings(
        reading_row(
            account="6800 1234 5678",
            meter=" 011070123456 ",
            zone="Круглосуточный",
            taken_on="13.01.2020",
            value="0014323",
            source="customer",
        )
    )

    assert ["14323"] == household.values()


def test_late_reading_counts_in_the_next_month(household: Household) -> None:
    """A reading after the 25th is not lost."""
    household.with_meter().clock.set(datetime(2020, 2, 3, tzinfo=UTC))
    household.import_readings(reading_row(taken_on="2020-01-26"))

    assert [Month(2020, 2)] == [reading.month for reading in household.recorded()]


def test_reading_of_a_billed_month_counts_in_the_next_one(household: Household) -> None:
    """What comes after the bill is counted by the next bill, whatever its date."""
    household.with_meter().clock.set(datetime(2020, 2, 3, tzinfo=UTC))
    keep(household.store, a_reading(), an_issued_invoice())
    household.import_readings(reading_row(taken_on="2020-01-20", value="14400"))

    assert [JANUARY, Month(2020, 2)] == [reading.month for reading in household.recorded()]


def test_all_faults_of_readings_are_told(household: Household) -> None:
    """Every fault of every row is listed, and no row goes in."""
    household.with_meter()
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(
            reading_row(account="1111"),
            reading_row(meter="999"),
            reading_row(zone="night", taken_on="2020-02-30", value="1432З", source="сосед"),
            reading_row(zone="вечер", taken_on="2020-01-21"),
            reading_row(value="143230"),
            reading_row(),
            reading_row(value="14323,1"),
            reading_row(),
        )

    expected = [
        (0, "account", "shared.account_not_found"),
        (1, "meter", "metering.meter_not_found"),
        (2, "zone", "metering.zone_not_metered"),
        (2, "taken_on", "shared.no_such_date"),
        (2, "value", "metering.reading_not_a_number"),
        (2, "source", "metering.source_unknown"),
        (3, "zone", "shared.not_a_zone"),
        (3, "taken_on", "metering.reading_in_the_future"),
        (4, "value", "metering.reading_too_long"),
        (6, "value", "metering.reading_too_precise"),
        (7, "taken_on", "shared.duplicate_row"),
    ]
    assert expected == faults_of(caught.value)
    assert [] == household.values()


def test_another_value_for_the_same_day_is_refused(household: Household) -> None:
    """A reading is a fact: it is not replaced by a file."""
    household.with_meter()
    household.import_readings(reading_row())
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(reading_row(value="14324"))

    assert [(0, "value", "metering.reading_already_recorded")] == faults_of(caught.value)
    assert Decimal(14323) == caught.value.faults[0].error.value  # type: ignore[attr-defined]


@pytest.mark.parametrize(("taken_on", "value"), [("2020-01-05", "14500"), ("2020-01-15", "14000")])
def test_reading_that_contradicts_a_neighbour_is_refused(
    household: Household, taken_on: str, value: str
) -> None:
    """Above a later reading, or below an earlier one, no meter can have been."""
    household.with_meter()
    household.import_readings(
        reading_row(taken_on="2019-12-13", value="14091"), reading_row(taken_on="2020-01-13")
    )
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(reading_row(taken_on=taken_on, value=value))

    (fault,) = caught.value.faults
    assert "metering.reading_out_of_order" == fault.error.code
    assert date(2020, 1, 13) == fault.error.taken_on  # type: ignore[attr-defined]


def test_readings_of_one_file_are_checked_against_each_other(household: Household) -> None:
    """The order of the rows does not matter; the order in time does."""
    household.with_meter()
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(
            reading_row(taken_on="2020-01-13", value="14000"),
            reading_row(taken_on="2019-12-13", value="14091"),
        )
    assert [(0, "value", "metering.reading_out_of_order")] == faults_of(caught.value)

    household.import_readings(
        reading_row(taken_on="2020-01-13", value="14323"),
        reading_row(taken_on="2019-12-13", value="14091"),
    )
    assert ["14091", "14323"] == household.values()


def test_history_may_pass_through_zero(household: Household) -> None:
    """A file needs no confirmation for what a rollover explains."""
    household.with_meter()
    household.import_readings(
        reading_row(taken_on="2019-12-13", value="99990"), reading_row(value="00222")
    )

    assert ["99990", "222"] == household.values()


def test_reading_is_checked_against_what_will_count_before_it(household: Household) -> None:
    """A reading that takes the place of another of its month has the month before to follow."""
    household.with_meter().clock.set(datetime(2020, 2, 20, tzinfo=UTC))
    household.import_readings(
        reading_row(taken_on="2020-01-20", value="00020"),
        reading_row(taken_on="2020-02-01", value="99964"),
    )
    with pytest.raises(BatchRejected) as caught:
        household.import_readings(reading_row(taken_on="2020-02-10", value="00000"))

    (fault,) = caught.value.faults
    assert "metering.reading_out_of_order" == fault.error.code
    assert date(2020, 1, 20) == fault.error.taken_on  # type: ignore[attr-defined]


def test_zones_do_not_mix(household: Household) -> None:
    """A low night reading says nothing about the day."""
    household.with_meter(zones=(Zone.DAY, Zone.NIGHT))
    household.import_readings(
        reading_row(zone="day", value="9000"), reading_row(zone="night", value="100")
    )

    assert 2 == len(household.values())


def test_readings_of_an_unknown_supplier(household: Household) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        household.import_readings(supplier="nobody")


@given(world=strategies.metered_accounts(), shuffle=st.randoms(use_true_random=False))
def test_any_consistent_history_goes_in_whole_and_once(
    world: MeteredWorld, shuffle: Random
) -> None:
    """Whatever the order of the rows, a true history is taken over, and then known."""
    store = MemoryStore()
    keep(store, world.supplier, world.account, world.meter)
    step = ImportReadings(
        unit_of_work=store.unit_of_work,
        clock=FixedClock(datetime(2041, 1, 1, tzinfo=UTC)),
        identifiers=SequentialIdentifiers(),
        policy=RolloverPolicy(),
    )
    rows = [
        SuppliedReading(
            account=world.account.number,
            meter=world.meter.number,
            zone=reading.zone,
            taken_on=reading.taken_on.isoformat(),
            value=f"{reading.value:f}",
            source="supplier",
        )
        for reading in world.readings
    ]
    shuffle.shuffle(rows)
    everything, nothing = len(rows), 0

    first = step(supplier=world.supplier.code, rows=rows)
    assert BatchReport(added=everything, changed=0, unchanged=nothing) == first
    again = step(supplier=world.supplier.code, rows=rows)
    assert BatchReport(added=nothing, changed=0, unchanged=everything) == again
