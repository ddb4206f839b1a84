"""Users and what proves that it is them."""

import re
from datetime import datetime
from enum import StrEnum
from typing import NewType, Self
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.identity import errors
from elkk_core.identity.events import (
    CodeRequested,
    EmailAlreadyTaken,
    EmailConfirmationRequested,
    KnownPhoneRegistered,
    PasswordChanged,
)
from elkk_core.shared import validators
from elkk_core.shared.errors import FieldRequired, FieldTooLong
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import SessionId, UserId

RegistrationId = NewType("RegistrationId", UUID)
RecoveryId = NewType("RecoveryId", UUID)

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
# Letters, and single runs of other signs between them: only one way to read a text, so that no
# text takes long to refuse.
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\u2010-]+[^\W\d_]+)*\.?")
_LONGEST_NAME = 60


class Language(StrEnum):
    """A language in which the cabinet speaks to its user."""

    RUSSIAN = "ru"
    ENGLISH = "en"


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


@frozen(kw_only=True)
class OneTimeCode:
    """A code on its way to a phone; only its digest is kept.

    It works once, until *expires_at*, and while *tries_left* lasts (ASVS 5.0, 6.5.1-6.5.5).
    """

    digest: str = field(repr=False)
    sent_at: datetime = field(validator=validators.aware)
    expires_at: datetime = field(validator=validators.aware)
    tries_left: int = field(validator=validators.exact_int)
    used_at: datetime | None = None

    # Commands

    def answer(self, *, right: bool, now: datetime) -> "OneTimeCode":
        """Return the code after an answer: used by a right one, with a try less by a wrong one.

        Raises:
            CodeUsed: If it was answered right before.
            CodeTriesSpent: If it was answered wrong too often.
            CodeExpired: If it is too old.
        """
        if self.used_at is not None:
            raise errors.CodeUsed
        if self.tries_left < 1:
            raise errors.CodeTriesSpent
        if now >= self.expires_at:
            raise errors.CodeExpired
        return evolve(self, used_at=now) if right else evolve(self, tries_left=self.tries_left - 1)


@frozen(kw_only=True)
class Registration:
    """A registration that waits for the code sent to its phone.

    With the phone of a user (*phone_known*) it runs alike to anyone who looks on, but no code leads
    to its end, and the owner of the phone is told instead.
    """

    registration_id: RegistrationId
    phone: Phone
    email: Email
    name: FullName
    password_digest: str = field(repr=False)
    consent: Consent
    language: Language
    phone_known: bool
    code: OneTimeCode
    started_at: datetime = field(validator=validators.aware)

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def send_code(self, *, code: OneTimeCode, text: str, event_id: UUID) -> "Registration":
        """Return the registration that waits for *code*, whose digits are *text*."""
        event: DomainEvent
        if self.phone_known:
            event = KnownPhoneRegistered(
                event_id=event_id, phone=self.phone.number, language=self.language
            )
        else:
            event = CodeRequested(
                event_id=event_id,
                phone=self.phone.number,
                code=text,
                purpose="registration",
                language=self.language,
                expires_at=code.expires_at,
            )
        return evolve(self, code=code, events=(*self.events, event))

    def answer(self, *, right: bool, now: datetime) -> "Registration":
        """Return the registration after an answer to its code.

        Raises:
            CodeUsed, CodeTriesSpent, CodeExpired: If the code may not be answered any more.
        """
        return evolve(self, code=self.code.answer(right=right, now=now))


@frozen(kw_only=True)
class PasswordRecovery:
    """A change of a forgotten password that waits for the code sent to *phone*.

    *user_id* is None where nobody has that phone: then nothing is sent and no code is right, but
    whoever asked sees the same.
    """

    recovery_id: RecoveryId
    phone: Phone
    user_id: UserId | None
    language: Language
    code: OneTimeCode

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def send_code(self, *, code: OneTimeCode, text: str, event_id: UUID) -> "PasswordRecovery":
        """Return the recovery that waits for *code*, whose digits are *text*."""
        if self.user_id is None:
            return evolve(self, code=code)
        event = CodeRequested(
            event_id=event_id,
            phone=self.phone.number,
            code=text,
            purpose="recovery",
            language=self.language,
            expires_at=code.expires_at,
        )
        return evolve(self, code=code, events=(*self.events, event))

    def answer(self, *, right: bool, now: datetime) -> "PasswordRecovery":
        """Return the recovery after an answer to its code.

        Raises:
            CodeUsed, CodeTriesSpent, CodeExpired: If the code may not be answered any more.
        """
        return evolve(self, code=self.code.answer(right=right, now=now))


