"""How many bills a run issues in a second, beside the bare writing of its rows.

Makes a supplier with households as `kit.population` describes them, and lets month after month go by
with readings, payments and bills, on SQLite in one process and on PostgreSQL in two. The figures are
those of the fourth month, when there are debts and estimates of every kind, and of the thirteenth,
when twelve are stored. A bill counts when it is committed with its lines, its number, where its
account stands and its entries in the ledger; the clock runs from the division of the accounts among
the processes to the last commit.

The floor is a program in SQL that writes the very rows of the fourth month into the very tables, in
one transaction of an ``INSERT ... SELECT`` each.

    python -m benchmarks.billing_run [HOUSEHOLDS] [--database NAME] [--months NUMBER] [--json]
"""

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from multiprocessing.synchronize import Barrier

from attrs import frozen
from benchmarks.kit.databases import DATABASES, Floor, NoQueue, Store, open_store
from benchmarks.kit.population import (
    CLOCK,
    FIRST_MONTH,
    STEADY_AFTER,
    SUPPLIER,
    Household,
    in_ledger,
    norms,
    rates,
)
from benchmarks.kit.report import Figures, tell

from elkk_adapters.sql import Database
from elkk_adapters.sql.unit_of_work import SqlUnitOfWork
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core.billing import BillingPart, PlanBilling, RunBilling
from elkk_core.metering import RolloverPolicy
from elkk_core.shared import Month

_SPAWN = multiprocessing.get_context("spawn")
_STORED = 12
_TOGETHER = 5_000
_KB_IN_MB = 1024
_BYTES_IN_KB = 1024


Work = Callable[[SqlUnitOfWork, Sequence[Household]], None]


@frozen
class Run:
    """A billing run: its *bills*, the seconds, and the megabytes of its largest process at its peak."""

    bills: int
    seconds: float
    memory: float


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
    _set_up(store.url)
    _share(store, households, _settle_in)
    runs: list[Run] = []
    floor = 0.0
    for month in FIRST_MONTH.until(FIRST_MONTH.plus(months)):
        _share(store, households, partial(_live_through, month))
        store.settle()
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
        "bills a second": round(steady.bills / steady.seconds),
        "times the floor": round(steady.seconds / floor, 1),
        "bills a second of the floor": round(steady.bills / floor),
        "peak memory of a process, MB": round(steady.memory),
    }
    if len(runs) > _STORED:
        later = runs[_STORED]
        figures |= {
            "bills a second, 12 months stored": round(later.bills / later.seconds),
            "time with 12 months stored, in times": round(later.seconds / steady.seconds, 2),
            "peak memory of a process, 12 months stored, MB": round(later.memory),
        }
    return figures | {
        "bills a second, month by month": [round(run.bills / run.seconds) for run in runs],
        "peak memory of a process, month by month, MB": [round(run.memory) for run in runs],
    }


# The town


def _set_up(url: str) -> None:
    """Make the supplier with what its bills are made by."""
    with Database(url) as database:
        database.upgrade()
        with database.unit_of_work(NoQueue()) as uow:
            uow.suppliers.add(SUPPLIER)
            uow.tariffs.publish(rates())
            uow.norms.add_all(norms())
            uow.commit()


def _share(store: Store, households: int, work: Work) -> None:
    """Let each process do *work* for its share of the households."""
    bounds = [households * part // store.workers for part in range(store.workers + 1)]
    with _SPAWN.Pool(store.workers) as pool:
        pool.starmap(partial(_in_portions, work, store.url), pairwise(bounds))


def _in_portions(work: Work, url: str, first: int, end: int) -> None:
    with Database(url) as database:
        for start in range(first, end, _TOGETHER):
            households = [Household(place) for place in range(start, min(start + _TOGETHER, end))]
            with database.unit_of_work(NoQueue()) as uow:
                work(uow, households)
                uow.commit()


def _settle_in(uow: SqlUnitOfWork, households: Sequence[Household]) -> None:
    uow.accounts.add_all([household.account for household in households])
    uow.meters.add_all([household.meter for household in households])
    uow.readings.add_all(
        reading for household in households for reading in household.initial_readings
    )


def _live_through(month: Month, uow: SqlUnitOfWork, households: Sequence[Household]) -> None:
    """Bring in the readings and the payments of a month."""
    uow.readings.add_all(
        reading for household in households for reading in household.readings(month)
    )
    accounts = [household.account.account_id for household in households]
    owed = uow.ledger.balances(accounts, before=month.first_day)
    payments = [
        payment
        for household, account_id in zip(households, accounts, strict=True)
        for payment in household.payments(month, owed=owed[account_id])
    ]
    uow.payments.add_all(payments)
    uow.ledger.add_all(map(in_ledger, payments))


# The run


def _bill(store: Store, month: Month, households: int) -> Run:
    """Bill a month in fresh processes, which are up before the clock starts."""
    ready = _SPAWN.Barrier(store.workers + 1)
    with (
        Database(store.url) as database,
        _SPAWN.Pool(store.workers, _come_up, (store.url, ready)) as pool,
    ):
        plan = PlanBilling(unit_of_work=partial(database.unit_of_work, NoQueue()), clock=CLOCK)
        ready.wait()
        start = time.perf_counter()
        parts = plan(supplier=SUPPLIER.code, month=month).parts
        done = list(pool.imap_unordered(partial(_bill_part, month), parts))
        seconds = time.perf_counter() - start
    issued = sum(number for number, _ in done)
    if issued != households:
        message = f"{issued} bills were issued in {month}, not {households}"
        raise RuntimeError(message)
    return Run(bills=issued, seconds=seconds, memory=max(memory for _, memory in done))


_run_billing: RunBilling


def _come_up(url: str, ready: Barrier) -> None:
    """Make a process ready to bill: the first part that it takes finds all it needs."""
    global _run_billing  # noqa: PLW0603 - A process of a pool keeps what it works with.
    database = Database(url)
    with database.unit_of_work(NoQueue()) as uow:
        uow.suppliers.get_by_code(SUPPLIER.code)
    _run_billing = RunBilling(
        unit_of_work=partial(database.unit_of_work, NoQueue()),
        clock=CLOCK,
        identifiers=TimeOrderedIdentifiers(),
        rollover=RolloverPolicy(),
    )
    ready.wait()


def _bill_part(month: Month, part: BillingPart) -> tuple[int, float]:
    """Return how many bills were issued, and the peak memory of this process in megabytes."""
    report = _run_billing(
        supplier=SUPPLIER.code, month=month, after=part.after, through=part.through
    )
    if report.problems:
        raise report.problems[0].error
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    return report.issued, peak / _KB_IN_MB / (_BYTES_IN_KB if sys.platform == "darwin" else 1)


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
