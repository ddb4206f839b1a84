"""Payments by card."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from elkk_adapters.sql.unchanging import allow_changes, refuse_changes

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
STATES = (
    "started",
    "at_bank",
    "expired",
    "declined",
    "paid",
    "posted",
    "reversed",
    "refunded",
)
SOURCES = ("payer", "bank", "books", "cabinet")
REASONS = (
    "funds",
    "limit",
    "card_data",
    "card_expired",
    "card_blocked",
    "not_confirmed",
    "other",
)


def one_of(*values: str, name: str) -> sa.Enum:
    """Return the type of a text that is one of *values*, by a check of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "card_payments",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", TEXT, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("rules_version", TEXT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("state", one_of(*STATES, name=op.f("ck_card_payments_state")), nullable=False),
        sa.Column("bank_order", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("ask_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_card_payments_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name=op.f("fk_card_payments_account_id_personal_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name=op.f("fk_card_payments_supplier_id_suppliers"),
        ),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_card_payments")),
        sa.UniqueConstraint("order_number", name=op.f("uq_card_payments_order_number")),
    )
    op.create_index(op.f("ix_card_payments_ask_at"), "card_payments", ["ask_at"])
    op.create_index(op.f("ix_card_payments_user_id"), "card_payments", ["user_id"])
    op.create_index(
        op.f("ix_card_payments_account_id_state"), "card_payments", ["account_id", "state"]
    )
    op.create_table(
        "payment_changes",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", one_of(*STATES, name=op.f("ck_payment_changes_state")), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "source", one_of(*SOURCES, name=op.f("ck_payment_changes_source")), nullable=False
        ),
        sa.Column(
            "reason", one_of(*REASONS, name=op.f("ck_payment_changes_reason")), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["card_payments.payment_id"],
            name=op.f("fk_payment_changes_payment_id_card_payments"),
        ),
        sa.PrimaryKeyConstraint("payment_id", "position", name=op.f("pk_payment_changes")),
    )
    op.create_index(op.f("ix_payment_changes_at"), "payment_changes", ["at"])
    refuse_changes("payment_changes")


def downgrade() -> None:
    allow_changes("payment_changes")
    op.drop_table("payment_changes")
    op.drop_table("card_payments")
