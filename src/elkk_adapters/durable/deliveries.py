"""Handing messages to the outside."""

import asyncio
from typing import Protocol

import structlog
from attrs import frozen
from dbos import DBOS

from elkk_adapters.durable import protocol
from elkk_adapters.durable.duties import Retries, UnderWay

_log = structlog.get_logger(__name__)


class Deliver(Protocol):
    """Hands one message to the outside.

    It may be called again for a *key* that it saw before: the process may die after a delivery and
    before the queue knows of it. It has time-outs of its own, and raises to be called again later.
    """

    def __call__(self, *, kind: str, payload: dict[str, str], key: str) -> None:
        """Deliver the message of *kind* made of *payload* once per *key*."""
        ...


@frozen(kw_only=True)
class Deliveries:
    """The duty to deliver the messages that were enqueued."""

    deliver: Deliver
    retries: Retries = Retries()

    @property
    def queue(self) -> protocol.Queue:
        """The queue of the messages."""
        return protocol.MESSAGES

    def register(self, under_way: UnderWay) -> None:
        """Tell DBOS how a message is delivered."""

        # Asynchronous, since DBOS pauses between attempts without a thread then, and a pause of an
        # hour does not keep the process from ending.
        @DBOS.step(
            name=protocol.HAND_OVER,
            retries_allowed=True,
            max_attempts=self.retries.attempts,
            interval_seconds=self.retries.first_pause_seconds,
            backoff_rate=self.retries.growth,
        )
        async def hand_over(kind: str, payload: dict[str, str], key: str) -> None:
            if not under_way.begins(key):
                await asyncio.Event().wait()
            try:
                await asyncio.to_thread(self.deliver, kind=kind, payload=payload, key=key)
            except BaseException:
                under_way.ended(key)
                raise

        @DBOS.workflow(name=protocol.DELIVER_MESSAGE)
        async def deliver_message(kind: str, payload: dict[str, str], key: str) -> None:
            try:
                await hand_over(kind, payload, key)
            except Exception:
                _log.exception("message_given_up", kind=kind, key=key)
                raise
            # Only here, after the queue has noted the delivery, it is not under way any more.
            under_way.ended(key)
