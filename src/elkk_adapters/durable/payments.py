"""Asking after payments by card whose payers never came back."""

import asyncio
from typing import Any, Protocol

import structlog
from attrs import frozen
from dbos import DBOS

from elkk_adapters.durable import protocol
from elkk_adapters.durable.duties import Schedule, UnderWay
from elkk_core.payments import (
    BankUnavailable,
    CardPaymentId,
    PaymentsToAsk,
)
from elkk_core.shared.errors import StaleState, Unavailable
from elkk_core.shared.ports import Clock

_log = structlog.get_logger(__name__)
_ASKED_AT_ONCE = 500
_SILENCES = 3
"""After how many questions in a row without an answer the bank is left alone for this round."""


class Settle(Protocol):
    """Learns what has become of a payment, as ``SettlePayment`` does."""

    def __call__(self, *, payment_id: CardPaymentId) -> object:
        """Ask the bank, and let the books count what it has taken."""
        ...


@frozen(kw_only=True)
class PaymentQuestions:
    """The duty to ask after payments when their moments come; of several workers one asks.

    When to ask again stands with each payment, so nothing is forgotten that a worker did not get
    to: the next round finds it due.
    """

    settle: Settle
    payments_to_ask: PaymentsToAsk
    clock: Clock

    @property
    def queue(self) -> protocol.Queue:
        """The queue of the rounds."""
        return protocol.PAYMENTS

    def register(self, under_way: UnderWay) -> Schedule:
        """Tell DBOS how a round is gone, and return when."""

        @DBOS.workflow(name=protocol.ASK_AFTER_PAYMENTS)
        async def ask_after_payments(scheduled_at: str, _context: Any) -> None:  # noqa: ANN401 - DBOS gives it.
            key = f"{protocol.ASK_AFTER_PAYMENTS}:{scheduled_at}"
            if not under_way.begins(key):
                # For the queue it is under way for ever, until somebody takes it over.
                await asyncio.Event().wait()
            try:
                await asyncio.to_thread(self._go_round, under_way)
            except Exception:
                _log.exception("payment_round_failed", key=key)
                raise
            finally:
                under_way.ended(key)

        return Schedule(
            name=protocol.ASK_AFTER_PAYMENTS,
            workflow=ask_after_payments,
            cron=protocol.PAYMENT_ROUNDS,
        )

    def _go_round(self, under_way: UnderWay) -> None:
        due = self.payments_to_ask.list_due(self.clock.now(), limit=_ASKED_AT_ONCE)
        silences = 0
        for payment_id in due:
            if under_way.stopping or silences == _SILENCES:
                return
            try:
                self.settle(payment_id=payment_id)
            except (StaleState, Unavailable) as error:
                # One payment that cannot be asked after keeps nobody from asking after the others.
                silences += isinstance(error, BankUnavailable)
                _log.warning("payment_not_settled", payment=str(payment_id), error_code=error.code)
            else:
                silences = 0
