"""The side that does the work."""

import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Self

import structlog
from attrs import define, field
from dbos import DBOS, DBOSClient, DBOSConfig, ScheduleInput, WorkflowStatus
from dbos import error as dbos_errors

from elkk_adapters.durable import names, protocol
from elkk_adapters.durable.duties import Duty, UnderWay
from elkk_adapters.durable.errors import QueueNotPrepared, WorkerNameTaken
from elkk_adapters.durable.sealing import SealedSerializer
from elkk_core.shared.ports import Clock

_log = structlog.get_logger(__name__)

# DBOS keeps its state in the module, so a second worker would quietly share that of the first.
_only_worker = threading.Lock()

_SECONDS_TO_FINISH = 10.0
_SECONDS_BETWEEN_ROUNDS = 15.0
_ATTEMPTS_FOR_NAME = 10
_SECONDS_TO_NAME = 0.1
_SECONDS_TO_STOP_ASKING = 5.0
_ASKS_A_QUEUE = "queue-worker-"
_FINISHED_KEPT = timedelta(days=7)
_DELETED_AT_ONCE = 500
_QUEUE_NAMES = [queue.name for queue in protocol.QUEUES]


@define(kw_only=True, eq=False)
class DurableWorker:
    """Does what was enqueued, and what dead workers left half done, as far as it is its duty.

    *executor_id* is a stable name: a worker that starts under the name of one that died carries on
    where that one stopped. Names that stay dead are looked for every 15 seconds, and their work is
    taken over.

    The queues are kept on *engine*, an SQLAlchemy ``Engine`` to the database of *database_url*; DBOS
    makes one of its own if there is none. A process runs one worker at a time, because DBOS does.
    """

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    executor_id: str = field(converter=names.checked)
    duties: Sequence[Duty]
    clock: Clock
    engine: Any = field(default=None, repr=False)
    seconds_between_rounds: float = _SECONDS_BETWEEN_ROUNDS

    _names: names.Names = field(init=False, repr=False)
    _held_name: names.HeldName | None = field(default=None, init=False)
    _caretaker: threading.Thread | None = field(default=None, init=False)
    _under_way: UnderWay = field(init=False, factory=UnderWay)
    _dbos: DBOS | None = field(init=False, default=None)

    @_names.default
    def _names_of_database(self) -> names.Names:
        return names.names_of(self.database_url)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to work, in threads of its own.

        Raises:
            WorkerNameTaken: If a living worker bears this name.
            QueueNotPrepared: If the tables of the queue are absent or of an older version.
            RuntimeError: If this process has a worker already.
        """
        if not _only_worker.acquire(blocking=False):
            raise RuntimeError("this process has a worker already")
        self._under_way = UnderWay()
        try:
            self._held_name = self._hold_own_name()
            self._launch()
        except BaseException as error:
            self.stop()
            if isinstance(error, dbos_errors.DBOSInitializationError):
                raise QueueNotPrepared from error
            raise
        self._caretaker = threading.Thread(
            target=self._take_care, name="elkk-caretaker", daemon=True
        )
        self._caretaker.start()

    def stop(self) -> None:
        """Finish the jobs under way, for ten seconds at most, and leave the rest queued."""
        self._under_way.stop()
        has_worked = self._caretaker is not None
        if self._caretaker is not None:
            self._caretaker.join()
            self._caretaker = None
        self._under_way.wait_for_end(_SECONDS_TO_FINISH)
        # It would warn of each job that pauses now.
        with _dbos_heard_from(logging.ERROR):
            self._stop_asking()
            DBOS.destroy(destroy_registry=True)
        if has_worked:
            self._hand_back()
        if self._held_name is not None:
            self._held_name.release()
            self._held_name = None
        _only_worker.release()

    def _stop_asking(self) -> None:
        """Wait until nobody asks the queues any more.

        A job that was taken while all ends would find its event loop gone, and who took it would wait
        for it in vain.
        """
        if self._dbos is None:
            return
        for event in self._dbos.background_thread_stop_events:
            event.set()
        for thread in threading.enumerate():
            # One that is just about to start finds the event set.
            if thread.name.startswith(_ASKS_A_QUEUE) and thread.is_alive():
                thread.join(_SECONDS_TO_STOP_ASKING)
        self._dbos = None

    def _hand_back(self) -> None:
        """Put what is unfinished back into its queue, for whoever is there."""
        client = DBOSClient(
            system_database_url=self.database_url,
            system_database_engine=self.engine,
            dbos_system_schema=protocol.SCHEMA,
            serializer=SealedSerializer(secret_key=self.secret_key),
            application_name=protocol.APPLICATION,
            lazy=True,
            retry_connection_errors=False,
        )
        try:
            _requeue(client, self.executor_id)
        except Exception:  # noqa: BLE001 - a driver's, or of a library that is not ours to know
            # The database is away; who takes over from this name finds all of it.
            _log.warning("work_not_handed_back", executor_id=self.executor_id)
        finally:
            client.destroy()

    # Starting

    def _hold_own_name(self) -> names.HeldName:
        # A neighbour that takes over our work holds our name for a moment.
        for _ in range(_ATTEMPTS_FOR_NAME):
            held = self._names.hold(self.executor_id)
            if held is not None:
                return held
            self._under_way.wait_for_stop(_SECONDS_TO_NAME)
        raise WorkerNameTaken(self.executor_id)

    def _launch(self) -> None:
        self._dbos = DBOS(
            config=DBOSConfig(
                name=protocol.APPLICATION,
                system_database_url=self.database_url,
                system_database_engine=self.engine,
                dbos_system_schema=protocol.SCHEMA,
                serializer=SealedSerializer(secret_key=self.secret_key),
                executor_id=self.executor_id,
                application_version=protocol.APPLICATION_VERSION,
                log_level="WARNING",
                run_migrations=False,
                # On SQLite the listener sleeps this long before it notices that it is to stop.
                notification_listener_polling_interval_sec=protocol.MESSAGES.polling_seconds,
            )
        )
        DBOS.listen_queues([duty.queue.name for duty in self.duties])
        schedules = [
            ScheduleInput(
                schedule_name=schedule.name,
                workflow_fn=schedule.workflow,
                schedule=schedule.cron,
                queue_name=duty.queue.name,
            )
            for duty in self.duties
            if (schedule := duty.register(self._under_way)) is not None
        ]
        # A launch that fails raises; a traceback beside the error would only be in the way. It gets a
        # thread of its own: where an event loop runs in ours, DBOS would put its work on that loop,
        # which belongs to somebody else and may stand still.
        with _dbos_heard_from(logging.CRITICAL), ThreadPoolExecutor(max_workers=1) as launcher:
            launcher.submit(DBOS.launch).result()
            if schedules:
                launcher.submit(DBOS.apply_schedules, schedules).result()

    # Taking care

    def _take_care(self) -> None:
        while True:
            try:
                self._keep_name()
                self._take_over()
                self._tidy()
            except Exception:  # noqa: BLE001 - whatever it was, the work goes on
                # The database may be away for a while; the next round finds out.
                _log.exception("worker_round_failed", executor_id=self.executor_id)
            if self._under_way.wait_for_stop(self.seconds_between_rounds):
                return

    def _keep_name(self) -> None:
        if self._held_name is not None and not self._held_name.is_held():
            lost, self._held_name = self._held_name, self._hold_own_name()
            lost.release()

    def _take_over(self) -> None:
        names_at_work = {job.executor_id for job in _pending(DBOS) if job.executor_id is not None}
        for name in sorted(names_at_work - {self.executor_id}):
            dead = self._names.hold(name)
            if dead is None:
                continue
            try:
                # Read again under the lock: another worker may just have taken this work over.
                if jobs := _requeue(DBOS, name):
                    _log.warning("work_taken_over", dead=name, by=self.executor_id, jobs=jobs)
            finally:
                dead.release()

    def _tidy(self) -> None:
        done = DBOS.list_workflows(
            status="SUCCESS",
            queue_name=_QUEUE_NAMES,
            completed_before=(self.clock.now() - _FINISHED_KEPT).isoformat(),
            limit=_DELETED_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if done:
            DBOS.delete_workflows([job.workflow_id for job in done])


@contextmanager
def _dbos_heard_from(level: int) -> Iterator[None]:
    """Let DBOS log nothing below *level* for a while."""
    logger = logging.getLogger("dbos")
    usual = logger.level
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.setLevel(usual)


def _pending(queues: type[DBOS] | DBOSClient, name: str | None = None) -> list[WorkflowStatus]:
    """Return the jobs under way, those of the worker *name* if it is given."""
    return queues.list_workflows(
        status="PENDING",
        queue_name=_QUEUE_NAMES,
        executor_id=name,
        load_input=False,
        load_output=False,
    )


def _requeue(queues: type[DBOS] | DBOSClient, name: str) -> int:
    """Put the jobs of the worker *name* back into their queues; return how many there were."""
    jobs = _pending(queues, name)
    for queue in _QUEUE_NAMES:
        if left := [job.workflow_id for job in jobs if job.queue_name == queue]:
            queues.resume_workflows(left, queue_name=queue)
    return len(jobs)
