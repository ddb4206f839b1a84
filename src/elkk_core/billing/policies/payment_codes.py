"""The text of a payment QR: ГОСТ Р 56042-2014."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from attrs import field, frozen

from elkk_core.accounts.model import Requisites
from elkk_core.billing import errors
from elkk_core.shared.money import Money

_STANDARD = "ST"
_VERSION = "0001"
_HEADER_LENGTH = len("ST00012|")
_REQUIRED = ("Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc")
_REQUIRED_BYTES = 300
_LONGEST = {
    "Name": 160,
    "PersonalAcc": 20,
    "BankName": 45,
    "BIC": 9,
    "CorrespAcc": 20,
    "Sum": 18,
    "Purpose": 210,
    "PayeeINN": 12,
    "PayerINN": 12,
    "DrawerStatus": 2,
    "KPP": 9,
    "CBC": 20,
    "OKTMO": 11,
    "PaytReason": 2,
    "TaxPeriod": 10,
    "DocNo": 15,
    "DocDate": 10,
    "TaxPaytKind": 2,
}
_OTHERS = (
    *("LastName", "FirstName", "MiddleName", "PayerAddress", "PersonalAccount", "DocIdx"),
    *("PensAcc", "Contract", "PersAcc", "Flat", "Phone", "PayerIdType", "PayerIdNum", "ChildFio"),
    *("BirthDate", "PaymTerm", "PaymPeriod", "Category", "ServiceName", "CounterId", "CounterVal"),
    *("QuittId", "QuittDate", "InstNum", "ClassNum", "SpecFio", "AddAmount", "RuleId", "ExecId"),
    *("RegType", "UIN", "TechCode"),
)
_KOPECKS = ("Sum", "AddAmount")
_NAMES = {name.lower(): name for name in (*_LONGEST, *_OTHERS)}
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SEPARATORS = "|#;:^_~{}!$%&()*+,/@"
_ABSENT = {"", "null"}


class Charset(StrEnum):
    """How the characters of a payment QR become bytes; UTF-8 is the safest."""

    WIN1251 = "win1251"
    UTF8 = "utf8"
    KOI8R = "koi8r"

    @property
    def sign(self) -> str:
        """The digit of the header that names the charset."""
        return _SIGNS[self]

    def to_bytes(self, text: str) -> bytes:
        """Return *text* as bytes.

        Raises:
            UnicodeEncodeError: If the charset lacks a character.
        """
        return text.encode(_CODECS[self])

    def to_text(self, data: bytes) -> str:
        """Return the text that *data* is.

        Raises:
            UnicodeDecodeError: If the bytes are no text of the charset.
        """
        return data.decode(_CODECS[self])


_SIGNS = {Charset.WIN1251: "1", Charset.UTF8: "2", Charset.KOI8R: "3"}
_CHARSETS = {sign: charset for charset, sign in _SIGNS.items()}
_CODECS = {Charset.WIN1251: "cp1251", Charset.UTF8: "utf-8", Charset.KOI8R: "koi8-r"}


def _own(fields: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(fields))


@frozen(kw_only=True)
class PaymentCode:
    """What a payment QR says: *fields* by name, in the order in which they stand.

    Amounts (``Sum``, ``AddAmount``) are in whole kopecks.
    """

    charset: Charset
    separator: str
    fields: Mapping[str, str] = field(converter=_own)

    # Factories

    @classmethod
    def build(cls, fields: Mapping[str, str], *, charset: Charset = Charset.UTF8) -> Self:
        """Return the code of *fields*: the required ones first, in the order of the standard.

        Empty fields are left out, and names that the standard knows are written as it does. The
        separator is «|», or the first of the others that no value holds. Lengths are in characters;
        the required fields with what separates them are 300 bytes at most.

        Raises:
            PaymentCodeFieldMissing: If a required field is not there.
            PaymentCodeFieldMalformed: If a name is none, or an amount is not in whole kopecks.
            PaymentCodeFieldRepeated: If two names differ by the case of letters only.
            PaymentCodeFieldTooLong: If a value is longer than the standard lets it be.
            PaymentCodeCharacterMissing: If the charset lacks a character of a value.
            PaymentCodeTooLong: If the required fields are more than 300 bytes together.
            PaymentCodeNotSeparable: If the values hold every possible separator.
        """
        known = _known_once(fields)
        for name in _REQUIRED:
            if name not in known:
                raise errors.PaymentCodeFieldMissing(name)
        ordered = {name: known[name] for name in _REQUIRED} | known
        for name, value in ordered.items():
            _check(name, value, charset)
        text = "".join(ordered.values())
        separator = next((sign for sign in _SEPARATORS if sign not in text), None)
        required = "|".join(f"{name}={ordered[name]}" for name in _REQUIRED)
        size = len(charset.to_bytes(required))
        if size > _REQUIRED_BYTES:
            raise errors.PaymentCodeTooLong(_REQUIRED_BYTES, size)
        if separator is None:
            raise errors.PaymentCodeNotSeparable
        return cls(charset=charset, separator=separator, fields=ordered)

    @classmethod
    def parse(cls, code: str | bytes) -> Self:
        """Return what a payment QR says: bytes are read in the charset that their header names.

        Other people's codes are read with patience: names in any case, unknown names, a separator
        at the end, values that are empty or ``Null`` (absent), pieces without «=» (skipped), any
        mark that is neither a letter nor a digit as a separator. Of two fields of one name the last
        counts. Control digits are not checked: even the sample that everybody copies has a wrong
        one.

        Raises:
            PaymentCodeUnreadable: If the header is not that of the standard's version 0001, or the
                bytes are not in its charset.
        """
        header = code[:_HEADER_LENGTH]
        head = header if isinstance(header, str) else header.decode("latin-1")
        charset = _CHARSETS.get(head[6:7])
        separator = head[7:8]
        if (
            not head.startswith(f"{_STANDARD}{_VERSION}")
            or charset is None
            or not separator.isascii()
            or separator.isalnum()
            or separator in {"", "="}
        ):
            raise errors.PaymentCodeUnreadable(head)
        body = code[_HEADER_LENGTH:]
        try:
            text = body if isinstance(body, str) else charset.to_text(body)
        except UnicodeDecodeError:
            raise errors.PaymentCodeUnreadable(head) from None
        fields = {}
        for piece in text.split(separator):
            name, equals, value = piece.partition("=")
            if equals and value.lower() not in _ABSENT:
                fields[_NAMES.get(name.lower(), name)] = value
        return cls(charset=charset, separator=separator, fields=fields)

    # Queries

    @property
    def text(self) -> str:
        """The code as text: what a scanner shows."""
        pieces = (f"{name}={value}" for name, value in self.fields.items())
        return self.separator.join([f"{_STANDARD}{_VERSION}{self.charset.sign}", *pieces])

    @property
    def encoded(self) -> bytes:
        """The code as the bytes that the QR symbol holds."""
        return self.charset.to_bytes(self.text)


def _known_once(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that are there, by the standard's names."""
    known: dict[str, str] = {}
    for given, value in fields.items():
        if value.lower() in _ABSENT:
            continue
        name = _NAMES.get(given.lower(), given)
        if name in known:
            raise errors.PaymentCodeFieldRepeated(name)
        known[name] = value
    return known


