"""Tables in files: what is read, and what is refused with which way out."""

import codecs
import csv
from io import StringIO

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.files import (
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
    read_table,
)
from elkk_core.shared import BatchRejected, DuplicateRow, Fault, FieldRequired


@frozen(kw_only=True)
class Place:
    street: str
    house: str
    note: str = ""


SADOVAYA = Place(street="ул. Садовая", house="12")
LUGOVAYA = Place(street="Луговая ул.", house="9", note="за мостом")
TEXT = "street,house,note\nул. Садовая,12,\nЛуговая ул.,9,за мостом\n"


def rows_of(text: str, **options: str) -> list[Place]:
    """Return the rows of a file in the encoding that the options name."""
    return list(read_table(text.encode(options.get("encoding", "utf-8")), Place, **options).rows)


def faults_of(text: str) -> list[LineFault]:
    """Return the faults for which a file in the usual form is refused."""
    with pytest.raises(FileRejected) as refused:
        read_table(text.encode(), Place)
    return list(refused.value.faults)


class TestReading:
    def test_rows_in_order(self) -> None:
        """Each line below the header becomes a row."""
        rows = rows_of(TEXT)

        assert [SADOVAYA, LUGOVAYA] == rows

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("house,note,street\n12,,ул. Садовая\n", id="columns in another order"),
            pytest.param("street,house\nул. Садовая,12\n", id="optional column left out"),
            pytest.param(" Street , HOUSE \n ул. Садовая ,\t12\n", id="blanks and capitals"),
            pytest.param("street,house\r\nул. Садовая,12\r\n", id="line ends of Windows"),
            pytest.param("street,house\rул. Садовая,12\r", id="line ends of old Macs"),
            pytest.param("\n\nstreet,house\n\n,\nул. Садовая,12\n,,\n\n", id="blank lines"),
            pytest.param(
                '"street","house"\n"ул. Садовая","12"', id="everything quoted, no last end"
            ),
        ],
    )
    def test_harmless_differences(self, text: str) -> None:
        """What offices do to a file and what changes nothing in it is taken."""
        rows = rows_of(text)

        assert [SADOVAYA] == rows

    def test_byte_order_mark(self) -> None:
        """A byte order mark, as Excel writes it, is no part of the first column's name."""
        rows = read_table(codecs.BOM_UTF8 + TEXT.encode(), Place).rows

        assert [SADOVAYA, LUGOVAYA] == list(rows)

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_other_delimiter(self, delimiter: str) -> None:
        """Another delimiter is read when it is named."""
        rows = rows_of(TEXT.replace(",", delimiter), delimiter=delimiter)

        assert [SADOVAYA, LUGOVAYA] == rows

    @pytest.mark.parametrize("encoding", ["windows-1251", "cp866", "koi8-r", "utf-16"])
    def test_other_encoding(self, encoding: str) -> None:
        """Another encoding is read when it is named."""
        rows = rows_of(TEXT, encoding=encoding)

        assert [SADOVAYA, LUGOVAYA] == rows

    def test_quoted_fields(self) -> None:
        """A quoted field may hold the delimiter, line breaks and doubled quotation marks."""
        rows = rows_of('street,house,note\n"ул. ""Новая"", дом",3,"вход\nсо двора"\n')

        assert [Place(street='ул. "Новая", дом', house="3", note="вход\nсо двора")] == rows

    def test_lines_of_rows(self) -> None:
        """The line on which a row begins is known, past blank lines and breaks in fields."""
        table = read_table(b'street,house\n\n"a\nb",1\nc,2\n', Place)

        assert [3, 5] == list(table.lines)

    @given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
    def test_written_files_are_read_back(self, streets: list[str]) -> None:
        """Whatever the fields hold, a file written by the rules is read as it was meant."""
        text = StringIO(newline="")
        csv.writer(text).writerows([["street", "house"], *([street, "1"] for street in streets)])

        rows = rows_of(text.getvalue())

        assert [street.strip() for street in streets] == [row.street for row in rows]


