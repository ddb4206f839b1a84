"""How many bills a run issues in a second, beside the bare writing of its rows.

Makes a supplier with households as `kit.population` describes them, and lets month after month go by
with readings, payments and bills, on SQLite in one process and on PostgreSQL by two workers. The
figures are those of the fourth month, when there are debts and estimates of every kind, and of the
thirteenth, when twelve are stored. A bill counts when it is committed with its lines, its number,
where its account stands and its entries in the ledger. The clock runs from the division of the
accounts among the workers, which are up and wait for it, until the queue says that all are billed.

The floor is a program in SQL that writes the very rows of the fourth month into a copy of the very
tables, with all their indexes, constraints and triggers, in one transaction: an ``INSERT ... SELECT``
for each table.

    python -m benchmarks.billing_run [HOUSEHOLDS] [--database NAME] [--months NUMBER] [--json]
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from attrs import frozen
from benchmarks.kit.databases import DATABASES, Floor, Store, open_store
from benchmarks.kit.population import CLOCK, FIRST_MONTH, STEADY_AFTER, SUPPLIER
from benchmarks.kit.report import Figures, tell
from benchmarks.kit.town import SPAWN, found_town, live_through, settings_on

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.billing_runs import BillingRuns
from elkk_adapters.settings import Settings
from elkk_core.shared import Month

_STORED = 12
_SECONDS_BETWEEN_LOOKS = 0.05
_KB_IN_MB = 1024
_BYTES_IN_KB = 1024


@frozen
class Usage:
    """What a process used: at its peak so many megabytes, and so many seconds of a core."""

    memory: float
    core_seconds: float


@frozen
class Run:
    """A billing run: its *bills*, the seconds, and what its processes and the database's used."""

    bills: int
    seconds: float
    usages: tuple[Usage, ...]
    server_seconds: float

    @property
    def speed(self) -> int:
        """Bills a second."""
        return round(self.bills / self.seconds)

    @property
    def memory(self) -> int:
        """The megabytes of the largest process at its peak."""
        return round(max(usage.memory for usage in self.usages))

    @property
    def microseconds(self) -> int:
        """What a bill took of a core, in all processes but the database's."""
        return round(sum(usage.core_seconds for usage in self.usages) / self.bills * 1_000_000)

    @property
    def server_microseconds(self) -> int:
        """What a bill took of a core in the database's processes."""
        return round(self.server_seconds / self.bills * 1_000_000)


