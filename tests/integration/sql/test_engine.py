"""Connections: where they lead, and what may be done on them."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.readiness import DatabaseUnreachable
from elkk_adapters.sql import Database
from elkk_adapters.sql.engine import for_reading
from elkk_core.testing.builders import a_supplier
from elkk_core.testing.stores import keep


@pytest.mark.parametrize("name", ["наша база.sqlite3", "100%.sqlite3", "a#b.sqlite3"])
def test_file_may_bear_any_name(tmp_path: Path, name: str) -> None:
    """Blanks, Cyrillic letters and signs that mean something in an address are all right."""
    path = tmp_path / name
    with Database(f"sqlite:///{path}") as database:
        database.upgrade()

        assert str(path) == database.place

    assert path.exists()


def test_file_is_for_nobody_else(tmp_path: Path) -> None:
    """What households say of themselves is not for every user of the machine, nor is its log."""
    with Database(f"sqlite:///{tmp_path / 'elkk.sqlite3'}") as database:
        database.upgrade()
        with database.engine.connect() as connection:
            connection.exec_driver_sql("SELECT * FROM suppliers")
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert {"elkk.sqlite3": 0o600, "elkk.sqlite3-wal": 0o600, "elkk.sqlite3-shm": 0o600} == modes


def test_file_keeps_a_log_ahead(sqlite_url: str) -> None:
    """So that readers never wait for the one who writes."""
    with Database(sqlite_url) as database, database.engine.connect() as connection:
        assert "wal" == connection.exec_driver_sql("PRAGMA journal_mode").scalar()


def test_question_sees_one_moment(database: Database) -> None:
    """What is committed while a question is being answered is left for the next one."""
    suppliers = sa.text("SELECT count(*) FROM suppliers")
    with for_reading(database.engine).connect() as connection:
        before = connection.scalar(suppliers)
        keep(SqlStore(database, database.engine), a_supplier())

        assert 0 == before == connection.scalar(suppliers)


def test_question_changes_nothing(postgresql_schema_url: str) -> None:
    """PostgreSQL is told that a question only reads, and may answer from a copy."""
    with (
        Database(postgresql_schema_url) as database,
        for_reading(database.engine).connect() as connection,
        pytest.raises(DatabaseUnreachable),
    ):
        connection.execute(sa.text("DELETE FROM suppliers"))


def test_error_does_not_quote_what_was_given(database: Database) -> None:
    """A traceback ends up in logs and files, and what a statement holds may be anybody's name."""
    statement = sa.text("SELECT nothing FROM nowhere WHERE name = :name")

    with database.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as caught:
        connection.execute(statement, {"name": "Петров"})

    assert "Петров" not in str(caught.value)


def test_any_sqlite_tells_milliseconds(sqlite_url: str) -> None:
    """The queue stamps its rows with them, also where Python is new and SQLite is older."""
    with Database(sqlite_url) as database, database.engine.connect() as connection:
        stamp = connection.exec_driver_sql(
            "SELECT unixepoch('subsec') - strftime('%s', 'now')"
        ).scalar_one()

    assert -1 <= stamp <= 1
