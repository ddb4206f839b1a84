"""Billing a month part by part, on as many workers as there are."""

import asyncio
from typing import Protocol

import structlog
from attrs import frozen
from dbos import DBOS, SetWorkflowID

from elkk_adapters.durable import protocol
from elkk_adapters.durable.duties import Retries, UnderWay
from elkk_core.billing import BillingReport
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
    ) -> BillingReport:
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
        async def bill_accounts(supplier: str, month: str, after: str, through: str) -> int:
            key = f"{supplier} {month} {after}"
            if not under_way.begins(key):
                await asyncio.Event().wait()

            def go_on_unless_stopped(_done: int, _total: int) -> None:
                if under_way.stopping:
                    raise _Stopped

            try:
                report = await asyncio.to_thread(
                    self.bill,
                    supplier=supplier,
                    month=Month.parse(month),
                    after=after,
                    through=through,
                    on_progress=go_on_unless_stopped,
                )
            except _Stopped:
                # It stays unfinished on the queue's books, and whoever takes it over goes on.
                under_way.ended(key)
                await asyncio.Event().wait()
                raise
            finally:
                under_way.ended(key)
            return report.left_out

        @DBOS.workflow(name=protocol.BILL_PART)
        async def bill_part(supplier: str, month: str, after: str, through: str) -> int:
            try:
                return await bill_accounts(supplier, month, after, through)
            except Exception:
                _log.exception("billing_part_failed", supplier=supplier, month=month)
                raise

        @DBOS.workflow(name=protocol.BILL_MONTH)
        async def bill_month(supplier: str, month: str, bounds: list[str]) -> None:
            run = DBOS.workflow_id
            for place, (after, through) in enumerate(pairwise(["", *bounds, ""]), start=1):
                with SetWorkflowID(f"{run}{protocol.PART}{place}"):
                    await DBOS.enqueue_workflow_async(
                        protocol.BILLING.name, bill_part, supplier, month, after, through
                    )


def _passes(error: BaseException) -> bool:
    """Tell whether an error may be gone the next time."""
    return isinstance(error, StaleState | Unavailable)