class TestRefusedFiles:
    @pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n", codecs.BOM_UTF8])
    def test_empty(self, content: bytes) -> None:
        """A file with nothing in it has no header."""
        with pytest.raises(FileEmpty):
            read_table(content, Place)

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_wrong_delimiter(self, delimiter: str) -> None:
        """The delimiter that the file has is named, so that the operator can give it."""
        with pytest.raises(OtherDelimiter) as refused:
            read_table(TEXT.replace(",", delimiter).encode(), Place)

        assert repr(OtherDelimiter(",", {"\t": "tab"}.get(delimiter, delimiter))) == repr(
            refused.value
        )

    @pytest.mark.parametrize("encoding", ["windows-1251", "cp866", "koi8-r"])
    def test_wrong_encoding(self, encoding: str) -> None:
        """The place where UTF-8 ends is told, and the encoding that the bytes look like."""
        with pytest.raises(NotInEncoding) as refused:
            read_table(TEXT.encode(encoding), Place)

        assert repr(NotInEncoding("utf-8", 18, 2, encoding)) == repr(refused.value)

    def test_utf_16(self) -> None:
        """A file saved as «Unicode» is recognised by its byte order mark."""
        with pytest.raises(NotInEncoding) as refused:
            read_table(TEXT.encode("utf-16"), Place)

        assert "utf-16" == refused.value.likely

    @pytest.mark.parametrize("encoding", ["windows-1251", "cp866", "koi8-r"])
    def test_utf_8_read_as_something_else(self, encoding: str) -> None:
        """A needless --encoding would garble every address, so it is refused."""
        with pytest.raises(EncodedOtherwise):
            read_table(TEXT.encode(), Place, encoding=encoding)

    def test_ascii_read_as_something_else(self) -> None:
        """A file without Russian letters is the same in every encoding."""
        rows = rows_of("street,house\nLenina,1\n", encoding="windows-1251")

        assert [Place(street="Lenina", house="1")] == rows

    def test_utf_8_expected_in_utf_16(self) -> None:
        """A file in UTF-8 that is said to be something else is named as such."""
        with pytest.raises(NotInEncoding) as refused:
            read_table(b"\xd0\xa1;x", Place, encoding="ascii")

        assert repr(NotInEncoding("ascii", 0, 1, "utf-8")) == repr(refused.value)

    @pytest.mark.parametrize("encoding", ["windows-9999", "hex", "rot13", ""])
    def test_unknown_encoding(self, encoding: str) -> None:
        """What is no encoding of texts is refused by name."""
        with pytest.raises(EncodingUnknown):
            read_table(TEXT.encode(), Place, encoding=encoding)

    def test_nul(self) -> None:
        """A NUL character means that the file is no text."""
        with pytest.raises(NulCharacter) as refused:
            read_table(b"street,house\na,1\nb\0,2\n", Place)

        assert repr(NulCharacter(3)) == repr(refused.value)


class TestRefusedHeaders:
    def test_missing_column(self) -> None:
        """A column that must be there is missed by name."""
        faults = faults_of("street,note\nx,y\n")

        assert repr([LineFault(line=1, column="house", error=ColumnMissing("house"))]) == repr(
            faults
        )

    def test_unknown_column(self) -> None:
        """A column that nobody knows is named, with those that there are."""
        faults = faults_of("street,house,flat\nx,1,2\n")

        error = ColumnUnknown("flat", "street, house, note")
        assert repr([LineFault(line=1, column="flat", error=error)]) == repr(faults)

    def test_repeated_column(self) -> None:
        """Of two columns with one name nobody knows which counts."""
        faults = faults_of("street,house,House\nx,1,2\n")

        assert repr([LineFault(line=1, column="house", error=ColumnRepeated("house"))]) == repr(
            faults
        )

    def test_all_faults_at_once(self) -> None:
        """Every fault of a header is listed."""
        faults = faults_of("\nnote,note,flat\n")

        assert ["street", "house", "note", "flat"] == [fault.column for fault in faults]
        assert {2} == {fault.line for fault in faults}


class TestRefusedRows:
    def test_wrong_number_of_fields(self) -> None:
        """Lines with a field too few or too many are all listed."""
        faults = faults_of("street,house\na\nb,1\nc,1,2\n")

        expected = [
            LineFault(line=2, column="", error=FieldsMiscounted(2, 1)),
            LineFault(line=4, column="", error=FieldsMiscounted(2, 3)),
        ]
        assert repr(expected) == repr(faults)

    @pytest.mark.parametrize(
        "text", ['street,house\na,1\n"b,2\nc,3\n', 'street,house\na,1\n"b"c,2\n']
    )
    def test_unbalanced_quotation_marks(self, text: str) -> None:
        """The line on which the field begins is named, not the end of the file."""
        faults = faults_of(text)

        assert repr([LineFault(line=3, column="", error=QuotesUnbalanced())]) == repr(faults)

    def test_unbalanced_quotation_marks_in_header(self) -> None:
        """A header may have such a fault too."""
        faults = faults_of('"street,house\na,1\n')

        assert repr([LineFault(line=1, column="", error=QuotesUnbalanced())]) == repr(faults)


class TestLocating:
    def test_faults_of_rows(self) -> None:
        """What the core finds wrong with rows is told by line and column."""
        table = read_table(b'street,house\n\n"a\nb",1\nc,\n', Place)
        rejected = BatchRejected((Fault(field="house", error=FieldRequired(), row=1),))

        located = table.locate(rejected)

        assert repr(
            FileRejected((LineFault(line=5, column="house", error=FieldRequired()),))
        ) == repr(located)

    def test_duplicate_row(self) -> None:
        """A row that repeats another names the line of that one."""
        table = read_table(b"street,house\n\na,1\na,1\n", Place)
        rejected = BatchRejected((Fault(field="street", error=DuplicateRow(0), row=1),))

        located = table.locate(rejected)

        assert repr(
            FileRejected((LineFault(line=4, column="street", error=LineRepeated(3)),))
        ) == repr(located)
