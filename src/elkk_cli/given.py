"""Reading what a program gives as JSON, with the place of whatever is wrong."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from attrs import frozen

from elkk_cli import errors
from elkk_core.shared import ElkkError, FieldRequired, Money, Month, NotADate
from elkk_core.shared.texts import read_date, read_decimal

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

_YEARS = range(1900, 9999)


class Misgiven(Exception):
    """An *error* at a *place* of an object, such as ``lines[0].quantity``; "" for all of it."""

    def __init__(self, error: ElkkError, place: str) -> None:
        super().__init__(error, place)
        self.error = error
        self.place = place


@contextmanager
def at(place: str) -> Iterator[None]:
    """Tell that an error raised inside belongs to *place*."""
    try:
        yield
    except ElkkError as error:
        raise Misgiven(error, place) from None


def load(data: bytes) -> Any:
    """Return what the JSON text *data* says, in UTF-8 unless it tells otherwise.

    Raises:
        JsonMalformed: If it is no JSON.
        KeyRepeated: If an object names a key twice.
    """
    try:
        return json.loads(data, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise errors.JsonMalformed(error.lineno, error.colno) from None
    except (ValueError, RecursionError):
        # Not in the encoding that it begins with, a number of thousands of digits, or nested
        # without end: none of them has a place to name.
        raise errors.JsonMalformed(1, 1) from None


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise errors.KeyRepeated(key)
        found[key] = value
    return found


@frozen
class Given:
    """An object with nothing but known keys; a null is the same as a key left out."""

    values: Mapping[str, Any]
    place: str = ""

    @classmethod
    def of(cls, value: Any, *keys: str, place: str = "") -> "Given":
        """Return the object *value*, which stands at *place* and may have *keys*.

        Raises:
            Misgiven: If it is no object, or has another key.
        """
        with at(place):
            given = cls(mapping(value), place)
        for key in given.values:
            if key not in keys:
                raise Misgiven(errors.KeyUnknown(", ".join(keys)), given.where(key))
        return given

    def where(self, key: str) -> str:
        """Return the place of *key*."""
        return f"{self.place}.{key}" if self.place else key

    def has(self, key: str) -> bool:
        """Tell whether there is a value for *key*."""
        return self.values.get(key) is not None

    def need(self, key: str, read: Callable[[Any], T]) -> T:
        """Return what *read* makes of the value of *key*.

        Raises:
            Misgiven: If there is none, or *read* refuses it.
        """
        with at(self.where(key)):
            if not self.has(key):
                raise FieldRequired
            return read(self.values[key])

    def may(self, key: str, read: Callable[[Any], T], default: T) -> T:
        """Return what *read* makes of the value of *key*, *default* if there is none.

        Raises:
            Misgiven: If *read* refuses it.
        """
        return self.need(key, read) if self.has(key) else default

    def objects(self, key: str, *keys: str, needed: bool = True) -> list["Given"]:
        """Return the objects of the array *key*, each of which may have *keys*.

        Raises:
            Misgiven: If there is no array though it is *needed*, or something in it is no such
                object.
        """
        if not needed and not self.has(key):
            return []
        place = self.where(key)
        return [
            Given.of(value, *keys, place=f"{place}[{index}]")
            for index, value in enumerate(self.need(key, array))
        ]

    def rows(self, key: str, *reads: Callable[[Any], Any]) -> list[tuple[Any, ...]]:
        """Return the arrays inside the array *key*, each value read by one of *reads*.

        Raises:
            Misgiven: If one is of another length, or a value is refused.
        """
        rows = []
        for index, row in enumerate(self.need(key, array)):
            place = f"{self.where(key)}[{index}]"
            with at(place):
                if len(array(row)) != len(reads):
                    raise errors.LengthWrong(len(reads))
            rows.append(tuple(_read_at(place, i, row, read) for i, read in enumerate(reads)))
        return rows


def _read_at(place: str, index: int, row: Sequence[Any], read: Callable[[Any], T]) -> T:
    with at(f"{place}[{index}]"):
        return read(row[index])


# What a value can be


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object.

    Raises:
        JsonTypeWrong: If *value* is anything else.
    """
    if not isinstance(value, dict):
        raise errors.JsonTypeWrong("object")
    return value


def array(value: Any) -> Sequence[Any]:
    """Return an array.

    Raises:
        JsonTypeWrong: If *value* is anything else.
    """
    if not isinstance(value, list):
        raise errors.JsonTypeWrong("array")
    return value


def text(value: Any) -> str:
    """Return a string of characters that exist; JSON can escape halves of some.

    Raises:
        JsonTypeWrong: If *value* is anything else.
    """
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise errors.JsonTypeWrong("string")
    return value


def flag(value: Any) -> bool:
    """Return true or false.

    Raises:
        JsonTypeWrong: If *value* is anything else.
    """
    if not isinstance(value, bool):
        raise errors.JsonTypeWrong("boolean")
    return value


def whole(*, least: int) -> Callable[[Any], int]:
    """Return a reader of integers from *least* on.

    It raises:
        JsonTypeWrong: If a value is anything else.
        NumberTooSmall: If it is below *least*.
    """

    def read(value: Any) -> int:
        if type(value) is not int:
            raise errors.JsonTypeWrong("integer")
        if value < least:
            raise errors.NumberTooSmall(least)
        return value

    return read


def choice(options: type[Choice]) -> Callable[[Any], Choice]:
    """Return a reader of one of *options*.

    It raises:
        ChoiceUnknown: If a text is none of them.
    """

    def read(value: Any) -> Choice:
        try:
            return options(text(value))
        except ValueError:
            raise errors.ChoiceUnknown(value, ", ".join(options)) from None

    return read


def decimal(value: Any) -> Decimal:
    """Return a number without a sign, which is written as a string.

    Raises:
        NotADecimal: If it is written otherwise.
    """
    return read_decimal(text(value))


def money(value: Any) -> Money:
    """Return an amount of roubles, which is written as a string.

    Raises:
        NotAnAmount: If it is written otherwise.
    """
    return Money.parse(text(value))


def month(value: Any) -> Month:
    """Return a month.

    Raises:
        NotAMonth: If it is written otherwise than «2026-11».
    """
    return Month.parse(text(value))


def day(value: Any) -> date:
    """Return a date from 1900 on.

    Raises:
        NotADate: If it is written otherwise than «2026-11-22».
        NoSuchDate: If the calendar has none such.
    """
    found = read_date(text(value))
    if found.year not in _YEARS:
        raise NotADate(value)
    return found
