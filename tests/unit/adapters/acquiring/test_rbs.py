"""The adapter for gateways of the RBS/BPC family, on answers as they are documented."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from elkk_adapters.acquiring import Nobody, RbsGateway
from elkk_adapters.acquiring.codes import OUTCOMES, REASONS
from elkk_adapters.settings import Acquiring
from elkk_core.payments import (
    BankOutcome,
    BankUnavailable,
    DeclineReason,
    PaymentsNotOffered,
    RegisteredOrder,
)
from elkk_core.testing.builders import a_bank_answer, a_payment_order

PAYLOADS = Path(__file__).parent / "payloads"
NUMBER = a_payment_order().number
BANK = Acquiring(url="https://gateway.example/payment/rest/", token="a token")


def payload(name: str, **changes: Any) -> dict[str, Any]:
    """Return a recorded answer, with some of its fields changed."""
    recorded: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return recorded | changes


class Wire:
    """A network on which a bank answers what it was told to, and that remembers what was sent."""

    def __init__(self, answer: Any, *, status: int = 200) -> None:  # noqa: ANN401 - Any JSON.
        self.requests: list[httpx.Request] = []
        self._answer, self._status = answer, status

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer *request*."""
        self.requests.append(request)
        return httpx.Response(self._status, json=self._answer)

    @property
    def form(self) -> dict[str, str]:
        """The form that was sent last."""
        fields = parse_qs(self.requests[-1].content.decode(), strict_parsing=True)
        return {name: value for name, (value,) in fields.items()}


def gateway(wire: Callable[[httpx.Request], httpx.Response], bank: Acquiring = BANK) -> RbsGateway:
    """Return the adapter on a network of the test."""
    return RbsGateway(bank, transport=httpx.MockTransport(wire))


def test_an_order_is_registered_by_a_form() -> None:
    """Amounts are kopecks, the currency a number; the bank answers with its order and its page."""
    wire = Wire(payload("register"))
    registered = gateway(wire).register(a_payment_order())

    recorded = payload("register")
    expected = RegisteredOrder(bank_order=recorded["orderId"], address=recorded["formUrl"])
    assert expected == registered
    assert "https://gateway.example/payment/rest/register.do" == str(wire.requests[0].url)
    assert {
        "token": "a token",
        "orderNumber": NUMBER,
        "amount": "60406",
        "currency": "643",
        "returnUrl": "https://cabinet.example/accounts/payments",
        "failUrl": "https://cabinet.example/accounts/payments",
        "description": "ЛС 680012345678, электроэнергия",
        "language": "ru",
        "sessionTimeoutSecs": "1200",
        "jsonParams": '{"email": "petrova@tambov-post.ru"}',
    } == wire.form


def test_a_shop_may_have_a_user_and_a_password() -> None:
    """Where there is no token, user and password go with every request."""
    wire = Wire(payload("paid"))
    bank = Acquiring(url=BANK.url, user="shop-api", password="secret")
    gateway(wire, bank).ask(NUMBER)

    expected = {"userName": "shop-api", "password": "secret", "orderNumber": NUMBER}
    assert expected == wire.form
    assert "secret" not in repr(bank)


@pytest.mark.parametrize(
    ("name", "outcome", "reason"),
    [
        ("paid", BankOutcome.PAID, None),
        ("registered", BankOutcome.WAITING, None),
        ("expired", BankOutcome.EXPIRED, None),
        ("declined", BankOutcome.DECLINED, DeclineReason.FUNDS),
    ],
)
def test_recorded_answers_are_understood(
    name: str, outcome: BankOutcome, reason: DeclineReason | None
) -> None:
    """Order, amount, currency and outcome are read off the answers that are documented."""
    answer = gateway(Wire(payload(name))).ask(NUMBER)

    assert a_bank_answer(outcome=outcome, reason=reason) == answer


@pytest.mark.parametrize("status", OUTCOMES)
def test_every_status_has_a_meaning(status: int) -> None:
    """Each documented status is read as the table says."""
    answer = gateway(Wire(payload("registered", orderStatus=status))).ask(NUMBER)

    assert answer is not None
    assert OUTCOMES[status] is answer.outcome


