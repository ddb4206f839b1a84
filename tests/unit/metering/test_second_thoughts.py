"""A household corrects what it has sent itself."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve
from tests.unit.metering.household import Household, reading_row

from elkk_core.metering import (
    CorrectionClosed,
    MeterNotFound,
    MeterRemoved,
    NothingSent,
    ReadingBilled,
    ReadingOfSupplier,
    ReadingSource,
    ShowOwnReadings,
    reading_of,
    uncorrected,
)
from elkk_core.shared import AccountNotFound, FormRejected, InvoiceId, MeterId, ReadingId, Zone
from elkk_core.testing.builders import (
    JANUARY,
    USER_ID,
    a_link,
    a_meter,
    a_reading,
    a_supplier,
    an_account,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.stores import keep

LATER = datetime(2020, 1, 22, 9, tzinfo=UTC)


def test_corrected_reading_stays_beside_the_right_one(household: Household) -> None:
    """The new reading names the old one, is of the same day, and counts in its place."""
    household.with_meter().submit("14932")
    household.clock.set(LATER)
    taken = household.correct("14323")

    mistyped, right = household.recorded()
    assert (
        evolve(
            mistyped,
            reading_id=right.reading_id,
            value=Decimal(14323),
            recorded_at=LATER,
            corrects=mistyped.reading_id,
        )
        == right
    )
    assert (right,) == uncorrected([mistyped, right])
    assert (JANUARY, date(2020, 1, 20)) == (taken.month, taken.taken_on)
    assert {Zone.ALL_DAY: Decimal(14323)} == taken.values


def test_correction_may_be_corrected(household: Household) -> None:
    """Who slips twice corrects twice, and back; every step stays, and one reading stands."""
    household.with_meter().submit("14932")
    for value in ("14323", "14332", "14932"):
        household.correct(value)

    recorded = household.recorded()
    assert ["14932", "14323", "14332", "14932"] == [str(reading.value) for reading in recorded]
    assert [None, *(reading.reading_id for reading in recorded[:-1])] == [
        reading.corrects for reading in recorded
    ]


def test_same_values_correct_nothing(household: Household) -> None:
    """A second press of the button adds no fact."""
    household.with_meter().submit("14932")
    household.correct("14323")
    household.correct("14323")

    assert ["14932", "14323"] == household.values()


def test_only_the_zone_that_differs_is_corrected(household: Household) -> None:
    """The other zone keeps its one reading."""
    household.with_meter(zones=(Zone.DAY, Zone.NIGHT)).submit("1000", "200")
    household.correct("1000", "210")

    assert ["1000", "200", "210"] == household.values()


def test_household_corrects_together(household: Household) -> None:
    """What one of the family has sent another one corrects, who is named with it."""
    keep(household.store, a_link(user_id=another_user().user_id))
    household.with_meter().submit("14932")
    household.correct("14323", user_id=another_user().user_id)

    assert [USER_ID, another_user().user_id] == [r.submitted_by for r in household.recorded()]


def test_last_of_several_that_were_sent_is_corrected(household: Household) -> None:
    """After readings of two days the later one counts, so that one is corrected."""
    household.with_meter().submit("14300")
    household.clock.set(LATER)
    household.submit("14932")
    household.correct("14323")

    of_month = reading_of(household.recorded(), JANUARY)
    assert of_month is not None
    assert (Decimal(14323), date(2020, 1, 22)) == (of_month.value, of_month.taken_on)


def test_wrong_correction_is_refused(household: Household) -> None:
    """It is read as any reading is, and follows the one of the month before."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20"))
    household.submit("14932")
    for value, code in (("14 З23", "metering.reading_not_a_number"), ("", "shared.field_required")):
        with pytest.raises(FormRejected) as caught:
            household.correct(value)
        assert [("all_day", code)] == [(f.field, f.error.code) for f in caught.value.faults]
    with pytest.raises(FormRejected):
        household.correct("14322")

    assert ["14323", "14932"] == household.values()


