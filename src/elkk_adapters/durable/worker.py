"""The side that does the work."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol, Self

import structlog
from attrs import Factory, define, field, frozen
from dbos import DBOS, DBOSConfig, WorkflowStatus
from dbos import error as dbos_errors

from elkk_adapters.durable import names, protocol
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
_DELIVERED_KEPT = timedelta(days=7)
_DELETED_AT_ONCE = 500


class Deliver(Protocol):
    """Hands one message to the outside.

    It may be called again for a *key* that it saw before: the process may die after a delivery and
    before the queue knows of it. It has time-outs of its own, and raises to be called again later.
    """

    def __call__(self, *, kind: str, payload: dict[str, str], key: str) -> None:
        """Deliver the message of *kind* made of *payload* once per *key*."""
        ...


@frozen(kw_only=True)
class Retries:
    """How often a delivery is tried, and how the pauses between the attempts grow.

    The usual dozen of attempts, with pauses doubled from a second, reaches over an hour.
    """

    attempts: int = 12
    first_pause_seconds: float = 1.0
    growth: float = 2.0


@define(kw_only=True, eq=False)
class DurableWorker:
    """Delivers what was enqueued, and what dead workers left half done.

    *executor_id* is a stable name: a worker that starts under the name of one that died carries on
    where that one stopped. Names that stay dead are looked for every 15 seconds, and their work is
    taken over.

    A process runs one worker at a time, because DBOS does.
    """

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    executor_id: str = field(converter=names.checked)
    deliver: Deliver
    clock: Clock
    retries: Retries = Retries()
    seconds_between_rounds: float = _SECONDS_BETWEEN_ROUNDS

    _names: names.Names = field(init=False, repr=False)
    _held_name: names.HeldName | None = field(default=None, init=False)
    _caretaker: threading.Thread | None = field(default=None, init=False)
    _stopping: threading.Event = field(init=False, default=Factory(threading.Event))
    _under_way: set[str] = field(init=False, default=Factory(set))
    _changed: threading.Condition = field(init=False, default=Factory(threading.Condition))

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
        self._stopping.clear()
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
        """Finish the deliveries under way, for ten seconds at most, and leave the rest queued."""
        self._stopping.set()
        if self._caretaker is not None:
            self._caretaker.join()
            self._caretaker = None
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, timeout=_SECONDS_TO_FINISH)
        # It would warn of each job that pauses now; they are picked up by the next start.
        with _dbos_heard_from(logging.ERROR):
            DBOS.destroy(destroy_registry=True)
        if self._held_name is not None:
            self._held_name.release()
            self._held_name = None
        _only_worker.release()

    # Starting

    def _hold_own_name(self) -> names.HeldName:
        # A neighbour that takes over our work holds our name for a moment.
        for _ in range(_ATTEMPTS_FOR_NAME):
            held = self._names.hold(self.executor_id)
            if held is not None:
                return held
            self._stopping.wait(_SECONDS_TO_NAME)
        raise WorkerNameTaken(self.executor_id)

    def _launch(self) -> None:
        DBOS(
            config=DBOSConfig(
                name=protocol.APPLICATION,
                system_database_url=self.database_url,
                dbos_system_schema=protocol.SCHEMA,
                serializer=SealedSerializer(secret_key=self.secret_key),
                executor_id=self.executor_id,
                application_version=protocol.APPLICATION_VERSION,
                log_level="WARNING",
                run_migrations=False,
                # On SQLite the listener sleeps this long before it notices that it is to stop.
                notification_listener_polling_interval_sec=protocol.POLLING_SECONDS,
            )
        )
        self._register()
        # A launch that fails raises; a traceback beside the error would only be in the way. It gets a
        # thread of its own: where an event loop runs in ours, DBOS would put its work on that loop,
        # which belongs to somebody else and may stand still.
        with _dbos_heard_from(logging.CRITICAL), ThreadPoolExecutor(max_workers=1) as launcher:
            launcher.submit(DBOS.launch).result()

    def _register(self) -> None:
        # Asynchronous, since DBOS pauses between attempts without a thread then, and a pause of an
        # hour does not keep the process from ending.
        @DBOS.step(
            name=protocol.STEP,
            retries_allowed=True,
            max_attempts=self.retries.attempts,
            interval_seconds=self.retries.first_pause_seconds,
            backoff_rate=self.retries.growth,
        )
        async def hand_over(kind: str, payload: dict[str, str], key: str) -> None:
            if not self._begins(key):
                await asyncio.Event().wait()
            try:
                await asyncio.to_thread(self.deliver, kind=kind, payload=payload, key=key)
            except BaseException:
                self._ended(key)
                raise

        @DBOS.workflow(name=protocol.WORKFLOW)
        async def deliver_message(kind: str, payload: dict[str, str], key: str) -> None:
            try:
                await hand_over(kind, payload, key)
            except Exception:
                _log.exception("message_given_up", kind=kind, key=key)
                raise
            # Only here, after the queue has noted the delivery, it is not under way any more.
            self._ended(key)

    # Deliveries under way

    def _begins(self, key: str) -> bool:
        with self._changed:
            if self._stopping.is_set():
                return False
            self._under_way.add(key)
            return True

    def _ended(self, key: str) -> None:
        with self._changed:
            self._under_way.discard(key)
            self._changed.notify_all()

    # Taking care

    def _take_care(self) -> None:
        while True:
            try:
                self._keep_name()
                self._take_over()
                self._tidy()
            except Exception:  # noqa: BLE001 - whatever it was, deliveries go on
                # The database may be away for a while; the next round finds out.
                _log.exception("worker_round_failed", executor_id=self.executor_id)
            if self._stopping.wait(self.seconds_between_rounds):
                return

    def _keep_name(self) -> None:
        if self._held_name is not None and not self._held_name.is_held():
            lost, self._held_name = self._held_name, self._hold_own_name()
            lost.release()

    def _take_over(self) -> None:
        for name in sorted(_pending_names() - {self.executor_id}):
            dead = self._names.hold(name)
            if dead is None:
                continue
            try:
                # Read again under the lock: another worker may just have taken this work over.
                left = [job.workflow_id for job in _pending(name)]
                if left:
                    DBOS.resume_workflows(left, queue_name=protocol.QUEUE)
                    _log.warning("work_taken_over", dead=name, by=self.executor_id, jobs=len(left))
            finally:
                dead.release()

    def _tidy(self) -> None:
        done = DBOS.list_workflows(
            status="SUCCESS",
            queue_name=protocol.QUEUE,
            completed_before=(self.clock.now() - _DELIVERED_KEPT).isoformat(),
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


def _pending(executor_id: str | None = None) -> list[WorkflowStatus]:
    return DBOS.list_workflows(
        status="PENDING",
        queue_name=protocol.QUEUE,
        executor_id=executor_id,
        load_input=False,
        load_output=False,
    )


def _pending_names() -> set[str]:
    return {job.executor_id for job in _pending() if job.executor_id is not None}
