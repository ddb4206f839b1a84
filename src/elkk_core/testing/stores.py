"""What a store is to tests, whatever keeps it: memory, SQLite, PostgreSQL."""

from typing import Protocol

from elkk_core.accounts import (
    AccountLink,
    AccountLinks,
    BillFigures,
    LinkedAccounts,
    Linking,
    Linkings,
    Mailing,
    MailingList,
    Mailings,
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
    AnsweredCaptchas,
    EmailConfirmation,
    EmailConfirmations,
    PasswordRecovery,
    PendingSignIn,
    PendingSignIns,
    PhoneChange,
    PhoneChanges,
    Recoveries,
    RecoveryLink,
    RecoveryLinks,
    Registration,
    Registrations,
    SecondFactor,
    SecondFactors,
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
    SentReadings,
)
from elkk_core.notices import (
    NoticeFacts,
    Notification,
    Notifications,
    UserNotifications,
    Watches,
)
from elkk_core.payments import (
    BegunPayments,
    CardPayment,
    CardPaymentList,
    CardPayments,
    PaidAccounts,
    PaymentsToAsk,
)
from elkk_core.shared import DomainEvent, SupplierDirectory, Tallies, Tally, UnitOfWork
from elkk_core.support import (
    ContentLibrary,
    Contents,
    Households,
    PublishedContent,
    RequestNumbers,
    RequestOverviews,
    SupportRequest,
    SupportRequests,
)
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
    def recovery_links(self) -> RecoveryLinks: ...
    @property
    def answered_captchas(self) -> AnsweredCaptchas: ...
    @property
    def users(self) -> Users: ...
    @property
    def email_confirmations(self) -> EmailConfirmations: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def second_factors(self) -> SecondFactors: ...
    @property
    def pending_sign_ins(self) -> PendingSignIns: ...
    @property
    def phone_changes(self) -> PhoneChanges: ...
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
    def linkings(self) -> Linkings: ...
    @property
    def mailings(self) -> Mailings: ...
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

    # Support
    @property
    def households(self) -> Households: ...
    @property
    def requests(self) -> SupportRequests: ...
    @property
    def request_numbers(self) -> RequestNumbers: ...
    @property
    def contents(self) -> Contents: ...

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

    # Payments
    @property
    def card_payments(self) -> CardPayments: ...
    @property
    def paid_accounts(self) -> PaidAccounts: ...

    # Notices
    @property
    def notifications(self) -> Notifications: ...
    @property
    def watches(self) -> Watches: ...


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
    def mailings(self) -> MailingList: ...
    @property
    def sent_readings(self) -> SentReadings: ...
    @property
    def request_overviews(self) -> RequestOverviews: ...
    @property
    def content_library(self) -> ContentLibrary: ...
    @property
    def cabinet(self) -> Cabinet: ...
    @property
    def invoices(self) -> InvoiceList: ...
    @property
    def billed_months(self) -> BilledMonths: ...
    @property
    def auditor(self) -> Auditor: ...
    @property
    def notice_facts(self) -> NoticeFacts: ...
    @property
    def user_notifications(self) -> UserNotifications: ...
    @property
    def card_payments(self) -> CardPaymentList: ...
    @property
    def begun_payments(self) -> BegunPayments: ...
    @property
    def payments_to_ask(self) -> PaymentsToAsk: ...


Fact = (
    Registration
    | PasswordRecovery
    | RecoveryLink
    | User
    | EmailConfirmation
    | Session
    | SecondFactor
    | PendingSignIn
    | PhoneChange
    | Tally
    | Supplier
    | PersonalAccount
    | AccountLink
    | Linking
    | Mailing
    | Rate
    | Meter
    | Reading
    | MeteringGap
    | Norm
    | SupportRequest
    | PublishedContent
    | Benefit
    | SupplierRule
    | SupplierEstimateRule
    | Invoice
    | LedgerEntry
    | ReceivedPayment
    | CardPayment
    | Notification
)
"""Whatever can be put into a store."""


def add(uow: CabinetUnitOfWork, *facts: Fact) -> None:  # noqa: C901, PLR0912, PLR0915 - A plain table.
    """Add *facts* within a unit of work, in the order given: what others name comes first."""
    for fact in facts:
        match fact:
            case Registration():
                uow.registrations.add(fact)
            case PasswordRecovery():
                uow.recoveries.add(fact)
            case RecoveryLink():
                uow.recovery_links.add(fact)
            case User():
                uow.users.add(fact)
            case EmailConfirmation():
                uow.email_confirmations.add(fact)
            case Session():
                uow.sessions.add(fact)
            case SecondFactor():
                uow.second_factors.save(fact)
            case PendingSignIn():
                uow.pending_sign_ins.add(fact)
            case PhoneChange():
                uow.phone_changes.save(fact)
            case Tally():
                uow.tallies.save(fact)
            case Supplier():
                uow.suppliers.add(fact)
            case PersonalAccount():
                uow.accounts.add_all([fact])
            case AccountLink():
                uow.links.add(fact)
            case Linking():
                uow.linkings.add(fact)
            case Mailing():
                uow.mailings.save(fact)
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
            case SupportRequest():
                uow.requests.add(fact)
            case PublishedContent():
                uow.contents.add(fact)
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
            case CardPayment():
                uow.card_payments.add(fact)
            case Notification():
                uow.notifications.raise_all([fact])


def keep(store: Store, *facts: Fact) -> None:
    """Put *facts* into a store, in one unit of work of their own."""
    with store.unit_of_work() as uow:
        add(uow, *facts)
        uow.commit()
