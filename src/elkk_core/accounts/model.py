"""Suppliers, personal accounts, and the users who have linked them."""

import re
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import evolve, field, frozen

from elkk_core.accounts import errors
from elkk_core.shared import validators
from elkk_core.shared.errors import FieldRequired, FieldTooLong
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.texts import NotAWholeNumber, read_whole, without_blanks
from elkk_core.shared.traits import Traits
from elkk_core.shared.windows import SubmissionWindow

_SUPPLIER_CODE = re.compile(r"[a-z][a-z0-9-]{1,19}")
_ACCOUNT_NUMBER = re.compile(r"[0-9]{4,20}")
_BIC_DIGITS = 9
_ACCOUNT_DIGITS = 20
_KEY_WEIGHTS = (7, 1, 3)
_INN_WEIGHTS = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}
_LONGEST_LINE = 250
_MOST_PERSONS = 999


def line(text: str) -> str:
    """Return a line of text without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 250 characters.
    """
    clean = " ".join(text.split())
    if not clean:
        raise FieldRequired
    if len(clean) > _LONGEST_LINE:
        raise FieldTooLong(_LONGEST_LINE)
    return clean


def line_or_nothing(text: str) -> str:
    """Return a line of text without needless blanks, an empty text if nothing is left.

    Raises:
        FieldTooLong: If it is longer than 250 characters.
    """
    return line(text) if text.strip() else ""


class BankAccountKind(StrEnum):
    """What a bank account is for: clients' money, or the bank's own with the Bank of Russia.

    Accounts that a cash settlement centre (РКЦ) keeps have keys of the second kind.
    """

    SETTLEMENT = "settlement"
    CORRESPONDENT = "correspondent"


def account_key_is_right(
    *, bic: str, account: str, kind: BankAccountKind = BankAccountKind.SETTLEMENT
) -> bool:
    """Tell whether *account* is 20 digits whose control digit fits the 9 digits of the bank's BIC.

    Source: the Bank of Russia's order for the key of an account: the last three digits of the BIC
    (for a correspondent account a zero and its digits 5 and 6) and the 20 digits of the account,
    weighted 7, 1, 3 in turn, add up to a multiple of 10; of each product the last digit counts.
    """
    if not (_is_digits(bic, _BIC_DIGITS) and _is_digits(account, _ACCOUNT_DIGITS)):
        return False
    prefix = bic[-3:] if kind is BankAccountKind.SETTLEMENT else f"0{bic[4:6]}"
    weighted = (
        int(digit) * _KEY_WEIGHTS[place % len(_KEY_WEIGHTS)] % 10
        for place, digit in enumerate(prefix + account)
    )
    return sum(weighted) % 10 == 0


def tax_number_is_right(inn: str) -> bool:
    """Tell whether *inn* is 10 or 12 digits whose control digits fit.

    Source: the Federal Tax Service's order for the INN: the digits before each control digit,
    weighted, modulo 11 and then 10.
    """
    weights_by_control = _INN_WEIGHTS.get(len(inn))
    if weights_by_control is None or not _is_digits(inn, len(inn)):
        return False
    return all(
        sum(int(digit) * weight for digit, weight in zip(inn, weights, strict=False)) % 11 % 10
        == int(inn[len(weights)])
        for weights in weights_by_control
    )


def tax_number(inn: str) -> str:
    """Return *inn* if it has 10 or 12 digits and its control digits fit.

    Raises:
        TaxNumberWrong: If not.
    """
    if not tax_number_is_right(inn):
        raise errors.TaxNumberWrong
    return inn


def bank_code(text: str) -> str:
    """Return *text* if it can be the BIC of a bank.

    Raises:
        DigitsExpected: If it is not exactly 9 digits.
    """
    return _digits(text, _BIC_DIGITS)


def bank_account(text: str) -> str:
    """Return *text* if it can be the number of a bank account.

    Raises:
        DigitsExpected: If it is not exactly 20 digits.
    """
    return _digits(text, _ACCOUNT_DIGITS)


def _digits(text: str, length: int) -> str:
    if not _is_digits(text, length):
        raise errors.DigitsExpected(length)
    return text


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdecimal()


def supplier_code(text: str) -> str:
    """Return *text* if it can be the code of a supplier.

    Raises:
        SupplierCodeMalformed: If it is not 2 to 20 small Latin letters, digits and hyphens.
    """
    if _SUPPLIER_CODE.fullmatch(text) is None:
        raise errors.SupplierCodeMalformed
    return text


def known_time_zone(text: str) -> str:
    """Return *text* if it names a time zone.

    Raises:
        TimeZoneUnknown: If not.
    """
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise errors.TimeZoneUnknown(text) from None
    return text


@frozen(kw_only=True)
class Requisites:
    """Where a household's money goes: what the payment QR of a bill holds (ГОСТ Р 56042-2014)."""

    payee: str = field(converter=line)
    inn: str = field(converter=tax_number)
    bank: str = field(converter=line)
    bic: str = field(converter=bank_code)
    settlement_account: str = field(converter=bank_account)
    correspondent_account: str = field(converter=bank_account)

    def __attrs_post_init__(self) -> None:
        if not account_key_is_right(bic=self.bic, account=self.settlement_account):
            raise errors.BankKeyWrong


@frozen(kw_only=True)
class Contacts:
    """Where households turn to with questions; an empty text where there is no such way."""

    site: str = ""
    phone: str = ""
    email: str = ""


