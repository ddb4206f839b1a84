"""From the wish to pay to money in the books."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from attrs import evolve
from tests.unit.payments.till import FIRST, Till

from elkk_core.billing import EntryKind, InvoiceSource
from elkk_core.payments import (
    AmountTooLarge,
    AmountTooSmall,
    BankAnswer,
    BankAnswerDiffers,
    BankOutcome,
    BankUnavailable,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaymentNotFound,
    PaymentState,
    Posting,
    RulesNotAccepted,
    ShowOwnPayments,
    TooManyPayments,
)
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    FieldRequired,
    FormRejected,
    Limit,
    Money,
    Month,
    NotAnAmount,
)
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    USER_ID,
    a_bank_answer,
    a_card_payment,
    a_link,
    a_payment,
    a_supplier,
    an_account,
    an_invoice,
    another_user,
)
from elkk_core.testing.doubles import NOON, SimpleBank
from elkk_core.testing.stores import keep

SECOND = CardPaymentId(UUID(int=0x502))


class ForgedBank(SimpleBank):
    """A bank that says of every order what it was told to say."""

    answer: BankAnswer | None = None

    def ask(self, number: str) -> BankAnswer | None:
        """Return what was forged, if anything was."""
        return self.answer or super().ask(number)


def paid(till: Till) -> None:
    """Start the first payment and pay it on the bank's page."""
    till.bank.pay(str(till.start().address))


# Starting


def test_a_payment_is_kept_with_the_page_of_the_bank(till: Till) -> None:
    """The number begins with the day, and the accepted rules are kept with the payment."""
    payment = till.start()

    assert payment == evolve(till.kept() or payment, version=payment.version)
    assert "20261122-000000000501" == payment.order_number
    assert (Money(60406), "2026-11", NOON) == (
        payment.amount,
        payment.rules_version,
        payment.started_at,
    )
    assert "https://bank.example/20261122-000000000501" == payment.address
    assert [PaymentState.STARTED, PaymentState.AT_BANK] == [c.state for c in payment.changes]


def test_the_bank_is_told_what_the_page_must_say() -> None:
    """Account, receipt address, language and the way back travel with the order."""
    till = Till()
    till.start()
    (order,) = till.bank._orders.values()  # noqa: SLF001 - The bank's own book.

    assert "ЛС 680012345678, электроэнергия" == order.description
    assert ("petrova@tambov-post.ru", "ru") == (order.email, order.language)
    assert "https://cabinet.example/back" == order.return_to


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        ("", FieldRequired()),
        ("сто", NotAnAmount("сто")),
        ("0,99", AmountTooSmall(Money(1_00))),
        ("-604,06", AmountTooSmall(Money(1_00))),
        ("300000,01", AmountTooLarge(Money(300_000_00))),
    ],
)
def test_an_amount_that_is_not_taken_is_told_at_its_field(
    till: Till, amount: str, error: Exception
) -> None:
    """Nothing is kept and no bank is asked."""
    with pytest.raises(FormRejected) as caught:
        till.start(amount=amount)

    assert [("amount", repr(error))] == [
        (fault.field, repr(fault.error)) for fault in caught.value.faults
    ]
    assert till.kept() is None


def test_without_consent_nothing_is_paid(till: Till) -> None:
    """The rules have to be accepted; every fault is told at once."""
    with pytest.raises(FormRejected) as caught:
        till.start(amount="", accepted=False)

    assert ["amount", "accepted"] == [fault.field for fault in caught.value.faults]
    assert isinstance(caught.value.faults[1].error, RulesNotAccepted)


@pytest.mark.parametrize("amount", ["1,00", "300 000,00"])
def test_the_bounds_themselves_are_taken(till: Till, amount: str) -> None:
    """The smallest and the greatest amount are amounts that are taken."""
    assert Money.parse(amount) == till.start(amount=amount).amount


