"""What a store is to tests, whatever keeps it: memory, SQLite, PostgreSQL."""

from typing import Protocol

from elkk_core.accounts import (
    AccountLink,
    AccountLinks,
    BillFigures,
    LinkedAccounts,
    PersonalAccount,
    PersonalAccounts,
    Supplier,
    SupplierList,
    Suppliers,
)
from elkk_core.billing import (
    Auditor,
    Benefit,
    Benefits,
    BillableAccounts,
    BilledMonths,
    BilledSuppliers,
    Cabinet,
    ExpressBilling,
    Invoice,
    InvoiceList,
    InvoiceNumbers,
    Invoices,
    LawTables,
    Ledger,
    LedgerEntry,
    ReceivedPayment,
    ReceivedPayments,
    RuleBooks,
    SupplierEstimateRule,
    SupplierRule,
)
from elkk_core.identity import (
    EmailConfirmation,
    EmailConfirmations,
    PasswordRecovery,
    Recoveries,
    Registration,
    Registrations,
    Session,
    Sessions,
    User,
    UserOverviews,
    Users,
)
from elkk_core.metering import (
    Meter,
    MeteredAccounts,
    MeteringGap,
    MeteringGaps,
    Meters,
    Norm,
    Norms,
    Reading,
    Readings,
)
from elkk_core.shared import DomainEvent, SupplierDirectory, Tallies, Tally, UnitOfWork
from elkk_core.tariffs import Rate, Tariffs


class AllSuppliers(Suppliers, SupplierDirectory, BilledSuppliers, Protocol):
    """Suppliers as every context knows them."""


class CabinetUnitOfWork(UnitOfWork, Protocol):
    """The units of work of all contexts in one."""

    # Identity
    @property
    def registrations(self) -> Registrations: ...
    @property
    def recoveries(self) -> Recoveries: ...
    @property
    def users(self) -> Users: ...
    @property
    def email_confirmations(self) -> EmailConfirmations: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def tallies(self) -> Tallies: ...

    # Accounts
    @property
    def suppliers(self) -> AllSuppliers: ...
    @property
    def accounts(self) -> PersonalAccounts: ...
    @property
    def links(self) -> AccountLinks: ...
    @property
    def bill_figures(self) -> BillFigures: ...

    # Tariffs
    @property
    def tariffs(self) -> Tariffs: ...

    # Metering
    @property
    def metered_accounts(self) -> MeteredAccounts: ...
    @property
    def meters(self) -> Meters: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def gaps(self) -> MeteringGaps: ...
    @property
    def norms(self) -> Norms: ...

    # Billing
    @property
    def benefits(self) -> Benefits: ...
    @property
    def billable_accounts(self) -> BillableAccounts: ...
    @property
    def law(self) -> LawTables: ...
    @property
    def rules(self) -> RuleBooks: ...
    @property
    def invoices(self) -> Invoices: ...
    @property
    def numbers(self) -> InvoiceNumbers: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def payments(self) -> ReceivedPayments: ...
    @property
    def express(self) -> ExpressBilling | None: ...


class Store(Protocol):
    """A database of the cabinet, empty at first."""

    def unit_of_work(self) -> CabinetUnitOfWork:
        """Return a new unit of work."""
        ...

    def events(self) -> tuple[DomainEvent, ...]:
        """Return what committed units handed over, in the order of the commits."""
        ...

    @property
    def user_overviews(self) -> UserOverviews: ...
    @property
    def suppliers(self) -> SupplierList: ...
    @property
    def linked_accounts(self) -> LinkedAccounts: ...
    @property
    def cabinet(self) -> Cabinet: ...
    @property
    def invoices(self) -> InvoiceList: ...
    @property
    def billed_months(self) -> BilledMonths: ...
    @property
    def auditor(self) -> Auditor: ...


Fact = (
    Registration
    | PasswordRecovery
    | User
    | EmailConfirmation
    | Session
    | Tally
    | Supplier
    | PersonalAccount
    | AccountLink
    | Rate
    | Meter
    | Reading
    | MeteringGap
    | Norm
    | Benefit
    | SupplierRule
    | SupplierEstimateRule
    | Invoice
    | LedgerEntry
    | ReceivedPayment
)
"""Whatever can be put into a store."""


def add(uow: CabinetUnitOfWork, *facts: Fact) -> None:  # noqa: C901, PLR0912 - A plain table.
    """Add *facts* within a unit of work, in the order given: what others name comes first."""
    for fact in facts:
        match fact:
            case Registration():
                uow.registrations.add(fact)
            case PasswordRecovery():
                uow.recoveries.add(fact)
            case User():
                uow.users.add(fact)
            case EmailConfirmation():
                uow.email_confirmations.add(fact)
            case Session():
                uow.sessions.add(fact)
            case Tally():
                uow.tallies.save(fact)
            case Supplier():
                uow.suppliers.add(fact)
            case PersonalAccount():
                uow.accounts.add_all([fact])
            case AccountLink():
                uow.links.add(fact)
            case Rate():
                uow.tariffs.publish([fact])
            case Meter():
                uow.meters.add_all([fact])
            case Reading():
                uow.readings.add_all([fact])
            case MeteringGap():
                uow.gaps.add_all([fact])
            case Norm():
                uow.norms.add_all([fact])
            case Benefit():
                uow.benefits.add_all([fact])
            case SupplierRule():
                uow.rules.choose([fact])
            case SupplierEstimateRule():
                uow.rules.choose_estimates([fact])
            case Invoice():
                uow.invoices.add_all([fact])
            case LedgerEntry():
                uow.ledger.add_all([fact])
            case ReceivedPayment():
                uow.payments.add_all([fact])


def keep(store: Store, *facts: Fact) -> None:
    """Put *facts* into a store, in one unit of work of their own."""
    with store.unit_of_work() as uow:
        add(uow, *facts)
        uow.commit()
