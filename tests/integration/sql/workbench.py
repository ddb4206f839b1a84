"""A store on a real database, whose queue lies in a table beside the others, and what fills it."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import Database, SqlUnitOfWork
from elkk_core.metering import ReadingSource
from elkk_core.shared import AccountId, DomainEvent, MeterId, ReadingId
from elkk_core.testing.builders import (
    JANUARY,
    a_meter,
    a_rate,
    a_reading,
    a_supplier,
    an_account,
)
from elkk_core.testing.stores import Fact

_EVENTS = sa.Table(
    "events_of_tests",
    sa.MetaData(),
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("event", sa.LargeBinary, nullable=False),
)


@frozen
class TableQueue:
    """Keeps events in a table, in the transaction that hands them over."""

    def enqueue(self, *, connection: object, event: DomainEvent) -> None:
        """Keep *event*."""
        assert isinstance(connection, sa.Connection)
        connection.execute(sa.insert(_EVENTS).values(event=pickle.dumps(event)))


class SqlStore:
    """The store that contracts and machines are run on."""

    def __init__(self, database: Database, engine: sa.Engine) -> None:
        self._database = database
        self.engine = engine
        _EVENTS.create(engine)
        self.user_overviews = database.user_overviews
        self.suppliers = database.suppliers
        self.linked_accounts = database.linked_accounts
        self.mailings = database.mailings
        self.sent_readings = database.sent_readings
        self.request_overviews = database.request_overviews
        self.content_library = database.content_library
        self.cabinet = database.cabinet
        self.invoices = database.invoices
        self.auditor = database.auditor
        self.notice_facts = database.notice_facts
        self.user_notifications = database.user_notifications
        self.billed_months = database.billed_months
        self.card_payments = database.card_payments
        self.begun_payments = database.begun_payments
        self.payments_to_ask = database.payments_to_ask

    def unit_of_work(self) -> SqlUnitOfWork:
        """Return a new unit of work."""
        return self._database.unit_of_work(TableQueue())

    def events(self) -> tuple[DomainEvent, ...]:
        """Return what committed units handed over, in the order of the commits."""
        with self.engine.connect() as connection:
            found = connection.scalars(sa.select(_EVENTS.c.event).order_by(_EVENTS.c.sequence))
            return tuple(pickle.loads(event) for event in found)  # noqa: S301 - our own


def a_street(households: int, *, months: int = 1) -> Iterator[Fact]:
    """Yield a supplier and so many households, each metered over so many months from January 2020.

    Every month each of them uses 100 kWh, so that each can be billed.
    """
    yield a_supplier()
    yield a_rate(effective_from=JANUARY.previous.first_day)
    for house in range(households):
        account = an_account(account_id=account_id(house), number=f"{10_000_000 + house}")
        meter = a_meter(meter_id=MeterId(UUID(int=2 << 32 | house)), account_id=account.account_id)
        yield account
        yield meter
        for month in range(months + 1):
            counted = JANUARY.plus(month - 1)
            yield a_reading(
                reading_id=ReadingId(UUID(int=3 << 64 | month << 32 | house)),
                meter_id=meter.meter_id,
                value=Decimal(100 * month),
                taken_on=counted.first_day,
                month=counted,
                source=ReadingSource.SUPPLIER if month else ReadingSource.INITIAL,
            )


def account_id(house: int) -> AccountId:
    """Return the identifier of the account of a house in ``a_street()``."""
    return AccountId(UUID(int=1 << 32 | house))


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    """Yield a list that gathers the statements sent to *database* in the block."""
    statements: list[str] = []

    def note(*call: object) -> None:
        statements.append(str(call[2]))

    engine = database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements

    sa.event.remove(engine, "before_cursor_execute", note)
