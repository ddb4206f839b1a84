"""Choosing the group of a linked account."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId


@frozen(kw_only=True)
class ChooseGroup:
    """Put a linked account into a group of the user's, or under its address if *group* is None.

    A group is but a name: it begins with its first account and ends with its last one.

    Raises:
        AccountNotFound: If there is no such account, or the user has not linked it.
        FieldRequired: If the name is empty.
        FieldTooLong: If it is longer than 250 characters.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]

    def __call__(self, *, user_id: UserId, account_id: AccountId, group: str | None) -> None:
        with self.unit_of_work() as uow:
            link = uow.links.find(user_id, account_id)
            if link is None:
                raise AccountNotFound(str(account_id))
            if group is None:
                chosen = link.put_under_address()
            else:
                address = uow.accounts.get(account_id).address
                chosen = link.put_into(group, address=address)
            uow.links.save(chosen)
            uow.commit()
