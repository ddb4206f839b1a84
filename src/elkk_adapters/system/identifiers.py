"""Identifiers that sort by the time at which they were made."""

import time
from os import urandom
from threading import Lock
from uuid import UUID

_NANOSECONDS_IN_MILLISECOND = 1_000_000
_RANDOM_BITS = 74
_RANDOM_BYTES = 10
_RANDOM = (1 << _RANDOM_BITS) - 1
_STEP = (1 << 32) - 1
_LOW_BITS = 62
_LOW = (1 << _LOW_BITS) - 1
_HIGH = (1 << 12) - 1
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
        random = int.from_bytes(urandom(_RANDOM_BYTES)) & _RANDOM
        fresh = milliseconds << _RANDOM_BITS | random
        with self._lock:
            if fresh <= self._last:
                # A step of random length keeps the next identifier as hard to guess.
                fresh = self._last + 1 + (random & _STEP)
            self._last = fresh
        return _uuid7(fresh)


def _uuid7(payload: int) -> UUID:
    """Return the UUID whose 122 free bits are *payload*: version and variant stand between them."""
    milliseconds, high = payload >> _RANDOM_BITS, payload >> _LOW_BITS & _HIGH
    low = payload & _LOW
    return UUID(int=milliseconds << 80 | _VERSION << 76 | high << 64 | _VARIANT << 62 | low)