def _check(name: str, value: str, charset: Charset) -> None:
    """Refuse what cannot stand in a payment QR, by the name of the field."""
    if not _KEY.fullmatch(name) or (
        name in _KOPECKS and not (value.isascii() and value.isdecimal())
    ):
        raise errors.PaymentCodeFieldMalformed(name)
    if len(value) > _LONGEST.get(name, len(value)):
        raise errors.PaymentCodeFieldTooLong(name, _LONGEST[name])
    try:
        charset.to_bytes(value)
    except UnicodeEncodeError as error:
        raise errors.PaymentCodeCharacterMissing(name, value[error.start], charset) from None


def payment_code(
    requisites: Requisites, *, account_number: str, amount: Money, purpose: str
) -> str:
    """Return what the payment QR of a bill holds, in UTF-8 (ГОСТ Р 56042-2014).

    ``Sum`` is in kopecks and left out where nothing is due, so that the payer enters an amount.

    Raises:
        PaymentCodeFieldTooLong, PaymentCodeTooLong, PaymentCodeNotSeparable: If the requisites do
            not fit.
    """
    fields = {
        "Name": requisites.payee,
        "PersonalAcc": requisites.settlement_account,
        "BankName": requisites.bank,
        "BIC": requisites.bic,
        "CorrespAcc": requisites.correspondent_account,
        "PayeeINN": requisites.inn,
        "PersAcc": account_number,
        "Purpose": purpose,
    }
    if amount > Money.zero():
        fields["Sum"] = str(amount.kopecks)
    return PaymentCode.build(fields).text
