"""Opening the ticket of a reminder: whose it is, until when, and what ends it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.unit.metering.household import Household

from elkk_core.metering import (
    OpenSubmissionTicket,
    SubmissionTicket,
    SubmissionTicketInvalid,
    SubmissionTicketOver,
)
from elkk_core.shared import SubmissionWindow
from elkk_core.testing.builders import ACCOUNT_ID, USER_ID, a_ticket, another_user
from elkk_core.testing.doubles import PlainTickets

MIDNIGHT_AFTER = datetime(2020, 1, 25, 21, tzinfo=UTC)
"""When the 25th of January, the last day of the window, is over in Moscow."""


def opened(household: Household, **changes: Any) -> SubmissionTicket:
    """Return what a ticket with *changes* allows."""
    tickets = PlainTickets()
    step = OpenSubmissionTicket(
        reading=household.store.unit_of_work, tickets=tickets, clock=household.clock
    )
    return step(text=tickets.write(a_ticket(**changes)))


def test_ticket_opens_the_account_of_its_user(household: Household) -> None:
    """It is read as often as somebody looks at it."""
    household.with_meter()

    assert a_ticket() == opened(household) == opened(household)


def test_ticket_is_good_through_the_last_day(household: Household) -> None:
    """A second before midnight by the supplier's clock it opens, and at midnight no more."""
    household.with_meter()
    household.clock.set(MIDNIGHT_AFTER - timedelta(seconds=1))
    assert a_ticket() == opened(household)

    household.clock.set(MIDNIGHT_AFTER)
    with pytest.raises(SubmissionTicketOver) as refused:
        opened(household)
    assert date(2020, 1, 25) == refused.value.ended_on
    assert date(2020, 2, 15) == refused.value.opens_on


def test_ticket_that_is_over_tells_the_window_of_the_meter(household: Household) -> None:
    """A meter may have days of its own; one that was taken down has none."""
    household.with_meter(window=SubmissionWindow(first_day=3, last_day=9))
    household.clock.set(MIDNIGHT_AFTER)

    with pytest.raises(SubmissionTicketOver) as refused:
        opened(household)
    assert date(2020, 2, 3) == refused.value.opens_on


def test_ticket_does_not_come_back_with_the_next_window(household: Household) -> None:
    """It was good for its own window."""
    household.with_meter()
    household.clock.set(MIDNIGHT_AFTER + timedelta(days=25))

    with pytest.raises(SubmissionTicketOver) as refused:
        opened(household)
    assert date(2020, 2, 15) == refused.value.opens_on


def test_ticket_ends_when_the_account_is_unlinked(household: Household) -> None:
    """Nothing is told of why: it is as if it had never been written."""
    with household.store.unit_of_work() as uow:
        link = uow.links.find(USER_ID, ACCOUNT_ID)
        assert link is not None
        uow.links.remove(link)
        uow.commit()

    with pytest.raises(SubmissionTicketInvalid):
        opened(household)


def test_ticket_of_somebody_without_the_account_is_none(household: Household) -> None:
    """Even if it was written here."""
    with pytest.raises(SubmissionTicketInvalid):
        opened(household, user_id=another_user().user_id)


def test_ticket_that_nobody_wrote_is_none(household: Household) -> None:
    """An address is typed, cut or made up."""
    step = OpenSubmissionTicket(
        reading=household.store.unit_of_work, tickets=PlainTickets(), clock=household.clock
    )

    with pytest.raises(SubmissionTicketInvalid):
        step(text="ticket-1")
