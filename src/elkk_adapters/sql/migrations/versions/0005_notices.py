"""Notifications, and how the facts behind them are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
UNREAD = sa.text("read_at IS NULL")
UNMAILED = sa.text("mailed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "user_notifications",
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("cause", TEXT, nullable=False),
        sa.Column("notice", TEXT, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("mailed_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
            name="fk_user_notifications_user_id_users",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["personal_accounts.account_id"],
            name="fk_user_notifications_account_id_personal_accounts",
        ),
        sa.PrimaryKeyConstraint("notification_id", name="pk_user_notifications"),
        sa.UniqueConstraint(
            "user_id", "account_id", "cause", name="uq_user_notifications_user_id_account_id_cause"
        ),
    )
    op.create_index(
        "ix_user_notifications_unread",
        "user_notifications",
        ["user_id"],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )
    op.create_index(
        "ix_user_notifications_unmailed",
        "user_notifications",
        ["user_id"],
        sqlite_where=UNMAILED,
        postgresql_where=UNMAILED,
    )
    op.create_table(
        "notice_watches",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("heard_until", MOMENT),
        sa.Column("looked_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["suppliers.supplier_id"],
            name="fk_notice_watches_supplier_id_suppliers",
        ),
        sa.PrimaryKeyConstraint("supplier_id", name="pk_notice_watches"),
    )
    op.create_index("ix_invoices_issued_at", "invoices", ["issued_at"], postgresql_using="brin")
    op.create_index(
        "ix_received_payments_recorded_at",
        "received_payments",
        ["recorded_at"],
        postgresql_using="brin",
    )
    op.create_index(
        "ix_request_messages_written_at",
        "request_messages",
        ["written_at"],
        postgresql_using="brin",
    )


def downgrade() -> None:
    op.drop_index("ix_request_messages_written_at", "request_messages")
    op.drop_index("ix_received_payments_recorded_at", "received_payments")
    op.drop_index("ix_invoices_issued_at", "invoices")
    op.drop_table("notice_watches")
    op.drop_table("user_notifications")
