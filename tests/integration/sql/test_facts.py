"""Facts stay as they are, whoever writes to the database."""

import pytest
import sqlalchemy as sa

from elkk_adapters.sql import Database, tables
from elkk_core.testing.builders import (
    a_meter,
    a_payment,
    a_rate,
    a_reading,
    a_supplier,
    an_account,
    an_entry,
    an_invoice,
)
from elkk_core.testing.stores import keep
from tests.integration.sql.workbench import SqlStore

_CHANGES = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
}


@pytest.mark.parametrize("table", [table.name for table in tables.FACTS])
@pytest.mark.parametrize("change", list(_CHANGES))
def test_facts_are_neither_changed_nor_removed(
    database: Database, outside: sa.Connection, table: str, change: str
) -> None:
    """The database refuses to update, delete or truncate them, and says why."""
    if change == "truncate" and outside.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    keep(
        SqlStore(database, outside.engine),
        a_supplier(),
        an_account(),
        a_rate(),
        a_meter(),
        a_reading(),
        an_invoice(),
        an_entry(),
        a_payment(),
    )
    column = tables.METADATA.tables[table].c[0].name
    statement = _CHANGES[change].format(table=table, column=column)

    with pytest.raises(sa.exc.DBAPIError, match="facts, which are never changed"):
        outside.execute(sa.text(statement))


def test_every_other_table_may_change(database: Database, outside: sa.Connection) -> None:
    """Only tables of facts are guarded."""
    keep(SqlStore(database, outside.engine), a_supplier(), an_account(), a_meter())

    assert 1 == outside.execute(sa.text("UPDATE meters SET ratio = 40")).rowcount
