"""Notifications in memory, and what there may be to tell."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from attrs import frozen

from elkk_core.accounts import Mailing
from elkk_core.metering import Meter, ReadingSource
from elkk_core.notices import (
    Addressee,
    IssuedBill,
    MadeLink,
    Notification,
    NotificationId,
    NotificationNotFound,
    NotificationOverview,
    Recipient,
    RecordedPayment,
    RefusedPayment,
    SuppliersAnswer,
    Unmailed,
    UnpaidAccount,
    UnreadMeter,
    VerificationTerm,
    Watch,
)
from elkk_core.shared import (
    AccountId,
    DomainEvent,
    Money,
    Month,
    StaleState,
    SubmissionWindow,
    SupplierId,
    UserId,
)
from elkk_core.support import Author
from elkk_core.testing.memory.billing import MemoryInvoices
from elkk_core.testing.memory.tables import Committed, Tables, update


@frozen
class MemoryNotifications:
    """The notifications that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, notification_id: NotificationId, *, user_id: UserId) -> Notification:
        """See ``Notifications.get``."""
        found = self._tables.notifications.get(notification_id)
        if found is None or found.user_id != user_id or not _is_linked(self._tables, found):
            raise NotificationNotFound(str(notification_id))
        return found

    def raise_all(self, notifications: Sequence[Notification]) -> tuple[Notification, ...]:
        """See ``Notifications.raise_all``."""
        known = {_key(notification) for notification in self._tables.notifications.values()}
        kept = []
        for notification in notifications:
            if _key(notification) not in known:
                known.add(_key(notification))
                self._tables.notifications[notification.notification_id] = notification
                kept.append(notification)
        return tuple(kept)

    def save(self, notification: Notification) -> None:
        """See ``Notifications.save``."""
        key = notification.notification_id
        update(self._tables.notifications, key, notification, what="notification")

    def list_unmailed(self, supplier_id: SupplierId, *, users: int) -> tuple[Unmailed, ...]:
        """See ``Notifications.list_unmailed``."""
        unmailed = [
            notification
            for notification in self._tables.notifications.values()
            if notification.notification_id not in self._tables.mailed
            and self._tables.accounts[notification.account_id].supplier_id == supplier_id
        ]
        first = set(sorted({notification.user_id for notification in unmailed})[:users])
        return tuple(
            self._unmailed(notification, supplier_id)
            for notification in sorted(
                unmailed, key=lambda one: (one.user_id, one.raised_at, one.notification_id)
            )
            if notification.user_id in first
        )

    def _unmailed(self, notification: Notification, supplier_id: SupplierId) -> Unmailed:
        account = self._tables.accounts[notification.account_id]
        user = self._tables.users[notification.user_id]
        mailing = self._tables.mailings.get((user.user_id, supplier_id)) or Mailing(
            user_id=user.user_id, supplier_id=supplier_id
        )
        recipient = Recipient(
            user_id=user.user_id,
            name=user.name,
            language=user.language,
            email=user.email if mailing.email and user.email_confirmed else None,
            phone=user.phone if mailing.sms else None,
        )
        return Unmailed(
            notification=notification,
            account=account.number,
            address=account.address,
            recipient=recipient if _is_linked(self._tables, notification) else None,
        )

    def mail(
        self,
        notifications: Iterable[NotificationId],
        *,
        messages: Iterable[DomainEvent],
        now: datetime,
    ) -> None:
        """See ``Notifications.mail``."""
        for notification_id in notifications:
            if notification_id in self._tables.mailed:
                raise StaleState("notification")
            self._tables.mailed[notification_id] = now
        self._outbox.extend(messages)


@frozen
class MemoryWatches:
    """The watches that a unit of work sees."""

    _tables: Tables

    def get(self, supplier_id: SupplierId) -> Watch:
        """See ``Watches.get``."""
        return self._tables.watches.get(supplier_id, Watch(supplier_id=supplier_id))

    def put(self, watch: Watch) -> None:
        """See ``Watches.put``."""
        self._tables.watches[watch.supplier_id] = watch


