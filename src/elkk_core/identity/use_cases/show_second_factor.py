"""Where a user stands with the second factor."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.model import AuthenticatorSetup, FactorMethod
from elkk_core.identity.ports import Authenticators, IdentityUnitOfWork
from elkk_core.identity.queries import SecondFactorView
from elkk_core.shared.ids import UserId


@frozen(kw_only=True)
class ShowSecondFactor:
    """Return the second factor of a user; the secret of an app only until it is confirmed."""

    reading: Callable[[], IdentityUnitOfWork]
    authenticators: Authenticators

    def __call__(self, *, user_id: UserId) -> SecondFactorView:
        with self.reading() as uow:
            user = uow.users.get(user_id)
            factor = uow.second_factors.get(user_id)
        setup: AuthenticatorSetup | None = None
        if factor.method is FactorMethod.APP and not factor.is_on and factor.sealed_secret:
            setup = self.authenticators.setup(factor.sealed_secret, owner=user.phone.number)
        return SecondFactorView(
            method=factor.method,
            on_since=factor.on_since,
            recovery_codes_left=len(factor.recovery_digests),
            setup=setup,
        )
