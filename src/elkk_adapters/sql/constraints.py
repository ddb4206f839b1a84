"""Which rule of the database a change has broken."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa

from elkk_adapters.sql import tables
from elkk_core.shared.errors import ElkkError, StaleState

_SQLITE_COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>.+)")


@contextmanager
def guarded(
    connection: sa.Connection, what: str, errors: Mapping[str, ElkkError] | None = None
) -> Iterator[None]:
    """Undo what is done inside if it breaks a rule of uniqueness, and tell by a typed error.

    *errors* are those of rules that mean something of their own, by name. Breaking any other rule
    means that somebody was faster.

    Raises:
        StaleState: If *what* is there by now.
    """
    try:
        with connection.begin_nested():
            yield
    except sa.exc.IntegrityError as error:
        name = _broken_rule(error)
        if name is None:
            raise
        raise (errors or {}).get(name, StaleState(what)) from error


def _broken_rule(error: sa.exc.IntegrityError) -> str | None:
    """Return the name of the unique or foreign key that was broken, None for other rules."""
    match error.orig:
        case psycopg.errors.UniqueViolation() | psycopg.errors.ForeignKeyViolation() as found:
            return found.diag.constraint_name
        case sqlite3.IntegrityError() as found:
            if found.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
                # SQLite does not tell which.
                return ""
            match = _SQLITE_COLUMNS.fullmatch(str(found))
            return None if match is None else _UNIQUE[frozenset(match["columns"].split(", "))]
        case _:
            return None


def _unique_rules() -> Iterator[tuple[frozenset[str], str]]:
    """Yield the unique keys of all tables: their columns, by which SQLite knows them, and names."""
    for table in tables.METADATA.tables.values():
        keys = [
            key
            for key in (*table.constraints, *table.indexes)
            if isinstance(key, sa.PrimaryKeyConstraint | sa.UniqueConstraint)
            or (isinstance(key, sa.Index) and key.unique)
        ]
        for key in keys:
            yield frozenset(f"{table.name}.{column.name}" for column in key.columns), str(key.name)


_UNIQUE = dict(_unique_rules())
