"""The last step to another phone."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.texts import without_blanks


@frozen(kw_only=True)
class ConfirmPhoneChange:
    """Let the new phone of a user take the place of the old one, which is told.

    A wrong code is counted before it is refused.

    Raises:
        PhoneChangeNotFound: If no new phone waits.
        WrongCode: If the code is wrong.
        CodeExpired, CodeTriesSpent: If the code may not be answered any more.
        PhoneTaken: If another user has got the phone meanwhile.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers

    def __call__(self, *, user_id: UserId, code: str) -> None:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            change = uow.phone_changes.find(user_id)
            if change is None or not change.is_waiting(now=now):
                raise errors.PhoneChangeNotFound
            right = not change.phone_known and self.secrets.matches(
                without_blanks(code), change.code.digest, context=f"phone:{user_id}"
            )
            answered = change.answer(right=right, now=now)
            uow.phone_changes.save(answered)
            if right:
                user = uow.users.get(user_id)
                uow.users.save(
                    user.change_phone(change.phone, now=now, event_id=self.identifiers.new())
                )
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongCode(answered.code.tries_left)
