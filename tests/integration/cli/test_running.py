"""Commands that run until they are stopped, and what nobody foresaw."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.integration.cli.conftest import EXAMPLES, Operator, operator_of

from elkk_adapters.application import Application
from elkk_cli import serving
from elkk_cli.main import main


@contextmanager
def running(elkk: Operator, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a process of ``elkk``; it is killed if the test has not stopped it."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name("elkk"), *words],
        env={**elkk.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def printed(process: subprocess.Popen[str]) -> dict[str, str]:
    """Return the first JSON object that a process prints."""
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if line == "}\n":
            break
    data: dict[str, str] = json.loads(text)
    return data


class TestWeb:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_serves_until_stopped(self, elkk: Operator, number: signal.Signals) -> None:
        """The pages answer, and Ctrl-C or SIGTERM ends the process in order."""
        with running(elkk, "web", "--port", "0", "--json") as process:
            url = printed(process)["url"]
            with urllib.request.urlopen(f"{url}/healthz", timeout=60) as answer:  # noqa: S310
                assert 200 == answer.status
            process.send_signal(number)

            assert 0 == process.wait(timeout=60)

    def test_port_taken(self, elkk: Operator) -> None:
        """A port that another program has leads to another one."""
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            refused = elkk("web", "--port", port)

        assert (5, True) == (refused.status, f"Port {port} on 127.0.0.1 is taken." in refused.err)
        assert f"--port {port + 1}" in refused.err

    @pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid"])
    def test_address_of_another_machine(self, elkk: Operator, host: str) -> None:
        """An address that this machine does not have is refused."""
        refused = elkk("web", "--host", host, "--json")

        assert (1, "cli.address_unusable") == (refused.status, refused.error["code"])

    def test_demo_stays_at_home(self, elkk: Operator) -> None:
        """Pages that show all messages are not opened to a network, however they are started."""
        environ = {**elkk.environ, "ELKK_MODE": "demo"}
        refused = Operator(environ=environ, folder=elkk.folder)(
            "web", "--host", "203.0.113.1", "--json"
        )

        assert (1, "cli.host_not_loopback") == (refused.status, refused.error["code"])


class TestWorker:
    def test_works_until_stopped(self, elkk: Operator) -> None:
        """The worker says its name, and SIGTERM ends it in order."""
        elkk("db", "upgrade")
        with running(elkk, "worker", "--json") as process:
            assert {"worker": "worker-1"} == printed(process)
            process.terminate()

            assert 0 == process.wait(timeout=60)

    def test_without_queue(self, elkk: Operator) -> None:
        """A database whose queue was never made leads to the command that makes it."""
        refused = elkk("worker")

        assert (5, True) == (refused.status, "Run elkk db upgrade." in refused.err)

    def test_without_database(self, tmp_path: Path) -> None:
        """A worker does not start before there is a database."""
        refused = operator_of(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path)("worker", "--json")

        assert (5, "database.absent") == (refused.status, refused.error["code"])


def at_terminal(elkk: Operator, *words: str | Path) -> str:
    """Return what an operator sees who types a command at a terminal."""
    ours, theirs = os.openpty()
    command = [str(Path(sys.executable).with_name("elkk")), *map(str, words)]
    environ = {**elkk.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "40"}
    with subprocess.Popen(command, env=environ, stdout=theirs, stderr=theirs):
        os.close(theirs)
        seen = b""
        # The other end of a terminal that was closed reads as an error.
        with suppress(OSError), os.fdopen(ours, "rb", buffering=0) as screen:
            while part := screen.read(4096):
                seen += part
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())


class TestTerminal:
    def test_table(self, elkk: Operator) -> None:
        """A person sees a table where a program gets tabs."""
        elkk.take_over_manual()

        seen = at_terminal(elkk, "supplier", "list")

        assert "───" in seen
        assert "manual   Пример из руководства пользователя   10-25" in seen

    def test_progress(self, elkk: Operator) -> None:
        """A person sees how far long work is."""
        manual = EXAMPLES / "manual"
        elkk("supplier", "add", "--from", manual / "supplier.toml")

        seen = at_terminal(
            elkk, "import", "accounts", manual / "accounts.csv", "--supplier", "manual"
        )

        assert "Importing ━" in seen
        assert "Rows: 1. New: 1, changed: 0, known: 0." in seen

    def test_progress_on_all_cores(self, elkk: Operator) -> None:
        """A person sees how many bills are printed, whichever core prints them."""
        elkk.take_over_manual()
        folder = elkk.folder / "bills"

        seen = at_terminal(
            elkk, "bill", "print", "2020-01", "--supplier", "manual", "-o", str(folder)
        )

        assert "Printing ━" in seen
        assert "1/1" in seen
        assert "Printed: 1, there already: 0." in seen


class TestUnforeseen:
    def test_interrupted(self) -> None:
        """Ctrl-C ends a command without a word."""
        result = CliRunner().invoke(main, ["supplier", "list"], obj=_interrupted)

        assert (130, "") == (result.exit_code, result.stderr)

    def test_pages_not_installed(self, elkk: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the pages there is nothing to serve, and the way to get them is told."""
        monkeypatch.setattr(serving, "entry_points", lambda group: {})  # noqa: ARG005
        refused = elkk("web", "--port", "0")

        assert (5, True) == (refused.status, "pip install 'elkk[cli]'" in refused.err)

    def test_unexpected_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error that nobody foresaw is one line, and a file that tells all of it."""
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        result = CliRunner().invoke(main, ["--lang", "en", "supplier", "list"], obj=_broken)
        log = next(tmp_path.glob("elkk-*.log"))

        assert (70, "") == (result.exit_code, result.stdout)
        assert f"Error: Unexpected error: ZeroDivisionError. Details are in {log}." in result.stderr
        assert "Traceback" not in result.stderr
        assert "ZeroDivisionError: nobody thought of this" in log.read_text()

    def test_debugging(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever asks for it sees where the error comes from at once."""
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        result = CliRunner().invoke(main, ["--debug", "supplier", "list"], obj=_broken)

        assert "Traceback" in result.stderr


def _interrupted() -> Iterator[Application]:
    raise KeyboardInterrupt


def _broken() -> Iterator[Application]:
    message = "nobody thought of this"
    raise ZeroDivisionError(message)


class TestHelp:
    @pytest.mark.parametrize(
        "words",
        [
            (),
            ("db",), ("db", "upgrade"), ("db", "status"),
            ("supplier",), ("supplier", "add"), ("supplier", "list"),
            ("tariff",), ("tariff", "publish"),
            ("import",), ("import", "accounts"), ("import", "meters"), ("import", "readings"),
            ("import", "bills"), ("import", "payments"),
            ("bill",), ("bill", "run"), ("bill", "status"), ("bill", "show"),
            ("user",), ("user", "show"), ("web",), ("worker",), ("demo",),
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_help_without_any_settings(self, words: tuple[str, ...]) -> None:
        """Every command explains itself without a database, those that act by an example."""
        result = CliRunner().invoke(main, [*words, "--help"], env={})

        assert 0 == result.exit_code
        if len(words) == 2:
            assert "Example" in result.stdout
