"""Values with much inside as short JSON texts: derivations of lines, standings, and notices.

Nothing asks the database for what is inside such a text, so it is none of PostgreSQL's JSON types,
which take half again as long to write, or three times. It is written once, with a fact, and read back
whole, also by later releases. So that they can:

- A class is an object of its fields by their names. A field that says that something is not there
  (None, false, empty) is left out where that is its default.
- A field may be added if its default is what older texts meant, and none is renamed or removed.
- What one of several classes may be tells its ``type``; types may be added, and keep their names.
- Figures that would have to be computed in another way are another `ARITHMETIC_VERSION`, which
  stands beside each text in its invoice: by it a reader knows what the fields mean.

Decimals, fractions, days and months are texts, money is whole kopecks, a `MonthVolume` is
«2020-01 100.5». All is taken for exactly what it is and nothing is guessed.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar, get_args, get_origin
from uuid import UUID

import attrs
import msgspec
from cattrs import Converter, override
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn
from cattrs.strategies import configure_tagged_union

from elkk_core.billing.model import (
    AccountStanding,
    BenefitDerivation,
    Corrected,
    Counted,
    Derivation,
    Estimated,
    MonthVolume,
    PenaltyDerivation,
    VolumeBasis,
    VolumeDerivation,
)
from elkk_core.notices.model import (
    BillIssued,
    DebtOverdue,
    LinkedByAnother,
    Notice,
    PaymentDeclined,
    PaymentPosted,
    ReadingsMissing,
    RequestAnswered,
    VerificationEnding,
    VerificationOver,
)
from elkk_core.shared.errors import Rejected
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.support.model import Content

_T = TypeVar("_T")
_Structure = Callable[[Any, Any], Any]

_TYPES: dict[type[Any], str] = {
    Counted: "counted",
    Estimated: "estimated",
    Corrected: "corrected",
    VolumeDerivation: "volume",
    BenefitDerivation: "benefit",
    PenaltyDerivation: "penalty",
    ReadingsMissing: "readings_missing",
    BillIssued: "bill_issued",
    DebtOverdue: "debt_overdue",
    VerificationEnding: "verification_ending",
    VerificationOver: "verification_over",
    PaymentPosted: "payment_posted",
    PaymentDeclined: "payment_declined",
    RequestAnswered: "request_answered",
    LinkedByAnother: "linked_by_another",
}
# What a reader of a part of a text may raise, cattrs' own and those of our values.
_MISREADINGS = (
    ArithmeticError,
    AttributeError,
    ForbiddenExtraKeysError,
    LookupError,
    Rejected,
    TypeError,
    ValueError,
)
# Days, months and prices are few and come again and again.
_REMEMBERED = 10_000


class Document(Generic[_T]):
    """How values of one kind, a class or one of several, are written as texts and read again."""

    def __init__(self, kind: Any) -> None:
        """Prepare for values of *kind*."""
        self._kind = kind
        self._unstructure = _CONVERTER.get_unstructure_hook(kind)
        self._structure = _CONVERTER.get_structure_hook(kind)

    def write(self, value: _T) -> str:
        """Return the text of *value*."""
        return encode(self._unstructure(value))

    def read(self, text: str) -> _T:
        """Return the value of a text.

        Raises:
            ValueError: If the text says anything that no value does.
        """
        try:
            found: _T = self._structure(decode(text), self._kind)
        except _MISREADINGS as error:
            message = f"the text is not one of {self._kind}: {text}"
            raise ValueError(message) from error
        return found


def _exactly(value: Any, kind: type[Any]) -> Any:
    """Return *value* if it is of *kind* and of no subclass.

    Raises:
        TypeError: If it is anything else, which cattrs would have coerced silently.
    """
    if type(value) is not kind:
        message = f"expected {kind.__name__}, not {type(value).__name__}"
        raise TypeError(message)
    return value


def _from_text(read: Callable[[str], Any], write: Callable[[Any], str]) -> _Structure:
    """Return what reads a text that says what *write* would have said."""

    @lru_cache(maxsize=_REMEMBERED)
    def structure(text: Any, _kind: Any) -> Any:
        value = read(text)
        # No number equals what is written, so this asks for a text as well.
        if write(value) != text:
            message = f"it is not written so: {text!r}"
            raise ValueError(message)
        return value

    return structure


def _read_volume(text: str) -> MonthVolume:
    month, _, volume = text.partition(" ")
    return MonthVolume(month=Month.parse(month), volume=Decimal(volume))


def _write_volume(value: MonthVolume) -> str:
    return f"{value.month} {value.volume}"


def _read_money(kopecks: Any, _kind: Any) -> Money:
    return Money(kopecks)


def _read_member(text: Any, kind: type[StrEnum]) -> StrEnum:
    return kind(_exactly(text, str))


def _read_list(kind: Any, converter: Converter) -> _Structure:
    part = get_args(kind)[0]
    read = converter.get_structure_hook(part)

    def structure(parts: Any, _kind: Any) -> Any:
        return tuple([read(found, part) for found in _exactly(parts, list)])

    return structure


def _read_object(kind: Any, converter: Converter) -> _Structure:
    read = make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False
    )

    def structure(fields: Any, _kind: Any) -> Any:
        return read(_exactly(fields, dict), kind)

    return structure


def _write_object(kind: Any, converter: Converter) -> Callable[[Any], Any]:
    # A decimal that equals a default may be written otherwise, so figures are never left out.
    left_out: dict[str, Any] = {
        attribute.name: override(omit_if_default=True)
        for attribute in attrs.fields(kind)
        if attribute.default is None or attribute.default is False or attribute.default == ()
    }
    return make_dict_unstructure_fn(kind, converter, **left_out)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    converter.register_structure_hook_factory(attrs.has, _read_object)
    converter.register_unstructure_hook_factory(attrs.has, _write_object)
    converter.register_structure_hook_factory(_is_list, _read_list)
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _exactly)
    converter.register_structure_hook(StrEnum, _read_member)
    texts: tuple[tuple[Any, Callable[[str], Any], Callable[[Any], str]], ...] = (
        (Decimal, Decimal, str),
        (Fraction, Fraction, str),
        (UUID, UUID, str),
        (date, date.fromisoformat, date.isoformat),
        (Month, Month.parse, str),
        (MonthVolume, _read_volume, _write_volume),
    )
    for kind, read, write in texts:
        converter.register_structure_hook(kind, _from_text(read, write))
        converter.register_unstructure_hook(kind, write)
    converter.register_structure_hook(Money, _read_money)
    converter.register_unstructure_hook(Money, lambda money: money.kopecks)
    for union in (VolumeBasis, Derivation, Notice):
        configure_tagged_union(union, converter, _TYPES.__getitem__, tag_name="type")
    return converter


def encode(document: Any) -> str:
    """Return the text of what is made of dictionaries, lists, texts and whole numbers."""
    return _ENCODER.encode(document).decode()


def decode(text: str) -> Any:
    """Return what a text is made of.

    Raises:
        ValueError: If it is no JSON.
    """
    return _DECODER.decode(text)


_CONVERTER = _converter()
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder()

DERIVATION: Document[Derivation] = Document(Derivation)
STANDING: Document[AccountStanding] = Document(AccountStanding)
CONTENT: Document[Content] = Document(Content)
NOTICE: Document[Notice] = Document(Notice)
