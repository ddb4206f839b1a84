"""The database: absent, locked, of another version, out of reach."""

import sqlite3
from pathlib import Path

import pytest
from tests.integration.cli.conftest import Operator, operator_of

from elkk_adapters.sql import schema


@pytest.fixture(name="absent")
def operator_without_database(tmp_path: Path) -> Operator:
    """Return an operator whose database nobody has made."""
    return operator_of(f"sqlite:///{tmp_path}/elkk.sqlite3", tmp_path)


class TestUpgrade:
    def test_makes_a_database(self, absent: Operator) -> None:
        """A database is made once; the second time changes nothing."""
        before = absent("db", "status", "--json")
        first = absent("db", "upgrade", "--json")
        again = absent("db", "upgrade", "--json")
        after = absent("db", "status", "--json")

        assert (5, "database.absent") == (before.status, before.error["code"])
        assert [{"ready": True}] * 3 == [first.data, again.data, after.data]

    def test_on_postgresql(self, postgresql_url: str, tmp_path: Path) -> None:
        """The same commands work on PostgreSQL."""
        elkk = operator_of(postgresql_url, tmp_path)
        before = elkk("db", "status")
        elkk("db", "upgrade")
        after = elkk("db", "status")

        assert (5, 0) == (before.status, after.status)

    def test_keeps_what_is_stored(self, elkk: Operator) -> None:
        """An upgrade of a database in use loses nothing."""
        elkk.take_over_manual()

        elkk("db", "upgrade")

        assert "manual" in elkk("supplier", "list").out


class TestNotReady:
    def test_absent(self, absent: Operator) -> None:
        """Any command on a database that is not there leads to the one that makes it."""
        refused = absent("supplier", "list")

        assert (5, True) == (refused.status, "Make one: elkk db upgrade." in refused.err)

    def test_absent_stays_absent(self, absent: Operator, tmp_path: Path) -> None:
        """A command that finds no database does not leave an empty one behind."""
        absent("supplier", "list")

        assert [] == list(tmp_path.glob("*.sqlite3"))

    def test_older_schema(self, elkk: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        """A database of an older version is not worked with, and the way out is told."""
        monkeypatch.setattr(schema, "newest", lambda: "0099")

        refused = elkk("supplier", "list")

        assert (5, True) == (refused.status, "elkk db upgrade" in refused.err)

    def test_newer_schema(self, elkk: Operator) -> None:
        """A database of a newer version is left alone, by an upgrade too."""
        path = elkk.environ["ELKK_DATABASE_URL"].removeprefix("sqlite:///")
        connection = sqlite3.connect(path)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()

        refused = elkk("supplier", "list", "--json")
        upgrade = elkk("db", "upgrade", "--json")

        assert (5, "database.schema_unknown") == (refused.status, refused.error["code"])
        assert (5, "database.schema_unknown") == (upgrade.status, upgrade.error["code"])

    def test_locked(self, elkk: Operator) -> None:
        """A database that another process holds is waited for, and then told to be busy."""
        path = elkk.environ["ELKK_DATABASE_URL"].removeprefix("sqlite:///")
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")

        refused = elkk("supplier", "add", "--from", "examples/manual/supplier.toml", "--json")
        other.close()

        assert (5, "database.locked") == (refused.status, refused.error["code"])

    def test_out_of_reach(self, tmp_path: Path) -> None:
        """A server that does not answer is told without its password."""
        url = "postgresql+psycopg://elkk:hush@127.0.0.1:9/elkk"
        refused = operator_of(url, tmp_path)("supplier", "list", "--json")

        assert (5, "database.unreachable") == (refused.status, refused.error["code"])
        assert "hush" not in refused.err

    def test_no_database_at_all(self, tmp_path: Path) -> None:
        """A file that is no database is not taken for an unexpected error."""
        path = tmp_path / "elkk.sqlite3"
        path.write_text("This is a letter, and it is longer than the header of a database." * 9)

        refused = operator_of(f"sqlite:///{path}", tmp_path)("supplier", "list")

        assert 5 == refused.status


class TestSettings:
    def test_wrong_setting(self, elkk: Operator) -> None:
        """A setting that cannot be understood is named."""
        environ = {**elkk.environ, "ELKK_SECRET_KEY": "short"}
        refused = Operator(environ=environ, folder=elkk.folder)("supplier", "list")

        assert (1, True) == (refused.status, "ELKK_SECRET_KEY" in refused.err)
