"""The last step of changing a forgotten password, by the link in a letter."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import CommonPasswords, IdentityUnitOfWork, PasswordHasher, Secrets
from elkk_core.shared.faults import Faults
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class FinishRecoveryByLink:
    """Replace the password of the user whose letter held *token*.

    All sessions of the user end, the user is told by SMS and signs in anew.

    Raises:
        FormRejected: If the new password is not accepted or its repeat differs; faults are at
            ``password`` and ``repeat``. The link is not used up then.
        RecoveryLinkNotFound: If there is no such link, or the user's e-mail has changed since.
        RecoveryLinkUsed: If it has done its work.
        RecoveryLinkExpired: If it is too old.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    hasher: PasswordHasher
    common_passwords: CommonPasswords
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, token: str, password: str, repeat: str) -> None:
        faults = Faults()
        self.policy.passwords.check_form(
            faults, password=password, repeat=repeat, is_common=self.common_passwords.contains
        )
        faults.refuse_form()

        now = self.clock.now()
        digest = self.hasher.hash(password)
        with self.unit_of_work() as uow:
            link = uow.recovery_links.get(self.secrets.digest(token, context="recovery"))
            uow.recovery_links.save(link.use(now=now))
            # A link that was sent to nobody is held by nobody.
            user = None if link.user_id is None else uow.users.get(link.user_id)
            if user is None or not user.email_confirmed or user.email != link.email:
                raise errors.RecoveryLinkNotFound
            uow.users.save(
                user.change_password(digest=digest, now=now, event_id=self.identifiers.new())
            )
            for session in uow.sessions.list_not_ended(user.user_id):
                uow.sessions.save(session.end(now=now))
            for login in (user.phone, user.email):
                uow.tallies.save(uow.tallies.get(f"sign-in:{login}").clear())
            uow.commit()
