"""Users, and what proves that it is them, in memory."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from elkk_core.identity import (
    CaptchaExpired,
    ConfirmationNotFound,
    Email,
    EmailConfirmation,
    PasswordRecovery,
    PendingSignIn,
    Phone,
    PhoneChange,
    RecoveryId,
    RecoveryLink,
    RecoveryLinkNotFound,
    RecoveryNotFound,
    Registration,
    RegistrationId,
    RegistrationNotFound,
    SecondFactor,
    Session,
    SessionEnded,
    SignInExpired,
    SignInId,
    User,
    UserNotFound,
)
from elkk_core.shared import DomainEvent, StaleState, Tally, UserId
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
class MemoryRecoveryLinks:
    """The links to change a password that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, token_digest: str) -> RecoveryLink:
        """See ``RecoveryLinks.get``."""
        try:
            return self._tables.recovery_links[token_digest]
        except KeyError:
            raise RecoveryLinkNotFound from None

    def add(self, link: RecoveryLink) -> None:
        """See ``RecoveryLinks.add``."""
        insert(
            self._tables.recovery_links,
            link.token_digest,
            hand_over(link, self._outbox),
            what="recovery link",
        )

    def save(self, link: RecoveryLink) -> None:
        """See ``RecoveryLinks.save``."""
        update(
            self._tables.recovery_links,
            link.token_digest,
            hand_over(link, self._outbox),
            what="recovery link",
        )


@frozen
class MemoryAnsweredCaptchas:
    """The answered captchas that a unit of work sees."""

    _tables: Tables

    def add(self, key: str, *, until: datetime, now: datetime) -> None:
        """See ``AnsweredCaptchas.add``."""
        answered = self._tables.answered_captchas
        if key in answered:
            raise CaptchaExpired
        answered[key] = until
        for old in [each for each, end in answered.items() if end <= now]:
            del answered[old]


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

    def remove(self, user: User) -> None:
        """See ``Users.remove``."""
        kept = self._tables.users.get(user.user_id)
        if kept is None or kept.version != user.version:
            raise StaleState("user")
        hand_over(user, self._outbox)
        _forget(self._tables, user)


def _forget(tables: Tables, user: User) -> None:
    """Drop the user, and the rows that a database drops with it."""
    del tables.users[user.user_id]
    for table, theirs in (
        (tables.registrations, lambda row: row.phone == user.phone),
        (tables.recoveries, lambda row: row.user_id == user.user_id),
        (tables.recovery_links, lambda row: row.user_id == user.user_id),
        (tables.email_confirmations, lambda row: row.user_id == user.user_id),
        (tables.sessions, lambda row: row.user_id == user.user_id),
        (tables.second_factors, lambda row: row.user_id == user.user_id),
        (tables.pending_sign_ins, lambda row: row.user_id == user.user_id),
        (tables.phone_changes, lambda row: row.user_id == user.user_id),
        (tables.links, lambda row: row.user_id == user.user_id),
        (tables.mailings, lambda row: row.user_id == user.user_id),
        (tables.notifications, lambda row: row.user_id == user.user_id),
    ):
        _drop(table, theirs)
    for request_id, request in tables.requests.items():
        if request.user_id == user.user_id:
            tables.requests[request_id] = evolve(request, user_id=None)


def _drop(table: dict[Any, Any], theirs: Callable[[Any], bool]) -> None:
    for key in [key for key, row in table.items() if theirs(row)]:
        del table[key]


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
class MemorySecondFactors:
    """The second factors that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def get(self, user_id: UserId) -> SecondFactor:
        """See ``SecondFactors.get``."""
        return self._tables.second_factors.get(user_id, SecondFactor(user_id=user_id))

    def save(self, factor: SecondFactor) -> None:
        """See ``SecondFactors.save``."""
        told = hand_over(factor, self._outbox)
        table, what = self._tables.second_factors, "second factor"
        if factor.version == 0:
            insert(table, factor.user_id, evolve(told, version=1), what=what)
        else:
            update(table, factor.user_id, told, what=what)


@frozen
class MemoryPendingSignIns:
    """The sign-ins in their second step that a unit of work sees."""

    _tables: Tables

    def get(self, sign_in_id: SignInId) -> PendingSignIn:
        """See ``PendingSignIns.get``."""
        try:
            return self._tables.pending_sign_ins[sign_in_id]
        except KeyError:
            raise SignInExpired from None

    def add(self, pending: PendingSignIn) -> None:
        """See ``PendingSignIns.add``."""
        insert(self._tables.pending_sign_ins, pending.sign_in_id, pending, what="sign-in")

    def save(self, pending: PendingSignIn) -> None:
        """See ``PendingSignIns.save``."""
        update(self._tables.pending_sign_ins, pending.sign_in_id, pending, what="sign-in")


@frozen
class MemoryPhoneChanges:
    """The new phones that a unit of work sees."""

    _tables: Tables
    _outbox: list[DomainEvent]

    def find(self, user_id: UserId) -> PhoneChange | None:
        """See ``PhoneChanges.find``."""
        return self._tables.phone_changes.get(user_id)

    def save(self, change: PhoneChange) -> None:
        """See ``PhoneChanges.save``."""
        told = hand_over(change, self._outbox)
        table, what = self._tables.phone_changes, "phone change"
        if change.version == 0:
            insert(table, change.user_id, evolve(told, version=1), what=what)
        else:
            update(table, change.user_id, told, what=what)


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

    def forget(self, key: str) -> None:
        """See ``Tallies.forget``."""
        self._tables.tallies.pop(key, None)
