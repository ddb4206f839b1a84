"""Published rates in memory."""

from collections.abc import Iterable

from attrs import frozen

from elkk_core.shared import SupplierId
from elkk_core.tariffs import Rate, TariffBook
from elkk_core.testing.memory.tables import Tables, insert


@frozen
class MemoryTariffs:
    """The rates that a unit of work sees."""

    _tables: Tables

    def book(self, supplier_id: SupplierId) -> TariffBook:
        """See ``Tariffs.book``."""
        return TariffBook(
            rates=tuple(r for r in self._tables.rates.values() if r.supplier_id == supplier_id)
        )

    def publish(self, rates: Iterable[Rate]) -> None:
        """See ``Tariffs.publish``."""
        for rate in rates:
            key = (rate.supplier_id, rate.category, rate.zone, rate.effective_from, rate.up_to)
            insert(self._tables.rates, key, rate, what="rate")
