"""Ending a session from another device."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.ids import SessionId, UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class EndSession:
    """End one session of a user (ASVS 5.0, 7.5.2).

    Raises:
        SessionNotFound: If the user has no such session, or it has ended.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    clock: Clock

    def __call__(self, *, user_id: UserId, session_id: SessionId) -> None:
        with self.unit_of_work() as uow:
            for session in uow.sessions.list_not_ended(user_id):
                if session.session_id == session_id:
                    uow.sessions.save(session.end(now=self.clock.now()))
                    uow.commit()
                    return
        raise errors.SessionNotFound
