"""A supplier's books on a store in memory."""

import pytest
from tests.unit.billing.office import Office


@pytest.fixture(name="office")
def manual_office() -> Office:
    """Return the manual's household in February 2020, metered and not billed yet."""
    return Office()
