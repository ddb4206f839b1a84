"""Published rates in the database."""

from collections.abc import Iterable

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import add_all
from elkk_core.shared.ids import SupplierId
from elkk_core.tariffs.model import Rate, TariffBook

RATES = Mapper(Rate, tables.rates)


@frozen
class SqlTariffs:
    """All published rates; category, zone, date and range of a supplier have one price."""

    _connection: sa.Connection

    def book(self, supplier_id: SupplierId) -> TariffBook:
        """Return all rates of a supplier, an empty book if none were published."""
        rows = self._connection.execute(
            sa.select(*RATES.columns).where(tables.rates.c.supplier_id == supplier_id)
        )
        return TariffBook(rates=map(RATES.read, rows))

    def publish(self, rates: Iterable[Rate]) -> None:
        """Keep new rates.

        Raises:
            StaleState: If one of them was published meanwhile.
        """
        add_all(self._connection, tables.rates, map(RATES.row, rates), what="rate")
