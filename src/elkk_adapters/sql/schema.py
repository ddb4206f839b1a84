"""The schema of the database and its versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

from elkk_adapters.readiness import SchemaUnknown
from elkk_adapters.sql import tables
from elkk_adapters.sql.engine import open_engine

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as every upgrade takes the same.
_UPGRADE_LOCK = 354


@cache
def newest() -> str:
    """Return the version that the tables of this code have."""
    return steps()[0].revision


def upgrade(url: sa.URL, *, to: str = "head") -> None:
    """Bring the schema to version *to*, and make the file of an SQLite database if there is none.

    All steps are kept together or not at all; a second upgrade waits for the first.

    Raises:
        SchemaUnknown: If the schema is of a version that this code does not know.
    """
    with _migrating(url) as config:
        command.upgrade(config, to)


def downgrade(url: sa.URL, *, to: str) -> None:
    """Take the schema back to version *to*; ``base`` is before the first.

    Raises:
        SchemaUnknown: If the schema is of a version that this code does not know.
    """
    with _migrating(url) as config:
        command.downgrade(config, to)


def current(engine: sa.Engine) -> str | None:
    """Return the version of the schema, None where there is no schema yet."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _migrating(url: sa.URL) -> Iterator[Config]:
    engine = open_engine(url, create=True)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            found = MigrationContext.configure(connection).get_current_revision()
            if found is not None and not is_known(found):
                raise SchemaUnknown(found)
            yield _config(connection)
    finally:
        engine.dispose()


def _config(connection: sa.Connection) -> Config:
    config = Config(attributes={"connection": connection, "metadata": tables.METADATA})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def steps() -> tuple[Script, ...]:
    """Return the migrations, the newest first."""
    return tuple(ScriptDirectory(_MIGRATIONS).walk_revisions())


def is_known(version: str) -> bool:
    """Tell whether the migrations of this code have a step to *version*."""
    return version in {step.revision for step in steps()}
