"""Values that acts change from a day on: rates, terms and shares with their effective dates."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Generic, TypeVar

from attrs import define, field, frozen

from elkk_core.shared.errors import NotFound

T = TypeVar("T")


@define
class NothingInForce(NotFound):
    """A table begins later than *day*; *table* is its name, such as ``key_rate``."""

    code: ClassVar[str] = "shared.nothing_in_force"
    table: str
    day: date


def _by_date(entries: Iterable[tuple[date, T]]) -> tuple[tuple[date, T], ...]:
    return tuple(sorted(entries, key=lambda entry: entry[0]))


@frozen
class Timeline(Generic[T]):
    """What is in force from which day on, each entry until the next one; the last without an end.

    *name* tells a person which table a missing day was looked for in. A value that is approved anew
    without a change may have an entry of its own.
    """

    name: str
    entries: tuple[tuple[date, T], ...] = field(converter=_by_date)
    starts: tuple[date, ...] = field(init=False, eq=False, repr=False)

    @starts.default
    def _starts_of_entries(self) -> tuple[date, ...]:
        return tuple(start for start, _ in self.entries)

    @entries.validator
    def _one_value_a_day(self, _attribute: object, value: tuple[tuple[date, T], ...]) -> None:
        days = [start for start, _ in value]
        if len(set(days)) < len(days):
            message = f"a day can have one value only in {self.name}: {days}"
            raise ValueError(message)

    # Queries

    def on(self, day: date) -> T:
        """Return what is in force on *day*.

        Raises:
            NothingInForce: If the table begins later.
        """
        place = bisect_right(self.starts, day)
        if place == 0:
            raise NothingInForce(self.name, day)
        return self.entries[place - 1][1]
