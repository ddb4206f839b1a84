"""Markdown that suppliers write, as HTML that is safe to show.

Of CommonMark there is what an answer needs: paragraphs, lists, emphasis, links, quotes, code. HTML is
shown as the text that it is, pictures and headings likewise, and links lead to pages, to letters and
to telephones alone.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\]))\S*", re.IGNORECASE)
_FORBIDDEN = ("image", "heading", "lheading")
_TOLD = {
    "heading_open": "#",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "![]()",
}


def _is_safe(address: str) -> bool:
    return _SAFE_LINK.fullmatch(address) is not None


class _Parser(MarkdownIt):
    """A parser of CommonMark without HTML that makes links of safe addresses alone."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Tell whether *url* leads to a page, a letter or a telephone."""
        return _is_safe(url)


_SHOWING = _Parser().disable([*_FORBIDDEN])
_CHECKING = MarkdownIt("commonmark", {"html": True})


def to_html(text: str) -> str:
    """Return the HTML of *text*, in which nothing acts."""
    rendered: str = _SHOWING.render(text)
    return rendered


def unshown(text: str) -> Iterator[tuple[int, str]]:
    """Yield what of *text* would be shown as it is typed: its line from 1, and what it is."""
    for token in _CHECKING.parse(text):
        line = 1 + (token.map[0] if token.map else 0)
        for part in (token, *(token.children or ())):
            if part.type in _TOLD:
                yield line, _TOLD[part.type]
            elif part.type == "link_open" and not _is_safe(str(part.attrs["href"])):
                yield line, str(part.attrs["href"])
