"""The tables, room by room.

Every constraint has a name by one convention, so that an error can tell which rule was broken.
Tables of facts (``FACTS``) are never changed: the migrations give them triggers that say so.
"""

from typing import Any

import sqlalchemy as sa

from elkk_adapters.sql.types import (
    SEQUENCE,
    TEXT,
    DerivationText,
    EmailAddress,
    Exact,
    Kopecks,
    Moment,
    Moments,
    PersonsRange,
    PhoneNumber,
    StandingText,
    TraitList,
    UpperBound,
    YearMonth,
    ZoneCount,
    one_of,
)
from elkk_core.accounts.model import BillDelivery, Relation
from elkk_core.billing.model import EntryKind, InvoiceSource, LineKind
from elkk_core.billing.policies import LawTable, RuleName
from elkk_core.identity.model import Language
from elkk_core.metering.model import EstimateCause, ReadingSource
from elkk_core.shared.zones import Zone

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)


def _column(name: str, kind: Any, *rules: Any, **options: Any) -> sa.Column[Any]:
    """Return a column that is never empty."""
    return sa.Column(name, kind, *rules, nullable=False, **options)


def _empty_together(names: tuple[str, ...]) -> str:
    """Return the rule that either all of the columns hold something or none of them does."""
    return f"{_all(names, 'IS NULL')} OR {_all(names, 'IS NOT NULL')}"


def _all(names: tuple[str, ...], condition: str) -> str:
    return " AND ".join(f"{name} {condition}" for name in names)


# Shared

tallies = sa.Table(
    "tallies",
    METADATA,
    _column("key", TEXT, primary_key=True),
    _column("moments", Moments()),
    _column("version", sa.Integer()),
)

# Identity

users = sa.Table(
    "users",
    METADATA,
    _column("user_id", sa.Uuid(), primary_key=True),
    _column("phone", PhoneNumber(), unique=True),
    _column("email", EmailAddress(), index=True),
    sa.Column("email_confirmed_at", Moment()),
    _column("name_surname", TEXT),
    _column("name_given", TEXT),
    _column("name_patronymic", TEXT),
    _column("password_digest", TEXT),
    _column("language", one_of(Language, rule="language")),
    _column("registered_at", Moment()),
    _column("version", sa.Integer()),
)
sa.Index(
    "uq_users_confirmed_email",
    users.c.email,
    unique=True,
    sqlite_where=users.c.email_confirmed_at.is_not(None),
    postgresql_where=users.c.email_confirmed_at.is_not(None),
)

consents = sa.Table(
    "consents",
    METADATA,
    _column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id"), primary_key=True),
    _column("position", sa.Integer(), primary_key=True, autoincrement=False),
    _column("version", TEXT),
    _column("given_at", Moment()),
)

registrations = sa.Table(
    "registrations",
    METADATA,
    _column("registration_id", sa.Uuid(), primary_key=True),
    _column("phone", PhoneNumber()),
    _column("email", EmailAddress()),
    _column("name_surname", TEXT),
    _column("name_given", TEXT),
    _column("name_patronymic", TEXT),
    _column("password_digest", TEXT),
    _column("consent_version", TEXT),
    _column("consent_given_at", Moment()),
    _column("language", one_of(Language, rule="language")),
    _column("phone_known", sa.Boolean()),
    _column("code_digest", TEXT),
    _column("code_sent_at", Moment()),
    _column("code_expires_at", Moment()),
    _column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    _column("started_at", Moment()),
    _column("version", sa.Integer()),
)

recoveries = sa.Table(
    "recoveries",
    METADATA,
    _column("recovery_id", sa.Uuid(), primary_key=True),
    _column("phone", PhoneNumber()),
    sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id")),
    _column("language", one_of(Language, rule="language")),
    _column("code_digest", TEXT),
    _column("code_sent_at", Moment()),
    _column("code_expires_at", Moment()),
    _column("code_tries_left", sa.Integer()),
    sa.Column("code_used_at", Moment()),
    _column("version", sa.Integer()),
)

email_confirmations = sa.Table(
    "email_confirmations",
    METADATA,
    _column("token_digest", TEXT, primary_key=True),
    _column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id")),
    _column("email", EmailAddress()),
    _column("expires_at", Moment()),
)

sessions = sa.Table(
    "sessions",
    METADATA,
    _column("session_id", sa.Uuid(), primary_key=True),
    _column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id"), index=True),
    _column("token_digest", TEXT, unique=True),
    _column("started_at", Moment()),
    _column("last_used_at", Moment()),
    _column("idle_until", Moment()),
    _column("expires_at", Moment()),
    _column("remembered", sa.Boolean()),
    sa.Column("ended_at", Moment()),
    _column("version", sa.Integer()),
)

# Accounts

