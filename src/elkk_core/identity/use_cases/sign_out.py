"""Signing out."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class SignOut:
    """End the session of a token on the server; ending it again, or none at all, is no error."""

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock

    def __call__(self, *, token: str) -> None:
        with self.unit_of_work() as uow:
            try:
                session = uow.sessions.get(self.secrets.digest(token, context="session"))
            except errors.SessionEnded:
                return
            if session.ended_at is None:
                uow.sessions.save(session.end(now=self.clock.now()))
                uow.commit()
