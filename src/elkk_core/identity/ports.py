"""What identity needs from the outside; each docstring is a contract with a test suite."""

from datetime import datetime
from typing import Protocol

from elkk_core.identity.model import (
    AuthenticatorSetup,
    CaptchaAnswer,
    CaptchaVerdict,
    Email,
    EmailConfirmation,
    FactorAnswer,
    PasswordRecovery,
    PendingSignIn,
    Phone,
    PhoneChange,
    RecoveryId,
    RecoveryLink,
    Registration,
    RegistrationId,
    SecondFactor,
    Session,
    SignInId,
    User,
    plain_recovery_code,
)
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Tallies, UnitOfWork
from elkk_core.shared.texts import without_blanks


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


class RecoveryLinks(Protocol):
    """Links to change a forgotten password, by the digest of their token."""

    def get(self, token_digest: str) -> RecoveryLink:
        """Return a link.

        Raises:
            RecoveryLinkNotFound: If there is none.
        """
        ...

    def add(self, link: RecoveryLink) -> None:
        """Keep a new link and hand over its events."""
        ...

    def save(self, link: RecoveryLink) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class AnsweredCaptchas(Protocol):
    """The captchas that were answered, each of which is heard once."""

    def add(self, key: str, *, until: datetime, now: datetime) -> None:
        """Remember until then that the captcha was answered, and forget those whose time is over.

        Raises:
            CaptchaExpired: If it was answered before.
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
            PhoneTaken: If another user has the phone of this state.
            EmailTaken: If another user has confirmed the e-mail that this state confirms.
            StaleState: If another saved it since it was read.
        """
        ...

    def remove(self, user: User) -> None:
        """Forget a user with everything that is theirs alone, and hand over the events.

        What proves that it is them, their sessions and links to accounts go, and so do the
        registrations of the phone. The books of suppliers stay; what they say of readings that the
        user submitted names nobody from then on.

        Raises:
            StaleState: If another saved the user since they were read.
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


class SecondFactors(Protocol):
    """The second factors of users."""

    def get(self, user_id: UserId) -> SecondFactor:
        """Return the second factor of a user, an empty one where none was ever chosen."""
        ...

    def save(self, factor: SecondFactor) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class PendingSignIns(Protocol):
    """Sign-ins that wait, or waited, for the second factor."""

    def get(self, sign_in_id: SignInId) -> PendingSignIn:
        """Return a sign-in, whether it still waits or not.

        Raises:
            SignInExpired: If there never was one.
        """
        ...

    def add(self, pending: PendingSignIn) -> None:
        """Keep a new sign-in."""
        ...

    def save(self, pending: PendingSignIn) -> None:
        """Keep the next state.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class PhoneChanges(Protocol):
    """New phones of users, at most one of each."""

    def find(self, user_id: UserId) -> PhoneChange | None:
        """Return the change that a user asked for last, done or not, None if there never was one."""
        ...

    def save(self, change: PhoneChange) -> None:
        """Keep the first or the next state and hand over its events.

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
    def recovery_links(self) -> RecoveryLinks: ...
    @property
    def answered_captchas(self) -> AnsweredCaptchas: ...
    @property
    def users(self) -> Users: ...
    @property
    def email_confirmations(self) -> EmailConfirmations: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def second_factors(self) -> SecondFactors: ...
    @property
    def pending_sign_ins(self) -> PendingSignIns: ...
    @property
    def phone_changes(self) -> PhoneChanges: ...
    @property
    def tallies(self) -> Tallies: ...


class Captcha(Protocol):
    """Tells people from programs: «Я не робот».

    What it shows to a visitor is between it and the page; here it judges what came back.
    """

    def judge(self, answer: CaptchaAnswer) -> CaptchaVerdict:
        """Return what became of *answer*; whether it is heard for the first time is not asked.

        Raises:
            CaptchaNotPassed: If it answers nothing that was ever asked.
            CaptchaExpired: If it comes too late.
            Unavailable: If whoever has to judge does not answer.
        """
        ...


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

    def new_recovery_code(self) -> str:
        """Return a code to be kept on paper: capitals and digits that nobody takes for each other.

        It has at least 48 unpredictable bits, and hyphens between its groups.
        """
        ...

    def digest(self, secret: str, *, context: str) -> str:
        """Return a keyed digest of *secret*; another *context* gives another digest."""
        ...

    def matches(self, secret: str, digest: str, *, context: str) -> bool:
        """Tell, in constant time, whether *digest* is that of *secret* in *context*."""
        ...


class Authenticators(Protocol):
    """Apps that show another code of six digits every half minute (RFC 6238).

    The secret of an app is handed out sealed, so that the database alone opens nothing.
    """

    def new_secret(self) -> str:
        """Return a new sealed secret of at least 160 unpredictable bits."""
        ...

    def setup(self, sealed_secret: str, *, owner: str) -> AuthenticatorSetup:
        """Return what the app of *owner* needs: the secret in Base32, and its ``otpauth`` link."""
        ...

    def find_step(self, sealed_secret: str, code: str, *, now: datetime) -> int | None:
        """Return the number of the half minute whose code is *code*.

        The present one counts and its two neighbours do, since clocks differ (RFC 6238, 5.2); None
        if it is the code of none of them, or if the secret was sealed with another key.
        """
        ...


def read_factor_answer(
    text: str,
    *,
    factor: SecondFactor,
    sent_for: str,
    authenticators: Authenticators,
    secrets: Secrets,
    now: datetime,
) -> FactorAnswer:
    """Return what *text* is to a second factor whose code, if one was sent, was *sent_for* a purpose.

    A code that was sent for one purpose is none for another: *sent_for* is a part of its digest's
    context.
    """
    code = without_blanks(text)
    return FactorAnswer(
        step=authenticators.find_step(factor.sealed_secret or "", code, now=now),
        is_sent=factor.code is not None
        and secrets.matches(code, factor.code.digest, context=f"{sent_for}:{factor.user_id}"),
        recovery_digest=secrets.digest(
            plain_recovery_code(text), context=f"recovery-code:{factor.user_id}"
        ),
    )


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
