"""Payments by card, played against a store and a bank."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from elkk_core.billing import EntryKind, ImportPayments, SuppliedPayment
from elkk_core.identity.model import Email
from elkk_core.payments import (
    BankUnavailable,
    CardPayment,
    CardPaymentId,
    PaymentPolicy,
    PaymentState,
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
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers, SimpleBank
from elkk_core.testing.machines.playing import OpenStore, StoreMachine, code_of
from elkk_core.testing.stores import keep

_ATTEMPTS = tuple(CardPaymentId(UUID(int=0x500 + place)) for place in range(3))

attempts = st.sampled_from(_ATTEMPTS)
_seldom = st.sampled_from([False, False, False, True])


class PaymentMachine(StoreMachine):
    """A household pays, a bank takes or refuses, is away or repeats itself, and time goes by.

    In whatever order all this happens and however often anybody asks: what the books count is what
    the bank has taken, each payment once; no payment ever goes back; and once the bank answers
    again, nothing that it has taken is left out.
    """

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__(open_store)
        self.clock = FixedClock()
        self.bank = SimpleBank(self.clock)
        self.policy = PaymentPolicy()
        self.started: dict[CardPaymentId, CardPayment] = {}
        self.furthest: dict[CardPaymentId, PaymentState] = {}
        keep(self.store, a_supplier(), an_account(), a_user(), a_link())

    @initialize(posting=st.sampled_from(Posting))
    def choose_posting(self, posting: Posting) -> None:
        """Let the books be kept here or elsewhere."""
        self.policy = PaymentPolicy(posting=posting)
        self.start = StartPayment(
            unit_of_work=self.store.unit_of_work,
            gateway=self.bank,
            clock=self.clock,
            policy=self.policy,
        )
        identifiers = SequentialIdentifiers(first=0x9000)
        self.settle = SettlePayment(
            unit_of_work=self.store.unit_of_work,
            gateway=self.bank,
            clock=self.clock,
            identifiers=identifiers,
            policy=self.policy,
        )
        self.import_payments = ImportPayments(
            unit_of_work=self.store.unit_of_work, clock=self.clock, identifiers=identifiers
        )

    @rule(payment_id=attempts, kopecks=st.integers(1_00, 9_999_99))
    def pay(self, payment_id: CardPaymentId, kopecks: int) -> None:
        """Send the form; the same form again begins nothing new."""
        with suppress(BankUnavailable):
            self.start(
                payment_id=payment_id,
                user_id=USER_ID,
                account_id=ACCOUNT_ID,
                amount=str(Money(kopecks)),
                accepted=True,
                email=Email("petrova@tambov-post.ru"),
                language="ru",
                return_to="https://cabinet.example/",
            )
        with self.store.unit_of_work() as uow:
            kept = uow.card_payments.get(payment_id)
        first = self.started.setdefault(payment_id, kept)

        assert first.amount == kept.amount

    @rule(payment_id=attempts, refuse=_seldom)
    def enter_card(self, payment_id: CardPaymentId, refuse: bool) -> None:  # noqa: FBT001 - Drawn.
        """Enter a card on the bank's page, for whoever was shown one."""
        with self.store.unit_of_work() as uow:
            payment = uow.card_payments.find(payment_id)
        if payment is not None and payment.address is not None:
            (self.bank.refuse if refuse else self.bank.pay)(payment.address)

    @rule(away=_seldom, behind=_seldom)
    def disturb_bank(self, away: bool, behind: bool) -> None:  # noqa: FBT001 - Drawn.
        """Let the bank be away, or behind, or well."""
        self.bank.is_away, self.bank.is_behind = away, behind

    @rule(minutes=st.sampled_from([1, 10, 30, 60 * 24]))
    def time_passes(self, minutes: int) -> None:
        """Let some time pass."""
        self.clock.advance(timedelta(minutes=minutes))

    @rule(payment_id=attempts)
    def ask(self, payment_id: CardPaymentId) -> None:
        """Ask after a payment, as its payer or a callback does, at any time."""
        if payment_id in self.started:
            assert code_of(lambda: self.settle(payment_id=payment_id)) in {
                None,
                BankUnavailable.code,
            }

    @precondition(lambda self: self.policy.posting is Posting.BY_REGISTER)
    @rule(by_bank=st.booleans())
    def take_register_over(self, by_bank: bool) -> None:  # noqa: FBT001 - Drawn.
        """Import the payments that the bank has taken, under its names or ours."""
        known = self._booked()
        self.import_payments(
            supplier=a_supplier().code,
            rows=[
                SuppliedPayment(
                    account=an_account().number,
                    received_on=str(self.clock.now().date()),
                    amount=str(amount),
                    reference=f"bank-{number}" if by_bank else number,
                )
                for number, amount in self.bank.taken.items()
                if not known & {number, f"bank-{number}"}
            ],
        )

    @rule()
    def look_after_all(self) -> None:
        """Ask after everything, with a bank that answers: nothing that it took is forgotten."""
        self.bank.is_away = self.bank.is_behind = False
        for payment_id in self.store.payments_to_ask.list_all():
            self.settle(payment_id=payment_id)

        by_number = {payment.order_number: payment for payment in self._payments()}
        known = self._booked()
        for number in self.bank.taken:
            is_booked = bool(known & {number, f"bank-{number}"})
            expected = PaymentState.POSTED if is_booked else PaymentState.PAID
            assert expected is by_number[number].state
            assert is_booked or self.policy.posting is Posting.BY_REGISTER

    @invariant()
    def credited_once_what_the_bank_took(self) -> None:
        """The ledger holds payments that the bank has taken, each once and in full."""
        with self.store.unit_of_work() as uow:
            entries = uow.ledger.list_of(ACCOUNT_ID)
        credited = [entry for entry in entries if entry.kind is EntryKind.PAYMENT]
        numbers = [entry.document.removeprefix("bank-") for entry in credited]

        assert len(set(numbers)) == len(numbers)
        for number, entry in zip(numbers, credited, strict=True):
            assert -self.bank.taken[number] == entry.amount

    @invariant()
    def no_payment_goes_back(self) -> None:
        """Each payment is where it was, or further."""
        for payment in self._payments():
            before = self.furthest.get(payment.payment_id, payment.state)
            assert not before.is_beyond(payment.state)
            self.furthest[payment.payment_id] = payment.state

    def _payments(self) -> list[CardPayment]:
        with self.store.unit_of_work() as uow:
            found = [uow.card_payments.find(payment_id) for payment_id in _ATTEMPTS]
        return [payment for payment in found if payment is not None]

    def _booked(self) -> set[str]:
        with self.store.unit_of_work() as uow:
            return {entry.document for entry in uow.ledger.list_of(ACCOUNT_ID)}
