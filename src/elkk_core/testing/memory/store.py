"""A database in memory."""

from elkk_core.shared import DomainEvent
from elkk_core.testing.memory.auditing import MemoryAuditor
from elkk_core.testing.memory.billed_months import MemoryBilledMonths
from elkk_core.testing.memory.metering import MemorySentReadings
from elkk_core.testing.memory.notices import MemoryNoticeFacts, MemoryUserNotifications
from elkk_core.testing.memory.payments import (
    MemoryBegunPayments,
    MemoryCardPaymentList,
    MemoryPaymentsToAsk,
)
from elkk_core.testing.memory.queries import (
    MemoryCabinet,
    MemoryInvoiceList,
    MemoryLinkedAccounts,
    MemoryMailingList,
    MemorySupplierList,
    MemoryUserOverviews,
)
from elkk_core.testing.memory.support import MemoryContentLibrary, MemoryRequestOverviews
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
    def mailings(self) -> MemoryMailingList:
        """The mailings that a user may choose."""
        return MemoryMailingList(self._committed)

    @property
    def sent_readings(self) -> MemorySentReadings:
        """The readings that users sent themselves."""
        return MemorySentReadings(self._committed)

    @property
    def request_overviews(self) -> MemoryRequestOverviews:
        """Requests for screens and commands."""
        return MemoryRequestOverviews(self._committed)

    @property
    def content_library(self) -> MemoryContentLibrary:
        """What suppliers publish, for screens and commands."""
        return MemoryContentLibrary(self._committed)

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
    def card_payments(self) -> MemoryCardPaymentList:
        """The payments by card that a user sees."""
        return MemoryCardPaymentList(self._committed)

    @property
    def begun_payments(self) -> MemoryBegunPayments:
        """The payments by card that users began themselves."""
        return MemoryBegunPayments(self._committed)

    @property
    def payments_to_ask(self) -> MemoryPaymentsToAsk:
        """Payments that somebody has to look after."""
        return MemoryPaymentsToAsk(self._committed)

    @property
    def notice_facts(self) -> MemoryNoticeFacts:
        """What there may be to tell of accounts."""
        return MemoryNoticeFacts(self._committed)

    @property
    def user_notifications(self) -> MemoryUserNotifications:
        """The notifications of users."""
        return MemoryUserNotifications(self._committed)

    @property
    def auditor(self) -> MemoryAuditor:
        """Looks whether the books keep their rules."""
        return MemoryAuditor(self._committed)
