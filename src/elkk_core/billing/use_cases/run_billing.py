"""The billing run of a month."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.model import (
    BillableAccount,
    EntryId,
    EntryKind,
    Invoice,
    InvoiceDraft,
    LedgerEntry,
)
from elkk_core.billing.policies import draft_invoice, invoice_number
from elkk_core.billing.ports import BillingUnitOfWork, InvoiceNumbers
from elkk_core.shared.batches import Progress, no_progress
from elkk_core.shared.errors import ElkkError, StaleState, Unavailable
from elkk_core.shared.ids import InvoiceId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.tariffs.model import TariffBook

_ATTEMPTS = 5

_T = TypeVar("_T")


@frozen(kw_only=True)
class BillingProblem:
    """An account that could not be billed, and why."""

    account: str
    error: ElkkError


@frozen(kw_only=True)
class BillingReport:
    """What came of a run: bills issued now, their sum, and the accounts left out."""

    month: Month
    issued: int
    charged: Money
    first_number: str | None
    last_number: str | None
    problems: tuple[BillingProblem, ...]


@frozen(kw_only=True)
class _Batch:
    """What became of some accounts, the last of which has the number *reached*."""

    accounts: int
    reached: str
    invoices: list[Invoice]
    problems: list[BillingProblem]


@frozen(kw_only=True)
class RunBilling:
    """Issue the bills of a supplier for a month to all accounts that have none yet.

    Accounts are billed in batches, each kept as a whole, so a run that was broken off goes on where
    it stopped; a run of the same month once more bills nobody twice, and runs at the same time share
    the accounts. An account that cannot be billed is told with its reason, and the others go on;
    once mended, the next run bills it. Numbers have no gaps: a batch that is not kept gives its
    numbers back.

    Raises:
        SupplierNotFound: If there is no such supplier.
        MonthNotBegun: If the month lies in the future.
        StaleState, Unavailable: If a batch could not be kept in five attempts; those before it are.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    batch_size: int = 200

    def __call__(
        self, *, supplier: str, month: Month, on_progress: Progress = no_progress
    ) -> BillingReport:
        supplier_id, book, total = _persistently(partial(self._look_up, supplier, month))
        issued, done, reached = 0, 0, ""
        charged = Money.zero()
        first_number: str | None = None
        last_number: str | None = None
        problems: list[BillingProblem] = []
        on_progress(done, total)
        while batch := _persistently(
            partial(self._bill, supplier, supplier_id, month, book, after=reached)
        ):
            if batch.invoices:
                first_number = first_number or batch.invoices[0].number
                last_number = batch.invoices[-1].number
            issued += len(batch.invoices)
            charged += Money.total(invoice.charged for invoice in batch.invoices)
            problems.extend(batch.problems)
            reached, done = batch.reached, done + batch.accounts
            on_progress(done, total)
        return BillingReport(
            month=month,
            issued=issued,
            charged=charged,
            first_number=first_number,
            last_number=last_number,
            problems=tuple(problems),
        )

    def _look_up(self, supplier: str, month: Month) -> tuple[SupplierId, TariffBook, int]:
        """Return a supplier with its rates and how many bills there are to issue."""
        with self.unit_of_work() as uow:
            books = uow.suppliers.get_by_code(supplier)
            if month > Month.of(local_date(self.clock.now(), books.time_zone)):
                raise errors.MonthNotBegun(month)
            return (
                books.supplier_id,
                uow.tariffs.book(books.supplier_id),
                uow.billable_accounts.count_unbilled(books.supplier_id, month),
            )

    def _bill(
        self, supplier: str, supplier_id: SupplierId, month: Month, book: TariffBook, *, after: str
    ) -> _Batch | None:
        """Bill the next accounts after the number *after*; None if there are no more."""
        problems: list[BillingProblem] = []
        with self.unit_of_work() as uow:
            accounts = uow.billable_accounts.batch(
                supplier_id, month, after=after, limit=self.batch_size
            )
            if not accounts:
                return None
            drafts = self._draft(accounts, month, book, problems)
            invoices = self._issue(drafts, month, supplier, uow.numbers)
            uow.invoices.add_all(invoices)
            uow.ledger.add_all(self._entry(invoice) for invoice in invoices)
            uow.commit()
        return _Batch(
            accounts=len(accounts),
            reached=accounts[-1].account.number,
            invoices=invoices,
            problems=problems,
        )

    def _draft(
        self,
        accounts: tuple[BillableAccount, ...],
        month: Month,
        book: TariffBook,
        problems: list[BillingProblem],
    ) -> list[InvoiceDraft]:
        """Return the bills of a batch; an account that cannot be billed becomes a problem."""
        drafts = []
        for account in accounts:
            try:
                drafts.append(
                    draft_invoice(
                        account,
                        month=month,
                        book=book,
                        invoice_id=InvoiceId(self.identifiers.new()),
                    )
                )
            except ElkkError as error:
                problems.append(BillingProblem(account=account.account.number, error=error))
        return drafts

    def _issue(
        self, drafts: list[InvoiceDraft], month: Month, supplier: str, numbers: InvoiceNumbers
    ) -> list[Invoice]:
        """Return the bills under the next numbers of the supplier and year."""
        if not drafts:
            return []
        now = self.clock.now()
        first = numbers.take(drafts[0].supplier_id, month.year, len(drafts))
        return [
            draft.issue(
                number=invoice_number(
                    supplier_code=supplier, year=month.year, sequence=first + place
                ),
                now=now,
            )
            for place, draft in enumerate(drafts)
        ]

    def _entry(self, invoice: Invoice) -> LedgerEntry:
        return LedgerEntry(
            entry_id=EntryId(self.identifiers.new()),
            account_id=invoice.account_id,
            kind=EntryKind.CHARGE,
            amount=invoice.charged,
            dated=invoice.month.last_day,
            document=invoice.number,
            recorded_at=invoice.issued_at,
        )


def _persistently(step: Callable[[], _T]) -> _T:
    """Return what *step* returns, a unit of work that may lose against another one."""
    # Runs of the same month, imports and users meet at the same accounts, and on SQLite one of them
    # writes at a time. Who loses has kept nothing, and the next attempt finds what is left to bill;
    # so an operator hears of it only if it goes on and on.
    for _ in range(_ATTEMPTS - 1):
        with suppress(StaleState, Unavailable):
            return step()
    return step()
