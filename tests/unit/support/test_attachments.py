"""What may be attached, and how files are called."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import ElkkError
from elkk_core.support import (
    AttachmentContentDiffers,
    AttachmentEmpty,
    AttachmentKind,
    AttachmentKindRefused,
    AttachmentPolicy,
    AttachmentTooLarge,
    OfferedFile,
)
from elkk_core.support.model.attachments import safe_name
from elkk_core.testing.builders import an_attachment


def archive(*parts: str) -> bytes:
    """Return an archive with these parts."""
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        for part in parts:
            made.writestr(part, "<xml/>")
    return packed.getvalue()


TYPES = "[Content_Types].xml"
SAMPLES = {
    AttachmentKind.PDF: b"%PDF-1.7\n%\xe2\xe3",
    AttachmentKind.JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF",
    AttachmentKind.PNG: b"\x89PNG\r\n\x1a\n\x00\x00",
    AttachmentKind.HEIC: b"\x00\x00\x00\x18ftypheic\x00\x00",
    AttachmentKind.DOCX: archive(TYPES, "word/document.xml"),
    AttachmentKind.XLSX: archive(TYPES, "xl/workbook.xml"),
    AttachmentKind.TEXT: "Показания:\t14 207\r\n".encode("cp1251"),
}


def kind_of(name: str, content: bytes) -> AttachmentKind:
    """Return what the policy takes a file for."""
    return AttachmentPolicy().kind_of(OfferedFile(name=name, content=content))


@pytest.mark.parametrize("kind", AttachmentKind)
def test_file_of_each_kind_is_taken(kind: AttachmentKind) -> None:
    """Name and content agree; capitals do not matter."""
    assert kind is kind_of(f"Фото счетчика.{kind.value.upper()}", SAMPLES[kind])
    assert "/" in kind.media_type


@pytest.mark.parametrize("kind", AttachmentKind)
@pytest.mark.parametrize("other", AttachmentKind)
def test_file_that_is_something_else_is_refused(
    kind: AttachmentKind, other: AttachmentKind
) -> None:
    """Each kind is known by what is in it: under the name of another it is refused."""
    if kind is other:
        assert kind is kind_of(f"a.{other}", SAMPLES[kind])
        return
    if other is AttachmentKind.TEXT and kind is AttachmentKind.PDF:
        # The beginning of a PDF is text as well, and as text it does no harm.
        assert other is kind_of(f"a.{other}", SAMPLES[kind])
        return
    with pytest.raises(AttachmentContentDiffers):
        kind_of(f"a.{other}", SAMPLES[kind])


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script></html>",
        archive("word/document.xml"),
        archive(TYPES, "AndroidManifest.xml"),
    ],
    ids=["program", "page", "half an office file", "another archive"],
)
@pytest.mark.parametrize(
    "kind", [kind for kind in AttachmentKind if kind is not AttachmentKind.TEXT]
)
def test_what_only_pretends_is_refused(kind: AttachmentKind, content: bytes) -> None:
    """A program, a page or an archive does not pass under the name of a document."""
    with pytest.raises(AttachmentContentDiffers):
        kind_of(f"invoice.{kind}", content)


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "vector.svg", "macro.docm", "photo.jpg.exe", "pdf", "", "."]
)
def test_other_kinds_are_refused(name: str) -> None:
    """Only the kinds of the list are taken, by the very end of the name."""
    with pytest.raises(AttachmentKindRefused) as caught:
        kind_of(name, SAMPLES[AttachmentKind.PDF])

    assert "pdf, jpg, png, heic, docx, xlsx, txt" == caught.value.kinds


def test_size_has_bounds() -> None:
    """Ten megabytes are taken, one byte more is not, and neither is nothing."""
    policy = AttachmentPolicy()
    full = OfferedFile(name="a.txt", content=b"a" * policy.most_bytes)

    assert AttachmentKind.TEXT is policy.kind_of(full)
    with pytest.raises(AttachmentTooLarge):
        kind_of("a.txt", full.content + b"a")
    with pytest.raises(AttachmentEmpty):
        kind_of("a.txt", b"")


@given(name=st.text(max_size=300), content=st.binary(max_size=64))
def test_policy_takes_or_refuses_whatever_comes(name: str, content: bytes) -> None:
    """No name and no bytes make it fail in another way than by a refusal."""
    try:
        kind = kind_of(name, content)
    except ElkkError:
        return
    assert kind in AttachmentKind


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Анна\\Фото.jpg", "Фото.jpg"),
        ("/abs/olute.pdf", "olute.pdf"),
        ("..", "file"),
        ("", "file"),
        (" a\r\nb\t.pdf ", "ab.pdf"),
        ('x"; filename="evil.html.pdf', "x; filename=evil.html.pdf"),
        ("photo\u202egnp.exe.jpg", "photognp.exe.jpg"),
        (".htaccess.txt", "htaccess.txt"),
        ("con:trol*?.pdf", "control.pdf"),
    ],
)
def test_name_loses_what_acts(given_name: str, kept: str) -> None:
    """No folder, line break, quotation mark or turn of direction stays in a name."""
    assert kept == an_attachment(name=given_name).name


@given(name=st.text(max_size=400))
def test_name_is_always_fit_to_be_saved(name: str) -> None:
    """Whatever a file is called: its name is short, printable, in no other folder, and stable."""
    safe = safe_name(name)

    assert 1 <= len(safe) <= 120
    assert safe.isprintable()
    assert not set(safe) & set('\\/:*?"<>|')
    assert not safe.startswith(".")
    assert safe == safe_name(safe)


def test_long_name_keeps_its_end() -> None:
    """By the end of a name people and programs know what it is."""
    assert safe_name("о" * 300 + ".docx").endswith("о.docx")
