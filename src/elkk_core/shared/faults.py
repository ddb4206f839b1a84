"""Gathering every fault of a form or a batch before refusing it, so that none waits its turn."""

from collections.abc import Iterator
from contextlib import contextmanager

from elkk_core.shared.errors import BatchRejected, ElkkError, Fault, FormRejected


class Faults:
    """The faults found so far; a mutable list that lives as long as one check."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    @contextmanager
    def at(self, field: str, row: int | None = None) -> Iterator[None]:
        """Keep an error raised inside as a fault of *field*, in *row* of a batch."""
        try:
            yield
        except ElkkError as error:
            self.add(field, error, row)

    def add(self, field: str, error: ElkkError, row: int | None = None) -> None:
        """Keep *error* as a fault of *field*, in *row* of a batch."""
        self._found.append(Fault(field=field, error=error, row=row))

    def __len__(self) -> int:
        return len(self._found)

    def refuse_form(self) -> None:
        """Do nothing if the form is good.

        Raises:
            FormRejected: If any fault was found.
        """
        if self._found:
            raise FormRejected(tuple(self._found))

    def refuse_batch(self) -> None:
        """Do nothing if the batch is good.

        Raises:
            BatchRejected: If any fault was found; the faults are in the order of the rows.
        """
        if self._found:
            raise BatchRejected(tuple(sorted(self._found, key=lambda fault: fault.row or 0)))
