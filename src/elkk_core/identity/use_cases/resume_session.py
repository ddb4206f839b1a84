"""Knowing a user again by the token of a session."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import User
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.errors import StaleState
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ResumeSession:
    """Return the user of a live session and move its idle limit.

    The limit is moved at most once a minute, so that a page of many requests writes once.

    Raises:
        SessionEnded: If there is no such session, or it has ended in any way.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    policy: IdentityPolicy

    def __call__(self, *, token: str) -> User:
        now = self.clock.now()
        sessions = self.policy.sessions
        with self.unit_of_work() as uow:
            session = uow.sessions.get(self.secrets.digest(token, context="session"))
            if not session.is_live(now=now):
                raise errors.SessionEnded
            user = uow.users.get(session.user_id)
            if now >= session.last_used_at + sessions.touch_every:
                idle_until = sessions.idle_until(now=now, remembered=session.remembered)
                try:
                    uow.sessions.save(session.use(now=now, idle_until=idle_until))
                    uow.commit()
                except StaleState:
                    # Another request of the same page moved the limit, or ended the session, in
                    # this very moment; the next request will see which.
                    pass
        return user
