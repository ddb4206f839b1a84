"""What is told of a database that cannot be worked with."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore, TableQueue

from elkk_adapters.readiness import (
    DatabaseAbsent,
    DatabaseLocked,
    DatabaseUnreachable,
    SchemaOutdated,
    SchemaUnknown,
)
from elkk_adapters.settings import SettingWrong
from elkk_adapters.sql import Database, schema
from elkk_core.testing.builders import a_supplier
from elkk_core.testing.stores import keep

_HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(path: Path) -> Iterator[None]:
    """Have another process hold the write lock of an SQLite file."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert "held\n" == holder.stdout.readline()
        yield
        holder.communicate()


def _cut_all_connections(url: str) -> None:
    """Have the server end every connection to a database, as at its restart."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def _stamp(connection: sa.Connection, version: str) -> None:
    connection.execute(sa.text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    connection.commit()


def test_ready_database_is_ready(database: Database) -> None:
    """With the newest schema there is nothing to tell."""
    database.readiness.check()

    assert schema.newest() == database.version()


def test_absent_file_is_absent_and_stays_so(tmp_path: Path) -> None:
    """Asking after a file makes none."""
    path = tmp_path / "nowhere.sqlite3"
    with Database(f"sqlite:///{path}") as database, pytest.raises(DatabaseAbsent) as refused:
        database.readiness.check()

    assert str(path) == refused.value.location
    assert not path.exists()


def test_unit_of_work_on_an_absent_file_is_refused(tmp_path: Path) -> None:
    """Nothing is written into the void either."""
    path = tmp_path / "nowhere.sqlite3"
    with (
        Database(f"sqlite:///{path}") as database,
        pytest.raises(DatabaseAbsent),
        database.unit_of_work(TableQueue()),
    ):
        pass

    assert not path.exists()


def test_database_without_schema_is_absent(postgresql_url: str) -> None:
    """A server's database that nobody has upgraded holds nothing yet."""
    with Database(postgresql_url) as database, pytest.raises(DatabaseAbsent):
        database.readiness.check()


def test_folder_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    """Where not even the folder is there, an upgrade does not help."""
    path = tmp_path / "no" / "such" / "folder" / "elkk.sqlite3"
    with Database(f"sqlite:///{path}") as database, pytest.raises(DatabaseUnreachable):
        database.upgrade()


def test_file_that_is_no_database_is_unreachable(tmp_path: Path) -> None:
    """Somebody else's file is not touched."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear sir or madam, " * 100)
    with Database(f"sqlite:///{path}") as database:
        with pytest.raises(DatabaseUnreachable):
            database.readiness.check()
        with pytest.raises(DatabaseUnreachable):
            database.upgrade()

    assert path.read_text().startswith("Dear sir")


def test_server_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    """The address is told without its password."""
    url = f"postgresql://elkk:very-secret@/elkk?host={tmp_path}"
    with Database(url) as database, pytest.raises(DatabaseUnreachable) as refused:
        database.readiness.check()

    assert "very-secret" not in str(refused.value.location)
    assert str(tmp_path.name) in refused.value.location


def test_connection_that_was_cut_is_replaced(postgresql_schema_url: str) -> None:
    """After a restart of the server the next question is answered again."""
    with Database(postgresql_schema_url) as database:
        database.readiness.check()
        _cut_all_connections(postgresql_schema_url)

        database.readiness.check()


def test_connection_cut_within_a_unit_is_unreachable(postgresql_schema_url: str) -> None:
    """A unit whose server went away says so, and nothing of it is kept."""
    with Database(postgresql_schema_url) as database:
        with database.unit_of_work(TableQueue()) as uow:
            uow.suppliers.add(a_supplier())
            _cut_all_connections(postgresql_schema_url)
            with pytest.raises(DatabaseUnreachable):
                uow.commit()

        assert () == database.suppliers.list_all()


def test_older_schema_is_outdated(database: Database, outside: sa.Connection) -> None:
    """An upgrade is due, and both versions are told."""
    oldest = schema.steps()[-1].revision
    _stamp(outside, oldest)

    with pytest.raises(SchemaOutdated) as refused:
        database.readiness.check()

    assert (oldest, schema.newest()) == (refused.value.found, refused.value.expected)


def test_newer_schema_is_unknown(database: Database, outside: sa.Connection) -> None:
    """What a newer version made, this one does not know."""
    _stamp(outside, "9999")

    with pytest.raises(SchemaUnknown) as refused:
        database.readiness.check()

    assert "9999" == refused.value.found


def test_file_held_by_another_process_is_locked(sqlite_url: str) -> None:
    """Whoever wants to write is told so after a while, and can try again."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with Database(sqlite_url, seconds_to_wait=0.1) as database:
        unit = database.unit_of_work(TableQueue())
        with held_by_another_process(path):
            with pytest.raises(DatabaseLocked), unit:
                pass

            # Readers wait for nobody.
            database.readiness.check()
            assert () == database.suppliers.list_all()

        keep(SqlStore(database, database.engine), a_supplier())


def test_rows_held_by_another_unit_are_locked(postgresql_schema_url: str) -> None:
    """A lock on PostgreSQL is waited for no longer than one on SQLite."""
    with (
        Database(postgresql_schema_url, seconds_to_wait=0.1) as database,
        database.unit_of_work(TableQueue()) as holder,
    ):
        holder.suppliers.add(a_supplier())
        with pytest.raises(DatabaseLocked), database.unit_of_work(TableQueue()) as other:
            other.suppliers.add(a_supplier())


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/elkk",
        "sqlite://",
        "sqlite:///:memory:",
        "elkk.sqlite3",
        "",
    ],
)
def test_address_of_something_else_is_refused(url: str) -> None:
    """Neither other databases nor memory will do."""
    with pytest.raises(SettingWrong) as refused:
        Database(url)

    assert "ELKK_DATABASE_URL" == refused.value.name
