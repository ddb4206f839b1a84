"""The folder of a demo: its database, its secret key, and what to tell a visitor."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cattrs
from attrs import asdict, frozen

from elkk_cli import errors

_MARK = "demo.lock"
_DATABASE = "elkk.sqlite3"
_KEY = "secret.key"
_VISIT = "visit.json"
_BOOKS = "books"
_FILES = "files"


@frozen(kw_only=True)
class LinkableAccount:
    """An account that a visitor can link: *answer* is right for the security question.

    *shows* tells what there is to see: ``open_window``, ``closed_window``, ``three_zones``, ``debt``,
    ``overpayment``, ``estimates``, ``ranges``, ``benefit`` or ``replaced_meter``.
    """

    supplier: str
    supplier_code: str
    number: str
    answer: str
    shows: str


@frozen(kw_only=True)
class Visit:
    """What a visitor needs: a sign-in, and accounts to link; *billed_through* is their last bill."""

    login: str
    password: str
    link: tuple[LinkableAccount, ...]
    billed_through: str


@frozen
class DemoFolder:
    """A folder that belongs to one demo; what others put there is never touched."""

    path: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder if need be, and keep other demos out of it.

        Raises:
            FolderUnusable: If it cannot be made or written to.
            FolderNotDemo: If it holds files that no demo has put there.
            DemoRunning: If another process holds it.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if any(self.path.iterdir()) and not (self.path / _MARK).exists():
                raise errors.FolderNotDemo(str(self.path))
            mark = (self.path / _MARK).open("w")
        except OSError as error:
            raise errors.FolderUnusable(str(self.path)) from error
        with mark:
            try:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise errors.DemoRunning(str(self.path)) from error
            yield

    def clear(self) -> None:
        """Throw away all that a demo has put here."""
        for left in (*self.path.glob(f"{_DATABASE}*"), self.path / _KEY, self.path / _VISIT):
            left.unlink(missing_ok=True)
        for folder in (_BOOKS, _FILES):
            shutil.rmtree(self.path / folder, ignore_errors=True)

    @property
    def database_url(self) -> str:
        """The address of the demo's database."""
        return f"sqlite:///{(self.path / _DATABASE).absolute()}"

    @property
    def books(self) -> Path:
        """The folder of the files that the demo imports; made if need be."""
        books = self.path / _BOOKS
        books.mkdir(exist_ok=True)
        return books

    @property
    def files(self) -> Path:
        """The folder of the files that visitors attach to their requests."""
        return (self.path / _FILES).absolute()

    def secret_key(self) -> str:
        """Return the key of this demo, made at its first start."""
        key = self.path / _KEY
        if not key.exists():
            write_privately(key, secrets.token_urlsafe(48))
        return key.read_text(encoding="utf-8")

    def visit(self) -> Visit | None:
        """Return what to tell a visitor, None if no demo of this version was filled to its end."""
        visit = self.path / _VISIT
        if not visit.exists():
            return None
        try:
            return cattrs.structure(json.loads(visit.read_text(encoding="utf-8")), Visit)
        except (ValueError, cattrs.BaseValidationError):
            return None

    def keep_visit(self, visit: Visit) -> None:
        """Note what to tell a visitor; from now on the demo counts as filled."""
        text = json.dumps(asdict(visit), ensure_ascii=False, indent=2)
        write_privately(self.path / _VISIT, text + "\n")


def write_privately(path: Path, text: str) -> None:
    """Write a file that others cannot read, so that it is there whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
