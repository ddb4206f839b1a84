"""The use cases of identity, joined to a store in memory and simple services."""

from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

import attrs

from elkk_core import identity
from elkk_core.identity import Language, RecoveryStarted, RegistrationId, SignedIn, User
from elkk_core.identity.events import (
    CodeRequested,
    EmailConfirmationRequested,
    RecoveryLinkRequested,
)
from elkk_core.shared import UserId
from elkk_core.testing.doubles import (
    FewCommonPasswords,
    FixedClock,
    PlainAuthenticators,
    PlainCaptcha,
    PlainHasher,
    PredictableSecrets,
    SequentialIdentifiers,
    SimpleContacts,
)
from elkk_core.testing.memory import MemoryStore

UseCase = TypeVar("UseCase")

PASSWORD = "синий чайник поёт"
PHONE = "8 916 123-45-67"
EMAIL = "petrova@tambov-post.ru"


def form(**changes: Any) -> dict[str, Any]:
    """Return what a new user types, with *changes*."""
    return {
        "surname": "Петрова",
        "given": "Анна",
        "patronymic": "Сергеевна",
        "phone": PHONE,
        "email": EMAIL,
        "password": PASSWORD,
        "repeat": PASSWORD,
        "agreement_version": "2026-11-01",
        "consented": True,
        "language": Language.RUSSIAN,
    } | changes


