"""The accounts that cannot be billed."""

from collections.abc import Callable, Iterator

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.model import BillableAccount
from elkk_core.billing.policies import BillingTerms, draft_invoice
from elkk_core.billing.ports import BillingUnitOfWork, terms_in_force
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.shared.errors import ElkkError
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class UnbilledAccount:
    """An account without a bill for a month.

    *error* says why it cannot be billed as things are; None if the next run will bill it.
    """

    account: str
    error: ElkkError | None


@frozen(kw_only=True)
class FindBillingProblems:
    """Tell of each account without a bill for a month whether it can be billed now, by number.

    Nothing is kept of it: what was mended since a run is not told any more. Accounts are looked at
    as they are asked for, in batches.

    Raises:
        SupplierNotFound: If there is no such supplier.
        MonthNotBegun: If the month lies in the future.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    rollover: RolloverPolicy
    batch_size: int = 200

    def __call__(self, *, supplier: str, month: Month) -> Iterator[UnbilledAccount]:
        # Looked at before anybody iterates, so that what is refused is refused at once.
        return self._tell(self._look(supplier, month, after=""), supplier, month)

    def _tell(
        self, accounts: tuple[UnbilledAccount, ...], supplier: str, month: Month
    ) -> Iterator[UnbilledAccount]:
        while accounts:
            yield from accounts
            accounts = self._look(supplier, month, after=accounts[-1].account)

    def _look(self, supplier: str, month: Month, *, after: str) -> tuple[UnbilledAccount, ...]:
        with self.unit_of_work() as uow:
            books = uow.suppliers.get_by_code(supplier)
            today = local_date(self.clock.now(), books.time_zone)
            if month > Month.of(today):
                raise errors.MonthNotBegun(month)
            terms = terms_in_force(uow, books, month=month, today=today, rollover=self.rollover)
            accounts = uow.billable_accounts.batch(
                books.supplier_id, month, after=after, through="", limit=self.batch_size
            )
        return tuple(self._judge(account, terms) for account in accounts)

    def _judge(self, account: BillableAccount, terms: BillingTerms) -> UnbilledAccount:
        error = None
        try:
            draft_invoice(account, terms=terms, invoice_id=InvoiceId(self.identifiers.new()))
        except ElkkError as reason:
            error = reason
        return UnbilledAccount(account=account.account.number, error=error)
