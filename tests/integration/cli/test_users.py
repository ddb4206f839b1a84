"""Looking users up."""

import pytest
from tests.integration.cli.conftest import Operator

from elkk_adapters.sql import Database
from elkk_core.identity import Email, Phone, User
from elkk_core.shared import DomainEvent
from elkk_core.testing.builders import a_user

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
