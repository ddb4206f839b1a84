"""Markdown of suppliers, shown so that nothing in it acts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.markdown import to_html, unshown

_SAFE_TAGS = {
    *("p", "ul", "ol", "li", "em", "strong", "a", "code", "pre", "blockquote", "br", "hr"),
}
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|/(?![/\\]))", re.IGNORECASE)


def test_answer_becomes_html() -> None:
    """Paragraphs, lists, emphasis and links are shown as such."""
    html = to_html("До **15-го** числа.\n\n- картой\n- [вопрос](/requests/new)\n")

    assert (
        "<p>До <strong>15-го</strong> числа.</p>\n"
        '<ul>\n<li>картой</li>\n<li><a href="/requests/new">вопрос</a></li>\n</ul>\n'
    ) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "![x](https://evil.example/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](//evil.example)",
        "[x](/\\\\evil.example)",
        "<javascript:alert(1)>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "[x]: javascript:alert(1)\n\n[x]",
        "# Заголовок",
        "Заголовок\n===",
    ],
)
def test_nothing_acts(text: str) -> None:
    """HTML, scripts, pictures, other schemes and headings are shown as typed, or not at all."""
    check(to_html(text))


@given(text=st.text(st.sampled_from("<>[]()!#*_`~:/\\\"'&;=- \nahrefscriptjv1"), max_size=120))
def test_nothing_acts_whatever_is_typed(text: str) -> None:
    """No text makes a tag or a link that is not on the list."""
    check(to_html(text))


def check(html: str) -> None:
    """Assert that only harmless tags and links are in *html*."""
    for tag, attributes in re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)([^>]*)>", html):
        assert tag in _SAFE_TAGS, html
        for name, value in re.findall(r'([\w-]+)="([^"]*)"', attributes):
            assert name in {"href", "title", "start", "class"}, html
            if name == "href":
                assert _SAFE_LINK.match(value), html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Просто текст, **важный**.", []),
        ("Раз\n\n<b>два</b>", [(3, "HTML"), (3, "HTML")]),
        ("<div>\nблок\n</div>", [(1, "HTML")]),
        ("![фото](a.png)", [(1, "![]()")]),
        ("текст\n\n### Подзаголовок", [(3, "#")]),
        ("[а](https://a.example) и [б](b.html)", [(1, "b.html")]),
    ],
)
def test_what_is_not_shown_is_found(text: str, found: list[tuple[int, str]]) -> None:
    """The line is told of all that a reader would see as it was typed."""
    assert found == list(unshown(text))
