"""What screens and commands read of accounts, readings, bills and payments."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Protocol

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, Supplier
from elkk_core.billing.model import (
    AccountStanding,
    Estimated,
    Invoice,
    InvoiceSource,
    MonthConsumption,
    ReceivedPayment,
    VolumeDerivation,
)
from elkk_core.billing.policies import AuditedAccount, Verdict, payment_code
from elkk_core.billing.ports import PaymentDocument
from elkk_core.metering.model import Meter, Reading, month_to_bill
from elkk_core.metering.policies import reading_before, reading_of, uncorrected
from elkk_core.shared.ids import AccountId, InvoiceId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.shared.zones import Zone
from elkk_core.tariffs.model import RatePeriod


@frozen(kw_only=True)
class RegisterOverview:
    """A zone of a meter with its *readings*: by time, from the one that the next bill counts from."""

    zone: Zone
    readings: tuple[Reading, ...]

    @property
    def latest(self) -> Reading | None:
        """The last reading that stands, None before the first one."""
        found = uncorrected(self.readings)
        return found[-1] if found else None

    def previous(self, month: Month) -> Reading | None:
        """Return the reading that one for *month* is compared with, None if there is none."""
        return reading_before(self.readings, month)

    def counted(self, month: Month) -> Reading | None:
        """Return the reading that counts in the bill for *month* so far, None if there is none."""
        return reading_of(self.readings, month)


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

    def estimates(self, meter: MeterOverview) -> tuple[Estimated, ...]:
        """Return by what the last bill charged *meter* in place of readings: the next ones settle it.

        None where it counted readings, or where an earlier billing system issued it.
        """
        last = self.last_invoice
        if last is None:
            return ()
        derivations = (line.derivation for line in last.lines)
        return tuple(
            known.basis
            for known in derivations
            if isinstance(known, VolumeDerivation)
            and known.meter == meter.meter.number
            and isinstance(known.basis, Estimated)
        )

    def month_to_bill(self, meter: MeterOverview, day: date) -> Month:
        """Return the month in whose bill a reading of *meter* on *day* counts."""
        last = self.last_invoice
        issued = None if last is None or last.source is InvoiceSource.IMPORTED else last.month
        return month_to_bill(day, window=meter.window, billed_through=issued)


@frozen(kw_only=True)
class RecordedReading:
    """A reading in the history with the number of its meter, and whether another *corrects* it."""

    meter_number: str
    reading: Reading
    is_corrected: bool = False


@frozen(kw_only=True)
class HistoryMonth:
    """What happened to an account in one month; readings and invoices by the month they count in.

    Of the *invoices* the last one is in force; it has corrected the one before it.
    """

    month: Month
    readings: tuple[RecordedReading, ...]
    invoices: tuple[Invoice, ...]
    payments: tuple[ReceivedPayment, ...]

    @property
    def paid(self) -> Money:
        """«Сумма платежей» of the month."""
        return Money.total(payment.amount for payment in self.payments)


@frozen(kw_only=True)
class BillReference:
    """A bill that another one is to name, with its number for people."""

    invoice_id: InvoiceId
    number: str


@frozen(kw_only=True)
class InvoiceOverview:
    """An invoice with its account and supplier, and the payments received in its month.

    *corrects* is the bill in whose place it stands, *corrected_by* the one that stands in its place;
    None where there is none. After it the account stands as *standing* says, which a bill of an
    earlier billing system does not tell. *consumption* are the months in whose bills in force kWh
    were billed, the oldest first: at most `CONSUMPTION_MONTHS`, the last of them this bill's own.
    """

    invoice: Invoice
    corrects: BillReference | None = None
    corrected_by: BillReference | None = None
    account: PersonalAccount
    supplier: Supplier
    paid_in_month: Money
    standing: AccountStanding | None = None
    consumption: tuple[MonthConsumption, ...] = ()

    def payment_document(self) -> PaymentDocument:
        """Return what the printed form shows, with the text of a QR by which it can be paid.

        Raises:
            PaymentCodeFieldTooLong, PaymentCodeTooLong, PaymentCodeNotSeparable: If the supplier's
                requisites do not fit into a QR.
        """
        return PaymentDocument(
            supplier=self.supplier,
            account=self.account,
            invoice=self.invoice,
            payment_code=payment_code(
                self.supplier.requisites,
                account_number=self.account.number,
                amount=self.invoice.total_due,
                purpose=f"ЛС {self.account.number}, электроэнергия, {self.invoice.month}",
            ),
            corrects=None if self.corrects is None else self.corrects.number,
            corrected_by=None if self.corrected_by is None else self.corrected_by.number,
            standing=self.standing,
            consumption=self.consumption,
        )


class Cabinet(Protocol):
    """What a user sees of the accounts that they have linked, and of no other."""

    def account(self, account_id: AccountId, *, user_id: UserId) -> AccountOverview:
        """Return the card of an account.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...

    def history(
        self,
        account_id: AccountId,
        *,
        user_id: UserId,
        since: Month | None = None,
        through: Month | None = None,
    ) -> tuple[HistoryMonth, ...]:
        """Return the months in which anything happened, the latest first.

        From *since* up to *through*, both included; None sets no bound.

        Raises:
            AccountNotFound: If there is no such account, or the user has not linked it.
        """
        ...

    def first_month(self, account_id: AccountId, *, user_id: UserId) -> Month | None:
        """Return the first month of which a reading or a bill is known, None without any.

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

    def get_by_number(self, number: str, *, supplier: str | None = None) -> InvoiceOverview:
        """Return the invoice with this number, of the supplier with this code if one is named.

        Earlier billing systems of several suppliers may have used a number twice; then it is the
        invoice of the latest month.

        Raises:
            SupplierNotFound: If there is no such supplier.
            InvoiceNotFound: If there is no such invoice.
        """
        ...

    def count(self, supplier: str, month: Month) -> int:
        """Return how many accounts have an invoice of the supplier with this code for *month*.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def list_accounts(
        self, supplier: str, month: Month, *, after: str, limit: int
    ) -> tuple[str, ...]:
        """Return the numbers of at most *limit* accounts with an invoice for *month*, in order.

        Only those that sort after *after*; with an empty text, from the first one on.
        """
        ...

    def list_of(
        self, supplier: str, month: Month, accounts: Collection[str]
    ) -> tuple[InvoiceOverview, ...]:
        """Return the invoices in force for *month* of those accounts of a supplier.

        By account number; those that others have corrected are left out.
        """
        ...


