"""What accounts refuse."""

from datetime import datetime
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, Rejected, TooMany


@define
class SupplierCodeTaken(Conflict):
    """Another supplier has this code."""

    code: ClassVar[str] = "accounts.supplier_code_taken"
    supplier: str


@define
class SupplierCodeMalformed(Rejected):
    """A supplier's code is not 2 to 20 small Latin letters, digits and hyphens."""

    code: ClassVar[str] = "accounts.supplier_code_malformed"


@define
class TimeZoneUnknown(Rejected):
    """A text is not an IANA time zone such as Europe/Moscow."""

    code: ClassVar[str] = "accounts.time_zone_unknown"
    text: str


@define
class BankKeyWrong(Rejected):
    """The control digit of a bank account does not fit the account and the bank's BIC."""

    code: ClassVar[str] = "accounts.bank_key_wrong"


@define
class TaxNumberWrong(Rejected):
    """The control digits of an INN do not fit, or it is not 10 or 12 digits long."""

    code: ClassVar[str] = "accounts.tax_number_wrong"


@define
class DigitsExpected(Rejected):
    """A requisite is not exactly *length* digits."""

    code: ClassVar[str] = "accounts.digits_expected"
    length: int


@define
class AccountNumberMalformed(Rejected):
    """A text is not the number of a personal account: 4 to 20 digits, blanks allowed."""

    code: ClassVar[str] = "accounts.account_number_malformed"


@define
class PersonsMalformed(Rejected):
    """A text is not how many persons a household may have: a whole number, *most* at most."""

    code: ClassVar[str] = "accounts.persons_malformed"
    most: int


@define
class RelationUnknown(Rejected):
    """A text is not a relation to the account."""

    code: ClassVar[str] = "accounts.relation_unknown"


@define
class WrongSecurityAnswer(Rejected):
    """The answer is wrong, or there is no such account; which of them is not told.

    The try is counted; *left* more are taken before the next ones have to wait.
    """

    code: ClassVar[str] = "accounts.wrong_security_answer"
    left: int


@define
class LinkingLocked(TooMany):
    """Too many wrong answers, of this user or for this account; the next from *free_at* on."""

    code: ClassVar[str] = "accounts.linking_locked"
    free_at: datetime


@define
class AlreadyLinked(Conflict):
    """The user has linked this account before."""

    code: ClassVar[str] = "accounts.already_linked"
    number: str
