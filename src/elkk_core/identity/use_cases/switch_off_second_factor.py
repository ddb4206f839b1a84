"""Doing without the second factor again."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import (
    Authenticators,
    IdentityUnitOfWork,
    PasswordHasher,
    Secrets,
    read_factor_answer,
)
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class SwitchOffSecondFactor:
    """Switch the second factor off for a user who knows the password and gives a code.

    A recovery code will do. The code is looked at only where the password is right. The user is
    told by SMS.

    Raises:
        SecondFactorNotChosen: If none is on.
        WrongPassword: If the password is wrong; the try is counted.
        SignInThrottled: If there were too many wrong passwords lately.
        WrongCode: If the code is wrong; the try is counted.
        CodeExpired, CodeTriesSpent: If the code of the SMS may not be answered any more.
        SecondFactorThrottled: If there were too many wrong codes lately.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    authenticators: Authenticators
    hasher: PasswordHasher
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId, present: str, code: str) -> None:
        now = self.clock.now()
        rules = self.policy.second_factor
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            factor = uow.second_factors.get(user_id)
            if not factor.is_on:
                raise errors.SecondFactorNotChosen
            passwords = uow.tallies.get(f"sign-in:{user.phone}")
            self.policy.sign_in.check_free(passwords, now=now)
            codes = uow.tallies.get(f"second-factor:{user_id}")
            rules.check_free(codes, now=now)
            known = self.hasher.matches(present, user.password_digest)
            uow.tallies.save(self.policy.sign_in.count(passwords, right=known, now=now))
            answer = read_factor_answer(
                code,
                factor=factor,
                sent_for="second-factor",
                authenticators=self.authenticators,
                secrets=self.secrets,
                now=now,
            )
            right = factor.accepts(answer, now=now)
            answered = factor.take(answer, now=now)
            if known:
                codes = rules.count(codes, right=right, now=now)
                uow.tallies.save(codes)
                uow.second_factors.save(
                    answered.switch_off(user=user, event_id=self.identifiers.new())
                    if right
                    else answered
                )
            uow.commit()

        # Raised only now: inside the unit of work it would undo the counts.
        if not known:
            raise errors.WrongPassword
        if not right:
            raise answered.refusal(tries_left=rules.tries_left(codes, now=now), now=now)
