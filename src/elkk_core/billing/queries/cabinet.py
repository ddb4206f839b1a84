"""What a user sees of the accounts that they have linked."""

from datetime import date
from typing import Protocol

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, Supplier
from elkk_core.billing.model import (
    Estimated,
    Invoice,
    InvoiceSource,
    ReceivedPayment,
    VolumeDerivation,
)
from elkk_core.billing.queries.invoices import InvoiceOverview
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