def test_a_form_sent_twice_is_one_payment(till: Till) -> None:
    """An impatient finger, or a second tab with the same form, leads to the same payment."""
    first = till.start()
    again = till.start(amount="1000,00")

    assert first == evolve(again, version=first.version)
    assert ["20261122-000000000501"] == list(till.bank._orders)  # noqa: SLF001 - As above.


def test_a_payment_of_another_is_not_found(till: Till) -> None:
    """Whoever guesses the identifier of a payment learns nothing of it."""
    till.start()
    stranger = another_user().user_id
    neighbour = an_account(account_id=AccountId(UUID(int=1)), number="680012345679")
    keep(till.store, neighbour, a_link(user_id=stranger), a_link(account_id=neighbour.account_id))

    with pytest.raises(PaymentNotFound):
        till.start(user_id=stranger)
    with pytest.raises(PaymentNotFound):
        till.start(account_id=neighbour.account_id)


def test_payments_of_a_user_are_counted(till: Till) -> None:
    """The third in an hour waits until the first is an hour old; a form sent again is no third."""
    till.policy = evolve(till.policy, per_user=Limit(times=2, within=timedelta(hours=1)))
    till.start()
    till.clock.advance(timedelta(minutes=10))
    till.start(SECOND)
    till.start()
    third = CardPaymentId(UUID(int=0x503))
    with pytest.raises(TooManyPayments) as refused:
        till.start(third)

    assert NOON + timedelta(hours=1) == refused.value.free_at
    assert till.kept(third) is None
    till.clock.set(refused.value.free_at)
    assert third == till.start(third).payment_id


def test_payments_of_others_do_not_count(till: Till) -> None:
    """Each user has a count of their own."""
    till.policy = evolve(till.policy, per_user=Limit(times=1, within=timedelta(hours=1)))
    keep(till.store, a_link(user_id=another_user().user_id))
    till.start()

    assert SECOND == till.start(SECOND, user_id=another_user().user_id).payment_id


def test_an_account_that_is_not_linked_is_not_paid(till: Till) -> None:
    """Only linked accounts can be paid."""
    with pytest.raises(AccountNotFound):
        till.start(user_id=another_user().user_id)


def test_a_bank_that_is_away_leaves_something_to_ask_after(till: Till) -> None:
    """The payment stays started; when the page would have closed, it has expired."""
    till.bank.is_away = True
    with pytest.raises(BankUnavailable):
        till.start()
    till.bank.is_away = False

    assert PaymentState.STARTED is till.settle().state
    till.clock.advance(timedelta(minutes=20))
    expired = till.settle()
    assert (PaymentState.EXPIRED, ChangeSource.CABINET) == (
        expired.state,
        expired.last_change.source,
    )
    assert expired.ask_at is None


# Settling


def test_a_payment_that_the_bank_took_is_in_the_books(till: Till) -> None:
    """The same moment that knows it is paid has it posted, under its order number."""
    paid(till)
    till.clock.advance(timedelta(minutes=2))
    settled = till.settle()

    assert PaymentState.POSTED is settled.state
    assert settled.ask_at is None
    assert Money(-60406) == till.balance
    with till.store.unit_of_work() as uow:
        (entry,) = uow.ledger.list_of(ACCOUNT_ID)
    assert (EntryKind.PAYMENT, settled.order_number) == (entry.kind, entry.document)
    assert date(2026, 11, 22) == entry.dated


def test_settled_a_hundred_times_is_settled_once(till: Till) -> None:
    """However often the bank's page is left and reloaded, money is counted once."""
    paid(till)
    for _ in range(100):
        till.settle()

    assert Money(-60406) == till.balance


def test_a_payment_in_a_billed_month_is_booked_in_the_next(till: Till) -> None:
    """A bill closes its month, whoever issued it; the payment took effect when it was made."""
    keep(till.store, an_invoice(month=Month(2026, 11), source=InvoiceSource.IMPORTED))
    paid(till)
    till.settle()

    with till.store.unit_of_work() as uow:
        (entry,) = uow.ledger.list_of(ACCOUNT_ID)
    assert (date(2026, 12, 1), date(2026, 11, 22)) == (entry.dated, entry.valued_on)


