"""Laws of payments by card."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.payments import (
    BankAnswer,
    BankOutcome,
    CardPayment,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaymentChange,
    PaymentOffer,
    PaymentPolicy,
    PaymentState,
    order_number,
    usual_month,
)
from elkk_core.shared import Money
from elkk_core.testing import strategies
from elkk_core.testing.builders import MORNING, a_bank_answer, a_card_payment, a_payment_change

BY_THE_BANK = [
    PaymentState.AT_BANK,
    PaymentState.EXPIRED,
    PaymentState.DECLINED,
    PaymentState.PAID,
]


def told(payment: CardPayment, state: PaymentState) -> CardPayment:
    """Return the payment after somebody said that it is in *state*."""
    reason = DeclineReason.OTHER if state is PaymentState.DECLINED else None
    return payment.come_to(state, now=MORNING, source=ChangeSource.BANK, reason=reason)


@given(st.lists(st.sampled_from(BY_THE_BANK)), st.randoms())
def test_words_in_any_order_lead_to_the_same_state(
    said: list[PaymentState], chance: Random
) -> None:
    """The furthest word counts, however words are shuffled and repeated."""
    shuffled = [*said, *said]
    chance.shuffle(shuffled)
    first, second = a_card_payment(), a_card_payment()
    for state in said:
        first = told(first, state)
    for state in shuffled:
        second = told(second, state)

    assert first.state is second.state


@given(payment=..., state=st.sampled_from(PaymentState))
def test_a_payment_never_goes_back(payment: CardPayment, state: PaymentState) -> None:
    """It is where it was or further, and remembers how it came there."""
    after = told(payment, state)

    assert not payment.state.is_beyond(after.state)
    assert payment.changes == after.changes[: len(payment.changes)]
    assert (after == payment) is (after.state is payment.state)
    assert after == told(after, state)


@given(payment=...)
def test_what_the_books_have_counted_no_bank_takes_back(payment: CardPayment) -> None:
    """A posted payment is changed by nobody's word."""
    posted = told(payment, PaymentState.POSTED)
    if posted.state is PaymentState.POSTED:
        for state in PaymentState:
            assert posted is told(posted, state)


@given(number=st.uuids(), on=strategies.days())
def test_an_order_number_is_what_banks_take(number: UUID, on: date) -> None:
    """30 Latin letters, digits and hyphens at most; the last digits of the identifier end it."""
    written = order_number(CardPaymentId(number), on=on)

    assert len(written) <= 30
    assert written.isascii()
    assert written.replace("-", "").isalnum()
    assert written.endswith(number.hex[-12:].upper())


@pytest.mark.parametrize(
    ("state", "reason"),
    [(PaymentState.DECLINED, None), (PaymentState.PAID, DeclineReason.FUNDS)],
)
def test_reasons_belong_to_refusals(state: PaymentState, reason: DeclineReason | None) -> None:
    """A refusal has a reason, and nothing else has."""
    with pytest.raises(ValueError, match="reason"):
        PaymentChange(state=state, at=MORNING, source=ChangeSource.BANK, reason=reason)
    with pytest.raises(ValueError, match="reason"):
        a_bank_answer(outcome=BankOutcome(state.value), reason=reason)


@pytest.mark.parametrize(
    "changes",
    [
        {"changes": ()},
        {"changes": (a_payment_change(),)},
        {"amount": Money.zero()},
        {"amount": Money(-1)},
    ],
)
def test_a_payment_is_valid_by_construction(changes: dict[str, object]) -> None:
    """Its changes lead to its state, and its amount is above zero."""
    with pytest.raises(ValueError, match=r"changes|above zero"):
        a_card_payment(**changes)


@given(answer=...)
def test_a_bank_speaks_of_an_order(answer: BankAnswer) -> None:
    """Whatever the bank says, it names the payment's number and amount."""
    assert (a_card_payment().order_number, a_card_payment().amount) == (
        answer.number,
        answer.amount,
    )


# Rules


@pytest.mark.parametrize(
    ("charges", "usual"),
    [
        ([], None),
        ([Money(0)], None),
        ([Money(-5_00)], None),
        ([Money(1)], Money(100_00)),
        ([Money(100_00)], Money(100_00)),
        ([Money(643_20)], Money(700_00)),
        ([Money(643_20), Money(500_00), Money(0)], Money(400_00)),
        ([Money(100_00), Money(100_01)], Money(200_00)),
    ],
)
def test_the_usual_month_is_a_round_sum(charges: list[Money], usual: Money | None) -> None:
    """The mean of what bills charged, rounded up to a hundred roubles."""
    assert usual == usual_month(charges)


@given(st.lists(strategies.money(least=Money(1), most=Money(10**9)), min_size=1))
def test_the_usual_month_covers_the_mean(charges: list[Money]) -> None:
    """It is never below the mean, and by less than a hundred roubles above."""
    usual = usual_month(charges)
    total = Money.total(charges).kopecks

    assert usual is not None
    assert 0 <= usual.kopecks * len(charges) - total < 100_00 * len(charges)
    assert 0 == usual.kopecks % 100_00


@given(balance=strategies.money(), on_the_way=strategies.money(least=Money(0)))
def test_what_is_due_is_never_below_zero(balance: Money, on_the_way: Money) -> None:
    """What is on its way counts as paid; an overpayment is nothing to pay."""
    due = PaymentOffer(balance=balance, on_the_way=on_the_way, charges=()).due

    assert max(balance - on_the_way, Money.zero()) == due


@given(payment=..., age=st.timedeltas(timedelta(0), timedelta(days=30)))
def test_questions_become_rarer(payment: CardPayment, age: timedelta) -> None:
    """Between a minute and six hours after now, or never where nothing more can come."""
    policy, now = PaymentPolicy(), payment.started_at + age
    at = policy.ask_next(payment, now=now)
    may_change = payment.state.is_under_way or (
        payment.state is PaymentState.DECLINED and age < policy.lifetime
    )

    assert may_change is (at is not None)
    if at is not None:
        assert policy.first_pause <= at - now <= policy.longest_pause
