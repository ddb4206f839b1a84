"""A code by SMS to switch the second factor on or off."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class SendSecondFactorCode:
    """Send a signed-in user a code that confirms the second factor, or switches it off.

    Raises:
        SecondFactorNotChosen: If the codes of the user do not come by SMS.
        CodeTooSoon: If the last code was sent less than a minute ago.
        TooManyCodes: If the codes of the day are used up.
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
            digest=self.secrets.digest(digits, context=f"second-factor:{user_id}"), now=now
        )
        with self.unit_of_work() as uow:
            factor = uow.second_factors.get(user_id).send_code(
                user=uow.users.get(user_id),
                code=code,
                text=digits,
                purpose="second_factor",
                event_id=self.identifiers.new(),
            )
            sent = uow.tallies.get(f"sms-second-factor:{user_id}")
            uow.tallies.save(
                self.policy.codes.count_sent(sent, now=now, limit=self.policy.second_factor.sms)
            )
            uow.second_factors.save(factor)
            uow.commit()
