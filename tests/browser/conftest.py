"""A real cabinet for the browser tests: the demo with its database, its worker and its outbox."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.browser.cabinet import CODE_PAUSE_SECONDS, Cabinet, Demo
from tests.browser.chromium import executable

_PATIENCE_SECONDS = 90

# A busy machine is slow, and slow is not wrong.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that others can be run without a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", name="demo")
def running_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Yield the demo, started as a user starts it, on a free port."""
    folder = tmp_path_factory.mktemp("demo")
    ready = folder / "ready.json"
    log = (folder / "demo.log").open("wb")
    command = [str(Path(sys.executable).with_name("elkk")), "demo", "--port", "0"]
    options = ["--data", str(folder / "data"), "--ready-file", str(ready)]
    # A minute between two codes is for people; tests need not wait that long.
    settings = os.environ | {"ELKK_CODE_PAUSE_SECONDS": str(CODE_PAUSE_SECONDS)}
    process = subprocess.Popen(
        [*command, *options], env=settings, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        ends = time.monotonic() + _PATIENCE_SECONDS
        while not ready.exists():
            told = (folder / "demo.log").read_text("utf-8", "replace")
            assert process.poll() is None, told
            assert time.monotonic() < ends, told
            time.sleep(0.1)
        yield Demo(folder=folder / "data", **json.loads(ready.read_text("utf-8")))
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


@pytest.fixture(scope="session", name="chromium")
def running_chromium() -> Iterator[Browser]:
    """Yield the Chromium that all tests share."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session", name="phones")
def unused_phones() -> Iterator[str]:
    """Return phone numbers that nobody has registered with, other ones in each process."""
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    return (f"+7900{worker}{number:06}" for number in count(1))


@pytest.fixture(name="width", params=[360, 1280], ids=["phone", "desktop"])
def screen_width(request: pytest.FixtureRequest) -> int:
    """Return how many pixels wide the screen is: a phone first, then a desktop."""
    width: int = request.param
    return width


@pytest.fixture(name="cabinet")
def cabinet_in_a_browser(
    chromium: Browser, demo: Demo, phones: Iterator[str], width: int, request: pytest.FixtureRequest
) -> Iterator[Cabinet]:
    """Yield the cabinet in a fresh browser window that speaks Russian.

    Whatever the test does, every page has to fit the screen and to be free of script errors.
    """
    context = chromium.new_context(
        base_url=demo.url,
        viewport={"width": width, "height": 800},
        locale="ru-RU",
        reduced_motion="reduce",
    )
    cabinet = Cabinet(
        demo=demo, page=context.new_page(), phone=next(phones), name=request.node.name
    )
    yield cabinet
    context.close()

    assert cabinet.complaints == []
