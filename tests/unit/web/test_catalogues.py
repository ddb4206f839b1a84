"""The catalogues hold every text of the cabinet, and none that is gone."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import elkk_web

PACKAGE = Path(elkk_web.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def texts_of_the_sources() -> set[str]:
    """Return the texts marked for translation in code and templates."""
    found = extract_from_dir(
        PACKAGE,
        method_map=[("**.py", "python"), ("**.html", "jinja2")],
        options_map={"**.html": {"trim_blocks": "true", "silent": "false"}},
        keywords=KEYWORDS,
    )
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def catalogue(language: str) -> Catalog:
    """Return a catalogue as it stands in the sources."""
    with (PACKAGE / "locale" / language / "messages.po").open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


def test_english_has_every_text() -> None:
    """Nothing on an English page is left in Russian, and no translation is obsolete."""
    translated = set()
    for message in catalogue("en"):
        if isinstance(message.id, str):
            name, strings = message.id, [message.string]
        else:
            name, strings = message.id[0], list(message.string or ())
        if name and all(strings):
            translated.add(name)

    assert texts_of_the_sources() == translated


def placeholders(text: str) -> list[str]:
    """Return the names in a text that are filled in later."""
    return sorted(part.split(")")[0] for part in text.split("%(")[1:])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_translations_keep_what_is_filled_in(language: str) -> None:
    """A translation names the same facts as its source, or a page would fail."""
    for message in catalogue(language):
        if isinstance(message.id, str):
            assert placeholders(message.id) == placeholders(str(message.string)), message.id


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_text_is_fuzzy(language: str) -> None:
    """A guessed translation is no translation."""
    assert [] == [message.id for message in catalogue(language) if message.id and message.fuzzy]


def papers() -> Iterator[Path]:
    """Yield the long texts, which stand in a template of their own for each language."""
    return (PACKAGE / "templates" / "entry").glob("*.ru.html")


def test_long_texts_are_there_in_both_languages() -> None:
    """The guide and the agreement have the same sections in either language."""
    for paper in papers():
        english = paper.with_name(paper.name.replace(".ru.", ".en."))

        assert paper.read_text("utf-8").count("<h2>") == english.read_text("utf-8").count("<h2>")


def test_format_strings_are_of_one_kind() -> None:
    """Texts are filled in by name with per cent signs; braces would be shown as they are."""
    braces = [
        text for text in texts_of_the_sources() if any(f for _, f, _, _ in Formatter().parse(text))
    ]

    assert [] == braces
