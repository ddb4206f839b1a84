"""The days on which readings are taken."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from elkk_core.shared import Month, NotAWindow, SubmissionWindow, local_date
from elkk_core.testing import strategies

USUAL = SubmissionWindow(first_day=15, last_day=25)


@given(window=strategies.windows())
def test_window_is_read_as_printed(window: SubmissionWindow) -> None:
    """Reading what was printed gives the same window, whatever dash is used."""
    assert window == SubmissionWindow.parse(str(window))
    assert window == SubmissionWindow.parse(f" {str(window).replace('-', ' – ')} ")


@pytest.mark.parametrize("text", ["", "15", "25-15", "0-10", "1-32", "15-25-30", "с 15 по 25"])
def test_window_is_not_guessed(text: str) -> None:
    """Days out of order, and days that no month has, are refused."""
    with pytest.raises(NotAWindow):
        SubmissionWindow.parse(text)


@given(window=strategies.windows(), day=strategies.days())
def test_window_is_open_between_its_days(window: SubmissionWindow, day: date) -> None:
    """A day is open when it is neither before the opening nor after the closing of its month."""
    month = Month.of(day)

    assert window.contains(day) == (window.opens_in(month) <= day <= window.closes_in(month))
    assert window.contains(day) == window.status(day).is_open


@given(window=strategies.windows(), month=strategies.months())
def test_window_opens_in_every_month(window: SubmissionWindow, month: Month) -> None:
    """Even the 31st exists in every month: it means the last day."""
    assert window.contains(window.opens_in(month))
    assert window.contains(window.closes_in(month))


@given(window=strategies.windows(), day=strategies.days())
def test_status_counts_to_the_next_change(window: SubmissionWindow, day: date) -> None:
    """After the days told, an open window has closed, or a closed one opens."""
    status = window.status(day)

    assert status.days > 0
    if status.is_open:
        assert window.contains(day + timedelta(days=status.days - 1))
        assert status.closes_on == day + timedelta(days=status.days - 1)
    else:
        assert status.opens_on == day + timedelta(days=status.days)
        assert window.contains(status.opens_on)
        assert not any(window.contains(day + timedelta(days=n)) for n in range(status.days))


@given(window=strategies.windows(), day=strategies.days())
def test_reading_counts_in_the_window_that_closes_next(window: SubmissionWindow, day: date) -> None:
    """A reading counts in this month up to the last open day, and in the next one after it."""
    month = window.month_counted(day)

    assert day <= window.closes_in(month)
    assert month in {Month.of(day), Month.of(day).next}
    assert day > window.closes_in(month.previous)


@pytest.mark.parametrize(
    ("moment", "is_open", "days"),
    [
        (datetime(2026, 11, 14, 20, 59, tzinfo=UTC), False, 1),
        (datetime(2026, 11, 14, 21, 0, tzinfo=UTC), True, 11),
        (datetime(2026, 11, 25, 20, 59, tzinfo=UTC), True, 1),
        (datetime(2026, 11, 25, 21, 0, tzinfo=UTC), False, 19),
    ],
)
def test_window_turns_at_midnight_of_the_supplier(
    moment: datetime,
    is_open: bool,  # noqa: FBT001 - A parameter of the test.
    days: int,
) -> None:
    """In Moscow the window opens and closes three hours before the day turns in UTC."""
    status = USUAL.status(local_date(moment, "Europe/Moscow"))

    assert (is_open, days) == (status.is_open, status.days)


def test_window_of_a_short_month() -> None:
    """In February 2026 the window of 29-31 is the 28th alone."""
    window = SubmissionWindow(first_day=29, last_day=31)

    assert window.contains(date(2026, 2, 28))
    assert not window.contains(date(2026, 2, 27))
