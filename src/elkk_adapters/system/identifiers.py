"""Identifiers that sort by the time at which they were made."""

import secrets
import time
from threading import Lock
from uuid import UUID

_NANOSECONDS_IN_MILLISECOND = 1_000_000
_RANDOM_BITS = 74
_LOW_BITS = 62
_STEP_BITS = 32
_VERSION = 7
_VARIANT = 0b10


class TimeOrderedIdentifiers:
    """Makes UUIDs of version 7: milliseconds since 1970, then 74 random bits (RFC 9562, 5.7).

    Each is greater than the one before, also within a millisecond and where the clock is set back
    (RFC 9562, 6.2, method 2), so rows lie in a database in the order in which they were made. They
    may be made from several threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0

    def new(self) -> UUID:
        """Return an identifier that was never returned before."""
        milliseconds = time.time_ns() // _NANOSECONDS_IN_MILLISECOND
        fresh = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        with self._lock:
            if fresh <= self._last:
                # A step of random length keeps the next identifier as hard to guess.
                fresh = self._last + 1 + secrets.randbits(_STEP_BITS)
            self._last = fresh
        return _uuid7(fresh)


def _uuid7(payload: int) -> UUID:
    """Return the UUID whose 122 free bits are *payload*: version and variant stand between them."""
    time_and_high, low = divmod(payload, 1 << _LOW_BITS)
    milliseconds, high = divmod(time_and_high, 1 << 12)
    return UUID(int=milliseconds << 80 | _VERSION << 76 | high << 64 | _VARIANT << 62 | low)