@frozen
class MemoryUserNotifications:
    """The notifications of users, of the accounts that they have linked and of no other."""

    _committed: Committed

    def get(self, notification_id: NotificationId, *, user_id: UserId) -> NotificationOverview:
        """See ``UserNotifications.get``."""
        theirs = (one for one in self._list(user_id) if one.notification_id == notification_id)
        for overview in self._overviews(theirs):
            return overview
        raise NotificationNotFound(str(notification_id))

    def count_unread(self, user_id: UserId) -> Mapping[AccountId, int]:
        """See ``UserNotifications.count_unread``."""
        return Counter(one.account_id for one in self._list(user_id) if not one.is_read)

    def list_unread(self, user_id: UserId, *, limit: int) -> tuple[NotificationOverview, ...]:
        """See ``UserNotifications.list_unread``."""
        return self._overviews(one for one in self._list(user_id) if not one.is_read)[:limit]

    def list_all(self, user_id: UserId) -> tuple[NotificationOverview, ...]:
        """See ``UserNotifications.list_all``."""
        return self._overviews(self._list(user_id))

    def list_of(
        self, account_id: AccountId, *, user_id: UserId, since: datetime
    ) -> tuple[NotificationOverview, ...]:
        """See ``UserNotifications.list_of``."""
        return self._overviews(
            one
            for one in self._list(user_id)
            if one.account_id == account_id and (one.raised_at >= since or not one.is_read)
        )

    def _list(self, user_id: UserId) -> list[Notification]:
        tables = self._committed.tables
        theirs = (
            one
            for one in tables.notifications.values()
            if one.user_id == user_id and _is_linked(tables, one)
        )
        return sorted(theirs, key=lambda one: (one.raised_at, one.notification_id), reverse=True)

    def _overviews(self, notifications: Iterable[Notification]) -> tuple[NotificationOverview, ...]:
        accounts = self._committed.tables.accounts
        return tuple(
            NotificationOverview(
                notification=one,
                account=accounts[one.account_id].number,
                address=accounts[one.account_id].address,
            )
            for one in notifications
        )


