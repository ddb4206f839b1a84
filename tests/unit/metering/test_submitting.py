"""A household sends its readings."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.unit.metering.household import Household, reading_row

from elkk_core.metering import (
    DigitCapacity,
    MeterNotFound,
    ReadingSource,
    RolloverNotConfirmed,
    SubmissionClosed,
)
from elkk_core.shared import (
    AccountNotFound,
    FormRejected,
    MeterId,
    Month,
    SubmissionWindow,
    Zone,
)
from elkk_core.testing.builders import (
    JANUARY,
    USER_ID,
    a_reading,
    an_account,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.stores import keep


def test_reading_is_taken(household: Household) -> None:
    """In the open window a reading becomes a fact with day, month and sender."""
    taken = household.with_meter().submit("14323")

    assert (JANUARY, date(2020, 1, 20)) == (taken.month, taken.taken_on)
    assert {Zone.ALL_DAY: Decimal(14323)} == taken.values
    (reading,) = household.recorded()
    assert (Decimal(14323), ReadingSource.CUSTOMER, USER_ID) == (
        reading.value,
        reading.source,
        reading.submitted_by,
    )


def test_first_reading_has_nothing_to_follow(household: Household) -> None:
    """Without any reading before, whatever the meter shows is taken."""
    household.with_meter().submit("00000")

    assert ["0"] == household.values()


def test_reading_of_each_zone_is_taken(household: Household) -> None:
    """A meter of two zones takes two readings at once."""
    household.with_meter(zones=(Zone.DAY, Zone.NIGHT)).submit("1 000", "0200")

    assert {Zone.DAY: Decimal(1000), Zone.NIGHT: Decimal(200)} == {
        reading.zone: reading.value for reading in household.recorded()
    }


def test_missing_zone_is_told_and_nothing_is_taken(household: Household) -> None:
    """All zones or none: every fault is at its zone."""
    household.with_meter(zones=(Zone.DAY, Zone.NIGHT))
    with pytest.raises(FormRejected) as caught:
        household.submit("1000x", " ")

    expected = [
        ("day", "metering.reading_not_a_number"),
        ("night", "shared.field_required"),
    ]
    assert expected == [(fault.field, fault.error.code) for fault in caught.value.faults]
    assert [] == household.values()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "shared.field_required"),
        ("14 З23", "metering.reading_not_a_number"),
        ("143230", "metering.reading_too_long"),
        ("14323,5", "metering.reading_too_precise"),
        ("14322", "metering.reading_below_previous"),
        ("00100", "metering.reading_below_previous"),
    ],
)
def test_wrong_reading_is_refused(household: Household, value: str, code: str) -> None:
    """Letters, a sixth digit, a comma, a reading below the last: each has its own reason."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20"))
    with pytest.raises(FormRejected) as caught:
        household.submit(value)

    assert [("all_day", code)] == [(f.field, f.error.code) for f in caught.value.faults]
    assert ["14323"] == household.values()


def test_rollover_is_asked_about_and_passes_when_confirmed(household: Household) -> None:
    """The same values with the zone confirmed are taken."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20", value="99990"))
    with pytest.raises(FormRejected) as caught:
        household.submit("00222")
    (fault,) = caught.value.faults
    assert isinstance(fault.error, RolloverNotConfirmed)
    assert (Decimal(99990), Decimal(232)) == (fault.error.previous, fault.error.volume)

    household.submit("00222", rollovers_confirmed=frozenset({Zone.ALL_DAY}))
    assert ["99990", "222"] == household.values()


def test_confirming_a_rollover_excuses_no_mistake(household: Household) -> None:
    """What a rollover cannot explain stays refused."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20"))

    with pytest.raises(FormRejected):
        household.submit("14322", rollovers_confirmed=frozenset({Zone.ALL_DAY}))


