"""Attached files in a folder."""

import os
import stat
from pathlib import Path
from uuid import UUID

import pytest

from elkk_adapters.attachments import AttachmentFolder
from elkk_core.support import AttachmentId, AttachmentNotFound, AttachmentsUnavailable, FileStore
from elkk_core.testing import contracts
from elkk_core.testing.doubles import MemoryFiles

_FILE = AttachmentId(UUID("019aa6f0-0000-7000-8000-0000000000fe"))


class TestMemoryFiles(contracts.FileStoreContract):
    def make(self) -> FileStore:
        """Return an empty store in memory."""
        return MemoryFiles()


class TestAttachmentFolder(contracts.FileStoreContract):
    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path: Path) -> None:
        """Let there be a place for a folder."""
        self.path = tmp_path / "not" / "there yet"

    def make(self) -> FileStore:
        """Return an empty folder."""
        return AttachmentFolder(path=self.path)

    def test_path_is_made_of_the_identifier_alone(self) -> None:
        """A file lies where its identifier says; others on this machine cannot read it."""
        self.make().keep(_FILE, b"mine")

        (file,) = (path for path in self.path.rglob("*") if path.is_file())
        assert self.path / "fe" / _FILE.hex == file
        assert 0o600 == stat.S_IMODE(file.stat().st_mode)
        assert 0o700 == stat.S_IMODE(file.parent.stat().st_mode)

    def test_folder_that_cannot_be_made_is_told(self) -> None:
        """Where a file lies in the way, nothing is kept, and nothing is lost."""
        self.path.parent.mkdir()
        self.path.write_text("in the way")

        with pytest.raises(AttachmentsUnavailable):
            self.make().keep(_FILE, b"mine")
        with pytest.raises(AttachmentsUnavailable):
            self.make().read(_FILE)
        self.make().discard(_FILE)
        assert "in the way" == self.path.read_text()

    def test_half_a_file_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk that is full while a file is written leaves nothing of it."""

        def full(_handle: int) -> None:
            raise OSError

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(AttachmentsUnavailable):
            self.make().keep(_FILE, b"mine")

        assert [] == [path for path in self.path.rglob("*") if path.is_file()]
        with pytest.raises(AttachmentNotFound):
            self.make().read(_FILE)
