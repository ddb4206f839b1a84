"""Files that a browser keeps."""

import io
import zipfile
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from elkk_web.downloads import archive, sheet


def test_russian_sheet_has_semicolons() -> None:
    """Its decimals have commas; the mark at the beginning says UTF-8."""
    assert "\ufeffА;1,5\r\n".encode() == sheet([("А", "1,5")], language="ru")


def test_english_sheet_has_commas() -> None:
    """What holds a comma is quoted."""
    assert '\ufeff"a,b",1.5\r\n'.encode() == sheet([("a,b", "1.5")], language="en")


@given(files=st.dictionaries(st.from_regex(r"[a-z]{1,8}\.pdf", fullmatch=True), st.binary()))
def test_archive_holds_every_file(files: dict[str, bytes]) -> None:
    """Whole, under its name, and the archive is sound."""
    packed = zipfile.ZipFile(io.BytesIO(b"".join(archive(files.items()))))

    assert packed.testzip() is None
    assert files == {name: packed.read(name) for name in packed.namelist()}


def test_archive_is_sent_while_it_is_made() -> None:
    """The first file has left before the second is asked for."""
    asked: list[str] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for name in ("first", "second"):
            asked.append(name)
            yield name, name.encode()

    parts = archive(files())
    part = next(parts)

    assert b"first" in part
    assert ["first"] == asked