suppliers = sa.Table(
    "suppliers",
    METADATA,
    _column("supplier_id", sa.Uuid(), primary_key=True),
    _column("code", TEXT, unique=True),
    _column("name", TEXT),
    _column("time_zone", TEXT),
    _column("window_first_day", sa.SmallInteger()),
    _column("window_last_day", sa.SmallInteger()),
    _column("requisites_payee", TEXT),
    _column("requisites_inn", TEXT),
    _column("requisites_bank", TEXT),
    _column("requisites_bic", TEXT),
    _column("requisites_settlement_account", TEXT),
    _column("requisites_correspondent_account", TEXT),
    _column("contacts_site", TEXT),
    _column("contacts_phone", TEXT),
    _column("contacts_email", TEXT),
    _column("version", sa.Integer()),
)

personal_accounts = sa.Table(
    "personal_accounts",
    METADATA,
    _column("account_id", sa.Uuid(), primary_key=True),
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    _column("number", TEXT),
    _column("address", TEXT),
    _column("owner", TEXT),
    _column("category", TEXT),
    sa.Column("persons", sa.SmallInteger()),
    _column("traits", TraitList()),
    _column("range_exempt", sa.Boolean()),
    _column("version", sa.Integer()),
    sa.UniqueConstraint("supplier_id", "number"),
)

account_links = sa.Table(
    "account_links",
    METADATA,
    _column("user_id", sa.Uuid(), sa.ForeignKey("users.user_id"), primary_key=True),
    _column(
        "account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id"), primary_key=True
    ),
    _column("relation", one_of(Relation, rule="relation")),
    _column("delivery", one_of(BillDelivery, rule="delivery")),
    _column("linked_at", Moment()),
)

# Tariffs

rates = sa.Table(
    "rates",
    METADATA,
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    _column("category", TEXT, primary_key=True),
    _column("zone", one_of(Zone, rule="zone"), primary_key=True),
    _column("effective_from", sa.Date(), primary_key=True),
    _column("up_to", UpperBound(), primary_key=True),
    _column("price", Exact()),
)

# Metering

meters = sa.Table(
    "meters",
    METADATA,
    _column("meter_id", sa.Uuid(), primary_key=True),
    _column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    _column("number", TEXT),
    _column("zones", ZoneCount()),
    _column("capacity_integers", sa.SmallInteger()),
    _column("capacity_decimals", sa.SmallInteger()),
    _column("ratio", sa.Integer()),
    _column("installed_on", sa.Date()),
    sa.Column("verification_due", sa.Date()),
    sa.Column("window_first_day", sa.SmallInteger()),
    sa.Column("window_last_day", sa.SmallInteger()),
    sa.Column("removed_on", sa.Date()),
    _column("version", sa.Integer()),
    sa.UniqueConstraint("account_id", "number"),
    sa.CheckConstraint(_empty_together(("window_first_day", "window_last_day")), name="window"),
)

readings = sa.Table(
    "readings",
    METADATA,
    # The order of recording, where moments are the same.
    _column("sequence", SEQUENCE, primary_key=True),
    _column("reading_id", sa.Uuid(), unique=True),
    _column("meter_id", sa.Uuid(), sa.ForeignKey("meters.meter_id")),
    _column("zone", one_of(Zone, rule="zone")),
    _column("value", Exact()),
    _column("taken_on", sa.Date()),
    _column("month", YearMonth()),
    _column("source", one_of(ReadingSource, rule="source")),
    _column("recorded_at", Moment()),
    sa.Column("submitted_by", sa.Uuid(), sa.ForeignKey("users.user_id")),
    # A reading is corrected once; who corrects it again corrects the correction.
    sa.Column("corrects", sa.Uuid(), sa.ForeignKey("readings.reading_id"), unique=True),
    sa.Index(None, "meter_id", "month"),
)

metering_gaps = sa.Table(
    "metering_gaps",
    METADATA,
    _column("meter_id", sa.Uuid(), sa.ForeignKey("meters.meter_id"), primary_key=True),
    _column("cause", one_of(EstimateCause, rule="cause"), primary_key=True),
    _column("since", sa.Date(), primary_key=True),
    sa.Column("until", sa.Date()),
    _column("version", sa.Integer()),
)

norms = sa.Table(
    "norms",
    METADATA,
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    _column("effective_from", sa.Date(), primary_key=True),
    # Of two tables of the same date, put in at once, the second finds its first place taken.
    _column("position", sa.Integer(), primary_key=True, autoincrement=False),
    _column("traits", TraitList()),
    _column("persons", PersonsRange()),
    _column("kwh", Exact()),
)

# Billing

law_rows = sa.Table(
    "law_rows",
    METADATA,
    _column("law_table", one_of(LawTable, rule="law_table"), primary_key=True),
    _column("first_day", sa.Date(), primary_key=True),
    sa.Column("last_day", sa.Date()),
    sa.Column("value", Exact()),
)

