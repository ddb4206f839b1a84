"""Looking rates up."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.tariffs.model import TariffBook
from elkk_core.tariffs.ports import TariffsUnitOfWork


@frozen(kw_only=True)
class ShowTariff:
    """Show an operator all that a supplier has published, of which nothing is changed.

    *reading* makes units of work that never wait for those that write.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    reading: Callable[[], TariffsUnitOfWork]

    def __call__(self, *, supplier: str) -> TariffBook:
        with self.reading() as uow:
            return uow.tariffs.book(uow.suppliers.get_id(supplier))