@pytest.mark.parametrize(
    ("moment", "opens_on", "days"),
    [
        (datetime(2020, 1, 14, 20, 59, tzinfo=UTC), date(2020, 1, 15), 1),
        (datetime(2020, 1, 25, 21, 0, tzinfo=UTC), date(2020, 2, 15), 20),
        (datetime(2020, 1, 1, 0, 0, tzinfo=UTC), date(2020, 1, 15), 14),
    ],
)
def test_closed_window_tells_when_it_opens(
    household: Household, moment: datetime, opens_on: date, days: int
) -> None:
    """Outside the window nothing is taken; days are those of the supplier's zone."""
    household.with_meter().clock.set(moment)
    with pytest.raises(SubmissionClosed) as caught:
        household.submit("14323")

    assert (opens_on, days) == (caught.value.opens_on, caught.value.days)
    assert [] == household.values()


@pytest.mark.parametrize(
    "moment",
    [datetime(2020, 1, 14, 21, 0, tzinfo=UTC), datetime(2020, 1, 25, 20, 59, tzinfo=UTC)],
)
def test_window_is_open_to_its_edges(household: Household, moment: datetime) -> None:
    """From the first local midnight to the last."""
    household.with_meter().clock.set(moment)

    assert JANUARY == household.submit("14323").month


def test_meter_may_have_a_window_of_its_own(household: Household) -> None:
    """The window of the meter holds, not the supplier's."""
    household.with_meter(window=SubmissionWindow(first_day=1, last_day=5))
    with pytest.raises(SubmissionClosed):
        household.submit("14323")
    household.clock.set(datetime(2020, 2, 5, 9, tzinfo=UTC))

    assert Month(2020, 2) == household.submit("14323").month


def test_same_values_again_are_no_second_fact(household: Household) -> None:
    """Sending twice, or an impatient second click, records once."""
    household.with_meter().submit("14323")
    taken = household.submit("14323")

    assert {Zone.ALL_DAY: Decimal(14323)} == taken.values
    assert ["14323"] == household.values()


def test_correction_stays_beside_what_it_corrects(household: Household) -> None:
    """Within the month another value is a new fact, lower ones included; both are kept."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20", value="14000"))
    household.submit("14932")
    household.clock.set(datetime(2020, 1, 21, 9, tzinfo=UTC))
    household.submit("14323")

    assert ["14000", "14932", "14323"] == household.values()


def test_value_sent_before_a_correction_is_a_fact_again(household: Household) -> None:
    """Going back to the first value after a correction is a third fact."""
    household.with_meter()
    for hour, value in enumerate(["14323", "14400", "14323"]):
        household.clock.set(datetime(2020, 1, 20, 9 + hour, tzinfo=UTC))
        household.submit(value)

    assert ["14323", "14400", "14323"] == household.values()


def test_reading_in_a_billed_month_counts_in_the_next_one(household: Household) -> None:
    """After an early billing run the open window still takes readings, for the next bill."""
    household.with_meter()
    keep(household.store, a_reading(), an_issued_invoice())

    assert Month(2020, 2) == household.submit("14400").month


def test_strangers_account_does_not_exist(household: Household) -> None:
    """Who has not linked the account learns nothing of it."""
    household.with_meter()

    with pytest.raises(AccountNotFound):
        household.submit("14323", user_id=another_user().user_id)


def test_meter_of_another_account_does_not_exist(household: Household) -> None:
    """A meter is asked for by its own account only."""
    neighbour = an_account(account_id=UUID(int=1), number="1111")
    keep(household.store, neighbour)
    household.with_meter(account_id=neighbour.account_id)

    with pytest.raises(MeterNotFound):
        household.submit("14323")
    with pytest.raises(MeterNotFound):
        household.submit("14323", meter_id=MeterId(UUID(int=9)))


def test_values_of_other_zones_are_not_looked_at(household: Household) -> None:
    """A meter of one zone takes its own value and nothing else."""
    values: dict[Any, str] = {Zone.ALL_DAY: "14323", Zone.NIGHT: "1"}
    household.with_meter().submit(values=values)

    assert [Zone.ALL_DAY] == [reading.zone for reading in household.recorded()]


def test_decimals_are_taken_where_the_meter_counts_them(household: Household) -> None:
    """A meter of «5,1» takes one decimal, with a comma as with a point."""
    household.with_meter(capacity=DigitCapacity(integers=5, decimals=1))
    household.submit("14323,5")

    assert ["14323.5"] == household.values()
