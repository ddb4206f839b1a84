"""What screens and commands read of identity."""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from elkk_core.identity.model import AuthenticatorSetup, FactorMethod
from elkk_core.shared.ids import SessionId, UserId


@frozen(kw_only=True)
class UserOverview:
    """A user as an operator sees them; phone and e-mail are whole.

    *live_sessions* still let the user in at the moment asked about; *last_used_at* is that of any
    session, None for a user who never signed in.
    """

    user_id: UserId
    surname: str
    given_name: str
    patronymic: str
    phone: str
    email: str
    email_confirmed_at: datetime | None
    language: str
    registered_at: datetime
    consent_version: str
    consent_given_at: datetime
    live_sessions: int
    last_used_at: datetime | None


@frozen(kw_only=True)
class SessionView:
    """A session as its user sees it; *is_own* is the one that asks."""

    session_id: SessionId
    user_agent: str
    started_at: datetime
    last_used_at: datetime
    remembered: bool
    is_own: bool


@frozen(kw_only=True)
class SecondFactorView:
    """The second factor as its user sees it.

    *method* is None where none was chosen, *on_since* until it was confirmed; *setup* is there
    while an app waits for its first code.
    """

    method: FactorMethod | None
    on_since: datetime | None
    recovery_codes_left: int
    setup: AuthenticatorSetup | None


class UserOverviews(Protocol):
    """Users for screens and commands, with the sessions that are live at *now*."""

    def get(self, user_id: UserId, *, now: datetime) -> UserOverview:
        """Return a user.

        Raises:
            UserNotFound: If there is none.
        """
        ...

    def find_by_phone(self, phone: str, *, now: datetime) -> UserOverview | None:
        """Return the user with this phone (E.164), None if there is none."""
        ...

    def find_by_email(self, email: str, *, now: datetime) -> tuple[UserOverview, ...]:
        """Return the users who gave this e-mail, confirmed or not, the eldest first."""
        ...
