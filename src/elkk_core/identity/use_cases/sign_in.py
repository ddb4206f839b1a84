"""Signing in by phone or confirmed e-mail."""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import SignedIn, User
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import ContactReader, IdentityUnitOfWork, PasswordHasher, Secrets
from elkk_core.shared.errors import Rejected
from elkk_core.shared.ids import SessionId
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.tallies import Tally


@frozen(kw_only=True)
class SignIn:
    """Let in the user whose phone or confirmed e-mail, and password, are given.

    Wrong passwords are counted by what was typed as the login, known or not, and the password is
    hashed in either case, so neither the answer nor its time tells who is a user.

    Raises:
        SignInRefused: If the login or the password is wrong; the try is counted.
        SignInThrottled: If the login had too many wrong passwords lately.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    contacts: ContactReader
    hasher: PasswordHasher
    secrets: Secrets
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, login: str, password: str, remember: bool) -> SignedIn:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            key, user = self._find(uow, login)
            self._check_not_throttled(uow.tallies.get(key), now)

        # Hashing takes its tenths of a second outside of any transaction.
        if user is None:
            self.hasher.hash(password)
            right = False
        else:
            right = self.hasher.matches(password, user.password_digest)

        token = self.secrets.new_token()
        with self.unit_of_work() as uow:
            # Once more: a burst of tries at the same moment must not get past the limit.
            tally = uow.tallies.get(key)
            self._check_not_throttled(tally, now)
            if right and user is not None:
                # The password may have been changed while this one was hashed.
                digest, user = user.password_digest, uow.users.get(user.user_id)
                right = user.password_digest == digest
            if right and user is not None:
                # Saved even if nothing was counted: of tries at the same moment one alone is heard,
                # so the right password cannot slip through among wrong ones.
                uow.tallies.save(tally.clear())
                if self.hasher.is_outdated(user.password_digest):
                    uow.users.save(user.rehash_password(digest=self.hasher.hash(password)))
                session = self.policy.sessions.start(
                    session_id=SessionId(self.identifiers.new()),
                    user_id=user.user_id,
                    token_digest=self.secrets.digest(token, context="session"),
                    remembered=remember,
                    now=now,
                )
                uow.sessions.add(session)
            else:
                uow.tallies.save(
                    tally.add(now=now, keep=self.policy.sign_in.wrong_passwords.within)
                )
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.SignInRefused
        return SignedIn.by(session, token=token)

    def _check_not_throttled(self, tally: Tally, now: datetime) -> None:
        free_at = tally.free_at(limit=self.policy.sign_in.wrong_passwords, now=now)
        if free_at is not None:
            raise errors.SignInThrottled(free_at)

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
