"""All use cases of identity on one store in memory."""

import pytest
from tests.unit.identity.desk import Desk


@pytest.fixture(name="desk")
def fresh_desk() -> Desk:
    """Return use cases on an empty store, at noon."""
    return Desk()
