"""A database in which the households live, month after month."""

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise

from benchmarks.kit.databases import NoQueue, Store
from benchmarks.kit.population import SUPPLIER, Household, in_ledger, norms, rates

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.settings import Mode, Settings
from elkk_adapters.sql import Database
from elkk_adapters.sql.unit_of_work import SqlUnitOfWork
from elkk_core.shared import Month

SPAWN = multiprocessing.get_context("spawn")
"""New processes share nothing with this one, least of all its connections."""

_TOGETHER = 5_000

Work = Callable[[SqlUnitOfWork, Sequence[Household]], None]


def settings_on(store: Store) -> Settings:
    """Return the settings of a cabinet on *store*."""
    return Settings(
        mode=Mode.DEVELOPMENT,
        database_url=store.url,
        secret_key="a secret that guards nothing of anybody's",
        base_url="http://127.0.0.1:8000",
    )


def found_town(store: Store, *, households: int) -> None:
    """Make the supplier with what its bills are made by, the accounts, and their meters."""
    bootstrap.prepare_database(settings_on(store))
    with Database(store.url) as database, database.unit_of_work(NoQueue()) as uow:
        uow.suppliers.add(SUPPLIER)
        uow.tariffs.publish(rates())
        uow.norms.add_all(norms())
        uow.commit()
    _share(store, households, _settle_in)


def live_through(store: Store, month: Month, *, households: int) -> None:
    """Bring in the readings and the payments of a month."""
    _share(store, households, partial(_read_and_pay, month))
    store.settle()


def live_alone(
    store: Store, months: Iterable[Month], application: Application, *, households: int
) -> None:
    """Let months go by, bills included, in this very process: for towns of a few houses."""
    town = [Household(place) for place in range(households)]
    with Database(store.url) as database:
        for month in months:
            with database.unit_of_work(NoQueue()) as uow:
                _read_and_pay(month, uow, town)
                uow.commit()
            application.billing.run_billing(supplier=SUPPLIER.code, month=month)


def _share(store: Store, households: int, work: Work) -> None:
    """Let each process do *work* for its share of the households."""
    bounds = [households * part // store.workers for part in range(store.workers + 1)]
    with ProcessPoolExecutor(store.workers, mp_context=SPAWN) as pool:
        list(pool.map(partial(_in_portions, work, store.url), pairwise(bounds)))


def _in_portions(work: Work, url: str, bounds: tuple[int, int]) -> None:
    first, end = bounds
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


def _read_and_pay(month: Month, uow: SqlUnitOfWork, households: Sequence[Household]) -> None:
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