class Auditor(Protocol):
    """Looks whether what is stored keeps the rules of the books.

    It changes nothing, waits for nobody, and sees one moment at a time: bills may be issued
    meanwhile.
    """

    def look_through(self, supplier: str) -> Iterator[Verdict]:
        """Yield the verdicts on the books of the supplier with this code as a whole, one by one.

        They are of ``BOOK_CHECKS``, in this order. Findings come by account, then by month; those
        of numbers by number.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def list_unguarded(self) -> tuple[str, ...]:
        """Return the names of the tables of facts that the database lets be changed."""
        ...

    def count_accounts(self, supplier: str, *, after: str, through: str) -> int:
        """Return how many accounts the supplier with this code has.

        Only those whose number sorts after *after* and not after *through*; with an empty text from
        the first one on, or up to the last.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def bounds(self, supplier: str, *, size: int) -> tuple[str, ...]:
        """Return the number of every *size*-th account, by number.

        They divide the accounts into parts of that size; the last part has no bound.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def batch(
        self, supplier: str, *, after: str, through: str, limit: int, every_bill: bool
    ) -> tuple[AuditedAccount, ...]:
        """Return at most *limit* accounts by number, within the bounds of `count_accounts`.

        With *every_bill* their invoices are there by month, then by revision; else none. Of an
        account with a bill that cannot be read there is nothing but the numbers of such bills.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...


@frozen(kw_only=True)
class MonthFigures:
    """How far the bills of a supplier for a month are.

    Of *accounts* so many are *billed*; *charged* and *penalties* are the sums of the bills in force.
    """

    accounts: int
    billed: int
    charged: Money
    penalties: Money

    @property
    def left(self) -> int:
        """How many accounts have no bill."""
        return self.accounts - self.billed


class BilledMonths(Protocol):
    """The months of suppliers for operators who bill them."""

    def figures(self, supplier: str, month: Month) -> MonthFigures:
        """Return how far the bills of the supplier with this code for *month* are.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def last(self, supplier: str) -> Month | None:
        """Return the last month for which the supplier with this code has bills, None without any.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def numbers_taken(self, supplier: str, year: int) -> int:
        """Return how many bills the supplier with this code has numbered in *year*, at no cost.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...
