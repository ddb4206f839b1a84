"""Dividing a billing run among workers."""

from collections.abc import Callable
from itertools import pairwise

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class BillingPart:
    """The accounts whose number sorts after *after* and not after *through*.

    An empty text means from the first one on, or up to the last.
    """

    after: str
    through: str


@frozen(kw_only=True)
class BillingPlan:
    """How the *accounts* without a bill for a month are divided."""

    accounts: int
    parts: tuple[BillingPart, ...]


@frozen(kw_only=True)
class PlanBilling:
    """Divide the accounts of a supplier without a bill for a month into parts of a size.

    Raises:
        SupplierNotFound: If there is no such supplier.
        MonthNotBegun: If the month lies in the future.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    size: int = 2000

    def __call__(self, *, supplier: str, month: Month) -> BillingPlan:
        with self.unit_of_work() as uow:
            books = uow.suppliers.get_by_code(supplier)
            if month > Month.of(local_date(self.clock.now(), books.time_zone)):
                raise errors.MonthNotBegun(month)
            accounts = uow.billable_accounts.count_unbilled(
                books.supplier_id, month, after="", through=""
            )
            bounds = uow.billable_accounts.bounds(books.supplier_id, month, size=self.size)
        return BillingPlan(
            accounts=accounts,
            parts=tuple(
                BillingPart(after=after, through=through)
                for after, through in pairwise(("", *bounds, ""))
            ),
        )
