"""Presence in the cabinet."""

from datetime import datetime
from typing import Self

from attrs import evolve, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.ids import SessionId, UserId

_LONGEST_USER_AGENT = 200


def _shown(user_agent: str) -> str:
    return "".join(sign for sign in user_agent if sign.isprintable())[:_LONGEST_USER_AGENT]


@frozen(kw_only=True)
class Session:
    """A user's presence in the cabinet; only the digest of its token is kept.

    It ends by sign-out, after a time without use (*idle_until* moves with use), and at the latest
    at *expires_at* (ASVS 5.0, 7.3.1, 7.3.2). *user_agent* is what the browser calls itself, at
    most 200 characters of it, by which people know their devices; addresses are not kept.
    """

    session_id: SessionId
    user_id: UserId
    token_digest: str = field(repr=False)
    started_at: datetime = field(validator=validators.aware)
    last_used_at: datetime = field(validator=validators.aware)
    idle_until: datetime = field(validator=validators.aware)
    expires_at: datetime = field(validator=validators.aware)
    remembered: bool
    user_agent: str = field(default="", converter=_shown)
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
