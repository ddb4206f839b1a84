"""Choosing the mailings of suppliers."""

from collections.abc import Callable, Collection, Mapping

from attrs import frozen

from elkk_core.accounts.model import MailingChannel
from elkk_core.accounts.ports import AccountsUnitOfWork
from elkk_core.shared.ids import SupplierId, UserId


@frozen(kw_only=True)
class ChooseMailings:
    """Let the mailings of suppliers come by e-mail, by SMS, by both or by neither.

    All choices are kept, or none of them; suppliers that are not named stay as they are.

    Raises:
        SupplierNotFound: If there is no such supplier.
    """

    unit_of_work: Callable[[], AccountsUnitOfWork]

    def __call__(
        self, *, user_id: UserId, choices: Mapping[SupplierId, Collection[MailingChannel]]
    ) -> None:
        with self.unit_of_work() as uow:
            for supplier_id, channels in choices.items():
                uow.suppliers.get(supplier_id)
                mailing = uow.mailings.get(user_id, supplier_id)
                chosen = mailing.come_by(channels)
                if chosen != mailing:
                    uow.mailings.save(chosen)
            uow.commit()
