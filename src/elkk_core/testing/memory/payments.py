"""Payments by card in memory."""

from datetime import datetime

from attrs import frozen

from elkk_core.payments import (
    USUAL_MONTHS,
    BegunPayment,
    CardPayment,
    CardPaymentId,
    PaidAccount,
    PaymentNotFound,
    PaymentOffer,
    PaymentState,
)
from elkk_core.shared import AccountId, AccountNotFound, Money, UserId
from elkk_core.testing.memory.billing import MemoryInvoices
from elkk_core.testing.memory.tables import Committed, Tables, insert, update


@frozen
class MemoryCardPayments:
    """The payments by card that a unit of work sees."""

    _tables: Tables

    def get(self, payment_id: CardPaymentId) -> CardPayment:
        """See ``CardPayments.get``."""
        payment = self.find(payment_id)
        if payment is None:
            raise PaymentNotFound(str(payment_id))
        return payment

    def find(self, payment_id: CardPaymentId) -> CardPayment | None:
        """See ``CardPayments.find``."""
        return self._tables.card_payments.get(payment_id)

    def add(self, payment: CardPayment) -> None:
        """See ``CardPayments.add``."""
        insert(self._tables.card_payments, payment.payment_id, payment, what="card payment")

    def save(self, payment: CardPayment) -> None:
        """See ``CardPayments.save``."""
        update(self._tables.card_payments, payment.payment_id, payment, what="card payment")


@frozen
class MemoryPaidAccounts:
    """Personal accounts as payments know them."""

    _tables: Tables

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> PaidAccount:
        """See ``PaidAccounts.get_linked``."""
        if (user_id, account_id) not in self._tables.links:
            raise AccountNotFound(str(account_id))
        return self.get(account_id)

    def get(self, account_id: AccountId) -> PaidAccount:
        """See ``PaidAccounts.get``."""
        account = self._tables.accounts.get(account_id)
        if account is None:
            raise AccountNotFound(str(account_id))
        bills = MemoryInvoices(self._tables).list_of([account_id])
        return PaidAccount(
            account_id=account_id,
            supplier_id=account.supplier_id,
            number=account.number,
            time_zone=self._tables.suppliers[account.supplier_id].time_zone,
            closed_through=max((bill.month for bill in bills), default=None),
        )


@frozen
class MemoryCardPaymentList:
    """The payments by card that a user sees."""

    _committed: Committed

    def offer(self, account_id: AccountId, *, user_id: UserId) -> PaymentOffer:
        """See ``CardPaymentList.offer``."""
        tables = self._committed.tables
        if (user_id, account_id) not in tables.links:
            raise AccountNotFound(str(account_id))
        # Of the bills of a month the last one is in force.
        charged = {
            bill.month: bill.charged for bill in MemoryInvoices(tables).list_of([account_id])
        }
        return PaymentOffer(
            balance=Money.total(
                entry.amount for entry in tables.entries.values() if entry.account_id == account_id
            ),
            on_the_way=Money.total(
                payment.amount
                for payment in tables.card_payments.values()
                if payment.account_id == account_id and payment.state is PaymentState.PAID
            ),
            charges=tuple(charged[month] for month in sorted(charged)[-USUAL_MONTHS:]),
        )

    def get(
        self, payment_id: CardPaymentId, *, account_id: AccountId, user_id: UserId
    ) -> CardPayment:
        """See ``CardPaymentList.get``."""
        tables = self._committed.tables
        payment = tables.card_payments.get(payment_id)
        if (
            payment is None
            or (payment.user_id, payment.account_id) != (user_id, account_id)
            or (user_id, account_id) not in tables.links
        ):
            raise PaymentNotFound(str(payment_id))
        return payment

    def list_under_way(self, account_id: AccountId, *, user_id: UserId) -> tuple[CardPayment, ...]:
        """See ``CardPaymentList.list_under_way``."""
        tables = self._committed.tables
        if (user_id, account_id) not in tables.links:
            return ()
        found = (
            payment
            for payment in tables.card_payments.values()
            if payment.account_id == account_id
            and (
                payment.state is PaymentState.PAID
                or (payment.state is PaymentState.AT_BANK and payment.user_id == user_id)
            )
        )
        return tuple(sorted(found, key=_eldest, reverse=True))


@frozen
class MemoryBegunPayments:
    """The payments by card that users began themselves."""

    _committed: Committed

    def list_for(self, user_id: UserId) -> tuple[BegunPayment, ...]:
        """See ``BegunPayments.list_for``."""
        tables = self._committed.tables
        begun = (payment for payment in tables.card_payments.values() if payment.user_id == user_id)
        return tuple(
            BegunPayment(
                payment=payment,
                account=tables.accounts[payment.account_id].number,
                supplier_name=tables.suppliers[payment.supplier_id].name,
            )
            for payment in sorted(begun, key=_eldest, reverse=True)
        )


@frozen
class MemoryPaymentsToAsk:
    """Payments that somebody has to look after."""

    _committed: Committed

    def list_due(self, now: datetime, *, limit: int) -> tuple[CardPaymentId, ...]:
        """See ``PaymentsToAsk.list_due``."""
        due = [
            (payment.ask_at, payment.payment_id)
            for payment in self._committed.tables.card_payments.values()
            if payment.ask_at is not None and payment.ask_at <= now
        ]
        return tuple(payment_id for _, payment_id in sorted(due)[:limit])

    def list_all(self) -> tuple[CardPaymentId, ...]:
        """See ``PaymentsToAsk.list_all``."""
        payments = self._committed.tables.card_payments.values()
        open_ones = (payment for payment in payments if payment.ask_at is not None)
        return tuple(payment.payment_id for payment in sorted(open_ones, key=_eldest))


def _eldest(payment: CardPayment) -> tuple[datetime, CardPaymentId]:
    return payment.started_at, payment.payment_id
