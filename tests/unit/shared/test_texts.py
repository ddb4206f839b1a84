"""Dates and numbers as people and files write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import (
    NoSuchDate,
    NotADate,
    NotADecimal,
    NotAWholeNumber,
    NotAZone,
    NotYesOrNo,
    Zone,
)
from elkk_core.shared.texts import read_date, read_decimal, read_whole, read_yes_or_no
from elkk_core.testing import strategies


@given(day=strategies.days())
def test_date_is_read_in_two_ways(day: date) -> None:
    """ISO 8601 and the Russian way mean the same day."""
    assert day == read_date(day.isoformat())
    assert day == read_date(day.strftime("%d.%m.%Y"))


@pytest.mark.parametrize("text", ["", "2026-1-5", "22/11/2026", "22.11.26", "вчера", " 2026-11-22"])
def test_date_is_not_guessed(text: str) -> None:
    """What is not written like a date is refused as typed."""
    with pytest.raises(NotADate) as caught:
        read_date(text)

    assert text == caught.value.text


@pytest.mark.parametrize("text", ["2026-02-29", "31.11.2026", "2026-13-01", "0000-01-01"])
def test_date_that_does_not_exist_is_told_apart(text: str) -> None:
    """A date that no calendar has is a slip of another kind."""
    with pytest.raises(NoSuchDate):
        read_date(text)


@given(number=st.integers(0, 10**12 - 1))
def test_whole_number_is_read(number: int) -> None:
    """Digits mean their number."""
    assert number == read_whole(str(number))


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1e3", "１", "1" * 13])
def test_whole_number_is_not_guessed(text: str) -> None:
    """Signs, points and foreign digits are refused."""
    with pytest.raises(NotAWholeNumber):
        read_whole(text)


@given(number=strategies.decimals(least="0", most="100000", places=5))
def test_decimal_is_read_with_comma_or_point(number: Decimal) -> None:
    """Either sign parts the fraction."""
    assert number == read_decimal(f"{number:f}")
    assert number == read_decimal(f"{number:f}".replace(".", ","))


@pytest.mark.parametrize("text", ["", "-1", "1,", ",5", "1,2,3", "1 000", "NaN", "1.0000001"])
def test_decimal_is_not_guessed(text: str) -> None:
    """What is not plainly a number is refused."""
    with pytest.raises(NotADecimal):
        read_decimal(text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("night", Zone.NIGHT),
        (" Ночь ", Zone.NIGHT),
        ("half_peak", Zone.HALF_PEAK),
        ("ПОЛУПИК", Zone.HALF_PEAK),
        ("круглосуточный", Zone.ALL_DAY),
        ("день", Zone.DAY),
        ("пик", Zone.PEAK),
    ],
)
def test_zone_is_read_in_two_languages(text: str, zone: Zone) -> None:
    """Zones have an English and a Russian name, in whatever case."""
    assert zone is Zone.parse(text)


def test_zone_is_not_guessed() -> None:
    """There is no zone but the five."""
    with pytest.raises(NotAZone) as caught:
        Zone.parse("вечер")

    assert "вечер" == caught.value.text


@pytest.mark.parametrize(
    ("text", "expected"), [("yes", True), ("Да", True), ("NO", False), ("нет", False)]
)
def test_yes_or_no_is_read(text: str, expected: bool) -> None:  # noqa: FBT001 - A parameter.
    """Both languages do, in small letters and capitals."""
    assert expected == read_yes_or_no(text)


@pytest.mark.parametrize("text", ["", "1", "true", "возможно"])
def test_yes_or_no_is_not_guessed(text: str) -> None:
    """What is neither is refused as typed."""
    with pytest.raises(NotYesOrNo) as caught:
        read_yes_or_no(text)

    assert text == caught.value.text
