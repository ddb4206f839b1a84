"""A database in memory."""

from elkk_core.shared import DomainEvent
from elkk_core.testing.memory.auditing import MemoryAuditor
from elkk_core.testing.memory.billed_months import MemoryBilledMonths
from elkk_core.testing.memory.queries import (
    MemoryCabinet,
    MemoryInvoiceList,
    MemoryLinkedAccounts,
    MemorySupplierList,
    MemoryUserOverviews,
)
from elkk_core.testing.memory.tables import Committed
from elkk_core.testing.memory.unit_of_work import MemoryUnitOfWork


class MemoryStore:
    """All that the cabinet keeps, in memory; satisfies ``stores.Store``.

    Not for several threads at once.
    """

    def __init__(self) -> None:
        self._committed = Committed()

    def unit_of_work(self) -> MemoryUnitOfWork:
        """Return a new unit of work; hand this method to use cases as their factory."""
        return MemoryUnitOfWork(self._committed)

    def events(self) -> tuple[DomainEvent, ...]:
        """Return the events of all committed units, in the order of the commits."""
        return self._committed.events

    @property
    def user_overviews(self) -> MemoryUserOverviews:
        """Users for screens and commands."""
        return MemoryUserOverviews(self._committed)

    @property
    def suppliers(self) -> MemorySupplierList:
        """The suppliers to choose from."""
        return MemorySupplierList(self._committed)

    @property
    def linked_accounts(self) -> MemoryLinkedAccounts:
        """The accounts that a user has linked."""
        return MemoryLinkedAccounts(self._committed)

    @property
    def cabinet(self) -> MemoryCabinet:
        """What a user sees of linked accounts."""
        return MemoryCabinet(self._committed)

    @property
    def invoices(self) -> MemoryInvoiceList:
        """Invoices for operators."""
        return MemoryInvoiceList(self._committed)

    @property
    def billed_months(self) -> MemoryBilledMonths:
        """The months of suppliers for operators who bill them."""
        return MemoryBilledMonths(self._committed)

    @property
    def auditor(self) -> MemoryAuditor:
        """Looks whether the books keep their rules."""
        return MemoryAuditor(self._committed)
