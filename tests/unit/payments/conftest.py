"""A till for every test."""

import pytest
from tests.unit.payments.till import Till


@pytest.fixture(name="till")
def till_of_the_household() -> Till:
    """Return a household that may pay, books that are kept here, and a bank that answers."""
    return Till()
