"""Every page that a household can reach, in both languages and in both sets of colours."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser.cabinet import Cabinet

_NOT_PAGES = re.compile(r"\.(pdf|csv|zip|json|ics|svg)$")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pages(page: Page) -> Iterator[str]:
    """Yield one page of each kind that links lead to, opened, the start first."""
    waiting, seen = deque(["/"]), set()
    while waiting:
        path = waiting.popleft()
        kind = _UUID.sub("*", urlsplit(path).path)
        if kind in seen or _NOT_PAGES.search(kind):
            continue
        seen.add(kind)
        page.goto(path)
        seen.add(_UUID.sub("*", urlsplit(page.url).path))
        yield kind
        links = page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(link => link.getAttribute('href'))"
        )
        waiting.extend(urldefrag(link).url for link in links if link.startswith("/"))


@pytest.mark.parametrize(
    ("language", "colours"), [("RU", "light"), ("EN", "dark")], ids=["russian", "english-dark"]
)
def test_every_page_is_for_everybody(
    cabinet: Cabinet, language: str, colours: Literal["light", "dark"], width: int
) -> None:
    """It fits the screen, axe finds nothing, and it bears its own heading.

    A narrow screen shows Russian in the light and English in the dark, a wide one the other way.
    """
    page = cabinet.page
    if width > 1000:
        colours = "dark" if colours == "light" else "light"
    page.emulate_media(color_scheme=colours)
    page.goto("/")
    cabinet.sign_in(cabinet.demo.login, cabinet.demo.password)
    page.get_by_role("button", name=language, exact=True).click()
    kinds = []
    for kind in pages(page):
        kinds.append(kind)
        expect(page.locator("h1").first).to_be_visible()
        cabinet.look()

    assert {"/profile", "/accounts/*", "/accounts/*/statistics"} <= {*kinds}
    page.get_by_role("button", name="RU", exact=True).click()
