"""Users, and the links that confirm their e-mail."""

from datetime import date, datetime
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.identity import errors
from elkk_core.identity.events import (
    EmailAlreadyTaken,
    EmailChanged,
    EmailConfirmationRequested,
    PasswordChanged,
    PhoneChanged,
    UserDeleted,
)
from elkk_core.identity.model.people import Consent, Email, FullName, Language, Phone, Sex
from elkk_core.shared import validators
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId


@frozen(kw_only=True)
class User:
    """A person who has registered: a household's, never an operator.

    *new_email* waits for its letter to be answered, and takes the place of *email* then.
    """

    user_id: UserId
    phone: Phone
    email: Email
    email_confirmed_at: datetime | None = None
    new_email: Email | None = None
    name: FullName
    sex: Sex | None = None
    born_on: date | None = None
    password_digest: str = field(repr=False)
    consents: tuple[Consent, ...]
    language: Language
    registered_at: datetime = field(validator=validators.aware)

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def ask_email_confirmation(self, *, token: str, expires_at: datetime, event_id: UUID) -> "User":
        """Return the user to whom a letter with *token* is due.

        Raises:
            EmailAlreadyConfirmed: If there is nothing to confirm.
        """
        waiting = self.unconfirmed_email
        if waiting is None:
            raise errors.EmailAlreadyConfirmed
        event = EmailConfirmationRequested(
            event_id=event_id,
            email=waiting.address,
            given_name=self.name.given,
            token=token,
            language=self.language,
            expires_at=expires_at,
        )
        return evolve(self, events=(*self.events, event))

    def tell_email_taken(self, *, event_id: UUID) -> "User":
        """Return the user whose address is another's, who is told by a letter without a link."""
        event = EmailAlreadyTaken(
            event_id=event_id,
            email=(self.unconfirmed_email or self.email).address,
            language=self.language,
        )
        return evolve(self, events=(*self.events, event))

    def confirm_email(self, *, now: datetime) -> "User":
        """Return the user who may sign in by e-mail too."""
        return evolve(self, email_confirmed_at=now)

    def choose_email(self, email: Email) -> "User":
        """Return the user who wants *email*, in place of one that still waits for its letter.

        Raises:
            EmailUnchanged: If it is the present one.
        """
        if email == self.email:
            raise errors.EmailUnchanged
        return evolve(self, new_email=email)

    def take_new_email(self, *, now: datetime, event_id: UUID) -> "User":
        """Return the user whose new e-mail is confirmed; a confirmed former one is told."""
        if self.new_email is None:
            return self
        told = (
            EmailChanged(
                event_id=event_id,
                email=self.email.address,
                given_name=self.name.given,
                language=self.language,
            ),
        )
        return evolve(
            self,
            email=self.new_email,
            email_confirmed_at=now,
            new_email=None,
            events=(*self.events, *(told if self.email_confirmed else ())),
        )

    def change_phone(self, phone: Phone, *, now: datetime, event_id: UUID) -> "User":
        """Return the user with another phone; the former one is told."""
        event = PhoneChanged(
            event_id=event_id,
            phone=self.phone.number,
            language=self.language,
            changed_at=now,
        )
        return evolve(self, phone=phone, events=(*self.events, event))

    def change_personal_data(
        self, *, name: FullName, sex: Sex | None, born_on: date | None
    ) -> "User":
        """Return the user with other personal data."""
        return evolve(self, name=name, sex=sex, born_on=born_on)

    def change_password(self, *, digest: str, now: datetime, event_id: UUID) -> "User":
        """Return the user with another password, who is told of the change."""
        event = PasswordChanged(
            event_id=event_id,
            phone=self.phone.number,
            language=self.language,
            changed_at=now,
        )
        return evolve(self, password_digest=digest, events=(*self.events, event))

    def leave(self, *, now: datetime, event_id: UUID) -> "User":
        """Return the user who is about to be removed, and is told so a last time."""
        event = UserDeleted(
            event_id=event_id, phone=self.phone.number, language=self.language, deleted_at=now
        )
        return evolve(self, events=(*self.events, event))

    def rehash_password(self, *, digest: str) -> "User":
        """Return the user with the same password under a newer digest."""
        return evolve(self, password_digest=digest)

    def choose_language(self, language: Language) -> "User":
        """Return the user to whom the cabinet speaks in *language*."""
        return evolve(self, language=language)

    # Queries

    @property
    def email_confirmed(self) -> bool:
        """Whether the e-mail can be used to sign in."""
        return self.email_confirmed_at is not None

    @property
    def unconfirmed_email(self) -> Email | None:
        """The e-mail that waits for its letter: a new one, or the only one; None if none does."""
        if self.new_email is not None:
            return self.new_email
        return None if self.email_confirmed else self.email


@frozen(kw_only=True)
class EmailConfirmation:
    """The link in a letter that confirms *email*; only the digest of its token is kept."""

    token_digest: str = field(repr=False)
    user_id: UserId
    email: Email
    expires_at: datetime = field(validator=validators.aware)

    def check_usable(self, *, now: datetime) -> None:
        """Let pass only a link that still works.

        Raises:
            ConfirmationExpired: If it is too old.
        """
        if now >= self.expires_at:
            raise errors.ConfirmationExpired