def main() -> None:
    """Print the figures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("households", nargs="?", type=int, default=10_000)
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument(
        "--months",
        type=int,
        default=_STORED + 1,
        help=f"how many are billed, {STEADY_AFTER + 1} at least",
    )
    parser.add_argument("--json", action="store_true", help="not a table, but JSON")
    given = parser.parse_args()
    columns = {}
    for kind in [given.database] if given.database else DATABASES:
        with open_store(kind) as store:
            runs, floor = _measure(store, households=given.households, months=given.months)
            columns[store.version] = _figures(runs, floor, store.workers)
    about = {"benchmark": "billing_run", "households": given.households}
    tell(about, columns, as_json=given.json)


def _measure(store: Store, *, households: int, months: int) -> tuple[list[Run], float]:
    """Return the runs month by month, and the seconds of the floor."""
    found_town(store, households=households)
    runs: list[Run] = []
    floor = 0.0
    for month in FIRST_MONTH.until(FIRST_MONTH.plus(months)):
        live_through(store, month, households=households)
        if len(runs) == STEADY_AFTER:
            store.keep_copy()
        runs.append(_bill(store, month, households))
        if len(runs) == STEADY_AFTER + 1:
            floor = store.write_again(_rows_of(month, households))
    return runs, floor


def _figures(runs: Sequence[Run], floor: float, workers: int) -> Figures:
    steady = runs[STEADY_AFTER]
    figures: dict[str, object] = {
        "processes": workers,
        "bills a second": steady.speed,
        "bills a second of the floor": round(steady.bills / floor),
        "time of the run, in floors": round(steady.seconds / floor, 1),
        "core time of a bill without the server's, μs": steady.microseconds,
        "core time of a bill in the server, μs": steady.server_microseconds,
        "peak memory of a process, MB": steady.memory,
    }
    if len(runs) > _STORED:
        later = runs[_STORED]
        figures |= {
            "12 months stored: bills a second": later.speed,
            "12 months stored: time of the run, in that of the fourth month": round(
                later.seconds / steady.seconds, 2
            ),
            "12 months stored: peak memory of a process, MB": later.memory,
        }
    return figures | {
        "month by month: bills a second": [run.speed for run in runs],
        "month by month: core time of a bill, μs": [run.microseconds for run in runs],
        "month by month: peak memory of a process, MB": [run.memory for run in runs],
    }


# The run


def _bill(store: Store, month: Month, households: int) -> Run:
    """Bill a month in fresh processes, which are up before the clock starts."""
    settings = settings_on(store)
    with bootstrap.application(settings, clock=CLOCK) as application:
        runs = application.billing.billing_runs
        if runs is None:
            helpers = [_Helper(_bill_alone, settings, month)]
        else:
            names = [f"worker-{place}" for place in range(store.workers)]
            helpers = [_Helper(_bill_parts, settings, name) for name in names]
        for helper in helpers:
            helper.wait()
        served = store.core_seconds()
        start = time.perf_counter()
        if runs is None:
            usages = [helper.finish() for helper in helpers]
            seconds = time.perf_counter() - start
        else:
            _hand_out(application, runs, month)
            seconds = time.perf_counter() - start
            usages = [helper.finish() for helper in helpers]
        served = store.core_seconds() - served
        billed = application.billing.billed_months.figures(SUPPLIER.code, month).billed
    if billed != households:
        message = f"{billed} bills were issued in {month}, not {households}"
        raise RuntimeError(message)
    return Run(bills=billed, seconds=seconds, usages=tuple(usages), server_seconds=served)


def _hand_out(application: Application, runs: BillingRuns, month: Month) -> None:
    """Let the workers bill a month, and wait until they have."""
    plan = application.billing.plan_billing(supplier=SUPPLIER.code, month=month)
    runs.begin(supplier=SUPPLIER.code, month=month, parts=plan.parts)
    while runs.state(supplier=SUPPLIER.code, month=month).is_on:
        time.sleep(_SECONDS_BETWEEN_LOOKS)


class _Helper:
    """A process that says when it is ready, and at a word finishes and tells what it used."""

    def __init__(self, task: Callable[..., None], *given: object) -> None:
        self._ours, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=task, args=(theirs, *given))
        self._process.start()
        theirs.close()

    def wait(self) -> None:
        """Wait until it is ready."""
        self._ours.recv()

    def finish(self) -> Usage:
        """Let it finish, and return what it used since it was ready."""
        self._ours.send(None)
        usage: Usage = self._ours.recv()
        self._process.join()
        return usage


def _bill_parts(master: Connection, settings: Settings, name: str) -> None:
    """Bill what the queue hands out, until the word comes."""
    with bootstrap.billing_worker(settings, name=name, clock=CLOCK):
        master.send(None)
        start = time.process_time()
        master.recv()
    master.send(_usage_since(start))


def _bill_alone(master: Connection, settings: Settings, month: Month) -> None:
    """Bill a month once the word comes."""
    with bootstrap.application(settings, clock=CLOCK) as application:
        # Whatever there is to set up is set up by a first look.
        application.billing.billed_months.figures(SUPPLIER.code, month)
        master.send(None)
        start = time.process_time()
        master.recv()
        application.billing.run_billing(supplier=SUPPLIER.code, month=month)
    master.send(_usage_since(start))


def _usage_since(start: float) -> Usage:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    memory = peak / _KB_IN_MB / (_BYTES_IN_KB if sys.platform == "darwin" else 1)
    return Usage(memory=memory, core_seconds=time.process_time() - start)


def _rows_of(month: Month, households: int) -> Floor:
    """Return what the run of a month has written."""
    number = month.year * 100 + month.number
    invoices = f"SELECT * FROM invoices WHERE month = {number}"
    return Floor(
        rows={
            "invoices": f"{invoices} ORDER BY number",
            "invoice_lines": "SELECT * FROM invoice_lines WHERE invoice_id IN"
            f" ({invoices.replace('*', 'invoice_id')}) ORDER BY invoice_id, position",
            "ledger_entries": "SELECT * FROM ledger_entries WHERE kind IN ('charge', 'penalty')"
            f" AND dated = '{month.last_day}' ORDER BY sequence",
        },
        after=(f"UPDATE invoice_numbers SET taken = taken + {households}",),
    )


if __name__ == "__main__":
    main()
