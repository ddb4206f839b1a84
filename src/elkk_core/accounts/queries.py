"""What screens and commands read of accounts."""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from elkk_core.accounts.model import BillDelivery, Relation, Supplier
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money


@frozen(kw_only=True)
class LinkedAccount:
    """A line of «Ваши счета».

    *group* is empty where the account stands under its address; *balance* is the debt, negative for
    an overpayment.
    """

    account_id: AccountId
    supplier_id: SupplierId
    supplier_name: str
    number: str
    address: str
    relation: Relation
    delivery: BillDelivery
    linked_at: datetime
    group: str
    note: str
    balance: Money

    @property
    def heading(self) -> str:
        """What the account stands under: the user's group, or its address."""
        return self.group or self.address


class LinkedAccounts(Protocol):
    """The accounts that a user has linked."""

    def list_for(self, user_id: UserId) -> tuple[LinkedAccount, ...]:
        """Return the accounts of a user by heading, then by address and number."""
        ...

    def get(self, account_id: AccountId, *, user_id: UserId) -> LinkedAccount:
        """Return an account of a user.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...

    def list_linkings(self, account_id: AccountId, *, user_id: UserId) -> tuple[datetime, ...]:
        """Return when an account of a user was linked, by whomever, the earliest first.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...


@frozen(kw_only=True)
class SupplierMailing:
    """A supplier of a user's accounts, and by what it may write to the user."""

    supplier_id: SupplierId
    supplier_name: str
    email: bool
    sms: bool


class MailingList(Protocol):
    """The mailings that a user may choose."""

    def list_for(self, user_id: UserId) -> tuple[SupplierMailing, ...]:
        """Return the mailings of the suppliers whose accounts a user has linked, by name."""
        ...


class SupplierList(Protocol):
    """The suppliers to choose from."""

    def list_all(self) -> tuple[Supplier, ...]:
        """Return all suppliers by name."""
        ...
