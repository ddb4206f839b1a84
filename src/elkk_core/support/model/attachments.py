"""Files that households attach to what they write."""

from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import field, frozen
from attrs import validators as v

from elkk_core.shared import validators

AttachmentId = NewType("AttachmentId", UUID)

_LONGEST_NAME = 120
_FORBIDDEN = frozenset('\\/:*?"<>|')


class AttachmentKind(StrEnum):
    """What a file is; the value is the usual end of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    HEIC = "heic"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """The media type (RFC 6838) under which such a file is served."""
        return _MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    AttachmentKind.PDF: "application/pdf",
    AttachmentKind.JPEG: "image/jpeg",
    AttachmentKind.PNG: "image/png",
    AttachmentKind.HEIC: "image/heic",
    AttachmentKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    AttachmentKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    AttachmentKind.TEXT: "text/plain",
}


def safe_name(text: str) -> str:
    """Return the name of a file as it may be shown and saved: no folders, no signs that act.

    The end of the name stays, however long the name is.
    """
    last = text.replace("\\", "/").rpartition("/")[2]
    clean = "".join(sign for sign in last if sign.isprintable() and sign not in _FORBIDDEN)
    clean = " ".join(clean.split()).lstrip(". ")
    stem, dot, end = clean.rpartition(".")
    if not dot or not stem:
        return clean[:_LONGEST_NAME] or "file"
    return f"{stem[: _LONGEST_NAME - len(dot + end[:10])].rstrip()}{dot}{end[:10]}"


@frozen(kw_only=True)
class Attachment:
    """A file as the request knows it; its bytes lie in the file store under *attachment_id*."""

    attachment_id: AttachmentId
    name: str = field(converter=safe_name)
    kind: AttachmentKind
    size: int = field(validator=[validators.exact_int, v.gt(0)])
