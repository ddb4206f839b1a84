"""Going round every few minutes to see what households should know."""

import asyncio
from typing import Any, Protocol

import structlog
from attrs import frozen
from dbos import DBOS

from elkk_adapters.durable import protocol
from elkk_adapters.durable.duties import Schedule, UnderWay
from elkk_core.shared.batches import BetweenBatches
from elkk_core.shared.errors import StaleState, Unavailable

_log = structlog.get_logger(__name__)


class GoRound(Protocol):
    """Raises and mails the notifications that are due.

    It may be called while another one is under way elsewhere, and after one that was broken off.
    """

    def __call__(self, between_batches: BetweenBatches) -> object:
        """Do it; what *between_batches* raises ends it."""
        ...


class _Stopped(Exception):
    """The worker stops in the midst of a round."""


@frozen(kw_only=True)
class NoticeRounds:
    """The duty to go round; of several workers one goes each time.

    A round that fails leaves what it has not done to the next one, which comes in a few minutes.
    """

    go_round: GoRound

    @property
    def queue(self) -> protocol.Queue:
        """The queue of the rounds."""
        return protocol.NOTICES

    def register(self, under_way: UnderWay) -> Schedule:
        """Tell DBOS how a round is gone, and return when."""

        def stop_with_the_worker() -> None:
            if under_way.stopping:
                raise _Stopped

        @DBOS.workflow(name=protocol.GO_ROUND)
        async def go_round(scheduled_at: str, _context: Any) -> None:  # noqa: ANN401 - DBOS gives it.
            key = f"{protocol.GO_ROUND}:{scheduled_at}"
            if not under_way.begins(key):
                # For the queue it is under way for ever, until somebody takes it over.
                await asyncio.Event().wait()
            try:
                await asyncio.to_thread(self.go_round, stop_with_the_worker)
            except _Stopped:
                _log.info("notice_round_stopped", key=key)
            except (StaleState, Unavailable) as error:
                _log.warning("notice_round_put_off", key=key, error_code=error.code)
            except Exception:
                _log.exception("notice_round_failed", key=key)
                raise
            finally:
                under_way.ended(key)

        return Schedule(name=protocol.GO_ROUND, workflow=go_round, cron=protocol.ROUNDS)
