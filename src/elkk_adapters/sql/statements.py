"""Statements that every room needs, for one row or for a hundred thousand."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_core.shared.errors import StaleState

_WORTH_COPYING = 20
"""From how many rows on a stream is faster than a statement."""


def among(
    column: sa.Column[Any], values: Collection[Any], *, on: sa.Connection
) -> sa.ColumnElement[bool]:
    """Return the condition that *column* holds one of *values*, however many they are.

    They travel as one parameter, since databases limit how many a statement may have.
    """
    if on.dialect.name == "postgresql":
        return column == sa.any_(sa.cast(list(values), postgresql.ARRAY(column.type)))
    listed = json.dumps(_stored(column, values, on))
    return column.in_(sa.select(sa.func.json_each(listed).table_valued("value").c.value))


def limits(
    keys: sa.Column[Any], column: sa.Column[Any], values: Mapping[Any, Any], *, on: sa.Connection
) -> sa.FromClause:
    """Return a table of *values*: each ``key``, as *keys* holds it, with its ``limit`` of *column*.

    They travel as `among` lets them.
    """
    if on.dialect.name == "postgresql":
        listed = (
            sa.cast(list(cells), postgresql.ARRAY(kind.type))
            for cells, kind in ((values.keys(), keys), (values.values(), column))
        )
        names = (sa.column("key", keys.type), sa.column("limit", column.type))
        return sa.func.unnest(*listed).table_valued(*names).render_derived()
    pairs = zip(_stored(keys, values.keys(), on), _stored(column, values.values(), on), strict=True)
    pair = sa.func.json_each(json.dumps([*pairs])).table_valued("value").c.value
    return sa.select(
        sa.func.json_extract(pair, "$[0]", type_=keys.type).label("key"),
        sa.func.json_extract(pair, "$[1]", type_=column.type).label("limit"),
    ).subquery()


def _stored(column: sa.Column[Any], values: Iterable[Any], on: sa.Connection) -> list[Any]:
    """Return *values* as *column* stores them."""
    store = column.type.dialect_impl(on.dialect).bind_processor(on.dialect)
    return [*values] if store is None else [*map(store, values)]


def in_force() -> sa.ColumnElement[bool]:
    """Return the condition that no other invoice stands in the place of an invoice."""
    invoices, others = tables.invoices, tables.invoices.alias()
    # By the key of an account's bills, which is there anyway.
    corrected = sa.exists().where(
        others.c.account_id == invoices.c.account_id,
        others.c.month == invoices.c.month,
        others.c.revision > invoices.c.revision,
    )
    return ~corrected


def insert_or(table: sa.Table, *, on: sa.Connection) -> Any:
    """Return an insertion that can be told what to do where the row is there already."""
    return (postgresql if on.dialect.name == "postgresql" else sqlite).insert(table)


def insert_all(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert *rows*, which have the same columns, in their order."""
    if len(rows) >= _WORTH_COPYING and connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    elif rows:
        connection.execute(sa.insert(table), rows)


def _copy(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert *rows* the fastest way that PostgreSQL has, as one stream."""
    dialect = connection.dialect
    columns = [table.c[name] for name in rows[0]]
    stores = [
        column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for column in columns
    ]
    names = [column.name for column in columns]
    with _copying(connection, table, names) as stream:
        for row in rows:
            stream.write_row([store(row[name]) for store, name in zip(stores, names, strict=True)])


def copy_text(connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: str) -> None:
    """Insert rows that are written as PostgreSQL copies them: cells of *names* between tabulators."""
    if rows:
        with _copying(connection, table, names) as stream:
            stream.write(rows)


@contextmanager
def _copying(
    connection: sa.Connection, table: sa.Table, names: Sequence[str]
) -> Iterator[psycopg.Copy]:
    """Yield a stream of rows into *table*, cells of the columns *names* each."""
    dialect = connection.dialect
    quote = dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as stream:
            yield stream
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(
            statement,
            None,
            error,
            psycopg.Error,
            hide_parameters=True,
            dialect=dialect,
        ) from error
    finally:
        cursor.close()


def _as_it_is(value: Any) -> Any:
    return value


def add_all(
    connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]], *, what: str
) -> None:
    """Insert *rows* as a whole.

    Raises:
        StaleState: If one of them is there by now; *what* names it.
    """
    with guarded(connection, what):
        insert_all(connection, table, list(rows))


def save_all(
    connection: sa.Connection,
    table: sa.Table,
    rows: Iterable[dict[str, Any]],
    *,
    what: str,
) -> None:
    """Put *rows* in place of those with the same primary key, and count their versions up.

    Raises:
        StaleState: If one of them has another version by now; *what* names it.
    """
    known = (*table.primary_key.columns, table.c.version)
    parameters = [
        {
            **{name: value for name, value in row.items() if not table.c[name].primary_key},
            **{f"known_{column.name}": row[column.name] for column in known},
            "version": row["version"] + 1,
        }
        for row in rows
    ]
    if not parameters:
        return
    unchanged = sa.and_(*(column == sa.bindparam(f"known_{column.name}") for column in known))
    result = connection.execute(sa.update(table).where(unchanged), parameters)
    if result.rowcount != len(parameters):
        raise StaleState(what)
