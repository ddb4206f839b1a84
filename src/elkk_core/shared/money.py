"""Money in whole kopecks."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import ClassVar, Self

from attrs import define, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.errors import Rejected

# Blanks that people and office programs put between groups of digits: a plain one, a no-break one,
# a narrow no-break one and a thin one.
_GROUP_BLANKS = str.maketrans("", "", " \u00a0\u202f\u2009")
_AMOUNT = re.compile(
    r"(?P<sign>[-+\u2212]?)(?P<roubles>[0-9]{1,13})(?:[.,](?P<kopecks>[0-9]{1,2}))?"
)
_KOPECKS_IN_ROUBLE = 100


@define
class NotAnAmount(Rejected):
    """A text is not an amount of money such as «1500,00»."""

    code: ClassVar[str] = "shared.not_an_amount"
    text: str


def round_half_up(value: Decimal, places: int = 0) -> Decimal:
    """Return *value* rounded to *places* decimals, ties away from zero.

    Fiscal receipts of electricity suppliers round ties this way and not to the even digit.
    """
    return value.quantize(_last_place(places), rounding=ROUND_HALF_UP)


@lru_cache
def _last_place(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


@frozen
class Money:
    """An amount of roubles, kept as a whole number of kopecks; may be negative."""

    kopecks: int = field(validator=validators.exact_int)

    # Factories

    @classmethod
    def zero(cls) -> Self:
        """Return no money at all."""
        return cls(0)

    @classmethod
    def from_roubles(cls, roubles: Decimal) -> Self:
        """Return *roubles* rounded half-up to the kopeck."""
        return cls(int(round_half_up(roubles * _KOPECKS_IN_ROUBLE)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount as people write it: «1500,00», «1 500.00», «1500», «-2,55».

        Raises:
            NotAnAmount: If the text is anything else, three decimals included.
        """
        match = _AMOUNT.fullmatch(text.translate(_GROUP_BLANKS))
        if match is None:
            raise NotAnAmount(text)
        kopecks = int(match["roubles"]) * _KOPECKS_IN_ROUBLE
        kopecks += int((match["kopecks"] or "").ljust(2, "0"))
        return cls(-kopecks if match["sign"] in {"-", "\u2212"} else kopecks)

    @classmethod
    def total(cls, amounts: "Iterable[Money]") -> Self:
        """Return the sum of *amounts*, zero for none."""
        return cls(sum(amount.kopecks for amount in amounts))

    # Queries

    @property
    def roubles(self) -> Decimal:
        """The amount in roubles, exact, with two decimals."""
        return Decimal(self.kopecks).scaleb(-2)

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing to pay and nothing to return."""
        return self.kopecks == 0

    @property
    def is_negative(self) -> bool:
        """Whether the amount is below zero."""
        return self.kopecks < 0

    # Order: spelled out, since bills compare amounts without end and generated methods are slow.

    def __lt__(self, other: "Money") -> bool:
        return self.kopecks < other.kopecks

    def __le__(self, other: "Money") -> bool:
        return self.kopecks <= other.kopecks

    def __gt__(self, other: "Money") -> bool:
        return self.kopecks > other.kopecks

    def __ge__(self, other: "Money") -> bool:
        return self.kopecks >= other.kopecks

    # Arithmetic

    def __add__(self, other: "Money") -> "Money":
        return Money(self.kopecks + other.kopecks)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.kopecks - other.kopecks)

    def __neg__(self) -> "Money":
        return Money(-self.kopecks)

    def __abs__(self) -> "Money":
        return Money(abs(self.kopecks))

    def __str__(self) -> str:
        return f"{self.roubles:.2f}"
