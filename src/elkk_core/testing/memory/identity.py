"""Users, and what proves that it is them, in memory."""

from attrs import frozen

from elkk_core.identity import (
    ConfirmationNotFound,
    Email,
    EmailConfirmation,
    PasswordRecovery,
    Phone,
    RecoveryId,
    RecoveryNotFound,
    Registration,
    RegistrationId,
    RegistrationNotFound,
    Session,
    SessionEnded,
    User,
    UserNotFound,
)
from elkk_core.shared import DomainEvent, Tally, UserId
from elkk_core.testing.memory.tables import Tables, hand_over, insert, update


@frozen
class MemoryRegistrations:
    """The registrations that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, registration_id: RegistrationId) -> Registration:
        """See ``Registrations.get``."""
        try:
            return self._tables.registrations[registration_id]
        except KeyError:
            raise RegistrationNotFound from None

    def add(self, registration: Registration) -> None:
        """See ``Registrations.add``."""
        insert(
            self._tables.registrations,
            registration.registration_id,
            hand_over(registration, self._outbox),
            what="registration",
        )

    def save(self, registration: Registration) -> None:
        """See ``Registrations.save``."""
        update(
            self._tables.registrations,
            registration.registration_id,
            hand_over(registration, self._outbox),
            what="registration",
        )


@frozen
class MemoryRecoveries:
    """The password recoveries that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, recovery_id: RecoveryId) -> PasswordRecovery:
        """See ``Recoveries.get``."""
        try:
            return self._tables.recoveries[recovery_id]
        except KeyError:
            raise RecoveryNotFound from None

    def add(self, recovery: PasswordRecovery) -> None:
        """See ``Recoveries.add``."""
        insert(
            self._tables.recoveries,
            recovery.recovery_id,
            hand_over(recovery, self._outbox),
            what="recovery",
        )

    def save(self, recovery: PasswordRecovery) -> None:
        """See ``Recoveries.save``."""
        update(
            self._tables.recoveries,
            recovery.recovery_id,
            hand_over(recovery, self._outbox),
            what="recovery",
        )


@frozen
class MemoryUsers:
    """The users that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, user_id: UserId) -> User:
        """See ``Users.get``."""
        try:
            return self._tables.users[user_id]
        except KeyError:
            raise UserNotFound from None

    def find_by_phone(self, phone: Phone) -> User | None:
        """See ``Users.find_by_phone``."""
        users = self._tables.users.values()
        return next((user for user in users if user.phone == phone), None)

    def find_by_confirmed_email(self, email: Email) -> User | None:
        """See ``Users.find_by_confirmed_email``."""
        users = self._tables.users.values()
        return next((user for user in users if user.email_confirmed and user.email == email), None)

    def add(self, user: User) -> None:
        """See ``Users.add``."""
        insert(self._tables.users, user.user_id, hand_over(user, self._outbox), what="user")

    def save(self, user: User) -> None:
        """See ``Users.save``."""
        update(self._tables.users, user.user_id, hand_over(user, self._outbox), what="user")


@frozen
class MemoryEmailConfirmations:
    """The links to confirm an e-mail that a unit of work sees."""

    _tables: Tables

    def get(self, token_digest: str) -> EmailConfirmation:
        """See ``EmailConfirmations.get``."""
        try:
            return self._tables.email_confirmations[token_digest]
        except KeyError:
            raise ConfirmationNotFound from None

    def add(self, confirmation: EmailConfirmation) -> None:
        """See ``EmailConfirmations.add``."""
        insert(
            self._tables.email_confirmations,
            confirmation.token_digest,
            confirmation,
            what="e-mail confirmation",
        )


@frozen
class MemorySessions:
    """The sessions that a unit of work sees."""

    _tables: Tables

    def get(self, token_digest: str) -> Session:
        """See ``Sessions.get``."""
        for session in self._tables.sessions.values():
            if session.token_digest == token_digest:
                return session
        raise SessionEnded

    def list_not_ended(self, user_id: UserId) -> tuple[Session, ...]:
        """See ``Sessions.list_not_ended``."""
        live = (
            session
            for session in self._tables.sessions.values()
            if session.user_id == user_id and session.ended_at is None
        )
        return tuple(sorted(live, key=lambda session: session.started_at))

    def add(self, session: Session) -> None:
        """See ``Sessions.add``."""
        insert(self._tables.sessions, session.session_id, session, what="session")

    def save(self, session: Session) -> None:
        """See ``Sessions.save``."""
        update(self._tables.sessions, session.session_id, session, what="session")


@frozen
class MemoryTallies:
    """The tallies that a unit of work sees."""

    _tables: Tables

    def get(self, key: str) -> Tally:
        """See ``Tallies.get``."""
        return self._tables.tallies.get(key, Tally(key=key))

    def save(self, tally: Tally) -> None:
        """See ``Tallies.save``."""
        self._tables.tallies.setdefault(tally.key, Tally(key=tally.key))
        update(self._tables.tallies, tally.key, tally, what="tally")
