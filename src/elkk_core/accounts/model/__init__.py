"""Suppliers, personal accounts, and the users who have linked them."""

from elkk_core.accounts.model.accounts import PersonalAccount, account_number, read_persons
from elkk_core.accounts.model.lines import line, line_or_nothing
from elkk_core.accounts.model.links import (
    AccountLink,
    BillDelivery,
    BillFigure,
    Linking,
    LinkingId,
    Relation,
)
from elkk_core.accounts.model.mailings import Mailing, MailingChannel
from elkk_core.accounts.model.requisites import (
    BankAccountKind,
    Requisites,
    account_key_is_right,
    bank_account,
    bank_code,
    tax_number,
    tax_number_is_right,
)
from elkk_core.accounts.model.suppliers import Contacts, Supplier, known_time_zone, supplier_code

__all__ = [
    "AccountLink",
    "BankAccountKind",
    "BillDelivery",
    "BillFigure",
    "Contacts",
    "Linking",
    "LinkingId",
    "Mailing",
    "MailingChannel",
    "PersonalAccount",
    "Relation",
    "Requisites",
    "Supplier",
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
