"""A household for every test, with one of its members signed in."""

import pytest
from flask.testing import FlaskClient
from tests.unit.web.household import Household


@pytest.fixture(name="household")
def household_of_the_demo() -> Household:
    """Return a cabinet in memory as the demo runs it: plain HTTP on loopback."""
    return Household()


@pytest.fixture(name="browser")
def browser_of_a_member(household: Household) -> FlaskClient:
    """Return a browser in which the user of the household has signed in."""
    return household.signed_in()
