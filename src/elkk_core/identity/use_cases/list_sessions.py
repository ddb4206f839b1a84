"""Where a user is signed in."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.identity.queries import SessionView
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ListSessions:
    """Return the live sessions of a user: the one of *token* first, then those used lately."""

    reading: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock

    def __call__(self, *, user_id: UserId, token: str) -> tuple[SessionView, ...]:
        now = self.clock.now()
        own = self.secrets.digest(token, context="session")
        with self.reading() as uow:
            sessions = uow.sessions.list_not_ended(user_id)
        views = (
            SessionView(
                session_id=session.session_id,
                user_agent=session.user_agent,
                started_at=session.started_at,
                last_used_at=session.last_used_at,
                remembered=session.remembered,
                is_own=session.token_digest == own,
            )
            for session in sessions
            if session.is_live(now=now)
        )
        latest_first = sorted(views, key=lambda view: view.last_used_at, reverse=True)
        return tuple(sorted(latest_first, key=lambda view: not view.is_own))
