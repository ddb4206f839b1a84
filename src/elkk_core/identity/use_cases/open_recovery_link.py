"""Looking whether a link that changes a forgotten password still works."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.ports import IdentityUnitOfWork, Secrets
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class OpenRecoveryLink:
    """Let the form for a new password be shown to whoever holds the *token* of a letter.

    Looking does not use the link up: mail programs look at links too.

    Raises:
        RecoveryLinkNotFound: If there is no such link.
        RecoveryLinkUsed: If it has done its work.
        RecoveryLinkExpired: If it is too old.
    """

    reading: Callable[[], IdentityUnitOfWork]
    secrets: Secrets
    clock: Clock

    def __call__(self, *, token: str) -> None:
        with self.reading() as uow:
            link = uow.recovery_links.get(self.secrets.digest(token, context="recovery"))
        link.check_usable(now=self.clock.now())
