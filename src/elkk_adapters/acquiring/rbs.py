"""Gateways of the RBS/BPC family, which many banks run: Sberbank, Alfa-Bank and others."""

import json
from collections.abc import Mapping
from typing import Any, Self

import httpx
import structlog
from attrs import define, field

from elkk_adapters.acquiring import codes
from elkk_adapters.settings import Acquiring
from elkk_core.payments import (
    ROUBLE,
    BankAnswer,
    BankOutcome,
    BankUnavailable,
    DeclineReason,
    PaymentOrder,
    RegisteredOrder,
)
from elkk_core.shared import Money

_log = structlog.get_logger(__name__)
# Gateways write the error under one of these, as a number or as a text, or leave it out where all
# is well.
_ERROR_CODES = ("errorCode", "ErrorCode")
_ERROR_TEXTS = ("errorMessage", "ErrorMessage")


@define
class RbsGateway:
    """Registers orders and asks after them; safe to use from several threads.

    Requests are forms, amounts whole kopecks. An answer that has not the shape that the family
    documents, an error that nothing can be done about, and silence are all ``BankUnavailable``; the
    operator finds the bank's words in the log. A *transport* stands in for the network.
    """

    _bank: Acquiring
    _transport: httpx.BaseTransport | None = None
    _client: httpx.Client = field(init=False, repr=False)

    @_client.default
    def _client_of_the_bank(self) -> httpx.Client:
        return httpx.Client(
            base_url=self._bank.url,
            timeout=self._bank.timeout.total_seconds(),
            transport=self._transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def register(self, order: PaymentOrder) -> RegisteredOrder:
        """Ask the bank to expect a payment; an order number is taken once.

        Raises:
            BankUnavailable: If the bank does not answer, refuses, or cannot be understood. It may
                know of the order all the same.
        """
        answer = self._call(
            "register.do",
            {
                "orderNumber": order.number,
                "amount": str(order.amount.kopecks),
                "currency": ROUBLE,
                "returnUrl": order.return_to,
                "failUrl": order.return_to,
                "description": order.description,
                "language": order.language,
                "sessionTimeoutSecs": str(int(order.lifetime.total_seconds())),
                "jsonParams": json.dumps({"email": order.email}),
            },
        )
        _refuse_errors(answer)
        return RegisteredOrder(
            bank_order=_text(answer, "orderId"), address=_text(answer, "formUrl")
        )

    def ask(self, number: str) -> BankAnswer | None:
        """Return what has become of the order with our *number*, None if the bank knows no such.

        Raises:
            BankUnavailable: If the bank does not answer, refuses, or cannot be understood.
        """
        answer = self._call("getOrderStatusExtended.do", {"orderNumber": number})
        if _error_of(answer) == codes.UNKNOWN_ORDER:
            return None
        _refuse_errors(answer)
        outcome, reason = _outcome_of(answer)
        return BankAnswer(
            outcome=outcome,
            number=_text(answer, "orderNumber"),
            bank_order=_bank_order_of(answer),
            amount=Money(_number(answer, "amount")),
            currency=_text(answer, "currency"),
            reason=reason,
        )

    def _call(self, method: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            response = self._client.post(method, data={**self._credentials, **parameters})
            response.raise_for_status()
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            # The message of a broken connection names no secret; what was sent does.
            _log.warning("bank_does_not_answer", method=method, error=type(error).__name__)
            raise BankUnavailable from error
        if not isinstance(answer, dict):
            _log.warning("bank_not_understood", method=method)
            raise BankUnavailable
        return answer

    @property
    def _credentials(self) -> dict[str, str]:
        if self._bank.token:
            return {"token": self._bank.token}
        return {"userName": self._bank.user, "password": self._bank.password}


def _error_of(answer: Mapping[str, Any]) -> int:
    """Return the code of the error that an answer tells of, 0 if it tells of none."""
    if isinstance(answer.get("error"), dict):
        return _error_of({"errorCode": answer["error"].get("code")})
    given = next((answer[name] for name in _ERROR_CODES if answer.get(name) is not None), 0)
    try:
        return int(given)
    except (TypeError, ValueError):
        _log.warning("bank_not_understood", error_code=str(given))
        raise BankUnavailable from None


def _refuse_errors(answer: Mapping[str, Any]) -> None:
    code = _error_of(answer)
    if code == 0:
        return
    said = next((str(answer[name]) for name in _ERROR_TEXTS if name in answer), "")
    _log.error("bank_refuses", bank_error=code, bank_says=said)
    raise BankUnavailable


def _outcome_of(answer: Mapping[str, Any]) -> tuple[BankOutcome, DeclineReason | None]:
    outcome = codes.OUTCOMES.get(_number(answer, "orderStatus"))
    if outcome is None:
        _log.warning("bank_not_understood", order_status=answer["orderStatus"])
        raise BankUnavailable
    if outcome is not BankOutcome.DECLINED:
        return outcome, None
    action = _number(answer, "actionCode")
    if action in codes.TIMED_OUT:
        return BankOutcome.EXPIRED, None
    return outcome, codes.REASONS.get(action, DeclineReason.OTHER)


def _bank_order_of(answer: Mapping[str, Any]) -> str:
    """Return the gateway's own identifier of the order, which stands among its attributes."""
    attributes = answer.get("attributes")
    if isinstance(attributes, list):
        for attribute in attributes:
            if isinstance(attribute, dict) and attribute.get("name") == "mdOrder":
                return _text(attribute, "value")
    _log.warning("bank_not_understood", missing="mdOrder")
    raise BankUnavailable


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        _log.warning("bank_not_understood", missing=name)
        raise BankUnavailable
    return value


def _number(answer: Mapping[str, Any], name: str) -> int:
    value = answer.get(name)
    if type(value) is not int:
        _log.warning("bank_not_understood", missing=name)
        raise BankUnavailable
    return value
