"""A household whose meters are read, on a store in memory."""

import pytest
from tests.unit.metering.household import Household


@pytest.fixture(name="household")
def manual_household() -> Household:
    """Return the manual's household in January 2020, linked by its user."""
    return Household()
