"""Looking the choices of a supplier up."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.billing.policies import RuleBook
from elkk_core.billing.ports import BillingUnitOfWork


@frozen(kw_only=True)
class ShowRules:
    """Show an operator all that a supplier has chosen, of which nothing is changed.

    *reading* makes units of work that never wait for those that write.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    reading: Callable[[], BillingUnitOfWork]

    def __call__(self, *, supplier: str) -> RuleBook:
        with self.reading() as uow:
            return uow.rules.book(uow.suppliers.get_by_code(supplier).supplier_id)
