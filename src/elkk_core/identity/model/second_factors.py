"""What a user proves besides the password."""

from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.identity import errors
from elkk_core.identity.events import CodeRequested, SecondFactorSwitched
from elkk_core.identity.model.codes import OneTimeCode
from elkk_core.identity.model.users import User
from elkk_core.shared import validators
from elkk_core.shared.errors import ElkkError
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import UserId

SignInId = NewType("SignInId", UUID)


class FactorMethod(StrEnum):
    """Where the code of the second step comes from: an SMS, or an app that counts the time."""

    SMS = "sms"
    APP = "app"


def plain_recovery_code(text: str) -> str:
    """Return a recovery code as it is digested, however people copy it: «abcde 23456»."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


@frozen(kw_only=True)
class AuthenticatorSetup:
    """What an app needs to show codes: the *secret* to type, and the *link* of a QR code."""

    secret: str = field(repr=False)
    link: str = field(repr=False)


@frozen(kw_only=True)
class FactorAnswer:
    """What a typed code was found to be; the second factor judges whether that is right.

    *step* is the number of the half minute whose code of the app it is, None if of none near now;
    *is_sent* tells whether it is the code of the last SMS; *recovery_digest* is the digest that it
    has if it is a recovery code.
    """

    step: int | None
    is_sent: bool
    recovery_digest: str = field(repr=False)


@frozen(kw_only=True)
class SecondFactor:
    """The second factor of a user: none at first, chosen, and on once it was confirmed.

    The secret of an app is kept sealed, recovery codes as digests. A code of the app works once
    (*last_step*; RFC 6238, 5.2), and so does a recovery code.
    """

    user_id: UserId
    method: FactorMethod | None = None
    on_since: datetime | None = None
    sealed_secret: str | None = field(default=None, repr=False)
    last_step: int | None = None
    code: OneTimeCode | None = None
    recovery_digests: tuple[str, ...] = field(default=(), repr=False)

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def choose(self, method: FactorMethod, *, sealed_secret: str | None = None) -> "SecondFactor":
        """Return the factor that waits to be confirmed, in place of one that still waits.

        Raises:
            SecondFactorIsOn: If there is one already.
        """
        if self.is_on:
            raise errors.SecondFactorIsOn
        return evolve(self, method=method, sealed_secret=sealed_secret, last_step=None, code=None)

    def send_code(
        self, *, user: User, code: OneTimeCode, text: str, purpose: str, event_id: UUID
    ) -> "SecondFactor":
        """Return the factor whose *code*, with the digits *text*, goes to the phone of *user*.

        Raises:
            SecondFactorNotChosen: If its codes do not come by SMS.
        """
        if self.method is not FactorMethod.SMS:
            raise errors.SecondFactorNotChosen
        event = CodeRequested(
            event_id=event_id,
            phone=user.phone.number,
            code=text,
            purpose=purpose,
            language=user.language,
            expires_at=code.expires_at,
        )
        return evolve(self, code=code, events=(*self.events, event))

    def take(self, answer: FactorAnswer, *, now: datetime) -> "SecondFactor":
        """Return the factor after an answer: what was right is used up, a wrong one is counted."""
        if answer.recovery_digest in self.recovery_digests:
            left = (one for one in self.recovery_digests if one != answer.recovery_digest)
            return evolve(self, recovery_digests=tuple(left))
        if self.method is FactorMethod.APP:
            return evolve(self, last_step=answer.step) if self._is_new_step(answer) else self
        if self.code is None or not self.code.is_open(now=now):
            return self
        return evolve(self, code=self.code.answer(right=answer.is_sent, now=now))

    def switch_on(
        self, *, user: User, recovery_digests: tuple[str, ...], now: datetime, event_id: UUID
    ) -> "SecondFactor":
        """Return the factor that is asked for from now on; its user is told."""
        return evolve(
            self,
            on_since=now,
            recovery_digests=recovery_digests,
            events=(*self.events, _switched(user, "on", event_id)),
        )

    def switch_off(self, *, user: User, event_id: UUID) -> "SecondFactor":
        """Return the factor of a user who has none any more, and is told."""
        return SecondFactor(
            user_id=self.user_id,
            version=self.version,
            events=(*self.events, _switched(user, "off", event_id)),
        )

    # Queries

    @property
    def is_on(self) -> bool:
        """Whether signing in asks for it."""
        return self.on_since is not None

    def accepts(self, answer: FactorAnswer, *, now: datetime) -> bool:
        """Tell whether an answer is right: a recovery code, or a fresh code of the method."""
        if answer.recovery_digest in self.recovery_digests:
            return True
        if self.method is FactorMethod.APP:
            return self._is_new_step(answer)
        return self.code is not None and self.code.is_open(now=now) and answer.is_sent

    def refusal(self, *, tries_left: int, now: datetime) -> ElkkError:
        """Return how to refuse a wrong answer, after it was taken."""
        if self.method is FactorMethod.SMS and not (self.code and self.code.is_open(now=now)):
            spent = self.code is not None and self.code.tries_left < 1
            return errors.CodeTriesSpent() if spent else errors.CodeExpired()
        return errors.WrongCode(tries_left)

    def _is_new_step(self, answer: FactorAnswer) -> bool:
        return answer.step is not None and (self.last_step is None or answer.step > self.last_step)


def _switched(user: User, state: str, event_id: UUID) -> SecondFactorSwitched:
    return SecondFactorSwitched(
        event_id=event_id, phone=user.phone.number, language=user.language, state=state
    )


@frozen(kw_only=True)
class PendingSignIn:
    """A sign-in whose password was right, and which waits for the second factor.

    *password_mark* is a digest of the digest of that password: another password ends the wait.
    """

    sign_in_id: SignInId
    user_id: UserId
    password_mark: str = field(repr=False)
    remembered: bool
    started_at: datetime = field(validator=validators.aware)
    expires_at: datetime = field(validator=validators.aware)
    finished_at: datetime | None = None

    version: int = 0

    # Commands

    def finish(self, *, now: datetime) -> "PendingSignIn":
        """Return the sign-in that has let its user in."""
        return evolve(self, finished_at=now)

    # Queries

    def check_open(self, *, password_mark: str, now: datetime) -> None:
        """Let pass only a sign-in that still waits.

        Raises:
            SignInExpired: If it was finished, is too old, or the password was changed since.
        """
        if (
            self.finished_at is not None
            or now >= self.expires_at
            or self.password_mark != password_mark
        ):
            raise errors.SignInExpired
