"""Reading dates and numbers as people and files write them."""

import re
from datetime import date
from decimal import Decimal
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Rejected

_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DOTTED_DATE = re.compile(r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{4})")
_WHOLE = re.compile(r"[0-9]{1,12}")
_DECIMAL = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_YES_OR_NO = {"yes": True, "да": True, "no": False, "нет": False}


@define
class NotADate(Rejected):
    """A text is not a date such as «2026-11-22» or «22.11.2026»."""

    code: ClassVar[str] = "shared.not_a_date"
    text: str


@define
class NoSuchDate(Rejected):
    """A text looks like a date, but the calendar has no such day."""

    code: ClassVar[str] = "shared.no_such_date"
    text: str


@define
class NotAWholeNumber(Rejected):
    """A text is not a whole number without a sign."""

    code: ClassVar[str] = "shared.not_a_whole_number"
    text: str


@define
class NotADecimal(Rejected):
    """A text is not a number without a sign, such as «2,77»."""

    code: ClassVar[str] = "shared.not_a_decimal"
    text: str


@define
class NotYesOrNo(Rejected):
    """A text is neither «yes» nor «no»."""

    code: ClassVar[str] = "shared.not_yes_or_no"
    text: str


def without_blanks(text: str) -> str:
    """Return *text* without any blanks, such as people put between the digits of a number."""
    return "".join(text.split())


def read_date(text: str) -> date:
    """Return the date that *text* means: «2026-11-22» or «22.11.2026».

    Raises:
        NotADate: If the text is not written so.
        NoSuchDate: If the calendar has no such day.
    """
    match = _ISO_DATE.fullmatch(text) or _DOTTED_DATE.fullmatch(text)
    if match is None:
        raise NotADate(text)
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise NoSuchDate(text) from None


def read_whole(text: str) -> int:
    """Return the whole number that *text* means.

    Raises:
        NotAWholeNumber: If it is anything else.
    """
    if _WHOLE.fullmatch(text) is None:
        raise NotAWholeNumber(text)
    return int(text)


def read_decimal(text: str) -> Decimal:
    """Return the number that *text* means, with a decimal comma or point.

    Raises:
        NotADecimal: If it is anything else.
    """
    if _DECIMAL.fullmatch(text) is None:
        raise NotADecimal(text)
    return Decimal(text.replace(",", "."))


def read_yes_or_no(text: str) -> bool:
    """Return whether *text* means yes: «yes» or «да», «no» or «нет», however capitalised.

    Raises:
        NotYesOrNo: If it is anything else.
    """
    answer = _YES_OR_NO.get(text.lower())
    if answer is None:
        raise NotYesOrNo(text)
    return answer
