"""Beginning to pay."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.identity.model import Email
from elkk_core.payments import errors
from elkk_core.payments.model import CardPayment, CardPaymentId
from elkk_core.payments.policies import PaymentPolicy
from elkk_core.payments.ports import PaymentGateway, PaymentOrder, PaymentsUnitOfWork
from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class StartPayment:
    """Keep a user's wish to pay, and ask the bank for the page where the card is asked for.

    The page of the cabinet hands out *payment_id* with its form: sent twice, by an impatient finger
    or in two tabs, it starts one payment. The payment is kept before the bank hears of it, so that
    a crash in between leaves something that can be asked after; of the bank's answer nothing but
    its order and its page are kept then.

    Raises:
        AccountNotFound: If the user has not linked the account.
        FormRejected: If the amount is none that is taken, at ``amount``, or the rules of payment
            are not accepted, at ``accepted``.
        TooManyPayments: If the user has begun too many payments lately.
        PaymentNotFound: If *payment_id* is a payment of somebody else, or for another account.
        PaymentsNotOffered, BankUnavailable: If the bank gives no page. The payment stays as it was
            started; nobody can pay it, and it expires.
    """

    unit_of_work: Callable[[], PaymentsUnitOfWork]
    gateway: PaymentGateway
    clock: Clock
    policy: PaymentPolicy

    def __call__(
        self,
        *,
        payment_id: CardPaymentId,
        user_id: UserId,
        account_id: AccountId,
        amount: str,
        accepted: bool,
        email: Email,
        language: str,
        return_to: str,
    ) -> CardPayment:
        sum_to_pay = self._read(amount, accepted=accepted)
        now = self.clock.now()
        with self.unit_of_work() as uow:
            account = uow.paid_accounts.get_linked(account_id, user_id=user_id)
            known = uow.card_payments.find(payment_id)
            if known is not None:
                if (known.user_id, known.account_id) != (user_id, account_id):
                    raise errors.PaymentNotFound(str(payment_id))
                return known
            begun = uow.tallies.get(f"payments:user:{user_id}")
            uow.tallies.save(self.policy.counted(begun, now=now))
            payment = CardPayment.start(
                payment_id=payment_id,
                user_id=user_id,
                account_id=account_id,
                supplier_id=account.supplier_id,
                amount=sum_to_pay,
                rules_version=self.policy.rules_version,
                today=local_date(now, account.time_zone),
                now=now,
            )
            payment = payment.ask_again(self.policy.ask_next(payment, now=now))
            uow.card_payments.add(payment)
            uow.commit()

        # Outside of any unit: a bank may take its time, and what it did no rollback undoes.
        order = self.gateway.register(
            PaymentOrder(
                number=payment.order_number,
                amount=payment.amount,
                description=f"ЛС {account.number}, электроэнергия",
                email=email.address,
                language=language,
                return_to=return_to,
                lifetime=self.policy.lifetime,
            )
        )
        with self.unit_of_work() as uow:
            payment = uow.card_payments.get(payment_id).registered(
                bank_order=order.bank_order, address=order.address, now=self.clock.now()
            )
            uow.card_payments.save(payment)
            uow.commit()
        return payment

    def _read(self, amount: str, *, accepted: bool) -> Money:
        faults = Faults()
        sum_to_pay = Money.zero()
        with faults.at("amount"):
            if not amount.strip():
                raise FieldRequired
            sum_to_pay = Money.parse(amount)
            self.policy.check(sum_to_pay)
        with faults.at("accepted"):
            if not accepted:
                raise errors.RulesNotAccepted
        faults.refuse_form()
        return sum_to_pay
