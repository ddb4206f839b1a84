"""Gathering every fault of a folder before refusing it."""

from collections.abc import Iterator
from contextlib import contextmanager

from elkk_adapters.content.errors import ContentFault, ContentRejected
from elkk_core.shared import ElkkError


class ContentFaults:
    """The faults found so far in the files of a folder."""

    def __init__(self) -> None:
        self._found: list[ContentFault] = []

    @contextmanager
    def at(self, file: str, line: int) -> Iterator[None]:
        """Keep an error raised inside as a fault of *line* of *file*."""
        try:
            yield
        except ElkkError as error:
            self.add(file, line, error)

    def add(self, file: str, line: int, error: ElkkError) -> None:
        """Keep *error* as a fault of *line* of *file*."""
        self._found.append(ContentFault(file=file, line=line, error=error))

    def __bool__(self) -> bool:
        return bool(self._found)

    def refuse(self) -> None:
        """Do nothing if the folder is good.

        Raises:
            ContentRejected: If any fault was found; they are in the order of files and lines.
        """
        if self._found:
            ordered = sorted(self._found, key=lambda fault: (fault.file, fault.line))
            raise ContentRejected(tuple(ordered))
