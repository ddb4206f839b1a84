"""Figures and texts as a payment document shows them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from attrs import frozen

from elkk_core.shared import Money

# What the fonts that Typst brings along can show, and the PDF/A standard allows: Latin, Cyrillic
# with the letters of the peoples of Russia, combining marks, punctuation, №, € and ₽.
_NOT_PRINTABLE = re.compile(
    r"[^\u0020-\u007e\u00a0-\u024f\u0300-\u034e\u0350-\u036f\u0400-\u04ff"
    r"\u2010-\u2027\u2030-\u2037\u2039\u203a\u20ac\u20bd\u2116\u2122\u2212]"
)
_STAND_IN = "□"
# What goes before a number, and stays on its line: «кв. 34», «п. 59».
_TIED = re.compile(r"(?<!\S)(№|п\.|ч\.|ст\.|д\.|корп\.|стр\.|кв\.|комн\.|ПП|РФ) (?=\S)")
_TIE = "\\1\u00a0"
_LONG_WORD = re.compile(r"\S{25,}")
_PART_OF_LONG_WORD = re.compile(r"\S{12}(?=\S)")
_MAY_BREAK = "\\g<0>\u200b"
_FEWEST_DECIMALS_OF_PRICE = 2


def printable(text: str) -> str:
    """Return *text* in one line of characters that can be printed.

    A character that the fonts lack is shown as «□». A word too long for a line may be broken, and
    one that belongs to the next stays with it.
    """
    line = _TIED.sub(_TIE, " ".join(unicodedata.normalize("NFC", text).split()))
    return _LONG_WORD.sub(
        lambda word: _PART_OF_LONG_WORD.sub(_MAY_BREAK, word[0]),
        _NOT_PRINTABLE.sub(_STAND_IN, line),
    )


@frozen(kw_only=True)
class Figures:
    """How numbers and dates are written in a language."""

    group: str
    point: str

    def amount(self, amount: Money) -> str:
        """Return *amount* in roubles with two decimals: «1 500,00»."""
        return self.number(amount.roubles)

    def price(self, price: Decimal) -> str:
        """Return a price as published, with two decimals at the least: «2,77», «1,936»."""
        return self.quantity(price, decimals=_FEWEST_DECIMALS_OF_PRICE)

    def quantity(self, number: Decimal, *, decimals: int = 0) -> str:
        """Return *number* exactly, with so many *decimals* at the least: «232», «100,5»."""
        places = max(self.decimals(number), decimals)
        return self.number(number.quantize(Decimal(1).scaleb(-places)))

    def decimals(self, number: Decimal) -> int:
        """Return how many decimals *number* needs to be exact."""
        return max(-int(number.normalize().as_tuple().exponent), 0)

    def number(self, number: Decimal) -> str:
        """Return *number* with all its decimals, in groups of three digits."""
        text = f"{abs(number):,f}".replace(",", " ").replace(".", self.point)
        sign = "\u2212" if number < 0 else ""
        return sign + text.replace(" ", self.group)

    def date(self, day: date) -> str:
        """Return *day* as «31.01.2020», which both languages understand on a Russian bill."""
        return f"{day:%d.%m.%Y}"


RUSSIAN = Figures(group="\u00a0", point=",")
ENGLISH = Figures(group=",", point=".")
