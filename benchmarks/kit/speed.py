"""How fast something is done over and over."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")

_ROUNDS = 7
_LEAST_SECONDS = 5.0


def times_per_second(work: Callable[[_T], object], given: Sequence[_T]) -> float:
    """Return how many times a second *work* is done with what is *given*, on one core.

    All of it is done round by round, seven times at least and for five seconds at least. The fastest
    round counts: what the others take longer goes to warming up and to other programs.
    """
    seconds: list[float] = []
    while len(seconds) < _ROUNDS or sum(seconds) < _LEAST_SECONDS:
        seconds.append(_round(work, given))
    return len(given) / min(seconds)


def _round(work: Callable[[_T], object], given: Sequence[_T]) -> float:
    start = time.perf_counter()
    for item in given:
        work(item)
    return time.perf_counter() - start
