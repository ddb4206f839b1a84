"""Changes in memory that are kept together or not at all."""

from types import TracebackType
from typing import Self

from elkk_core.shared import DomainEvent
from elkk_core.testing.memory.accounts import (
    MemoryAccounts,
    MemoryBillFigures,
    MemoryLinkings,
    MemoryLinks,
    MemoryMailings,
    MemorySuppliers,
)
from elkk_core.testing.memory.billable import MemoryBillableAccounts
from elkk_core.testing.memory.billing import (
    MemoryBenefits,
    MemoryInvoiceNumbers,
    MemoryInvoices,
    MemoryLedger,
    MemoryPayments,
)
from elkk_core.testing.memory.identity import (
    MemoryAnsweredCaptchas,
    MemoryEmailConfirmations,
    MemoryPendingSignIns,
    MemoryPhoneChanges,
    MemoryRecoveries,
    MemoryRecoveryLinks,
    MemoryRegistrations,
    MemorySecondFactors,
    MemorySessions,
    MemoryTallies,
    MemoryUsers,
)
from elkk_core.testing.memory.law import MemoryLawTables
from elkk_core.testing.memory.metering import (
    MemoryMeteredAccounts,
    MemoryMeteringGaps,
    MemoryMeters,
    MemoryNorms,
    MemoryReadings,
)
from elkk_core.testing.memory.notices import MemoryNotifications, MemoryWatches
from elkk_core.testing.memory.payments import MemoryCardPayments, MemoryPaidAccounts
from elkk_core.testing.memory.rules import MemoryRuleBooks
from elkk_core.testing.memory.support import (
    MemoryContents,
    MemoryHouseholds,
    MemoryRequestNumbers,
    MemorySupportRequests,
)
from elkk_core.testing.memory.tables import Committed, Tables
from elkk_core.testing.memory.tariffs import MemoryTariffs


