"""What metering needs from the outside; each docstring is a contract with a test suite."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from elkk_core.metering.model import Meter, MeteredAccount, Reading
from elkk_core.shared.ids import AccountId, MeterId, SupplierId, UserId
from elkk_core.shared.ports import SupplierDirectory, UnitOfWork


class MeteredAccounts(Protocol):
    """Personal accounts as metering knows them."""

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> MeteredAccount:
        """Return an account that *user_id* has linked.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, MeteredAccount]:
        """Return those accounts of a supplier that have one of *numbers*, by number."""
        ...


class Meters(Protocol):
    """All meters; a number is unique within its account."""

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Meter, ...]:
        """Return the meters of *accounts* by date of installation, then by number."""
        ...

    def add_all(self, meters: Iterable[Meter]) -> None:
        """Keep new meters.

        Raises:
            StaleState: If a number was taken meanwhile.
        """
        ...

    def save_all(self, meters: Iterable[Meter]) -> None:
        """Keep the next states of meters.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        ...


class Readings(Protocol):
    """All readings; once added they stay as they are."""

    def list_of(self, meters: Collection[MeterId]) -> tuple[Reading, ...]:
        """Return all readings of *meters* by date, then in the order of recording."""
        ...

    def add_all(self, readings: Iterable[Reading]) -> None:
        """Keep new readings."""
        ...


class MeteringUnitOfWork(UnitOfWork, Protocol):
    """What metering may read and change together."""

    @property
    def suppliers(self) -> SupplierDirectory: ...
    @property
    def metered_accounts(self) -> MeteredAccounts: ...
    @property
    def meters(self) -> Meters: ...
    @property
    def readings(self) -> Readings: ...
