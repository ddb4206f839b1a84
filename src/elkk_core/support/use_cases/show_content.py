"""What a supplier publishes, for an operator."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.support.model import Content
from elkk_core.support.ports import SupportUnitOfWork


@frozen(kw_only=True)
class ShowContent:
    """Return what a supplier publishes: nothing, where it has published nothing yet.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    reading: Callable[[], SupportUnitOfWork]

    def __call__(self, *, supplier: str) -> Content:
        with self.reading() as uow:
            published = uow.contents.find(uow.suppliers.get_id(supplier))
        return Content() if published is None else published.content
