"""A desk of support, on a store in memory."""

import pytest
from tests.unit.support.desk import Desk


@pytest.fixture(name="desk")
def desk_of_a_supplier() -> Desk:
    """Return the desk of the manual's supplier, whose household has linked its account."""
    return Desk()
