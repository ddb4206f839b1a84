"""The first step to a second factor."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import FactorMethod
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import Authenticators, IdentityUnitOfWork, PasswordHasher, Secrets
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ChooseSecondFactor:
    """Prepare a second factor for a user: a secret for an app, or a code by SMS.

    It is not asked for before it was confirmed. The present password is asked for (ASVS 5.0,
    7.5.1); wrong ones are counted together with those of signing in.

    Raises:
        SecondFactorIsOn: If there is one already.
        WrongPassword: If the password is wrong; the try is counted.
        SignInThrottled: If there were too many wrong passwords lately.
        CodeTooSoon, TooManyCodes: If no SMS may be sent now.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    authenticators: Authenticators
    hasher: PasswordHasher
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId, method: FactorMethod, present: str) -> None:
        now = self.clock.now()
        sealed = self.authenticators.new_secret() if method is FactorMethod.APP else None
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            factor = uow.second_factors.get(user_id).choose(method, sealed_secret=sealed)
            tally = uow.tallies.get(f"sign-in:{user.phone}")
            self.policy.sign_in.check_free(tally, now=now)
            right = self.hasher.matches(present, user.password_digest)
            uow.tallies.save(self.policy.sign_in.count(tally, right=right, now=now))
            if right:
                if method is FactorMethod.SMS:
                    digits = self.secrets.new_code()
                    sent = uow.tallies.get(f"sms-second-factor:{user_id}")
                    uow.tallies.save(
                        self.policy.codes.count_sent(
                            sent, now=now, limit=self.policy.second_factor.sms
                        )
                    )
                    factor = factor.send_code(
                        user=user,
                        code=self.policy.codes.issue(
                            digest=self.secrets.digest(digits, context=f"second-factor:{user_id}"),
                            now=now,
                        ),
                        text=digits,
                        purpose="second_factor",
                        event_id=self.identifiers.new(),
                    )
                uow.second_factors.save(factor)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongPassword
