"""The days on which readings are taken, as a file for the calendar of a telephone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from attrs import frozen
from icalendar import Alarm, Calendar, Event

from elkk_core.shared import Month, SubmissionWindow

_REMINDER = time(10)
_COMMON_YEAR = 2027
_LAST_DAY = -1
_IN_EVERY_MONTH = 28


@frozen(kw_only=True)
class Reminder:
    """A window to be reminded of each month: under which *title*, with what to do, and where.

    *key* tells it from others for good, so that a file taken twice makes no second entry.
    """

    key: str
    window: SubmissionWindow
    title: str
    text: str
    address: str


@frozen
class _Stretch:
    """The *days* from a day of the month on; -1 is the last one, whichever that is."""

    first: int
    days: int


def calendar_of(reminders: Iterable[Reminder], *, today: date, now: datetime) -> bytes:
    """Return an iCalendar file (RFC 5545) with an event for each window that comes every month.

    A window up to the 29th or later is of other lengths in short months, which have events of their
    own; on the 29 February of a leap year it may end a day before the real one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//elkk//cabinet//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for reminder in reminders:
        for stretch, numbers in _stretches(reminder.window).items():
            calendar.add_component(_event(reminder, stretch, numbers, today=today, now=now))
    content: bytes = calendar.to_ical()
    return content


def _stretches(window: SubmissionWindow) -> Mapping[_Stretch, list[int]]:
    """Return the numbers of the months in which a window is the same."""
    found: dict[_Stretch, list[int]] = {}
    for number in range(1, 13):
        month = Month(_COMMON_YEAR, number)
        opens, closes = window.opens_in(month), window.closes_in(month)
        is_clipped = window.first_day > _IN_EVERY_MONTH and opens == month.last_day
        first = _LAST_DAY if is_clipped else opens.day
        found.setdefault(_Stretch(first, (closes - opens).days + 1), []).append(number)
    return found


def _event(
    reminder: Reminder, stretch: _Stretch, numbers: list[int], *, today: date, now: datetime
) -> Event:
    starts = _first_day(reminder.window, numbers, today)
    event = Event()
    event.add("uid", f"{reminder.key}-{stretch.first}-{stretch.days}@elkk")
    event.add("dtstamp", now)
    event.add("summary", reminder.title)
    event.add("description", reminder.text)
    event.add("url", reminder.address)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(days=stretch.days))
    rule: dict[str, object] = {"freq": "monthly", "bymonthday": stretch.first}
    if len(numbers) < 12:  # noqa: PLR2004 - Of a year.
        rule["bymonth"] = numbers
    event.add("rrule", rule)
    # A window takes nobody's time.
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.title)
    alarm.add("trigger", timedelta(hours=_REMINDER.hour))
    event.add_component(alarm)
    return event


def _first_day(window: SubmissionWindow, numbers: list[int], today: date) -> date:
    """Return the first opening that is not over on *today*, in a month that has one of *numbers*."""
    month = Month.of(today)
    while month.number not in numbers or window.closes_in(month) < today:
        month = month.next
    return window.opens_in(month)
