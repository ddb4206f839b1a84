"""How a sentence is chosen and filled in."""

import string
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from attrs import asdict, frozen

from elkk_adapters.sentences.english import ENGLISH
from elkk_adapters.sentences.operators import FOR_OPERATORS
from elkk_adapters.sentences.russian import RUSSIAN
from elkk_core.shared import ElkkError, Money, Zone

_CATALOGUES: Mapping[str, Mapping[str, tuple[str, str]]] = {"ru": RUSSIAN, "en": ENGLISH}

_ZONES: Mapping[str, Mapping[Zone, str]] = {
    "ru": {
        Zone.ALL_DAY: "круглосуточный",
        Zone.DAY: "день",
        Zone.PEAK: "пик",
        Zone.HALF_PEAK: "полупик",
        Zone.NIGHT: "ночь",
    },
    "en": {
        Zone.ALL_DAY: "all day",
        Zone.DAY: "day",
        Zone.PEAK: "peak",
        Zone.HALF_PEAK: "half-peak",
        Zone.NIGHT: "night",
    },
}

LANGUAGES = tuple(_CATALOGUES)
"""The languages of the catalogue, the first for those who ask for another one."""


@frozen
class Sentence:
    """What is the matter (*text*), and the way out (*mend*, empty where *text* says it all)."""

    text: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.mend}".strip()


class _Words(string.Formatter):
    """Fills in the facts of an error.

    ``{least:символ|символа|символов}`` counts («8 символов»), ``{free_at}`` gives a moment by the
    clock of *time_zone*, all else is written as it is.
    """

    def __init__(self, *, language: str, time_zone: str) -> None:
        self._language = language
        self._time_zone = ZoneInfo(time_zone)

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            forms = format_spec.split("|")
            return f"{value}\N{NO-BREAK SPACE}{forms[self._form(int(str(value)))]}"
        match value:
            case datetime():
                written = value.astimezone(self._time_zone).strftime("%d.%m.%Y %H:%M")
            case date():
                written = value.strftime("%d.%m.%Y")
            case Zone():
                written = zone_name(value, self._language)
            case Money():
                written = self._figure(str(value))
            case Decimal():
                written = self._figure(f"{value.normalize():f}")
            case _:
                written = str(super().format_field(value, format_spec))
        return written

    def _figure(self, written: str) -> str:
        """Return a number, written with a point, in the manner of the language."""
        whole, _, decimals = written.partition(".")
        group, point = ("\N{NO-BREAK SPACE}", ",") if self._language == "ru" else (",", ".")
        sign = "-" if whole.startswith("-") else ""
        grouped = sign + f"{int(whole.removeprefix('-')):,}".replace(",", group)
        return f"{grouped}{point}{decimals}" if decimals else grouped

    def _form(self, number: int) -> int:
        """Return which form of a word goes with *number* (CLDR plural rules)."""
        if self._language == "en":
            return 0 if number == 1 else 1
        tens, ones = number % 100, number % 10
        if ones == 1 and tens != 11:  # noqa: PLR2004 - the rule itself is about these numbers
            return 0
        if ones in {2, 3, 4} and tens not in {12, 13, 14}:
            return 1
        return 2


def zone_name(zone: Zone, language: str) -> str:
    """Return what people call a zone of the day in one of our languages."""
    return _ZONES[language][zone]


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
    words = _Words(language=chosen, time_zone=time_zone)
    facts = asdict(error, recurse=False)
    return Sentence(text=words.format(text, **facts), mend=words.format(mend, **facts))
