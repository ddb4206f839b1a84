"""Facts are never changed: the database itself says so, to whatever program."""

from alembic import op

revision = "0002"
down_revision = "0001"

FACTS = (
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
        for table in FACTS:
            op.execute(
                f"""
                CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
                """
            )
    else:
        for table in FACTS:
            for change in ("UPDATE", "DELETE"):
                op.execute(
                    f"""
                    CREATE TRIGGER {table}_stay_on_{change.lower()} BEFORE {change} ON {table}
                    BEGIN
                        SELECT RAISE(ABORT, '{table} holds facts, which are never changed');
                    END
                    """
                )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change() CASCADE")
    else:
        for table in FACTS:
            for change in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_stay_on_{change}")
