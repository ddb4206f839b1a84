"""The migrations, step by step, and what they lead to."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from elkk_adapters.readiness import SchemaUnknown
from elkk_adapters.sql import schema, tables
from elkk_adapters.sql.engine import open_engine, read_url

_STEPS = [*reversed([step.revision for step in schema.steps()])]


@pytest.fixture(name="empty_url", params=["sqlite", "postgresql"])
def address_of_nothing(request: pytest.FixtureRequest, tmp_path: Path) -> sa.URL:
    """Return the address of a database without a schema."""
    if request.param == "sqlite":
        return read_url(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    return read_url(request.getfixturevalue("postgresql_url"))


@pytest.fixture(name="engine")
def engine_of_nothing(empty_url: sa.URL) -> Iterator[sa.Engine]:
    """Yield an engine on a database without a schema."""
    engine = open_engine(empty_url, create=True)
    yield engine
    engine.dispose()


def test_each_step_leads_up_down_and_up_again(empty_url: sa.URL, engine: sa.Engine) -> None:
    """Every migration can be taken back and made again."""
    for below, step in zip(["base", *_STEPS], _STEPS, strict=False):
        schema.upgrade(empty_url, to=step)
        schema.downgrade(empty_url, to=below)

        assert (None if below == "base" else below) == schema.current(engine)

        schema.upgrade(empty_url, to=step)

        assert step == schema.current(engine)

    assert schema.newest() == schema.current(engine)


def test_all_the_way_down_leaves_nothing(empty_url: sa.URL, engine: sa.Engine) -> None:
    """After the last step down there is no table, no trigger and no function of ours."""
    schema.upgrade(empty_url)
    schema.downgrade(empty_url, to="base")

    assert ["alembic_version"] == sa.inspect(engine).get_table_names()


def test_migrations_make_what_the_code_expects(empty_url: sa.URL, engine: sa.Engine) -> None:
    """Tables, columns, types, keys, checks and indexes are those of the metadata."""
    schema.upgrade(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert [] == [
            difference
            for difference in compare_metadata(context, tables.METADATA)
            if "alembic_version" not in str(difference)
        ]
        migrated = _described(connection)
        connection.rollback()

    schema.downgrade(empty_url, to="base")
    with engine.begin() as connection:
        tables.METADATA.create_all(connection)

        assert _described(connection) == migrated


def test_upgrade_of_the_newest_changes_nothing(empty_url: sa.URL, engine: sa.Engine) -> None:
    """An upgrade may be repeated at will."""
    schema.upgrade(empty_url)
    with engine.connect() as connection:
        before = _described(connection)
    schema.upgrade(empty_url)

    with engine.connect() as connection:
        assert before == _described(connection)


def test_upgrade_refuses_a_schema_from_the_future(empty_url: sa.URL, engine: sa.Engine) -> None:
    """What a newer version made, this one leaves alone."""
    schema.upgrade(empty_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaUnknown) as refused:
        schema.upgrade(empty_url)

    assert "9999" == refused.value.found


def test_upgrade_is_all_or_nothing(empty_url: sa.URL, engine: sa.Engine) -> None:
    """A step that fails takes back those before it, so that no half-made schema stays."""
    with engine.begin() as connection:
        # The last table of the first step is there already, and none of ours.
        connection.execute(sa.text("CREATE TABLE sent_messages (sequence INTEGER)"))

    with pytest.raises(sa.exc.DBAPIError):
        schema.upgrade(empty_url)

    assert ["sent_messages"] == sa.inspect(engine).get_table_names()


def _described(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """Return everything that the database tells of our tables."""
    inspector = sa.inspect(connection)
    return {
        name: {
            "columns": [
                (column["name"], repr(column["type"]), column["nullable"])
                for column in inspector.get_columns(name)
            ],
            "primary key": inspector.get_pk_constraint(name),
            "foreign keys": _by_name(inspector.get_foreign_keys(name)),
            "unique": _by_name(inspector.get_unique_constraints(name)),
            "checks": _by_name(inspector.get_check_constraints(name)),
            "indexes": _by_name(inspector.get_indexes(name)),
        }
        for name in tables.METADATA.tables
    }


def _by_name(found: Iterable[object]) -> list[str]:
    return sorted(_text(each) for each in found)


def _text(found: object) -> str:
    if isinstance(found, dict):
        return str({key: _text(value) for key, value in sorted(found.items())})
    return str(found)
