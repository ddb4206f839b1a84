"""Another code for a registration."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import RegistrationId
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ResendRegistrationCode:
    """Send a new code to the phone of a registration; the old one is of no use any more.

    Raises:
        RegistrationNotFound: If there is no such registration.
        CodeUsed: If the registration was finished before.
        CodeTooSoon: If the last code was sent less than a minute ago.
        TooManyCodes: If the codes of the day for the phone are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, registration_id: RegistrationId) -> None:
        now = self.clock.now()
        digits = self.secrets.new_code()
        code = self.policy.codes.issue(
            digest=self.secrets.digest(digits, context=str(registration_id)), now=now
        )
        with self.unit_of_work() as uow:
            registration = uow.registrations.get(registration_id)
            if registration.code.used_at is not None:
                raise errors.CodeUsed
            sent = uow.tallies.get(f"sms:{registration.phone}")
            uow.tallies.save(self.policy.codes.count_sent(sent, now=now))
            uow.registrations.save(
                registration.send_code(code=code, text=digits, event_id=self.identifiers.new())
            )
            uow.commit()