def test_a_refusal_is_kept_with_its_reason_and_may_be_mended(till: Till) -> None:
    """As long as the bank's page is open, another card may pay the same order."""
    address = str(till.start().address)
    till.bank.refuse(address)
    declined = till.settle()

    assert (PaymentState.DECLINED, DeclineReason.FUNDS) == (
        declined.state,
        declined.last_change.reason,
    )
    assert declined.ask_at is not None
    till.bank.pay(address)
    assert PaymentState.POSTED is till.settle().state


def test_a_refusal_is_final_when_the_page_is_closed(till: Till) -> None:
    """After that nobody is asked any more, although a page of the cabinet may ask."""
    till.bank.refuse(str(till.start().address))
    till.clock.advance(timedelta(minutes=20))
    declined = till.settle()
    till.bank.is_away = True

    assert declined.ask_at is None
    assert PaymentState.DECLINED is till.settle().state


def test_a_bank_that_waits_for_ever_is_given_up(till: Till) -> None:
    """After three days a payment that is still awaited counts as expired."""
    till.bank = ForgedBank(till.clock)
    payment = till.start()
    till.bank.answer = a_bank_answer(
        outcome=BankOutcome.WAITING,
        number=payment.order_number,
        bank_order=payment.bank_order,
    )
    till.clock.advance(timedelta(days=3) - timedelta(seconds=1))
    assert PaymentState.AT_BANK is till.settle().state

    till.clock.advance(timedelta(seconds=1))
    assert PaymentState.EXPIRED is till.settle().state


