"""What stores and banks promise of payments by card."""

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.accounts import PersonalAccount
from elkk_core.billing.model import EntryId, InvoiceLine, LineKind
from elkk_core.payments import (
    USUAL_MONTHS,
    BankOutcome,
    BankUnavailable,
    BegunPayment,
    CardPayment,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaidAccount,
    PaymentGateway,
    PaymentNotFound,
    PaymentOffer,
    PaymentState,
)
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    InvoiceId,
    Money,
    StaleState,
    UserId,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_bank_answer,
    a_card_payment,
    a_line,
    a_link,
    a_payment_order,
    a_penalty_derivation,
    a_supplier,
    a_user,
    an_account,
    an_entry,
    an_invoice,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

NOBODY = UUID(int=0xFFFF)
LATER = MORNING + timedelta(minutes=5)


def _neighbour() -> PersonalAccount:
    return an_account(account_id=AccountId(UUID(int=0xB2)), number="680012345679")


def _payment(number: int, **changes: Any) -> CardPayment:
    """Return one of several payments, the later the higher its number."""
    named: dict[str, Any] = {
        "payment_id": CardPaymentId(UUID(int=number)),
        "order_number": f"N{number}",
        "started_at": MORNING + timedelta(minutes=number),
    }
    return a_card_payment(**named | changes)


def _come_to(payment: CardPayment, *states: PaymentState) -> CardPayment:
    for state in states:
        payment = payment.come_to(state, now=LATER, source=ChangeSource.BANK)
    return payment


class CardPaymentsContract(OpensStore):
    """See ``elkk_core.payments.CardPayments``."""

    def test_card_payment_comes_back_equal(self, store: Store) -> None:
        """Every payment that was added comes back as it was, with every change."""
        self.check_round_trip(
            store,
            strategies.card_payments(
                user_id=USER_ID, account_id=ACCOUNT_ID, supplier_id=SUPPLIER_ID
            ),
            lambda uow, one: uow.card_payments.get(one.payment_id),
            after=(a_supplier(), an_account()),
        )

    def test_card_payment_unknown_is_not_found(self, store: Store) -> None:
        """An identifier that belongs to none is told."""
        with store.unit_of_work() as uow:
            assert uow.card_payments.find(CardPaymentId(NOBODY)) is None
            with pytest.raises(PaymentNotFound):
                uow.card_payments.get(CardPaymentId(NOBODY))

    def test_card_payment_is_saved_with_new_changes(self, store: Store) -> None:
        """The next state and the change that led to it are there after a commit."""
        keep(store, a_supplier(), an_account(), a_card_payment())
        with store.unit_of_work() as uow:
            payment = uow.card_payments.get(a_card_payment().payment_id)
            paid = _come_to(payment, PaymentState.PAID, PaymentState.POSTED).ask_again(None)
            uow.card_payments.save(paid)
            uow.commit()

        with store.unit_of_work() as uow:
            assert evolve(paid, version=1) == uow.card_payments.get(payment.payment_id)

    def test_card_payment_stale_is_refused(self, store: Store) -> None:
        """A state that was read before another was saved is refused, with its changes."""
        keep(store, a_supplier(), an_account(), a_card_payment())
        with store.unit_of_work() as uow:
            uow.card_payments.save(_come_to(a_card_payment(), PaymentState.PAID))
            uow.commit()

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.card_payments.save(_come_to(a_card_payment(), PaymentState.EXPIRED))
            uow.commit()

    def test_card_payment_is_added_once(self, store: Store) -> None:
        """Neither an identifier nor an order number is taken twice."""
        keep(store, a_supplier(), an_account(), a_card_payment())

        for twin in (
            a_card_payment(order_number="another"),
            a_card_payment(payment_id=CardPaymentId(NOBODY)),
        ):
            with pytest.raises(StaleState), store.unit_of_work() as uow:
                uow.card_payments.add(twin)
                uow.commit()


