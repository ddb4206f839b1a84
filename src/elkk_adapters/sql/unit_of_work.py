"""Changes that are kept together or not at all."""

from types import TracebackType
from typing import Self

import sqlalchemy as sa

from elkk_adapters.sql.express import SqlExpressBilling
from elkk_adapters.sql.repositories.accounts import (
    SqlAccountLinks,
    SqlAccounts,
    SqlBillFigures,
    SqlLinkings,
    SqlMailings,
    SqlSuppliers,
)
from elkk_adapters.sql.repositories.billing import (
    SqlBenefits,
    SqlBillableAccounts,
    SqlInvoiceNumbers,
    SqlInvoices,
    SqlLedger,
    SqlReceivedPayments,
)
from elkk_adapters.sql.repositories.identity import (
    SqlAnsweredCaptchas,
    SqlEmailConfirmations,
    SqlPendingSignIns,
    SqlPhoneChanges,
    SqlRecoveries,
    SqlRecoveryLinks,
    SqlRegistrations,
    SqlSecondFactors,
    SqlSessions,
    SqlUsers,
)
from elkk_adapters.sql.repositories.law import SqlLawTables
from elkk_adapters.sql.repositories.metering import (
    SqlMeteredAccounts,
    SqlMeteringGaps,
    SqlMeters,
    SqlNorms,
    SqlReadings,
)
from elkk_adapters.sql.repositories.notices import SqlNotifications, SqlWatches
from elkk_adapters.sql.repositories.payments import SqlCardPayments, SqlPaidAccounts
from elkk_adapters.sql.repositories.rules import SqlRuleBooks
from elkk_adapters.sql.repositories.shared import EventQueue, SqlTallies
from elkk_adapters.sql.repositories.support import (
    SqlContents,
    SqlHouseholds,
    SqlRequestNumbers,
    SqlSupportRequests,
)
from elkk_adapters.sql.repositories.tariffs import SqlTariffs


