"""What payments need from the outside; each docstring is a contract with a test suite."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from attrs import field, frozen

from elkk_core.billing.model import LedgerEntry, ReceivedPayment
from elkk_core.payments.model import CardPayment, CardPaymentId, DeclineReason
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.ports import Tallies, UnitOfWork

# What is kept here


class CardPayments(Protocol):
    """All payments by card; an order number belongs to one of them. Changes are only added."""

    def get(self, payment_id: CardPaymentId) -> CardPayment:
        """Return a payment.

        Raises:
            PaymentNotFound: If there is none.
        """
        ...

    def find(self, payment_id: CardPaymentId) -> CardPayment | None:
        """Return a payment, None if there is none."""
        ...

    def add(self, payment: CardPayment) -> None:
        """Keep a new payment.

        Raises:
            StaleState: If there is one of its identifier or order number by now.
        """
        ...

    def save(self, payment: CardPayment) -> None:
        """Keep the next state of a payment, and the changes that led to it.

        Raises:
            StaleState: If another saved it since it was read.
        """
        ...


@frozen(kw_only=True)
class PaidAccount:
    """A personal account as payments know it; bills have closed its books through *closed_through*."""

    account_id: AccountId
    supplier_id: SupplierId
    number: str
    time_zone: str
    closed_through: Month | None = None


class PaidAccounts(Protocol):
    """Personal accounts as payments know them.

    A unit that names an account waits for other units that do, and what it reads is later.
    """

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> PaidAccount:
        """Return an account that the user has linked.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        ...

    def get(self, account_id: AccountId) -> PaidAccount:
        """Return an account.

        Raises:
            AccountNotFound: If there is none.
        """
        ...


class BookedPayments(Protocol):
    """Payments as the books have counted them; a reference is unique within its supplier."""

    def find_by_references(
        self, supplier_id: SupplierId, references: Collection[str]
    ) -> Mapping[str, ReceivedPayment]:
        """Return those payments of a supplier that have one of *references*, by reference."""
        ...

    def add_all(self, payments: Iterable[ReceivedPayment]) -> None:
        """Keep new payments.

        Raises:
            StaleState: If a reference was taken meanwhile.
        """
        ...


class Entries(Protocol):
    """All movements of balances; once added they stay as they are."""

    def add_all(self, entries: Iterable[LedgerEntry]) -> None:
        """Keep new entries."""
        ...


class PaymentsUnitOfWork(UnitOfWork, Protocol):
    """What payments may read and change together."""

    @property
    def tallies(self) -> Tallies: ...
    @property
    def card_payments(self) -> CardPayments: ...
    @property
    def paid_accounts(self) -> PaidAccounts: ...
    @property
    def payments(self) -> BookedPayments: ...
    @property
    def ledger(self) -> Entries: ...


# The bank


@frozen(kw_only=True)
class PaymentOrder:
    """What the bank is asked to take: *amount* in roubles, within *lifetime*.

    The payer comes back to the address *return_to*, whatever happened, and finds the page in
    *language*. The fiscal receipt goes to *email*.
    """

    number: str
    amount: Money
    description: str
    email: str
    language: str
    return_to: str
    lifetime: timedelta


@frozen(kw_only=True)
class RegisteredOrder:
    """The bank's identifier of an order, and the address of the page that asks for the card."""

    bank_order: str
    address: str


class BankOutcome(StrEnum):
    """What has become of an order, as the bank has it."""

    WAITING = "waiting"
    EXPIRED = "expired"
    DECLINED = "declined"
    PAID = "paid"
    REVERSED = "reversed"
    REFUNDED = "refunded"


@frozen(kw_only=True)
class BankAnswer:
    """The word of the bank on an order; *reason* tells why it was declined.

    *currency* is a number of ISO 4217.
    """

    outcome: BankOutcome
    number: str
    bank_order: str
    amount: Money
    currency: str
    reason: DeclineReason | None = field(default=None)

    @reason.validator
    def _is_of_a_refusal(self, _attribute: object, value: DeclineReason | None) -> None:
        if (value is None) == (self.outcome is BankOutcome.DECLINED):
            message = f"an order that is {self.outcome} has no reason such as {value}"
            raise ValueError(message)


class PaymentGateway(Protocol):
    """The bank that takes cards. Each call has a time-out of its own; none waits for a payer."""

    def register(self, order: PaymentOrder) -> RegisteredOrder:
        """Ask the bank to expect a payment; an order number is taken once.

        Raises:
            PaymentsNotOffered: If no bank has been set up.
            BankUnavailable: If the bank does not answer, refuses, or cannot be understood. It may
                know of the order all the same.
        """
        ...

    def ask(self, number: str) -> BankAnswer | None:
        """Return what has become of the order with our *number*, None if the bank knows no such.

        Raises:
            PaymentsNotOffered: If no bank has been set up.
            BankUnavailable: If the bank does not answer, refuses, or cannot be understood.
        """
        ...
