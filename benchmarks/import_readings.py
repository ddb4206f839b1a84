"""How long a supplier's file of readings takes to import, beside the bare insertion of its rows.

Makes a supplier with as many accounts as readings, one meter each, and imports accounts, meters,
readings, and the same readings again, on SQLite and on PostgreSQL. The floor is a
program in SQL that writes the very rows of the readings into a copy of the table with all its indexes
and constraints, on the same database in the same run.

    python -m benchmarks.import_readings [READINGS] [--json]
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from benchmarks.kit.databases import DATABASES, Floor, NoQueue, Store, open_store
from benchmarks.kit.report import Figures, tell

from elkk_adapters.sql import Database
from elkk_core.accounts.use_cases.import_accounts import ImportAccounts, SuppliedAccount
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.metering.use_cases.import_meters import ImportMeters, SuppliedMeter
from elkk_core.metering.use_cases.import_readings import ImportReadings, SuppliedReading
from elkk_core.testing.builders import a_supplier
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers

_SEED = 354
_NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def main() -> None:
    """Print the figures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("readings", nargs="?", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="not a table, but JSON")
    given = parser.parse_args()
    columns = {}
    for kind in DATABASES:
        with open_store(kind) as store:
            columns[store.version] = _measure(store, given.readings)
    about = {"benchmark": "import_readings", "readings": given.readings}
    tell(about, columns, as_json=given.json)


def _measure(store: Store, number: int) -> Figures:
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
    with Database(store.url) as database:
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
        }
        database.close()
        store.settle()
        store.keep_copy()
        seconds |= {
            "import readings": _timed(lambda: import_readings(supplier="bench", rows=readings)),
            "import the same again": _timed(
                lambda: import_readings(supplier="bench", rows=readings)
            ),
        }
    floor = store.write_again(Floor(rows={"readings": "SELECT * FROM readings ORDER BY sequence"}))
    return {
        **{f"seconds to {name}": round(passed, 2) for name, passed in seconds.items()},
        "seconds of the floor of readings": round(floor, 2),
        "import of readings, in floors": round(seconds["import readings"] / floor, 1),
    }


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
