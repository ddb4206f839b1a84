"""Turning aggregates into rows and back, field by field and without guessing.

A row is flat and an aggregate is not: ``window.first_day`` of a meter is its column
``window_first_day``. The column types make values of the core (``types``); here cattrs puts them
together, takes each for exactly what it is, and refuses what it does not know.
"""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, get_args
from uuid import UUID

import attrs
import sqlalchemy as sa
from cattrs import Converter, override
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from elkk_core.billing.model import Derivation
from elkk_core.identity.model import Email, Phone
from elkk_core.metering.policies import PersonsBand
from elkk_core.notices.model import Notice
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.traits import Traits
from elkk_core.shared.zones import Zone
from elkk_core.support.model import Content

_T = TypeVar("_T")
_Path = tuple[str, ...]

_VALUES = (
    str,
    int,
    bool,
    Decimal,
    datetime,
    date,
    UUID,
    Money,
    Month,
    Phone,
    Email,
    Traits,
    PersonsBand,
    Content,
)


def _exactly(value: Any, kind: Any) -> Any:
    """Return *value* if it is of *kind* and of no subclass.

    Raises:
        TypeError: If it is anything else, which cattrs would have coerced silently.
    """
    if type(value) is not kind:
        # The value itself stays out of the message: it may be a secret.
        message = f"expected {kind.__name__}, not {type(value).__name__}"
        raise TypeError(message)
    return value


def _is(kind: Any) -> Callable[[Any], bool]:
    return lambda other: bool(other == kind)


def _itself(value: Any) -> Any:
    return value


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    for kind in _VALUES:
        converter.register_structure_hook(kind, _exactly)
        converter.register_unstructure_hook(kind, _itself)
    converter.register_structure_hook(Enum, _exactly)
    converter.register_unstructure_hook(Enum, _itself)
    for made in (
        tuple[Zone, ...],
        tuple[datetime, ...],
        tuple[str, ...],
        Derivation | None,
        Notice,
    ):
        # Their column types have made of them what they should be.
        converter.register_structure_hook_func(_is(made), _as_given)
        converter.register_unstructure_hook_func(_is(made), _itself)
    return converter


def _as_given(value: Any, _kind: Any) -> Any:
    return value


_CONVERTER = _converter()


class Mapper(Generic[_T]):
    """Turns aggregates of one class into rows of one table and back."""

    def __init__(
        self, kind: type[_T], table: sa.Table, *, apart: str = "", own: tuple[str, ...] = ()
    ) -> None:
        """Join the fields of *kind* to the columns of *table*.

        *apart* names the field whose parts lie in another table; *own* are columns that the
        database or a repository fills. Events are handed over and not kept.

        Raises:
            TypeError: If a field has no column or a column no field.
        """
        left_out = {"events", apart} & {attribute.name for attribute in _fields(kind)}
        columns = {path: table.c.get("_".join(path)) for path in _paths(kind, left_out)}
        missing = {".".join(path) for path, column in columns.items() if column is None}
        spare = set(table.c.keys()) - {"_".join(path) for path in columns} - set(own)
        if missing or spare:
            message = f"{kind.__name__} and {table.name} differ in {sorted(missing | spare)}"
            raise TypeError(message)
        self._kind = kind
        self._apart = apart
        self._columns = {path: column for path, column in columns.items() if column is not None}
        self._optional = tuple(
            name for name, (_, optional) in _parts(kind, left_out).items() if optional
        )
        omitted: dict[str, Any] = {name: override(omit=True) for name in left_out}
        given: dict[str, Any] = {apart: override(struct_hook=_as_given)} if apart else {}
        self._unstructure = make_dict_unstructure_fn(kind, _CONVERTER, **omitted)
        self._structure = make_dict_structure_fn(
            kind,
            _CONVERTER,
            _cattrs_forbid_extra_keys=True,
            _cattrs_detailed_validation=False,
            **{**omitted, **given},
        )

    @property
    def columns(self) -> tuple[sa.Column[Any], ...]:
        """The columns that make an aggregate."""
        return tuple(self._columns.values())

    def row(self, aggregate: _T) -> dict[str, Any]:
        """Return the row of *aggregate* by the names of the columns."""
        parts = self._unstructure(aggregate)
        row = {}
        for path, column in self._columns.items():
            value: Any = parts
            for name in path:
                value = None if value is None else value[name]
            row[column.name] = value
        return row

    def read(self, row: sa.Row[Any], *, apart: Any = None) -> _T:
        """Return the aggregate of a row that holds ``columns``; *apart* is what lies elsewhere.

        Raises:
            TypeError, ValueError: If the row holds what no aggregate can.
        """
        cells = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to ask a row by column
        parts: dict[str, Any] = {}
        for path, column in self._columns.items():
            part = parts
            for name in path[:-1]:
                part = part.setdefault(name, {})
            part[path[-1]] = cells[column]
        for name in self._optional:
            if all(value is None for value in parts[name].values()):
                parts[name] = None
        if self._apart:
            parts[self._apart] = apart
        return self._structure(parts, self._kind)


def _fields(kind: type[Any]) -> "tuple[attrs.Attribute[Any], ...]":
    return tuple(attrs.fields(kind))


def _parts(kind: type[Any], left_out: AbstractSet[str]) -> dict[str, tuple[type[Any], bool]]:
    """Return the fields that are made of fields, with their classes, and whether one may be None."""
    parts = {}
    for attribute in _fields(kind):
        inner: Any = attribute.type
        optional = isinstance(inner, UnionType)
        if optional:
            kinds = [part for part in get_args(inner) if part is not NoneType]
            if len(kinds) > 1:
                # One of several classes has one column, and their fields none.
                continue
            (inner,) = kinds
        if attribute.name not in left_out and attrs.has(inner) and inner not in _VALUES:
            parts[attribute.name] = (inner, optional)
    return parts


def _paths(kind: type[Any], left_out: AbstractSet[str] = frozenset()) -> Iterator[_Path]:
    """Yield the way to every value of an aggregate."""
    parts = _parts(kind, left_out)
    for attribute in _fields(kind):
        if attribute.name in parts:
            inner, _ = parts[attribute.name]
            yield from ((attribute.name, *path) for path in _paths(inner))
        elif attribute.name not in left_out:
            yield (attribute.name,)
