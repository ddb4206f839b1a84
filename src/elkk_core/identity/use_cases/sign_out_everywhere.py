"""Signing out on every device."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class SignOutEverywhere:
    """End all sessions of a user, the one that asks included (ASVS 5.0, 7.4.5)."""

    unit_of_work: Callable[[], IdentityUnitOfWork]
    clock: Clock

    def __call__(self, *, user_id: UserId) -> None:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            for session in uow.sessions.list_not_ended(user_id):
                uow.sessions.save(session.end(now=now))
            uow.commit()