class PaidAccountsContract(OpensStore):
    """See ``elkk_core.payments.PaidAccounts``."""

    def test_paid_account_knows_the_last_bill(self, store: Store) -> None:
        """Bills close the books, whoever issued them."""
        keep(store, a_supplier(time_zone="Asia/Kamchatka"), an_account())
        with store.unit_of_work() as uow:
            before = uow.paid_accounts.get(ACCOUNT_ID)
        keep(
            store,
            an_invoice(),
            an_issued_invoice(invoice_id=InvoiceId(UUID(int=1)), number="N1", month=JANUARY.next),
        )

        expected = PaidAccount(
            account_id=ACCOUNT_ID,
            supplier_id=SUPPLIER_ID,
            number=an_account().number,
            time_zone="Asia/Kamchatka",
        )
        assert expected == before
        with store.unit_of_work() as uow:
            assert evolve(expected, closed_through=JANUARY.next) == uow.paid_accounts.get(
                ACCOUNT_ID
            )

    def test_paid_account_is_for_those_who_linked_it(self, store: Store) -> None:
        """Others cannot tell it from one that does not exist."""
        keep(store, a_supplier(), an_account(), a_user(), another_user(), a_link())

        with store.unit_of_work() as uow:
            linked = uow.paid_accounts.get_linked(ACCOUNT_ID, user_id=USER_ID)
            assert uow.paid_accounts.get(ACCOUNT_ID) == linked
            with pytest.raises(AccountNotFound):
                uow.paid_accounts.get_linked(ACCOUNT_ID, user_id=another_user().user_id)
            with pytest.raises(AccountNotFound):
                uow.paid_accounts.get(AccountId(NOBODY))


class CardPaymentListContract(OpensStore):
    """See ``elkk_core.payments.CardPaymentList``."""

    def test_offer_tells_what_is_due_and_usual(self, store: Store) -> None:
        """The balance, what is on the way, and the charges of the last bills in force."""
        _keep_household(store)
        corrected = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=99)),
            number="N99",
            month=JANUARY.plus(USUAL_MONTHS),
            revision=1,
            corrects=InvoiceId(UUID(int=USUAL_MONTHS)),
            lines=(
                _line(Money(777_00)),
                a_line(a_penalty_derivation(), kind=LineKind.PENALTY),
            ),
        )
        keep(
            store,
            *(
                an_issued_invoice(
                    invoice_id=InvoiceId(UUID(int=step)),
                    number=f"N{step}",
                    month=JANUARY.plus(step),
                    lines=(_line(Money(step)),),
                )
                for step in range(USUAL_MONTHS + 1)
            ),
            corrected,
            an_entry(amount=Money(1_000_00)),
            an_entry(entry_id=EntryId(UUID(int=1)), amount=Money(-100_00)),
            _payment(1),
            _come_to(_payment(2, amount=Money(30_00)), PaymentState.PAID),
            _come_to(_payment(3, amount=Money(5_00)), PaymentState.PAID),
            _come_to(_payment(4), PaymentState.PAID, PaymentState.POSTED),
        )

        expected = PaymentOffer(
            balance=Money(900_00),
            on_the_way=Money(35_00),
            charges=(*(Money(step) for step in range(1, USUAL_MONTHS)), Money(777_00)),
        )
        assert expected == store.card_payments.offer(ACCOUNT_ID, user_id=USER_ID)

    def test_offer_of_an_account_without_anything(self, store: Store) -> None:
        """Nothing is due, and no bill tells what is usual."""
        _keep_household(store)

        expected = PaymentOffer(balance=Money.zero(), on_the_way=Money.zero(), charges=())
        assert expected == store.card_payments.offer(ACCOUNT_ID, user_id=USER_ID)

    def test_offer_is_for_those_who_linked_the_account(self, store: Store) -> None:
        """Others cannot tell the account from one that does not exist."""
        _keep_household(store)

        with pytest.raises(AccountNotFound):
            store.card_payments.offer(ACCOUNT_ID, user_id=another_user().user_id)

    def test_card_payment_is_shown_to_its_payer_alone(self, store: Store) -> None:
        """Nobody else sees it, nor the payer through another account or after unlinking."""
        stranger = another_user().user_id
        _keep_household(store)
        unlinked = _payment(1, account_id=_neighbour().account_id)
        keep(store, a_link(user_id=stranger), a_card_payment(), unlinked)

        shown = store.card_payments.get(
            a_card_payment().payment_id, account_id=ACCOUNT_ID, user_id=USER_ID
        )
        assert a_card_payment() == shown
        for payment_id, account_id, user_id in (
            (shown.payment_id, ACCOUNT_ID, stranger),
            (shown.payment_id, _neighbour().account_id, USER_ID),
            (unlinked.payment_id, _neighbour().account_id, USER_ID),
            (CardPaymentId(NOBODY), ACCOUNT_ID, USER_ID),
        ):
            with pytest.raises(PaymentNotFound):
                store.card_payments.get(payment_id, account_id=account_id, user_id=user_id)

    def test_card_payments_under_way_are_listed(self, store: Store) -> None:
        """What the bank has taken from anybody, and what this user has begun; nothing else."""
        stranger = another_user().user_id
        _keep_household(store)
        mine, theirs = _payment(1), _payment(2, user_id=stranger)
        taken = _come_to(_payment(3, user_id=stranger), PaymentState.PAID)
        over = [
            _come_to(_payment(4), PaymentState.EXPIRED),
            _come_to(_payment(5), PaymentState.PAID, PaymentState.POSTED),
        ]
        elsewhere = _payment(6, account_id=_neighbour().account_id)
        keep(store, mine, theirs, taken, *over, elsewhere)

        assert (taken, mine) == store.card_payments.list_under_way(ACCOUNT_ID, user_id=USER_ID)
        assert () == store.card_payments.list_under_way(ACCOUNT_ID, user_id=stranger)


