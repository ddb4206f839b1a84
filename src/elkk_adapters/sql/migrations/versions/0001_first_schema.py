"""The first schema: users, accounts, tariffs, meters, bills and messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql, sqlite

revision = "0001"
down_revision = None

TABLES = (
    "tallies",
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
    "suppliers",
    "personal_accounts",
    "account_links",
    "linkings",
    "mailings",
    "rates",
    "meters",
    "readings",
    "metering_gaps",
    "norms",
    "benefits",
    "law_rows",
    "supplier_rules",
    "supplier_estimate_rules",
    "invoices",
    "invoice_lines",
    "invoice_numbers",
    "ledger_entries",
    "received_payments",
    "sent_messages",
)

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")
KOPECKS = sa.BigInteger()
MONTH = sa.Integer()
ZONES = ("all_day", "day", "peak", "half_peak", "night")
CAUSES = (
    "reading_missed",
    "meter_failed",
    "meter_lost",
    "verification_over",
    "access_refused",
    "access_refused_twice",
)
CONFIRMED = sa.text("email_confirmed_at IS NOT NULL")


def one_of(*values: str, name: str) -> sa.Enum:
    """Return the type of a text that is one of *values*, by a check of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "tallies",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("moments", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tallies"),
    )
    op.create_table(
        "users",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("email_confirmed_at", MOMENT),
        sa.Column("new_email", TEXT),
        sa.Column("name_surname", TEXT, nullable=False),
        sa.Column("name_given", TEXT, nullable=False),
        sa.Column("name_patronymic", TEXT, nullable=False),
        sa.Column("sex", one_of("female", "male", name="sex")),
        sa.Column("born_on", sa.Date()),
        sa.Column("password_digest", TEXT, nullable=False),
        sa.Column("language", one_of("ru", "en", name="language"), nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_users"),
        sa.UniqueConstraint("phone", name="uq_users_phone"),
    )
    op.create_index("ix_users_email", "users", ["email"])
    op.create_index(
        "uq_users_confirmed_email",
        "users",
        ["email"],
        unique=True,
        sqlite_where=CONFIRMED,
        postgresql_where=CONFIRMED,
    )
    op.create_table(
        "consents",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.user_id"], name="fk_consents_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "position", name="pk_consents"),
    )
    op.create_table(
        "registrations",
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("name_surname", TEXT, nullable=False),
        sa.Column("name_given", TEXT, nullable=False),
        sa.Column("name_patronymic", TEXT, nullable=False),
        sa.Column("password_digest", TEXT, nullable=False),
        sa.Column("consent_version", TEXT, nullable=False),
        sa.Column("consent_given_at", MOMENT, nullable=False),
        sa.Column("language", one_of("ru", "en", name="language"), nullable=False),
        sa.Column("phone_known", sa.Boolean(), nullable=False),
        sa.Column("code_digest", TEXT, nullable=False),
        sa.Column("code_sent_at", MOMENT, nullable=False),
        sa.Column("code_expires_at", MOMENT, nullable=False),
        sa.Column("code_tries_left", sa.Integer(), nullable=False),
        sa.Column("code_used_at", MOMENT),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name="pk_registrations"),
    )
    op.create_table(
        "recoveries",
        sa.Column("recovery_id", sa.Uuid(), nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("user_id", sa.Uuid()),
        sa.Column("language", one_of("ru", "en", name="language"), nullable=False),
        sa.Column("code_digest", TEXT, nullable=False),
        sa.Column("code_sent_at", MOMENT, nullable=False),
        sa.Column("code_expires_at", MOMENT, nullable=False),
        sa.Column("code_tries_left", sa.Integer(), nullable=False),
        sa.Column("code_used_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.user_id"], name="fk_recoveries_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("recovery_id", name="pk_recoveries"),
    )
    op.create_table(
        "recovery_links",
        sa.Column("token_digest", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("user_id", sa.Uuid()),
        sa.Column("language", one_of("ru", "en", name="language"), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_recovery_links_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_digest", name="pk_recovery_links"),
    )
    op.create_table(
        "answered_captchas",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_answered_captchas"),
    )
    op.create_index("ix_answered_captchas_expires_at", "answered_captchas", ["expires_at"])
    op.create_table(
        "email_confirmations",
        sa.Column("token_digest", TEXT, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_email_confirmations_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_digest", name="pk_email_confirmations"),
    )
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", TEXT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=False),
        sa.Column("idle_until", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("user_agent", TEXT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.user_id"], name="fk_sessions_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name="pk_sessions"),
        sa.UniqueConstraint("token_digest", name="uq_sessions_token_digest"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("method", one_of("sms", "app", name="method")),
        sa.Column("on_since", MOMENT),
        sa.Column("sealed_secret", TEXT),
        sa.Column("last_step", sa.BigInteger()),
        sa.Column("code_digest", TEXT),
        sa.Column("code_sent_at", MOMENT),
        sa.Column("code_expires_at", MOMENT),
        sa.Column("code_tries_left", sa.Integer()),
        sa.Column("code_used_at", MOMENT),
        sa.Column("recovery_digests", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_second_factors_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_second_factors"),
    )
    op.create_table(
        "pending_sign_ins",
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("password_mark", TEXT, nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_pending_sign_ins_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sign_in_id", name="pk_pending_sign_ins"),
    )
    op.create_index("ix_pending_sign_ins_user_id", "pending_sign_ins", ["user_id"])
    op.create_table(
        "phone_changes",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("phone_known", sa.Boolean(), nullable=False),
        sa.Column("language", one_of("ru", "en", name="language"), nullable=False),
        sa.Column("code_digest", TEXT, nullable=False),
        sa.Column("code_sent_at", MOMENT, nullable=False),
        sa.Column("code_expires_at", MOMENT, nullable=False),
        sa.Column("code_tries_left", sa.Integer(), nullable=False),
        sa.Column("code_used_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_phone_changes_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_phone_changes"),
    )
    op.create_table(
        "suppliers",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("time_zone", TEXT, nullable=False),
        sa.Column("window_first_day", sa.SmallInteger(), nullable=False),
        sa.Column("window_last_day", sa.SmallInteger(), nullable=False),
        sa.Column("requisites_payee", TEXT, nullable=False),
        sa.Column("requisites_inn", TEXT, nullable=False),
        sa.Column("requisites_bank", TEXT, nullable=False),
        sa.Column("requisites_bic", TEXT, nullable=False),
        sa.Column("requisites_settlement_account", TEXT, nullable=False),
        sa.Column("requisites_correspondent_account", TEXT, nullable=False),
        sa.Column("contacts_site", TEXT, nullable=False),
        sa.Column("contacts_phone", TEXT, nullable=False),
        sa.Column("contacts_email", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("supplier_id", name="pk_suppliers"),
        sa.UniqueConstraint("code", name="uq_suppliers_code"),
    )
    op.create_table(
        "personal_accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("persons", sa.SmallInteger()),
        sa.Column("traits", TEXT, nullable=False),
        sa.Column("range_exempt", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_personal_accounts_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_personal_accounts"),
        sa.UniqueConstraint(
            "supplier_id", "number", name="uq_personal_accounts_supplier_id_number"
        ),
    )
    op.create_table(
        "account_links",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "relation",
            one_of("owner", "other", "tenant", "registered", "resident", name="relation"),
            nullable=False,
        ),
        sa.Column("delivery", one_of("email", "paper", name="delivery"), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("group", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_account_links_account_id_personal_accounts",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_account_links_user_id_users",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "account_id", name="pk_account_links"),
    )
    op.create_index("ix_account_links_account_id", "account_links", ["account_id"])
    op.create_table(
        "linkings",
        sa.Column("linking_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_linkings_account_id_personal_accounts",
        ),
        sa.PrimaryKeyConstraint("linking_id", name="pk_linkings"),
    )
    op.create_index("ix_linkings_account_id_linked_at", "linkings", ["account_id", "linked_at"])
    op.create_index("ix_linkings_linked_at", "linkings", ["linked_at"])
    op.create_table(
        "mailings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Boolean(), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["suppliers.supplier_id"], name="fk_mailings_supplier_id_suppliers"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.user_id"], name="fk_mailings_user_id_users", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "supplier_id", name="pk_mailings"),
    )
    op.create_table(
        "rates",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("zone", one_of(*ZONES, name="zone"), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("up_to", EXACT, nullable=False),
        sa.Column("price", EXACT, nullable=False),
        sa.Column("transmission", EXACT),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["suppliers.supplier_id"], name="fk_rates_supplier_id_suppliers"
        ),
        sa.PrimaryKeyConstraint(
            "supplier_id", "category", "zone", "effective_from", "up_to", name="pk_rates"
        ),
    )
    op.create_table(
        "meters",
        sa.Column("meter_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("zones", sa.SmallInteger(), nullable=False),
        sa.Column("capacity_integers", sa.SmallInteger(), nullable=False),
        sa.Column("capacity_decimals", sa.SmallInteger(), nullable=False),
        sa.Column("ratio", sa.Integer(), nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=False),
        sa.Column("verification_due", sa.Date()),
        sa.Column("window_first_day", sa.SmallInteger()),
        sa.Column("window_last_day", sa.SmallInteger()),
        sa.Column("removed_on", sa.Date()),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("responsible", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "window_first_day IS NULL AND window_last_day IS NULL OR window_first_day IS NOT NULL AND window_last_day IS NOT NULL",
            name="window",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_meters_account_id_personal_accounts",
        ),
        sa.PrimaryKeyConstraint("meter_id", name="pk_meters"),
        sa.UniqueConstraint("account_id", "number", name="uq_meters_account_id_number"),
    )
    op.create_table(
        "readings",
        sa.Column("sequence", SEQUENCE, nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("meter_id", sa.Uuid(), nullable=False),
        sa.Column("zone", one_of(*ZONES, name="zone"), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("month", MONTH, nullable=False),
        sa.Column(
            "source",
            one_of("initial", "customer", "supplier", "final", name="source"),
            nullable=False,
        ),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("submitted_by", sa.Uuid()),
        sa.Column("corrects", sa.Uuid()),
        sa.ForeignKeyConstraint(
            ["corrects"], ["readings.reading_id"], name="fk_readings_corrects_readings"
        ),
        sa.ForeignKeyConstraint(
            ["meter_id"], ["meters.meter_id"], name="fk_readings_meter_id_meters"
        ),
        sa.PrimaryKeyConstraint("sequence", name="pk_readings"),
        sa.UniqueConstraint("corrects", name="uq_readings_corrects"),
        sa.UniqueConstraint("reading_id", name="uq_readings_reading_id"),
    )
    op.create_index("ix_readings_meter_id_month", "readings", ["meter_id", "month"])
    op.create_index(
        "ix_readings_submitted_by",
        "readings",
        ["submitted_by"],
        sqlite_where=sa.text("submitted_by IS NOT NULL"),
        postgresql_where=sa.text("submitted_by IS NOT NULL"),
    )
    op.create_table(
        "metering_gaps",
        sa.Column("meter_id", sa.Uuid(), nullable=False),
        sa.Column("cause", one_of(*CAUSES, name="cause"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meter_id"], ["meters.meter_id"], name="fk_metering_gaps_meter_id_meters"
        ),
        sa.PrimaryKeyConstraint("meter_id", "cause", "since", name="pk_metering_gaps"),
    )
    op.create_table(
        "norms",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("traits", TEXT, nullable=False),
        sa.Column("persons", TEXT, nullable=False),
        sa.Column("kwh", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["suppliers.supplier_id"], name="fk_norms_supplier_id_suppliers"
        ),
        sa.PrimaryKeyConstraint("supplier_id", "effective_from", "position", name="pk_norms"),
    )
    op.create_table(
        "benefits",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("first_month", MONTH, autoincrement=False, nullable=False),
        sa.Column("last_month", MONTH),
        sa.Column("percent", EXACT, nullable=False),
        sa.Column("limit", EXACT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_benefits_account_id_personal_accounts",
        ),
        sa.PrimaryKeyConstraint("account_id", "name", "first_month", name="pk_benefits"),
    )
    op.create_table(
        "law_rows",
        sa.Column(
            "law_table",
            one_of(
                "key-rates",
                "penalty-caps",
                "moratoria",
                "due-days",
                "vat-rates",
                name="law_table",
            ),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date()),
        sa.Column("value", EXACT),
        sa.PrimaryKeyConstraint("law_table", "first_day", name="pk_law_rows"),
    )
    op.create_table(
        "supplier_rules",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column(
            "name",
            one_of(
                "estimates",
                "range_split",
                "range_months",
                "penalties",
                "rate_mode",
                "flat_rate",
                "include_payment_day",
                "allocation",
                "due_day_moves",
                name="name",
            ),
            nullable=False,
        ),
        sa.Column("month", MONTH, autoincrement=False, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_supplier_rules_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier_id", "name", "month", name="pk_supplier_rules"),
    )
    op.create_table(
        "supplier_estimate_rules",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("cause", one_of(*CAUSES, name="cause"), nullable=False),
        sa.Column("month", MONTH, autoincrement=False, nullable=False),
        sa.Column("rule_periods", sa.SmallInteger()),
        sa.Column("rule_clause", TEXT, nullable=False),
        sa.Column("rule_coefficient", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_supplier_estimate_rules_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier_id", "cause", "month", name="pk_supplier_estimate_rules"),
    )
    op.create_table(
        "invoices",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("month", MONTH, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("source", one_of("issued", "imported", name="source"), nullable=False),
        sa.Column("opening", KOPECKS, nullable=False),
        sa.Column("payments", KOPECKS, nullable=False),
        sa.Column("arithmetic_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.Column("standing", TEXT),
        sa.CheckConstraint("(revision = 0) = (corrects IS NULL)", name="corrects"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_invoices_account_id_personal_accounts",
        ),
        sa.ForeignKeyConstraint(
            ["corrects"], ["invoices.invoice_id"], name="fk_invoices_corrects_invoices"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["suppliers.supplier_id"], name="fk_invoices_supplier_id_suppliers"
        ),
        sa.PrimaryKeyConstraint("invoice_id", name="pk_invoices"),
        sa.UniqueConstraint(
            "account_id", "month", "revision", name="uq_invoices_account_id_month_revision"
        ),
        sa.UniqueConstraint("number", "supplier_id", name="uq_invoices_number_supplier_id"),
    )
    op.create_table(
        "invoice_lines",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            one_of(
                "metered",
                "average",
                "norm",
                "recalculation",
                "benefit",
                "penalty",
                "earlier",
                name="kind",
            ),
            nullable=False,
        ),
        sa.Column("amount", KOPECKS, nullable=False),
        sa.Column("vat", KOPECKS),
        sa.Column("derivation", TEXT),
        sa.CheckConstraint("(kind = 'earlier') = (derivation IS NULL)", name="derivation"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoices.invoice_id"], name="fk_invoice_lines_invoice_id_invoices"
        ),
        sa.PrimaryKeyConstraint("invoice_id", "position", name="pk_invoice_lines"),
    )
    op.create_table(
        "invoice_numbers",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_invoice_numbers_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier_id", "year", name="pk_invoice_numbers"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("sequence", SEQUENCE, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            one_of("opening", "charge", "penalty", "storno", "payment", "settled", name="kind"),
            nullable=False,
        ),
        sa.Column("amount", KOPECKS, nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("valued_on", sa.Date(), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("period", MONTH),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_ledger_entries_account_id_personal_accounts",
        ),
        sa.PrimaryKeyConstraint("sequence", name="pk_ledger_entries"),
        sa.UniqueConstraint("entry_id", name="uq_ledger_entries_entry_id"),
    )
    op.create_index("ix_ledger_entries_account_id_dated", "ledger_entries", ["account_id", "dated"])
    op.create_table(
        "received_payments",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("amount", KOPECKS, nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("period", MONTH),
        sa.Column("counted_before", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_received_payments_account_id_personal_accounts",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_received_payments_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("payment_id", name="pk_received_payments"),
        sa.UniqueConstraint(
            "supplier_id", "reference", name="uq_received_payments_supplier_id_reference"
        ),
    )
    op.create_index(
        "ix_received_payments_account_id_received_on",
        "received_payments",
        ["account_id", "received_on"],
    )
    op.create_table(
        "sent_messages",
        sa.Column("sequence", SEQUENCE, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("subject", TEXT),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("html", TEXT),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_sent_messages"),
        sa.UniqueConstraint("key", name="uq_sent_messages_key"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
