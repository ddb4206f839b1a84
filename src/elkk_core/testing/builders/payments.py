"""A valid payment by card, and what a bank says of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.payments import (
    ROUBLE,
    BankAnswer,
    BankOutcome,
    CardPayment,
    CardPaymentId,
    ChangeSource,
    PaymentChange,
    PaymentOrder,
    PaymentState,
)
from elkk_core.shared import Money
from elkk_core.testing.builders.household import ACCOUNT_ID, MORNING, SUPPLIER_ID, USER_ID


def a_payment_change(**changes: Any) -> PaymentChange:
    """Return the beginning of ``a_card_payment()``."""
    return evolve(
        PaymentChange(state=PaymentState.STARTED, at=MORNING, source=ChangeSource.PAYER), **changes
    )


def a_card_payment(**changes: Any) -> CardPayment:
    """Return the manual's payment of 604,06 for ``an_account()``, at the bank."""
    return evolve(
        CardPayment(
            payment_id=CardPaymentId(UUID(int=0xAA)),
            order_number="20200113-0000000000AA",
            user_id=USER_ID,
            account_id=ACCOUNT_ID,
            supplier_id=SUPPLIER_ID,
            amount=Money(60406),
            rules_version="2026-11",
            started_at=MORNING,
            state=PaymentState.AT_BANK,
            changes=(
                a_payment_change(),
                a_payment_change(state=PaymentState.AT_BANK, source=ChangeSource.BANK),
            ),
            bank_order="b9054496-c65a-4975-9418-1051d101f1b9",
            address="https://bank.example/payment?mdOrder=b9054496-c65a-4975-9418-1051d101f1b9",
            ask_at=MORNING + timedelta(minutes=1),
        ),
        **changes,
    )


def a_payment_order(**changes: Any) -> PaymentOrder:
    """Return what the bank is asked for ``a_card_payment()``."""
    return evolve(
        PaymentOrder(
            number=a_card_payment().order_number,
            amount=a_card_payment().amount,
            description="ЛС 680012345678, электроэнергия",
            email="petrova@tambov-post.ru",
            language="ru",
            return_to="https://cabinet.example/accounts/payments",
            lifetime=timedelta(minutes=20),
        ),
        **changes,
    )


def a_bank_answer(**changes: Any) -> BankAnswer:
    """Return the word that ``a_card_payment()`` is paid."""
    payment = a_card_payment()
    return evolve(
        BankAnswer(
            outcome=BankOutcome.PAID,
            number=payment.order_number,
            bank_order=str(payment.bank_order),
            amount=payment.amount,
            currency=ROUBLE,
        ),
        **changes,
    )
