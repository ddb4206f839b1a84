"""Another letter that confirms an e-mail."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import EmailConfirmation
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class RequestEmailConfirmation:
    """Send a signed-in user a new letter with a link that confirms the e-mail, or the new one.

    Raises:
        EmailAlreadyConfirmed: If there is nothing to confirm.
        TooManyLetters: If the letters of the day are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId) -> None:
        now = self.clock.now()
        limit = self.policy.emails.per_user
        link = self.secrets.new_token()
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            waiting = user.unconfirmed_email
            if waiting is None:
                raise errors.EmailAlreadyConfirmed
            tally = uow.tallies.get(f"letters:{user_id}")
            free_at = tally.free_at(limit=limit, now=now)
            if free_at is not None:
                raise errors.TooManyLetters(free_at)
            uow.tallies.save(tally.add(now=now, keep=limit.within))
            confirmation = EmailConfirmation(
                token_digest=self.secrets.digest(link, context="email"),
                user_id=user_id,
                email=waiting,
                expires_at=now + self.policy.emails.lifetime,
            )
            uow.email_confirmations.add(confirmation)
            uow.users.save(
                user.ask_email_confirmation(
                    token=link,
                    expires_at=confirmation.expires_at,
                    event_id=self.identifiers.new(),
                )
            )
            uow.commit()
