"""Values with the days from which they are in force."""

from datetime import date

import pytest

from elkk_core.shared import DatesOutOfOrder, NothingInForce, Period, Timeline

TERMS = Timeline("terms", [(date(2026, 3, 1), 15), (date(2005, 3, 1), 10)])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2005, 3, 1), 10),
        (date(2026, 2, 28), 10),
        (date(2026, 3, 1), 15),
        (date.max, 15),
    ],
)
def test_value_holds_until_the_next_one(day: date, expected: int) -> None:
    """Each value is in force from its day on, the last one without an end."""
    assert expected == TERMS.on(day)


def test_nothing_is_made_up_before_the_first_value() -> None:
    """A day before the table begins is refused by the name of the table."""
    with pytest.raises(NothingInForce) as refused:
        TERMS.on(date(2005, 2, 28))

    assert ("terms", date(2005, 2, 28)) == (refused.value.table, refused.value.day)


def test_day_has_one_value() -> None:
    """Two values from one day on contradict each other."""
    with pytest.raises(ValueError, match="one value"):
        Timeline("terms", [(date(2026, 3, 1), 15), (date(2026, 3, 1), 10)])


def test_tables_with_the_same_entries_are_equal() -> None:
    """In which order entries were given makes no difference."""
    assert Timeline("terms", reversed(TERMS.entries)) == TERMS


def test_inclusive_dates_make_a_period() -> None:
    """Acts name the last day too, periods end before the day after."""
    period = Period.inclusive(date(2020, 4, 6), date(2020, 12, 31))

    assert Period(start=date(2020, 4, 6), end=date(2021, 1, 1)) == period


def test_inclusive_dates_are_in_order() -> None:
    """A last day before the first one is a mistake."""
    with pytest.raises(DatesOutOfOrder):
        Period.inclusive(date(2020, 4, 6), date(2020, 4, 5))
