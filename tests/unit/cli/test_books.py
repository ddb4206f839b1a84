"""The books of the demo: consistent, and the same for the same day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_cli.demo.books import (
    ALWAYS_OPEN,
    CLOSED_TODAY,
    HOUSEHOLDS,
    LINKED,
    Books,
    Habit,
    Household,
    closed_window,
    demo_benefits,
    demo_books,
    demo_meters,
    payments_in,
)
from elkk_core.metering import DigitCapacity, RolloverPolicy, SuppliedReading
from elkk_core.shared import Money, Month, SubmissionWindow
from elkk_core.shared.texts import read_date

DAYS = st.dates(date(2022, 3, 1), date(2040, 12, 31))
TODAY = date(2026, 11, 22)


@given(DAYS, st.integers(0, 6))
def test_closed_window_stays_closed(today: date, days: int) -> None:
    """The window chosen for a day is closed on it, and for a week if the demo runs so long."""
    window = SubmissionWindow.parse(closed_window(today))

    assert not window.contains(today + timedelta(days=days))


@given(DAYS)
def test_open_window_is_open(today: date) -> None:
    """One account takes readings whatever the day, and one does not."""
    windows = {meter.account: meter.window for meter in demo_meters(today)}

    is_open = {
        account: SubmissionWindow.parse(window).contains(today)
        for account, window in windows.items()
        if window
    }
    assert {ALWAYS_OPEN: True, CLOSED_TODAY: False, LINKED: True} == is_open


@given(DAYS)
def test_nothing_lies_in_the_future(today: date) -> None:
    """Nobody has read a meter on a day that has not come."""
    last = max(read_date(reading.taken_on) for reading in _readings(demo_books(today)))

    assert last <= today


@given(DAYS)
def test_two_years_up_to_last_month(today: date) -> None:
    """Twenty-four months are billed, the last of them the month before this one."""
    books = demo_books(today)

    months = [month.month for month in books.months]
    current = Month.of(today)
    assert list(current.plus(-24).until(current)) == months
    assert {str(current.plus(-25))} == {bill.month for bill in books.bills}


def test_same_day_same_books() -> None:
    """Two demos started on one day show the same."""
    assert demo_books(TODAY) == demo_books(TODAY)


def test_readings_of_a_month_do_not_depend_on_the_day() -> None:
    """Within a month every day tells the same of the months before."""
    assert demo_books(TODAY).months == demo_books(date(2026, 11, 1)).months


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=lambda household: household.shows)
def test_registers_move_on(household: Household) -> None:
    """Each register counts on from reading to reading, and passes through zero in small steps."""
    capacity = DigitCapacity.parse("5,0")
    shown: dict[tuple[str, str], Decimal] = {}
    for reading in _readings(demo_books(TODAY), household.account):
        register, value = (reading.meter, reading.zone), capacity.read(reading.value)
        if register in shown:
            used = capacity.difference(previous=shown[register], current=value)
            assert used > 0
            assert value > shown[register] or used * household.ratio <= RolloverPolicy().most_kwh
        shown[register] = value

    assert shown


def test_months_without_readings() -> None:
    """One household keeps silent: twice for two months, and for four up to the month before last."""
    books = demo_books(TODAY)
    silent = [
        ago
        for ago, month in enumerate(reversed(books.months), start=1)
        if not [row for row in month.readings if row.account == "680000000707"]
    ]

    assert [2, 3, 4, 5, 9, 10] == silent


def test_a_meter_is_replaced_in_its_month() -> None:
    """The old meter has its final reading and the new one its initial one on the same day."""
    month = demo_books(TODAY).months[-2]
    taken = [row for row in month.readings if row.account == "680000001010"]

    assert [
        ("011781010", "2026-09-12", "final"),
        ("011781011", "2026-09-12", "initial"),
        ("011781011", "customer"),
    ] == [(row.meter, row.taken_on, row.source) for row in taken[:2]] + [
        (row.meter, row.source) for row in taken[2:]
    ]
    assert [("011781010", "2026-09-12"), ("011781011", None)] == [
        (meter.meter, meter.removed_on) for meter in month.meters
    ]
    assert {"011781010"} == {
        meter.meter for meter in demo_books(TODAY).meters if meter.account == "680000001010"
    }


def test_a_benefit_turns_out_to_be_higher() -> None:
    """The benefit is the same but for its percentage, so importing it again changes it."""
    (first,), (late,) = (demo_benefits(TODAY, percent=percent) for percent in (30, 50))

    assert ("30", "50") == (first.percent, late.percent)
    assert (first.account, first.name, first.first_month) == (
        late.account,
        late.name,
        late.first_month,
    )


class TestPayments:
    """What households pay of the bills that they are sent."""

    def paid(self, month: Month, bill: Money, *, today: date = TODAY) -> dict[str, Money]:
        """Return what each household pays in a month, if all their bills end with *bill*."""
        bills = {household.account: bill for household in HOUSEHOLDS}
        rows = payments_in(month, bills=bills, today=today)
        return {row.account: Money.parse(row.amount) for row in rows}

    def of_habit(self, habit: Habit) -> str:
        """Return the account of a household that pays so."""
        return next(one.account for one in HOUSEHOLDS if one.habit is habit)

    def test_on_time(self) -> None:
        """Who pays on time pays the bill, and nothing when nothing is due."""
        month = Month(2026, 5)

        assert Money(12345) == self.paid(month, Money(12345))[self.of_habit(Habit.ON_TIME)]
        assert self.of_habit(Habit.ON_TIME) not in self.paid(month, Money(-1))

    def test_ahead(self) -> None:
        """Who pays ahead pays 1500 roubles at least, whatever the bill says."""
        account = self.of_habit(Habit.AHEAD)

        assert Money(150_000) == self.paid(Month(2026, 5), Money(-99999))[account]
        assert Money(200_000) == self.paid(Month(2026, 5), Money(200_000))[account]

    def test_no_more(self) -> None:
        """Who stops paying has paid for five months."""
        account = self.of_habit(Habit.NO_MORE)
        first = Month.of(TODAY).plus(-24)

        assert [True] * 5 + [False] * 19 == [
            account in self.paid(month, Money(1)) for month in first.until(Month.of(TODAY))
        ]

    @given(DAYS)
    def test_not_in_the_future(self, today: date) -> None:
        """In the month that goes on only those have paid whose day has come."""
        bills = {household.account: Money(100) for household in HOUSEHOLDS}
        rows = payments_in(Month.of(today), bills=bills, today=today)

        assert all(read_date(row.received_on) <= today for row in rows)


def _readings(books: Books, account: str = "") -> list[SuppliedReading]:
    """Return all readings of an account, or of all, in the order in which they came."""
    return [
        reading
        for month in (books.opening, *books.months)
        for reading in month.readings
        if account in {"", reading.account}
    ]
