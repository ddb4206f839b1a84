"""Notifications in the database, and what their messages say."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.repositories.shared import EventQueue
from elkk_adapters.sql.statements import among, insert_or, save_all
from elkk_core.accounts.model import Mailing
from elkk_core.identity.model import FullName
from elkk_core.notices.errors import NotificationNotFound
from elkk_core.notices.model import Notification, NotificationId, Recipient, Unmailed, Watch
from elkk_core.shared.errors import StaleState
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import SupplierId, UserId

NOTIFICATIONS = Mapper(Notification, tables.notifications, own=("cause", "mailed_at"))
_WATCHES = Mapper(Watch, tables.notice_watches)
_KEY = ("user_id", "account_id", "cause")


def is_linked() -> sa.ColumnElement[bool]:
    """Return the condition that the user of a notification has linked its account."""
    links, notifications = tables.account_links, tables.notifications
    return sa.exists().where(
        links.c.user_id == notifications.c.user_id,
        links.c.account_id == notifications.c.account_id,
    )


@frozen
class SqlNotifications:
    """All notifications; there is one for a user, an account and a cause."""

    _connection: sa.Connection
    _queue: EventQueue

    def get(self, notification_id: NotificationId, *, user_id: UserId) -> Notification:
        """Return a notification of an account that *user_id* has linked.

        Raises:
            NotificationNotFound: If there is none, or it is not for this user.
        """
        notifications = tables.notifications
        row = self._connection.execute(
            sa.select(*NOTIFICATIONS.columns).where(
                notifications.c.notification_id == notification_id,
                notifications.c.user_id == user_id,
                is_linked(),
            )
        ).one_or_none()
        if row is None:
            raise NotificationNotFound(str(notification_id))
        return NOTIFICATIONS.read(row)

    def raise_all(self, notifications: Sequence[Notification]) -> tuple[Notification, ...]:
        """Keep those whose cause is new to their user, and return them in the order given.

        Of several with the same cause the first one is kept.

        Raises:
            StaleState: If a user or an account of theirs is there no more.
        """
        rows: dict[tuple[Any, ...], dict[str, Any]] = {}
        for notification in notifications:
            row = {**NOTIFICATIONS.row(notification), "cause": notification.notice.cause}
            rows.setdefault(tuple(row[name] for name in _KEY), row)
        if not rows:
            return ()
        table = tables.notifications
        statement = (
            insert_or(table, on=self._connection)
            .on_conflict_do_nothing(index_elements=[table.c[name] for name in _KEY])
            .returning(table.c.notification_id)
        )
        with guarded(self._connection, "notification"):
            kept = set(self._connection.scalars(statement, list(rows.values())))
        return tuple(one for one in notifications if one.notification_id in kept)

    def save(self, notification: Notification) -> None:
        """Keep the next state of a notification.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = NOTIFICATIONS.row(notification)
        save_all(self._connection, tables.notifications, [row], what="notification")

    def list_unmailed(self, supplier_id: SupplierId, *, users: int) -> tuple[Unmailed, ...]:
        """Return all that at most *users* users of a supplier have not been told of by a message.

        By user, then in the order of raising. How a recipient wants to be told is what they have
        chosen for this supplier.
        """
        notifications, accounts = tables.notifications, tables.personal_accounts
        known, mailings = tables.users, tables.mailings
        unmailed = sa.and_(
            notifications.c.mailed_at.is_(None), accounts.c.supplier_id == supplier_id
        )
        first = (
            sa.select(notifications.c.user_id)
            .join_from(notifications, accounts)
            .where(unmailed)
            .distinct()
            .order_by(notifications.c.user_id)
            .limit(users)
        )
        chosen = sa.and_(
            mailings.c.user_id == notifications.c.user_id, mailings.c.supplier_id == supplier_id
        )
        statement: sa.Select[Any] = (
            sa.select(
                *NOTIFICATIONS.columns,
                accounts.c.supplier_id,
                accounts.c.number,
                accounts.c.address,
                is_linked().label("linked"),
                known.c.name_surname,
                known.c.name_given,
                known.c.name_patronymic,
                known.c.language,
                known.c.phone,
                known.c.email,
                known.c.email_confirmed_at,
                mailings.c.email.label("by_email"),
                mailings.c.sms.label("by_sms"),
            )
            .join_from(notifications, accounts)
            .join(known)
            .outerjoin(mailings, chosen)
            .where(unmailed, notifications.c.user_id.in_(first))
            .order_by(
                notifications.c.user_id,
                notifications.c.raised_at,
                notifications.c.notification_id,
            )
        )
        return tuple(map(_unmailed, self._connection.execute(statement)))

    def mail(
        self,
        notifications: Iterable[NotificationId],
        *,
        messages: Iterable[DomainEvent],
        now: datetime,
    ) -> None:
        """Note that *notifications* need no message any more, and hand *messages* over.

        Raises:
            StaleState: If that was noted of one of them meanwhile.
        """
        ids = list(notifications)
        table = tables.notifications
        done = self._connection.execute(
            sa.update(table)
            .where(
                among(table.c.notification_id, ids, on=self._connection),
                table.c.mailed_at.is_(None),
            )
            .values(mailed_at=now)
        )
        if done.rowcount != len(ids):
            raise StaleState("notification")
        for message in messages:
            self._queue.enqueue(connection=self._connection, event=message)


def _unmailed(row: sa.Row[Any]) -> Unmailed:
    # Who has chosen nothing is told by e-mail, as `Mailing` says.
    chosen = Mailing(
        user_id=row.user_id,
        supplier_id=row.supplier_id,
        **({} if row.by_email is None else {"email": row.by_email, "sms": row.by_sms}),
    )
    recipient = Recipient(
        user_id=row.user_id,
        name=FullName(
            surname=row.name_surname, given=row.name_given, patronymic=row.name_patronymic
        ),
        language=row.language,
        email=row.email if chosen.email and row.email_confirmed_at is not None else None,
        phone=row.phone if chosen.sms else None,
    )
    return Unmailed(
        notification=NOTIFICATIONS.read(row),
        account=row.number,
        address=row.address,
        recipient=recipient if row.linked else None,
    )


@frozen
class SqlWatches:
    """How far the facts of each supplier are known."""

    _connection: sa.Connection

    def get(self, supplier_id: SupplierId) -> Watch:
        """Return how far a supplier's facts are known, a new watch before the first time."""
        row = self._connection.execute(
            sa.select(*_WATCHES.columns).where(tables.notice_watches.c.supplier_id == supplier_id)
        ).one_or_none()
        return Watch(supplier_id=supplier_id) if row is None else _WATCHES.read(row)

    def put(self, watch: Watch) -> None:
        """Keep *watch* in place of the one before.

        Of two at the same time either may stay: who hears a fact twice raises nothing twice.
        """
        row = _WATCHES.row(watch)
        insertion = insert_or(tables.notice_watches, on=self._connection).values(row)
        self._connection.execute(
            insertion.on_conflict_do_update(
                index_elements=[tables.notice_watches.c.supplier_id],
                set_={name: row[name] for name in ("heard_until", "looked_on")},
            )
        )
