"""What screens and commands read of identity."""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from elkk_core.shared.ids import UserId


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
