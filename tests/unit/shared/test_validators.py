"""What no field of the core may hold."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from elkk_core.shared import BatchReport, Tally
from elkk_core.testing.builders import a_consent, a_rate, a_reading


@pytest.mark.parametrize("value", [1.5, 1, "2.77", None])
def test_float_is_no_decimal(value: object) -> None:
    """A float has lost its digits already."""
    with pytest.raises(TypeError, match="must be a Decimal"):
        a_reading(value=value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_decimal_is_finite(value: str) -> None:
    """What is not a number measures nothing."""
    with pytest.raises(ValueError, match="must be finite"):
        a_rate(price=Decimal(value))


def test_moment_knows_its_time_zone() -> None:
    """Without a zone nobody could say when it was."""
    with pytest.raises(ValueError, match="must know its time zone"):
        a_consent(given_at=datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize("text", ["", " ", " key", "key "])
def test_text_shows_something(text: str) -> None:
    """A key that looks like another one is a trap."""
    with pytest.raises(ValueError, match="must be a text"):
        Tally(key=text)


def test_report_counts_rows() -> None:
    """Every row was new, changed or known."""
    assert 6 == BatchReport(added=1, changed=2, unchanged=3).total
