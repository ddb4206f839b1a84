"""Confirming an e-mail by the link in a letter."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ConfirmEmail:
    """Let a user sign in by the e-mail whose letter held *token*; a second time is no error.

    A new e-mail takes the place of the old one, which is told if it was confirmed.

    Raises:
        ConfirmationNotFound: If there is no such link, or the user's e-mail has changed since.
        ConfirmationExpired: If the link is older than 60 hours (or what the policy says).
        EmailTaken: If another user confirmed the same address meanwhile.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers

    def __call__(self, *, token: str) -> None:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            confirmation = uow.email_confirmations.get(self.secrets.digest(token, context="email"))
            user = uow.users.get(confirmation.user_id)
            is_new = user.new_email == confirmation.email
            if not is_new and user.email != confirmation.email:
                raise errors.ConfirmationNotFound
            if not is_new and user.email_confirmed:
                return
            confirmation.check_usable(now=now)
            uow.users.save(
                user.take_new_email(now=now, event_id=self.identifiers.new())
                if is_new
                else user.confirm_email(now=now)
            )
            uow.commit()
