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
    PersonalAccountsContract,
    SuppliersContract,
)
from elkk_core.testing.contracts.auditing import AuditorContract
from elkk_core.testing.contracts.billed_months import BilledMonthsContract
from elkk_core.testing.contracts.billing import (
    BenefitsContract,
    BillableAccountsContract,
    InvoiceNumbersContract,
    InvoicesContract,
    LedgerContract,
    ReceivedPaymentsContract,
)
from elkk_core.testing.contracts.identity import (
    EmailConfirmationsContract,
    RecoveriesContract,
    RegistrationsContract,
    SessionsContract,
    TalliesContract,
    UsersContract,
)
from elkk_core.testing.contracts.law import LawTablesContract
from elkk_core.testing.contracts.metering import (
    MeteredAccountsContract,
    MeteringGapsContract,
    MetersContract,
    NormsContract,
    ReadingsContract,
)
from elkk_core.testing.contracts.queries import (
    CabinetContract,
    InvoiceListContract,
    LinkedAccountsContract,
    SupplierListContract,
    UserOverviewsContract,
)
from elkk_core.testing.contracts.rules import RuleBooksContract
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.contracts.tariffs import TariffsContract
from elkk_core.testing.contracts.transactions import TransactionContract

# Services
from elkk_core.testing.contracts.services import (
    ClockContract,
    CommonPasswordsContract,
    ContactReaderContract,
    DocumentPrinterContract,
    IdentifiersContract,
    PasswordHasherContract,
    SecretsContract,
)


class StoreContract(
    TransactionContract,
    RegistrationsContract,
    RecoveriesContract,
    UsersContract,
    EmailConfirmationsContract,
    SessionsContract,
    TalliesContract,
    SuppliersContract,
    PersonalAccountsContract,
    AccountLinksContract,
    BillFiguresContract,
    TariffsContract,
    MeteredAccountsContract,
    MetersContract,
    ReadingsContract,
    MeteringGapsContract,
    LawTablesContract,
    RuleBooksContract,
    NormsContract,
    BenefitsContract,
    BillableAccountsContract,
    InvoicesContract,
    InvoiceNumbersContract,
    LedgerContract,
    ReceivedPaymentsContract,
    UserOverviewsContract,
    SupplierListContract,
    LinkedAccountsContract,
    CabinetContract,
    InvoiceListContract,
    AuditorContract,
    BilledMonthsContract,
):
    """All that a store promises."""


__all__ = [
    "AccountLinksContract",
    "AuditorContract",
    "BenefitsContract",
    "BillFiguresContract",
    "BillableAccountsContract",
    "BilledMonthsContract",
    "CabinetContract",
    "ClockContract",
    "CommonPasswordsContract",
    "ContactReaderContract",
    "DocumentPrinterContract",
    "EmailConfirmationsContract",
    "IdentifiersContract",
    "InvoiceListContract",
    "InvoiceNumbersContract",
    "InvoicesContract",
    "LawTablesContract",
    "LedgerContract",
    "LinkedAccountsContract",
    "MeteredAccountsContract",
    "MeteringGapsContract",
    "MetersContract",
    "NormsContract",
    "OpensStore",
    "PasswordHasherContract",
    "PersonalAccountsContract",
    "ReadingsContract",
    "ReceivedPaymentsContract",
    "RecoveriesContract",
    "RegistrationsContract",
    "RuleBooksContract",
    "SecretsContract",
    "SessionsContract",
    "StoreContract",
    "SupplierListContract",
    "SuppliersContract",
    "TalliesContract",
    "TariffsContract",
    "TransactionContract",
    "UserOverviewsContract",
    "UsersContract",
]
