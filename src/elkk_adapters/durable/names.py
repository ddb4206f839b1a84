"""Names of workers, each held by a lock that the database frees when its holder dies."""

import re
import sqlite3
from typing import Protocol
from urllib.parse import unquote

import psycopg

from elkk_adapters.settings import SettingWrong

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///(?P<path>[^?]+)")
_POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+\w+)?://")


class HeldName(Protocol):
    """A name that this process holds until it releases it or dies."""

    def is_held(self) -> bool:
        """Tell whether the name is still ours; a connection that was cut has lost it."""
        ...

    def release(self) -> None:
        """Give the name back."""
        ...


class Names(Protocol):
    """The names of all workers on one database."""

    def hold(self, name: str) -> HeldName | None:
        """Take *name* without waiting; None if a living worker holds it."""
        ...


def names_of(database_url: str) -> Names:
    """Return the names of the workers on the database of *database_url*.

    Raises:
        ValueError: If it is neither an SQLite file nor PostgreSQL.
    """
    if file := _SQLITE.fullmatch(database_url):
        return _SqliteNames(unquote(file["path"]))
    if _POSTGRESQL.match(database_url):
        return _PostgresNames(_POSTGRESQL.sub("postgresql://", database_url, count=1))
    message = "durable work needs an SQLite file or PostgreSQL"
    raise ValueError(message)


def checked(name: str) -> str:
    """Return *name* if a worker may bear it: Latin letters, digits, ``_.-``, up to 63 of them.

    Raises:
        SettingWrong: If not.
    """
    if _NAME.fullmatch(name) is None:
        raise SettingWrong("ELKK_WORKER_NAME", "up to 63 Latin letters, digits, _ . -")
    return name


class _PostgresNames:
    """Session-level advisory locks, one connection per name held."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo

    def hold(self, name: str) -> "HeldName | None":
        connection = psycopg.connect(
            self._conninfo, autocommit=True, application_name=f"elkk worker {name}"
        )
        row = connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"elkk worker {name}"]
        ).fetchone()
        if row == (True,):
            return _PostgresHeldName(connection)
        connection.close()
        return None


class _PostgresHeldName:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def is_held(self) -> bool:
        try:
            self._connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def release(self) -> None:
        self._connection.close()


class _SqliteNames:
    """A lock file beside the database, itself a database that is locked and never written to.

    SQLite's own locks are freed by the operating system with the process, on every platform. The
    main file cannot serve: its one lock is for writers.
    """

    def __init__(self, path: str) -> None:
        self._path = path

    def hold(self, name: str) -> "HeldName | None":
        connection = sqlite3.connect(
            f"{self._path}.worker-{name}",
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            return None
        return _SqliteHeldName(connection)


class _SqliteHeldName:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def is_held(self) -> bool:
        return self._connection.in_transaction

    def release(self) -> None:
        self._connection.close()
