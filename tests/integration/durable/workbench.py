"""A database with a queue and a record of deliveries, and what the tests do to them."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from attrs import Factory, define, field, frozen

# On its import an older SQLite learns what the queue expects of it, as in the cabinet itself.
import elkk_adapters.sql  # noqa: F401
from elkk_adapters.billing_runs import BillingRunState
from elkk_adapters.durable import (
    BillingParts,
    Deliveries,
    DurableBillingRuns,
    DurableMessages,
    DurableWorker,
    Duty,
    Retries,
    prepare,
)
from elkk_adapters.durable.names import names_of
from elkk_core.billing import BillingPart
from elkk_core.shared import DomainEvent, Month
from elkk_core.shared.batches import Progress

JANUARY = Month(2026, 1)
SECRET_KEY = "a secret key of the tests"
_DELIVERIES = sa.Table("deliveries", sa.MetaData(), sa.Column("key", sa.Text, primary_key=True))


@frozen(kw_only=True)
class CodeWanted(DomainEvent):
    """Somebody waits for *code* until *expires_at*."""

    kind: ClassVar[str] = "tests.code_wanted"
    code: str = "730164"
    expires_at: datetime = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    event_id: UUID = Factory(uuid4)


@define
class Standing:
    """A clock that stands still."""

    moment: datetime = field(factory=lambda: datetime.fromtimestamp(time.time(), tz=UTC))

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    @classmethod
    def days_ahead(cls, days: int) -> "Standing":
        """Return a clock that is fast by *days*."""
        return cls(datetime.fromtimestamp(time.time(), tz=UTC) + timedelta(days=days))


@define
class Receiver:
    """Counts what is delivered to it; refuses the first *refusals* and takes *seconds* for each."""

    refusals: int = 0
    seconds: float = 0.0
    calls: list[tuple[str, dict[str, str], str]] = field(factory=list)
    began: threading.Event = field(factory=threading.Event)

    def __call__(self, *, kind: str, payload: dict[str, str], key: str) -> None:
        """Take a message, unless it is to be refused."""
        self.began.set()
        time.sleep(self.seconds)
        if self.refusals:
            self.refusals -= 1
            raise ConnectionError("the gateway does not answer")
        self.calls.append((kind, payload, key))

    @property
    def keys(self) -> list[str]:
        """The keys of all deliveries, in their order."""
        return [key for _, _, key in self.calls]


@define
class Biller:
    """Bills parts in batches; fails at those that begin after an account of *failures*, once each."""

    batches: int = 1
    seconds: float = 0.0
    failures: dict[str, Exception] = field(factory=dict)
    parts: list[tuple[str, str, str, str]] = field(factory=list)
    began: threading.Event = field(factory=threading.Event)

    def __call__(
        self, *, supplier: str, month: Month, after: str, through: str, on_progress: Progress
    ) -> None:
        """Bill a part, unless it is to fail."""
        self.began.set()
        if after in self.failures:
            raise self.failures.pop(after)
        for batch in range(self.batches):
            on_progress(batch, self.batches)
            time.sleep(self.seconds)
        self.parts.append((supplier, str(month), after, through))


@define
class Database:
    """A database with a queue in it."""

    url: str
    engine: sa.Engine
    messages: DurableMessages
    runs: DurableBillingRuns

    @classmethod
    @contextmanager
    def opened(cls, url: str) -> "Iterator[Database]":
        """Yield the database at *url* as long as the block lasts."""
        engine = sa.create_engine(url)
        with (
            DurableMessages(database_url=url, secret_key=SECRET_KEY) as messages,
            DurableBillingRuns(database_url=url, secret_key=SECRET_KEY) as runs,
        ):
            yield cls(url, engine, messages, runs)
        engine.dispose()

    def create(self) -> None:
        """Create the queue and the record of deliveries."""
        _DELIVERIES.create(self.engine)
        prepare(database_url=self.url)

    def enqueue(self, event: DomainEvent, *, commit: bool = True) -> str:
        """Enqueue *event* in a transaction, commit it or roll it back, and return its key."""
        with self.engine.connect() as connection, connection.begin() as transaction:
            self.messages.enqueue(connection=connection, event=event)
            if not commit:
                transaction.rollback()
        return str(event.event_id)

    def worker(
        self,
        deliver: Callable[..., None],
        *,
        executor_id: str = "one",
        clock: Standing | None = None,
        attempts: int = 5,
        first_pause_seconds: float = 0.05,
    ) -> DurableWorker:
        """Return a worker that delivers and is in a hurry."""
        retries = Retries(attempts=attempts, first_pause_seconds=first_pause_seconds)
        duty = Deliveries(deliver=deliver, retries=retries)
        return self._worker(duty, executor_id, Standing() if clock is None else clock)

    def biller(self, bill: Callable[..., None], *, executor_id: str = "one") -> DurableWorker:
        """Return a worker that bills and is in a hurry."""
        return self._worker(BillingParts(bill=bill, pause_seconds=0.05), executor_id, Standing())

    def _worker(self, duty: Duty, executor_id: str, clock: Standing) -> DurableWorker:
        return DurableWorker(
            database_url=self.url,
            secret_key=SECRET_KEY,
            executor_id=executor_id,
            duties=[duty],
            clock=clock,
            seconds_between_rounds=0.1,
        )

    def begin_run(self, *bounds: str) -> None:
        """Begin a run of January 2026 in parts with these accounts between them."""
        self.runs.begin(
            supplier="tsna",
            month=JANUARY,
            parts=[
                BillingPart(after=after, through=through)
                for after, through in pairwise(["", *bounds, ""])
            ],
        )

    def run_state(self) -> BillingRunState:
        """Return how the last run of January 2026 stands."""
        return self.runs.state(supplier="tsna", month=JANUARY)

    def run(self, act: str, *, executor_id: str = "one") -> int:
        """Run *act* of ``process.py`` in a process of its own and return its exit status."""
        return subprocess.run(
            [sys.executable, "-m", "tests.integration.durable.process", act, self.url, executor_id],
            check=False,
            cwd=Path(__file__).parents[3],
            timeout=20,
        ).returncode

    def record(self, key: str) -> None:
        """Note a delivery, once for each key."""
        with self.engine.begin() as connection:
            known = connection.scalar(sa.select(_DELIVERIES.c.key).where(_DELIVERIES.c.key == key))
            if known is None:
                connection.execute(sa.insert(_DELIVERIES).values(key=key))

    def delivered(self) -> list[str]:
        """Return the keys in the record of deliveries, which remembers each once."""
        with self.engine.connect() as connection:
            return list(connection.scalars(sa.select(_DELIVERIES.c.key)))

    def bears(self, name: str) -> bool:
        """Tell whether somebody alive bears *name*."""
        held = names_of(self.url).hold(name)
        if held is not None:
            held.release()
        return held is None

    def tables_of_queue(self) -> list[sa.TableClause]:
        """Return the tables that the queue has made."""
        schema = None if self.engine.dialect.name == "sqlite" else "dbos"
        inspector = sa.inspect(self.engine)
        if schema not in {None, *inspector.get_schema_names()}:
            return []
        return [
            sa.table(name, schema=schema)
            for name in inspector.get_table_names(schema=schema)
            if name != _DELIVERIES.name
        ]

    def drop_queue(self) -> None:
        """Take the queue out of the database again."""
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.text("DROP SCHEMA dbos CASCADE"))
            else:
                for table in self.tables_of_queue():
                    connection.execute(sa.text(f"DROP TABLE {table.name}"))

    def cut_other_connections(self) -> None:
        """Have the server end all connections to this database but the one that asks for it."""
        with self.engine.begin() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    def jobs(self) -> str:
        """Return all that the queue stores about its jobs, as text."""
        with self.engine.connect() as connection:
            return "\n".join(
                str(row)
                for table in self.tables_of_queue()
                if table.name not in {"queues", "application_versions", "dbos_migrations"}
                for row in connection.execute(sa.select(sa.text("*")).select_from(table))
            )


def eventually(condition: Callable[[], bool], *, seconds: float = 10.0) -> None:
    """Wait until *condition* holds, for *seconds* at most."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
