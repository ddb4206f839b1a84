"""A database with all that elkk keeps in it."""

from types import TracebackType
from typing import Self

import sqlalchemy as sa

from elkk_adapters.sql import schema
from elkk_adapters.sql.engine import (
    SECONDS_TO_WAIT,
    for_reading,
    open_engine,
    open_queue_engine,
    place_of,
    read_url,
)
from elkk_adapters.sql.queries.accounts import SqlLinkedAccounts, SqlMailingList, SqlSupplierList
from elkk_adapters.sql.queries.auditing import SqlAuditor
from elkk_adapters.sql.queries.billed_months import SqlBilledMonths
from elkk_adapters.sql.queries.billing import SqlCabinet, SqlInvoiceList
from elkk_adapters.sql.queries.identity import SqlUserOverviews
from elkk_adapters.sql.queries.metering import SqlSentReadings
from elkk_adapters.sql.queries.notices import SqlNoticeFacts, SqlUserNotifications
from elkk_adapters.sql.queries.payments import (
    SqlBegunPayments,
    SqlCardPaymentList,
    SqlPaymentsToAsk,
)
from elkk_adapters.sql.queries.support import SqlContentLibrary, SqlRequestOverviews
from elkk_adapters.sql.readiness import SqlReadiness
from elkk_adapters.sql.repositories.shared import EventQueue
from elkk_adapters.sql.sent_messages import SqlSentMessages
from elkk_adapters.sql.unit_of_work import SqlUnitOfWork


class Database:
    """The database at an address; safe to use from several threads.

    Nothing is opened before it is needed. Whoever finds a lock taken waits *seconds_to_wait*.

    Raises:
        SettingWrong: If the address is neither an SQLite file's nor a PostgreSQL server's.
    """

    def __init__(self, url: str, *, seconds_to_wait: float = SECONDS_TO_WAIT) -> None:
        self._url = read_url(url)
        self._engine = open_engine(self._url, seconds_to_wait=seconds_to_wait)
        self._queue_engine = open_queue_engine(self._url)
        self._readers = readers = for_reading(self._engine)
        self.readiness = SqlReadiness(readers)
        self.user_overviews = SqlUserOverviews(readers)
        self.linked_accounts = SqlLinkedAccounts(readers)
        self.mailings = SqlMailingList(readers)
        self.suppliers = SqlSupplierList(readers)
        self.cabinet = SqlCabinet(readers)
        self.sent_readings = SqlSentReadings(readers)
        self.request_overviews = SqlRequestOverviews(readers)
        self.content_library = SqlContentLibrary(readers)
        self.invoices = SqlInvoiceList(readers)
        self.auditor = SqlAuditor(readers)
        self.billed_months = SqlBilledMonths(readers)
        self.notice_facts = SqlNoticeFacts(readers)
        self.user_notifications = SqlUserNotifications(readers)
        self.card_payments = SqlCardPaymentList(readers)
        self.begun_payments = SqlBegunPayments(readers)
        self.payments_to_ask = SqlPaymentsToAsk(readers)
        self.sent_messages = SqlSentMessages(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()
        if self._queue_engine is not None:
            self._queue_engine.dispose()

    @property
    def engine(self) -> sa.Engine:
        """What units of work run on."""
        return self._engine

    @property
    def queue_engine(self) -> sa.Engine | None:
        """What DBOS is to keep the queues on; None where it opens the database itself."""
        return self._queue_engine

    @property
    def place(self) -> str:
        """What to call the database before people; it holds no password."""
        return place_of(self._url)

    @property
    def takes_many_writers(self) -> bool:
        """Whether several processes can write at once, and do not wait for each other."""
        return self._engine.dialect.name == "postgresql"

    @property
    def bills_at_once(self) -> int:
        """How many bills are best kept together: few where others wait for the only writer."""
        return 1000 if self.takes_many_writers else 200

    def unit_of_work(self, queue: EventQueue) -> SqlUnitOfWork:
        """Return a new unit of work whose events go to *queue*."""
        return SqlUnitOfWork(self._engine, queue)

    def unit_to_read(self, queue: EventQueue) -> SqlUnitOfWork:
        """Return a new unit of work that sees one moment, waits for nobody and changes nothing."""
        return SqlUnitOfWork(self._readers, queue)

    def version(self) -> str | None:
        """Return the version of the schema, None where there is no schema yet.

        Raises:
            DatabaseAbsent, DatabaseUnreachable, DatabaseLocked: If it cannot be reached.
        """
        return schema.current(self._readers)

    def upgrade(self) -> None:
        """Bring the schema to the newest version, from nothing or from an older one.

        Raises:
            DatabaseUnreachable, DatabaseLocked: If the database does not answer.
            SchemaUnknown: If a newer version of elkk made it.
        """
        schema.upgrade(self._url)
