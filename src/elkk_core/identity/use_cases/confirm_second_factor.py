"""The last step to a second factor."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import plain_recovery_code
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import Authenticators, IdentityUnitOfWork, Secrets, read_factor_answer
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ConfirmSecondFactor:
    """Switch the chosen second factor on once its first code is right, and return recovery codes.

    They are shown this one time and kept as digests; each of them stands in for one code (ASVS 5.0,
    6.5.1). The user is told by SMS.

    Raises:
        SecondFactorNotChosen: If none waits to be confirmed.
        WrongCode: If the code is wrong; the try is counted.
        CodeExpired, CodeTriesSpent: If the code of the SMS may not be answered any more.
        SecondFactorThrottled: If there were too many wrong codes lately.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    authenticators: Authenticators
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId, code: str) -> tuple[str, ...]:
        now = self.clock.now()
        rules = self.policy.second_factor
        recovery_codes = tuple(
            self.secrets.new_recovery_code() for _ in range(rules.recovery_codes)
        )
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            factor = uow.second_factors.get(user_id)
            if factor.is_on or factor.method is None:
                raise errors.SecondFactorNotChosen
            tally = uow.tallies.get(f"second-factor:{user_id}")
            rules.check_free(tally, now=now)
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
            if right:
                answered = answered.switch_on(
                    user=user,
                    recovery_digests=tuple(
                        self.secrets.digest(
                            plain_recovery_code(one), context=f"recovery-code:{user_id}"
                        )
                        for one in recovery_codes
                    ),
                    now=now,
                    event_id=self.identifiers.new(),
                )
            tally = rules.count(tally, right=right, now=now)
            uow.tallies.save(tally)
            uow.second_factors.save(answered)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise answered.refusal(tries_left=rules.tries_left(tally, now=now), now=now)
        return recovery_codes
