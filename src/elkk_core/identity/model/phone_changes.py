"""A new phone on its way to take the place of the old one."""

from datetime import datetime, timedelta
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.identity.events import CodeRequested, KnownPhoneClaimed
from elkk_core.identity.model.codes import OneTimeCode
from elkk_core.identity.model.people import Language, Phone
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId

_PATIENCE = timedelta(days=1)


@frozen(kw_only=True)
class PhoneChange:
    """The new *phone* of a user, which waits for the code sent to it; a user has one at a time.

    With the phone of another user (*phone_known*) it runs alike to anyone who looks on, but no code
    leads to its end, and the owner of the phone is told instead. A day after the last code it is
    given up.
    """

    user_id: UserId
    phone: Phone
    phone_known: bool
    language: Language
    code: OneTimeCode

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def send_code(self, *, code: OneTimeCode, text: str, event_id: UUID) -> "PhoneChange":
        """Return the change that waits for *code*, whose digits are *text*."""
        event: DomainEvent
        if self.phone_known:
            event = KnownPhoneClaimed(
                event_id=event_id, phone=self.phone.number, language=self.language
            )
        else:
            event = CodeRequested(
                event_id=event_id,
                phone=self.phone.number,
                code=text,
                purpose="phone",
                language=self.language,
                expires_at=code.expires_at,
            )
        return evolve(self, code=code, events=(*self.events, event))

    def answer(self, *, right: bool, now: datetime) -> "PhoneChange":
        """Return the change after an answer to its code.

        Raises:
            CodeUsed, CodeTriesSpent, CodeExpired: If the code may not be answered any more.
        """
        return evolve(self, code=self.code.answer(right=right, now=now))

    # Queries

    def is_waiting(self, *, now: datetime) -> bool:
        """Tell whether the phone may still become the user's, by this code or by another one."""
        return self.code.used_at is None and now < self.code.sent_at + _PATIENCE
