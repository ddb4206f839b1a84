"""The room of notifications, and the rounds in which they are raised."""

from functools import partial

from elkk_adapters.application import Notices
from elkk_adapters.bootstrap.tools import Tools
from elkk_adapters.durable import DurableMessages, NoticeRounds
from elkk_adapters.security import SignedSubmissionTickets
from elkk_adapters.settings import Settings
from elkk_adapters.sql import Database
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core import notices
from elkk_core.shared import BetweenBatches, Clock


def notices_room(tools: Tools) -> Notices:
    """Return the use cases and queries of notifications."""
    return Notices(
        raise_notifications=notices.RaiseNotifications(
            unit_of_work=tools.unit_of_work,
            facts=tools.database.notice_facts,
            clock=tools.clock,
            identifiers=tools.identifiers,
            policy=tools.settings.notices,
        ),
        mail_notifications=notices.MailNotifications(
            unit_of_work=tools.unit_of_work,
            clock=tools.clock,
            identifiers=tools.identifiers,
            tickets=tools.tickets,
            policy=tools.settings.notices,
        ),
        read_notification=notices.ReadNotification(
            unit_of_work=tools.unit_of_work, clock=tools.clock
        ),
        own_data=notices.ShowOwnNotifications(user_notifications=tools.database.user_notifications),
        user_notifications=tools.database.user_notifications,
    )


def notice_rounds(
    settings: Settings, database: Database, clock: Clock, queue: DurableMessages
) -> NoticeRounds:
    """Return the duty to raise the notifications of all suppliers, and to mail them."""
    unit_of_work = partial(database.unit_of_work, queue)
    identifiers = TimeOrderedIdentifiers()
    raise_notifications = notices.RaiseNotifications(
        unit_of_work=unit_of_work,
        facts=database.notice_facts,
        clock=clock,
        identifiers=identifiers,
        policy=settings.notices,
    )
    mail_notifications = notices.MailNotifications(
        unit_of_work=unit_of_work,
        clock=clock,
        identifiers=identifiers,
        tickets=SignedSubmissionTickets(secret_key=settings.secret_key),
        policy=settings.notices,
    )

    def go_round(between_batches: BetweenBatches) -> None:
        for supplier in database.suppliers.list_all():
            raise_notifications(supplier=supplier.code, between_batches=between_batches)
            mail_notifications(supplier=supplier.code, between_batches=between_batches)

    return NoticeRounds(go_round=go_round)
