"""What is wrong with a file of rows."""

from typing import ClassVar

from attrs import define, frozen

from elkk_core.shared import ElkkError, Rejected


@frozen(kw_only=True)
class LineFault:
    """One thing that is wrong with a file: on *line*, counted from 1, in *column*.

    *column* is empty where the line as a whole is meant.
    """

    line: int
    column: str
    error: ElkkError


@define
class FileRejected(Rejected):
    """A file has one or more faults and was refused as a whole; every one of them is listed."""

    code: ClassVar[str] = "files.rejected"
    faults: tuple[LineFault, ...]


# The file as a whole


@define
class FileEmpty(Rejected):
    """A file has no header: there is nothing in it."""

    code: ClassVar[str] = "files.empty"


@define
class EncodingUnknown(Rejected):
    """There is no encoding of this name."""

    code: ClassVar[str] = "files.encoding_unknown"
    encoding: str


@define
class NotInEncoding(Rejected):
    """The bytes of a file are not text in *encoding*, from byte *byte* (of line *line*) on.

    *likely* is the encoding that they look like.
    """

    code: ClassVar[str] = "files.not_in_encoding"
    encoding: str
    byte: int
    line: int
    likely: str


@define
class EncodedOtherwise(Rejected):
    """A file is UTF-8 without doubt, but was to be read in *encoding*."""

    code: ClassVar[str] = "files.encoded_otherwise"
    encoding: str


@define
class NulCharacter(Rejected):
    """A file holds a NUL character on *line*: it is no text, or was damaged."""

    code: ClassVar[str] = "files.nul_character"
    line: int


@define
class OtherDelimiter(Rejected):
    """The columns of a file are not separated by *delimiter* but by *found*."""

    code: ClassVar[str] = "files.other_delimiter"
    delimiter: str
    found: str


# The header


@define
class ColumnMissing(Rejected):
    """The header lacks a column."""

    code: ClassVar[str] = "files.column_missing"
    name: str


@define
class ColumnUnknown(Rejected):
    """The header has a column that such a file does not have; *known* are those that it has."""

    code: ClassVar[str] = "files.column_unknown"
    name: str
    known: str


@define
class ColumnRepeated(Rejected):
    """The header has a column twice."""

    code: ClassVar[str] = "files.column_repeated"
    name: str


# The rows


@define
class FieldsMiscounted(Rejected):
    """A row has *found* fields, and the header has *expected*."""

    code: ClassVar[str] = "files.fields_miscounted"
    expected: int
    found: int


@define
class QuotesUnbalanced(Rejected):
    """A quotation mark opens a field and does not close it where the field ends."""

    code: ClassVar[str] = "files.quotes_unbalanced"


@define
class LineRepeated(Rejected):
    """A row says of the same thing as the row on line *first*."""

    code: ClassVar[str] = "files.line_repeated"
    first: int
