"""Attached files in a folder of their own, outside of whatever a web server shows."""

import os
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from elkk_core.support import AttachmentId, AttachmentNotFound, AttachmentsUnavailable

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


@frozen(kw_only=True)
class AttachmentFolder:
    """Keeps each file under its identifier, in one of 256 folders by its last two digits.

    What a household calls a file is no part of its path. The folder is made when the first file
    comes, and only the user that elkk runs as can look into it.
    """

    path: Path

    def keep(self, attachment_id: AttachmentId, content: bytes) -> None:
        """Keep the bytes of a new file, as a whole or not at all.

        Raises:
            AttachmentsUnavailable: If they cannot be written now.
        """
        place = self._place(attachment_id)
        part = place.with_name(f"{place.name}.part")
        try:
            place.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE_MODE)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(place)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise AttachmentsUnavailable from None

    def read(self, attachment_id: AttachmentId) -> bytes:
        """Return the bytes of a file.

        Raises:
            AttachmentNotFound: If there is none.
            AttachmentsUnavailable: If it cannot be read now.
        """
        try:
            return self._place(attachment_id).read_bytes()
        except FileNotFoundError:
            raise AttachmentNotFound(str(attachment_id)) from None
        except OSError:
            raise AttachmentsUnavailable from None

    def discard(self, attachment_id: AttachmentId) -> None:
        """Forget a file, whether it is there or not."""
        # Nothing names it any more: a file that cannot be removed now does no harm.
        with suppress(OSError):
            self._place(attachment_id).unlink(missing_ok=True)

    def _place(self, attachment_id: AttachmentId) -> Path:
        name = attachment_id.hex
        # The last digits of an identifier are random, the first ones tell its time.
        return self.path / name[-2:] / name
