"""Facts are never changed: the database itself says so, to whatever program."""

from alembic import op

from elkk_adapters.sql.unchanging import allow_changes, refuse_changes

revision = "0002"
down_revision = "0001"

FACTS = (
    "linkings",
    "rates",
    "readings",
    "norms",
    "invoices",
    "invoice_lines",
    "ledger_entries",
    "received_payments",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% holds facts, which are never changed', TG_TABLE_NAME;
            END
            $$
            """
        )
    refuse_changes(*FACTS)


def downgrade() -> None:
    allow_changes(*FACTS)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
