"""SQLite and PostgreSQL keep every contract of persistence."""

import pytest

from elkk_core.testing import contracts
from elkk_core.testing.stores import Store


class TestSqlite(contracts.StoreContract):
    examples = 6
    units_overlap = False

    @pytest.fixture(name="store")
    def fresh_store(self, sqlite_store: Store) -> Store:
        """Return an empty store in an SQLite file."""
        return sqlite_store


class TestPostgresql(contracts.StoreContract):
    examples = 6

    @pytest.fixture(name="store")
    def fresh_store(self, postgresql_store: Store) -> Store:
        """Return an empty store in a PostgreSQL database."""
        return postgresql_store
