"""Who people are: their names, phones, e-mail addresses and languages, and what they consent to."""

import re
from datetime import date, datetime
from enum import StrEnum

from attrs import field, frozen

from elkk_core.identity import errors
from elkk_core.shared import validators
from elkk_core.shared.errors import FieldRequired, FieldTooLong

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
# Letters, and single runs of other signs between them: only one way to read a text, so that no
# text takes long to refuse.
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\u2010-]+[^\W\d_]+)*\.?")
_LONGEST_NAME = 60
_OLDEST_YEARS = 120


class Language(StrEnum):
    """A language in which the cabinet speaks to its user."""

    RUSSIAN = "ru"
    ENGLISH = "en"


class Sex(StrEnum):
    """The sex of a user, who need not tell it."""

    FEMALE = "female"
    MALE = "male"


@frozen
class Phone:
    """The number of a telephone in the form of E.164: «+79161234567»."""

    number: str = field()

    @number.validator
    def _is_e164(self, _attribute: object, value: str) -> None:
        if _E164.fullmatch(value) is None:
            raise errors.PhoneMalformed

    def __str__(self) -> str:
        return self.number


@frozen
class Email:
    """An e-mail address, normalised by the port that read it."""

    address: str = field()

    @address.validator
    def _has_two_parts(self, _attribute: object, value: str) -> None:
        if _EMAIL.fullmatch(value) is None:
            raise errors.EmailMalformed

    def __str__(self) -> str:
        return self.address


def name_part(text: str) -> str:
    """Return a part of a name without needless blanks.

    Raises:
        FieldRequired: If nothing is left.
        FieldTooLong: If it is longer than 60 characters.
        NameHasForbiddenCharacters: If it holds digits or signs that no name has.
    """
    part = " ".join(text.split())
    if not part:
        raise FieldRequired
    if len(part) > _LONGEST_NAME:
        raise FieldTooLong(_LONGEST_NAME)
    if _NAME.fullmatch(part) is None:
        raise errors.NameHasForbiddenCharacters
    return part


def optional_name_part(text: str) -> str:
    """Return a part of a name, or an empty text where nobody has it.

    Raises:
        FieldTooLong, NameHasForbiddenCharacters: As for a part that everybody has.
    """
    return name_part(text) if text.strip() else ""


def check_birth_date(born_on: date, *, today: date) -> None:
    """Let pass a day on which somebody who lives *today* may have been born.

    Raises:
        BirthDateImplausible: If it is to come, or more than 120 years ago.
    """
    # The first of January is in every year, as the 29th of February is not.
    earliest = date(today.year - _OLDEST_YEARS, 1, 1)
    if not earliest <= born_on <= today:
        raise errors.BirthDateImplausible(earliest, today)


@frozen(kw_only=True)
class FullName:
    """Surname, given name and, where there is one, patronymic."""

    surname: str = field(converter=name_part)
    given: str = field(converter=name_part)
    patronymic: str = field(default="", converter=optional_name_part)

    def __str__(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@frozen(kw_only=True)
class Consent:
    """Acceptance of *version* of the user agreement, which includes personal data."""

    version: str = field(validator=validators.not_blank)
    given_at: datetime = field(validator=validators.aware)
