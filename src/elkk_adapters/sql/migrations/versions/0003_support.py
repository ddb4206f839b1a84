"""Questions, orders, and what a supplier publishes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from elkk_adapters.sql.unchanging import allow_changes, refuse_changes

revision = "0003"
down_revision = "0002"

TABLES = (
    "published_contents",
    "support_requests",
    "request_messages",
    "request_attachments",
    "request_numbers",
)
FACTS = ("request_messages", "request_attachments")

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
KOPECKS = sa.BigInteger()
TOPICS = (
    "app",
    "payment",
    "readings",
    "meter_replacement",
    "bill_information",
    "bill_delivery",
    "cabinet_help",
    "other",
    "complaint",
    "tariff_change",
    "contract",
    "service_order",
)
WHOLE_ORDER = " OR ".join(
    " AND ".join(
        f"order_{part} IS {empty}" for part in ("service", "title", "unit", "address", "phone")
    )
    for empty in ("NULL", "NOT NULL")
)


def one_of(*values: str, name: str) -> sa.Enum:
    """Return the type of a text that is one of *values*, by a check of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "published_contents",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_published_contents_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier_id", name="pk_published_contents"),
    )
    op.create_table(
        "support_requests",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("user_id", sa.Uuid()),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("account_number", TEXT, nullable=False),
        sa.Column("topic", one_of(*TOPICS, name="topic"), nullable=False),
        sa.Column("applicant_surname", TEXT, nullable=False),
        sa.Column("applicant_given", TEXT, nullable=False),
        sa.Column("applicant_patronymic", TEXT, nullable=False),
        sa.Column("order_service", TEXT),
        sa.Column("order_title", TEXT),
        sa.Column("order_price", KOPECKS),
        sa.Column("order_unit", TEXT),
        sa.Column("order_address", TEXT),
        sa.Column("order_phone", TEXT),
        sa.Column(
            "state",
            one_of("registered", "in_work", "answered", "closed", name="state"),
            nullable=False,
        ),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(WHOLE_ORDER, name="order"),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_support_requests_supplier_id_suppliers",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_support_requests_user_id_users",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_support_requests_account_id_personal_accounts",
        ),
        sa.PrimaryKeyConstraint("request_id", name="pk_support_requests"),
        sa.UniqueConstraint("supplier_id", "number", name="uq_support_requests_supplier_id_number"),
    )
    op.create_index(
        "ix_support_requests_user_id_registered_at",
        "support_requests",
        ["user_id", "registered_at"],
    )
    op.create_index(
        "ix_support_requests_supplier_id_state_registered_at",
        "support_requests",
        ["supplier_id", "state", "registered_at"],
    )
    op.create_table(
        "request_messages",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author", one_of("household", "operator", name="author"), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["support_requests.request_id"],
            name="fk_request_messages_request_id_support_requests",
        ),
        sa.PrimaryKeyConstraint("request_id", "position", name="pk_request_messages"),
    )
    op.create_table(
        "request_attachments",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column(
            "kind",
            one_of("pdf", "jpg", "png", "heic", "docx", "xlsx", "txt", name="kind"),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id", "message"],
            ["request_messages.request_id", "request_messages.position"],
            name="fk_request_attachments_request_id_request_messages",
        ),
        sa.PrimaryKeyConstraint("attachment_id", name="pk_request_attachments"),
        sa.UniqueConstraint(
            "request_id",
            "message",
            "position",
            name="uq_request_attachments_request_id_message_position",
        ),
    )
    op.create_table(
        "request_numbers",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_request_numbers_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier_id", "year", name="pk_request_numbers"),
    )
    refuse_changes(*FACTS)


def downgrade() -> None:
    allow_changes(*FACTS)
    for table in reversed(TABLES):
        op.drop_table(table)
