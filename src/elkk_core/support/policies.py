"""Rules of support with their numbers; a supplier changes the numbers by settings."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import field, frozen

from elkk_core.shared.faults import Faults
from elkk_core.shared.tallies import Limit, Tally
from elkk_core.support import errors
from elkk_core.support.model import Attachment, AttachmentId, AttachmentKind
from elkk_core.support.model.attachments import safe_name

_MEGABYTE = 1024 * 1024
_ENDS = {kind.value: kind for kind in AttachmentKind} | {"jpeg": AttachmentKind.JPEG}
_ZIP = b"PK\x03\x04"
_BEGINNINGS = {
    AttachmentKind.PDF: b"%PDF-",
    AttachmentKind.JPEG: b"\xff\xd8\xff",
    AttachmentKind.PNG: b"\x89PNG\r\n\x1a\n",
    AttachmentKind.DOCX: _ZIP,
    AttachmentKind.XLSX: _ZIP,
}
# The names of the parts of an archive stand in it as they are.
_PARTS = {
    AttachmentKind.DOCX: (b"[Content_Types].xml", b"word/document.xml"),
    AttachmentKind.XLSX: (b"[Content_Types].xml", b"xl/workbook.xml"),
}
# ISO/IEC 23008-12: the brands by which a file of pictures names itself HEIC.
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f")


@frozen(kw_only=True)
class OfferedFile:
    """A file as a browser hands it over: nothing of it is believed yet."""

    name: str
    content: bytes = field(repr=False)

    def attached(self, attachment_id: AttachmentId, kind: AttachmentKind) -> Attachment:
        """Return what a request knows of the file, which was found to be of *kind*."""
        return Attachment(
            attachment_id=attachment_id, name=self.name, kind=kind, size=len(self.content)
        )


@frozen(kw_only=True)
class AttachmentPolicy:
    """How many files a request may have in all its messages, and how large one may be."""

    most_files: int = 5
    most_megabytes: int = 10

    @property
    def most_bytes(self) -> int:
        """The size of the largest file."""
        return self.most_megabytes * _MEGABYTE

    def kinds_of(
        self, files: Sequence[OfferedFile], *, known: int, faults: Faults
    ) -> tuple[AttachmentKind, ...]:
        """Return what *files* are, beside the *known* ones of the request.

        What is wrong with them becomes *faults* of the field ``files``.
        """
        if known + len(files) > self.most_files:
            faults.add("files", errors.TooManyAttachments(self.most_files))
            return ()
        kinds = []
        for file in files:
            with faults.at("files"):
                kinds.append(self.kind_of(file))
        return tuple(kinds)

    def kind_of(self, file: OfferedFile) -> AttachmentKind:
        """Return what *file* is, by the end of its name and by what is in it, which must agree.

        Raises:
            AttachmentKindRefused: If files with such a name are not taken.
            AttachmentEmpty, AttachmentTooLarge: If it is.
            AttachmentContentDiffers: If it is something else than its name says.
        """
        name = safe_name(file.name)
        kind = _ENDS.get(name.rpartition(".")[2].lower()) if "." in name else None
        if kind is None:
            raise errors.AttachmentKindRefused(name, ", ".join(AttachmentKind))
        if not file.content:
            raise errors.AttachmentEmpty(name)
        if len(file.content) > self.most_bytes:
            raise errors.AttachmentTooLarge(name, self.most_megabytes)
        if not _is(kind, file.content):
            raise errors.AttachmentContentDiffers(name)
        return kind


def _is(kind: AttachmentKind, content: bytes) -> bool:
    """Tell whether *content* begins as files of *kind* do, and holds what they always hold."""
    if kind is AttachmentKind.TEXT:
        return _CONTROLS.isdisjoint(content)
    if kind is AttachmentKind.HEIC:
        return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS
    return content.startswith(_BEGINNINGS[kind]) and all(
        part in content for part in _PARTS.get(kind, ())
    )


@frozen(kw_only=True)
class SupportPolicy:
    """How often a user may write, and what may be attached."""

    per_user: Limit = Limit(times=20, within=timedelta(days=1))
    attachments: AttachmentPolicy = AttachmentPolicy()

    def counted(self, written: Tally, *, now: datetime) -> Tally:
        """Return the tally of a user who writes once more.

        Raises:
            TooManyRequests: If they have written too often lately.
        """
        free_at = written.free_at(limit=self.per_user, now=now)
        if free_at is not None:
            raise errors.TooManyRequests(free_at)
        return written.add(now=now, keep=self.per_user.within)
