"""What a register counted between two readings."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.metering import Consumption, DigitCapacity, ReadingBelowPrevious, RolloverPolicy


def consumed(previous: str, current: str, *, capacity: str = "5,0", ratio: int = 1) -> Consumption:
    """Return the consumption between two readings as they are read off a meter."""
    digits = DigitCapacity.parse(capacity)
    return digits.consumption(
        previous=digits.read(previous), current=digits.read(current), ratio=ratio
    )


@pytest.mark.parametrize(
    ("previous", "current", "capacity", "ratio", "volume", "rolled_over"),
    [
        ("99990", "00011", "5,0", 1, "21", True),
        ("00011", "00011", "5,0", 1, "0", False),
        ("9990", "0011", "4,0", 1, "21", True),
        ("9990.0", "0011.2", "4,1", 1, "21.2", True),
        ("99999.9", "00000.0", "5,1", 1, "0.1", True),
        ("00100", "00121", "5,0", 40, "840", False),
        ("99990", "00011", "5,0", 40, "840", True),
        ("00000", "99999", "5,0", 1, "99999", False),
    ],
)
def test_difference_times_ratio(
    previous: str, current: str, capacity: str, ratio: int, volume: str, *, rolled_over: bool
) -> None:
    """A meter that has passed through zero has counted ten to its integer digits more."""
    expected = Consumption(volume=Decimal(volume), rolled_over=rolled_over)

    assert expected == consumed(previous, current, capacity=capacity, ratio=ratio)


@pytest.mark.parametrize(("current", "ratio"), [("04990", 1), ("00240", 20)])
def test_rollover_is_believed_up_to_the_most(current: str, ratio: int) -> None:
    """5000 kWh after the ratio, that much included, can have passed through zero."""
    consumption = consumed("99990", current, ratio=ratio)

    assert consumption == RolloverPolicy().believe(consumption, previous=Decimal(99990))


@pytest.mark.parametrize(("current", "ratio"), [("04991", 1), ("00241", 20)])
def test_larger_rollover_is_a_mistake(current: str, ratio: int) -> None:
    """One kWh more is taken for a misread figure."""
    with pytest.raises(ReadingBelowPrevious):
        RolloverPolicy().believe(consumed("99990", current, ratio=ratio), previous=Decimal(99990))


def test_growth_is_believed_however_large() -> None:
    """The most is for passages through zero alone."""
    consumption = consumed("00000", "99999")

    assert consumption == RolloverPolicy().believe(consumption, previous=Decimal(0))


@given(previous=st.integers(0, 99_999), first=st.integers(0, 49_999), second=st.integers(0, 49_999))
def test_consumption_adds_up(previous: int, first: int, second: int) -> None:
    """Two steps of a register, zero in between or not, make the same as one."""
    capacity = DigitCapacity.parse("5,0")
    shown = [Decimal((previous + counted) % 100_000) for counted in (0, first, first + second)]

    assert first + second == capacity.difference(previous=shown[0], current=shown[2])
    assert first + second == sum(
        capacity.difference(previous=before, current=after) for before, after in pairwise(shown)
    )
