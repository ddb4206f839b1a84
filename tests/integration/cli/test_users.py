"""Looking users up."""

import logging
from collections.abc import Iterator

import pytest
import structlog
from tests.integration.cli.conftest import Operator

from elkk_adapters.durable import prepare
from elkk_adapters.sql import Database
from elkk_core.identity import Email, Phone, User
from elkk_core.shared import DomainEvent
from elkk_core.testing.builders import a_second_factor, a_user

ANNA = a_user(phone=Phone("+79161234567"), email=Email("anna@example.org"))


class NoQueue:
    """A queue for users that ask for no message."""

    def enqueue(self, *, connection: object, event: DomainEvent) -> None:
        """Refuse events: there are none."""
        raise AssertionError(connection, event)


@pytest.fixture(autouse=True)
def registered(elkk: Operator) -> User:
    """Let a user have registered."""
    with (
        Database(elkk.environ["ELKK_DATABASE_URL"]) as database,
        database.unit_of_work(NoQueue()) as uow,
    ):
        uow.users.add(ANNA)
        uow.commit()
    return ANNA


@pytest.mark.parametrize(
    "who", ["8 (916) 123-45-67", "+79161234567", "anna@example.org", str(ANNA.user_id)]
)
def test_found_by_whatever_is_known(elkk: Operator, who: str) -> None:
    """Phone, e-mail and identifier lead to the same user, however they are written."""
    found = elkk("user", "show", who, "--json").data

    assert [(str(ANNA.user_id), "+79161234567", "anna@example.org")] == [
        (user["user_id"], user["phone"], user["email"]) for user in found
    ]


def test_for_people(elkk: Operator) -> None:
    """A user is shown with phone and e-mail whole."""
    shown = elkk("user", "show", "+79161234567")

    assert f"User:          {ANNA.name}\n" in shown.out
    assert "Phone:         +79161234567\n" in shown.out
    assert "E-mail:        anna@example.org (not confirmed)\n" in shown.out


@pytest.mark.parametrize(
    "who", ["+79160000000", "nobody@example.org", "00000000-0000-7000-8000-000000000000"]
)
def test_nobody(elkk: Operator, who: str) -> None:
    """A phone or an e-mail of nobody is not found."""
    refused = elkk("user", "show", who)

    assert (3, "") == (refused.status, refused.out)


@pytest.mark.parametrize("who", ["anna", "12", "a@b@c"])
def test_what_cannot_be_a_user(elkk: Operator, who: str) -> None:
    """A text that is no phone, e-mail or identifier is refused."""
    assert 1 == elkk("user", "show", who).status


@pytest.fixture(name="restored_logs")
def logs_restored_afterwards() -> Iterator[None]:
    """Leave the logging of the test session as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.usefixtures("restored_logs")
def test_second_factor_is_switched_off(elkk: Operator) -> None:
    """Once, by the phone; the user is shown without it then, and the log tells who did it."""
    prepare(database_url=elkk.environ["ELKK_DATABASE_URL"])
    with (
        Database(elkk.environ["ELKK_DATABASE_URL"]) as database,
        database.unit_of_work(NoQueue()) as uow,
    ):
        uow.second_factors.save(a_second_factor(user_id=ANNA.user_id))
        uow.commit()
    assert "app" == elkk("user", "show", "+79161234567", "--json").data[0]["second_factor"]

    done = elkk("user", "second-factor", "off", "8 (916) 123-45-67")

    assert 0 == done.status
    assert "second_factor_removed" in done.err
    assert str(ANNA.user_id) in done.err
    assert elkk("user", "show", "+79161234567", "--json").data[0]["second_factor"] is None
    assert 3 == elkk("user", "second-factor", "off", "+79161234567").status
    assert 3 == elkk("user", "second-factor", "off", "+79160000000").status
