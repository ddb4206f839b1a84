"""Rules, bills with their lines, and the ledger."""

import sqlalchemy as sa

from elkk_adapters.sql.tables.columns import METADATA, column
from elkk_adapters.sql.types import (
    SEQUENCE,
    TEXT,
    DerivationText,
    Exact,
    Kopecks,
    Moment,
    StandingText,
    YearMonth,
    one_of,
)
from elkk_core.billing.model import EntryKind, InvoiceSource, LineKind
from elkk_core.billing.policies import LawTable, RuleName
from elkk_core.metering.model import EstimateCause

law_rows = sa.Table(
    "law_rows",
    METADATA,
    column("law_table", one_of(LawTable, rule="law_table"), primary_key=True),
    column("first_day", sa.Date(), primary_key=True),
    sa.Column("last_day", sa.Date()),
    sa.Column("value", Exact()),
)

supplier_rules = sa.Table(
    "supplier_rules",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("name", one_of(RuleName, rule="name"), primary_key=True),
    column("month", YearMonth(), primary_key=True, autoincrement=False),
    column("value", TEXT),
)

supplier_estimate_rules = sa.Table(
    "supplier_estimate_rules",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("cause", one_of(EstimateCause, rule="cause"), primary_key=True),
    column("month", YearMonth(), primary_key=True, autoincrement=False),
    sa.Column("rule_periods", sa.SmallInteger()),
    column("rule_clause", TEXT),
    column("rule_coefficient", Exact()),
)

benefits = sa.Table(
    "benefits",
    METADATA,
    column(
        "account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id"), primary_key=True
    ),
    column("name", TEXT, primary_key=True),
    column("first_month", YearMonth(), primary_key=True, autoincrement=False),
    sa.Column("last_month", YearMonth()),
    column("percent", Exact()),
    sa.Column("limit", Exact()),
    column("version", sa.Integer()),
)

invoices = sa.Table(
    "invoices",
    METADATA,
    column("invoice_id", sa.Uuid(), primary_key=True),
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("number", TEXT),
    column("month", YearMonth()),
    column("issued_at", Moment()),
    column("source", one_of(InvoiceSource, rule="source")),
    column("opening", Kopecks()),
    column("payments", Kopecks()),
    column("arithmetic_version", sa.Integer()),
    column("revision", sa.SmallInteger()),
    sa.Column("corrects", sa.Uuid(), sa.ForeignKey("invoices.invoice_id")),
    # Where the account stands after it; NULL for the bill of an earlier billing system.
    sa.Column("standing", StandingText()),
    # Its order finds the last bill of an account at once, however many there are.
    sa.UniqueConstraint("account_id", "month", "revision"),
    # Its order serves those who know the number alone, too.
    sa.UniqueConstraint("number", "supplier_id"),
    sa.CheckConstraint("(revision = 0) = (corrects IS NULL)", name="corrects"),
    # Finds what is new. Facts lie in the order of their coming, so it costs PostgreSQL next to nothing.
    sa.Index(None, "issued_at", postgresql_using="brin"),
)

invoice_lines = sa.Table(
    "invoice_lines",
    METADATA,
    column("invoice_id", sa.Uuid(), sa.ForeignKey("invoices.invoice_id"), primary_key=True),
    column("position", sa.Integer(), primary_key=True, autoincrement=False),
    column("kind", one_of(LineKind, rule="kind")),
    column("amount", Kopecks()),
    sa.Column("vat", Kopecks()),
    sa.Column("derivation", DerivationText()),
    sa.CheckConstraint("(kind = 'earlier') = (derivation IS NULL)", name="derivation"),
)

invoice_numbers = sa.Table(
    "invoice_numbers",
    METADATA,
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    column("year", sa.Integer(), primary_key=True, autoincrement=False),
    column("taken", sa.Integer()),
)

ledger_entries = sa.Table(
    "ledger_entries",
    METADATA,
    # The order of recording, where moments are the same.
    column("sequence", SEQUENCE, primary_key=True),
    column("entry_id", sa.Uuid(), unique=True),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("kind", one_of(EntryKind, rule="kind")),
    column("amount", Kopecks()),
    column("dated", sa.Date()),
    column("valued_on", sa.Date()),
    column("document", TEXT),
    sa.Column("period", YearMonth()),
    column("recorded_at", Moment()),
    sa.Index(None, "account_id", "dated"),
)

received_payments = sa.Table(
    "received_payments",
    METADATA,
    column("payment_id", sa.Uuid(), primary_key=True),
    column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    column("received_on", sa.Date()),
    column("amount", Kopecks()),
    column("reference", TEXT),
    sa.Column("period", YearMonth()),
    column("counted_before", sa.Boolean()),
    column("recorded_at", Moment()),
    sa.UniqueConstraint("supplier_id", "reference"),
    sa.Index(None, "account_id", "received_on"),
    sa.Index(None, "recorded_at", postgresql_using="brin"),
    sa.CheckConstraint("amount > 0", name="amount"),
)