def test_passage_through_zero_is_asked_about(household: Household) -> None:
    """A correction may turn out to be a rollover, as any reading may."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20", value="99990"))
    household.submit("99999")
    with pytest.raises(FormRejected):
        household.correct("00022")
    household.correct("00022", rollovers_confirmed=frozenset({Zone.ALL_DAY}))

    assert ["99990", "99999", "22"] == household.values()


# When it is too late, or not theirs


def test_closed_window_ends_corrections(household: Household) -> None:
    """After the last day the error says from when on readings are taken again."""
    household.with_meter().submit("14932")
    household.clock.set(datetime(2020, 1, 25, 21, tzinfo=UTC))
    with pytest.raises(CorrectionClosed) as caught:
        household.correct("14323")

    assert (date(2020, 2, 15), 20) == (caught.value.opens_on, caught.value.days)
    assert ["14932"] == household.values()


def test_billed_reading_is_not_corrected(household: Household) -> None:
    """A bill that was issued early has counted it; a new reading goes into the next one."""
    household.with_meter().submit("14932")
    keep(household.store, an_issued_invoice(invoice_id=InvoiceId(UUID(int=7))))
    with pytest.raises(ReadingBilled) as caught:
        household.correct("14323")

    assert JANUARY == caught.value.month
    assert JANUARY.next == household.submit("14990").month


def test_reading_sent_after_the_bill_is_corrected(household: Household) -> None:
    """It counts in the next bill, and nobody has to wait for the next window to put it right."""
    household.with_meter().submit("14932")
    keep(household.store, an_issued_invoice(invoice_id=InvoiceId(UUID(int=7))))
    household.submit("14990")
    household.correct("14960")

    of_next = reading_of(household.recorded(), JANUARY.next)
    assert ["14932", "14990", "14960"] == household.values()
    assert of_next is not None
    assert Decimal(14960) == of_next.value


def test_nothing_sent_is_not_corrected(household: Household) -> None:
    """Last month's reading is not the one to correct."""
    household.with_meter()
    household.import_readings(reading_row(taken_on="2019-12-20", source="customer"))

    with pytest.raises(NothingSent):
        household.correct("14323")


@pytest.mark.parametrize("source", [ReadingSource.SUPPLIER, ReadingSource.CUSTOMER])
def test_reading_of_the_books_is_the_suppliers(household: Household, source: ReadingSource) -> None:
    """What was read by the supplier, or told it by telephone, only the supplier corrects."""
    household.with_meter().submit("14932")
    keep(
        household.store,
        a_reading(
            reading_id=ReadingId(UUID(int=9)),
            value=Decimal(14950),
            taken_on=date(2020, 1, 21),
            source=source,
        ),
    )
    with pytest.raises(ReadingOfSupplier):
        household.correct("14323")

    assert ["14932", "14950"] == household.values()


def test_strangers_correct_nothing(household: Household) -> None:
    """Neither account nor meter is there for others, and a removed meter is not read."""
    household.with_meter().submit("14932")
    with pytest.raises(AccountNotFound):
        household.correct("14323", user_id=another_user().user_id)
    with pytest.raises(MeterNotFound):
        household.correct("14323", meter_id=MeterId(UUID(int=9)))
    with household.store.unit_of_work() as uow:
        uow.meters.save_all([a_meter(removed_on=date(2020, 1, 21))])
        uow.commit()
    household.clock.set(LATER)
    with pytest.raises(MeterRemoved):
        household.correct("14323")

    assert ["14932"] == household.values()


def test_own_readings_can_be_taken_along(household: Household) -> None:
    """What was sent, corrections among it, comes as plain values that JSON can write."""
    household.with_meter().submit("14932")
    household.clock.set(LATER)
    household.correct("14323")
    mistyped, right = household.recorded()
    show = ShowOwnReadings(sent_readings=household.store.sent_readings)
    first = {
        "reading_id": str(mistyped.reading_id),
        "supplier": a_supplier().name,
        "account": an_account().number,
        "meter": a_meter().number,
        "zone": "all_day",
        "value": "14932",
        "taken_on": "2020-01-20",
        "month": "2020-01",
        "sent_at": mistyped.recorded_at.isoformat(),
        "corrects": None,
    }
    second = first | {
        "reading_id": str(right.reading_id),
        "value": "14323",
        "sent_at": LATER.isoformat(),
        "corrects": str(mistyped.reading_id),
    }

    assert {"readings": [second, first]} == show(user_id=USER_ID)
    assert {"readings": []} == show(user_id=another_user().user_id)
