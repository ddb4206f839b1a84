"""Contracts: what an adapter promises, as tests to inherit.

A suite for a store needs to know how one is opened::

    class TestSqlite(contracts.StoreContract):
        examples = 10
        units_overlap = False

        @contextmanager
        def open(self) -> Iterator[Store]:
            ...

Where a store comes from fixtures of your own, override the fixture ``store`` instead. A suite for a
service needs its ``make`` method only.
"""

from importlib.util import find_spec

from elkk_core.testing import MISSING

if find_spec("pytest") is None:
    raise ImportError(MISSING)


# Stores: every port of persistence, one by one and all together
from elkk_core.testing.contracts.accounts import (
    AccountLinksContract,
    BillFiguresContract,
    LinkingsContract,
    MailingsContract,
    PersonalAccountsContract,
    SuppliersContract,
)
from elkk_core.testing.contracts.auditing import AuditorContract
from elkk_core.testing.contracts.benefits import BenefitsContract
from elkk_core.testing.contracts.billable_accounts import BillableAccountsContract
from elkk_core.testing.contracts.billed_months import BilledMonthsContract
from elkk_core.testing.contracts.identity import (
    AnsweredCaptchasContract,
    EmailConfirmationsContract,
    PendingSignInsContract,
    PhoneChangesContract,
    RecoveriesContract,
    RecoveryLinksContract,
    RegistrationsContract,
    SecondFactorsContract,
    SessionsContract,
    TalliesContract,
    UsersContract,
)
from elkk_core.testing.contracts.invoices import InvoiceNumbersContract, InvoicesContract
from elkk_core.testing.contracts.law import LawTablesContract
from elkk_core.testing.contracts.ledger import LedgerContract, ReceivedPaymentsContract
from elkk_core.testing.contracts.metering import (
    MeteredAccountsContract,
    MeteringGapsContract,
    MetersContract,
    NormsContract,
    ReadingsContract,
    SentReadingsContract,
)
from elkk_core.testing.contracts.payments import (
    BegunPaymentsContract,
    CardPaymentListContract,
    CardPaymentsContract,
    PaidAccountsContract,
    PaymentGatewayContract,
    PaymentsToAskContract,
)
from elkk_core.testing.contracts.notices import (
    NoticeFactsContract,
    NotificationsContract,
    UserNotificationsContract,
    WatchesContract,
)
from elkk_core.testing.contracts.queries import (
    CabinetContract,
    InvoiceListContract,
    LinkedAccountsContract,
    MailingListContract,
    SupplierListContract,
    UserOverviewsContract,
)
from elkk_core.testing.contracts.rules import RuleBooksContract
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.contracts.support import (
    ContentsContract,
    HouseholdsContract,
    RequestNumbersContract,
    RequestOverviewsContract,
    SupportRequestsContract,
)
from elkk_core.testing.contracts.tariffs import TariffsContract
from elkk_core.testing.contracts.transactions import TransactionContract

# Services
from elkk_core.testing.contracts.services import (
    AuthenticatorsContract,
    CaptchaContract,
    ClockContract,
    CommonPasswordsContract,
    ContactReaderContract,
    DocumentPrinterContract,
    FileStoreContract,
    IdentifiersContract,
    PasswordHasherContract,
    SecretsContract,
    SubmissionTicketsContract,
)


class StoreContract(
    TransactionContract,
    RegistrationsContract,
    RecoveriesContract,
    RecoveryLinksContract,
    AnsweredCaptchasContract,
    UsersContract,
    EmailConfirmationsContract,
    SessionsContract,
    SecondFactorsContract,
    PendingSignInsContract,
    PhoneChangesContract,
    TalliesContract,
    SuppliersContract,
    PersonalAccountsContract,
    AccountLinksContract,
    LinkingsContract,
    MailingsContract,
    BillFiguresContract,
    TariffsContract,
    MeteredAccountsContract,
    MetersContract,
    ReadingsContract,
    SentReadingsContract,
    MeteringGapsContract,
    HouseholdsContract,
    SupportRequestsContract,
    RequestNumbersContract,
    ContentsContract,
    RequestOverviewsContract,
    LawTablesContract,
    RuleBooksContract,
    NormsContract,
    BenefitsContract,
    BillableAccountsContract,
    InvoicesContract,
    InvoiceNumbersContract,
    LedgerContract,
    ReceivedPaymentsContract,
    CardPaymentsContract,
    PaidAccountsContract,
    CardPaymentListContract,
    BegunPaymentsContract,
    PaymentsToAskContract,
    UserOverviewsContract,
    SupplierListContract,
    LinkedAccountsContract,
    MailingListContract,
    CabinetContract,
    InvoiceListContract,
    AuditorContract,
    BilledMonthsContract,
    NoticeFactsContract,
    NotificationsContract,
    UserNotificationsContract,
    WatchesContract,
):
    """All that a store promises."""


__all__ = [
    "AccountLinksContract",
    "AnsweredCaptchasContract",
    "AuditorContract",
    "AuthenticatorsContract",
    "BegunPaymentsContract",
    "BenefitsContract",
    "BillFiguresContract",
    "BillableAccountsContract",
    "BilledMonthsContract",
    "CabinetContract",
    "CaptchaContract",
    "CardPaymentListContract",
    "CardPaymentsContract",
    "ClockContract",
    "CommonPasswordsContract",
    "ContactReaderContract",
    "ContentsContract",
    "DocumentPrinterContract",
    "EmailConfirmationsContract",
    "FileStoreContract",
    "HouseholdsContract",
    "IdentifiersContract",
    "InvoiceListContract",
    "InvoiceNumbersContract",
    "InvoicesContract",
    "LawTablesContract",
    "LedgerContract",
    "LinkedAccountsContract",
    "LinkingsContract",
    "MailingListContract",
    "MailingsContract",
    "MeteredAccountsContract",
    "MeteringGapsContract",
    "MetersContract",
    "NormsContract",
    "NoticeFactsContract",
    "NotificationsContract",
    "OpensStore",
    "PaidAccountsContract",
    "PasswordHasherContract",
    "PaymentGatewayContract",
    "PaymentsToAskContract",
    "PendingSignInsContract",
    "PersonalAccountsContract",
    "PhoneChangesContract",
    "ReadingsContract",
    "ReceivedPaymentsContract",
    "RecoveriesContract",
    "RecoveryLinksContract",
    "RegistrationsContract",
    "RequestNumbersContract",
    "RequestOverviewsContract",
    "RuleBooksContract",
    "SecondFactorsContract",
    "SecretsContract",
    "SentReadingsContract",
    "SessionsContract",
    "StoreContract",
    "SubmissionTicketsContract",
    "SupplierListContract",
    "SuppliersContract",
    "SupportRequestsContract",
    "TalliesContract",
    "TariffsContract",
    "TransactionContract",
    "UserNotificationsContract",
    "UserOverviewsContract",
    "UsersContract",
    "WatchesContract",
]
