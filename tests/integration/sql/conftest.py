"""Stores on both databases, and connections beside them to look in from outside."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from tests.integration.conftest import Lend
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.sql import Database
from elkk_core.testing.machines import OpenStore
from elkk_core.testing.stores import Store


def _opener(lend: Lend) -> OpenStore:
    @contextmanager
    def open_store() -> Iterator[Store]:
        with lend() as url, Database(url) as database:
            yield SqlStore(database, database.engine)

    return open_store


@pytest.fixture(scope="session", name="open_sqlite")
def opener_of_files(lend_sqlite: Lend) -> OpenStore:
    """Return what opens an empty store in an SQLite file."""
    return _opener(lend_sqlite)


@pytest.fixture(scope="session", name="open_postgresql")
def opener_of_databases(lend_postgresql: Lend) -> OpenStore:
    """Return what opens an empty store in a PostgreSQL database."""
    return _opener(lend_postgresql)


@pytest.fixture(name="sqlite_store")
def store_in_a_file(open_sqlite: OpenStore) -> Iterator[Store]:
    """Yield an empty store in an SQLite file."""
    with open_sqlite() as store:
        yield store


@pytest.fixture(name="postgresql_store")
def store_on_a_server(open_postgresql: OpenStore) -> Iterator[Store]:
    """Yield an empty store in a PostgreSQL database."""
    with open_postgresql() as store:
        yield store


@pytest.fixture(name="outside")
def connection_from_outside(database_url: str) -> Iterator[sa.Connection]:
    """Yield a connection of some other program to the database of the test."""
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
