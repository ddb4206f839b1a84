"""Databases with the schema of this version, for every integration test that wants one.

The schema is made once for each worker and copied for each test.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from elkk_adapters.sql import Database

_TEMPLATE = "elkk_template"


@pytest.fixture(scope="session", name="sqlite_template")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with the schema and nothing in it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    with Database(f"sqlite:///{path}") as database:
        database.upgrade()
    return path


@pytest.fixture(scope="session", name="postgresql_template")
def migrated_database(postgresql: str, address_of: Callable[[str], str]) -> str:
    """Return the name of a PostgreSQL database with the schema and nothing in it."""
    with psycopg.connect(postgresql, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {_TEMPLATE}")
    with Database(address_of(_TEMPLATE)) as database:
        database.upgrade()
    return _TEMPLATE


@pytest.fixture(scope="session", name="address_of")
def address_of_database(postgresql: str) -> Callable[[str], str]:
    """Return what makes the SQLAlchemy address of a database of its name."""
    server = postgresql.replace("postgresql://", "postgresql+psycopg://")
    return lambda name: server.replace("/postgres?", f"/{name}?")


@pytest.fixture(name="sqlite_url")
def copied_file(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of an SQLite database with the schema."""
    path = tmp_path / "elkk.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(name="postgresql_schema_url")
def copied_database(
    postgresql: str,
    postgresql_template: str,
    address_of: Callable[[str], str],
    database_numbers: Iterator[int],
) -> Iterator[str]:
    """Yield the address of a PostgreSQL database with the schema, dropped after the test."""
    name = f"elkk_{next(database_numbers)}"
    with psycopg.connect(postgresql, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
        yield address_of(name)
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
