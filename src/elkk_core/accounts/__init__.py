"""Suppliers, personal accounts, and the users who have linked them."""

# Use cases
from elkk_core.accounts.use_cases.add_supplier import AddSupplier
from elkk_core.accounts.use_cases.choose_bill_delivery import ChooseBillDelivery
from elkk_core.accounts.use_cases.choose_group import ChooseGroup
from elkk_core.accounts.use_cases.choose_mailings import ChooseMailings
from elkk_core.accounts.use_cases.import_accounts import ImportAccounts, SuppliedAccount
from elkk_core.accounts.use_cases.link_account import LinkAccount
from elkk_core.accounts.use_cases.show_own_accounts import ShowOwnAccounts
from elkk_core.accounts.use_cases.start_linking import StartLinking
from elkk_core.accounts.use_cases.unlink_account import UnlinkAccount
from elkk_core.accounts.use_cases.write_note import WriteNote

# Queries
from elkk_core.accounts.queries import (
    LinkedAccount,
    LinkedAccounts,
    MailingList,
    SupplierList,
    SupplierMailing,
)

# Ports
from elkk_core.accounts.ports import (
    AccountLinks,
    AccountsUnitOfWork,
    BillFigures,
    Linkings,
    Mailings,
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
    Linking,
    LinkingId,
    Mailing,
    MailingChannel,
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
    line_or_nothing,
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
    "ChooseBillDelivery",
    "ChooseGroup",
    "ChooseMailings",
    "Contacts",
    "DigitsExpected",
    "ImportAccounts",
    "LinkAccount",
    "LinkedAccount",
    "LinkedAccounts",
    "Linking",
    "LinkingId",
    "LinkingLocked",
    "LinkingPolicy",
    "Linkings",
    "Mailing",
    "MailingChannel",
    "MailingList",
    "Mailings",
    "PersonalAccount",
    "PersonalAccounts",
    "PersonsMalformed",
    "Relation",
    "RelationUnknown",
    "Requisites",
    "ShowOwnAccounts",
    "StartLinking",
    "SuppliedAccount",
    "Supplier",
    "SupplierCodeMalformed",
    "SupplierCodeTaken",
    "SupplierList",
    "SupplierMailing",
    "Suppliers",
    "TaxNumberWrong",
    "TimeZoneUnknown",
    "UnlinkAccount",
    "WriteNote",
    "WrongSecurityAnswer",
    "account_key_is_right",
    "account_number",
    "bank_account",
    "bank_code",
    "known_time_zone",
    "line",
    "line_or_nothing",
    "read_persons",
    "supplier_code",
    "tax_number",
    "tax_number_is_right",
]
