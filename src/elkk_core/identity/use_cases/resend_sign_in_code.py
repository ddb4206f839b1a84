"""Another code for the second step of signing in."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import SignInId
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ResendSignInCode:
    """Send a new code to the user of a sign-in that waits; the old one is of no use any more.

    Raises:
        SignInExpired: If the sign-in does not wait any more.
        SecondFactorNotChosen: If the codes of the user do not come by SMS.
        CodeTooSoon: If the last code was sent less than a minute ago.
        TooManyCodes: If the codes of the day are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, sign_in_id: SignInId) -> None:
        now = self.clock.now()
        digits = self.secrets.new_code()
        with self.unit_of_work() as uow:
            pending = uow.pending_sign_ins.get(sign_in_id)
            user = uow.users.get(pending.user_id)
            mark = self.secrets.digest(user.password_digest, context="password-mark")
            pending.check_open(password_mark=mark, now=now)
            factor = uow.second_factors.get(user.user_id)
            if not factor.is_on:
                raise errors.SignInExpired
            sending = factor.send_code(
                user=user,
                code=self.policy.codes.issue(
                    digest=self.secrets.digest(
                        digits, context=f"second-factor-sign-in:{user.user_id}"
                    ),
                    now=now,
                ),
                text=digits,
                purpose="sign_in",
                event_id=self.identifiers.new(),
            )
            sent = uow.tallies.get(f"sms-second-factor:{user.user_id}")
            uow.tallies.save(
                self.policy.codes.count_sent(sent, now=now, limit=self.policy.second_factor.sms)
            )
            uow.second_factors.save(sending)
            uow.commit()
