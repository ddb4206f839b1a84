"""Suppliers, personal accounts, and the users who have linked them."""

# Use cases
from elkk_core.accounts.use_cases.add_supplier import AddSupplier
from elkk_core.accounts.use_cases.import_accounts import ImportAccounts, SuppliedAccount
from elkk_core.accounts.use_cases.link_account import LinkAccount
from elkk_core.accounts.use_cases.start_linking import StartLinking

# Queries
from elkk_core.accounts.queries import LinkedAccount, LinkedAccounts, SupplierList

# Ports
from elkk_core.accounts.ports import (
    AccountLinks,
    AccountsUnitOfWork,
    BillFigures,
    PersonalAccounts,
    Suppliers,
)

# Policies
from elkk_core.accounts.policies import LinkingPolicy

# Model
from elkk_core.accounts.model import (
    AccountLink,
    BankAccountKind,
    BillDelivery,
    BillFigure,
    Contacts,
    PersonalAccount,
    Relation,
    Requisites,
    Supplier,
    account_key_is_right,
    account_number,
    bank_account,
    bank_code,
    known_time_zone,
    line,
    read_persons,
    supplier_code,
    tax_number,
    tax_number_is_right,
)

# Errors
from elkk_core.accounts.errors import (
    AccountNumberMalformed,
    AlreadyLinked,
    BankKeyWrong,
    DigitsExpected,
    LinkingLocked,
    PersonsMalformed,
    RelationUnknown,
    SupplierCodeMalformed,
    SupplierCodeTaken,
    TaxNumberWrong,
    TimeZoneUnknown,
    WrongSecurityAnswer,
)

__all__ = [
    "AccountLink",
    "AccountLinks",
    "AccountNumberMalformed",
    "AccountsUnitOfWork",
    "AddSupplier",
    "AlreadyLinked",
    "BankAccountKind",
    "BankKeyWrong",
    "BillDelivery",
    "BillFigure",
    "BillFigures",
    "Contacts",
    "DigitsExpected",
    "ImportAccounts",
    "LinkAccount",
    "LinkedAccount",
    "LinkedAccounts",
    "LinkingLocked",
    "LinkingPolicy",
    "PersonalAccount",
    "PersonalAccounts",
    "PersonsMalformed",
    "Relation",
    "RelationUnknown",
    "Requisites",
    "StartLinking",
    "SuppliedAccount",
    "Supplier",
    "SupplierCodeMalformed",
    "SupplierCodeTaken",
    "SupplierList",
    "Suppliers",
    "TaxNumberWrong",
    "TimeZoneUnknown",
    "WrongSecurityAnswer",
    "account_key_is_right",
    "account_number",
    "bank_account",
    "bank_code",
    "known_time_zone",
    "line",
    "read_persons",
    "supplier_code",
    "tax_number",
    "tax_number_is_right",
]
