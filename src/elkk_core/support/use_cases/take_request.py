"""The supplier takes a request into work."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.support.model import read_number
from elkk_core.support.ports import SupportUnitOfWork


@frozen(kw_only=True)
class TakeRequest:
    """Say that somebody of the supplier works on a request, as its author then sees.

    Raises:
        SupplierNotFound, RequestNotFound: If there is no such one.
        RequestClosed: If it is closed.
        StaleState: If somebody else has changed it at the same moment.
    """

    unit_of_work: Callable[[], SupportUnitOfWork]

    def __call__(self, *, supplier: str, number: str) -> None:
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            request = uow.requests.get_by_number(supplier_id, read_number(number))
            uow.requests.save(request.take())
            uow.commit()
