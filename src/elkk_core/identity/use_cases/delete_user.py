"""Leaving the cabinet for good."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.model import User
from elkk_core.identity.policies import IdentityPolicy
from elkk_core.identity.ports import IdentityUnitOfWork, PasswordHasher
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class DeleteUser:
    """Delete the user account of a signed-in user who knows the password.

    Name, phone, e-mail, consents, sessions and links to accounts go; the books of the supplier stay
    as they are. The user is told by a last SMS, and may register with the same phone at once. How
    many SMS went to the phone lately is not forgotten: that count guards the phone itself. Wrong
    passwords are counted together with those of signing in.

    Raises:
        WrongPassword: If the password is wrong; the try is counted.
        SignInThrottled: If there were too many wrong passwords lately.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    hasher: PasswordHasher
    clock: Clock
    identifiers: Identifiers
    policy: IdentityPolicy

    def __call__(self, *, user_id: UserId, password: str) -> None:
        now = self.clock.now()
        limit = self.policy.sign_in.wrong_passwords
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            tally = uow.tallies.get(f"sign-in:{user.phone}")
            free_at = tally.free_at(limit=limit, now=now)
            if free_at is not None:
                raise errors.SignInThrottled(free_at)
            right = self.hasher.matches(password, user.password_digest)
            if right:
                # As at signing in: of tries at the same moment one alone is heard.
                uow.tallies.save(tally.clear())
                uow.users.remove(user.leave(now=now, event_id=self.identifiers.new()))
                for key in _tallies_of(user):
                    uow.tallies.forget(key)
            else:
                uow.tallies.save(tally.add(now=now, keep=limit.within))
            uow.commit()

        # Raised only now: inside the unit of work it would undo the count.
        if not right:
            raise errors.WrongPassword


def _tallies_of(user: User) -> tuple[str, ...]:
    own = (f"sign-in:{user.phone}", f"letters:{user.user_id}")
    # An e-mail that is not confirmed may be somebody else's, whose counts guard them.
    return (
        (*own, f"sign-in:{user.email}", f"recoveries:{user.email}") if user.email_confirmed else own
    )
