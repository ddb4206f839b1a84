"""What tariffs need from the outside; each docstring is a contract with a test suite."""

from collections.abc import Iterable
from typing import Protocol

from elkk_core.shared.ids import SupplierId
from elkk_core.shared.ports import SupplierDirectory, UnitOfWork
from elkk_core.tariffs.model import Rate, TariffBook


class Tariffs(Protocol):
    """All published rates; category, zone, date and range of a supplier have one price."""

    def book(self, supplier_id: SupplierId) -> TariffBook:
        """Return all rates of a supplier, an empty book if none were published."""
        ...

    def publish(self, rates: Iterable[Rate]) -> None:
        """Keep new rates.

        Raises:
            StaleState: If one of them was published meanwhile.
        """
        ...


class TariffsUnitOfWork(UnitOfWork, Protocol):
    """What tariffs may read and change together."""

    @property
    def suppliers(self) -> SupplierDirectory: ...
    @property
    def tariffs(self) -> Tariffs: ...
