"""Rows and aggregates: nothing is forgotten and nothing guessed."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.types import (
    DerivationText,
    Kopecks,
    Moment,
    StandingText,
    YearMonth,
    one_of,
)
from elkk_core.shared import Money, SubmissionWindow
from elkk_core.testing.builders import a_standing, a_volume_derivation


class Colour(StrEnum):
    RED = "red"


@frozen(kw_only=True)
class Thing:
    number: int
    name: str
    price: Decimal
    colour: Colour
    is_new: bool
    window: SubmissionWindow | None


_COLUMNS = ("number", "name", "price", "colour", "is_new", "window_first_day", "window_last_day")
_CELLS = {
    "number": 7,
    "name": "кран",
    "price": Decimal("1.50"),
    "colour": Colour.RED,
    "is_new": True,
    "window_first_day": None,
    "window_last_day": None,
}


def _table(*names: str) -> sa.Table:
    return sa.Table("things", sa.MetaData(), *(sa.Column(name, sa.PickleType) for name in names))


def _read(**changes: Any) -> Thing:
    """Return the thing that a row with changed cells makes."""
    table = _table(*_COLUMNS)
    engine = sa.create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            table.create(connection)
            connection.execute(sa.insert(table).values(**{**_CELLS, **changes}))
            mapper = Mapper(Thing, table)
            return mapper.read(connection.execute(sa.select(*mapper.columns)).one())
    finally:
        engine.dispose()


def test_row_makes_a_thing() -> None:
    """Every cell finds its field, parts of parts too."""
    thing = Thing(
        number=7,
        name="кран",
        price=Decimal("1.50"),
        colour=Colour.RED,
        is_new=True,
        window=SubmissionWindow(first_day=1, last_day=31),
    )

    assert thing == _read(window_first_day=1, window_last_day=31)
    assert {**_CELLS, "window_first_day": 1, "window_last_day": 31} == Mapper(
        Thing, _table(*_COLUMNS)
    ).row(thing)


def test_part_that_is_not_there_is_none() -> None:
    """An optional part is None where all of its cells are empty."""
    assert _read().window is None


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "7"},
        {"number": True},
        {"number": 7.0},
        {"name": 7},
        {"name": None},
        {"price": 1.5},
        {"price": "1.50"},
        {"colour": "red"},
        {"is_new": 1},
        {"window_first_day": 1},
    ],
    ids=str,
)
def test_cell_of_another_type_is_refused(changes: dict[str, Any]) -> None:
    """A text is no number, a whole number no truth: nothing is coerced."""
    with pytest.raises(TypeError):
        _read(**changes)


def test_row_with_an_impossible_value_is_refused() -> None:
    """What no aggregate can hold does not come out of a database either."""
    with pytest.raises(Exception, match="20"):
        _read(window_first_day=20, window_last_day=10)


def test_field_without_a_column_is_noticed() -> None:
    """A field that would be forgotten stops the program at its start."""
    with pytest.raises(TypeError, match="price"):
        Mapper(Thing, _table(*(name for name in _COLUMNS if name != "price")))


def test_column_without_a_field_is_noticed() -> None:
    """So does a column that nobody fills."""
    with pytest.raises(TypeError, match="weight"):
        Mapper(Thing, _table(*_COLUMNS, "weight"))


def test_moment_without_a_zone_is_refused() -> None:
    """A moment that does not know its zone is not stored."""
    with pytest.raises(ValueError, match="zone"):
        Moment().process_bind_param(datetime(2020, 1, 1), sa.create_engine("sqlite://").dialect)  # noqa: DTZ001 - meant


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kopecks(), 100),
        (YearMonth(), Money(1)),
        (DerivationText(), a_standing()),
        (StandingText(), a_volume_derivation()),
    ],
)
def test_value_of_another_class_is_refused(
    kind: sa.types.TypeDecorator[Any], value: object
) -> None:
    """A number is not money, and money no month."""
    with pytest.raises(TypeError):
        kind.process_bind_param(value, sa.create_engine("sqlite://").dialect)


def test_enumeration_is_stored_by_value_under_a_check() -> None:
    """Whoever looks into the database reads the value, and can write no other."""
    kind = one_of(Colour, rule="colour")

    assert ["red"] == kind.enums
    assert kind.create_constraint


def test_every_rule_has_a_name() -> None:
    """Names of constraints tell errors apart, and migrations need them."""
    unnamed = [
        f"{table.name}: {rule}"
        for table in tables.METADATA.tables.values()
        for rule in (*table.constraints, *table.indexes)
        if isinstance(rule, sa.Constraint | sa.Index) and not rule.name
    ]

    assert [] == unnamed
