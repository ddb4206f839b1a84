"""What the contracts do not say of questions."""

import pytest
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.sql import Database
from elkk_core.testing.builders import MORNING, a_user
from elkk_core.testing.stores import keep


@pytest.fixture(name="asked")
def database_with_a_user(database: Database) -> Database:
    """Return a database that knows a user."""
    keep(SqlStore(database, database.engine), a_user())
    return database


@pytest.mark.parametrize("phone", ["", "79161234567", "' OR 1 = 1 --"])
def test_what_is_no_phone_is_nobodys(asked: Database, phone: str) -> None:
    """A text that no phone looks like finds nobody, and is no error."""
    assert asked.user_overviews.find_by_phone(phone, now=MORNING) is None


@pytest.mark.parametrize("email", ["", "nobody", "' OR 1 = 1 --"])
def test_what_is_no_email_is_nobodys(asked: Database, email: str) -> None:
    """A text that no e-mail looks like finds nobody, and is no error."""
    assert () == asked.user_overviews.find_by_email(email, now=MORNING)
