"""The sandbox bank: orders, cards and codes, in memory, with no money anywhere."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from attrs import define, field

from elkk_sandbox.cards import CODE, Ending, TestCard

_REGISTERED, _PAID, _AT_ACS, _DECLINED = 0, 2, 5, 6
_DONE, _NO_ATTEMPT, _TIMED_OUT, _NOT_CONFIRMED = 0, -100, -2007, -2006
_REFUSALS = {
    Ending.NO_FUNDS: 116,
    Ending.OVER_LIMIT: 121,
    Ending.EXPIRED: 101,
    Ending.BLOCKED: 104,
}
_PAYMENT_STATES = {_PAID: "DEPOSITED", _DECLINED: "DECLINED"}
_NUMBER_TAKEN, _PARAMETER_MISSING, _PARAMETER_WRONG, _UNKNOWN_ORDER = 1, 4, 5, 6
_USUAL_LIFETIME_SECONDS = 1200
_LONGEST_NUMBER = 32
_CODE_TRIES = 3

Parameters = Mapping[str, str]


@define
class Refusal(Exception):
    """A request that the gateway refuses, as gateways of this family do: a number and a text."""

    code: int
    text: str


@define(kw_only=True)
class Order:
    """An order of the shop, and the card that is tried on it."""

    order_id: str
    number: str
    amount: int
    currency: str
    description: str
    email: str
    language: str
    return_url: str
    fail_url: str
    registered_at: float
    expires_at: float
    status: int = _REGISTERED
    action: int = _NO_ATTEMPT
    card: TestCard | None = None
    holder: str = ""
    expiry: str = ""
    tries_left: int = _CODE_TRIES
    paid_at: float | None = None

    @property
    def is_paid(self) -> bool:
        """Whether the payer has done all there is to do, though the bank may be slow to say so."""
        return self.paid_at is not None

    @property
    def awaits_code(self) -> bool:
        """Whether the payer is to enter a code."""
        return self.status == _AT_ACS and not self.is_paid

    @property
    def is_declined(self) -> bool:
        """Whether the last card was refused."""
        return self.status == _DECLINED


@define(eq=False)
class SandboxBank:
    """Takes orders from one shop, which knows its *token*; safe to use from several threads.

    With a late card it tells that it has the money only after *late_seconds*.
    """

    token: str
    late_seconds: float = 3.0
    clock: Callable[[], float] = time.time
    _orders: dict[str, Order] = field(factory=dict, init=False)
    _lock: threading.RLock = field(factory=threading.RLock, init=False)

    # What the shop asks

    def register(self, parameters: Parameters) -> Order:
        """Return a new order.

        Raises:
            Refusal: If a parameter is missing or wrong, or the order number was taken before.
        """
        self._check_shop(parameters)
        number, amount = _given(parameters, "orderNumber"), _given(parameters, "amount")
        return_url = _given(parameters, "returnUrl")
        if len(number) > _LONGEST_NUMBER or not amount.isdecimal() or int(amount) == 0:
            raise Refusal(_PARAMETER_WRONG, "Неверный номер заказа или сумма")
        lifetime = parameters.get("sessionTimeoutSecs", str(_USUAL_LIFETIME_SECONDS))
        with self._lock:
            if any(order.number == number for order in self._orders.values()):
                raise Refusal(_NUMBER_TAKEN, "Заказ с таким номером уже обработан")
            now = self.clock()
            order = Order(
                order_id=str(uuid4()),
                number=number,
                amount=int(amount),
                currency=parameters.get("currency", "643"),
                description=parameters.get("description", ""),
                email=parameters.get("email", ""),
                language=parameters.get("language", "ru"),
                return_url=return_url,
                fail_url=parameters.get("failUrl", return_url),
                registered_at=now,
                expires_at=now + float(lifetime),
            )
            self._orders[order.order_id] = order
        return order

    def status(self, parameters: Parameters) -> dict[str, Any]:
        """Return what has become of an order, as ``getOrderStatusExtended.do`` tells it.

        Raises:
            Refusal: If there is no such order.
        """
        self._check_shop(parameters)
        with self._lock:
            order = self._orders.get(parameters.get("orderId", "")) or next(
                (
                    order
                    for order in self._orders.values()
                    if order.number == parameters.get("orderNumber")
                ),
                None,
            )
            if order is None:
                raise Refusal(_UNKNOWN_ORDER, "Заказ не найден")
            self._catch_up(order)
            return _told(order)

    # What the payer does

    def find(self, order_id: str) -> Order | None:
        """Return an order as it stands now, None if there is none."""
        with self._lock:
            order = self._orders.get(order_id)
            if order is not None:
                self._catch_up(order)
            return order

    def try_card(self, order: Order, card: TestCard, *, holder: str, expiry: str) -> None:
        """Ask the bank of the card, which asks for a code or refuses; nothing if it is too late."""
        with self._lock:
            self._catch_up(order)
            if not self._may_pay(order):
                return
            order.card, order.holder, order.expiry = card, holder, expiry
            order.tries_left = _CODE_TRIES
            refusal = _REFUSALS.get(card.ending)
            order.status = _AT_ACS if refusal is None else _DECLINED
            order.action = _NO_ATTEMPT if refusal is None else refusal

    def try_code(self, order: Order, code: str) -> None:
        """Take the money if the code is right; after three wrong ones the card is refused."""
        with self._lock:
            self._catch_up(order)
            if not order.awaits_code:
                return
            if code == CODE and order.card is not None:
                late = order.card.ending is Ending.LATE
                order.paid_at = self.clock() + (self.late_seconds if late else 0)
                self._catch_up(order)
                return
            order.tries_left -= 1
            if order.tries_left == 0:
                self.cancel(order)

    def cancel(self, order: Order) -> None:
        """Let the payer give up before the code is entered."""
        with self._lock:
            if order.awaits_code:
                order.status, order.action = _DECLINED, _NOT_CONFIRMED

    def _may_pay(self, order: Order) -> bool:
        return not order.is_paid and self.clock() < order.expires_at

    def _catch_up(self, order: Order) -> None:
        """Let an order come to what time has made of it."""
        if order.paid_at is not None:
            if self.clock() >= order.paid_at:
                order.status, order.action = _PAID, _DONE
        elif self.clock() >= order.expires_at and order.status != _DECLINED:
            order.status, order.action = _DECLINED, _TIMED_OUT

    def _check_shop(self, parameters: Parameters) -> None:
        if parameters.get("token") != self.token:
            raise Refusal(_PARAMETER_WRONG, "Доступ запрещен")


def _given(parameters: Parameters, name: str) -> str:
    value = parameters.get(name, "")
    if not value:
        raise Refusal(_PARAMETER_MISSING, f"Не указан параметр {name}")
    return value


def _told(order: Order) -> dict[str, Any]:
    taken = order.amount if order.status == _PAID else 0
    answer: dict[str, Any] = {
        "errorCode": "0",
        "errorMessage": "Успешно",
        "orderNumber": order.number,
        "orderStatus": order.status,
        "actionCode": order.action,
        "actionCodeDescription": "",
        "amount": order.amount,
        "currency": order.currency,
        "date": int(order.registered_at * 1000),
        "orderDescription": order.description,
        "merchantOrderParams": [{"name": "email", "value": order.email}],
        "attributes": [{"name": "mdOrder", "value": order.order_id}],
        "terminalId": "000000",
        "paymentAmountInfo": {
            "paymentState": _PAYMENT_STATES.get(order.status, "CREATED"),
            "approvedAmount": taken,
            "depositedAmount": taken,
            "refundedAmount": 0,
        },
    }
    if order.card is not None:
        number = order.card.number
        answer["cardAuthInfo"] = {
            "maskedPan": f"{number[:6]}**{number[-4:]}",
            "expiration": order.expiry,
            "cardholderName": order.holder,
        }
    return answer
