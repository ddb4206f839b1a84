"""At most so many within such a time, in whatever order they come."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import Limit, Tally
from elkk_core.testing.doubles import NOON

LIMIT = Limit(times=3, within=timedelta(hours=1))


@given(
    pauses=st.lists(st.integers(0, 3600), max_size=40),
    times=st.integers(1, 5),
    within=st.integers(1, 7200),
)
def test_limit_holds_in_any_stretch(pauses: list[int], times: int, within: int) -> None:
    """Whoever asks before each occurrence never sees more than the limit in any stretch."""
    limit = Limit(times=times, within=timedelta(seconds=within))
    tally, now, happened = Tally(key="key"), NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if tally.free_at(limit=limit, now=now) is None:
            tally = tally.add(now=now, keep=limit.within)
            happened.append(now)

    for index, moment in enumerate(happened[times:]):
        assert moment - happened[index] >= limit.within


@given(
    offsets=st.lists(st.integers(0, 7200), max_size=10),
    later=st.integers(0, 7200),
)
def test_free_moment_is_the_first_one(offsets: list[int], later: int) -> None:
    """At the moment told another one is allowed; a second before it is not."""
    tally = Tally(key="key", moments=tuple(NOON + timedelta(seconds=offset) for offset in offsets))
    now = NOON + timedelta(seconds=later)
    free_at = tally.free_at(limit=LIMIT, now=now)

    if free_at is not None:
        assert free_at > now
        assert tally.free_at(limit=LIMIT, now=free_at) is None
        before = free_at - timedelta(microseconds=1)
        assert tally.free_at(limit=LIMIT, now=before) == free_at


def test_tally_drops_what_is_too_old() -> None:
    """Counting keeps no more than the limit looks back on."""
    tally = Tally(key="key", moments=(NOON - timedelta(hours=2), NOON - timedelta(minutes=1)))

    counted = tally.add(now=NOON, keep=timedelta(hours=1))
    assert (NOON - timedelta(minutes=1), NOON) == counted.moments
    assert 2 == counted.count(limit=LIMIT, now=NOON)


def test_tally_is_cleared() -> None:
    """After a right password nothing is held against the login."""
    tally = Tally(key="key", moments=(NOON,)).clear()

    assert () == tally.moments
    assert tally.last is None


@pytest.mark.parametrize("times", [0, -1])
def test_limit_allows_something(times: int) -> None:
    """A limit that allows nothing would lock everybody out for good."""
    with pytest.raises(ValueError, match="one occurrence"):
        Limit(times=times, within=timedelta(hours=1))


def test_limit_looks_back() -> None:
    """A limit without a stretch of time would hold nobody back."""
    with pytest.raises(ValueError, match="look back"):
        Limit(times=1, within=timedelta(0))
