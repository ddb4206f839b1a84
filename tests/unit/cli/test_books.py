"""The books of the demo: consistent, and the same for the same day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_cli.demo.books import (
    CLOSED_TODAY,
    HOUSEHOLDS,
    LINKED,
    Household,
    closed_window,
    demo_books,
    demo_meters,
    demo_rates,
)
from elkk_core.metering import DigitCapacity
from elkk_core.shared import Money, Month, SubmissionWindow, Zone
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
    assert {HOUSEHOLDS[0].account: True, CLOSED_TODAY: False, LINKED: True} == is_open


@given(DAYS)
def test_nothing_lies_in_the_future(today: date) -> None:
    """Nobody has paid or read a meter on a day that has not come."""
    books = demo_books(today)

    last = max(
        read_date(row)
        for month in (books.opening, *books.months, books.current)
        for row in (
            *(reading.taken_on for reading in month.readings),
            *(payment.received_on for payment in month.payments),
        )
    )
    assert last <= today


@given(DAYS)
def test_two_years_up_to_last_month(today: date) -> None:
    """Twenty-four months are billed, the last of them the month before this one."""
    books = demo_books(today)

    months = [month.month for month in books.months]
    current = Month.of(today)
    assert list(current.plus(-24).until(current)) == months
    assert current == books.current.month
    assert {str(current.plus(-25))} == {bill.month for bill in books.bills}


def test_same_day_same_books() -> None:
    """Two demos started on one day show the same."""
    assert demo_books(TODAY) == demo_books(TODAY)


def test_readings_of_a_month_do_not_depend_on_the_day() -> None:
    """Within a month every day tells the same of the months before."""
    assert demo_books(TODAY).months == demo_books(date(2026, 11, 1)).months


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=lambda household: household.shows)
def test_totals_follow_from_readings_and_payments(household: Household) -> None:
    """What the last bill ends with is what all readings cost, less what was paid."""
    books = demo_books(TODAY)
    capacity = DigitCapacity.parse("5,0")
    rates = demo_rates()
    shown: dict[Zone, Decimal] = {}
    total = next(
        Money.parse(bill.total) for bill in books.bills if bill.account == household.account
    )
    for month in (books.opening, *books.months):
        for reading in month.readings:
            if reading.account != household.account:
                continue
            zone, value = Zone.parse(reading.zone), capacity.read(reading.value)
            if zone in shown:
                used = capacity.difference(previous=shown[zone], current=value) * household.ratio
                rate = rates.rate_on(month.month.first_day, category=household.category, zone=zone)
                total += rate.charge(used)
            shown[zone] = value
        total -= Money.total(
            Money.parse(payment.amount)
            for payment in month.payments
            if payment.account == household.account
        )

    assert books.totals[household.account] == total


def test_what_the_accounts_show() -> None:
    """There is a large debt, an overpayment, a passage through zero, and one to three zones."""
    books = demo_books(TODAY)
    by_kind = {household.shows: books.totals[household.account] for household in HOUSEHOLDS}
    values = [
        int(reading.value)
        for month in books.months
        for reading in month.readings
        if (reading.account, reading.zone) == (LINKED, "day")
    ]

    assert by_kind["debt"] > Money.parse("50000")
    assert by_kind["overpayment"] < Money.zero()
    assert Money.zero() < by_kind["open_window"] < Money.parse("5000")
    assert values != sorted(values)
    assert {1, 2, 3} == {len(household.first) for household in HOUSEHOLDS}
