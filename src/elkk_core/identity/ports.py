"""What identity needs from the outside; each docstring is a contract with a test suite."""

from typing import Protocol

from elkk_core.identity.model import (
    Email,
    EmailConfirmation,
    PasswordRecovery,
    Phone,
    RecoveryId,
    Registration,
    RegistrationId,
    Session,
    User,
)
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Tallies, UnitOfWork


class Registrations(Protocol):
    """Registrations that were started."""

    def get(self, registration_id: RegistrationId) -> Registration:
        """Return a registration.

        Raises:
            RegistrationNotFound: If there is none.
        """
        ...

    def add(self, registration: Registration) -> None:
        """Keep a new registration and hand over its events."""
        ...

    def save(self, registration: Registration) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class Recoveries(Protocol):
    """Password recoveries that were started."""

    def get(self, recovery_id: RecoveryId) -> PasswordRecovery:
        """Return a recovery.

        Raises:
            RecoveryNotFound: If there is none.
        """
        ...

    def add(self, recovery: PasswordRecovery) -> None:
        """Keep a new recovery and hand over its events."""
        ...

    def save(self, recovery: PasswordRecovery) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class Users(Protocol):
    """All users; a phone belongs to one of them, and so does a confirmed e-mail."""

    def get(self, user_id: UserId) -> User:
        """Return a user.

        Raises:
            UserNotFound: If there is none.
        """
        ...

    def find_by_phone(self, phone: Phone) -> User | None:
        """Return the user with this phone, None if there is none."""
        ...

    def find_by_confirmed_email(self, email: Email) -> User | None:
        """Return the user who confirmed this e-mail, None if there is none."""
        ...

    def add(self, user: User) -> None:
        """Keep a new user and hand over the events.

        Raises:
            PhoneTaken: If another user has the phone.
        """
        ...

    def save(self, user: User) -> None:
        """Keep the next state and hand over its events.

        Raises:
            EmailTaken: If another user has confirmed the e-mail that this state confirms.
            StaleState: If another saved it since it was read.
        """
        ...


class EmailConfirmations(Protocol):
    """Links to confirm an e-mail, by the digest of their token."""

    def get(self, token_digest: str) -> EmailConfirmation:
        """Return a link.

        Raises:
            ConfirmationNotFound: If there is none.
        """
        ...

    def add(self, confirmation: EmailConfirmation) -> None:
        """Keep a new link."""
        ...


class Sessions(Protocol):
    """All sessions, by the digest of their token."""

    def get(self, token_digest: str) -> Session:
        """Return a session, live or not.

        Raises:
            SessionEnded: If there never was one.
        """
        ...

    def list_not_ended(self, user_id: UserId) -> tuple[Session, ...]:
        """Return the sessions of a user that were not ended, the oldest first."""
        ...

    def add(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def save(self, session: Session) -> None:
        """Keep the next state.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class IdentityUnitOfWork(UnitOfWork, Protocol):
    """What identity may read and change together."""

    @property
    def registrations(self) -> Registrations: ...
    @property
    def recoveries(self) -> Recoveries: ...
    @property
    def users(self) -> Users: ...
    @property
    def email_confirmations(self) -> EmailConfirmations: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def tallies(self) -> Tallies: ...


class PasswordHasher(Protocol):
    """Turns passwords into digests that are slow to guess."""

    def hash(self, password: str) -> str:
        """Return a digest with its own salt; the same password never gives the same one twice."""
        ...

    def matches(self, password: str, digest: str) -> bool:
        """Tell whether *digest* was made of *password*; a malformed digest matches nothing."""
        ...

    def is_outdated(self, digest: str) -> bool:
        """Tell whether the digest was made with weaker numbers than those used now."""
        ...


class CommonPasswords(Protocol):
    """The passwords that are guessed first."""

    def contains(self, password: str) -> bool:
        """Tell whether *password* is among them, in whatever case it is written."""
        ...


class Secrets(Protocol):
    """Unpredictable codes and tokens, and their digests."""

    def new_code(self) -> str:
        """Return six decimal digits, each code as likely as any other."""
        ...

    def new_token(self) -> str:
        """Return a token with at least 128 unpredictable bits, safe in an address."""
        ...

    def digest(self, secret: str, *, context: str) -> str:
        """Return a keyed digest of *secret*; another *context* gives another digest."""
        ...

    def matches(self, secret: str, digest: str, *, context: str) -> bool:
        """Tell, in constant time, whether *digest* is that of *secret* in *context*."""
        ...


class ContactReader(Protocol):
    """Reads phones and e-mails in all the ways in which people write them."""

    def read_phone(self, text: str) -> Phone:
        """Return the mobile phone that *text* means.

        Raises:
            PhoneMalformed: If it is not the number of a telephone.
            PhoneNotMobile: If that telephone cannot receive an SMS.
        """
        ...

    def read_email(self, text: str) -> Email:
        """Return the e-mail address that *text* means.

        Raises:
            EmailMalformed: If it is not one.
        """
        ...
