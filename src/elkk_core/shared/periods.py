"""Months and half-open periods of local dates."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.errors import Rejected

_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})")
_MONTHS_IN_YEAR = 12
_FIRST_YEAR = 1900
# The month after the last one must still have a first day that Python knows.
_LAST_YEAR = 9998


@define
class NotAMonth(Rejected):
    """A text is not a month such as «2026-11»."""

    code: ClassVar[str] = "shared.not_a_month"
    text: str


@define
class DatesOutOfOrder(Rejected):
    """The *last* of some dates comes before the *first*."""

    code: ClassVar[str] = "shared.dates_out_of_order"
    first: date
    last: date


def local_date(moment: datetime, time_zone: str) -> date:
    """Return the date that *moment* falls on in *time_zone* (an IANA name such as Europe/Moscow).

    Raises:
        ValueError: If *moment* does not know its own time zone.
    """
    if moment.tzinfo is None:
        message = f"the moment must know its time zone: {moment!r}"
        raise ValueError(message)
    return moment.astimezone(ZoneInfo(time_zone)).date()


@frozen(kw_only=True)
class Period:
    """Local dates from *start* up to, but without, *end*; None means without an end."""

    start: date
    end: date | None = field(default=None)

    @end.validator
    def _not_before_start(self, _attribute: object, value: date | None) -> None:
        if value is not None and value <= self.start:
            message = f"a period must last a day at least: {self.start} - {value}"
            raise ValueError(message)

    # Factories

    @classmethod
    def inclusive(cls, first: date, last: date) -> Self:
        """Return the dates from *first* to *last*, both included, as acts name them.

        Raises:
            DatesOutOfOrder: If *last* comes before *first*.
        """
        if last < first:
            raise DatesOutOfOrder(first, last)
        return cls(start=first, end=last + timedelta(days=1))

    # Queries

    @property
    def last_day(self) -> date | None:
        """The last date inside, None for a period without an end."""
        return None if self.end is None else self.end - timedelta(days=1)

    @property
    def days(self) -> int | None:
        """The number of dates inside, None for a period without an end."""
        return None if self.end is None else (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Tell whether *day* is inside."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlap(self, other: "Period") -> "Period | None":
        """Return the dates that both periods hold, None if there are none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        if end is not None and end <= start:
            return None
        return Period(start=start, end=end)

    def split(self, day: date) -> "tuple[Period, ...]":
        """Return the parts before and from *day*; only this period if *day* does not divide it."""
        if day == self.start or not self.contains(day):
            return (self,)
        return Period(start=self.start, end=day), Period(start=day, end=self.end)


@cache
def _last_day(year: int, number: int) -> date:
    return date(year, number, calendar.monthrange(year, number)[1])


@frozen
class Month:
    """A calendar month: the billing period of household electricity (ПП РФ № 354, п. 37)."""

    year: int = field(validator=validators.exact_int)
    number: int = field(validator=validators.exact_int)

    @year.validator
    def _year_has_four_digits(self, _attribute: object, value: int) -> None:
        if not _FIRST_YEAR <= value <= _LAST_YEAR:
            message = f"the year must be from {_FIRST_YEAR} to {_LAST_YEAR}: {value}"
            raise ValueError(message)

    @number.validator
    def _number_is_of_a_month(self, _attribute: object, value: int) -> None:
        if not 1 <= value <= _MONTHS_IN_YEAR:
            message = f"the number of a month must be from 1 to 12: {value}"
            raise ValueError(message)

    # Factories

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that *day* is in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a month written as «2026-11».

        Raises:
            NotAMonth: If the text is anything else.
        """
        match = _MONTH.fullmatch(text.strip())
        if match is None:
            raise NotAMonth(text)
        try:
            return cls(int(match["year"]), int(match["number"]))
        except ValueError:
            raise NotAMonth(text) from None

    # Queries

    @property
    def first_day(self) -> date:
        """The first date of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last date of the month."""
        return _last_day(self.year, self.number)

    @property
    def period(self) -> Period:
        """The dates of the month."""
        return Period(start=self.first_day, end=self.next.first_day)

    @property
    def next(self) -> "Month":
        """The month after this one."""
        return self.plus(1)

    @property
    def previous(self) -> "Month":
        """The month before this one."""
        return self.plus(-1)

    def plus(self, months: int) -> "Month":
        """Return the month that is *months* later, earlier if negative."""
        return _month(self.year * _MONTHS_IN_YEAR + self.number - 1 + months)

    def days_left(self, day: date) -> int:
        """Return how many days of the month are left on *day*, that one included; then none."""
        return max((self.next.first_day - day).days, 0)

    def until(self, end: "Month") -> "Iterator[Month]":
        """Yield the months from this one up to, but without, *end*."""
        month = self
        while month < end:
            yield month
            month = month.next

    # Order: spelled out, since bills compare months without end and generated methods are slow.

    def __lt__(self, other: "Month") -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __le__(self, other: "Month") -> bool:
        return (self.year, self.number) <= (other.year, other.number)

    def __gt__(self, other: "Month") -> bool:
        return (self.year, self.number) > (other.year, other.number)

    def __ge__(self, other: "Month") -> bool:
        return (self.year, self.number) >= (other.year, other.number)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@cache
def _month(index: int) -> Month:
    """Return the month that is the *index*-th from the year 0 on; there are few, and all are used."""
    return Month(index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1)