@frozen
class MemoryNoticeFacts:
    """What there may be to tell of a supplier's accounts, for each user who has linked one."""

    _committed: Committed

    def windows(self, supplier_id: SupplierId) -> frozenset[SubmissionWindow]:
        """See ``NoticeFacts.windows``."""
        tables = self._committed.tables
        return frozenset(
            meter.window or tables.suppliers[supplier_id].window
            for meter in tables.meters.values()
            if tables.accounts[meter.account_id].supplier_id == supplier_id
        )

    def unread_meters(
        self,
        supplier_id: SupplierId,
        month: Month,
        *,
        windows: Collection[SubmissionWindow],
        day: date,
    ) -> Iterator[UnreadMeter]:
        """See ``NoticeFacts.unread_meters``."""
        tables = self._committed.tables
        for to, meter in self._meters(supplier_id, day):
            window = meter.window or tables.suppliers[supplier_id].window
            read = {
                reading.zone
                for reading in tables.readings.values()
                if (reading.meter_id, reading.month) == (meter.meter_id, month)
                and reading.corrects is None
                and reading.source is not ReadingSource.INITIAL
            }
            if window in windows and not read.issuperset(meter.zones):
                yield UnreadMeter(to=to, window=window)

    def verification_terms(
        self, supplier_id: SupplierId, *, day: date, through: date
    ) -> Iterator[VerificationTerm]:
        """See ``NoticeFacts.verification_terms``."""
        for to, meter in self._meters(supplier_id, day):
            due = meter.verification_due
            if due is not None and due <= through:
                yield VerificationTerm(to=to, meter=meter.number, due=due)

    def unpaid_accounts(self, supplier_id: SupplierId) -> Iterator[UnpaidAccount]:
        """See ``NoticeFacts.unpaid_accounts``."""
        tables = self._committed.tables
        for to in self._addressees(supplier_id):
            bills = MemoryInvoices(tables).list_of([to.account_id])
            balance = Money.total(
                entry.amount
                for entry in tables.entries.values()
                if entry.account_id == to.account_id
            )
            if bills and balance > Money.zero():
                last = bills[-1]
                yield UnpaidAccount(
                    to=to,
                    balance=balance,
                    month=last.month,
                    charged=last.charged + last.penalty,
                )

    def bills(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[IssuedBill]:
        """See ``NoticeFacts.bills``."""
        tables = self._committed.tables
        corrected = {bill.corrects for bill in tables.invoices.values()}
        for to in self._addressees(supplier_id):
            for bill in MemoryInvoices(tables).list_of([to.account_id]):
                if bill.issued_at >= since and bill.invoice_id not in corrected:
                    yield IssuedBill(
                        to=to,
                        invoice_id=bill.invoice_id,
                        month=bill.month,
                        closing=bill.closing,
                        corrects=bill.corrects is not None,
                        issued_at=bill.issued_at,
                    )

    def payments(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[RecordedPayment]:
        """See ``NoticeFacts.payments``."""
        tables = self._committed.tables
        by_day = sorted(tables.payments.values(), key=lambda p: (p.received_on, p.payment_id))
        for to in self._addressees(supplier_id):
            for payment in by_day:
                if (
                    payment.account_id == to.account_id
                    and payment.recorded_at >= since
                    and not payment.counted_before
                ):
                    yield RecordedPayment(
                        to=to,
                        payment_id=payment.payment_id,
                        amount=payment.amount,
                        received_on=payment.received_on,
                        recorded_at=payment.recorded_at,
                    )

    def refusals(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[RefusedPayment]:
        """See ``NoticeFacts.refusals``."""
        payments = self._committed.tables.card_payments.values()
        for to in self._addressees(supplier_id):
            declined = [
                (change, payment)
                for payment in payments
                if (payment.user_id, payment.account_id) == (to.user_id, to.account_id)
                for change in payment.changes
                if change.at >= since and change.reason is not None
            ]
            for change, payment in sorted(
                declined, key=lambda pair: (pair[0].at, pair[1].payment_id)
            ):
                assert change.reason is not None
                yield RefusedPayment(
                    to=to,
                    payment_id=payment.payment_id,
                    amount=payment.amount,
                    reason=change.reason,
                    declined_at=change.at,
                )

    def answers(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[SuppliersAnswer]:
        """See ``NoticeFacts.answers``."""
        requests = self._committed.tables.requests.values()
        for to in self._addressees(supplier_id):
            written = [
                SuppliersAnswer(
                    to=to,
                    request_id=request.request_id,
                    position=position,
                    number=request.number,
                    written_at=message.written_at,
                )
                for request in requests
                if (request.user_id, request.account_id) == (to.user_id, to.account_id)
                for position, message in enumerate(request.messages)
                if message.written_at >= since and message.author is Author.OPERATOR
            ]
            yield from sorted(written, key=lambda answer: (answer.written_at, answer.request_id))

    def links(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[MadeLink]:
        """See ``NoticeFacts.links``."""
        tables = self._committed.tables
        by_moment = sorted(
            tables.linkings.values(), key=lambda made: (made.linked_at, made.linking_id)
        )
        for to in self._addressees(supplier_id):
            for made in by_moment:
                if made.account_id == to.account_id and made.linked_at >= since:
                    yield MadeLink(to=to, linking_id=made.linking_id, linked_at=made.linked_at)

    def _addressees(self, supplier_id: SupplierId) -> list[Addressee]:
        tables = self._committed.tables
        return [
            Addressee(user_id=link.user_id, account_id=link.account_id, linked_at=link.linked_at)
            for link in sorted(
                tables.links.values(), key=lambda link: (link.account_id, link.user_id)
            )
            if tables.accounts[link.account_id].supplier_id == supplier_id
        ]

    def _meters(self, supplier_id: SupplierId, day: date) -> Iterator[tuple[Addressee, Meter]]:
        meters = sorted(self._committed.tables.meters.values(), key=lambda meter: meter.meter_id)
        for to in self._addressees(supplier_id):
            for meter in meters:
                if meter.account_id == to.account_id and meter.is_there(day):
                    yield to, meter


def _key(notification: Notification) -> tuple[UserId, AccountId, str]:
    return (notification.user_id, notification.account_id, notification.notice.cause)


def _is_linked(tables: Tables, notification: Notification) -> bool:
    return (notification.user_id, notification.account_id) in tables.links
