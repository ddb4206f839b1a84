"""Choosing how the bills of linked accounts come."""

from collections.abc import Callable, Mapping

from attrs import frozen

from elkk_core.accounts.model import BillDelivery
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, UserId


@frozen(kw_only=True)
class ChooseBillDelivery:
    """Let the bills of linked accounts come by e-mail or on paper, each by one of the two.

    All choices are kept, or none of them; accounts that are not named stay as they are.

    Raises:
        AccountNotFound: If the user has not linked one of the accounts.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]

    def __call__(self, *, user_id: UserId, choices: Mapping[AccountId, BillDelivery]) -> None:
        with self.unit_of_work() as uow:
            for account_id, delivery in choices.items():
                link = uow.links.find(user_id, account_id)
                if link is None:
                    raise AccountNotFound(str(account_id))
                if link.delivery is not delivery:
                    uow.links.save(link.deliver_by(delivery))
            uow.commit()
