"""A user's note on a linked account."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId


@frozen(kw_only=True)
class WriteNote:
    """Keep what a user notes of a linked account; an empty note takes the former one away.

    Nobody else sees it, those included who have linked the same account.

    Raises:
        AccountNotFound: If there is no such account, or the user has not linked it.
        FieldTooLong: If the note is longer than 250 characters.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]

    def __call__(self, *, user_id: UserId, account_id: AccountId, note: str) -> None:
        with self.unit_of_work() as uow:
            link = uow.links.find(user_id, account_id)
            if link is None:
                raise AccountNotFound(str(account_id))
            uow.links.save(link.note_down(note))
            uow.commit()
