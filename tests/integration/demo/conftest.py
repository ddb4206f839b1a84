"""A demo that runs, and what is in its database."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pytest
from attrs import field, frozen

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.settings import Settings, settings_from
from elkk_cli.demo.folder import DemoFolder

SECONDS_TO_START = 60


@frozen(kw_only=True)
class Demo:
    """A running demo, with what it wrote into its ready file."""

    folder: DemoFolder
    ready: dict[str, Any]
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def settings(self) -> Settings:
        """The settings by which another process works with the demo's database."""
        return settings_of(self.folder)

    @contextmanager
    def application(self) -> Iterator[Application]:
        """Open the application on the database of the demo."""
        with bootstrap.application(self.settings) as application:
            yield application


def settings_of(folder: DemoFolder) -> Settings:
    """Return the settings of a demo that is in *folder*."""
    return settings_from(
        {
            "ELKK_MODE": "demo",
            "ELKK_DATABASE_URL": folder.database_url,
            "ELKK_SECRET_KEY": folder.secret_key(),
            "ELKK_FILES_FOLDER": str(folder.files),
        }
    )


@contextmanager
def started(path: Path, *options: str, stderr: TextIO | None = None) -> Iterator[Demo]:
    """Start ``elkk demo`` on a free port, wait until it is ready, and stop it in the end."""
    ready_file = path.with_suffix(".json")
    words = ["demo", "--port", "0", "--data", str(path), "--ready-file", str(ready_file)]
    command = [str(Path(sys.executable).with_name("elkk")), *words, *options]
    process = subprocess.Popen(command, stderr=stderr)
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while not ready_file.exists():
            assert process.poll() is None, "the demo has ended before it was ready"
            assert time.monotonic() < deadline, "the demo is not ready in time"
            time.sleep(0.05)
        yield Demo(
            folder=DemoFolder(path), ready=json.loads(ready_file.read_text()), process=process
        )
        process.terminate()
        assert process.wait(timeout=60) == 0, "the demo must end in order"
        assert not ready_file.exists(), "a demo that is over is not ready"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session", name="filled")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demo that was started and stopped once, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "data"
    with started(path):
        pass
    return path


@pytest.fixture(name="folder")
def copied_folder(filled: Path, tmp_path: Path) -> Path:
    """Return a folder of a demo that was filled."""
    return Path(shutil.copytree(filled, tmp_path / "data"))


@pytest.fixture(scope="module", name="demo")
def running_demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Yield a running demo; all tests of a file share it."""
    with started(shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "data")) as demo:
        yield demo
