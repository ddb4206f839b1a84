"""A household that pays by card, with its store, its bank and the use cases."""

from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.identity import Email
from elkk_core.payments import (
    CardPayment,
    CardPaymentId,
    PaymentPolicy,
    Posting,
    SettlePayment,
    StartPayment,
)
from elkk_core.shared import Money
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    USER_ID,
    a_link,
    a_supplier,
    a_user,
    an_account,
    another_user,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers, SimpleBank
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

FIRST = CardPaymentId(UUID(int=0x501))


class Till:
    """What it takes to pay, with a clock and a bank to play with."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock()
        self.bank = SimpleBank(self.clock)
        self.policy = PaymentPolicy(posting=Posting.AT_ONCE)
        keep(self.store, a_supplier(), an_account(), a_user(), another_user(), a_link())

    def post(self, posting: Posting) -> None:
        """Let the books be kept here or elsewhere."""
        self.policy = evolve(self.policy, posting=posting)

    def start(self, payment_id: CardPaymentId = FIRST, **changes: Any) -> CardPayment:
        """Send the form of the page «Оплата»."""
        use_case = StartPayment(
            unit_of_work=self.store.unit_of_work,
            gateway=self.bank,
            clock=self.clock,
            policy=self.policy,
        )
        form: dict[str, Any] = {
            "user_id": USER_ID,
            "account_id": ACCOUNT_ID,
            "amount": "604,06",
            "accepted": True,
            "email": Email("petrova@tambov-post.ru"),
            "language": "ru",
            "return_to": "https://cabinet.example/back",
        }
        return use_case(payment_id=payment_id, **form | changes)

    def settle(self, payment_id: CardPaymentId = FIRST) -> CardPayment:
        """Ask what has become of a payment."""
        use_case = SettlePayment(
            unit_of_work=self.store.unit_of_work,
            gateway=self.bank,
            clock=self.clock,
            identifiers=SequentialIdentifiers(first=0x9000),
            policy=self.policy,
        )
        return use_case(payment_id=payment_id)

    def kept(self, payment_id: CardPaymentId = FIRST) -> CardPayment | None:
        """Return a payment as the store has it."""
        with self.store.unit_of_work() as uow:
            return uow.card_payments.find(payment_id)

    @property
    def balance(self) -> Money:
        """What the books say is owed."""
        return self.store.card_payments.offer(ACCOUNT_ID, user_id=USER_ID).balance