@frozen(kw_only=True)
class Supplier:
    """A guaranteeing supplier of electricity.

    *time_zone* (an IANA name) makes local dates of moments; readings are taken in *window* unless a
    meter has one of its own.
    """

    supplier_id: SupplierId
    code: str = field(converter=supplier_code)
    name: str = field(converter=line)
    time_zone: str = field(converter=known_time_zone)
    window: SubmissionWindow
    requisites: Requisites
    contacts: Contacts = Contacts()

    version: int = 0


def account_number(text: str) -> str:
    """Return the number of a personal account without the blanks that people put in.

    Leading zeros are kept: they are a part of the number.

    Raises:
        AccountNumberMalformed: If it is not 4 to 20 digits.
    """
    number = without_blanks(text)
    if _ACCOUNT_NUMBER.fullmatch(number) is None:
        raise errors.AccountNumberMalformed
    return number


def read_persons(text: str) -> int:
    """Return how many persons of a household *text* means; nobody may be registered.

    Raises:
        PersonsMalformed: If it is not a whole number, or above 999.
    """
    try:
        persons = read_whole(text)
    except NotAWholeNumber:
        raise errors.PersonsMalformed(_MOST_PERSONS) from None
    if persons > _MOST_PERSONS:
        raise errors.PersonsMalformed(_MOST_PERSONS)
    return persons


@frozen(kw_only=True)
class PersonalAccount:
    """A household's account in the books of a supplier.

    *category* names the group of households for which rates are published, such as ``urban-gas``.
    *persons* are those registered at the address, permanently and for a time, None where nobody has
    said; with the *traits* they choose the consumption norm. All that a *range_exempt* household
    consumes is priced by the first consumption range: large families and others that a region names.
    """

    account_id: AccountId
    supplier_id: SupplierId
    number: str = field(converter=account_number)
    address: str = field(converter=line)
    owner: str = field(converter=line)
    category: str = field(converter=line)
    persons: int | None = field(default=None)
    traits: Traits = Traits()
    range_exempt: bool = False

    version: int = 0

    @persons.validator
    def _persons_can_be_counted(self, _attribute: object, value: int | None) -> None:
        if value is not None and not 0 <= value <= _MOST_PERSONS:
            message = f"a household has from none to {_MOST_PERSONS} persons: {value}"
            raise ValueError(message)

    # Commands

    def describe(
        self,
        *,
        address: str,
        owner: str,
        category: str,
        persons: int | None,
        traits: Traits,
        range_exempt: bool,
    ) -> "PersonalAccount":
        """Return the account as the supplier's books describe it now."""
        return evolve(
            self,
            address=address,
            owner=owner,
            category=category,
            persons=persons,
            traits=traits,
            range_exempt=range_exempt,
        )


class Relation(StrEnum):
    """What a user is to a personal account (статус отношения к ЛС)."""

    OWNER = "owner"
    OTHER = "other"
    TENANT = "tenant"
    REGISTERED = "registered"
    RESIDENT = "resident"


class BillDelivery(StrEnum):
    """How bills reach the household."""

    EMAIL = "email"
    PAPER = "paper"


@frozen(kw_only=True)
class AccountLink:
    """A user's right to see and serve a personal account, and how the user likes to have it.

    *group* is the heading under which the user keeps the account, empty for its address; *note* is
    for the user's eyes alone.
    """

    user_id: UserId
    account_id: AccountId
    relation: Relation
    delivery: BillDelivery
    linked_at: datetime = field(validator=validators.aware)
    group: str = field(default="", converter=line_or_nothing)
    note: str = field(default="", converter=line_or_nothing)

    version: int = 0

    # Commands

    def put_into(self, group: str, *, address: str) -> "AccountLink":
        """Return the link with the account in *group*.

        A group that is called as the *address* of the account is the one that follows the address.
        """
        name = line(group)
        return evolve(self, group="" if name == line(address) else name)

    def put_under_address(self) -> "AccountLink":
        """Return the link with the account under its address again."""
        return evolve(self, group="")

    def note_down(self, note: str) -> "AccountLink":
        """Return the link with another note, none if it is empty."""
        return evolve(self, note=note)

    def deliver_by(self, delivery: BillDelivery) -> "AccountLink":
        """Return the link with bills coming by *delivery*."""
        return evolve(self, delivery=delivery)


LinkingId = NewType("LinkingId", UUID)


@frozen(kw_only=True)
class Linking:
    """The fact that somebody linked an account, which those who had linked it before are told.

    It stays when the link goes, and does not say who it was.
    """

    linking_id: LinkingId
    account_id: AccountId
    linked_at: datetime = field(validator=validators.aware)


class MailingChannel(StrEnum):
    """By what a supplier's mailing may come."""

    EMAIL = "email"
    SMS = "sms"


@frozen(kw_only=True)
class Mailing:
    """By what a supplier may write to a user of debts, readings and offers.

    By e-mail, unless the user has chosen otherwise.
    """

    user_id: UserId
    supplier_id: SupplierId
    email: bool = True
    sms: bool = False

    version: int = 0

    # Commands

    def come_by(self, channels: Collection[MailingChannel]) -> "Mailing":
        """Return the mailing coming by *channels* alone."""
        return evolve(
            self, email=MailingChannel.EMAIL in channels, sms=MailingChannel.SMS in channels
        )


@frozen(kw_only=True)
class BillFigure:
    """The closing figure of a bill: total due if positive, overpayment if negative."""

    closing: Money

    def is_answered_by(self, answer: Money) -> bool:
        """Tell whether *answer* is the figure as printed, where an overpayment has no sign.

        A bill that closes at zero answers nothing: anybody would try «0,00» first.
        """
        return not self.closing.is_zero and abs(answer) == abs(self.closing)
