"""Every test here runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.durable.workbench import Database


@pytest.fixture(name="database", params=["sqlite", "postgresql"])
def database_with_queue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Yield a database with an empty queue."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'elkk.sqlite3'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    with Database.opened(url) as database:
        database.create()
        yield database
