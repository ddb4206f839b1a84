"""The days of submission as a file for a calendar."""

from calendar import isleap
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dateutil.rrule import rrulestr
from hypothesis import example, given
from icalendar import Calendar, Event

from elkk_core.shared import Month, SubmissionWindow
from elkk_core.testing import strategies
from elkk_web.calendars import Reminder, calendar_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
_YEARS = 6


def a_reminder(window: str) -> Reminder:
    """Return a reminder of a window."""
    return Reminder(
        key="a3",
        window=SubmissionWindow.parse(window),
        title="Передать показания: г. Тамбов, ул. Садовая, д. 12; кв. 5",
        text="Счетчик № 011070123456. https://cabinet.example/accounts/a2/readings",
        address="https://cabinet.example/accounts/a2/readings",
    )


def events_of(window: SubmissionWindow, *, today: date = TODAY) -> list[Event]:
    """Return the events of the file for a window, as a reader of calendars finds them."""
    reminder = Reminder(key="a3", window=window, title="т", text="т", address="https://x.example/")
    found = Calendar.from_ical(calendar_of([reminder], today=today, now=NOW))
    return [event for event in found.walk("VEVENT") if isinstance(event, Event)]


def recurrence_of(event: Event) -> str:
    """Return the rule by which an event comes again."""
    rule = event.decoded("rrule").to_ical()
    return rule.decode() if isinstance(rule, bytes) else str(rule)


def occurrences(event: Event, *, until: date) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each time that an event comes."""
    first, end = event.decoded("dtstart"), event.decoded("dtend")
    rule = recurrence_of(event)
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001 - A day has no zone.
    for moment in rrulestr(rule, dtstart=start):
        day = moment.date()
        if day > until:
            return
        yield day, day + (end - first) - timedelta(days=1)


def test_usual_window_is_one_event() -> None:
    """A window inside any month comes each month, the same number of days, with a reminder."""
    (event,) = events_of(SubmissionWindow.parse("15-25"))

    assert (date(2026, 11, 15), date(2026, 11, 26)) == (
        event.decoded("dtstart"),
        event.decoded("dtend"),
    )
    assert "FREQ=MONTHLY;BYMONTHDAY=15" == recurrence_of(event)
    (alarm,) = event.walk("VALARM")
    assert timedelta(hours=10) == alarm.decoded("trigger")


def test_file_is_read_back() -> None:
    """Commas, semicolons and long Russian lines survive; lines are no longer than the format allows."""
    content = calendar_of([a_reminder("15-25")], today=TODAY, now=NOW)
    (event,) = Calendar.from_ical(content).walk("VEVENT")

    assert a_reminder("15-25").title == str(event["summary"])
    assert a_reminder("15-25").text == str(event["description"])
    assert a_reminder("15-25").address == str(event["url"])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_closed_window_begins_with_the_next_opening() -> None:
    """Who takes the file after the last day is reminded next month."""
    (event,) = events_of(SubmissionWindow.parse("1-10"))

    assert date(2026, 12, 1) == event.decoded("dtstart")


@given(
    window=strategies.windows(),
    today=strategies.days(),
)
@example(window=SubmissionWindow.parse("28-28"), today=date(2028, 1, 1))
@example(window=SubmissionWindow.parse("31-31"), today=date(2027, 2, 28))
@example(window=SubmissionWindow.parse("20-31"), today=date(2028, 1, 31))
@example(window=SubmissionWindow.parse("30-31"), today=date(2028, 2, 29))
def test_calendar_says_what_the_cabinet_says(window: SubmissionWindow, today: date) -> None:
    """In each month of six years it opens on the right day, and ends on it but for a 29 February."""
    first = Month.of(today)
    if window.closes_in(first) < today:
        first = first.next
    last = first.plus(12 * _YEARS)
    found = sorted(
        stretch
        for event in events_of(window, today=today)
        for stretch in occurrences(event, until=last.previous.last_day)
    )
    expected = [(window.opens_in(month), window.closes_in(month)) for month in first.until(last)]

    assert [opens for opens, _ in expected] == [opens for opens, _ in found]
    for (_, closes), (_, ends) in zip(expected, found, strict=True):
        leap_day = closes.month == 2 and closes.day == 29 and isleap(closes.year)
        assert ends == closes or (leap_day and ends == closes - timedelta(days=1))
