"""The tables of acts in the database."""

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import add_all
from elkk_core.billing.policies import Law, LawRow, LawTable

_ROWS = Mapper(LawRow, tables.law_rows, own=("law_table",))


@frozen
class SqlLawTables:
    """The tables of acts that an operator keeps up to date, for all suppliers alike."""

    _connection: sa.Connection

    def get(self) -> Law:
        """Return the tables in force: those of this release where nobody has replaced them."""
        replaced: dict[LawTable, list[LawRow]] = defaultdict(list)
        for row in self._connection.execute(sa.select(tables.law_rows.c.law_table, *_ROWS.columns)):
            replaced[row.law_table].append(_ROWS.read(row))
        law = Law()
        for table, rows in replaced.items():
            law = law.replace(table, rows)
        return law

    def replace(self, table: LawTable, rows: Iterable[LawRow]) -> None:
        """Put *rows* in place of all rows of *table*; without rows, that of this release is back.

        Raises:
            StaleState: If another unit replaced it meanwhile.
        """
        if self._connection.dialect.name == "postgresql":
            # Rows that another unit is just adding cannot be seen, let alone removed, before its
            # end; SQLite lets one writer in at a time anyway.
            self._connection.execute(sa.text("LOCK TABLE law_rows IN SHARE ROW EXCLUSIVE MODE"))
        self._connection.execute(
            sa.delete(tables.law_rows).where(tables.law_rows.c.law_table == table)
        )
        new = ({**_ROWS.row(row), "law_table": table} for row in rows)
        add_all(self._connection, tables.law_rows, new, what="table of an act")
