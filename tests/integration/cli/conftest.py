"""An operator who types commands."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen
from click.testing import CliRunner

from elkk_cli.main import main

EXAMPLES = Path(__file__).parents[3] / "examples"


@frozen(kw_only=True)
class Answer:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 - whatever the command prints
        """What was printed as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:  # noqa: ANN401 - as above
        """What was printed as JSON of an error."""
        return json.loads(self.err)["error"]


@frozen(kw_only=True)
class Operator:
    """Types commands in a shell with *environ*."""

    environ: Mapping[str, str]
    folder: Path
    runner: CliRunner = field(factory=CliRunner)

    def __call__(self, *words: str | Path) -> Answer:
        """Run ``elkk`` with *words*."""
        result = self.runner.invoke(main, [str(word) for word in words], env=self.environ)
        return Answer(status=result.exit_code, out=result.stdout, err=result.stderr)

    def file(self, content: str | bytes) -> Path:
        """Return a file that the operator was sent."""
        path = self.folder / "file.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take_over_manual(self, *, without: frozenset[str] = frozenset()) -> None:
        """Import the account of the user manual, but for the files *without*."""
        manual = EXAMPLES / "manual"
        wanted = [
            name
            for name in ("accounts", "meters", "readings", "bills", "payments")
            if name not in without
        ]
        commands: list[tuple[str | Path, ...]] = [
            ("supplier", "add", "--from", manual / "supplier.toml"),
            ("tariff", "publish", manual / "tariff.csv", "--supplier", "manual"),
            *(("import", name, manual / f"{name}.csv", "--supplier", "manual") for name in wanted),
        ]
        for words in commands:
            answer = self(*words)
            assert 0 == answer.status, answer.err


def operator_of(database_url: str, folder: Path) -> Operator:
    """Return an operator of the database at an address."""
    environ = {
        "ELKK_MODE": "development",
        "ELKK_DATABASE_URL": database_url,
        "ELKK_SECRET_KEY": "a secret key that only the tests know",
        "ELKK_LANG": "en",
    }
    return Operator(environ=environ, folder=folder)


@pytest.fixture(name="elkk")
def operator_with_sqlite(sqlite_url: str, tmp_path: Path) -> Operator:
    """Return an operator of an empty SQLite database."""
    return operator_of(sqlite_url, tmp_path)


@pytest.fixture(name="elkk_each")
def operator_with_each_database(database_url: str, tmp_path: Path) -> Operator:
    """Return an operator of an empty database; the test runs once for each kind."""
    return operator_of(database_url, tmp_path)