@pytest.mark.parametrize(
    "change",
    [
        {"number": "another"},
        {"bank_order": "another"},
        {"amount": Money(60407)},
        {"currency": "840"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_word_on_something_else_credits_nothing(till: Till, change: dict[str, object]) -> None:
    """Order, amount and currency are compared; what differs waits for people."""
    till.bank = ForgedBank(till.clock)
    payment = till.start()
    till.bank.answer = a_bank_answer(
        **{"number": payment.order_number, "bank_order": payment.bank_order} | change
    )
    till.clock.advance(timedelta(minutes=10))
    with pytest.raises(BankAnswerDiffers):
        till.settle()

    kept = till.kept()
    assert kept is not None
    assert (PaymentState.AT_BANK, Money.zero()) == (kept.state, till.balance)
    # The next question waits as long as the payment is old, although this one failed.
    assert till.clock.now() + timedelta(minutes=10) == kept.ask_at


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (BankOutcome.REVERSED, PaymentState.REVERSED),
        (BankOutcome.REFUNDED, PaymentState.REFUNDED),
    ],
)
def test_money_given_back_is_never_credited(
    till: Till, outcome: BankOutcome, state: PaymentState
) -> None:
    """What the bank returned before the books had counted it stays out of them."""
    till.bank = ForgedBank(till.clock)
    payment = till.start()
    till.bank.answer = a_bank_answer(
        outcome=outcome, number=payment.order_number, bank_order=payment.bank_order
    )

    assert (state, None) == (till.settle().state, till.settle().ask_at)
    assert Money.zero() == till.balance


def test_an_order_whose_answer_was_lost_can_still_be_paid_for(till: Till) -> None:
    """The bank knows an order of which we kept no page: what it says of it counts."""
    address = str(till.start().address)
    with till.store.unit_of_work() as uow:
        payment = uow.card_payments.get(FIRST)
        uow.card_payments.save(
            evolve(
                payment,
                state=PaymentState.STARTED,
                changes=payment.changes[:1],
                bank_order=None,
                address=None,
            )
        )
        uow.commit()
    till.bank.pay(address)

    assert PaymentState.POSTED is till.settle().state


# Books that are kept elsewhere


@pytest.mark.manual("4.4.3.1-c")
def test_a_payment_is_on_its_way_until_a_register_names_it(till: Till) -> None:
    """The bank has taken it, and the books know nothing yet: what is due counts it all the same."""
    till.post(Posting.BY_REGISTER)
    paid(till)
    settled = till.settle()

    offer = till.store.card_payments.offer(ACCOUNT_ID, user_id=USER_ID)
    assert PaymentState.PAID is settled.state
    assert (Money.zero(), Money(60406)) == (offer.balance, offer.on_the_way)
    assert (settled,) == tuple(
        evolve(one, version=settled.version)
        for one in till.store.card_payments.list_under_way(ACCOUNT_ID, user_id=USER_ID)
    )


@pytest.mark.parametrize("by", ["order_number", "bank_order"])
def test_a_register_posts_a_payment_by_either_name(till: Till, by: str) -> None:
    """Our number or the bank's identifier in a file of payments: the books have counted it."""
    till.post(Posting.BY_REGISTER)
    paid(till)
    payment = till.settle()
    keep(till.store, a_payment(reference=getattr(payment, by), amount=payment.amount))
    posted = till.settle()

    assert PaymentState.POSTED is posted.state
    assert ChangeSource.BOOKS is posted.last_change.source


@pytest.mark.parametrize("posting", Posting)
def test_a_register_with_another_sum_posts_nothing(till: Till, posting: Posting) -> None:
    """The books have something else under this number: people have to look."""
    till.post(posting)
    address = str(till.start().address)
    keep(till.store, a_payment(reference="20261122-000000000501", amount=Money(1)))
    till.bank.pay(address)

    assert PaymentState.PAID is till.settle().state
    assert Money.zero() == till.balance


def test_a_payment_that_a_register_has_named_is_not_booked_again(till: Till) -> None:
    """Should the books know of it before the bank was asked, it is counted once."""
    address = str(till.start().address)
    till.bank.pay(address)
    keep(
        till.store,
        a_payment(reference="bank-20261122-000000000501", amount=Money(60406)),
    )

    assert PaymentState.POSTED is till.settle().state
    with till.store.unit_of_work() as uow:
        assert () == uow.ledger.list_of(ACCOUNT_ID)


# Looking after payments


def test_what_is_over_is_not_looked_after(till: Till) -> None:
    """Only payments of which more can come are due, each after as long again as it is old."""
    paid(till)
    till.start(SECOND)
    asked = till.store.payments_to_ask
    assert (FIRST, SECOND) == asked.list_all()
    assert () == asked.list_due(till.clock.now(), limit=5)

    till.clock.advance(timedelta(minutes=5))
    assert (FIRST, SECOND) == asked.list_due(till.clock.now(), limit=5)
    till.settle(FIRST)
    till.settle(SECOND)
    assert (SECOND,) == asked.list_all()
    assert () == asked.list_due(till.clock.now() + timedelta(minutes=4), limit=5)
    assert (SECOND,) == asked.list_due(till.clock.now() + timedelta(minutes=5), limit=5)


def test_an_unknown_payment_is_not_found(till: Till) -> None:
    """There is nothing to settle that was never started."""
    with pytest.raises(PaymentNotFound):
        till.settle(a_card_payment().payment_id)


# Taking along


def test_own_payments_can_be_taken_along(till: Till) -> None:
    """They come as plain values that JSON can write, without the page of the bank."""
    till.bank.refuse(str(till.start().address))
    till.settle()
    show = ShowOwnPayments(begun_payments=till.store.begun_payments)
    at = NOON.isoformat()

    assert {
        "payments": [
            {
                "number": "20261122-000000000501",
                "supplier": a_supplier().name,
                "account": an_account().number,
                "amount": 60406,
                "state": "declined",
                "rules_version": "2026-11",
                "started_at": at,
                "changes": [
                    {"state": "started", "at": at, "source": "payer", "reason": None},
                    {"state": "at_bank", "at": at, "source": "bank", "reason": None},
                    {"state": "declined", "at": at, "source": "bank", "reason": "funds"},
                ],
            }
        ]
    } == show(user_id=USER_ID)
    assert {"payments": []} == show(user_id=another_user().user_id)
