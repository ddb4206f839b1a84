"""Help for a user who has lost the second factor."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity import errors
from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Identifiers


@frozen(kw_only=True)
class RemoveSecondFactor:
    """Switch the second factor of a user off without a code: for operators only.

    The operator has made sure who asks. All sessions stay; the user is told by SMS.

    Raises:
        UserNotFound: If there is no such user.
        SecondFactorNotChosen: If none is on.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]
    identifiers: Identifiers

    def __call__(self, *, user_id: UserId) -> None:
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            factor = uow.second_factors.get(user_id)
            if not factor.is_on:
                raise errors.SecondFactorNotChosen
            uow.second_factors.save(factor.switch_off(user=user, event_id=self.identifiers.new()))
            uow.commit()