@frozen(kw_only=True)
class User:
    """A person who has registered: a household's, never an operator."""

    user_id: UserId
    phone: Phone
    email: Email
    email_confirmed_at: datetime | None = None
    name: FullName
    password_digest: str = field(repr=False)
    consents: tuple[Consent, ...]
    language: Language
    registered_at: datetime = field(validator=validators.aware)

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def ask_email_confirmation(self, *, token: str, expires_at: datetime, event_id: UUID) -> "User":
        """Return the user to whom a letter with *token* is due.

        Raises:
            EmailAlreadyConfirmed: If there is nothing to confirm.
        """
        if self.email_confirmed_at is not None:
            raise errors.EmailAlreadyConfirmed
        event = EmailConfirmationRequested(
            event_id=event_id,
            email=self.email.address,
            given_name=self.name.given,
            token=token,
            language=self.language,
            expires_at=expires_at,
        )
        return evolve(self, events=(*self.events, event))

    def tell_email_taken(self, *, event_id: UUID) -> "User":
        """Return the user whose address is another's, who is told by a letter without a link."""
        event = EmailAlreadyTaken(
            event_id=event_id, email=self.email.address, language=self.language
        )
        return evolve(self, events=(*self.events, event))

    def confirm_email(self, *, now: datetime) -> "User":
        """Return the user who may sign in by e-mail too."""
        return evolve(self, email_confirmed_at=now)

    def change_password(self, *, digest: str, now: datetime, event_id: UUID) -> "User":
        """Return the user with another password, who is told of the change."""
        event = PasswordChanged(
            event_id=event_id,
            phone=self.phone.number,
            language=self.language,
            changed_at=now,
        )
        return evolve(self, password_digest=digest, events=(*self.events, event))

    def rehash_password(self, *, digest: str) -> "User":
        """Return the user with the same password under a newer digest."""
        return evolve(self, password_digest=digest)

    def choose_language(self, language: Language) -> "User":
        """Return the user to whom the cabinet speaks in *language*."""
        return evolve(self, language=language)

    # Queries

    @property
    def email_confirmed(self) -> bool:
        """Whether the e-mail can be used to sign in."""
        return self.email_confirmed_at is not None


@frozen(kw_only=True)
class EmailConfirmation:
    """The link in a letter that confirms *email*; only the digest of its token is kept."""

    token_digest: str = field(repr=False)
    user_id: UserId
    email: Email
    expires_at: datetime = field(validator=validators.aware)

    def check_usable(self, *, now: datetime) -> None:
        """Let pass only a link that still works.

        Raises:
            ConfirmationExpired: If it is too old.
        """
        if now >= self.expires_at:
            raise errors.ConfirmationExpired


@frozen(kw_only=True)
class Session:
    """A user's presence in the cabinet; only the digest of its token is kept.

    It ends by sign-out, after a time without use (*idle_until* moves with use), and at the latest
    at *expires_at* (ASVS 5.0, 7.3.1, 7.3.2).
    """

    session_id: SessionId
    user_id: UserId
    token_digest: str = field(repr=False)
    started_at: datetime = field(validator=validators.aware)
    last_used_at: datetime = field(validator=validators.aware)
    idle_until: datetime = field(validator=validators.aware)
    expires_at: datetime = field(validator=validators.aware)
    remembered: bool
    ended_at: datetime | None = None

    version: int = 0

    # Commands

    def use(self, *, now: datetime, idle_until: datetime) -> "Session":
        """Return the session after a use at *now*."""
        return evolve(self, last_used_at=now, idle_until=min(idle_until, self.expires_at))

    def end(self, *, now: datetime) -> "Session":
        """Return the ended session; an ended one stays as it is."""
        return self if self.ended_at is not None else evolve(self, ended_at=now)

    # Queries

    def is_live(self, *, now: datetime) -> bool:
        """Tell whether the session still lets its user in."""
        return self.ended_at is None and now < self.idle_until and now < self.expires_at


@frozen(kw_only=True)
class SignedIn:
    """What a person holds after signing in: the token of the session, known to nobody else."""

    token: str = field(repr=False)
    user_id: UserId
    expires_at: datetime
    remembered: bool

    @classmethod
    def by(cls, session: Session, *, token: str) -> Self:
        """Return what the user of *session* holds."""
        return cls(
            token=token,
            user_id=session.user_id,
            expires_at=session.expires_at,
            remembered=session.remembered,
        )
