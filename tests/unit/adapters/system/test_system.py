"""The clock is the machine's, and identifiers sort by the moment at which they were made."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import RFC_4122, UUID

import pytest

from elkk_adapters.system import SystemClock, TimeOrderedIdentifiers
from elkk_core.testing import contracts

MANY = 5_000


class TestSystemClock(contracts.ClockContract):
    def make(self) -> SystemClock:
        """Return the clock of these tests."""
        return SystemClock()


class TestTimeOrderedIdentifiers(contracts.IdentifiersContract):
    def make(self) -> TimeOrderedIdentifiers:
        """Return the source of these tests."""
        return TimeOrderedIdentifiers()


def milliseconds_of(identifier: UUID) -> int:
    """Return the time that stands in the first 48 bits."""
    return identifier.int >> 80


def test_clock_tells_present_moment() -> None:
    """The clock is that of the machine."""
    before = time.time()
    told = SystemClock().now().timestamp()

    assert before <= told <= time.time()


def test_identifier_is_uuid_of_version_7() -> None:
    """Version and variant stand where RFC 9562 wants them."""
    identifier = TimeOrderedIdentifiers().new()

    assert (7, RFC_4122) == (identifier.version, identifier.variant)


def test_identifier_begins_with_present_millisecond() -> None:
    """The first 48 bits are the milliseconds since 1970."""
    before = time.time_ns() // 1_000_000
    told = milliseconds_of(TimeOrderedIdentifiers().new())

    assert before <= told <= time.time_ns() // 1_000_000


def test_identifiers_sort_by_making() -> None:
    """Thousands made in a few milliseconds are in order, and none is made twice."""
    identifiers = TimeOrderedIdentifiers()
    made = [identifiers.new() for _ in range(MANY)]

    assert sorted(set(made)) == made


def test_identifiers_go_on_when_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that jumps back does not bring an earlier identifier."""
    identifiers = TimeOrderedIdentifiers()
    before = identifiers.new()
    monkeypatch.setattr(time, "time_ns", lambda: 0)

    assert before < identifiers.new()


def test_identifiers_go_on_with_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time in an identifier is what the clock shows, also long after 2038."""
    moment = datetime(2106, 2, 7, tzinfo=UTC)
    monkeypatch.setattr(time, "time_ns", lambda: int(moment.timestamp()) * 1_000_000_000)

    assert int(moment.timestamp()) * 1_000 == milliseconds_of(TimeOrderedIdentifiers().new())


def test_threads_get_different_identifiers() -> None:
    """Several threads may ask the same maker."""
    identifiers = TimeOrderedIdentifiers()
    with ThreadPoolExecutor(max_workers=4) as pool:
        made = list(pool.map(lambda _: identifiers.new(), range(MANY)))

    assert MANY == len(set(made))


def test_two_makers_differ() -> None:
    """Two processes that begin in the same millisecond do not make the same identifiers."""
    made = {TimeOrderedIdentifiers().new() for _ in range(MANY)}

    assert MANY == len(made)
