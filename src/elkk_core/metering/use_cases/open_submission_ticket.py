"""Handing readings over by the link of a reminder."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import SubmissionTicket
from elkk_core.metering.ports import MeteringUnitOfWork, SubmissionTickets
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class OpenSubmissionTicket:
    """Return what the ticket of a reminder allows to whoever holds its *text*.

    Opening does not use it up: mail programs look at links too, and a slip is corrected by the same
    link. Why a ticket is no ticket of ours is not told.

    Raises:
        SubmissionTicketInvalid: If it was not made here, or its user has unlinked the account.
        SubmissionTicketOver: If its window is over; the error says when the next one opens.
    """

    reading: Callable[[], MeteringUnitOfWork]
    tickets: SubmissionTickets
    clock: Clock

    def __call__(self, *, text: str) -> SubmissionTicket:
        ticket = self.tickets.read(text)
        with self.reading() as uow:
            try:
                account = uow.metered_accounts.look_at_linked(
                    ticket.account_id, user_id=ticket.user_id
                )
            except AccountNotFound as error:
                raise errors.SubmissionTicketInvalid from error
            meters = uow.meters.list_of([ticket.account_id])
        today = local_date(self.clock.now(), account.time_zone)
        if today > ticket.good_through:
            windows = {account.window_of(meter) for meter in meters if meter.is_there(today)}
            opens_on = min(w.status(today).opens_on for w in windows or {account.window})
            raise errors.SubmissionTicketOver(ticket.good_through, opens_on)
        return ticket
