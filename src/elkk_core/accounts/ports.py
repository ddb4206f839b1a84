"""What accounts need from the outside; each docstring is a contract with a test suite."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from elkk_core.accounts.model import (
    AccountLink,
    BillFigure,
    Linking,
    Mailing,
    PersonalAccount,
    Supplier,
)
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.periods import Month
from elkk_core.shared.ports import Tallies, UnitOfWork


class Suppliers(Protocol):
    """All suppliers; each has a code of its own."""

    def get(self, supplier_id: SupplierId) -> Supplier:
        """Return a supplier.

        Raises:
            SupplierNotFound: If there is none.
        """
        ...

    def get_by_code(self, code: str) -> Supplier:
        """Return the supplier with this code.

        Raises:
            SupplierNotFound: If there is none.
        """
        ...

    def list_all(self) -> tuple[Supplier, ...]:
        """Return all suppliers by name."""
        ...

    def add(self, supplier: Supplier) -> None:
        """Keep a new supplier.

        Raises:
            SupplierCodeTaken: If another has the code.
        """
        ...


class PersonalAccounts(Protocol):
    """All personal accounts; a number is unique within its supplier."""

    def get(self, account_id: AccountId) -> PersonalAccount:
        """Return an account.

        Raises:
            AccountNotFound: If there is none.
        """
        ...

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, PersonalAccount]:
        """Return those accounts of a supplier that have one of *numbers*, by number."""
        ...

    def add_all(self, accounts: Iterable[PersonalAccount]) -> None:
        """Keep new accounts.

        Raises:
            StaleState: If a number was taken meanwhile.
        """
        ...

    def save_all(self, accounts: Iterable[PersonalAccount]) -> None:
        """Keep the next states of accounts.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        ...


class AccountLinks(Protocol):
    """Which users have linked which accounts; a user links an account once."""

    def find(self, user_id: UserId, account_id: AccountId) -> AccountLink | None:
        """Return the link of a user to an account, None if there is none."""
        ...

    def add(self, link: AccountLink) -> None:
        """Keep a new link.

        Raises:
            AlreadyLinked: If the user has linked the account before.
        """
        ...

    def save(self, link: AccountLink) -> None:
        """Keep the next state of a link.

        Raises:
            StaleState: If another saved or removed it since it was read.
        """
        ...

    def remove(self, link: AccountLink) -> None:
        """Forget a link, and the user's group and note with it.

        Raises:
            StaleState: If another saved or removed it since it was read.
        """
        ...


class Linkings(Protocol):
    """The facts that accounts were linked."""

    def list_of(self, account_id: AccountId) -> tuple[Linking, ...]:
        """Return the linkings of an account, the earliest first."""
        ...

    def add(self, linking: Linking) -> None:
        """Keep a new fact."""
        ...


class Mailings(Protocol):
    """What users have chosen of the mailings of suppliers."""

    def get(self, user_id: UserId, supplier_id: SupplierId) -> Mailing:
        """Return what a user has chosen, the default of ``Mailing`` if nothing was chosen yet."""
        ...

    def save(self, mailing: Mailing) -> None:
        """Keep the next state of a choice.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


class BillFigures(Protocol):
    """The closing figures of bills, which make the security question."""

    def list_since(self, account_id: AccountId, month: Month) -> tuple[BillFigure, ...]:
        """Return the figures of the bills in force for *month* and later, the earliest first."""
        ...


class AccountsUnitOfWork(UnitOfWork, Protocol):
    """What accounts may read and change together."""

    @property
    def suppliers(self) -> Suppliers: ...
    @property
    def accounts(self) -> PersonalAccounts: ...
    @property
    def links(self) -> AccountLinks: ...
    @property
    def linkings(self) -> Linkings: ...
    @property
    def mailings(self) -> Mailings: ...
    @property
    def bill_figures(self) -> BillFigures: ...
    @property
    def tallies(self) -> Tallies: ...