class Desk:
    """Where a test sits: everything at hand, nothing hidden."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock()
        self.identifiers = SequentialIdentifiers()
        self.secrets = PredictableSecrets()
        self.captcha = PlainCaptcha(self.clock)
        self.hasher = PlainHasher()
        self.contacts = SimpleContacts()
        self.common_passwords = FewCommonPasswords()
        self.authenticators = PlainAuthenticators()
        self.policy = identity.IdentityPolicy()

    # Use cases

    @cached_property
    def start_registration(self) -> identity.StartRegistration:
        """The first step of a registration."""
        return identity.StartRegistration(
            unit_of_work=self.store.unit_of_work,
            captcha=self.captcha,
            contacts=self.contacts,
            hasher=self.hasher,
            common_passwords=self.common_passwords,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def resend_registration_code(self) -> identity.ResendRegistrationCode:
        """Another code for a registration."""
        return identity.ResendRegistrationCode(
            unit_of_work=self.store.unit_of_work,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def confirm_registration(self) -> identity.ConfirmRegistration:
        """The last step of a registration."""
        return identity.ConfirmRegistration(
            unit_of_work=self.store.unit_of_work,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def confirm_email(self) -> identity.ConfirmEmail:
        """The link in the letter."""
        return identity.ConfirmEmail(
            unit_of_work=self.store.unit_of_work,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
        )

    @cached_property
    def request_email_confirmation(self) -> identity.RequestEmailConfirmation:
        """Another letter."""
        return identity.RequestEmailConfirmation(
            unit_of_work=self.store.unit_of_work,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def sign_in(self) -> identity.SignIn:
        """Signing in."""
        return identity.SignIn(
            unit_of_work=self.store.unit_of_work,
            contacts=self.contacts,
            hasher=self.hasher,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def sign_out(self) -> identity.SignOut:
        """Signing out."""
        return identity.SignOut(
            unit_of_work=self.store.unit_of_work, secrets=self.secrets, clock=self.clock
        )

    @cached_property
    def resume_session(self) -> identity.ResumeSession:
        """Knowing a user again."""
        return identity.ResumeSession(
            reading=self.store.unit_of_work,
            unit_of_work=self.store.unit_of_work,
            secrets=self.secrets,
            clock=self.clock,
            policy=self.policy,
        )

    @cached_property
    def change_password(self) -> identity.ChangePassword:
        """Changing a known password."""
        return identity.ChangePassword(
            unit_of_work=self.store.unit_of_work,
            hasher=self.hasher,
            common_passwords=self.common_passwords,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def start_password_recovery(self) -> identity.StartPasswordRecovery:
        """The first step of changing a forgotten password."""
        return identity.StartPasswordRecovery(
            unit_of_work=self.store.unit_of_work,
            captcha=self.captcha,
            contacts=self.contacts,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def resend_recovery_code(self) -> identity.ResendRecoveryCode:
        """Another code for a recovery."""
        return identity.ResendRecoveryCode(
            unit_of_work=self.store.unit_of_work,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def finish_password_recovery(self) -> identity.FinishPasswordRecovery:
        """The last step of changing a forgotten password."""
        return identity.FinishPasswordRecovery(
            unit_of_work=self.store.unit_of_work,
            hasher=self.hasher,
            common_passwords=self.common_passwords,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def open_recovery_link(self) -> identity.OpenRecoveryLink:
        """Looking at the link in a letter."""
        return identity.OpenRecoveryLink(
            reading=self.store.unit_of_work, secrets=self.secrets, clock=self.clock
        )

    @cached_property
    def finish_recovery_by_link(self) -> identity.FinishRecoveryByLink:
        """The last step of changing a forgotten password by e-mail."""
        return identity.FinishRecoveryByLink(
            unit_of_work=self.store.unit_of_work,
            hasher=self.hasher,
            common_passwords=self.common_passwords,
            secrets=self.secrets,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def delete_user(self) -> identity.DeleteUser:
        """Leaving for good."""
        return identity.DeleteUser(
            unit_of_work=self.store.unit_of_work,
            hasher=self.hasher,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=self.policy,
        )

    @cached_property
    def choose_language(self) -> identity.ChooseLanguage:
        """Choosing the language of the cabinet."""
        return identity.ChooseLanguage(unit_of_work=self.store.unit_of_work)

    def made(self, use_case: type[UseCase]) -> UseCase:
        """Return any other use case, joined port by port to what is at hand."""
        ports: dict[str, Any] = {
            "reading": self.store.unit_of_work,
            "unit_of_work": self.store.unit_of_work,
            "authenticators": self.authenticators,
            "contacts": self.contacts,
            "hasher": self.hasher,
            "secrets": self.secrets,
            "clock": self.clock,
            "identifiers": self.identifiers,
            "policy": self.policy,
        }
        # What mypy cannot know: only use cases are given, and these are made with attrs.
        names = [port.name for port in attrs.fields(use_case)]  # type: ignore[arg-type]
        return use_case(**{name: ports[name] for name in names})

    # What a test does often

    def wait(self, **step: float) -> None:
        """Let some time pass: ``wait(minutes=5)``."""
        self.clock.advance(timedelta(**step))

    def register(self, **changes: Any) -> SignedIn:
        """Return a user who has just registered with the form and *changes*."""
        registration_id = self.started(**changes)
        return self.confirm_registration(registration_id=registration_id, code=self.sent_code())

    def started(self, **changes: Any) -> RegistrationId:
        """Return a registration that waits for its code."""
        answer = {"captcha": self.captcha.solve()} | changes
        return self.start_registration(**form(**answer))

    def recovering(self, contact: str, **changes: Any) -> RecoveryStarted:
        """Return what is next after «Восстановить» for a phone or an e-mail."""
        answer: dict[str, Any] = {
            "captcha": self.captcha.solve(),
            "language": Language.RUSSIAN,
        }
        return self.start_password_recovery(contact=contact, **answer | changes)

    def user(self, user_id: UserId) -> User:
        """Return a user as kept."""
        with self.store.unit_of_work() as uow:
            return uow.users.get(user_id)

    def sent_code(self) -> str:
        """Return the code that was sent last."""
        return self.sent_codes()[-1].code

    def sent_codes(self) -> list[CodeRequested]:
        """Return all codes sent."""
        return [event for event in self.store.events() if isinstance(event, CodeRequested)]

    def sent_link(self) -> str:
        """Return the token in the letter that was sent last."""
        letters = [e for e in self.store.events() if isinstance(e, EmailConfirmationRequested)]
        return letters[-1].token

    def sent_recovery_link(self) -> str:
        """Return the token in the letter by which a password can be changed, sent last."""
        letters = [e for e in self.store.events() if isinstance(e, RecoveryLinkRequested)]
        return letters[-1].token
