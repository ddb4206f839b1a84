"""Rules of identity with their numbers; a supplier changes the numbers by settings."""

from collections.abc import Callable
from datetime import datetime, timedelta

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import OneTimeCode, Session
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import SessionId, UserId
from elkk_core.shared.tallies import Limit, Tally


@frozen(kw_only=True)
class CodePolicy:
    """How one-time codes are sent and answered (ASVS 5.0, 6.5.1-6.5.5)."""

    lifetime: timedelta = timedelta(minutes=5)
    tries: int = 5
    pause: timedelta = timedelta(seconds=60)
    per_phone: Limit = Limit(times=5, within=timedelta(days=1))

    def issue(self, *, digest: str, now: datetime) -> OneTimeCode:
        """Return a fresh code with *digest*."""
        return OneTimeCode(
            digest=digest, sent_at=now, expires_at=now + self.lifetime, tries_left=self.tries
        )

    def count_sent(self, tally: Tally, *, now: datetime, limit: Limit | None = None) -> Tally:
        """Return the tally of a phone after one more code was sent to it.

        *limit* takes the place of that of a phone where somebody known asks.

        Raises:
            CodeTooSoon: If the last code was sent less than the pause ago.
            TooManyCodes: If the codes of the day are used up.
        """
        if tally.last is not None and now < tally.last + self.pause:
            raise errors.CodeTooSoon(tally.last + self.pause)
        limit = limit or self.per_phone
        free_at = tally.free_at(limit=limit, now=now)
        if free_at is not None:
            raise errors.TooManyCodes(free_at)
        return tally.add(now=now, keep=limit.within)


@frozen(kw_only=True)
class PasswordPolicy:
    """Which passwords are accepted: by length, never by composition (ASVS 5.0, 6.2.1-6.2.9)."""

    least: int = 8
    most: int = 128

    def check(self, password: str, *, is_common: Callable[[str], bool]) -> None:
        """Let pass a password that is long enough and not among those guessed first.

        Raises:
            PasswordTooShort: If it has too few characters.
            PasswordTooLong: If it has too many.
            PasswordCommon: If *is_common* knows it.
        """
        if len(password) < self.least:
            raise errors.PasswordTooShort(self.least)
        if len(password) > self.most:
            raise errors.PasswordTooLong(self.most)
        if is_common(password):
            raise errors.PasswordCommon

    def check_form(
        self, faults: Faults, *, password: str, repeat: str, is_common: Callable[[str], bool]
    ) -> None:
        """Keep in *faults* what is wrong with a new password typed twice.

        The faults are at ``password`` and ``repeat``.
        """
        with faults.at("password"):
            if not password:
                raise FieldRequired
            self.check(password, is_common=is_common)
        with faults.at("repeat"):
            if repeat != password:
                raise errors.PasswordsDiffer


@frozen(kw_only=True)
class SessionPolicy:
    """How long a session lasts without use, and at the most.

    A session for which «Запомнить» was ticked lasts 30 days, whether it is used or not.
    """

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    remembered: timedelta = timedelta(days=30)
    touch_every: timedelta = timedelta(minutes=1)

    def start(
        self,
        *,
        session_id: SessionId,
        user_id: UserId,
        token_digest: str,
        remembered: bool,
        now: datetime,
        user_agent: str = "",
    ) -> Session:
        """Return a session that starts at *now* in the browser that calls itself *user_agent*."""
        return Session(
            session_id=session_id,
            user_id=user_id,
            token_digest=token_digest,
            started_at=now,
            last_used_at=now,
            idle_until=self.idle_until(now=now, remembered=remembered),
            expires_at=now + (self.remembered if remembered else self.absolute),
            remembered=remembered,
            user_agent=user_agent,
        )

    def idle_until(self, *, now: datetime, remembered: bool) -> datetime:
        """Return when a session used at *now* ends by itself."""
        return now + (self.remembered if remembered else self.idle)


