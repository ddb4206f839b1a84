"""What all tables have in common: the names of constraints, and columns that are never empty."""

from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)


def column(name: str, kind: Any, *rules: Any, **options: Any) -> sa.Column[Any]:
    """Return a column that is never empty."""
    return sa.Column(name, kind, *rules, nullable=False, **options)


def empty_together(names: tuple[str, ...]) -> str:
    """Return the rule that either all of the columns hold something or none of them does."""
    return f"{_all(names, 'IS NULL')} OR {_all(names, 'IS NOT NULL')}"


def _all(names: tuple[str, ...], condition: str) -> str:
    return " AND ".join(f"{name} {condition}" for name in names)
