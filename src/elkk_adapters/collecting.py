"""Collecting garbage rarely while bills are made by the thousand."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (50_000, 50, 100)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cycles seldom while the context is open, and not among what was there before.

    Values of a batch refer to each other in no circle, so they are gone with it without a collector;
    looking through all of them over and over took a third of the time of a run.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
