"""What waits for a code: a registration, or a new password for a forgotten one."""

from datetime import datetime
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.identity.events import (
    CodeRequested,
    KnownPhoneRegistered,
    MessageWithheld,
)
from elkk_core.identity.model.codes import OneTimeCode
from elkk_core.identity.model.people import Consent, Email, FullName, Language, Phone
from elkk_core.shared import validators
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId

RegistrationId = NewType("RegistrationId", UUID)
RecoveryId = NewType("RecoveryId", UUID)


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
        event: DomainEvent
        if self.user_id is None:
            event = MessageWithheld(event_id=event_id, purpose="recovery", language=self.language)
        else:
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
class RecoveryStarted:
    """What somebody who forgot the password sees next, known to us or not.

    By *contact* went a code, to be answered under *recovery_id*, or a letter with a link, where
    there is no such identifier.
    """

    contact: Phone | Email
    recovery_id: RecoveryId | None
