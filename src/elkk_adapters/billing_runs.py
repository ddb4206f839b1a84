"""Billing runs that workers carry out, part by part."""

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from elkk_core.billing import BillingPart
from elkk_core.shared import Month


@frozen(kw_only=True)
class BillingRunState:
    """How many parts of a run *wait* for a worker, are billed now, are *done*, and have *failed*."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0

    @property
    def is_on(self) -> bool:
        """Whether there is something left to do."""
        return self.waiting + self.running > 0


class BillingRuns(Protocol):
    """The billing runs of all suppliers and months; those of the last week are remembered."""

    def begin(self, *, supplier: str, month: Month, parts: Sequence[BillingPart]) -> None:
        """Hand *parts* to the workers, all of them or, if this process dies, none.

        Who begins a run of the same month at the same moment joins this one.

        Raises:
            QueueNotPrepared: If the database has no queue.
        """
        ...

    def state(self, *, supplier: str, month: Month) -> BillingRunState:
        """Return how the latest run of a month stands; no parts at all if there was none.

        Raises:
            QueueNotPrepared: If the database has no queue.
        """
        ...
