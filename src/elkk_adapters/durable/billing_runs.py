"""The side that asks workers to bill."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self

import psycopg
from dbos import DBOSClient, EnqueueOptions, WorkflowStatus

from elkk_adapters.billing_runs import BillingRunState
from elkk_adapters.durable import protocol
from elkk_adapters.durable.errors import QueueNotPrepared
from elkk_adapters.durable.sealing import SealedSerializer
from elkk_core.billing import BillingPart
from elkk_core.shared.periods import Month


class DurableBillingRuns:
    """Billing runs whose parts wait in the queue; safe to use from several threads.

    While the database is away it waits for it.
    """

    def __init__(self, *, database_url: str, secret_key: str) -> None:
        self._client = DBOSClient(
            system_database_url=database_url,
            dbos_system_schema=protocol.SCHEMA,
            serializer=SealedSerializer(secret_key=secret_key),
            application_name=protocol.APPLICATION,
            lazy=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()

    def begin(self, *, supplier: str, month: Month, parts: Sequence[BillingPart]) -> None:
        """Hand *parts* to the workers; see ``BillingRuns.begin``."""
        with _queue_needed():
            number = self._latest(supplier, month) + 1
            # One job that divides the run, so that there is no run of which a part was forgotten.
            self._client.enqueue(
                EnqueueOptions(
                    workflow_name=protocol.BILL_MONTH,
                    queue_name=protocol.BILLING.name,
                    workflow_id=protocol.run_id(supplier, month, number),
                    app_version=protocol.APPLICATION_VERSION,
                ),
                supplier,
                str(month),
                [[part.after, part.through] for part in parts],
            )

    def state(self, *, supplier: str, month: Month) -> BillingRunState:
        """Return how the latest run of a month stands; see ``BillingRuns.state``."""
        with _queue_needed():
            number = self._latest(supplier, month)
            if not number:
                return BillingRunState()
            run_id = protocol.run_id(supplier, month, number)
            [run] = self._client.list_workflows(workflow_ids=[run_id], load_output=False)
            parts = self._client.list_workflows(
                workflow_id_prefix=protocol.part_prefix(run_id), load_input=False, load_output=False
            )
        assert run.input is not None
        counted = Counter(part.status for part in parts)
        known = counted.total()
        # Parts that have not been handed out yet wait too, or have failed with the run.
    ...
