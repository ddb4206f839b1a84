"""Files that a browser keeps: a sheet, and an archive that is made while it is sent."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def sheet(rows: Iterable[Sequence[str]], *, language: str) -> bytes:
    """Return *rows* as CSV that a spreadsheet of the language opens with a double click.

    UTF-8 says itself by a byte order mark; Russian spreadsheets part columns by semicolons, since
    their decimals have commas.
    """
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    csv.writer(text, delimiter=";" if language == "ru" else ",").writerows(rows)
    return text.getvalue().encode()


def attached(content: bytes | Iterator[bytes], *, name: str, mimetype: str) -> Response:
    """Return *content* to be kept as a file called *name*, of plain letters and digits."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Outlet(io.RawIOBase):
    """Takes what is written until somebody fetches it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]  # Any buffer will do.
        self._parts.append(part)
        return len(part)

    def fetch(self) -> bytes:
        fetched, self._parts = b"".join(self._parts), []
        return fetched


def archive(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a ZIP of *files*, one file after another: no more than one of them is held at a time."""
    outlet = _Outlet()
    # An outlet that cannot go back: what an entry is like stands after it, as the format allows.
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(name, content)
            yield outlet.fetch()
    yield outlet.fetch()
