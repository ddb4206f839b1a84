"""How a sentence is chosen and filled in."""

from collections.abc import Mapping

from attrs import asdict, frozen

from elkk_adapters.sentences.english import ENGLISH
from elkk_adapters.sentences.operators import FOR_OPERATORS
from elkk_adapters.sentences.russian import RUSSIAN
from elkk_adapters.sentences.words import Words
from elkk_core.shared import ElkkError

_CATALOGUES: Mapping[str, Mapping[str, tuple[str, str]]] = {"ru": RUSSIAN, "en": ENGLISH}

LANGUAGES = tuple(_CATALOGUES)
"""The languages of the catalogue, the first for those who ask for another one."""


@frozen
class Sentence:
    """What is the matter (*text*), and the way out (*mend*, empty where *text* says it all)."""

    text: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.mend}".strip()


def is_known(code: str, language: str) -> bool:
    """Tell whether the catalogue of *language* has a sentence of its own for *code*."""
    return code in _CATALOGUES[language] or code in FOR_OPERATORS[language]


def sentence(
    error: ElkkError,
    language: str,
    *,
    time_zone: str = "Europe/Moscow",
    to_operator: bool = False,
) -> Sentence:
    """Return how to tell *error* to a person: of a household, unless *to_operator*.

    Moments are given by the clock of *time_zone*. An unknown *language* is answered in Russian,
    and an unknown error by the plain statement that something went wrong.
    """
    chosen = language if language in _CATALOGUES else LANGUAGES[0]
    catalogue = _CATALOGUES[chosen]
    if to_operator:
        catalogue = {**catalogue, **FOR_OPERATORS[chosen]}
    text, mend = catalogue.get(error.code) or catalogue["elkk"]
    words = Words(language=chosen, time_zone=time_zone)
    facts = asdict(error, recurse=False)
    return Sentence(text=words.format(text, **facts), mend=words.format(mend, **facts))
