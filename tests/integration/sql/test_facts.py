"""Facts stay as they are, whoever writes to the database."""

import pytest
import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.sql import Database, tables
from elkk_core.testing.builders import (
    a_card_payment,
    a_linking,
    a_message,
    a_meter,
    a_norm,
    a_payment,
    a_rate,
    a_reading,
    a_request,
    a_supplier,
    a_user,
    an_account,
    an_attachment,
    an_entry,
    an_invoice,
)
from elkk_core.testing.stores import keep

_FACTS = [table.name for table in tables.FACTS]


def _keep_one_of_each(database: Database) -> None:
    keep(
        SqlStore(database, database.engine),
        a_supplier(),
        an_account(),
        a_linking(),
        a_rate(),
        a_meter(),
        a_reading(),
        a_norm(),
        an_invoice(),
        an_entry(),
        a_user(),
        a_payment(),
        a_request(messages=(a_message(attachments=(an_attachment(),)),)),
        a_card_payment(),
    )


@pytest.mark.parametrize("table", _FACTS)
@pytest.mark.parametrize(
    "change", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]
)
def test_facts_are_neither_changed_nor_removed(
    database: Database, outside: sa.Connection, table: str, change: str
) -> None:
    """The database refuses to update or delete them, and says why."""
    _keep_one_of_each(database)
    column = tables.METADATA.tables[table].c[0].name

    with pytest.raises(sa.exc.DBAPIError, match="facts, which are never changed"):
        outside.execute(sa.text(change.format(table=table, column=column)))


@pytest.mark.parametrize("table", _FACTS)
def test_facts_are_not_swept_away(postgresql_schema_url: str, table: str) -> None:
    """PostgreSQL has a third way to lose them, which is closed as well."""
    with Database(postgresql_schema_url) as database:
        _keep_one_of_each(database)

        with (
            pytest.raises(sa.exc.DBAPIError, match="facts, which are never changed"),
            database.engine.begin() as connection,
        ):
            connection.execute(sa.text(f"TRUNCATE {table} CASCADE"))


def test_every_other_table_may_change(database: Database, outside: sa.Connection) -> None:
    """Only tables of facts are guarded."""
    keep(SqlStore(database, outside.engine), a_supplier(), an_account(), a_meter())

    assert 1 == outside.execute(sa.text("UPDATE meters SET ratio = 40")).rowcount


@pytest.mark.parametrize(
    ("table", "cells", "rule"),
    [
        (tables.invoice_lines, {"position": "1", "kind": "'metered'"}, "derivation"),
        (
            tables.invoices,
            {"invoice_id": "account_id", "number": "'N'", "revision": "1"},
            "corrects",
        ),
    ],
    ids=["lines", "invoices"],
)
def test_row_that_tells_too_little_is_refused(
    database: Database, outside: sa.Connection, table: sa.Table, cells: dict[str, str], rule: str
) -> None:
    """A line of ours says where it comes from, and a bill made anew which one it corrects."""
    _keep_one_of_each(database)
    row: list[sa.ColumnClause[object]] = [
        sa.literal_column(cells.get(column.name, column.name)) for column in table.c
    ]
    again = sa.insert(table).from_select([*table.c], sa.select(*row).select_from(table))

    with pytest.raises(sa.exc.IntegrityError, match=f"ck_{table.name}_{rule}"):
        outside.execute(again)
