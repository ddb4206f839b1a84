"""The last step of changing a forgotten password."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import RecoveryId
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import (
    CommonPasswords,
    IdentityUnitOfWork,
    PasswordHasher,
    Secrets,
)
from elkk_core.shared.faults import Faults
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class FinishPasswordRecovery:
    """Replace the password of the user who answers the code of a recovery.

    A wrong code is counted before it is refused. All sessions of the user end, and the user signs
    in anew.

    Raises:
        FormRejected: If the new password is not accepted or its repeat differs; faults are at
            ``password`` and ``repeat``. The code is not looked at then.
        RecoveryNotFound: If there is no such recovery.
        WrongCode: If the code is wrong.
        CodeExpired, CodeTriesSpent, CodeUsed: If the code may not be answered any more.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    hasher: PasswordHasher
    common_passwords: CommonPasswords
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, recovery_id: RecoveryId, code: str, password: str, repeat: str) -> None:
        faults = Faults()
        self.policy.passwords.check_form(
            faults, password=password, repeat=repeat, is_common=self.common_passwords.contains
        )
        faults.refuse_form()

        now = self.clock.now()
        digest = self.hasher.hash(password)
        with self.unit_of_work() as uow:
            recovery = uow.recoveries.get(recovery_id)
            right = recovery.user_id is not None and self.secrets.matches(
                code.strip(), recovery.code.digest, context=str(recovery_id)
            )
            answered = recovery.answer(right=right, now=now)
            uow.recoveries.save(answered)
            if right and recovery.user_id is not None:
                user = uow.users.get(recovery.user_id)
                uow.users.save(
                    user.change_password(digest=digest, now=now, event_id=self.identifiers.new())
                )
                for session in uow.sessions.list_not_ended(user.user_id):
                    uow.sessions.save(session.end(now=now))
                uow.tallies.save(uow.tallies.get(f"sign-in:{user.phone}").clear())
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongCode(answered.code.tries_left)
