"""How facts are put into a sentence: numbers, dates and names in the manner of a language."""

import string
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from elkk_core.shared import Money, Month, Zone, round_half_up

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

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

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "ru": (
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}

_DECIMALS_OF_PRICE = 2
_DECIMALS_OF_EXACT = 4


def zone_name(zone: Zone, language: str) -> str:
    """Return what people call a zone of the day in one of our languages."""
    return _ZONES[language][zone]


def month_name(month: Month, language: str) -> str:
    """Return «январь 2020», as it stands inside a sentence."""
    return f"{_MONTHS[language][month.number - 1]}{NBSP}{month.year}"


class Words(string.Formatter):
    """Fills facts into a sentence.

    ``{least:символ|символа|символов}`` counts («8 символов»), ``{free_at}`` gives a moment by the
    clock of *time_zone*, ``{month:name}`` a month by its name, ``{price:price}`` a number with two
    decimals at least, ``{penalty:exact}`` one with four at most; all else is written as it is.
    """

    def __init__(self, *, language: str, time_zone: str = "Europe/Moscow") -> None:
        self._language = language
        self._time_zone = ZoneInfo(time_zone)

    def format_field(self, value: object, format_spec: str) -> str:
        """Return a fact as a sentence shows it."""
        if "|" in format_spec:
            forms = format_spec.split("|")
            return f"{value}{NBSP}{forms[self._form(int(str(value)))]}"
        match value:
            case datetime():
                written = value.astimezone(self._time_zone).strftime("%d.%m.%Y %H:%M")
            case date():
                written = value.strftime("%d.%m.%Y")
            case Zone():
                written = zone_name(value, self._language)
            case Month() if format_spec == "name":
                written = month_name(value, self._language)
            case Money():
                written = self._figure(str(value))
            case Fraction() if format_spec == "exact":
                whole = round_half_up(
                    Decimal(value.numerator) / value.denominator, _DECIMALS_OF_EXACT
                )
                written = self._figure(f"{whole.normalize():f}")
            case Decimal() if format_spec == "price":
                written = self._figure(_with_decimals(value, _DECIMALS_OF_PRICE))
            case Decimal():
                written = self._figure(f"{value.normalize():f}")
            case _:
                written = str(super().format_field(value, format_spec))
        return written

    def _figure(self, written: str) -> str:
        """Return a number, written with a point, in the manner of the language."""
        whole, _, decimals = written.partition(".")
        group, point = (NBSP, ",") if self._language == "ru" else (",", ".")
        sign = MINUS if whole.startswith("-") else ""
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


def _with_decimals(value: Decimal, least: int) -> str:
    exact = value.normalize()
    decimals = max(-int(exact.as_tuple().exponent), least)
    return f"{exact:.{decimals}f}"
