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
from typing import Literal

from attrs import frozen
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.chromium import executable

_PATIENCE_SECONDS = 90
_PHONE, _DESKTOP = (360, 740), (1200, 860)


@frozen(kw_only=True)
class Picture:
    """A picture called *name* of a page of the newest account, on a screen of some *size*.

    *unfolded* are selectors of what is pressed first, *top* is what the picture begins with.
    """

    name: str
    section: str
    size: tuple[int, int]
    unfolded: tuple[str, ...] = ()
    top: str = "body"
    language: str = "RU"
    colours: Literal["light", "dark"] = "light"


PICTURES = (
    Picture(
        name="bill",
        section="?kind=bills",
        size=_DESKTOP,
        unfolded=(
            "details[id^=bill] > summary",
            "label:has([value=lines])",
            ".lines .fold > summary",
            ".how > summary",
        ),
        top="details[id^=bill]",
    ),
    Picture(name="readings", section="/readings", size=_PHONE, top="main .card"),
    Picture(name="statistics", section="/statistics", size=_DESKTOP),
    Picture(
        name="statistics-in-the-dark",
        section="/statistics",
        size=_PHONE,
        top="main .card",
        colours="dark",
    ),
    Picture(name="payment", section="/pay", size=_PHONE, top="main .card"),
    Picture(name="notifications", section="/notifications", size=_DESKTOP, language="EN"),
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
        locale="ru-RU",
        color_scheme=picture.colours,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(_sign_in(page, ready) + picture.section)
    page.get_by_role("button", name=picture.language, exact=True).click()
    page.wait_for_load_state()
    for folded in picture.unfolded:
        page.locator(folded).first.click()
    page.locator(picture.top).first.evaluate("seen => seen.scrollIntoView()")
    path = folder / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    _make_small(path)


def _make_small(path: Path) -> None:
    """Keep 256 colours, about as many as the pages have: a third of the bytes."""
    with Image.open(path) as seen:
        plain = seen.convert("RGB").quantize(dither=Image.Dither.NONE)
    plain.save(path, optimize=True)


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
