"""What comes of a batch that was taken as a whole."""

from collections.abc import Callable

from attrs import frozen

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many, while a long piece of work goes on."""


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


BetweenBatches = Callable[[], None]
"""Called between two batches of long work, which ends there if it raises anything."""


def nothing_between() -> None:
    """Let the work go on."""


@frozen(kw_only=True)
class BatchReport:
    """How many rows were new, changed something known, or said what was known already.

    *removed* rows were known and are not in the batch, where a batch stands for all there is.
    """

    added: int
    changed: int
    unchanged: int
    removed: int = 0

    @property
    def total(self) -> int:
        """The number of rows of the batch."""
        return self.added + self.changed + self.unchanged
