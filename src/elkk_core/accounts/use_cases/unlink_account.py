"""Unlinking a personal account."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId


@frozen(kw_only=True)
class UnlinkAccount:
    """Take a personal account out of a user's cabinet, with its group and its note.

    The account, its readings, bills and payments stay in the supplier's books; other users who have
    linked it keep it, and this one may link it again.

    Raises:
        AccountNotFound: If there is none, or the user has not linked it.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]

    def __call__(self, *, user_id: UserId, account_id: AccountId) -> None:
        with self.unit_of_work() as uow:
            link = uow.links.find(user_id, account_id)
            if link is None:
                raise AccountNotFound(str(account_id))
            uow.links.remove(link)
            uow.commit()
