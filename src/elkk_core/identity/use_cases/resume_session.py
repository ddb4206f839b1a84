"""Knowing a user again by the token of a session."""

from collections.abc import Callable
from contextlib import suppress

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import User
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.errors import StaleState, Unavailable
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ResumeSession:
    """Return the user of a live session and move its idle limit.

    The session is looked up in a unit that is only read, so that no page waits for a long import.
    The limit is moved at most once a minute, and left where it is when that cannot be done now.

    Raises:
        SessionEnded: If there is no such session, or it has ended in any way.
    """

    reading: Callable[[], IdentityUnitOfWork]
    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    policy: IdentityPolicy

    def __call__(self, *, token: str) -> User:
        now = self.clock.now()
        sessions = self.policy.sessions
        with self.reading() as uow:
            session = uow.sessions.get(self.secrets.digest(token, context="session"))
            if not session.is_live(now=now):
                raise errors.SessionEnded
            user = uow.users.get(session.user_id)
        if now >= session.last_used_at + sessions.touch_every:
            idle_until = sessions.idle_until(now=now, remembered=session.remembered)
            # Another request of the same page may move the limit in this very moment, and an import
            # may hold the database; the next request moves it then.
            with suppress(StaleState, Unavailable), self.unit_of_work() as uow:
                uow.sessions.save(session.use(now=now, idle_until=idle_until))
                uow.commit()
        return user
