"""The side that asks workers to bill."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from dbos import DBOSClient, EnqueueOptions, WorkflowStatus

from elkk_adapters.billing_runs import BillingRunState
from elkk_adapters.durable import protocol
from elkk_adapters.durable.errors import QueueNotPrepared
from elkk_adapters.durable.sealing import SealedSerializer
from elkk_core.billing import BillingPart
from elkk_core.shared.periods import Month

_WAITS = "ENQUEUED"
_UNDER_WAY = "PENDING"
_DONE = "SUCCESS"
_PARTS = "parts"


class DurableBillingRuns:
    """Billing runs whose parts wait in the queue; safe to use from several threads.

    While the database is away it waits for it. Its queue is kept on *engine*, as that of a
    ``DurableWorker``. It is meant for PostgreSQL: on SQLite one process
    writes at a time, so there is nothing to share.
    """

    def __init__(self, *, database_url: str, secret_key: str, engine: Any = None) -> None:  # noqa: ANN401 - nobody here may know
        self._client = DBOSClient(
            system_database_url=database_url,
            system_database_engine=engine,
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
            number = max(self._jobs(supplier, month), default=0) + 1
            # One job, which divides the run: so there is no run that a part was forgotten of.
            self._client.enqueue(
                EnqueueOptions(
                    workflow_name=protocol.BILL_MONTH,
                    queue_name=protocol.BILLING.name,
                    workflow_id=protocol.job_id(supplier, month, number),
                    app_version=protocol.APPLICATION_VERSION,
                    attributes={_PARTS: len(parts)},
                ),
                supplier,
                str(month),
                [[part.after, part.through] for part in parts],
                number,
            )

    def state(self, *, supplier: str, month: Month) -> BillingRunState:
        """Return how the latest run of a month stands; see ``BillingRuns.state``."""
        with _queue_needed():
            jobs = self._jobs(supplier, month)
        if not jobs:
            return BillingRunState()
        parts = dict(jobs[max(jobs)])
        run = parts.pop(protocol.WHOLE, None)
        counted: Counter[str] = Counter(part.status for part in parts.values())
        if run is not None and run.status != _DONE:
            # Parts that were not handed out yet wait as well, unless the run itself has failed.
            planned = int((run.attributes or {})[_PARTS])
            counted[_WAITS if run.status == _UNDER_WAY else run.status] += planned - len(parts)
        return BillingRunState(
            waiting=counted[_WAITS],
            running=counted[_UNDER_WAY],
            done=counted[_DONE],
            failed=counted.total() - counted[_WAITS] - counted[_UNDER_WAY] - counted[_DONE],
        )

    def _jobs(self, supplier: str, month: Month) -> Mapping[int, Mapping[int, WorkflowStatus]]:
        """Return the jobs of each run of a month that is remembered, by run and part."""
        jobs: dict[int, dict[int, WorkflowStatus]] = defaultdict(dict)
        for job in self._client.list_workflows(
            workflow_id_prefix=protocol.runs_of(supplier, month),
            load_input=False,
            load_output=False,
        ):
            run, part = protocol.read_id(job.workflow_id)
            jobs[run][part] = job
        return jobs


@contextmanager
def _queue_needed() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # DBOS hands on what the driver says in the wrapping of a library that is not ours to know.
        if isinstance(getattr(error, "orig", None), psycopg.errors.UndefinedTable):
            raise QueueNotPrepared from error
        raise
