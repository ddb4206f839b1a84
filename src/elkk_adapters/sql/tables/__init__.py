"""The tables, room by room.

Every constraint has a name by one convention, so that an error can tell which rule was broken.
Tables of facts (``FACTS``) are never changed: the migrations give them triggers that say so.
"""

from elkk_adapters.sql.tables.accounts import account_links, personal_accounts, suppliers
from elkk_adapters.sql.tables.billing import (
    benefits,
    invoice_lines,
    invoice_numbers,
    invoices,
    law_rows,
    ledger_entries,
    received_payments,
    supplier_estimate_rules,
    supplier_rules,
)
from elkk_adapters.sql.tables.columns import METADATA
from elkk_adapters.sql.tables.identity import (
    consents,
    email_confirmations,
    recoveries,
    registrations,
    sessions,
    users,
)
from elkk_adapters.sql.tables.messages import sent_messages
from elkk_adapters.sql.tables.metering import metering_gaps, meters, norms, readings
from elkk_adapters.sql.tables.shared import tallies
from elkk_adapters.sql.tables.tariffs import rates

FACTS = (rates, readings, norms, invoices, invoice_lines, ledger_entries, received_payments)
"""Tables whose rows are added and never changed."""

__all__ = [
    # All of them
    "METADATA",
    "FACTS",
    # Shared
    "tallies",
    # Identity
    "users",
    "consents",
    "registrations",
    "recoveries",
    "email_confirmations",
    "sessions",
    # Accounts
    "suppliers",
    "personal_accounts",
    "account_links",
    # Tariffs
    "rates",
    # Metering
    "meters",
    "readings",
    "metering_gaps",
    "norms",
    # Billing
    "law_rows",
    "supplier_rules",
    "supplier_estimate_rules",
    "benefits",
    "invoices",
    "invoice_lines",
    "invoice_numbers",
    "ledger_entries",
    "received_payments",
    # Messages
    "sent_messages",
]