class SqlUnitOfWork:
    """One transaction, with the collections of every room.

    It satisfies the unit of work of each context. Leaving it without ``commit()`` rolls back.
    """

    def __init__(self, engine: sa.Engine, queue: EventQueue) -> None:
        self._engine = engine
        self._queue = queue
        self._connection: sa.Connection | None = None
        self._is_used = False

    def __enter__(self) -> Self:
        if self._is_used:
            message = "a unit of work is used once"
            raise RuntimeError(message)
        self._is_used = True
        connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def commit(self) -> None:
        """Keep all changes made so far; after it nothing more can be asked of the unit.

        Raises:
            StaleState: If another unit changed the same state meanwhile.
        """
        self._open.commit()
        self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @property
    def _open(self) -> sa.Connection:
        if self._connection is None:
            message = "the unit of work is not open"
            raise RuntimeError(message)
        return self._connection

    # Shared

    @property
    def tallies(self) -> SqlTallies:
        """Counts of what happened lately."""
        return SqlTallies(self._open)

    # Identity

    @property
    def registrations(self) -> SqlRegistrations:
        """Registrations that were started."""
        return SqlRegistrations(self._open, self._queue)

    @property
    def recoveries(self) -> SqlRecoveries:
        """Password recoveries that were started."""
        return SqlRecoveries(self._open, self._queue)

    @property
    def recovery_links(self) -> SqlRecoveryLinks:
        """Links to change a forgotten password."""
        return SqlRecoveryLinks(self._open, self._queue)

    @property
    def answered_captchas(self) -> SqlAnsweredCaptchas:
        """The captchas that were answered."""
        return SqlAnsweredCaptchas(self._open)

    @property
    def users(self) -> SqlUsers:
        """All users."""
        return SqlUsers(self._open, self._queue)

    @property
    def email_confirmations(self) -> SqlEmailConfirmations:
        """Links to confirm an e-mail."""
        return SqlEmailConfirmations(self._open)

    @property
    def sessions(self) -> SqlSessions:
        """All sessions."""
        return SqlSessions(self._open)

    @property
    def second_factors(self) -> SqlSecondFactors:
        """The second factors of users."""
        return SqlSecondFactors(self._open, self._queue)

    @property
    def pending_sign_ins(self) -> SqlPendingSignIns:
        """Sign-ins that wait for the second factor."""
        return SqlPendingSignIns(self._open)

    @property
    def phone_changes(self) -> SqlPhoneChanges:
        """New phones of users."""
        return SqlPhoneChanges(self._open, self._queue)

    # Accounts

    @property
    def suppliers(self) -> SqlSuppliers:
        """All suppliers."""
        return SqlSuppliers(self._open)

    @property
    def accounts(self) -> SqlAccounts:
        """All personal accounts."""
        return SqlAccounts(self._open)

    @property
    def links(self) -> SqlAccountLinks:
        """Which users have linked which accounts."""
        return SqlAccountLinks(self._open)

    @property
    def linkings(self) -> SqlLinkings:
        """The facts that accounts were linked."""
        return SqlLinkings(self._open)

    @property
    def mailings(self) -> SqlMailings:
        """What users have chosen of the mailings of suppliers."""
        return SqlMailings(self._open)

    @property
    def bill_figures(self) -> SqlBillFigures:
        """The closing figures of bills."""
        return SqlBillFigures(self._open)

    # Tariffs

    @property
    def tariffs(self) -> SqlTariffs:
        """All published rates."""
        return SqlTariffs(self._open)

    # Metering

    @property
    def metered_accounts(self) -> SqlMeteredAccounts:
        """Personal accounts as metering knows them."""
        return SqlMeteredAccounts(self._open)

    @property
    def meters(self) -> SqlMeters:
        """All meters."""
        return SqlMeters(self._open)

    @property
    def readings(self) -> SqlReadings:
        """All readings."""
        return SqlReadings(self._open)

    @property
    def gaps(self) -> SqlMeteringGaps:
        """Days on which meters were not to be read or believed."""
        return SqlMeteringGaps(self._open)

    @property
    def norms(self) -> SqlNorms:
        """The consumption norms of suppliers."""
        return SqlNorms(self._open)

    # Support

    @property
    def households(self) -> SqlHouseholds:
        """Suppliers, accounts and users as support knows them."""
        return SqlHouseholds(self._open)

    @property
    def requests(self) -> SqlSupportRequests:
        """All requests."""
        return SqlSupportRequests(self._open, self._queue)

    @property
    def request_numbers(self) -> SqlRequestNumbers:
        """The running numbers of requests."""
        return SqlRequestNumbers(self._open)

    @property
    def contents(self) -> SqlContents:
        """What suppliers publish."""
        return SqlContents(self._open)

    # Billing

    @property
    def benefits(self) -> SqlBenefits:
        """The benefits of personal accounts."""
        return SqlBenefits(self._open)

    @property
    def billable_accounts(self) -> SqlBillableAccounts:
        """Personal accounts as billing knows them."""
        return SqlBillableAccounts(self._open)

    @property
    def law(self) -> SqlLawTables:
        """The tables of acts."""
        return SqlLawTables(self._open)

    @property
    def rules(self) -> SqlRuleBooks:
        """The choices of suppliers."""
        return SqlRuleBooks(self._open)

    @property
    def invoices(self) -> SqlInvoices:
        """All invoices."""
        return SqlInvoices(self._open)

    @property
    def numbers(self) -> SqlInvoiceNumbers:
        """The running numbers of invoices."""
        return SqlInvoiceNumbers(self._open)

    @property
    def ledger(self) -> SqlLedger:
        """All movements of balances."""
        return SqlLedger(self._open)

    @property
    def payments(self) -> SqlReceivedPayments:
        """All payments received."""
        return SqlReceivedPayments(self._open)

    # Payments

    @property
    def card_payments(self) -> SqlCardPayments:
        """All payments by card."""
        return SqlCardPayments(self._open)

    @property
    def paid_accounts(self) -> SqlPaidAccounts:
        """Personal accounts as payments know them."""
        return SqlPaidAccounts(self._open)

    @property
    def express(self) -> SqlExpressBilling | None:
        """The short way for common bills; SQLite has none."""
        if self._open.dialect.name != "postgresql":
            return None
        return SqlExpressBilling(self._open)

    # Notices

    @property
    def notifications(self) -> SqlNotifications:
        """All notifications."""
        return SqlNotifications(self._open, self._queue)

    @property
    def watches(self) -> SqlWatches:
        """How far the facts of suppliers are known."""
        return SqlWatches(self._open)
