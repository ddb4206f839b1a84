"""Databases with the schema of this version, for every integration test that wants one.

The schema is made once for each worker and copied for each test.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest

from elkk_adapters.sql import Database

Lend = Callable[[], AbstractContextManager[str]]
"""Lends the address of a fresh database with the schema."""

_TEMPLATE = "elkk_template"


@pytest.fixture(scope="session", name="lend_sqlite")
def lender_of_files(
    tmp_path_factory: pytest.TempPathFactory, database_numbers: Iterator[int]
) -> Lend:
    """Return what lends SQLite files, copies of one that is made now."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.sqlite3"
    with Database(f"sqlite:///{template}") as database:
        database.upgrade()

    @contextmanager
    def lend() -> Iterator[str]:
        path = Path(shutil.copyfile(template, folder / f"elkk_{next(database_numbers)}.sqlite3"))
        yield f"sqlite:///{path}"
        path.unlink()

    return lend


@pytest.fixture(scope="session", name="lend_postgresql")
def lender_of_databases(postgresql: str, database_numbers: Iterator[int]) -> Lend:
    """Return what lends PostgreSQL databases, copies of one that is made now."""

    def address(name: str) -> str:
        server = postgresql.replace("postgresql://", "postgresql+psycopg://")
        return server.replace("/postgres?", f"/{name}?")

    with psycopg.connect(postgresql, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {_TEMPLATE}")
    with Database(address(_TEMPLATE)) as database:
        database.upgrade()

    @contextmanager
    def lend() -> Iterator[str]:
        name = f"elkk_{next(database_numbers)}"
        with psycopg.connect(postgresql, autocommit=True) as administrator:
            administrator.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
            yield address(name)
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return lend


@pytest.fixture(name="sqlite_url")
def lent_file(lend_sqlite: Lend) -> Iterator[str]:
    """Yield the address of an SQLite database with the schema."""
    with lend_sqlite() as url:
        yield url


@pytest.fixture(name="postgresql_schema_url")
def lent_database(lend_postgresql: Lend) -> Iterator[str]:
    """Yield the address of a PostgreSQL database with the schema, dropped after the test."""
    with lend_postgresql() as url:
        yield url


@pytest.fixture(name="database_url", params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest) -> str:
    """Return the address of a database with the schema; the test runs once for each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgresql_schema_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(name="database")
def opened_database(database_url: str) -> Iterator[Database]:
    """Yield a database with the schema; the test runs once for each kind."""
    with Database(database_url) as database:
        yield database
