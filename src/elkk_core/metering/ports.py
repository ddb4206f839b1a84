"""What metering needs from the outside; each docstring is a contract with a test suite."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from elkk_core.metering.model import (
    Meter,
    MeteredAccount,
    MeteringGap,
    Reading,
    SubmissionTicket,
)
from elkk_core.metering.policies import Norm, NormTable
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

    def look_at_linked(self, account_id: AccountId, *, user_id: UserId) -> MeteredAccount:
        """Return an account that *user_id* has linked, for a unit that changes nothing.

        Other units neither wait for this one nor keep it waiting.

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
        """Keep new readings; one that another of them corrects comes first.

        Raises:
            StaleState: If one of those that they correct was corrected meanwhile.
        """
        ...


class MeteringGaps(Protocol):
    """All gaps in metering; a meter has one of a cause from a day on."""

    def list_of(self, meters: Collection[MeterId]) -> tuple[MeteringGap, ...]:
        """Return the gaps of *meters* by first day, then by cause."""
        ...

    def add_all(self, gaps: Iterable[MeteringGap]) -> None:
        """Keep new gaps.

        Raises:
            StaleState: If a meter got one of the same cause and first day meanwhile.
        """
        ...

    def save_all(self, gaps: Iterable[MeteringGap]) -> None:
        """Keep the next states of gaps.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        ...


class Norms(Protocol):
    """The consumption norms of suppliers; those of one date are kept all at once, and stay."""

    def table(self, supplier_id: SupplierId) -> NormTable:
        """Return all norms of a supplier, an empty table if it has none."""
        ...

    def add_all(self, norms: Iterable[Norm]) -> None:
        """Keep new norms.

        Raises:
            StaleState: If their supplier got norms of one of their dates meanwhile.
        """
        ...


class SubmissionTickets(Protocol):
    """Tickets as short texts that stand in addresses; nobody else can make one."""

    def write(self, ticket: SubmissionTicket) -> str:
        """Return *ticket* as a text of letters, digits, ``-``, ``_`` and ``.``."""
        ...

    def read(self, text: str) -> SubmissionTicket:
        """Return the ticket that was written as *text*, whether or not it is still good.

        Raises:
            SubmissionTicketInvalid: If none was, or not here.
        """
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
    @property
    def gaps(self) -> MeteringGaps: ...
    @property
    def norms(self) -> Norms: ...
