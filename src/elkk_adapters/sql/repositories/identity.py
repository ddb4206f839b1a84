"""Users, and what proves that it is them, in the database."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.repositories.shared import EventQueue
from elkk_adapters.sql.statements import add_all, insert_all, save_all
from elkk_core.identity import errors
from elkk_core.identity.model import (
    Consent,
    Email,
    EmailConfirmation,
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
)
from elkk_core.shared.errors import StaleState
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId

_USERS = Mapper(User, tables.users, apart="consents")
_CONSENTS = Mapper(Consent, tables.consents, own=("user_id", "position"))
_REGISTRATIONS = Mapper(Registration, tables.registrations)
_RECOVERIES = Mapper(PasswordRecovery, tables.recoveries)
_RECOVERY_LINKS = Mapper(RecoveryLink, tables.recovery_links)
_CONFIRMATIONS = Mapper(EmailConfirmation, tables.email_confirmations)
_SESSIONS = Mapper(Session, tables.sessions)
_SECOND_FACTORS = Mapper(SecondFactor, tables.second_factors)
_PENDING_SIGN_INS = Mapper(PendingSignIn, tables.pending_sign_ins)
_PHONE_CHANGES = Mapper(PhoneChange, tables.phone_changes)

_TAKEN = {
    "uq_users_phone": errors.PhoneTaken(),
    "uq_users_confirmed_email": errors.EmailTaken(),
}
_ANSWERED = {"pk_answered_captchas": errors.CaptchaExpired()}
_NOBODY = UUID(int=0)


@frozen
class _Sender:
    """Hands the events of saved states over."""

    _connection: sa.Connection
    _queue: EventQueue

    def _hand_over(self, events: tuple[DomainEvent, ...]) -> None:
        for event in events:
            self._queue.enqueue(connection=self._connection, event=event)


@frozen
class SqlRegistrations(_Sender):
    """Registrations that were started."""

    def get(self, registration_id: RegistrationId) -> Registration:
        """Return a registration.

        Raises:
            RegistrationNotFound: If there is none.
        """
        row = self._connection.execute(
            sa.select(*_REGISTRATIONS.columns).where(
                tables.registrations.c.registration_id == registration_id
            )
        ).one_or_none()
        if row is None:
            raise errors.RegistrationNotFound
        return _REGISTRATIONS.read(row)

    def add(self, registration: Registration) -> None:
        """Keep a new registration and hand over its events."""
        row = _REGISTRATIONS.row(registration)
        add_all(self._connection, tables.registrations, [row], what="registration")
        self._hand_over(registration.events)

    def save(self, registration: Registration) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _REGISTRATIONS.row(registration)
        save_all(self._connection, tables.registrations, [row], what="registration")
        self._hand_over(registration.events)


@frozen
class SqlRecoveries(_Sender):
    """Password recoveries that were started."""

    def get(self, recovery_id: RecoveryId) -> PasswordRecovery:
        """Return a recovery.

        Raises:
            RecoveryNotFound: If there is none.
        """
        row = self._connection.execute(
            sa.select(*_RECOVERIES.columns).where(tables.recoveries.c.recovery_id == recovery_id)
        ).one_or_none()
        if row is None:
            raise errors.RecoveryNotFound
        return _RECOVERIES.read(row)

    def add(self, recovery: PasswordRecovery) -> None:
        """Keep a new recovery and hand over its events."""
        row = _RECOVERIES.row(recovery)
        add_all(self._connection, tables.recoveries, [row], what="recovery")
        self._hand_over(recovery.events)

    def save(self, recovery: PasswordRecovery) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _RECOVERIES.row(recovery)
        save_all(self._connection, tables.recoveries, [row], what="recovery")
        self._hand_over(recovery.events)


@frozen
class SqlRecoveryLinks(_Sender):
    """Links to change a forgotten password, by the digest of their token."""

    def get(self, token_digest: str) -> RecoveryLink:
        """Return a link.

        Raises:
            RecoveryLinkNotFound: If there is none.
        """
        row = self._connection.execute(
            sa.select(*_RECOVERY_LINKS.columns).where(
                tables.recovery_links.c.token_digest == token_digest
            )
        ).one_or_none()
        if row is None:
            raise errors.RecoveryLinkNotFound
        return _RECOVERY_LINKS.read(row)

    def add(self, link: RecoveryLink) -> None:
        """Keep a new link and hand over its events."""
        row = _RECOVERY_LINKS.row(link)
        add_all(self._connection, tables.recovery_links, [row], what="recovery link")
        self._hand_over(link.events)

    def save(self, link: RecoveryLink) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _RECOVERY_LINKS.row(link)
        save_all(self._connection, tables.recovery_links, [row], what="recovery link")
        self._hand_over(link.events)


@frozen
class SqlAnsweredCaptchas:
    """The captchas that were answered, each of which is heard once."""

    _connection: sa.Connection

    def add(self, key: str, *, until: datetime, now: datetime) -> None:
        """Remember until then that the captcha was answered, and forget those whose time is over.

        Raises:
            CaptchaExpired: If it was answered before.
        """
        captchas = tables.answered_captchas
        with guarded(self._connection, "captcha", _ANSWERED):
            self._connection.execute(sa.insert(captchas).values(key=key, expires_at=until))
        self._connection.execute(sa.delete(captchas).where(captchas.c.expires_at <= now))


@frozen
class SqlUsers(_Sender):
    """All users; a phone belongs to one of them, and so does a confirmed e-mail."""

    def get(self, user_id: UserId) -> User:
        """Return a user.

        Raises:
            UserNotFound: If there is none.
        """
        user = self._find(tables.users.c.user_id == user_id)
        if user is None:
            raise errors.UserNotFound
        return user

    def find_by_phone(self, phone: Phone) -> User | None:
        """Return the user with this phone, None if there is none."""
        return self._find(tables.users.c.phone == phone)

    def find_by_confirmed_email(self, email: Email) -> User | None:
        """Return the user who confirmed this e-mail, None if there is none."""
        return self._find(
            sa.and_(tables.users.c.email == email, tables.users.c.email_confirmed_at.is_not(None))
        )

    def add(self, user: User) -> None:
        """Keep a new user and hand over the events.

        Raises:
            PhoneTaken: If another user has the phone.
        """
        with guarded(self._connection, "user", _TAKEN):
            insert_all(self._connection, tables.users, [_USERS.row(user)])
            self._add_consents(user, known=0)
        self._hand_over(user.events)

    def save(self, user: User) -> None:
        """Keep the next state and hand over its events; consents are added, never taken back.

        Raises:
            PhoneTaken: If another user has the phone of this state.
            EmailTaken: If another user has confirmed the e-mail that this state confirms.
            StaleState: If another saved it since it was read.
        """
        known = self._connection.scalar(
            sa.select(sa.func.count()).where(tables.consents.c.user_id == user.user_id)
        )
        with guarded(self._connection, "user", _TAKEN):
            save_all(self._connection, tables.users, [_USERS.row(user)], what="user")
            self._add_consents(user, known=known or 0)
        self._hand_over(user.events)

    def remove(self, user: User) -> None:
        """Forget a user with everything that is theirs alone, and hand over the events.

        Rows that name the user by a foreign key go with it.

        Raises:
            StaleState: If another saved the user since they were read.
        """
        users, registrations = tables.users, tables.registrations
        result = self._connection.execute(
            sa.delete(users).where(users.c.user_id == user.user_id, users.c.version == user.version)
        )
        if result.rowcount != 1:
            raise StaleState("user")
        self._connection.execute(
            sa.delete(registrations).where(registrations.c.phone == user.phone)
        )
        self._hand_over(user.events)

    def _find(self, condition: sa.ColumnElement[bool]) -> User | None:
        row = self._connection.execute(sa.select(*_USERS.columns).where(condition)).one_or_none()
        # Asked for even where there is nobody: the time of an answer must not tell who is a user.
        consents = self._connection.execute(
            sa.select(*_CONSENTS.columns)
            .where(tables.consents.c.user_id == (_NOBODY if row is None else row.user_id))
            .order_by(tables.consents.c.position)
        )
        if row is None:
            return None
        return _USERS.read(row, apart=tuple(_CONSENTS.read(consent) for consent in consents))

    def _add_consents(self, user: User, *, known: int) -> None:
        insert_all(
            self._connection,
            tables.consents,
            [
                {**_CONSENTS.row(consent), "user_id": user.user_id, "position": position}
                for position, consent in enumerate(user.consents)
                if position >= known
            ],
        )


@frozen
class SqlEmailConfirmations:
    """Links to confirm an e-mail, by the digest of their token."""

    _connection: sa.Connection

    def get(self, token_digest: str) -> EmailConfirmation:
        """Return a link.

        Raises:
            ConfirmationNotFound: If there is none.
        """
        row = self._connection.execute(
            sa.select(*_CONFIRMATIONS.columns).where(
                tables.email_confirmations.c.token_digest == token_digest
            )
        ).one_or_none()
        if row is None:
            raise errors.ConfirmationNotFound
        return _CONFIRMATIONS.read(row)

    def add(self, confirmation: EmailConfirmation) -> None:
        """Keep a new link."""
        row = _CONFIRMATIONS.row(confirmation)
        add_all(self._connection, tables.email_confirmations, [row], what="e-mail confirmation")


@frozen
class SqlSessions:
    """All sessions, by the digest of their token."""

    _connection: sa.Connection

    def get(self, token_digest: str) -> Session:
        """Return a session, live or not.

        Raises:
            SessionEnded: If there never was one.
        """
        row = self._connection.execute(
            sa.select(*_SESSIONS.columns).where(tables.sessions.c.token_digest == token_digest)
        ).one_or_none()
        if row is None:
            raise errors.SessionEnded
        return _SESSIONS.read(row)

    def list_not_ended(self, user_id: UserId) -> tuple[Session, ...]:
        """Return the sessions of a user that were not ended, the oldest first."""
        rows = self._connection.execute(
            sa.select(*_SESSIONS.columns)
            .where(tables.sessions.c.user_id == user_id, tables.sessions.c.ended_at.is_(None))
            .order_by(tables.sessions.c.started_at, tables.sessions.c.session_id)
        )
        return tuple(_SESSIONS.read(row) for row in rows)

    def add(self, session: Session) -> None:
        """Keep a new session."""
        add_all(self._connection, tables.sessions, [_SESSIONS.row(session)], what="session")

    def save(self, session: Session) -> None:
        """Keep the next state.

        Raises:
            StaleState: If another saved it since it was read.
        """
        save_all(self._connection, tables.sessions, [_SESSIONS.row(session)], what="session")


@frozen
class SqlSecondFactors(_Sender):
    """The second factors of users."""

    def get(self, user_id: UserId) -> SecondFactor:
        """Return the second factor of a user, an empty one where none was ever chosen."""
        row = self._connection.execute(
            sa.select(*_SECOND_FACTORS.columns).where(tables.second_factors.c.user_id == user_id)
        ).one_or_none()
        return SecondFactor(user_id=user_id) if row is None else _SECOND_FACTORS.read(row)

    def save(self, factor: SecondFactor) -> None:
        """Keep the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _SECOND_FACTORS.row(factor)
        if factor.version == 0:
            first = {**row, "version": 1}
            add_all(self._connection, tables.second_factors, [first], what="second factor")
        else:
            save_all(self._connection, tables.second_factors, [row], what="second factor")
        self._hand_over(factor.events)


