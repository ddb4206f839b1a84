"""Telling households by hand, at the operator's desk."""

import pytest
from attrs import evolve
from tests.integration.cli.conftest import Operator

from elkk_adapters.sql import Database
from elkk_core.accounts import Mailing
from elkk_core.testing.builders import (
    SUPPLIER_ID,
    USER_ID,
    a_link,
    a_meter,
    a_supplier,
    a_user,
    an_account,
)

BY_DAY = {"ELKK_QUIET_HOURS": "24-0"}


@pytest.fixture(name="desk")
def desk_of_a_household(elkk: Operator) -> Operator:
    """Return a desk without quiet hours, whose one household wants SMS and has read no meter."""
    elkk("db", "upgrade")
    with (
        Database(elkk.environ["ELKK_DATABASE_URL"]) as database,
        database.unit_of_work(None) as uow,  # type: ignore[arg-type]  # Nothing is told.
    ):
        uow.suppliers.add(a_supplier())
        uow.accounts.add_all([an_account()])
        uow.users.add(a_user())
        uow.links.add(a_link())
        uow.meters.add_all([a_meter(verification_due=None)])
        uow.mailings.save(Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID, sms=True))
        uow.commit()
    return evolve(elkk, environ={**elkk.environ, **BY_DAY})


def test_household_is_told_at_once(desk: Operator) -> None:
    """What was raised is mailed without a worker, once; a supplier can be named."""
    raised = desk("notices", "raise", "--day", "2036-11-24", "--json")
    assert [{"readings_missing": 1}] == [one["kinds"] for one in raised.data]

    told = [{"supplier": "tsna", "messages": 1}]
    assert told == desk("notices", "mail", "--supplier", "tsna", "--json").data
    assert [{"supplier": "tsna", "messages": 0}] == desk("notices", "mail", "--json").data


def test_number_of_messages_is_shown(desk: Operator) -> None:
    """People read it with the name of the supplier."""
    desk("notices", "raise", "--day", "2036-11-24")

    assert "Messages of tsna: 1" in " ".join(desk("notices", "mail").out.split())


def test_unknown_supplier_is_told(desk: Operator) -> None:
    """A slip in the code sends nothing to anybody."""
    assert "shared.supplier_not_found" in desk("notices", "mail", "--supplier", "x", "--json").err
