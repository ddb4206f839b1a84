"""Requests of households and what suppliers publish, in the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.repositories.shared import EventQueue
from elkk_adapters.sql.statements import add_all, among, insert_or, save_all
from elkk_core.shared.errors import AccountNotFound, SupplierNotFound
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.support import errors
from elkk_core.support.model import (
    Attachment,
    Correspondent,
    Message,
    PublishedContent,
    RequestId,
    ServedAccount,
    ServedSupplier,
    SupportRequest,
)

REQUESTS = Mapper(SupportRequest, tables.support_requests, apart="messages")
CONTENTS = Mapper(PublishedContent, tables.published_contents)
_MESSAGES = Mapper(
    Message, tables.request_messages, apart="attachments", own=("request_id", "position")
)
_ATTACHMENTS = Mapper(
    Attachment, tables.request_attachments, own=("request_id", "message", "position")
)


def messages_of(
    connection: sa.Connection, requests: Collection[RequestId]
) -> Mapping[RequestId, tuple[Message, ...]]:
    """Return what was written about each of *requests*, the earliest first."""
    attached, written = tables.request_attachments.c, tables.request_messages.c
    files: dict[tuple[RequestId, int], list[Attachment]] = defaultdict(list)
    for row in connection.execute(
        sa.select(attached.request_id, attached.message, *_ATTACHMENTS.columns)
        .where(among(attached.request_id, requests, on=connection))
        .order_by(attached.request_id, attached.message, attached.position)
    ):
        files[row.request_id, row.message].append(_ATTACHMENTS.read(row))
    messages: dict[RequestId, list[Message]] = defaultdict(list)
    for row in connection.execute(
        sa.select(written.request_id, written.position, *_MESSAGES.columns)
        .where(among(written.request_id, requests, on=connection))
        .order_by(written.request_id, written.position)
    ):
        found = tuple(files[row.request_id, row.position])
        messages[row.request_id].append(_MESSAGES.read(row, apart=found))
    return {request: tuple(found) for request, found in messages.items()}


@frozen
class SqlHouseholds:
    """Suppliers, accounts and users as support knows them."""

    _connection: sa.Connection

    def get_supplier(self, supplier_id: SupplierId) -> ServedSupplier:
        """Return a supplier.

        Raises:
            SupplierNotFound: If there is none.
        """
        suppliers = tables.suppliers.c
        row = self._connection.execute(
            sa.select(suppliers.supplier_id, suppliers.name, suppliers.time_zone).where(
                suppliers.supplier_id == supplier_id
            )
        ).one_or_none()
        if row is None:
            raise SupplierNotFound(str(supplier_id))
        return ServedSupplier(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a mapping

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> ServedAccount:
        """Return an account that *user_id* has linked.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        accounts, links = tables.personal_accounts, tables.account_links
        row = self._connection.execute(
            sa.select(accounts.c.supplier_id, accounts.c.number)
            .join_from(links, accounts)
            .where(links.c.account_id == account_id, links.c.user_id == user_id)
        ).one_or_none()
        if row is None:
            raise AccountNotFound(str(account_id))
        return ServedAccount(
            account_id=account_id,
            number=row.number,
            supplier=self.get_supplier(row.supplier_id),
        )

    def find_correspondent(self, user_id: UserId) -> Correspondent | None:
        """Return to whom letters for a user go, None without a confirmed e-mail."""
        users = tables.users.c
        row = self._connection.execute(
            sa.select(users.email, users.name_given, users.language).where(
                users.user_id == user_id, users.email_confirmed_at.is_not(None)
            )
        ).one_or_none()
        if row is None:
            return None
        return Correspondent(
            email=row.email.address, given_name=row.name_given, language=row.language.value
        )