@frozen
class SqlPendingSignIns:
    """Sign-ins that wait, or waited, for the second factor."""

    _connection: sa.Connection

    def get(self, sign_in_id: SignInId) -> PendingSignIn:
        """Return a sign-in, whether it still waits or not.

        Raises:
            SignInExpired: If there never was one.
        """
        row = self._connection.execute(
            sa.select(*_PENDING_SIGN_INS.columns).where(
                tables.pending_sign_ins.c.sign_in_id == sign_in_id
            )
        ).one_or_none()
        if row is None:
            raise errors.SignInExpired
        return _PENDING_SIGN_INS.read(row)

    def add(self, pending: PendingSignIn) -> None:
        """Keep a new sign-in."""
        row = _PENDING_SIGN_INS.row(pending)
        add_all(self._connection, tables.pending_sign_ins, [row], what="sign-in")

    def save(self, pending: PendingSignIn) -> None:
        """Keep the next state.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _PENDING_SIGN_INS.row(pending)
        save_all(self._connection, tables.pending_sign_ins, [row], what="sign-in")


@frozen
class SqlPhoneChanges(_Sender):
    """New phones of users, at most one of each."""

    def find(self, user_id: UserId) -> PhoneChange | None:
        """Return the change that a user asked for last, done or not, None if there never was one."""
        row = self._connection.execute(
            sa.select(*_PHONE_CHANGES.columns).where(tables.phone_changes.c.user_id == user_id)
        ).one_or_none()
        return None if row is None else _PHONE_CHANGES.read(row)

    def save(self, change: PhoneChange) -> None:
        """Keep the first or the next state and hand over its events.

        Raises:
            StaleState: If another saved it since it was read.
        """
        row = _PHONE_CHANGES.row(change)
        if change.version == 0:
            first = {**row, "version": 1}
            add_all(self._connection, tables.phone_changes, [first], what="phone change")
        else:
            save_all(self._connection, tables.phone_changes, [row], what="phone change")
        self._hand_over(change.events)
