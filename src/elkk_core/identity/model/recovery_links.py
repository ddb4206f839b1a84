"""What waits for a link in a letter: a new password for a forgotten one."""

from datetime import datetime
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.identity import errors
from elkk_core.identity.events import MessageWithheld, RecoveryLinkRequested
from elkk_core.identity.model.people import Email, Language
from elkk_core.shared import validators
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId


@frozen(kw_only=True)
class RecoveryLink:
    """The link in a letter to *email* that lets its owner choose another password, once.

    Only the digest of its token is kept. *user_id* is None where nobody has confirmed that address:
    then nothing is sent, but whoever asked sees the same.
    """

    token_digest: str = field(repr=False)
    email: Email
    user_id: UserId | None
    language: Language
    expires_at: datetime = field(validator=validators.aware)
    used_at: datetime | None = None

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def send(self, *, token: str, event_id: UUID) -> "RecoveryLink":
        """Return the link whose letter, with *token* in it, is due."""
        event: DomainEvent
        if self.user_id is None:
            event = MessageWithheld(event_id=event_id, purpose="recovery", language=self.language)
        else:
            event = RecoveryLinkRequested(
                event_id=event_id,
                email=self.email.address,
                token=token,
                language=self.language,
                expires_at=self.expires_at,
            )
        return evolve(self, events=(*self.events, event))

    def use(self, *, now: datetime) -> "RecoveryLink":
        """Return the link after it has done its work.

        Raises:
            RecoveryLinkUsed, RecoveryLinkExpired: If it may not be used any more.
        """
        self.check_usable(now=now)
        return evolve(self, used_at=now)

    # Queries

    def check_usable(self, *, now: datetime) -> None:
        """Let pass only a link that still works.

        Raises:
            RecoveryLinkUsed: If it has done its work.
            RecoveryLinkExpired: If it is too old.
        """
        if self.used_at is not None:
            raise errors.RecoveryLinkUsed
        if now >= self.expires_at:
            raise errors.RecoveryLinkExpired
