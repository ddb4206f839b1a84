"""Learning what has become of a payment."""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from elkk_core.billing.model import EntryId, PaymentId, ReceivedPayment
from elkk_core.billing.policies import entry_of_payment
from elkk_core.payments import errors
from elkk_core.payments.model import (
    ROUBLE,
    CardPayment,
    CardPaymentId,
    ChangeSource,
    PaymentState,
)
from elkk_core.payments.policies import PaymentPolicy, Posting
from elkk_core.payments.ports import (
    BankAnswer,
    BankOutcome,
    PaymentGateway,
    PaymentsUnitOfWork,
)
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock, Identifiers

_STATES = {
    BankOutcome.WAITING: PaymentState.AT_BANK,
    BankOutcome.EXPIRED: PaymentState.EXPIRED,
    BankOutcome.DECLINED: PaymentState.DECLINED,
    BankOutcome.PAID: PaymentState.PAID,
    BankOutcome.REVERSED: PaymentState.REVERSED,
    BankOutcome.REFUNDED: PaymentState.REFUNDED,
}


@frozen(kw_only=True)
class SettlePayment:
    """Ask the bank what has become of a payment, and let the books count what it has taken.

    Nobody else's word counts: whoever comes back from the bank's page, or whatever calls us, the
    bank itself is asked, and its order, amount and currency are compared with ours. A payment that
    is paid is entered into the books together with the note that it is, or, where the books are
    kept elsewhere, waits until a file of payments names it. However often and in whatever order
    this is done, a payment is credited once: the books take a reference once.

    An order of which the bank knows nothing expires when its page would have closed, one that the
    bank waits for when patience ends.

    Raises:
        PaymentNotFound: If there is no such payment.
        PaymentsNotOffered, BankUnavailable: If the bank does not tell.
        BankAnswerDiffers: If the bank speaks of something else; nothing is credited.
        StaleState: If another settled the payment at the same moment; it is settled then.
    """

    unit_of_work: Callable[[], PaymentsUnitOfWork]
    gateway: PaymentGateway
    clock: Clock
    identifiers: Identifiers
    policy: PaymentPolicy

    def __call__(self, *, payment_id: CardPaymentId) -> CardPayment:
        with self.unit_of_work() as uow:
            asked = uow.card_payments.get(payment_id)
        if asked.ask_at is None:
            return asked
        # Outside of any unit: others are not to wait for the bank.
        is_paid = asked.state is PaymentState.PAID
        answer = None if is_paid else self.gateway.ask(asked.order_number)
        differs = answer is not None and not _fits(answer, asked)

        now = self.clock.now()
        with self.unit_of_work() as uow:
            payment = uow.card_payments.get(payment_id)
            if not differs:
                payment = self._told(payment, answer, now)
            if payment.state is PaymentState.PAID:
                payment = self._posted(uow, payment, now)
            payment = payment.ask_again(self.policy.ask_next(payment, now=now))
            uow.card_payments.save(payment)
            uow.commit()

        # Raised only now: inside the unit of work it would undo the pause before the next question.
        if differs:
            raise errors.BankAnswerDiffers(asked.order_number)
        return payment

    def _told(self, payment: CardPayment, answer: BankAnswer | None, now: datetime) -> CardPayment:
        if answer is not None:
            payment = payment.come_to(
                _STATES[answer.outcome], now=now, source=ChangeSource.BANK, reason=answer.reason
            )
        silent = answer is None and self.policy.is_closed(payment, now=now)
        if payment.state.awaits_bank and (silent or self.policy.is_given_up(payment, now=now)):
            payment = payment.come_to(PaymentState.EXPIRED, now=now, source=ChangeSource.CABINET)
        return payment

    def _posted(self, uow: PaymentsUnitOfWork, payment: CardPayment, now: datetime) -> CardPayment:
        """Return a paid payment as posted if the books have counted it or do so now."""
        account = uow.paid_accounts.get(payment.account_id)
        booked = uow.payments.find_by_references(payment.supplier_id, payment.references).values()
        if any(not _is_the_same(payment, other) for other in booked):
            # Money that the books have otherwise is for people to look at.
            return payment
        if not booked:
            if self.policy.posting is Posting.BY_REGISTER:
                return payment
            received = ReceivedPayment(
                payment_id=PaymentId(self.identifiers.new()),
                supplier_id=payment.supplier_id,
                account_id=payment.account_id,
                received_on=local_date(payment.last_change.at, account.time_zone),
                amount=payment.amount,
                reference=payment.order_number,
                counted_before=False,
                recorded_at=now,
            )
            uow.payments.add_all([received])
            uow.ledger.add_all(
                [
                    entry_of_payment(
                        received,
                        entry_id=EntryId(self.identifiers.new()),
                        closed_through=account.closed_through,
                    )
                ]
            )
        return payment.come_to(PaymentState.POSTED, now=now, source=ChangeSource.BOOKS)


def _is_the_same(payment: CardPayment, booked: ReceivedPayment) -> bool:
    return (payment.account_id, payment.amount) == (booked.account_id, booked.amount)


def _fits(answer: BankAnswer, payment: CardPayment) -> bool:
    """Tell whether the bank speaks of this very payment."""
    return (
        answer.number == payment.order_number
        and answer.amount == payment.amount
        and answer.currency == ROUBLE
        and payment.bank_order in {None, answer.bank_order}
    )
