"""The last step of a registration."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import EmailConfirmation, RegistrationId, SignedIn, User
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ids import SessionId, UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class ConfirmRegistration:
    """Create the user who answers the code of a registration, and sign them in.

    A wrong code is counted before it is refused. The letter that confirms the e-mail goes out with
    the same change; where another user has confirmed that address, its owner is told by letter and
    no link is sent.

    Raises:
        RegistrationNotFound: If there is no such registration.
        WrongCode: If the code is wrong.
        CodeExpired: If the code is older than its lifetime.
        CodeTriesSpent: If the code was answered wrong too often.
        CodeUsed: If the code was answered right before.
        PhoneTaken: If another registration with the same phone was finished meanwhile.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(
        self, *, registration_id: RegistrationId, code: str, user_agent: str = ""
    ) -> SignedIn:
        now = self.clock.now()
        token = self.secrets.new_token()
        with self.unit_of_work() as uow:
            registration = uow.registrations.get(registration_id)
            right = not registration.phone_known and self.secrets.matches(
                code.strip(), registration.code.digest, context=str(registration_id)
            )
            answered = registration.answer(right=right, now=now)
            uow.registrations.save(answered)
            if right:
                user = User(
                    user_id=UserId(self.identifiers.new()),
                    phone=registration.phone,
                    email=registration.email,
                    name=registration.name,
                    password_digest=registration.password_digest,
                    consents=(registration.consent,),
                    language=registration.language,
                    registered_at=now,
                )
                if uow.users.find_by_confirmed_email(user.email) is None:
                    link = self.secrets.new_token()
                    confirmation = EmailConfirmation(
                        token_digest=self.secrets.digest(link, context="email"),
                        user_id=user.user_id,
                        email=user.email,
                        expires_at=now + self.policy.emails.lifetime,
                    )
                    user = user.ask_email_confirmation(
                        token=link,
                        expires_at=confirmation.expires_at,
                        event_id=self.identifiers.new(),
                    )
                    uow.users.add(user)
                    uow.email_confirmations.add(confirmation)
                else:
                    uow.users.add(user.tell_email_taken(event_id=self.identifiers.new()))
                session = self.policy.sessions.start(
                    session_id=SessionId(self.identifiers.new()),
                    user_id=user.user_id,
                    token_digest=self.secrets.digest(token, context="session"),
                    remembered=False,
                    now=now,
                    user_agent=user_agent,
                )
                uow.sessions.add(session)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongCode(answered.code.tries_left)
        return SignedIn.by(session, token=token)
