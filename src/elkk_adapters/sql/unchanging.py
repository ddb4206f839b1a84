"""Triggers by which the database itself refuses to change facts, whatever program asks."""

from alembic import op


def refuse_changes(*tables: str) -> None:
    """Give *tables* triggers that refuse every change and removal of their rows."""
    if op.get_bind().dialect.name == "postgresql":
        for table in tables:
            op.execute(
                f"""
                CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
                """
            )
        return
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"""
                CREATE TRIGGER {table}_stay_on_{change.lower()} BEFORE {change} ON {table}
                BEGIN
                    SELECT RAISE(ABORT, '{table} holds facts, which are never changed');
                END
                """
            )


def allow_changes(*tables: str) -> None:
    """Take the triggers of `refuse_changes` from *tables*."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in tables:
        if on_postgresql:
            op.execute(f"DROP TRIGGER {table}_stay ON {table}")
        else:
            for change in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_stay_on_{change}")