@pytest.mark.parametrize(
    ("action", "reason"), [*REASONS.items(), (100, DeclineReason.OTHER), (5, DeclineReason.OTHER)]
)
def test_every_refusal_has_a_reason(action: int, reason: DeclineReason) -> None:
    """A number that we do not know is a reason of the bank's own."""
    answer = gateway(Wire(payload("declined", actionCode=action))).ask(NUMBER)

    assert answer is not None
    assert reason is answer.reason


@pytest.mark.parametrize(
    "unknown",
    [
        {"errorCode": "6", "errorMessage": "Незарегистрированный OrderId"},
        {"errorCode": 6},
        {"ErrorCode": "6", "ErrorMessage": "Order not found"},
        {"error": {"code": "6", "message": "Order not found"}},
    ],
    ids=["text", "number", "capital", "nested"],
)
def test_an_order_that_the_bank_does_not_know(unknown: dict[str, Any]) -> None:
    """Gateways write their errors in several shapes; all of them say the same."""
    assert gateway(Wire(unknown)).ask(NUMBER) is None


def test_an_error_code_may_be_absent_where_all_is_well() -> None:
    """A success needs no error code, nor one that is zero as a number."""
    without = payload("paid")
    del without["errorCode"]

    for answer in (without, payload("paid", errorCode=0)):
        assert a_bank_answer() == gateway(Wire(answer)).ask(NUMBER)


@pytest.mark.parametrize(
    "refusal",
    [
        {"errorCode": "1", "errorMessage": "Заказ с таким номером уже обработан"},
        {"errorCode": 5, "errorMessage": "Access denied"},
        {"ErrorCode": "7", "ErrorMessage": "System error"},
        {"error": {"code": 5, "description": "Access denied"}},
        {"error": {}, "orderId": 1},
        {"errorCode": "a word"},
        {"errorCode": "0"},
        {"orderId": "", "formUrl": ""},
        {"orderId": "b9054496", "formUrl": None},
        {},
        [],
        "Transaction is not found",
        None,
    ],
    ids=str,
)
def test_what_cannot_be_acted_upon_is_no_answer(refusal: object) -> None:
    """A refusal, a shape that nobody documents, nothing at all: the bank is not available."""
    with pytest.raises(BankUnavailable):
        gateway(Wire(refusal)).register(a_payment_order())
    with pytest.raises(BankUnavailable):
        gateway(Wire(refusal)).ask(NUMBER)


@pytest.mark.parametrize(
    "change",
    [
        {"orderStatus": 9},
        {"orderStatus": "2"},
        {"orderStatus": None},
        {"amount": "60406"},
        {"amount": 604.06},
        {"amount": True},
        {"currency": 643},
        {"orderNumber": None},
        {"attributes": []},
        {"attributes": None},
        {"attributes": ["mdOrder"]},
        {"attributes": [{"name": "mdOrder", "value": ""}]},
        {"orderStatus": 6, "actionCode": None},
    ],
    ids=str,
)
def test_an_answer_of_another_shape_is_no_answer(change: dict[str, Any]) -> None:
    """Nothing is guessed: where money is concerned, half an answer is none."""
    with pytest.raises(BankUnavailable):
        gateway(Wire(payload("paid", **change))).ask(NUMBER)


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
def test_a_status_of_trouble_is_no_answer(status: int) -> None:
    """Whatever comes with it."""
    with pytest.raises(BankUnavailable):
        gateway(Wire(payload("paid"), status=status)).ask(NUMBER)


@pytest.mark.parametrize(
    "trouble", [httpx.ConnectError("refused"), httpx.ReadTimeout("silence")], ids=repr
)
def test_a_bank_that_is_silent_is_unavailable(trouble: httpx.HTTPError) -> None:
    """Neither a broken connection nor a time-out is anything but that."""

    def break_off(_request: httpx.Request) -> httpx.Response:
        raise trouble

    with pytest.raises(BankUnavailable):
        gateway(break_off).register(a_payment_order())


def test_a_page_in_place_of_json_is_no_answer() -> None:
    """A proxy's page of an error is not the bank's word."""
    with pytest.raises(BankUnavailable):
        gateway(lambda _request: httpx.Response(200, text="<html>")).ask(NUMBER)


def test_without_a_bank_nothing_can_be_paid() -> None:
    """Where none is set up, that is what everybody is told."""
    with pytest.raises(PaymentsNotOffered):
        Nobody().register(a_payment_order())
    with pytest.raises(PaymentsNotOffered):
        Nobody().ask(NUMBER)
