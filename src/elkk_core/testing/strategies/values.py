"""Strategies for texts, money, time, and what all contexts share."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from elkk_core.shared import (
    Money,
    Month,
    Period,
    SubmissionWindow,
    Traits,
    Zone,
)
from elkk_core.shared.zones import ZONE_SCHEMES

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz"
_SMALLEST_DAY, _GREATEST_DAY = date(2006, 1, 1), date(2040, 12, 31)


# Texts


def texts(*, max_size: int = 60) -> SearchStrategy[str]:
    """Lines that a person could have typed, blanks inside but not around them."""
    signs = st.characters(exclude_categories=["C", "Z"])
    return st.lists(
        st.text(signs, min_size=1, max_size=12), min_size=1, max_size=max(max_size // 13, 1)
    ).map(" ".join)


def digits(*, length: int) -> SearchStrategy[str]:
    """Texts of *length* digits."""
    return st.text("0123456789", min_size=length, max_size=length)


def digests() -> SearchStrategy[str]:
    """Digests of secrets, of which no two are the same."""
    return st.uuids().map(lambda number: number.hex)


# Money and time


def money(
    *, least: Money = Money(-10_000_000_00), most: Money = Money(10_000_000_00)
) -> SearchStrategy[Money]:
    """Amounts from *least* to *most*."""
    return st.integers(least.kopecks, most.kopecks).map(Money)


def decimals(*, least: str, most: str, places: int) -> SearchStrategy[Decimal]:
    """Decimals from *least* to *most* with *places* digits after the point."""
    return st.decimals(Decimal(least), Decimal(most), places=places)


def days(*, first: date = _SMALLEST_DAY, last: date = _GREATEST_DAY) -> SearchStrategy[date]:
    """Dates from *first* to *last*."""
    return st.dates(first, last)


def stretches() -> SearchStrategy[tuple[date, date | None]]:
    """Two days in order, or a day without an end."""
    ended: SearchStrategy[tuple[date, date | None]] = st.tuples(days(), days()).map(
        lambda pair: (min(pair), max(pair))
    )
    return ended | st.tuples(days(), st.none())


def moments(*, first: date = _SMALLEST_DAY, last: date = _GREATEST_DAY) -> SearchStrategy[datetime]:
    """Moments in UTC, to the microsecond."""
    return st.datetimes(
        datetime(first.year, first.month, first.day),  # noqa: DTZ001 - Hypothesis adds the zone.
        datetime(last.year, last.month, last.day),  # noqa: DTZ001 - As above.
        timezones=st.just(UTC),
    ).map(lambda moment: moment.replace(fold=0))  # UTC has no hour twice.


def months(
    *, first: Month = Month(2006, 1), last: Month = Month(2040, 12)
) -> SearchStrategy[Month]:
    """Months from *first* to *last*."""
    between = 12 * (last.year - first.year) + last.number - first.number
    return st.integers(0, between).map(first.plus)


def periods(*, with_end: bool | None = None) -> SearchStrategy[Period]:
    """Periods of local dates; by default with an end or without."""
    lengths = st.integers(1, 4000)
    ends = {True: lengths, False: st.none(), None: st.none() | lengths}[with_end]
    return st.builds(
        lambda start, length: Period(
            start=start, end=None if length is None else start + timedelta(days=length)
        ),
        days(),
        ends,
    )


def windows() -> SearchStrategy[SubmissionWindow]:
    """Submission windows of all kinds, the 31st included."""
    return st.lists(st.integers(1, 31), min_size=2, max_size=2).map(
        lambda ends: SubmissionWindow(first_day=min(ends), last_day=max(ends))
    )


def zone_schemes() -> SearchStrategy[tuple[Zone, ...]]:
    """The zones of a meter: one, two or three of them."""
    return st.sampled_from(list(ZONE_SCHEMES.values()))


# Households


def traits() -> SearchStrategy[Traits]:
    """What a household is like, by up to three names that a supplier might choose."""
    names = st.text(LETTERS, min_size=1, max_size=12)
    values = st.text(LETTERS + "0123456789+-", min_size=1, max_size=12)
    return st.dictionaries(names, values, max_size=3).map(
        lambda found: Traits(tuple(found.items()))
    )


def ids(kind: Any) -> SearchStrategy[Any]:  # noqa: ANN401 - A NewType is no type to name.
    """Identifiers of the given kind."""
    numbers: SearchStrategy[UUID] = st.uuids()
    return numbers.map(kind)
