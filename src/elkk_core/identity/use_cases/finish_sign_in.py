"""The second step of signing in."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import SignedIn, SignInId
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import Authenticators, IdentityUnitOfWork, Secrets, read_factor_answer
from elkk_core.shared.ids import SessionId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class FinishSignIn:
    """Let in the user whose password was right, once the code of the second factor is, too.

    The code is that of the app, of the SMS, or one of the recovery codes. Wrong ones are counted
    for the user, however many sign-ins were begun.

    Raises:
        SignInExpired: If the sign-in does not wait any more; it is begun anew then.
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

    def __call__(self, *, sign_in_id: SignInId, code: str, user_agent: str = "") -> SignedIn:
        now = self.clock.now()
        rules = self.policy.second_factor
        token = self.secrets.new_token()
        with self.unit_of_work() as uow:
            pending = uow.pending_sign_ins.get(sign_in_id)
            user_id = pending.user_id
            mark = self.secrets.digest(
                uow.users.get(user_id).password_digest, context="password-mark"
            )
            pending.check_open(password_mark=mark, now=now)
            factor = uow.second_factors.get(user_id)
            if not factor.is_on:
                raise errors.SignInExpired
            tally = uow.tallies.get(f"second-factor:{user_id}")
            rules.check_free(tally, now=now)
            answer = read_factor_answer(
                code,
                factor=factor,
                sent_for="second-factor-sign-in",
                authenticators=self.authenticators,
                secrets=self.secrets,
                now=now,
            )
            right = factor.accepts(answer, now=now)
            answered = factor.take(answer, now=now)
            tally = rules.count(tally, right=right, now=now)
            uow.tallies.save(tally)
            uow.second_factors.save(answered)
            if right:
                uow.pending_sign_ins.save(pending.finish(now=now))
                session = self.policy.sessions.start(
                    session_id=SessionId(self.identifiers.new()),
                    user_id=user_id,
                    token_digest=self.secrets.digest(token, context="session"),
                    remembered=pending.remembered,
                    now=now,
                    user_agent=user_agent,
                )
                uow.sessions.add(session)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise answered.refusal(tries_left=rules.tries_left(tally, now=now), now=now)
        return SignedIn.by(session, token=token)
