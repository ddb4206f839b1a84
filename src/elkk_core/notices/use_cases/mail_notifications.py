"""Letting notifications reach people who do not look into the cabinet."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.notices.policies import NoticePolicy, messages
from elkk_core.notices.ports import NoticesUnitOfWork, TicketOffice
from elkk_core.shared.batches import BetweenBatches, nothing_between
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class MailNotifications:
    """Tell of new notifications by e-mail and SMS, as each user has chosen for the supplier.

    All that is new to a user goes into one letter and one SMS; letters go to a confirmed e-mail
    alone. Missing readings come with a ticket to hand them over without signing in. In the quiet hours of the supplier's day nothing leaves: it waits until the morning. Each
    notification is told of once, and not at all if it was read before. Returns the number of messages.

    Raises:
        SupplierNotFound: If there is no such supplier.
        StaleState: If somebody else tells of them at the same time; repeating is safe.
    """

    unit_of_work: Callable[[], NoticesUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    tickets: TicketOffice
    policy: NoticePolicy
    users_at_once: int = 200

    def __call__(self, *, supplier: str, between_batches: BetweenBatches = nothing_between) -> int:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            known = uow.suppliers.get_by_code(supplier)
        if not self.policy.may_speak(now=now, time_zone=known.time_zone):
            return 0
        sent = 0
        while True:
            with self.unit_of_work() as uow:
                unmailed = uow.notifications.list_unmailed(
                    known.supplier_id, users=self.users_at_once
                )
                if not unmailed:
                    return sent
                due = tuple(
                    messages(
                        unmailed,
                        supplier=known.name,
                        now=now,
                        policy=self.policy,
                        new_id=self.identifiers.new,
                        write_ticket=self.tickets.write,
                    )
                )
                uow.notifications.mail(
                    [one.notification.notification_id for one in unmailed], messages=due, now=now
                )
                uow.commit()
            sent += len(due)
            between_batches()
