"""Billing a month part by part, on as many workers as there are."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Protocol

import structlog
from attrs import frozen
from dbos import DBOS, SetWorkflowID

from elkk_adapters.durable import protocol
from elkk_adapters.durable.duties import UnderWay
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

    While the database is away, or busy, a part waits for it, and is tried every so many seconds.
    """

    bill: BillPart
    pause_seconds: float = 5.0

    @property
    def queue(self) -> protocol.Queue:
        """The queue of the parts, and of the runs that are divided into them."""
        return protocol.BILLING

    def register(self, under_way: UnderWay) -> None:
        """Tell DBOS how a month is divided, and how a part of it is billed."""
        # Parts that computed at once in one process would take the interpreter from each other.
        turn = asyncio.Lock()

        @DBOS.step(name=protocol.BILL_ACCOUNTS)
        async def bill_accounts(
            supplier: str, month: str, after: str, through: str, key: str
        ) -> None:
            bill = partial(
                self.bill,
                supplier=supplier,
                month=Month.parse(month),
                after=after,
                through=through,
                on_progress=partial(_go_on, under_way),
            )
            while not await self._try(bill, key, under_way, turn):
                pass

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

    async def _try(
        self,
        bill: Callable[[], object],
        key: str,
        under_way: UnderWay,
        turn: asyncio.Lock,
    ) -> bool:
        """Bill a part, and tell whether that was the last attempt that it needs."""
        if not under_way.begins(key):
            # For the queue it is under way for ever, until somebody takes it over.
            await asyncio.Event().wait()
        try:
            async with turn:
                await asyncio.to_thread(bill)
        except _Stopped:
            under_way.ended(key)
            return False
        except (StaleState, Unavailable) as error:
            under_way.ended(key)
            _log.warning("billing_part_waits", part=key, error_code=error.code)
            await asyncio.sleep(self.pause_seconds)
            return False
        except BaseException:
            under_way.ended(key)
            raise
        return True


def _go_on(under_way: UnderWay, _done: int, _total: int) -> None:
    if under_way.stopping:
        raise _Stopped
