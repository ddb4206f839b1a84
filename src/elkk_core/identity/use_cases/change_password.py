"""Changing a known password."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import (
    CommonPasswords,
    IdentityUnitOfWork,
    PasswordHasher,
    Secrets,
)
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ChangePassword:
    """Replace the password of a signed-in user who knows the present one.

    All other sessions of the user end (ASVS 5.0, 7.4.3), and the user is told by SMS. Wrong present
    passwords are counted together with those of signing in.

    Raises:
        FormRejected: If the new password is not accepted or its repeat differs; faults are at
            ``password`` and ``repeat``.
        WrongPassword: If the present password is wrong; the try is counted.
        SignInThrottled: If there were too many wrong passwords lately.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    hasher: PasswordHasher
    common_passwords: CommonPasswords
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(
        self, *, user_id: UserId, token: str, present: str, password: str, repeat: str
    ) -> None:
        faults = Faults()
        self.policy.passwords.check_form(
            faults, password=password, repeat=repeat, is_common=self.common_passwords.contains
        )
        faults.refuse_form()

        now = self.clock.now()
        digest = self.hasher.hash(password)
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            tally = uow.tallies.get(f"sign-in:{user.phone}")
            self.policy.sign_in.check_free(tally, now=now)
            right = self.hasher.matches(present, user.password_digest)
            uow.tallies.save(self.policy.sign_in.count(tally, right=right, now=now))
            if right:
                own = self.secrets.digest(token, context="session")
                for session in uow.sessions.list_not_ended(user_id):
                    if session.token_digest != own:
                        uow.sessions.save(session.end(now=now))
                uow.users.save(
                    user.change_password(digest=digest, now=now, event_id=self.identifiers.new())
                )
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongPassword
