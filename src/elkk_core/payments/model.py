"""Payments by card: each goes forward, never back, and remembers every step."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money

CardPaymentId = NewType("CardPaymentId", UUID)

ROUBLE = "643"
"""The currency of all payments, as ISO 4217 numbers it."""

_DIGITS_BY_CHANCE = 12


class PaymentState(StrEnum):
    """How far a payment by card is; a payment never goes back in this order.

    What the bank says last may have been said first, so the furthest state counts, whatever the
    order in which words arrive: a payment that is paid stays paid although an older word tells that
    the bank is waiting for the card.

    - ``started``: kept here, and no bank knows of it for sure;
    - ``at_bank``: the payer has been given the bank's page;
    - ``expired``: nobody paid in time;
    - ``declined``: the bank of the payer refused;
    - ``paid``: the bank has taken the money;
    - ``posted``: the books of the supplier have counted it;
    - ``reversed``, ``refunded``: the bank gave the money back before the books had counted it.
    """

    STARTED = "started"
    AT_BANK = "at_bank"
    EXPIRED = "expired"
    DECLINED = "declined"
    PAID = "paid"
    POSTED = "posted"
    REVERSED = "reversed"
    REFUNDED = "refunded"

    @property
    def is_under_way(self) -> bool:
        """Whether more is to come."""
        return self.awaits_bank or self is PaymentState.PAID

    @property
    def awaits_bank(self) -> bool:
        """Whether only the bank can tell how it goes on."""
        return self in _AT_THE_BANK

    def is_beyond(self, other: "PaymentState") -> bool:
        """Tell whether this state is further than *other*."""
        return _ORDER.index(self) > _ORDER.index(other)


_ORDER = tuple(PaymentState)
_AT_THE_BANK = {PaymentState.STARTED, PaymentState.AT_BANK}


class ChangeSource(StrEnum):
    """Who says that a payment has come to a state."""

    PAYER = "payer"
    BANK = "bank"
    BOOKS = "books"
    CABINET = "cabinet"


class DeclineReason(StrEnum):
    """Why the bank of the payer refused, as far as the payer can do something about it."""

    FUNDS = "funds"
    LIMIT = "limit"
    CARD_DATA = "card_data"
    CARD_EXPIRED = "card_expired"
    CARD_BLOCKED = "card_blocked"
    NOT_CONFIRMED = "not_confirmed"
    OTHER = "other"


@frozen(kw_only=True)
class PaymentChange:
    """The fact that a payment came to a *state*; *reason* tells why it was declined."""

    state: PaymentState
    at: datetime = field(validator=validators.aware)
    source: ChangeSource
    reason: DeclineReason | None = field(default=None)

    @reason.validator
    def _is_of_a_refusal(self, _attribute: object, value: DeclineReason | None) -> None:
        if (value is None) == (self.state is PaymentState.DECLINED):
            message = f"a payment that is {self.state} has no reason such as {value}"
            raise ValueError(message)


def order_number(payment_id: CardPaymentId, *, on: date) -> str:
    """Return the number under which payer, bank and books know a payment.

    It begins with the day and ends with digits of chance: «20261123-5F3A9C0D12AB». Banks take 30
    Latin letters, digits and hyphens.
    """
    return f"{on:%Y%m%d}-{payment_id.hex[-_DIGITS_BY_CHANCE:].upper()}"


@frozen(kw_only=True)
class CardPayment:
    """A household's payment of an account by card.

    It belongs to the books of the supplier and outlives the user, of whom it keeps no name and no
    address; where the receipt goes only the bank is told.

    *bank_order* is the bank's identifier of the order and *address* the page where its card is
    asked for, both None until the bank has given them. The payer accepted *rules_version* of the
    rules of payment on starting. *ask_at* is when to look after the payment again, None where nothing more can come.
    """

    payment_id: CardPaymentId
    order_number: str = field(validator=validators.not_blank)
    user_id: UserId
    account_id: AccountId
    supplier_id: SupplierId
    amount: Money = field()
    rules_version: str = field(validator=validators.not_blank)
    started_at: datetime = field(validator=validators.aware)
    state: PaymentState = field()
    changes: tuple[PaymentChange, ...] = field()
    bank_order: str | None = None
    address: str | None = None
    ask_at: datetime | None

    version: int = 0

    @amount.validator
    def _is_positive(self, _attribute: object, value: Money) -> None:
        if value <= Money.zero():
            message = f"a payment is above zero: {value}"
            raise ValueError(message)

    @changes.validator
    def _lead_to_the_state(self, _attribute: object, value: tuple[PaymentChange, ...]) -> None:
        if not value or value[-1].state is not self.state:
            message = f"the changes do not lead to {self.state}"
            raise ValueError(message)

    # Factories

    @classmethod
    def start(
        cls,
        *,
        payment_id: CardPaymentId,
        user_id: UserId,
        account_id: AccountId,
        supplier_id: SupplierId,
        amount: Money,
        rules_version: str,
        today: date,
        now: datetime,
    ) -> "CardPayment":
        """Return a payment that no bank knows of yet; *today* is the supplier's date."""
        return cls(
            payment_id=payment_id,
            order_number=order_number(payment_id, on=today),
            user_id=user_id,
            account_id=account_id,
            supplier_id=supplier_id,
            amount=amount,
            rules_version=rules_version,
            started_at=now,
            state=PaymentState.STARTED,
            changes=(PaymentChange(state=PaymentState.STARTED, at=now, source=ChangeSource.PAYER),),
            ask_at=now,
        )

    # Commands

    def registered(self, *, bank_order: str, address: str, now: datetime) -> "CardPayment":
        """Return the payment with the bank's order and the page where its card is asked for."""
        known = evolve(self, bank_order=bank_order, address=address)
        return known.come_to(PaymentState.AT_BANK, now=now, source=ChangeSource.BANK)

    def come_to(
        self,
        state: PaymentState,
        *,
        now: datetime,
        source: ChangeSource,
        reason: DeclineReason | None = None,
    ) -> "CardPayment":
        """Return the payment in *state*, unchanged if it is there or beyond.

        What the books have counted only the books can take back.
        """
        if not state.is_beyond(self.state) or self.state is PaymentState.POSTED:
            return self
        change = PaymentChange(state=state, at=now, source=source, reason=reason)
        return evolve(self, state=state, changes=(*self.changes, change))

    def ask_again(self, at: datetime | None) -> "CardPayment":
        """Return the payment with the moment to look after it again, None for never."""
        return evolve(self, ask_at=at)

    # Queries

    @property
    def last_change(self) -> PaymentChange:
        """How it came to its state."""
        return self.changes[-1]

    @property
    def references(self) -> Collection[str]:
        """By what the books may name it: our number, or the bank's identifier."""
        return {name for name in (self.order_number, self.bank_order) if name is not None}
