"""Strategies for payments by card."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from elkk_core.payments import (
    ROUBLE,
    BankAnswer,
    BankOutcome,
    CardPayment,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaymentChange,
    PaymentState,
)
from elkk_core.shared import AccountId, Money, SupplierId, UserId
from elkk_core.testing.strategies.values import ids, moments, money, texts


@st.composite
def payment_changes(draw: DrawFn, *, state: PaymentState | None = None) -> PaymentChange:
    """Changes to *state*, to any if it is not given."""
    come_to = draw(st.sampled_from(PaymentState)) if state is None else state
    is_refusal = come_to is PaymentState.DECLINED
    return PaymentChange(
        state=come_to,
        at=draw(moments()),
        source=draw(st.sampled_from(ChangeSource)),
        reason=draw(st.sampled_from(DeclineReason)) if is_refusal else None,
    )


@st.composite
def card_payments(
    draw: DrawFn, *, user_id: UserId, account_id: AccountId, supplier_id: SupplierId
) -> CardPayment:
    """Payments of a user for an account, in any state."""
    beyond = list(PaymentState)[1:]
    passed = draw(st.lists(st.sampled_from(beyond), unique=True).map(tuple))
    states = [PaymentState.STARTED, *sorted(passed, key=beyond.index)]
    is_known = draw(st.booleans())
    return CardPayment(
        payment_id=draw(ids(CardPaymentId)),
        order_number=draw(texts(max_size=30)),
        user_id=user_id,
        account_id=account_id,
        supplier_id=supplier_id,
        amount=draw(money(least=Money(1))),
        rules_version=draw(texts(max_size=12)),
        started_at=draw(moments()),
        state=states[-1],
        changes=tuple(draw(payment_changes(state=state)) for state in states),
        bank_order=draw(texts(max_size=36)) if is_known else None,
        address=draw(texts()) if is_known else None,
        ask_at=draw(st.none() | moments()),
    )


@st.composite
def bank_answers(draw: DrawFn, *, payment: CardPayment) -> BankAnswer:
    """What the bank may say of *payment*."""
    outcome = draw(st.sampled_from(BankOutcome))
    is_refusal = outcome is BankOutcome.DECLINED
    return BankAnswer(
        outcome=outcome,
        number=payment.order_number,
        bank_order=payment.bank_order or draw(texts(max_size=36)),
        amount=payment.amount,
        currency=ROUBLE,
        reason=draw(st.sampled_from(DeclineReason)) if is_refusal else None,
    )
