"""What billing needs from the outside; each docstring is a contract with a test suite."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, Supplier
from elkk_core.billing.model import (
    AccountStanding,
    Benefit,
    BillableAccount,
    Invoice,
    InvoiceSource,
    LedgerEntry,
    MonthConsumption,
    ReceivedPayment,
)
from elkk_core.billing.policies import (
    BillingTerms,
    ExpressAccount,
    ExpressDraft,
    Law,
    LawRow,
    LawTable,
    RuleBook,
    SupplierEstimateRule,
    SupplierRule,
)
from elkk_core.metering.policies import NormTable, RolloverPolicy
from elkk_core.shared.ids import AccountId, InvoiceId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.ports import Tallies, UnitOfWork
from elkk_core.tariffs.model import TariffBook


class BilledSuppliers(Protocol):
    """Suppliers as billing knows them."""

    def get_by_code(self, code: str) -> Supplier:
        """Return the supplier with this code.

        Raises:
            SupplierNotFound: If there is none.
        """
        ...


class Books(Protocol):
    """The rates of suppliers."""

    def book(self, supplier_id: SupplierId) -> TariffBook:
        """Return all rates of a supplier, an empty book if none were published."""
        ...


class LawTables(Protocol):
    """The tables of acts that an operator keeps up to date, for all suppliers alike."""

    def get(self) -> Law:
        """Return the tables in force: those of this release where nobody has replaced them."""
        ...

    def replace(self, table: LawTable, rows: Iterable[LawRow]) -> None:
        """Put *rows* in place of all rows of *table*; without rows, that of this release is back.

        Units that replace tables at the same time wait for each other or are refused, so that no
        table is ever a mixture.

        Raises:
            StaleState: If another unit replaced it meanwhile.
        """
        ...


class RuleBooks(Protocol):
    """The choices that acts leave to suppliers; a choice has one value from a month on."""

    def book(self, supplier_id: SupplierId) -> RuleBook:
        """Return all choices of a supplier, an empty book if it made none."""
        ...

    def choose(self, rules: Iterable[SupplierRule]) -> None:
        """Keep choices, each in place of one of the same name and month if there is one."""
        ...

    def choose_estimates(self, rules: Iterable[SupplierEstimateRule]) -> None:
        """Keep rules of estimates, each in place of one of the same cause and month."""
        ...


class NormTables(Protocol):
    """The consumption norms of suppliers."""

    def table(self, supplier_id: SupplierId) -> NormTable:
        """Return all norms of a supplier, an empty table if it has none."""
        ...


class Benefits(Protocol):
    """The benefits of personal accounts; an account has one of a name from a month on."""

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Benefit, ...]:
        """Return all benefits of *accounts* by name, then by first month."""
        ...

    def add_all(self, benefits: Iterable[Benefit]) -> None:
        """Keep new benefits.

        Raises:
            StaleState: If an account got one of the same name and month meanwhile.
        """
        ...

    def save_all(self, benefits: Iterable[Benefit]) -> None:
        """Keep the next states of benefits.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        ...


class BillableAccounts(Protocol):
    """Personal accounts as billing knows them."""

    def count_unbilled(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str
    ) -> int:
        """Return how many accounts of a supplier have no bill for *month*.

        Only those whose number sorts after *after* and not after *through*, as in `batch`.
        """
        ...

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str, limit: int
    ) -> tuple[BillableAccount, ...]:
        """Return at most *limit* accounts without a bill for *month*, by number.

        Only those whose number sorts after *after* and not after *through*; with an empty text from
        the first one on, or up to the last.
        """
        ...

    def get(self, account_id: AccountId, month: Month) -> BillableAccount:
        """Return an account as it is to be billed for *month*, with all that is known now.

        It is to be looked at only: another unit may bill it meanwhile.

        Raises:
            AccountNotFound: If there is none.
        """
        ...

    def get_before(self, invoice_id: InvoiceId) -> BillableAccount:
        """Return an account as it was to be billed when this invoice was issued to it.

        What came in since is there as well, if it counts in the month of the invoice.

        Raises:
            InvoiceNotFound: If there is no such invoice.
        """
        ...

    def bounds(self, supplier_id: SupplierId, month: Month, *, size: int) -> tuple[str, ...]:
        """Return the number of every *size*-th account without a bill for *month*, by number.

        They divide the accounts into parts of that size; the last part has no bound.
        """
        ...

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, PersonalAccount]:
        """Return those accounts of a supplier that have one of *numbers*, by number."""
        ...


NO_STANDINGS: Mapping[InvoiceId, AccountStanding] = {}


class Invoices(Protocol):
    """All invoices; an account has one of a month and revision, and a supplier one of a number."""

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Invoice, ...]:
        """Return all invoices of *accounts* by month, then by revision."""
        ...

    def find_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, Invoice]:
        """Return those invoices of a supplier that have one of *numbers*, by number."""
        ...

    def billed_through(
        self, accounts: Collection[AccountId], *, source: InvoiceSource
    ) -> Mapping[AccountId, Month]:
        """Return the last month for which each account has an invoice of *source*, if it has one."""
        ...

    def add_all(
        self,
        invoices: Iterable[Invoice],
        *,
        standings: Mapping[InvoiceId, AccountStanding] = NO_STANDINGS,
    ) -> None:
        """Keep new invoices, those issued here with where their accounts stand after them.

        Raises:
            StaleState: If an account got an invoice of the same month and revision, or a number was
                taken, meanwhile.
        """
        ...


