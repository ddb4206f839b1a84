"""What a household is like, in words that a supplier chooses."""

import pytest
from hypothesis import given

from elkk_core.shared import NotTraits, Traits
from elkk_core.testing import strategies


@given(traits=strategies.traits())
def test_traits_are_read_as_written(traits: Traits) -> None:
    """What is printed means the same traits again."""
    assert traits == Traits.parse(str(traits))


def test_traits_are_read_as_people_write_them() -> None:
    """Order, blanks and the case of names do not matter."""
    expected = Traits((("rooms", "4+"), ("stove", "electric")))

    assert expected == Traits.parse(" Stove = electric;rooms=4+ ; ")
    assert "rooms=4+; stove=electric" == str(expected)


def test_no_traits_are_an_empty_text() -> None:
    """A household of which nothing is known has no traits."""
    assert Traits() == Traits.parse("  ")
    assert 0 == len(Traits())


@pytest.mark.parametrize(
    "text",
    ["stove", "stove=", "=electric", "stove=gas; stove=gas", "1=2", "a=b=c", f"a={61 * 'x'}"],
)
def test_traits_are_not_guessed(text: str) -> None:
    """A name without a value, a value without a name and a name given twice are refused."""
    with pytest.raises(NotTraits):
        Traits.parse(text)


def test_trait_is_found_by_name() -> None:
    """A trait that nobody has told of is None."""
    traits = Traits.parse("stove=gas")

    assert "gas" == traits.get("stove")
    assert traits.get("rooms") is None


@given(traits=strategies.traits(), other=strategies.traits())
def test_traits_include_what_is_true_of_them(traits: Traits, other: Traits) -> None:
    """A household includes every trait that it has itself, and only those."""
    assert traits.includes(Traits())
    assert traits.includes(traits)
    expected = all(traits.get(name) == value for name, value in other.pairs)
    assert expected == traits.includes(other)
