"""Tables in files: a header, and below it a row on each line."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Generic, TypeVar

from attrs import NOTHING, fields, frozen

from elkk_adapters.files import errors
from elkk_core.shared import BatchRejected, DuplicateRow, ElkkError, Fault

RowT = TypeVar("RowT")

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {"\t": "tab"}
_CYRILLIC_ENCODINGS = ("windows-1251", "cp866", "koi8-r")
_SMALL_LETTERS = re.compile("[а-яё]")


@frozen(kw_only=True)
class Table(Generic[RowT]):
    """The rows of a file, and the line on which each of them begins, counted from 1."""

    rows: Sequence[RowT]
    lines: Sequence[int]

    def locate(self, rejected: BatchRejected) -> errors.FileRejected:
        """Return what was found wrong with the rows as faults of the lines of the file."""
        return errors.FileRejected(tuple(self._at_line(fault) for fault in rejected.faults))

    def _at_line(self, fault: Fault) -> errors.LineFault:
        error: ElkkError = fault.error
        if isinstance(error, DuplicateRow):
            error = errors.LineRepeated(self.lines[error.first])
        line = 1 if fault.row is None else self.lines[fault.row]
        return errors.LineFault(line=line, column=fault.field, error=error)


def columns_of(row_type: type) -> tuple[tuple[str, bool], ...]:
    """Return the names of the columns of a file of *row_type*, and whether each must be there."""
    return tuple((column.name, column.default is NOTHING) for column in fields(row_type))


def read_table(
    content: bytes, row_type: type[RowT], *, delimiter: str = ",", encoding: str = "utf-8"
) -> Table[RowT]:
    """Read a file whose header names the attributes of *row_type*, in any order.

    *row_type* is an attrs class of ``str`` attributes; a column for one with a default may be left
    out. A byte order mark is skipped, so are blank lines and blanks around a field. A field that
    holds the delimiter, a line break or a quotation mark stands in quotation marks, which are
    doubled inside (RFC 4180).

    Raises:
        FileEmpty, EncodingUnknown, NotInEncoding, EncodedOtherwise, NulCharacter, OtherDelimiter:
            If the file cannot be read as a table.
        FileRejected: If it can, but the header or rows are wrong; every fault is listed.
    """
    text = _decoded(content, encoding)
    records = _records(text, delimiter)
    header = next(records, None)
    if header is None:
        raise errors.FileEmpty
    names = _names(header, row_type, delimiter)

    rows: list[RowT] = []
    lines: list[int] = []
    faults: list[errors.LineFault] = []
    for line, record in _kept(records, faults):
        if len(record) == len(names):
            rows.append(row_type(**dict(zip(names, record, strict=True))))
            lines.append(line)
        else:
            error = errors.FieldsMiscounted(len(names), len(record))
            faults.append(errors.LineFault(line=line, column="", error=error))
    if faults:
        raise errors.FileRejected(tuple(faults))
    return Table(rows=rows, lines=lines)


# Bytes to text


def _decoded(content: bytes, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding).name
        text = content.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as error:
        raise errors.NotInEncoding(
            encoding, error.start, content.count(b"\n", 0, error.start) + 1, _likely(content)
        ) from None
    except (LookupError, UnicodeError):
        raise errors.EncodingUnknown(encoding) from None
    if codec in _ONE_BYTE and not content.isascii() and _is_utf8(content):
        raise errors.EncodedOtherwise(encoding)
    nul = text.find("\0")
    if nul >= 0:
        raise errors.NulCharacter(text.count("\n", 0, nul) + 1)
    return text


_ONE_BYTE = {codecs.lookup(name).name for name in _CYRILLIC_ENCODINGS}


def _is_utf8(content: bytes) -> bool:
    # Russian text in a one-byte encoding is never valid UTF-8 by chance.
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _likely(content: bytes) -> str:
    """Return the encoding that bytes look like which are not what they were taken for."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _is_utf8(content):
        return "utf-8"

    def small_letters(encoding: str) -> int:
        # Each of these encodings turns the text of another into capitals and signs.
        return len(_SMALL_LETTERS.findall(content.decode(encoding, errors="replace")))

    return max(_CYRILLIC_ENCODINGS, key=small_letters)


# Text to rows


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | ElkkError]]:
    """Yield each record with the line that it begins on; blank ones are left out.

    A record whose quotation marks do not match ends the file, since nobody knows where it ends.
    """
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error:
            yield line, errors.QuotesUnbalanced()
            return
        if record is None:
            return
        values = [value.strip() for value in record]
        if any(values):
            yield line, values


def _names(header: tuple[int, list[str] | ElkkError], row_type: type, delimiter: str) -> list[str]:
    """Return the names in the header, which are those of *row_type*."""
    line, record = header
    if isinstance(record, ElkkError):
        raise errors.FileRejected((errors.LineFault(line=line, column="", error=record),))
    columns = dict(columns_of(row_type))
    names = [name.lower() for name in record]
    _refuse_other_delimiter(names, set(columns), delimiter)

    faults = [
        errors.LineFault(line=line, column=name, error=errors.ColumnMissing(name))
        for name, required in columns.items()
        if required and name not in names
    ]
    for place, name in enumerate(names):
        if name not in columns:
            error: ElkkError = errors.ColumnUnknown(name, ", ".join(columns))
        elif name in names[:place]:
            error = errors.ColumnRepeated(name)
        else:
            continue
        faults.append(errors.LineFault(line=line, column=name, error=error))
    if faults:
        raise errors.FileRejected(tuple(faults))
    return names


def _refuse_other_delimiter(names: list[str], columns: set[str], delimiter: str) -> None:
    """Let pass a header that *delimiter* separates, whatever its columns are."""
    known = len(columns.intersection(names))
    for other in _DELIMITERS:
        parts = {part.strip(' "') for name in names for part in name.split(other)}
        if len(columns & parts) > known + 1:
            raise errors.OtherDelimiter(_NAMES.get(delimiter, delimiter), _NAMES.get(other, other))


def _kept(
    records: Iterator[tuple[int, list[str] | ElkkError]], faults: list[errors.LineFault]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that could be read; the others become *faults*."""
    for line, record in records:
        if isinstance(record, ElkkError):
            faults.append(errors.LineFault(line=line, column="", error=record))
        else:
            yield line, record
