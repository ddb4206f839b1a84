"""The tables of acts in memory."""

from collections.abc import Iterable

from attrs import frozen

from elkk_core.billing import Law, LawRow, LawTable
from elkk_core.testing.memory.tables import Tables


@frozen
class MemoryLawTables:
    """The tables of acts that a unit of work sees."""

    _tables: Tables

    def get(self) -> Law:
        """See ``LawTables.get``."""
        law = Law()
        for table, rows in self._tables.law.items():
            law = law.replace(table, rows) if rows else law
        return law

    def replace(self, table: LawTable, rows: Iterable[LawRow]) -> None:
        """See ``LawTables.replace``."""
        self._tables.law[table] = tuple(rows)