class BegunPaymentsContract(OpensStore):
    """See ``elkk_core.payments.BegunPayments``."""

    def test_begun_payments_are_of_who_began_them(self, store: Store) -> None:
        """Those for an account that is not linked any more are there, nobody else's are."""
        unlinked = _come_to(_payment(1, account_id=_neighbour().account_id), PaymentState.EXPIRED)
        _keep_household(store)
        keep(store, unlinked, _payment(2, user_id=another_user().user_id))

        expected = BegunPayment(
            payment=unlinked, account=_neighbour().number, supplier_name=a_supplier().name
        )
        assert (expected,) == store.begun_payments.list_for(USER_ID)
        assert () == store.begun_payments.list_for(UserId(NOBODY))

    def test_begun_payments_are_listed_from_the_latest(self, store: Store) -> None:
        """By the moment of their beginning, whatever became of them and whichever account it was."""
        _keep_household(store)
        keep(
            store,
            _payment(1),
            _payment(3, account_id=_neighbour().account_id),
            _come_to(_payment(2), PaymentState.PAID),
        )

        assert [3, 2, 1] == [
            begun.payment.payment_id.int for begun in store.begun_payments.list_for(USER_ID)
        ]


class PaymentsToAskContract(OpensStore):
    """See ``elkk_core.payments.PaymentsToAsk``."""

    def test_payments_due_come_in_their_order(self, store: Store) -> None:
        """Those whose moment has come, the longest due first, and no more than asked for."""
        keep(store, a_supplier(), an_account())
        first, second, third = (
            _payment(number, ask_at=MORNING + timedelta(minutes=minutes))
            for number, minutes in ((3, 1), (2, 2), (1, 3))
        )
        keep(store, third, second, first, _payment(4, ask_at=None))

        asked = store.payments_to_ask
        assert (first.payment_id, second.payment_id) == asked.list_due(
            second.ask_at or MORNING, limit=5
        )
        assert (first.payment_id,) == asked.list_due(LATER, limit=1)

    def test_payments_to_ask_are_all_that_may_change(self, store: Store) -> None:
        """Whenever they are due, the eldest first; those that are over are not among them."""
        keep(store, a_supplier(), an_account())
        waiting = [
            _payment(number, ask_at=MORNING + timedelta(days=number)) for number in (3, 1, 2)
        ]
        keep(store, *waiting, _payment(4, ask_at=None))

        assert [1, 2, 3] == [number.int for number in store.payments_to_ask.list_all()]


