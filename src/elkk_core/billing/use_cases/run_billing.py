"""The billing run of a month."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TypeVar

from attrs import field, frozen

from elkk_core.billing import errors
from elkk_core.billing.model import BillableAccount, InvoiceDraft
from elkk_core.billing.policies import (
    BillingTerms,
    ExpressAccount,
    ExpressDraft,
    ExpressTerms,
    draft_express,
    draft_invoice,
    entries_of,
    invoice_number,
)
from elkk_core.billing.ports import BillingUnitOfWork, terms_in_force
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.shared.batches import Progress, no_progress
from elkk_core.shared.errors import ElkkError, StaleState, Unavailable
from elkk_core.shared.ids import InvoiceId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers

_ATTEMPTS = 5
MOST_PROBLEMS_TOLD = 100
"""How many accounts a report names; all of them are told by `FindBillingProblems`."""

_T = TypeVar("_T")


@frozen(kw_only=True)
class BillingProblem:
    """An account that could not be billed, and why."""

    account: str
    error: ElkkError


@frozen(kw_only=True)
class BillingReport:
    """What came of a run: bills issued now, their sums, and the accounts left out.

    *problems* are the first hundred of *left_out* accounts that could not be billed.
    """

    month: Month
    issued: int
    charged: Money
    penalties: Money
    first_number: str | None
    last_number: str | None
    left_out: int
    problems: tuple[BillingProblem, ...]


@frozen(kw_only=True)
class _Batch:
    """What became of some accounts, the last of which has the number *reached*."""

    accounts: int
    reached: str
    issued: int
    charged: Money
    penalties: Money
    numbers: tuple[str, ...]
    problems: list[BillingProblem]


@frozen(kw_only=True)
class _Terms:
    """What bills are made by: for the rules, and for the short way if it is open."""

    whole: BillingTerms
    express: ExpressTerms | None


@frozen(kw_only=True)
class _Made:
    """The bills of a batch by number of account: those of the rules, and those of the short way."""

    accounts: list[str]
    drafts: dict[str, InvoiceDraft] = field(factory=dict)
    express: dict[str, tuple[str, ExpressDraft]] = field(factory=dict)
    problems: list[BillingProblem] = field(factory=list)

    @property
    def count(self) -> int:
        return len(self.drafts) + len(self.express)

    @property
    def billed(self) -> Iterator[str]:
        return (
            account
            for account in self.accounts
            if account in self.express or account in self.drafts
        )

    @property
    def charged(self) -> Money:
        return Money.total(draft.charged for draft in self.drafts.values()) + Money(
            sum(draft.charged for _, draft in self.express.values())
        )

    @property
    def penalties(self) -> Money:
        return Money.total(draft.penalty for draft in self.drafts.values()) + Money(
            sum(draft.penalty for _, draft in self.express.values())
        )


@frozen(kw_only=True)
class RunBilling:
    """Issue the bills of a supplier for a month to all accounts that have none yet.

    Accounts are billed in batches, each kept as a whole, so a run that was broken off goes on where
    it stopped; a run of the same month once more bills nobody twice, and runs at the same time share
    the accounts. An account that cannot be billed is told with its reason, and the others go on;
    once mended, the next run bills it. Numbers have no gaps: a batch that is not kept gives its
    numbers back. A run may be of a part of the accounts: those whose number sorts after *after* and
    not after *through*. A *dry_run* works everything out and keeps nothing.

    Raises:
        SupplierNotFound: If there is no such supplier.
        MonthNotBegun: If the month lies in the future.
        StaleState, Unavailable: If a batch could not be kept in five attempts; those before it are.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    rollover: RolloverPolicy
    batch_size: int = 200

    def __call__(
        self,
        *,
        supplier: str,
        month: Month,
        after: str = "",
        through: str = "",
        dry_run: bool = False,
        on_progress: Progress = no_progress,
    ) -> BillingReport:
        supplier_id, terms, total = _persistently(
            partial(self._look_up, supplier, month, after, through)
        )
        issued, done, reached, left_out = 0, 0, after, 0
        charged = penalties = Money.zero()
        numbers: tuple[str, ...] = ()
        problems: list[BillingProblem] = []
        on_progress(done, total)
        while batch := _persistently(
            partial(
                self._bill,
                supplier,
                supplier_id,
                terms,
                after=reached,
                through=through,
                dry_run=dry_run,
            )
        ):
            if batch.numbers:
                numbers = (*numbers[:1], *batch.numbers)
            issued += batch.issued
            charged += batch.charged
            penalties += batch.penalties
            left_out += len(batch.problems)
            problems.extend(batch.problems[: MOST_PROBLEMS_TOLD - len(problems)])
            reached, done = batch.reached, done + batch.accounts
            on_progress(done, total)
        return BillingReport(
            month=month,
            issued=issued,
            charged=charged,
            penalties=penalties,
            first_number=numbers[0] if numbers else None,
            last_number=numbers[-1] if numbers else None,
            left_out=left_out,
            problems=tuple(problems),
        )

    def _look_up(
        self, supplier: str, month: Month, after: str, through: str
    ) -> tuple[SupplierId, _Terms, int]:
        """Return a supplier, what its bills are made by, and how many there are to issue."""
        with self.unit_of_work() as uow:
            books = uow.suppliers.get_by_code(supplier)
            today = local_date(self.clock.now(), books.time_zone)
            if month > Month.of(today):
                raise errors.MonthNotBegun(month)
            supplier_id = books.supplier_id
            terms = terms_in_force(uow, books, month=month, today=today, rollover=self.rollover)
            total = uow.billable_accounts.count_unbilled(
                supplier_id, month, after=after, through=through
            )
            return supplier_id, _Terms(whole=terms, express=ExpressTerms.of(terms)), total

    def _bill(
        self,
        supplier: str,
        supplier_id: SupplierId,
        terms: _Terms,
        *,
        after: str,
        through: str,
        dry_run: bool,
    ) -> _Batch | None:
        """Bill the next accounts after the number *after*; None if there are no more."""
        month = terms.whole.month
        with self.unit_of_work() as uow:
            express = uow.express
            if express is None or terms.express is None:
                accounts = uow.billable_accounts.batch(
                    supplier_id, month, after=after, through=through, limit=self.batch_size
                )
                made = _Made(accounts=[account.account.number for account in accounts])
                self._draft(accounts, terms.whole, made)
            else:
                common = express.batch(
                    supplier_id, month, after=after, through=through, limit=self.batch_size
                )
                made = _Made(accounts=[account.number for account in common])
                left = _draft_common(common, terms.express, made)
                if left:
                    self._draft(express.whole(left, month).values(), terms.whole, made)
            if not made.accounts:
                return None
            numbers: tuple[str, ...] = ()
            if made.count and not dry_run:
                numbers = self._issue(uow, supplier, supplier_id, month, made)
                uow.commit()
        return _Batch(
            accounts=len(made.accounts),
            reached=made.accounts[-1],
            issued=made.count,
            charged=made.charged,
            penalties=made.penalties,
            numbers=numbers,
            problems=made.problems,
        )

    def _draft(self, accounts: Iterable[BillableAccount], terms: BillingTerms, made: _Made) -> None:
        """Add the bills of accounts to *made*; one that cannot be billed becomes a problem."""
        for account in accounts:
            number = account.account.number
            try:
                made.drafts[number] = draft_invoice(
                    account, terms=terms, invoice_id=InvoiceId(self.identifiers.new())
                )
            except ElkkError as error:
                made.problems.append(BillingProblem(account=number, error=error))

    def _issue(
        self,
        uow: BillingUnitOfWork,
        supplier: str,
        supplier_id: SupplierId,
        month: Month,
        made: _Made,
    ) -> tuple[str, str]:
        """Keep the bills under the next numbers of the supplier and year; return the outer two."""
        now = self.clock.now()
        prepared = None
        if made.express and uow.express is not None:
            # Before the numbers are taken, for which other units wait.
            prepared = uow.express.prepare(
                dict(made.express.values()),
                supplier_id=supplier_id,
                month=month,
                issued_at=now,
                new_id=self.identifiers.new,
            )
        first = uow.numbers.take(supplier_id, month.year, made.count)
        following = map(partial(_number, supplier, month), range(first, first + made.count))
        numbers = dict(zip(made.billed, following, strict=True))
        if prepared is not None:
            prepared.add_all([numbers[account] for account in made.express])
        if made.drafts:
            invoices = [
                draft.issue(number=numbers[account], now=now)
                for account, draft in made.drafts.items()
            ]
            standings = {draft.invoice_id: draft.standing for draft in made.drafts.values()}
            uow.invoices.add_all(invoices, standings=standings)
            uow.ledger.add_all(
                entry
                for invoice in invoices
                for entry in entries_of(invoice, new_id=self.identifiers.new)
            )
        return _number(supplier, month, first), _number(supplier, month, first + made.count - 1)


def _draft_common(
    accounts: Iterable[ExpressAccount], terms: ExpressTerms, made: _Made
) -> list[ExpressAccount]:
    """Add the common bills to *made*, and return the accounts that are left to the rules."""
    left = []
    for account in accounts:
        draft = None
        if account.facts is not None:
            draft = draft_express(account.facts, terms=terms)
        if draft is None:
            left.append(account)
        else:
            made.express[account.number] = (account.account_id, draft)
    return left


def _number(supplier: str, month: Month, sequence: int) -> str:
    return invoice_number(supplier_code=supplier, year=month.year, sequence=sequence)


def _persistently(step: Callable[[], _T]) -> _T:
    """Return what *step* returns, a unit of work that may lose against another one."""
    # Runs of the same month, imports and users meet at the same accounts, and on SQLite one of them
    # writes at a time. Who loses has kept nothing, and the next attempt finds what is left to bill;
    # so an operator hears of it only if it goes on and on.
    for _ in range(_ATTEMPTS - 1):
        with suppress(StaleState, Unavailable):
            return step()
    return step()
