"""Looking consumption norms up."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.metering.policies import NormTable
from elkk_core.metering.ports import MeteringUnitOfWork


@frozen(kw_only=True)
class ShowNorms:
    """Show an operator the consumption norms of a supplier, of which nothing is changed.

    *reading* makes units of work that never wait for those that write.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    reading: Callable[[], MeteringUnitOfWork]

    def __call__(self, *, supplier: str) -> NormTable:
        with self.reading() as uow:
            return uow.norms.table(uow.suppliers.get_id(supplier))
