"""Signing in by phone or confirmed e-mail."""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import (
    FactorMethod,
    PendingSignIn,
    SecondFactor,
    SignedIn,
    SignInId,
    User,
)
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import ContactReader, IdentityUnitOfWork, PasswordHasher, Secrets
from elkk_core.shared.errors import Rejected, TooMany
from elkk_core.shared.ids import SessionId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class SignIn:
    """Let in the user whose phone or confirmed e-mail, and password, are given.

    A user with a second factor is not let in yet: ``FinishSignIn`` does that, however long the
    browser was to remember. A code by SMS goes out with the same change, unless one went a moment
    ago or those of the day are used up: a recovery code is of use then.

    Wrong passwords are counted by what was typed as the login, known or not, and the password is
    hashed in either case, so neither the answer nor its time tells who is a user.

    Raises:
        SignInRefused: If the login or the password is wrong; the try is counted.
        SignInThrottled: If the login had too many wrong passwords lately.
        SecondFactorRequired: If the password is right and a second factor is asked for.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    contacts: ContactReader
    hasher: PasswordHasher
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(
        self, *, login: str, password: str, remember: bool, user_agent: str = ""
    ) -> SignedIn:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            key, user = self._find(uow, login)
            self.policy.sign_in.check_free(uow.tallies.get(key), now=now)

        # Hashing takes its tenths of a second outside of any transaction.
        if user is None:
            self.hasher.hash(password)
            right = False
        else:
            right = self.hasher.matches(password, user.password_digest)

        token = self.secrets.new_token()
        pending: PendingSignIn | None = None
        with self.unit_of_work() as uow:
            # Once more: a burst of tries at the same moment must not get past the limit.
            tally = uow.tallies.get(key)
            self.policy.sign_in.check_free(tally, now=now)
            if right and user is not None:
                # The password may have been changed while this one was hashed.
                digest, user = user.password_digest, uow.users.get(user.user_id)
                right = user.password_digest == digest
            # Saved even if nothing was counted: of tries at the same moment one alone is heard, so
            # the right password cannot slip through among wrong ones.
            uow.tallies.save(self.policy.sign_in.count(tally, right=right, now=now))
            if right and user is not None:
                if self.hasher.is_outdated(user.password_digest):
                    user = user.rehash_password(digest=self.hasher.hash(password))
                    uow.users.save(user)
                factor = uow.second_factors.get(user.user_id)
                if factor.is_on:
                    pending = self._wait(uow, user, now, remember=remember)
                    self._send_code(uow, user, factor, now)
                else:
                    session = self.policy.sessions.start(
                        session_id=SessionId(self.identifiers.new()),
                        user_id=user.user_id,
                        token_digest=self.secrets.digest(token, context="session"),
                        remembered=remember,
                        now=now,
                        user_agent=user_agent,
                    )
                    uow.sessions.add(session)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.SignInRefused
        if pending is not None:
            raise errors.SecondFactorRequired(str(pending.sign_in_id), str(factor.method))
        return SignedIn.by(session, token=token)

    def _wait(
        self, uow: IdentityUnitOfWork, user: User, now: datetime, *, remember: bool
    ) -> PendingSignIn:
        """Keep and return the sign-in of a user who has yet to give a code."""
        pending = PendingSignIn(
            sign_in_id=SignInId(self.identifiers.new()),
            user_id=user.user_id,
            password_mark=self.secrets.digest(user.password_digest, context="password-mark"),
            remembered=remember,
            started_at=now,
            expires_at=now + self.policy.second_factor.patience,
        )
        uow.pending_sign_ins.add(pending)
        return pending

    def _send_code(
        self, uow: IdentityUnitOfWork, user: User, factor: SecondFactor, now: datetime
    ) -> None:
        """Send the code of the second step, where it comes by SMS and one may be sent now."""
        if factor.method is not FactorMethod.SMS:
            return
        sent = uow.tallies.get(f"sms-second-factor:{user.user_id}")
        try:
            sent = self.policy.codes.count_sent(sent, now=now, limit=self.policy.second_factor.sms)
        except TooMany:
            return
        uow.tallies.save(sent)
        digits = self.secrets.new_code()
        digest = self.secrets.digest(digits, context=f"second-factor-sign-in:{user.user_id}")
        uow.second_factors.save(
            factor.send_code(
                user=user,
                code=self.policy.codes.issue(digest=digest, now=now),
                text=digits,
                purpose="sign_in",
                event_id=self.identifiers.new(),
            )
        )

    def _find(self, uow: IdentityUnitOfWork, login: str) -> tuple[str, User | None]:
        """Return the key of the tally that counts for the login, and its user."""
        try:
            if "@" in login:
                email = self.contacts.read_email(login)
                return f"sign-in:{email}", uow.users.find_by_confirmed_email(email)
            phone = self.contacts.read_phone(login)
            return f"sign-in:{phone}", uow.users.find_by_phone(phone)
        except Rejected:
            # What cannot be read is counted as typed, without keeping it: it may be a password.
            return f"sign-in:{self.secrets.digest(login, context='sign-in')}", None
