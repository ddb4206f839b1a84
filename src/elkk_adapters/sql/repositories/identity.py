"""Users, and what proves that it is them, in the database."""

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
    Phone,
    RecoveryId,
    Registration,
    RegistrationId,
    Session,
    User,
)
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId

_USERS = Mapper(User, tables.users, apart="consents")
_CONSENTS = Mapper(Consent, tables.consents, own=("user_id", "position"))
_REGISTRATIONS = Mapper(Registration, tables.registrations)
_RECOVERIES = Mapper(PasswordRecovery, tables.recoveries)
_CONFIRMATIONS = Mapper(EmailConfirmation, tables.email_confirmations)
_SESSIONS = Mapper(Session, tables.sessions)

_TAKEN = {
    "uq_users_phone": errors.PhoneTaken(),
    "uq_users_confirmed_email": errors.EmailTaken(),
}


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

    def _find(self, condition: sa.ColumnElement[bool]) -> User | None:
        row = self._connection.execute(sa.select(*_USERS.columns).where(condition)).one_or_none()
        if row is None:
            return None
        consents = self._connection.execute(
            sa.select(*_CONSENTS.columns)
            .where(tables.consents.c.user_id == row.user_id)
            .order_by(tables.consents.c.position)
        )
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