@frozen(kw_only=True)
class SignInPolicy:
    """How many wrong passwords a login takes before it has to wait; nobody is locked out."""

    wrong_passwords: Limit = Limit(times=10, within=timedelta(minutes=15))

    def check_free(self, tally: Tally, *, now: datetime) -> None:
        """Let pass whose tally of wrong passwords has room for another.

        Raises:
            SignInThrottled: If there were too many wrong passwords lately.
        """
        free_at = tally.free_at(limit=self.wrong_passwords, now=now)
        if free_at is not None:
            raise errors.SignInThrottled(free_at)

    def count(self, tally: Tally, *, right: bool, now: datetime) -> Tally:
        """Return the tally after a password: a right one clears it, a wrong one adds to it.

        It is saved in either case, so that of tries at the same moment one alone is heard.
        """
        return tally.clear() if right else tally.add(now=now, keep=self.wrong_passwords.within)


@frozen(kw_only=True)
class SecondFactorPolicy:
    """How the second step of a sign-in is taken.

    Whoever answers knows the password already, so wrong codes are few: ten a day leave a guesser of
    six digits one chance in thirty thousand. SMS are counted apart from those that strangers may
    ask for.
    """

    wrong_codes: Limit = Limit(times=10, within=timedelta(days=1))
    sms: Limit = Limit(times=20, within=timedelta(days=1))
    patience: timedelta = timedelta(minutes=10)
    recovery_codes: int = 10

    def check_free(self, tally: Tally, *, now: datetime) -> None:
        """Let pass whose tally of wrong codes has room for another.

        Raises:
            SecondFactorThrottled: If there were too many wrong codes lately.
        """
        free_at = tally.free_at(limit=self.wrong_codes, now=now)
        if free_at is not None:
            raise errors.SecondFactorThrottled(free_at)

    def count(self, tally: Tally, *, right: bool, now: datetime) -> Tally:
        """Return the tally after a code: a right one clears it, a wrong one adds to it."""
        return tally.clear() if right else tally.add(now=now, keep=self.wrong_codes.within)

    def tries_left(self, tally: Tally, *, now: datetime) -> int:
        """Return how many more wrong codes are taken."""
        return self.wrong_codes.times - tally.count(limit=self.wrong_codes, now=now)


@frozen(kw_only=True)
class EmailPolicy:
    """How long the link in a letter works, and how many letters go to one user or address.

    A link that changes a password lives short, for whoever reads the letter holds the cabinet
    (ASVS 5.0, 6.4.1).
    """

    lifetime: timedelta = timedelta(hours=60)
    per_user: Limit = Limit(times=5, within=timedelta(days=1))
    recovery_lifetime: timedelta = timedelta(hours=1)
    recoveries_per_address: Limit = Limit(times=5, within=timedelta(days=1))

    def count_recovery(self, tally: Tally, *, now: datetime) -> Tally:
        """Return the tally of an address after one more letter was asked for it.

        Raises:
            TooManyLetters: If the letters of the day are used up.
        """
        free_at = tally.free_at(limit=self.recoveries_per_address, now=now)
        if free_at is not None:
            raise errors.TooManyLetters(free_at)
        return tally.add(now=now, keep=self.recoveries_per_address.within)


@frozen(kw_only=True)
class CaptchaPolicy:
    """How many questions in words may be answered from one address.

    Homes and offices, and with some providers whole streets, share an address: the limit leaves
    room for them, and stops a program that goes on and on.
    """

    replies_per_visitor: Limit = Limit(times=30, within=timedelta(hours=1))

    def count_reply(self, tally: Tally, *, now: datetime) -> Tally:
        """Return the tally of an address after one more reply.

        Raises:
            TooManyReplies: If there were too many lately.
        """
        free_at = tally.free_at(limit=self.replies_per_visitor, now=now)
        if free_at is not None:
            raise errors.TooManyReplies(free_at)
        return tally.add(now=now, keep=self.replies_per_visitor.within)


@frozen(kw_only=True)
class IdentityPolicy:
    """All numbers of identity."""

    codes: CodePolicy = CodePolicy()
    passwords: PasswordPolicy = PasswordPolicy()
    sessions: SessionPolicy = SessionPolicy()
    sign_in: SignInPolicy = SignInPolicy()
    second_factor: SecondFactorPolicy = SecondFactorPolicy()
    emails: EmailPolicy = EmailPolicy()
    captchas: CaptchaPolicy = CaptchaPolicy()
