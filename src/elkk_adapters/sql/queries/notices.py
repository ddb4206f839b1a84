"""Notifications for screens, and what there may be to tell."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.notices import NOTIFICATIONS, is_linked
from elkk_adapters.sql.statements import in_force
from elkk_core.metering.model import ReadingSource
from elkk_core.notices.errors import NotificationNotFound
from elkk_core.notices.model import (
    Addressee,
    IssuedBill,
    MadeLink,
    NotificationId,
    RecordedPayment,
    RefusedPayment,
    SuppliersAnswer,
    UnpaidAccount,
    UnreadMeter,
    VerificationTerm,
)
from elkk_core.notices.queries import NotificationOverview
from elkk_core.payments.model import PaymentState
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.support.model import Author

_ROWS_AT_ONCE = 1000


@frozen
class SqlUserNotifications:
    """The notifications of users, of the accounts that they have linked and of no other."""

    _engine: sa.Engine

    def get(self, notification_id: NotificationId, *, user_id: UserId) -> NotificationOverview:
        """Return a notification of a user.

        Raises:
            NotificationNotFound: If there is none, or it is not for this user.
        """
        notifications = tables.notifications
        with self._engine.connect() as connection:
            found = _overviews(
                connection,
                notifications.c.notification_id == notification_id,
                notifications.c.user_id == user_id,
                is_linked(),
            )
        if not found:
            raise NotificationNotFound(str(notification_id))
        return found[0]

    def count_unread(self, user_id: UserId) -> Mapping[AccountId, int]:
        """Return how many a user has not read, of each account that has any."""
        notifications = tables.notifications
        counted = (
            sa.select(notifications.c.account_id, sa.func.count().label("unread"))
            .where(*_unread(user_id))
            .group_by(notifications.c.account_id)
        )
        with self._engine.connect() as connection:
            return {row.account_id: row.unread for row in connection.execute(counted)}

    def list_unread(self, user_id: UserId, *, limit: int) -> tuple[NotificationOverview, ...]:
        """Return at most *limit* that a user has not read, the latest first."""
        with self._engine.connect() as connection:
            return _overviews(connection, *_unread(user_id), limit=limit)

    def list_all(self, user_id: UserId) -> tuple[NotificationOverview, ...]:
        """Return all of a user, the latest first."""
        theirs = tables.notifications.c.user_id == user_id
        with self._engine.connect() as connection:
            return _overviews(connection, theirs, is_linked())

    def list_of(
        self, account_id: AccountId, *, user_id: UserId, since: datetime
    ) -> tuple[NotificationOverview, ...]:
        """Return those of an account that were raised at *since* or later, the latest first.

        What is not read yet is among them however old it is, lest nobody ever finds it.
        """
        notifications = tables.notifications
        with self._engine.connect() as connection:
            return _overviews(
                connection,
                notifications.c.user_id == user_id,
                notifications.c.account_id == account_id,
                sa.or_(notifications.c.raised_at >= since, notifications.c.read_at.is_(None)),
                is_linked(),
            )


def _unread(user_id: UserId) -> tuple[sa.ColumnElement[bool], ...]:
    notifications = tables.notifications
    return (
        notifications.c.user_id == user_id,
        notifications.c.read_at.is_(None),
        is_linked(),
    )


def _overviews(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int | None = None
) -> tuple[NotificationOverview, ...]:
    notifications, accounts = tables.notifications, tables.personal_accounts
    statement: sa.Select[Any] = (
        sa.select(*NOTIFICATIONS.columns, accounts.c.number, accounts.c.address)
        .join_from(notifications, accounts)
        .where(*conditions)
        .order_by(notifications.c.raised_at.desc(), notifications.c.notification_id.desc())
        .limit(limit)
    )
    return tuple(
        NotificationOverview(
            notification=NOTIFICATIONS.read(row), account=row.number, address=row.address
        )
        for row in connection.execute(statement)
    )


@frozen
class SqlNoticeFacts:
    """What there may be to tell of a supplier's accounts, for each user who has linked one."""

    _engine: sa.Engine

    def windows(self, supplier_id: SupplierId) -> frozenset[SubmissionWindow]:
        """Return the windows of all meters, of those without one of their own the supplier's."""
        accounts = tables.personal_accounts
        first_day, last_day = _window()
        statement = (
            sa.select(first_day, last_day)
            .join_from(tables.meters, accounts)
            .join(tables.suppliers)
            .where(accounts.c.supplier_id == supplier_id)
            .distinct()
        )
        with self._engine.connect() as connection:
            return frozenset(
                SubmissionWindow(first_day=first, last_day=last)
                for first, last in connection.execute(statement)
            )

    def unread_meters(
        self,
        supplier_id: SupplierId,
        month: Month,
        *,
        windows: Collection[SubmissionWindow],
        day: date,
    ) -> Iterator[UnreadMeter]:
        """Yield the meters with one of *windows* that are there on *day* and not read for *month*."""
        meters, readings = tables.meters, tables.readings
        first_day, last_day = _window()
        # A correction counts in the month of its own bill, and measures that of what it corrects.
        read = (
            sa.select(sa.func.count(readings.c.zone.distinct()))
            .where(
                readings.c.meter_id == meters.c.meter_id,
                readings.c.month == month,
                readings.c.corrects.is_(None),
                readings.c.source != ReadingSource.INITIAL,
            )
            .scalar_subquery()
        )
        statement = (
            _addressed(supplier_id, first_day, last_day)
            .join(meters, meters.c.account_id == tables.account_links.c.account_id)
            .join(tables.suppliers)
            .where(
                _is_there(day),
                sa.or_(
                    sa.false(),
                    *(
                        sa.and_(first_day == window.first_day, last_day == window.last_day)
                        for window in windows
                    ),
                ),
                read < sa.type_coerce(meters.c.zones, sa.Integer()),
            )
            .order_by(meters.c.meter_id)
        )
        for row in self._stream(statement):
            window = SubmissionWindow(first_day=row.first_day, last_day=row.last_day)
            yield UnreadMeter(to=_addressee(row), window=window)

    def verification_terms(
        self, supplier_id: SupplierId, *, day: date, through: date
    ) -> Iterator[VerificationTerm]:
        """Yield the meters that are there on *day* and whose interval ends on *through* or before."""
        meters = tables.meters
        statement = (
            _addressed(supplier_id, meters.c.number, meters.c.verification_due)
            .join(meters, meters.c.account_id == tables.account_links.c.account_id)
            .where(_is_there(day), meters.c.verification_due <= through)
            .order_by(meters.c.meter_id)
        )
        for row in self._stream(statement):
            yield VerificationTerm(to=_addressee(row), meter=row.number, due=row.verification_due)

    def unpaid_accounts(self, supplier_id: SupplierId) -> Iterator[UnpaidAccount]:
        """Yield the accounts that have a bill and owe something."""
        links, entries = tables.account_links, tables.ledger_entries
        invoices, bills = tables.invoices, tables.invoices.alias()
        last = (
            sa.select(sa.func.max(bills.c.month))
            .where(bills.c.account_id == links.c.account_id)
            .scalar_subquery()
        )
        sums = (
            sa.select(entries.c.account_id, sa.func.sum(entries.c.amount).label("balance"))
            .where(entries.c.account_id.in_(sa.select(links.c.account_id)))
            .group_by(entries.c.account_id)
            .having(sa.func.sum(entries.c.amount) > Money.zero())
            .subquery()
        )
        statement = (
            _addressed(
                supplier_id,
                sums.c.balance,
                invoices.c.month,
                _charged().label("charged"),
            )
            .join(sums, sums.c.account_id == links.c.account_id)
            .join(invoices, invoices.c.account_id == links.c.account_id)
            .where(invoices.c.month == last, in_force())
        )
        for row in self._stream(statement):
            yield UnpaidAccount(
                to=_addressee(row), balance=row.balance, month=row.month, charged=row.charged
            )

    def bills(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[IssuedBill]:
        """Yield the bills in force that were issued at *since* or later."""
        invoices = tables.invoices
        statement = (
            _addressed(
                supplier_id,
                invoices.c.invoice_id,
                invoices.c.month,
                invoices.c.opening,
                _charged().label("charged"),
                invoices.c.payments,
                invoices.c.corrects,
                invoices.c.issued_at,
            )
            .join(invoices, invoices.c.account_id == tables.account_links.c.account_id)
            .where(invoices.c.issued_at >= since, in_force())
            .order_by(invoices.c.month)
        )
        for row in self._stream(statement):
            yield IssuedBill(
                to=_addressee(row),
                invoice_id=row.invoice_id,
                month=row.month,
                closing=row.opening + row.charged - row.payments,
                corrects=row.corrects is not None,
                issued_at=row.issued_at,
            )

    def payments(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[RecordedPayment]:
        """Yield the payments that were recorded at *since* or later and move a balance."""
        payments = tables.received_payments
        statement = (
            _addressed(
                supplier_id,
                payments.c.payment_id,
                payments.c.amount,
                payments.c.received_on,
                payments.c.recorded_at,
            )
            .join(payments, payments.c.account_id == tables.account_links.c.account_id)
            .where(payments.c.recorded_at >= since, ~payments.c.counted_before)
            .order_by(payments.c.received_on, payments.c.payment_id)
        )
        for row in self._stream(statement):
            yield RecordedPayment(
                to=_addressee(row),
                payment_id=row.payment_id,
                amount=row.amount,
                received_on=row.received_on,
                recorded_at=row.recorded_at,
            )

    def refusals(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[RefusedPayment]:
        """Yield the payments by card that a bank declined at *since* or later, for the payer alone."""
        links, payments, changes = (
            tables.account_links,
            tables.card_payments,
            tables.payment_changes,
        )
        theirs = sa.and_(
            payments.c.account_id == links.c.account_id, payments.c.user_id == links.c.user_id
        )
        statement = (
            _addressed(
                supplier_id,
                payments.c.payment_id,
                payments.c.amount,
                changes.c.reason,
                changes.c.at,
            )
            .join(payments, theirs)
            .join(changes, changes.c.payment_id == payments.c.payment_id)
            .where(changes.c.at >= since, changes.c.state == PaymentState.DECLINED)
            .order_by(changes.c.at, payments.c.payment_id)
        )
        for row in self._stream(statement):
            yield RefusedPayment(
                to=_addressee(row),
                payment_id=row.payment_id,
                amount=row.amount,
                reason=row.reason,
                declined_at=row.at,
            )

    def answers(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[SuppliersAnswer]:
        """Yield what the supplier wrote to requests at *since* or later, for the author alone.

        Requests that name no account are left out.
        """
        links, requests, messages = (
            tables.account_links,
            tables.support_requests,
            tables.request_messages,
        )
        theirs = sa.and_(
            requests.c.account_id == links.c.account_id, requests.c.user_id == links.c.user_id
        )
        statement = (
            _addressed(
                supplier_id,
                requests.c.request_id,
                requests.c.number,
                messages.c.position,
                messages.c.written_at,
            )
            .join(requests, theirs)
            .join(messages, messages.c.request_id == requests.c.request_id)
            .where(messages.c.written_at >= since, messages.c.author == Author.OPERATOR)
            .order_by(messages.c.written_at, requests.c.request_id)
        )
        for row in self._stream(statement):
            yield SuppliersAnswer(
                to=_addressee(row),
                request_id=row.request_id,
                position=row.position,
                number=row.number,
                written_at=row.written_at,
            )

    def links(self, supplier_id: SupplierId, *, since: datetime) -> Iterator[MadeLink]:
        """Yield the linkings that were made at *since* or later, those taken back since included.

        For every user of the account, the one who made the link included.
        """
        linkings = tables.linkings
        statement = (
            _addressed(supplier_id, linkings.c.linking_id, linkings.c.linked_at.label("made_at"))
            .join(linkings, linkings.c.account_id == tables.account_links.c.account_id)
            .where(linkings.c.linked_at >= since)
            .order_by(linkings.c.linked_at, linkings.c.linking_id)
        )
        for row in self._stream(statement):
            yield MadeLink(to=_addressee(row), linking_id=row.linking_id, linked_at=row.made_at)

    def _stream(self, statement: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
        with self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement)


def _addressed(supplier_id: SupplierId, *columns: Any) -> sa.Select[Any]:
    """Return the links to accounts of a supplier, by account; *columns* are what to find of each."""
    links, accounts = tables.account_links, tables.personal_accounts
    return (
        sa.select(links.c.user_id, links.c.account_id, links.c.linked_at, *columns)
        .join_from(links, accounts)
        .where(accounts.c.supplier_id == supplier_id)
        .order_by(links.c.account_id, links.c.user_id)
    )


def _addressee(row: sa.Row[Any]) -> Addressee:
    return Addressee(user_id=row.user_id, account_id=row.account_id, linked_at=row.linked_at)


def _window() -> tuple[sa.ColumnElement[int], sa.ColumnElement[int]]:
    meters, suppliers = tables.meters, tables.suppliers
    return (
        sa.func.coalesce(meters.c.window_first_day, suppliers.c.window_first_day).label(
            "first_day"
        ),
        sa.func.coalesce(meters.c.window_last_day, suppliers.c.window_last_day).label("last_day"),
    )


def _is_there(day: date) -> sa.ColumnElement[bool]:
    meters = tables.meters
    return sa.and_(
        meters.c.installed_on <= day,
        sa.or_(meters.c.removed_on.is_(None), meters.c.removed_on > day),
    )


def _charged() -> sa.ScalarSelect[Money]:
    """Return the sum of all lines of an invoice, penalties and benefits included."""
    lines = tables.invoice_lines
    return (
        sa.select(sa.func.sum(lines.c.amount))
        .where(lines.c.invoice_id == tables.invoices.c.invoice_id)
        .scalar_subquery()
    )
