"""A store on a real database, whose queue lies in a table beside the others."""

import pickle

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import Database, SqlUnitOfWork
from elkk_core.shared import DomainEvent

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
        self._engine = engine
        _EVENTS.create(engine)
        self.user_overviews = database.user_overviews
        self.suppliers = database.suppliers
        self.linked_accounts = database.linked_accounts
        self.cabinet = database.cabinet
        self.invoices = database.invoices

    def unit_of_work(self) -> SqlUnitOfWork:
        """Return a new unit of work."""
        return self._database.unit_of_work(TableQueue())

    def events(self) -> tuple[DomainEvent, ...]:
        """Return what committed units handed over, in the order of the commits."""
        with self._engine.connect() as connection:
            found = connection.scalars(sa.select(_EVENTS.c.event).order_by(_EVENTS.c.sequence))
            return tuple(pickle.loads(event) for event in found)  # noqa: S301 - our own
