"""Stores on both databases, and connections beside them to look in from outside."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.sql import Database
from elkk_core.testing.stores import Store


@pytest.fixture(name="sqlite_store")
def store_in_a_file(sqlite_url: str) -> Iterator[Store]:
    """Yield an empty store in an SQLite file."""
    engine = sa.create_engine(sqlite_url)
    with Database(sqlite_url) as database:
        yield SqlStore(database, engine)
    engine.dispose()


@pytest.fixture(name="postgresql_store")
def store_on_a_server(postgresql_schema_url: str) -> Iterator[Store]:
    """Yield an empty store in a PostgreSQL database."""
    engine = sa.create_engine(postgresql_schema_url)
    with Database(postgresql_schema_url) as database:
        yield SqlStore(database, engine)
    engine.dispose()


@pytest.fixture(name="outside")
def connection_from_outside(database_url: str) -> Iterator[sa.Connection]:
    """Yield a connection of some other program to the database of the test."""
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
