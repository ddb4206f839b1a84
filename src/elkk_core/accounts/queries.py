"""What screens and commands read of accounts."""

from typing import Protocol

from attrs import frozen

from elkk_core.accounts.model import BillDelivery, Relation, Supplier
from elkk_core.shared.ids import AccountId, SupplierId, UserId


@frozen(kw_only=True)
class LinkedAccount:
    """A line of «Ваши счета»."""

    account_id: AccountId
    supplier_id: SupplierId
    supplier_name: str
    number: str
    address: str
    relation: Relation
    delivery: BillDelivery


class LinkedAccounts(Protocol):
    """The accounts that a user has linked."""

    def list_for(self, user_id: UserId) -> tuple[LinkedAccount, ...]:
        """Return the accounts of a user by address, then by number."""
        ...


class SupplierList(Protocol):
    """The suppliers to choose from."""

    def list_all(self) -> tuple[Supplier, ...]:
        """Return all suppliers by name."""
        ...
