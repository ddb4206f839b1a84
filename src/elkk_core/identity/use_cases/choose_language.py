"""Choosing the language of the cabinet."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.model import Language
from elkk_core.identity.ports import IdentityUnitOfWork
from elkk_core.shared.ids import UserId


@frozen(kw_only=True)
class ChooseLanguage:
    """Speak to a user in *language* from now on, on pages and in messages.

    Raises:
        UserNotFound: If there is no such user.
    """

    unit_of_work: Callable[[], IdentityUnitOfWork]

    def __call__(self, *, user_id: UserId, language: Language) -> None:
        with self.unit_of_work() as uow:
            user = uow.users.get(user_id)
            if user.language is not language:
                uow.users.save(user.choose_language(language))
                uow.commit()
