"""Money is a whole number of kopecks, and its arithmetic loses none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import Money, NotAnAmount, round_half_up
from elkk_core.testing import strategies


@given(one=strategies.money(), other=strategies.money(), third=strategies.money())
def test_money_is_a_group(one: Money, other: Money, third: Money) -> None:
    """Addition is associative and commutative, zero is neutral, everything has its opposite."""
    assert (one + other) + third == one + (other + third)
    assert one + other == other + one
    assert one == one + Money.zero()
    assert Money.zero() == one + -one
    assert one - other == one + -other


@given(one=strategies.money(), other=strategies.money(), third=strategies.money())
def test_money_is_ordered_along_with_addition(one: Money, other: Money, third: Money) -> None:
    """Adding the same to both sides keeps the order."""
    assert (one < other) == (one + third < other + third)
    assert abs(one) == max(one, -one)


@given(amounts=st.lists(strategies.money()))
def test_total_is_the_sum(amounts: list[Money]) -> None:
    """A total does not depend on the order, and begins at zero."""
    assert Money.total(amounts) == Money.total(reversed(amounts))
    assert Money(sum(amount.kopecks for amount in amounts)) == Money.total(amounts)


@given(amount=strategies.money())
def test_money_is_read_as_printed(amount: Money) -> None:
    """Reading what was printed gives the same amount, with a comma as with a point."""
    assert amount == Money.parse(str(amount))
    assert amount == Money.parse(str(amount).replace(".", ","))
    assert amount == Money.from_roubles(amount.roubles)


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("1500,00", 150000),
        ("1 500.00", 150000),
        ("1\u00a0500,00", 150000),
        ("1\u202f500\u2009000,5", 150000050),
        ("1500", 150000),
        (" 2,55 ", 255),
        ("-2,55", -255),
        ("\u22122,55", -255),
        ("+2,5", 250),
        ("-0,05", -5),
        ("0", 0),
        ("007,00", 700),
    ],
)
def test_money_is_read_as_people_write_it(text: str, kopecks: int) -> None:
    """Comma or point, blanks between groups, a sign of either kind."""
    assert Money(kopecks) == Money.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", ",50", "1500,", "1,500,00", "2,555", "1500 руб", "1e3", "NaN", "٣", "--1", "1" * 14],
)
def test_money_is_not_guessed(text: str) -> None:
    """Whatever is not plainly an amount is refused as typed."""
    with pytest.raises(NotAnAmount) as caught:
        Money.parse(text)

    assert text == caught.value.text


@pytest.mark.parametrize("kopecks", [1.0, True, "1", Decimal(1), None])
def test_money_is_made_of_an_int(kopecks: object) -> None:
    """Floats have lost kopecks already, and a bool is no amount."""
    with pytest.raises(TypeError):
        Money(kopecks)  # type: ignore[arg-type]  # That is the point.


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("0.1249999", 2, "0.12"),
        ("82.23", 0, "82"),
    ],
)
def test_ties_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    """Half a unit is rounded up in size, never to the even neighbour."""
    assert Decimal(rounded) == round_half_up(Decimal(value), places)


@given(value=strategies.decimals(least="-100000", most="100000", places=6))
def test_rounding_stays_within_half_a_kopeck(value: Decimal) -> None:
    """The rounded amount is the nearest one, and of two nearest the larger in size."""
    difference = Money.from_roubles(value).roubles - value

    assert abs(difference) <= Decimal("0.005")
    if abs(difference) == Decimal("0.005"):
        assert abs(Money.from_roubles(value).roubles) > abs(value)


def test_money_tells_its_sign() -> None:
    """Nothing is neither positive nor negative."""
    assert Money.zero().is_zero
    assert not Money.zero().is_negative
    assert Money(-1).is_negative
    assert not Money(1).is_zero
