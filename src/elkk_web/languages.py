"""In which language a page speaks, and the catalogues of its texts.

The texts in code and templates are Russian and stand for themselves; ``locale/en`` translates
them, ``locale/ru`` holds only what Russian counts («1 день, 2 дня, 5 дней»). The catalogues are
read from their sources at the start, so there is nothing to compile and nothing to forget.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import g, request
from flask_babel import Babel, Domain, get_locale, get_timezone

from elkk_adapters.sentences import Sentence, sentence
from elkk_core.shared import ElkkError
from elkk_web import cookies

LANGUAGES = ("ru", "en")
COOKIE = "elkk-language"


@cache
def catalogue(language: str) -> Translations:
    """Return the texts of *language*, ready for look-ups."""
    source = Path(__file__).with_name("locale") / language / "messages.po"
    with source.open("rb") as lines:
        texts = read_po(lines, locale=language)
    compiled = BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return Translations(compiled)


class SourceDomain(Domain):
    """The texts of this package, out of the catalogues above."""

    def get_translations(self) -> Translations:
        """Return the texts in the language of the request."""
        return catalogue(str(get_locale()))


class SourceBabel(Babel):
    """Flask-Babel that keeps one domain; its own makes and reads another one for each request."""

    domain_instance = SourceDomain()


def chosen_language() -> str:
    """Return the language of the request: the user's own, the visitor's choice, the browser's."""
    viewer = g.get("viewer")
    if viewer is not None:
        return str(viewer.language)
    chosen = cookies.read(request.cookies, COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])


def told(error: ElkkError) -> Sentence:
    """Return how to tell *error* to the visitor: in their language, by the clock of the cabinet."""
    return sentence(error, str(get_locale()), time_zone=str(get_timezone()))
