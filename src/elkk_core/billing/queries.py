"""What screens and commands read of accounts, readings, bills and payments."""

from typing import Protocol

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, Supplier
from elkk_core.billing.model import Invoice, ReceivedPayment
from elkk_core.metering.model import Meter, Reading
from elkk_core.shared.ids import AccountId, InvoiceId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.shared.zones import Zone
from elkk_core.tariffs.model import RatePeriod


@frozen(kw_only=True)
class RegisterOverview:
    """A zone of a meter with what is known of it.

    *previous* is the reading from which the next bill counts; *latest* is the last one recorded. Both
    are None before the first reading.
    """

    zone: Zone
    previous: Reading | None
    latest: Reading | None


@frozen(kw_only=True)
class MeterOverview:
    """A meter of an account with its registers; *window* is its own or the supplier's."""

    meter: Meter
    window: SubmissionWindow
    registers: tuple[RegisterOverview, ...]


@frozen(kw_only=True)
class AccountOverview:
    """The card of a personal account.

    *balance* is the debt, negative for an overpayment. *rates* are those of the account's category
    for the zones of its meters, the latest first.
    """

    account: PersonalAccount
    supplier: Supplier
    balance: Money
    meters: tuple[MeterOverview, ...]
    rates: tuple[RatePeriod, ...]
    last_invoice: Invoice | None


@frozen(kw_only=True)
class RecordedReading:
    """A reading in the history with the number of its meter."""

    meter_number: str
    reading: Reading


@frozen(kw_only=True)
class HistoryMonth:
    """What happened to an account in one month; readings and invoices by the month they count in."""

    month: Month
    readings: tuple[RecordedReading, ...]
    invoices: tuple[Invoice, ...]
    payments: tuple[ReceivedPayment, ...]

    @property
    def paid(self) -> Money:
        """«Сумма платежей» of the month."""
        return Money.total(payment.amount for payment in self.payments)


@frozen(kw_only=True)
class InvoiceOverview:
    """An invoice with its account and supplier, and the payments received in its month."""

    invoice: Invoice
    account: PersonalAccount
    supplier: Supplier
    paid_in_month: Money


class Cabinet(Protocol):
    """What a user sees of the accounts that they have linked, and of no other."""

    def account(self, account_id: AccountId, *, user_id: UserId) -> AccountOverview:
        """Return the card of an account.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...

    def history(
        self, account_id: AccountId, *, user_id: UserId, since: Month | None
    ) -> tuple[HistoryMonth, ...]:
        """Return the months from *since* on in which anything happened, the latest first.

        All of them if *since* is None.

        Raises:
            AccountNotFound: If there is no such account, or the user has not linked it.
        """
        ...

    def invoice(self, invoice_id: InvoiceId, *, user_id: UserId) -> InvoiceOverview:
        """Return an invoice of an account that the user has linked.

        Raises:
            InvoiceNotFound: If there is none, or the user has not linked its account.
        """
        ...


class InvoiceList(Protocol):
    """Invoices for operators."""

    def get_by_number(self, number: str) -> InvoiceOverview:
        """Return the invoice with this number.

        Raises:
            InvoiceNotFound: If there is none.
        """
        ...
