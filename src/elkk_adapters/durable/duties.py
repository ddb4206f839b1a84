"""What a worker may be there for, and what all of it has in common."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from attrs import Factory, define, frozen

from elkk_adapters.durable import protocol


@frozen(kw_only=True)
class Retries:
    """How often a job is tried, and how the pauses between the attempts grow.

    The usual dozen of attempts, with pauses doubled from a second, reaches over an hour.
    """

    attempts: int = 12
    first_pause_seconds: float = 1.0
    growth: float = 2.0


@define(eq=False)
class UnderWay:
    """The jobs that a worker has begun and not ended, so that it stops between two of them."""

    _stopping: threading.Event = Factory(threading.Event)
    _keys: set[str] = Factory(set)
    _changed: threading.Condition = Factory(threading.Condition)

    @property
    def stopping(self) -> bool:
        """Whether the worker is about to stop."""
        return self._stopping.is_set()

    def begins(self, key: str) -> bool:
        """Note that a job begins; False if it is too late for that."""
        with self._changed:
            if self.stopping:
                return False
            self._keys.add(key)
            return True

    def ended(self, key: str) -> None:
        """Note that a job is not under way any more, whether it was or not."""
        with self._changed:
            self._keys.discard(key)
            self._changed.notify_all()

    def stop(self) -> None:
        """Let no job begin from now on."""
        self._stopping.set()

    def wait_for_stop(self, seconds: float) -> bool:
        """Wait until the worker is about to stop, and tell whether it is."""
        return self._stopping.wait(seconds)

    def wait_for_end(self, seconds: float) -> None:
        """Wait until all jobs have ended, for so many seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: not self._keys, timeout=seconds)


@frozen(kw_only=True)
class Schedule:
    """A *workflow* that the queue of its duty is given at the moments of *cron*, in UTC.

    It is called with such a moment and a context that means nothing. Of several workers that know of
    a schedule one enqueues it each time.
    """

    name: str
    workflow: Callable[..., Any]
    cron: str


class Duty(Protocol):
    """One kind of work."""

    @property
    def queue(self) -> protocol.Queue:
        """The queue that it comes from."""
        ...

    def register(self, under_way: UnderWay) -> Schedule | None:
        """Tell DBOS, which has not been launched yet, what is to be done.

        What is to be done at certain moments, and not when it is asked for, is returned.
        """
        ...
