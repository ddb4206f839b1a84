"""A new phone that waits for its code."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.model import Phone
from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ShowPhoneChange:
    """Return the phone that waits to take the place of a user's, None if none does."""

    reading: Callable[[], IdentityUnitOfWork]
    clock: Clock

    def __call__(self, *, user_id: UserId) -> Phone | None:
        with self.reading() as uow:
            change = uow.phone_changes.find(user_id)
        if change is None or not change.is_waiting(now=self.clock.now()):
            return None
        return change.phone