class MemoryUnitOfWork:
    """The unit of work of every context.

    It works on a copy of what was committed when it began, so leaving without ``commit()`` forgets
    everything, and a commit is refused where another unit was faster.
    """

    def __init__(self, committed: Committed) -> None:
        self._committed = committed
        self._seen: Tables | None = None
        self._tables = Tables()
        self._outbox: list[DomainEvent] = []

    def __enter__(self) -> Self:
        if self._seen is not None:
            message = "a unit of work is used once: take a new one"
            raise RuntimeError(message)
        self._seen = self._committed.tables
        self._tables = self._seen.copy()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._tables = Tables()
        self._outbox.clear()

    def commit(self) -> None:
        """See ``UnitOfWork.commit``."""
        if self._seen is None:
            message = "a unit of work is entered before it is committed"
            raise RuntimeError(message)
        self._committed.merge(seen=self._seen, changed=self._tables.copy(), events=self._outbox)
        self._seen = self._committed.tables
        self._outbox.clear()

    # Identity

    @property
    def registrations(self) -> MemoryRegistrations:
        """Registrations that were started."""
        return MemoryRegistrations(self._tables, self._outbox)

    @property
    def recoveries(self) -> MemoryRecoveries:
        """Password recoveries that were started."""
        return MemoryRecoveries(self._tables, self._outbox)

    @property
    def recovery_links(self) -> MemoryRecoveryLinks:
        """Links to change a forgotten password."""
        return MemoryRecoveryLinks(self._tables, self._outbox)

    @property
    def answered_captchas(self) -> MemoryAnsweredCaptchas:
        """The captchas that were answered."""
        return MemoryAnsweredCaptchas(self._tables)

    @property
    def users(self) -> MemoryUsers:
        """All users."""
        return MemoryUsers(self._tables, self._outbox)

    @property
    def email_confirmations(self) -> MemoryEmailConfirmations:
        """Links to confirm an e-mail."""
        return MemoryEmailConfirmations(self._tables)

    @property
    def sessions(self) -> MemorySessions:
        """All sessions."""
        return MemorySessions(self._tables)

    @property
    def second_factors(self) -> MemorySecondFactors:
        """The second factors of users."""
        return MemorySecondFactors(self._tables, self._outbox)

    @property
    def pending_sign_ins(self) -> MemoryPendingSignIns:
        """Sign-ins that wait for the second factor."""
        return MemoryPendingSignIns(self._tables)

    @property
    def phone_changes(self) -> MemoryPhoneChanges:
        """New phones of users."""
        return MemoryPhoneChanges(self._tables, self._outbox)

    @property
    def tallies(self) -> MemoryTallies:
        """All tallies."""
        return MemoryTallies(self._tables)

    # Accounts

    @property
    def suppliers(self) -> MemorySuppliers:
        """All suppliers."""
        return MemorySuppliers(self._tables)

    @property
    def accounts(self) -> MemoryAccounts:
        """All personal accounts."""
        return MemoryAccounts(self._tables)

    @property
    def links(self) -> MemoryLinks:
        """Who has linked which account."""
        return MemoryLinks(self._tables)

    @property
    def linkings(self) -> MemoryLinkings:
        """The facts that accounts were linked."""
        return MemoryLinkings(self._tables)

    @property
    def mailings(self) -> MemoryMailings:
        """What users have chosen of the mailings of suppliers."""
        return MemoryMailings(self._tables)

    @property
    def bill_figures(self) -> MemoryBillFigures:
        """The closing figures of bills."""
        return MemoryBillFigures(self._tables)

    # Tariffs

    @property
    def tariffs(self) -> MemoryTariffs:
        """All published rates."""
        return MemoryTariffs(self._tables)

    # Metering

    @property
    def metered_accounts(self) -> MemoryMeteredAccounts:
        """All personal accounts as metering knows them."""
        return MemoryMeteredAccounts(self._tables)

    @property
    def meters(self) -> MemoryMeters:
        """All meters."""
        return MemoryMeters(self._tables)

    @property
    def readings(self) -> MemoryReadings:
        """All readings."""
        return MemoryReadings(self._tables)

    @property
    def gaps(self) -> MemoryMeteringGaps:
        """Days on which meters were not to be read or believed."""
        return MemoryMeteringGaps(self._tables)

    @property
    def norms(self) -> MemoryNorms:
        """The consumption norms of suppliers."""
        return MemoryNorms(self._tables)

    # Support

    @property
    def households(self) -> MemoryHouseholds:
        """Suppliers, accounts and users as support knows them."""
        return MemoryHouseholds(self._tables)

    @property
    def requests(self) -> MemorySupportRequests:
        """All requests."""
        return MemorySupportRequests(self._tables, self._outbox)

    @property
    def request_numbers(self) -> MemoryRequestNumbers:
        """The running numbers of requests."""
        return MemoryRequestNumbers(self._tables)

    @property
    def contents(self) -> MemoryContents:
        """What suppliers publish."""
        return MemoryContents(self._tables)

    # Billing

    @property
    def benefits(self) -> MemoryBenefits:
        """The benefits of personal accounts."""
        return MemoryBenefits(self._tables)

    @property
    def billable_accounts(self) -> MemoryBillableAccounts:
        """All personal accounts as billing knows them."""
        return MemoryBillableAccounts(self._tables)

    @property
    def law(self) -> MemoryLawTables:
        """The tables of acts."""
        return MemoryLawTables(self._tables)

    @property
    def rules(self) -> MemoryRuleBooks:
        """The choices of suppliers."""
        return MemoryRuleBooks(self._tables)

    @property
    def invoices(self) -> MemoryInvoices:
        """All invoices."""
        return MemoryInvoices(self._tables)

    @property
    def numbers(self) -> MemoryInvoiceNumbers:
        """The running numbers of invoices."""
        return MemoryInvoiceNumbers(self._tables)

    @property
    def ledger(self) -> MemoryLedger:
        """All movements of balances."""
        return MemoryLedger(self._tables)

    @property
    def payments(self) -> MemoryPayments:
        """All payments received."""
        return MemoryPayments(self._tables)

    # Payments

    @property
    def card_payments(self) -> MemoryCardPayments:
        """All payments by card."""
        return MemoryCardPayments(self._tables)

    @property
    def paid_accounts(self) -> MemoryPaidAccounts:
        """Personal accounts as payments know them."""
        return MemoryPaidAccounts(self._tables)

    @property
    def express(self) -> None:
        """No short way for common bills: nothing is faster than memory."""
        return None

    # Notices

    @property
    def notifications(self) -> MemoryNotifications:
        """All notifications."""
        return MemoryNotifications(self._tables, self._outbox)

    @property
    def watches(self) -> MemoryWatches:
        """How far the facts of suppliers are known."""
        return MemoryWatches(self._tables)
