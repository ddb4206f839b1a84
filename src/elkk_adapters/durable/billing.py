"""Billing a month part by part, on as many workers as there are."""

import asyncio
from functools import partial
from typing import Protocol

import structlog
from attrs import frozen
from dbos import DBOS, SetWorkflowID

from elkk_adapters.durable import protocol
from elkk_adapters.durable.duties import Retries, UnderWay
from elkk_core.shared.batches import Progress
from elkk_core.shared.errors import StaleState, Unavailable
from elkk_core.shared.periods import Month

_log = structlog.get_logger(__name__)


class BillPart(Protocol):
    """Issues the bills of a part of the accounts, as ``RunBilling`` does.

    It may be called again for a part that it was called for before: the process may die, or stop,
    in the midst of one. It goes on from where it was then.
    """

    def __call__(
        self, *, supplier: str, month: Month, after: str, through: str, on_progress: Progress
    ) -> object:
        """Bill the accounts of *supplier* after *after* and not after *through*.

        What *on_progress* raises ends it between two batches.
        """
        ...


class _Stopped(Exception):
    """The worker stops in the midst of a part."""


@frozen(kw_only=True)
class BillingParts:
    """The duty to bill the parts of the runs that were begun.

    While the database is away or busy a part is tried for an hour, every five seconds.
    """

    bill: BillPart
    retries: Retries = Retries(attempts=720, first_pause_seconds=5.0, growth=1.0)

    @property
    def queue(self) -> protocol.Queue:
        """The queue of the parts, and of the runs that are divided into them."""
        return protocol.BILLING

    def register(self, under_way: UnderWay) -> None:
        """Tell DBOS how a month is divided, and how a part of it is billed."""

        @DBOS.step(
            name=protocol.BILL_ACCOUNTS,
            retries_allowed=True,
            max_attempts=self.retries.attempts,
            interval_seconds=self.retries.first_pause_seconds,
            backoff_rate=self.retries.growth,
            should_retry=_passes,
        )
        async def bill_accounts(
            supplier: str, month: str, after: str, through: str, key: str
        ) -> None:
            if not under_way.begins(key):
                await asyncio.Event().wait()
            try:
                await asyncio.to_thread(
                    self.bill,
                    supplier=supplier,
                    month=Month.parse(month),
                    after=after,
                    through=through,
                    on_progress=partial(_go_on, under_way),
                )
            except _Stopped:
                # For the queue it is under way for ever, until somebody takes it over.
                under_way.ended(key)
                await asyncio.Event().wait()
            except BaseException:
                under_way.ended(key)
                raise

        @DBOS.workflow(name=protocol.BILL_PART)
        async def bill_part(supplier: str, month: str, after: str, through: str, key: str) -> None:
            try:
                await bill_accounts(supplier, month, after, through, key)
            except Exception:
                _log.exception("billing_part_failed", part=key)
                raise
            under_way.ended(key)

        @DBOS.workflow(name=protocol.BILL_MONTH)
        async def bill_month(supplier: str, month: str, parts: list[list[str]], run: int) -> None:
            for number, (after, through) in enumerate(parts, start=1):
                key = protocol.job_id(supplier, Month.parse(month), run, number)
                # A run that is divided once more finds the parts that it handed out before.
                with SetWorkflowID(key):
                    await DBOS.enqueue_workflow_async(
                        protocol.BILLING.name, bill_part, supplier, month, after, through, key
                    )


def _go_on(under_way: UnderWay, _done: int, _total: int) -> None:
    if under_way.stopping:
        raise _Stopped


def _passes(error: BaseException) -> bool:
    """Tell whether an error may be gone the next time."""
    return isinstance(error, StaleState | Unavailable)
