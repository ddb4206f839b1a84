"""The first step to another e-mail."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import EmailConfirmation
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import ContactReader, IdentityUnitOfWork, PasswordHasher, Secrets
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ChangeEmail:
    """Send a letter to the new e-mail of a user, who keeps the old one until its link is opened.

    The present password is asked for, as for another phone. Where another user has confirmed the
    address, the answer is the same, while its owner is told by letter and no link is sent.

    Raises:
        FormRejected: If the e-mail cannot be read or is the present one; the fault is at ``email``.
        WrongPassword: If the password is wrong; the try is counted.
        SignInThrottled: If there were too many wrong passwords lately.
        TooManyLetters: If the letters of the day are used up.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    contacts: ContactReader
    hasher: PasswordHasher
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId, email: str, present: str) -> None:
        faults = Faults()
        with faults.at("email"):
            if not email.strip():
                raise FieldRequired
            read_email = self.contacts.read_email(email)
        faults.refuse_form()

        now = self.clock.now()
        link = self.secrets.new_token()
        letters = self.policy.emails.per_user
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            with faults.at("email"):
                wanting = user.choose_email(read_email)
            faults.refuse_form()
            tally = uow.tallies.get(f"sign-in:{user.phone}")
            self.policy.sign_in.check_free(tally, now=now)
            right = self.hasher.matches(present, user.password_digest)
            uow.tallies.save(self.policy.sign_in.count(tally, right=right, now=now))
            if right:
                sent = uow.tallies.get(f"letters:{user_id}")
                free_at = sent.free_at(limit=letters, now=now)
                if free_at is not None:
                    raise errors.TooManyLetters(free_at)
                uow.tallies.save(sent.add(now=now, keep=letters.within))
                event_id = self.identifiers.new()
                if uow.users.find_by_confirmed_email(read_email) is None:
                    confirmation = EmailConfirmation(
                        token_digest=self.secrets.digest(link, context="email"),
                        user_id=user_id,
                        email=read_email,
                        expires_at=now + self.policy.emails.lifetime,
                    )
                    uow.email_confirmations.add(confirmation)
                    wanting = wanting.ask_email_confirmation(
                        token=link, expires_at=confirmation.expires_at, event_id=event_id
                    )
                else:
                    wanting = wanting.tell_email_taken(event_id=event_id)
                uow.users.save(wanting)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongPassword
