"""The tables, room by room.

Every constraint has a name by one convention, so that an error can tell which rule was broken.
Tables of facts (``FACTS``) are never changed: the migrations give them triggers that say so.
"""

from elkk_adapters.sql.tables.accounts import (
    account_links,
    linkings,
    mailings,
    personal_accounts,
    suppliers,
)
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
    answered_captchas,
    consents,
    email_confirmations,
    pending_sign_ins,
    phone_changes,
    recoveries,
    recovery_links,
    registrations,
    second_factors,
    sessions,
    users,
)
from elkk_adapters.sql.tables.messages import sent_messages
from elkk_adapters.sql.tables.metering import metering_gaps, meters, norms, readings
from elkk_adapters.sql.tables.notices import notice_watches, notifications
from elkk_adapters.sql.tables.payments import card_payments, payment_changes
from elkk_adapters.sql.tables.shared import tallies
from elkk_adapters.sql.tables.support import (
    published_contents,
    request_attachments,
    request_messages,
    request_numbers,
    support_requests,
)
from elkk_adapters.sql.tables.tariffs import rates

FACTS = (
    linkings,
    rates,
    readings,
    norms,
    invoices,
    invoice_lines,
    ledger_entries,
    received_payments,
    payment_changes,
    request_messages,
    request_attachments,
)
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
    "recovery_links",
    "answered_captchas",
    "email_confirmations",
    "sessions",
    "second_factors",
    "pending_sign_ins",
    "phone_changes",
    # Accounts
    "suppliers",
    "personal_accounts",
    "account_links",
    "linkings",
    "mailings",
    # Tariffs
    "rates",
    # Metering
    "meters",
    "readings",
    "metering_gaps",
    "norms",
    # Support
    "published_contents",
    "support_requests",
    "request_messages",
    "request_attachments",
    "request_numbers",
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
    # Payments
    "card_payments",
    "payment_changes",
    # Notices
    "notifications",
    "notice_watches",
    # Messages
    "sent_messages",
]
