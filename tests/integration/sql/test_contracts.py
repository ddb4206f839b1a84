"""SQLite and PostgreSQL keep every contract of persistence."""

import pytest
from tests.integration.sql.workbench import SqlStore

from elkk_core.testing import contracts


class TestSqlite(contracts.StoreContract):
    examples = 10
    units_overlap = False

    @pytest.fixture(name="store")
    def fresh_store(self, sqlite_store: SqlStore) -> SqlStore:
        """Return an empty store in an SQLite file."""
        return sqlite_store


class TestPostgresql(contracts.StoreContract):
    examples = 10

    @pytest.fixture(name="store")
    def fresh_store(self, postgresql_store: SqlStore) -> SqlStore:
        """Return an empty store in a PostgreSQL database."""
        return postgresql_store
