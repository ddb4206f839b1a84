"""Connections to SQLite and PostgreSQL, and what their drivers' errors mean."""

import logging
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import ExceptionContext

from elkk_adapters.readiness import DatabaseAbsent, DatabaseLocked, DatabaseUnreachable
from elkk_adapters.settings import SettingWrong
from elkk_core.shared.errors import ElkkError, StaleState

SECONDS_TO_WAIT = 5
FIRST_SQLITE_WITH_MILLISECONDS = (3, 42)
_READS_ONLY = "elkk_reads_only"
_QUEUE_CONNECTIONS = 20
_SECONDS_IDLE = 60
_PRIMARY_CODE = 0xFF
_SQLITE_UNREACHABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


def _teach_milliseconds(connection: object, _record: object) -> None:
    """Let an older SQLite tell milliseconds, as DBOS expects of every Python from 3.12 on.

    DBOS stamps its rows with ``unixepoch('subsec')``, which SQLite knows since 3.42; many systems
    have a newer Python on an older SQLite, where it is NULL and the row is refused.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("unixepoch", 1, _seconds_since_1970)


def _seconds_since_1970(precision: str) -> float:
    if precision != "subsec":
        message = f"this SQLite knows unixepoch('subsec') alone, not {precision!r}"
        raise ValueError(message)
    return time.time()


if sqlite3.sqlite_version_info < FIRST_SQLITE_WITH_MILLISECONDS:
    # On every engine of the process, since those of DBOS are made out of our reach.
    sa.event.listen(sa.Engine, "connect", _teach_milliseconds)


def read_url(text: str) -> sa.URL:
    """Return the address of a database: ``sqlite:///FILE`` or ``postgresql://...``.

    Raises:
        SettingWrong: If it is the address of anything else.
    """
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        url = sa.URL.create("unknown")
    match url.get_backend_name():
        case "sqlite" if url.database not in {None, "", ":memory:"}:
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case _:
            raise SettingWrong("ELKK_DATABASE_URL", "sqlite:///FILE or postgresql://...")


def open_engine(
    url: sa.URL, *, seconds_to_wait: float = SECONDS_TO_WAIT, create: bool = False
) -> sa.Engine:
    """Return the engine on which units of work run.

    A unit on SQLite holds the only write lock from its start, so that what it read stays true until
    it commits; on PostgreSQL it sees what others have committed, and locks the rows it counts on.
    Whoever finds a lock taken waits *seconds_to_wait*. With *create* an SQLite file is made where
    there is none. Errors do not quote what a statement was given: tracebacks are kept in files and
    logs, and it may be anybody's name.
    """
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            url,
            creator=lambda: _open_file(url, seconds_to_wait, create=create),
            hide_parameters=True,
        )
        sa.event.listen(engine, "connect", _check_foreign_keys)
        sa.event.listen(engine, "begin", _begin)
    else:
        # Of many statements at once that one has broken off it warns, though the error is raised.
        logging.getLogger("psycopg").setLevel(logging.ERROR)
        lock_timeout = f"-c lock_timeout={int(seconds_to_wait * 1000)}"
        engine = sa.create_engine(
            url,
            connect_args={
                "options": f"{url.query.get('options', '')} {lock_timeout}".strip(),
                "connect_timeout": SECONDS_TO_WAIT,
            },
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            hide_parameters=True,
        )
    sa.event.listen(engine, "handle_error", _translate, retval=True)
    return engine


def open_queue_engine(url: sa.URL) -> sa.Engine | None:
    """Return the engine on which DBOS keeps the queues, or None on SQLite, which it opens itself.

    A statement that meets a server that is away is repeated by DBOS until it is back.
    """
    if url.get_backend_name() == "sqlite":
        return None
    engine = sa.create_engine(
        url,
        connect_args={
            # As DBOS would have it: nobody who froze in a transaction keeps others waiting.
            "options": f"{url.query.get('options', '')} "
            f"-c idle_in_transaction_session_timeout={_SECONDS_IDLE * 1000}".strip(),
            "connect_timeout": SECONDS_TO_WAIT,
        },
        pool_size=_QUEUE_CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    sa.event.listen(engine, "do_connect", _connect)
    return engine


def _connect(
    dialect: sa.Dialect, _record: object, arguments: list[Any], named: dict[str, Any]
) -> Any:
    """Connect, and tell of a refusal in the words by which DBOS knows one.

    They are psycopg's own for a port; of a socket that nobody listens on it says something else.
    """
    try:
        return dialect.connect(*arguments, **named)
    except psycopg.OperationalError as error:
        message = f"connection failed: {error}"
        raise psycopg.OperationalError(message) from error


def for_reading(engine: sa.Engine) -> sa.Engine:
    """Return an engine on the same connections, for questions that see one moment and lock nothing."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_READS_ONLY: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def place_of(url: sa.URL) -> str:
    """Return what to call a database before people: a file, or an address without its password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string()


def _open_file(url: sa.URL, seconds_to_wait: float, *, create: bool) -> sqlite3.Connection:
    path = Path(url.database or "").absolute()
    if create:
        # It holds what households say of themselves: for the one who runs elkk alone, unless they
        # say otherwise. Where it cannot be made, the driver tells why.
        with suppress(OSError):
            path.touch(mode=0o600)
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={'rwc' if create else 'rw'}",
        uri=True,
        timeout=seconds_to_wait,
        # Transactions begin and end where SQLAlchemy says so, and not where Python guesses.
        isolation_level=None,
        check_same_thread=False,
    )
    if create:
        # Once for the life of the file: with a log written ahead, readers and the writer do not
        # wait for each other.
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return connection


def _check_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    """Begin a transaction; one that may write takes the lock at once, one that reads never does.

    A transaction that reads first and asks for the lock later is refused without waiting when
    another one has written between.
    """
    reads_only = connection.get_execution_options().get(_READS_ONLY, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN DEFERRED" if reads_only else "BEGIN IMMEDIATE")


def _translate(context: ExceptionContext) -> ElkkError | None:
    """Return the error of ours that an error of a driver means, None for mistakes of our own."""
    if context.is_pre_ping:
        # The pool asks whether a connection still lives, and replaces it if not.
        return None
    match context.original_exception:
        case sqlite3.Error() as error:
            return _sqlite_meaning(error, context)
        case psycopg.Error() as error:
            return _postgresql_meaning(error, context)
        case _:
            return None


def _sqlite_meaning(error: sqlite3.Error, context: ExceptionContext) -> ElkkError | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseLocked()
    if code in _SQLITE_UNREACHABLE:
        place = _place(context)
        # Where not even the folder is there, an upgrade could make nothing either.
        is_absent = not Path(place).exists() and Path(place).absolute().parent.is_dir()
        return DatabaseAbsent(place) if is_absent else DatabaseUnreachable(place)
    return None


def _postgresql_meaning(error: psycopg.Error, context: ExceptionContext) -> ElkkError | None:
    match error:
        case psycopg.errors.SerializationFailure() | psycopg.errors.DeadlockDetected():
            return StaleState("transaction")
        case psycopg.errors.LockNotAvailable():
            return DatabaseLocked()
        case psycopg.OperationalError() | psycopg.InterfaceError() if (
            context.is_disconnect or context.connection is None
        ):
            return DatabaseUnreachable(_place(context))
        case psycopg.errors.DiskFull() | psycopg.errors.ReadOnlySqlTransaction():
            return DatabaseUnreachable(_place(context))
        case _:
            return None


def _place(context: ExceptionContext) -> str:
    return "" if context.engine is None else place_of(context.engine.url)