supplier_rules = sa.Table(
    "supplier_rules",
    METADATA,
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    _column("name", one_of(RuleName, rule="name"), primary_key=True),
    _column("month", YearMonth(), primary_key=True, autoincrement=False),
    _column("value", TEXT),
)

supplier_estimate_rules = sa.Table(
    "supplier_estimate_rules",
    METADATA,
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    _column("cause", one_of(EstimateCause, rule="cause"), primary_key=True),
    _column("month", YearMonth(), primary_key=True, autoincrement=False),
    sa.Column("rule_periods", sa.SmallInteger()),
    _column("rule_clause", TEXT),
    _column("rule_coefficient", Exact()),
)

benefits = sa.Table(
    "benefits",
    METADATA,
    _column(
        "account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id"), primary_key=True
    ),
    _column("name", TEXT, primary_key=True),
    _column("first_month", YearMonth(), primary_key=True, autoincrement=False),
    sa.Column("last_month", YearMonth()),
    _column("percent", Exact()),
    sa.Column("limit", Exact()),
    _column("version", sa.Integer()),
)

invoices = sa.Table(
    "invoices",
    METADATA,
    _column("invoice_id", sa.Uuid(), primary_key=True),
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    _column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    _column("number", TEXT),
    _column("month", YearMonth()),
    _column("issued_at", Moment()),
    _column("source", one_of(InvoiceSource, rule="source")),
    _column("opening", Kopecks()),
    _column("payments", Kopecks()),
    _column("arithmetic_version", sa.Integer()),
    _column("revision", sa.SmallInteger()),
    sa.Column("corrects", sa.Uuid(), sa.ForeignKey("invoices.invoice_id")),
    # Where the account stands after it; NULL for the bill of an earlier billing system.
    sa.Column("standing", StandingText()),
    # Its order finds the last bill of an account at once, however many there are.
    sa.UniqueConstraint("account_id", "month", "revision"),
    # Its order serves those who know the number alone, too.
    sa.UniqueConstraint("number", "supplier_id"),
    sa.CheckConstraint("(revision = 0) = (corrects IS NULL)", name="corrects"),
)

invoice_lines = sa.Table(
    "invoice_lines",
    METADATA,
    _column("invoice_id", sa.Uuid(), sa.ForeignKey("invoices.invoice_id"), primary_key=True),
    _column("position", sa.Integer(), primary_key=True, autoincrement=False),
    _column("kind", one_of(LineKind, rule="kind")),
    _column("amount", Kopecks()),
    sa.Column("vat", Kopecks()),
    sa.Column("derivation", DerivationText()),
    sa.CheckConstraint("(kind = 'earlier') = (derivation IS NULL)", name="derivation"),
)

invoice_numbers = sa.Table(
    "invoice_numbers",
    METADATA,
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id"), primary_key=True),
    _column("year", sa.Integer(), primary_key=True, autoincrement=False),
    _column("taken", sa.Integer()),
)

ledger_entries = sa.Table(
    "ledger_entries",
    METADATA,
    # The order of recording, where moments are the same.
    _column("sequence", SEQUENCE, primary_key=True),
    _column("entry_id", sa.Uuid(), unique=True),
    _column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    _column("kind", one_of(EntryKind, rule="kind")),
    _column("amount", Kopecks()),
    _column("dated", sa.Date()),
    _column("valued_on", sa.Date()),
    _column("document", TEXT),
    sa.Column("period", YearMonth()),
    _column("recorded_at", Moment()),
    sa.Index(None, "account_id", "dated"),
)

received_payments = sa.Table(
    "received_payments",
    METADATA,
    _column("payment_id", sa.Uuid(), primary_key=True),
    _column("supplier_id", sa.Uuid(), sa.ForeignKey("suppliers.supplier_id")),
    _column("account_id", sa.Uuid(), sa.ForeignKey("personal_accounts.account_id")),
    _column("received_on", sa.Date()),
    _column("amount", Kopecks()),
    _column("reference", TEXT),
    sa.Column("period", YearMonth()),
    _column("counted_before", sa.Boolean()),
    _column("recorded_at", Moment()),
    sa.UniqueConstraint("supplier_id", "reference"),
    sa.Index(None, "account_id", "received_on"),
    sa.CheckConstraint("amount > 0", name="amount"),
)

# Messages

sent_messages = sa.Table(
    "sent_messages",
    METADATA,
    _column("sequence", SEQUENCE, primary_key=True),
    _column("key", TEXT, unique=True),
    _column("kind", TEXT),
    _column("channel", TEXT),
    _column("recipient", TEXT),
    sa.Column("subject", TEXT),
    _column("text", TEXT),
    sa.Column("html", TEXT),
    _column("sent_at", Moment()),
)

FACTS = (rates, readings, norms, invoices, invoice_lines, ledger_entries, received_payments)
"""Tables whose rows are added and never changed."""