@frozen
class SqlSupportRequests:
    """All requests; a number is unique within its supplier. Messages stay as they are."""

    _connection: sa.Connection
    _queue: EventQueue

    def get(self, request_id: RequestId) -> SupportRequest:
        """Return a request.

        Raises:
            RequestNotFound: If there is none.
        """
        return self._get(tables.support_requests.c.request_id == request_id, str(request_id))

    def get_by_number(self, supplier_id: SupplierId, number: str) -> SupportRequest:
        """Return the request of a supplier with this number.

        Raises:
            RequestNotFound: If there is none.
        """
        requests = tables.support_requests.c
        return self._get(
            sa.and_(requests.supplier_id == supplier_id, requests.number == number), number
        )

    def add(self, request: SupportRequest) -> None:
        """Keep a new request with its messages and hand over its events."""
        add_all(self._connection, tables.support_requests, [REQUESTS.row(request)], what="request")
        self._add_messages(request, known=0)

    def save(self, request: SupportRequest) -> None:
        """Keep the next state with the messages added to it, and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        save_all(self._connection, tables.support_requests, [REQUESTS.row(request)], what="request")
        known = self._connection.scalar(
            sa.select(sa.func.count()).where(
                tables.request_messages.c.request_id == request.request_id
            )
        )
        self._add_messages(request, known=known or 0)

    def _get(self, condition: sa.ColumnElement[bool], name: str) -> SupportRequest:
        row = self._connection.execute(sa.select(*REQUESTS.columns).where(condition)).one_or_none()
        if row is None:
            raise errors.RequestNotFound(name)
        messages = messages_of(self._connection, [row.request_id])
        return REQUESTS.read(row, apart=messages[row.request_id])

    def _add_messages(self, request: SupportRequest, *, known: int) -> None:
        new = [
            (position, message)
            for position, message in enumerate(request.messages)
            if position >= known
        ]
        place = {"request_id": request.request_id}
        self._insert(
            tables.request_messages,
            (
                {**_MESSAGES.row(message), **place, "position": position}
                for position, message in new
            ),
        )
        self._insert(
            tables.request_attachments,
            (
                {**_ATTACHMENTS.row(file), **place, "message": position, "position": index}
                for position, message in new
                for index, file in enumerate(message.attachments)
            ),
        )
        for event in request.events:
            self._queue.enqueue(connection=self._connection, event=event)

    def _insert(self, table: sa.Table, rows: Iterable[dict[str, object]]) -> None:
        add_all(self._connection, table, rows, what="request")


@frozen
class SqlRequestNumbers:
    """The running numbers of requests within a supplier and a year; gaps do no harm."""

    _connection: sa.Connection

    def take(self, supplier_id: SupplierId, year: int) -> int:
        """Return a number that nobody else gets; 1 is the first."""
        numbers = tables.request_numbers
        taken: int = self._connection.scalars(
            insert_or(numbers, on=self._connection)
            .values(supplier_id=supplier_id, year=year, taken=1)
            .on_conflict_do_update(
                index_elements=[numbers.c.supplier_id, numbers.c.year],
                set_={"taken": numbers.c.taken + 1},
            )
            .returning(numbers.c.taken)
        ).one()
        return taken


@frozen
class SqlContents:
    """What suppliers publish."""

    _connection: sa.Connection

    def find(self, supplier_id: SupplierId) -> PublishedContent | None:
        """Return what a supplier publishes, None if it has published nothing yet."""
        row = self._connection.execute(
            sa.select(*CONTENTS.columns).where(
                tables.published_contents.c.supplier_id == supplier_id
            )
        ).one_or_none()
        return None if row is None else CONTENTS.read(row)

    def add(self, published: PublishedContent) -> None:
        """Keep what a supplier publishes for the first time.

        Raises:
            StaleState: If it has published something meanwhile.
        """
        rows = [CONTENTS.row(published)]
        add_all(self._connection, tables.published_contents, rows, what="content")

    def save(self, published: PublishedContent) -> None:
        """Keep the next state.

        Raises:
            StaleState: If another saved it since it was read.
        """
        rows = [CONTENTS.row(published)]
        save_all(self._connection, tables.published_contents, rows, what="content")
