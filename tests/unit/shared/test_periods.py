"""Months follow each other without a gap, and periods divide without loss."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import Month, NotAMonth, Period, local_date
from elkk_core.testing import strategies


@given(month=strategies.months(), steps=st.integers(-240, 240), more=st.integers(-240, 240))
def test_months_add_up(month: Month, steps: int, more: int) -> None:
    """Going some months and then more is going their sum; back again leads home."""
    assert month.plus(steps).plus(more) == month.plus(steps + more)
    assert month == month.plus(steps).plus(-steps)
    assert month.next.previous == month


@given(month=strategies.months(), steps=st.integers(1, 500))
def test_months_are_ordered(month: Month, steps: int) -> None:
    """A later month is greater, and its first day comes after the last one of this."""
    assert month < month.plus(steps)
    assert month.last_day < month.plus(steps).first_day
    assert month.last_day + timedelta(days=1) == month.next.first_day


@given(day=strategies.days())
def test_every_day_is_in_one_month(day: date) -> None:
    """The month of a day holds it; its neighbours do not."""
    month = Month.of(day)

    assert month.period.contains(day)
    assert not month.previous.period.contains(day)
    assert not month.next.period.contains(day)


@given(month=strategies.months())
def test_month_is_read_as_printed(month: Month) -> None:
    """Reading what was printed gives the same month."""
    assert month == Month.parse(str(month))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "26-11", "11.2026", "0001-01"])
def test_month_is_not_guessed(text: str) -> None:
    """Whatever is not a month is refused as typed."""
    with pytest.raises(NotAMonth) as caught:
        Month.parse(text)

    assert text == caught.value.text


@given(first=strategies.months(), length=st.integers(0, 50))
def test_months_until_are_all_of_them(first: Month, length: int) -> None:
    """The months up to another one are as many as lie between, in order."""
    between = list(first.until(first.plus(length)))

    assert [first.plus(step) for step in range(length)] == between


def test_days_left() -> None:
    """A day that is still going on is left too; after the month none are."""
    november = Month(2026, 11)

    assert 30 == november.days_left(date(2026, 11, 1))
    assert 1 == november.days_left(date(2026, 11, 30))
    assert 0 == november.days_left(date(2026, 12, 5))


@given(period=strategies.periods(), day=strategies.days(), probe=strategies.days())
def test_split_parts_make_up_the_period(period: Period, day: date, probe: date) -> None:
    """Every date of a period is in exactly one of its parts, and no other date is."""
    parts = period.split(day)
    holders = [part for part in parts if part.contains(probe)]

    assert len(holders) == int(period.contains(probe))
    assert period.start == parts[0].start
    assert period.end == parts[-1].end
    for earlier, later in pairwise(parts):
        assert earlier.end == later.start


@given(one=strategies.periods(), other=strategies.periods(), probe=strategies.days())
def test_overlap_is_what_both_hold(one: Period, other: Period, probe: date) -> None:
    """A date is in the overlap when it is in both, whichever is asked."""
    common = one.overlap(other)

    assert common == other.overlap(one)
    assert (one.contains(probe) and other.contains(probe)) == (
        common is not None and common.contains(probe)
    )


@given(period=strategies.periods(with_end=True))
def test_period_counts_its_days(period: Period) -> None:
    """A period with an end lasts from its start to its last day, both included."""
    assert period.end is not None
    assert period.last_day is not None
    assert period.days == (period.last_day - period.start).days + 1


def test_period_without_end_has_no_last_day() -> None:
    """What is in force until further notice cannot be counted."""
    period = Period(start=date(2020, 1, 1))

    assert (None, None) == (period.days, period.last_day)
    assert period.contains(date(9999, 12, 31))


def test_period_lasts_a_day_at_least() -> None:
    """A period that ends where it starts is none."""
    with pytest.raises(ValueError, match="must last a day at least"):
        Period(start=date(2020, 1, 1), end=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("hour", "zone", "day"),
    [
        (20, "Europe/Moscow", 25),
        (21, "Europe/Moscow", 26),
        (11, "Asia/Kamchatka", 25),
        (12, "Asia/Kamchatka", 26),
        (21, "Europe/Kaliningrad", 25),
        (22, "Europe/Kaliningrad", 26),
    ],
)
def test_local_date_turns_at_local_midnight(hour: int, zone: str, day: int) -> None:
    """The same moment falls on different dates in different zones."""
    moment = datetime(2026, 11, 25, hour, 0, tzinfo=UTC)

    assert date(2026, 11, day) == local_date(moment, zone)


def test_local_date_wants_an_aware_moment() -> None:
    """A moment without a zone is on no certain date."""
    with pytest.raises(ValueError, match="must know its time zone"):
        local_date(datetime(2026, 11, 25), "Europe/Moscow")  # noqa: DTZ001 - That is the point.
