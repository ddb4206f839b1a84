"""Tallies in the database, and the way of events out of it."""

from typing import Protocol

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import add_all, save_all
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.tallies import Tally

_TALLIES = Mapper(Tally, tables.tallies)


class EventQueue(Protocol):
    """Takes events for delivery."""

    def enqueue(self, *, connection: object, event: DomainEvent) -> None:
        """Ask for the delivery of *event* in the open transaction of *connection*.

        *connection* is an SQLAlchemy ``Connection``. The request is committed with its transaction,
        or forgotten with it.
        """
        ...


@frozen
class SqlTallies:
    """All tallies."""

    _connection: sa.Connection

    def get(self, key: str) -> Tally:
        """Return the tally with *key*, an empty one if nothing was counted yet."""
        row = self._connection.execute(
            sa.select(*_TALLIES.columns).where(tables.tallies.c.key == key)
        ).one_or_none()
        return Tally(key=key) if row is None else _TALLIES.read(row)

    def save(self, tally: Tally) -> None:
        """Keep the next state of a tally.

        Raises:
            StaleState: If it was saved by another since it was read.
        """
        row = _TALLIES.row(tally)
        if tally.version == 0:
            add_all(self._connection, tables.tallies, [{**row, "version": 1}], what="tally")
        else:
            save_all(self._connection, tables.tallies, [row], what="tally")

    def forget(self, key: str) -> None:
        """Forget the tally with *key*, whether there is one or not."""
        self._connection.execute(sa.delete(tables.tallies).where(tables.tallies.c.key == key))
