"""Another code for a new phone."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ResendPhoneChangeCode:
    """Send a new code to the new phone of a user; the old one is of no use any more.

    Raises:
        PhoneChangeNotFound: If no new phone waits.
        CodeTooSoon: If the last code was sent less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId) -> None:
        now = self.clock.now()
        digits = self.secrets.new_code()
        code = self.policy.codes.issue(
            digest=self.secrets.digest(digits, context=f"phone:{user_id}"), now=now
        )
        with self.unit_of_work() as uow:
            change = uow.phone_changes.find(user_id)
            if change is None or not change.is_waiting(now=now):
                raise errors.PhoneChangeNotFound
            sent = uow.tallies.get(f"sms:{change.phone}")
            uow.tallies.save(self.policy.codes.count_sent(sent, now=now))
            uow.phone_changes.save(
                change.send_code(code=code, text=digits, event_id=self.identifiers.new())
            )
            uow.commit()
