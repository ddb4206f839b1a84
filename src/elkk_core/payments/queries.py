"""What screens and commands read of payments by card."""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from elkk_core.payments.model import CardPayment, CardPaymentId
from elkk_core.payments.policies import usual_month
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.money import Money


@frozen(kw_only=True)
class PaymentOffer:
    """What a household may want to pay.

    *balance* is what the books say is owed, negative for an overpayment; *on_the_way* the sum that
    the bank has taken and the books have not counted yet; *charges* what the last bills charged,
    the penalty apart.
    """

    balance: Money
    on_the_way: Money
    charges: tuple[Money, ...]

    @property
    def due(self) -> Money:
        """What is left to pay once all that is on the way has come in; never below zero."""
        return max(self.balance - self.on_the_way, Money.zero())

    @property
    def usual_month(self) -> Money | None:
        """The usual amount of a month, None where no bill tells of one."""
        return usual_month(self.charges)


class CardPaymentList(Protocol):
    """The payments by card that a user sees: those for linked accounts, and no other."""

    def offer(self, account_id: AccountId, *, user_id: UserId) -> PaymentOffer:
        """Return what there may be to pay; of bills in force the last twelve count.

        Raises:
            AccountNotFound: If there is no such account, or the user has not linked it.
        """
        ...

    def get(
        self, payment_id: CardPaymentId, *, account_id: AccountId, user_id: UserId
    ) -> CardPayment:
        """Return a payment of this user for a linked account.

        Raises:
            PaymentNotFound: If there is none, or it is somebody else's or for another account.
        """
        ...

    def list_under_way(self, account_id: AccountId, *, user_id: UserId) -> tuple[CardPayment, ...]:
        """Return what is on its way for an account that the user has linked, the latest first.

        That is every payment that the bank has taken and the books have not counted, and those of
        this user that are at the bank; nothing if the user has not linked the account.
        """
        ...


@frozen(kw_only=True)
class BegunPayment:
    """A payment that a user began, with the number of its *account*."""

    payment: CardPayment
    account: str
    supplier_name: str


class BegunPayments(Protocol):
    """The payments by card that users began themselves."""

    def list_for(self, user_id: UserId) -> tuple[BegunPayment, ...]:
        """Return all that a user began, the latest first, whatever became of them.

        What was begun for an account that is not linked any more is among them.
        """
        ...


class PaymentsToAsk(Protocol):
    """Payments that somebody has to look after."""

    def list_due(self, now: datetime, *, limit: int) -> tuple[CardPaymentId, ...]:
        """Return at most *limit* payments to look after at *now* or before, the longest due first."""
        ...

    def list_all(self) -> tuple[CardPaymentId, ...]:
        """Return all payments of which more can come, the eldest first."""
        ...
