"""By which day a bill is to be paid, and which rate is in force on a day."""

from datetime import date
from decimal import Decimal

import pytest

from elkk_core.billing import KEY_RATES, PENALTY_RATES, due_day, falls_on_weekend
from elkk_core.shared import Month, NothingInForce


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2021-09", date(2021, 10, 10)),
        ("2025-12", date(2026, 1, 10)),
        ("2026-01", date(2026, 2, 10)),
        ("2026-02", date(2026, 3, 10)),
        ("2026-03", date(2026, 4, 15)),
        ("2026-12", date(2027, 1, 15)),
    ],
)
def test_due_day_by_period(month: str, expected: date) -> None:
    """The 10th of the next month, from March 2026 the 15th."""
    assert expected == due_day(Month.parse(month))


def test_term_moves_off_a_weekend_if_asked() -> None:
    """10 October 2021 was a Sunday; only who asks has the term moved."""
    assert date(2021, 10, 11) == due_day(Month(2021, 9), is_day_off=falls_on_weekend)


def test_no_term_before_the_housing_code() -> None:
    """Nothing is claimed of bills before March 2005."""
    with pytest.raises(NothingInForce):
        due_day(Month(2005, 2))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2013-09-13", "5.5"),
        # From the day in force, a Monday, and not from the decision on the Friday before.
        ("2022-02-13", "8.5"),
        ("2022-02-14", "9.5"),
        ("2022-02-27", "9.5"),
        ("2022-02-28", "20"),
        # Lists that miss 27.05.2022 say 14 here.
        ("2022-05-26", "14"),
        ("2022-05-27", "11"),
        ("2022-09-18", "8"),
        ("2022-09-19", "7.5"),
        ("2023-07-23", "7.5"),
        ("2023-07-24", "8.5"),
        ("2023-08-14", "8.5"),
        ("2023-08-15", "12"),
        ("2024-02-29", "16"),
        ("2025-10-26", "17"),
        ("2025-10-27", "16.5"),
        ("2026-07-27", "14"),
        ("2030-01-01", "14"),
    ],
)
def test_key_rate_on_a_day(day: str, expected: str) -> None:
    """A rate is in force from its day on; the last one known goes on."""
    assert Decimal(expected) == KEY_RATES.on(date.fromisoformat(day))


def test_no_key_rate_before_there_was_one() -> None:
    """The key rate began on 13.09.2013."""
    with pytest.raises(NothingInForce):
        KEY_RATES.on(date(2013, 9, 12))


@pytest.mark.parametrize(
    ("day", "expected"), [("2012-09-14", "8.25"), ("2015-12-31", "8.25"), ("2016-01-01", "11")]
)
def test_penalties_knew_the_refinancing_rate(day: str, expected: str) -> None:
    """Up to the end of 2015 a penalty was a share of 8.25 %, whatever the key rate."""
    assert Decimal(expected) == PENALTY_RATES.on(date.fromisoformat(day))


def test_the_whole_table_is_there() -> None:
    """Sixty-six rates have been in force from 13.09.2013 to 27.07.2026."""
    assert (66, date(2026, 7, 27)) == (len(KEY_RATES.entries), KEY_RATES.starts[-1])