class InvoiceNumbers(Protocol):
    """The running numbers of invoices, gapless within a supplier and a year.

    What was taken goes back if the unit of work is not committed, and two units that take numbers
    of the same supplier and year wait for each other.
    """

    def take(self, supplier_id: SupplierId, year: int, count: int) -> int:
        """Return the first of *count* numbers in a row, which are taken with it; 1 is the first."""
        ...


class Ledger(Protocol):
    """All movements of balances; once added they stay as they are."""

    def add_all(self, entries: Iterable[LedgerEntry]) -> None:
        """Keep new entries."""
        ...

    def list_of(self, account_id: AccountId) -> tuple[LedgerEntry, ...]:
        """Return all entries of an account by date, then in the order of recording."""
        ...

    def balances(
        self, accounts: Collection[AccountId], *, before: date
    ) -> Mapping[AccountId, Money]:
        """Return the sum of the entries of each account dated before *before*, zero for none."""
        ...


class ExpressBilling(Protocol):
    """A short way for the bills of the common case (`draft_express`), for speed alone.

    What it gives and keeps is the same that `BillableAccounts`, `Invoices` and `Ledger` do.
    """

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str, limit: int
    ) -> tuple[ExpressAccount, ...]:
        """Return the accounts that `BillableAccounts.batch` does, with facts where they are common."""
        ...

    def whole(
        self, accounts: Collection[ExpressAccount], month: Month
    ) -> Mapping[str, BillableAccount]:
        """Return accounts of a batch as `BillableAccounts.batch` does, by number."""
        ...

    def prepare(
        self,
        drafts: Mapping[str, ExpressDraft],
        *,
        supplier_id: SupplierId,
        month: Month,
        issued_at: datetime,
        new_id: Callable[[], UUID],
    ) -> "PreparedBills":
        """Make new bills, by the identifiers of their accounts, ready to be kept.

        All that can be done without their numbers is done here, since others wait for numbers.
        """
        ...


class PreparedBills(Protocol):
    """New bills that lack their numbers alone."""

    def add_all(self, numbers: Iterable[str]) -> None:
        """Keep the bills, under one number each, with where accounts stand, and their entries.

        Raises:
            StaleState: If an account got a bill of the month, or a number was taken, meanwhile.
        """
        ...


class ReceivedPayments(Protocol):
    """All payments received; a reference is unique within its supplier."""

    def find_by_references(
        self, supplier_id: SupplierId, references: Collection[str]
    ) -> Mapping[str, ReceivedPayment]:
        """Return those payments of a supplier that have one of *references*, by reference."""
        ...

    def add_all(self, payments: Iterable[ReceivedPayment]) -> None:
        """Keep new payments.

        Raises:
            StaleState: If a reference was taken meanwhile.
        """
        ...


class BillingUnitOfWork(UnitOfWork, Protocol):
    """What billing may read and change together."""

    @property
    def tallies(self) -> Tallies: ...
    @property
    def suppliers(self) -> BilledSuppliers: ...
    @property
    def tariffs(self) -> Books: ...
    @property
    def law(self) -> LawTables: ...
    @property
    def rules(self) -> RuleBooks: ...
    @property
    def norms(self) -> NormTables: ...
    @property
    def benefits(self) -> Benefits: ...
    @property
    def billable_accounts(self) -> BillableAccounts: ...
    @property
    def invoices(self) -> Invoices: ...
    @property
    def numbers(self) -> InvoiceNumbers: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def payments(self) -> ReceivedPayments: ...
    @property
    def express(self) -> ExpressBilling | None:
        """The short way for common bills, None where the store has none."""
        ...


def terms_in_force(
    uow: BillingUnitOfWork,
    supplier: Supplier,
    *,
    month: Month,
    today: date,
    rollover: RolloverPolicy,
) -> BillingTerms:
    """Return all that the bills of a supplier for *month* are made by, as the books have it now."""
    return BillingTerms(
        month=month,
        today=today,
        book=uow.tariffs.book(supplier.supplier_id),
        window=supplier.window,
        norms=uow.norms.table(supplier.supplier_id),
        law=uow.law.get(),
        rules=uow.rules.book(supplier.supplier_id).on(month),
        rollover=rollover,
    )


@frozen(kw_only=True)
class PaymentDocument:
    """All that the printed form of a bill shows; *payment_code* is the text of its QR.

    It stands in place of the bill that it *corrects*, or gave way to the one that it is
    *corrected_by*; both are numbers. After it the account stands as *standing* says, which a bill of
    an earlier billing system does not tell. *consumption* are months up to its own, the oldest first.
    """

    supplier: Supplier
    account: PersonalAccount
    invoice: Invoice
    payment_code: str
    corrects: str | None = None
    corrected_by: str | None = None
    standing: AccountStanding | None = None
    consumption: tuple[MonthConsumption, ...] = ()


class DocumentPrinter(Protocol):
    """Makes payment documents to print."""

    def print_document(self, document: PaymentDocument, *, language: str) -> bytes:
        """Return the document as PDF, in Russian (``ru``) or English (``en``).

        Raises:
            PrinterUnavailable: If it cannot be made.
        """
        ...