def _line(amount: Money) -> InvoiceLine:
    return evolve(a_line(), amount=amount)


def _keep_household(store: Store) -> None:
    keep(store, a_supplier(), an_account(), _neighbour(), a_user(), another_user(), a_link())


class PlayedBank(PaymentGateway, Protocol):
    """A bank with a payer before its page, and a clock that can be put forward."""

    def pay(self, address: str) -> None:
        """Pay the order whose page is at *address*."""
        ...

    def refuse(self, address: str) -> None:
        """Try to pay it with a card that has too little money on it."""
        ...

    def let_pass(self, step: timedelta) -> None:
        """Let time pass for the bank."""
        ...


class PaymentGatewayContract:
    """See ``elkk_core.payments.PaymentGateway``."""

    def make(self) -> PlayedBank:
        """Return the bank under test."""
        raise NotImplementedError

    def test_bank_waits_for_the_card(self) -> None:
        """An order that nobody has paid is waited for, under both of its names."""
        bank = self.make()
        order = bank.register(a_payment_order())

        expected = a_bank_answer(outcome=BankOutcome.WAITING, bank_order=order.bank_order)
        assert expected == bank.ask(a_payment_order().number)

    def test_bank_takes_the_money(self) -> None:
        """An order that was paid tells so, with its amount and currency."""
        bank = self.make()
        order = bank.register(a_payment_order())
        bank.pay(order.address)

        expected = a_bank_answer(bank_order=order.bank_order)
        assert expected == bank.ask(a_payment_order().number)

    def test_bank_tells_why_it_refused(self) -> None:
        """A refusal comes with its reason, and another card may still pay."""
        bank = self.make()
        order = bank.register(a_payment_order())
        bank.refuse(order.address)

        expected = a_bank_answer(
            outcome=BankOutcome.DECLINED,
            reason=DeclineReason.FUNDS,
            bank_order=order.bank_order,
        )
        assert expected == bank.ask(a_payment_order().number)
        bank.pay(order.address)
        assert a_bank_answer(bank_order=order.bank_order) == bank.ask(a_payment_order().number)

    def test_bank_closes_its_page(self) -> None:
        """An order that nobody pays in time expires, and cannot be paid any more."""
        bank = self.make()
        order = bank.register(a_payment_order(lifetime=timedelta(minutes=20)))
        bank.let_pass(timedelta(minutes=20, seconds=1))
        bank.pay(order.address)

        expected = a_bank_answer(outcome=BankOutcome.EXPIRED, bank_order=order.bank_order)
        assert expected == bank.ask(a_payment_order().number)

    def test_bank_keeps_orders_apart(self) -> None:
        """Who pays one order has not paid another."""
        bank = self.make()
        bank.register(a_payment_order(number="first"))
        second = bank.register(a_payment_order(number="second", amount=Money(1)))
        bank.pay(second.address)

        outcomes = [getattr(bank.ask(number), "outcome", None) for number in ("first", "second")]
        assert [BankOutcome.WAITING, BankOutcome.PAID] == outcomes

    def test_bank_knows_no_other_order(self) -> None:
        """Of an order that was never registered the bank knows nothing."""
        assert self.make().ask("never") is None

    def test_bank_takes_an_order_number_once(self) -> None:
        """A number that was registered before is refused, whatever it is for."""
        bank = self.make()
        bank.register(a_payment_order())

        with pytest.raises(BankUnavailable):
            bank.register(a_payment_order(amount=Money(1)))
