"""Files that operators bring: tables with a header, read into the rows that the core takes."""

from elkk_adapters.files.errors import (
    ColumnMissing,
    ColumnRepeated,
    ColumnUnknown,
    EncodedOtherwise,
    EncodingUnknown,
    FieldsMiscounted,
    FileEmpty,
    FileRejected,
    LineFault,
    LineRepeated,
    NotInEncoding,
    NulCharacter,
    OtherDelimiter,
    QuotesUnbalanced,
)
from elkk_adapters.files.tables import Table, columns_of, read_table

__all__ = [
    "ColumnMissing",
    "ColumnRepeated",
    "ColumnUnknown",
    "EncodedOtherwise",
    "EncodingUnknown",
    "FieldsMiscounted",
    "FileEmpty",
    "FileRejected",
    "LineFault",
    "LineRepeated",
    "NotInEncoding",
    "NulCharacter",
    "OtherDelimiter",
    "QuotesUnbalanced",
    "Table",
    "columns_of",
    "read_table",
]
