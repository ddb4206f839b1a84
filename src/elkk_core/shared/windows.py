"""The days of a month in which readings are taken."""

import re
from datetime import date
from typing import ClassVar, Self

from attrs import define, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.errors import Rejected
from elkk_core.shared.periods import Month

_WINDOW = re.compile(r"(?P<first>[0-9]{1,2})\s*[-\u2013]\s*(?P<last>[0-9]{1,2})")
_LONGEST_MONTH = 31


@define
class NotAWindow(Rejected):
    """A text is not the first and the last day of a submission window, such as «15-25»."""

    code: ClassVar[str] = "shared.not_a_window"
    text: str


@frozen(kw_only=True)
class WindowStatus:
    """Whether readings are taken on a day.

    Open: *month* is the month that a reading counts for, *closes_on* the last day and *days* the
    days left, that one included. Closed: *opens_on* is the day of the next opening and *days* the
    days until then.
    """

    is_open: bool
    month: Month
    opens_on: date
    closes_on: date
    days: int


@frozen(kw_only=True)
class SubmissionWindow:
    """The days of each month, both included, on which households hand over readings.

    Source: ПП РФ № 354, п. 31 «ж»: readings are taken account of when handed over not later than
    the 25th; suppliers publish other days. A day that a month does not have means its last day.
    """

    first_day: int = field(validator=validators.exact_int)
    last_day: int = field(validator=validators.exact_int)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.first_day <= self.last_day <= _LONGEST_MONTH:
            raise NotAWindow(str(self))

    # Factories

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a window written as «15-25».

        Raises:
            NotAWindow: If the text is anything else, or the days are not in order.
        """
        match = _WINDOW.fullmatch(text.strip())
        if match is None:
            raise NotAWindow(text)
        return cls(first_day=int(match["first"]), last_day=int(match["last"]))

    # Queries

    def opens_in(self, month: Month) -> date:
        """Return the first open day of *month*."""
        return month.first_day.replace(day=min(self.first_day, month.last_day.day))

    def closes_in(self, month: Month) -> date:
        """Return the last open day of *month*."""
        return month.first_day.replace(day=min(self.last_day, month.last_day.day))

    def contains(self, day: date) -> bool:
        """Tell whether *day* is open."""
        month = Month.of(day)
        return self.opens_in(month) <= day <= self.closes_in(month)

    def month_counted(self, day: date) -> Month:
        """Return the month in whose bill a reading of *day* counts.

        A reading after the last open day is not lost: it counts in the next month.
        """
        month = Month.of(day)
        return month if day <= self.closes_in(month) else month.next

    def status(self, day: date) -> WindowStatus:
        """Return whether the window is open on *day*, and until or from when."""
        month = self.month_counted(day)
        opens_on, closes_on = self.opens_in(month), self.closes_in(month)
        is_open = opens_on <= day
        return WindowStatus(
            is_open=is_open,
            month=month,
            opens_on=opens_on,
            closes_on=closes_on,
            days=(closes_on - day).days + 1 if is_open else (opens_on - day).days,
        )

    def __str__(self) -> str:
        return f"{self.first_day}-{self.last_day}"
