"""Confirming an e-mail by the link in a letter."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ConfirmEmail:
    """Let a user sign in by the e-mail whose letter held *token*; a second time is no error.

    Raises:
        ConfirmationNotFound: If there is no such link, or the user's e-mail has changed since.
        ConfirmationExpired: If the link is older than 60 hours (or what the policy says).
        EmailTaken: If another user confirmed the same address meanwhile.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock

    def __call__(self, *, token: str) -> None:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            confirmation = uow.email_confirmations.get(self.secrets.digest(token, context="email"))
            user = uow.users.get(confirmation.user_id)
            if user.email != confirmation.email:
                raise errors.ConfirmationNotFound
            if user.email_confirmed:
                return
            confirmation.check_usable(now=now)
            uow.users.save(user.confirm_email(now=now))
            uow.commit()
