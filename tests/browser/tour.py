"""Take the pictures of docs/tour.md: start the demo, walk through it, and keep what is seen.

python -m tests.browser.tour [FOLDER]
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.chromium import executable

_PATIENCE_SECONDS = 90
_PHONE, _DESKTOP = (360, 740), (1000, 760)


@frozen(kw_only=True)
class Picture:
    """A picture called *name* of a page of the first account, seen on a screen of some *size*."""

    name: str
    section: str
    size: tuple[int, int]
    language: str = "ru-RU"
    colours: str = "light"


PICTURES = (
    Picture(name="history", section="?kind=bills", size=_DESKTOP),
    Picture(name="readings-on-a-phone", section="/readings", size=_PHONE),
    Picture(name="statistics", section="/statistics", size=_DESKTOP),
    Picture(name="statistics-in-the-dark", section="/statistics", size=_PHONE, colours="dark"),
    Picture(name="payment-on-a-phone", section="/pay", size=_PHONE),
    Picture(name="notifications", section="/notifications", size=_DESKTOP, language="en-GB"),
)


def main() -> None:
    """Take all pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/tour")
    folder.mkdir(parents=True, exist_ok=True)
    with _demo() as ready, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            _take(browser, ready, picture, folder)
        browser.close()


@contextmanager
def _demo() -> Iterator[dict[str, str]]:
    """Yield what the demo tells when it is ready."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ready = folder / "ready.json"
        command = [str(Path(sys.executable).with_name("elkk")), "demo", "--port", "0"]
        options = ["--data", str(folder / "data"), "--ready-file", str(ready)]
        process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
        try:
            ends = time.monotonic() + _PATIENCE_SECONDS
            while not ready.exists():
                if process.poll() is not None or time.monotonic() > ends:
                    raise RuntimeError(process.returncode)
                time.sleep(0.1)
            yield json.loads(ready.read_text("utf-8"))
        finally:
            process.terminate()
            process.wait(timeout=30)


def _take(browser: Browser, ready: dict[str, str], picture: Picture, folder: Path) -> None:
    width, height = picture.size
    context = browser.new_context(
        base_url=ready["url"],
        viewport={"width": width, "height": height},
        locale=picture.language,
        color_scheme="dark" if picture.colours == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    account = _sign_in(page, ready)
    page.goto(account + picture.section)
    page.wait_for_load_state()
    page.screenshot(path=folder / f"{picture.name}.png", full_page=height < width)
    context.close()


def _sign_in(page: Page, ready: dict[str, str]) -> str:
    """Sign in as the household of the demo, and return the address of its newest account."""
    page.goto("/sign-in")
    page.locator("input[name=login]").fill(ready["login"])
    page.locator("input[name=password]").fill(ready["password"])
    page.keyboard.press("Enter")
    # What is unread may come first; the column of accounts is there all the same.
    found = page.locator("a[href$='/settings']").last.get_attribute("href")
    return str(found).removesuffix("/settings")


if __name__ == "__main__":
    main()
