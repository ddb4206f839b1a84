"""Billing runs that workers share, and that go on whoever is killed: workers, commands, the server."""

import json
import random
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from decimal import Decimal
from subprocess import Popen

import psutil
from tests.integration.billing.conftest import (
    HOUSEHOLDS,
    MortalServer,
    Town,
    eventually,
    unbilled_town,
)

from elkk_adapters import bootstrap
from elkk_adapters.application import Application
from elkk_adapters.settings import settings_from
from elkk_adapters.sql import Database
from elkk_core.metering import SuppliedReading
from elkk_core.shared import StaleState, Unavailable
from elkk_core.testing.builders import JANUARY, a_meter

_PART = 100


def test_workers_killed_are_carried_on_for(shared_town: Town) -> None:
    """However often workers are killed, those that are there bill everybody once, without gaps."""
    town, chance = shared_town, random.Random()  # noqa: S311 - no secret, and not repeatable either
    town.begin_run(JANUARY, households=_PART)
    with ExitStack() as stack:
        workers = {name: stack.enter_context(town.worker(name)) for name in ("one", "two", "three")}
        for _ in range(5):
            before = town.issued()
            eventually(lambda: town.issued() > before or not town.run_is_on(JANUARY))  # noqa: B023
            time.sleep(chance.uniform(0, 0.2))
            name = chance.choice(list(workers))
            workers[name].kill()
            workers[name] = stack.enter_context(town.worker(name))
        # One of them for good: another one takes over what it had.
        workers.pop("three").kill()
        eventually(lambda: not town.run_is_on(JANUARY))
        for worker in workers.values():
            worker.terminate()

    town.check_books(months=1)


def test_run_is_billed_by_workers_of_its_own(shared_town: Town) -> None:
    """The command starts workers, replaces those that die, and tells what all of them did."""
    town = shared_town
    town.begin_run(JANUARY, households=_PART)
    with town.elkk("bill", "run", "2020-01", "--workers", "2") as process:
        eventually(lambda: town.issued() > 0)
        _a_worker_of(process).kill()
        out, err = process.communicate(timeout=60)
    report = json.loads(out)

    assert 0 == process.returncode, err
    assert ("TSNA-2020-000001", "TSNA-2020-002000") == (
        report["first_number"],
        report["last_number"],
    )
    assert (HOUSEHOLDS, 0, []) == (report["issued"], report["left_out"], report["problems"])
    town.check_books(months=1)


def test_command_killed_leaves_nobody_at_work(shared_town: Town) -> None:
    """With the command its workers end; the same command later goes on where they stopped."""
    town = shared_town
    town.begin_run(JANUARY, households=_PART)
    with town.elkk("bill", "run", "2020-01", "--workers", "2") as process:
        eventually(lambda: town.issued() > 0)
        workers = psutil.Process(process.pid).children()
        process.kill()
        # Whoever works has these pipes open too, so they end with the last of them.
        process.communicate(timeout=30)
    psutil.wait_procs(workers, timeout=10)
    issued = town.issued()

    assert 0 < issued < HOUSEHOLDS
    with town.elkk("bill", "run", "2020-01", "--workers", "2") as process:
        report = json.loads(process.communicate(timeout=60)[0])
    assert (0, HOUSEHOLDS - issued) == (process.returncode, report["issued"])
    town.check_books(months=1)


def test_command_left_by_ctrl_c_is_done_by_others(shared_town: Town) -> None:
    """Whoever does not wait for the end is told who goes on, and how to look at it."""
    town = shared_town
    town.begin_run(JANUARY, households=_PART)
    with town.elkk("bill", "run", "2020-01", "--workers", "1") as process:
        eventually(lambda: town.issued() > 0)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    issued = town.issued()

    assert (130, "") == (process.returncode, out)
    assert "elkk bill status 2020-01 --supplier tsna" in err
    assert 0 < issued < HOUSEHOLDS
    with town.worker("elsewhere") as worker:
        eventually(lambda: not town.run_is_on(JANUARY))
        worker.terminate()
    town.check_books(months=1)


def test_command_can_leave_all_of_it_to_others(shared_town: Town) -> None:
    """Without workers of its own the command waits for those that are there."""
    town = shared_town
    with town.worker("elsewhere") as worker:
        with town.elkk("bill", "run", "2020-01", "--workers", "0") as process:
            report = json.loads(process.communicate(timeout=60)[0])
        worker.terminate()

    assert (0, HOUSEHOLDS) == (process.returncode, report["issued"])
    town.check_books(months=1)


def test_run_outlives_its_server(mortal_server: MortalServer) -> None:
    """A server that is killed twice, and each time started again, loses no bill and doubles none."""
    server, chance = mortal_server, random.Random()  # noqa: S311 - as above
    with Database(server.url) as database:
        database.upgrade()
    with unbilled_town(server.url) as town:
        town.begin_run(JANUARY, households=_PART)
        with (
            town.elkk("bill", "run", "2020-01", "--workers", "2") as process,
            ThreadPoolExecutor(1) as reader,
        ):
            # Read all the while: who logs into a full pipe waits until somebody does.
            ending = reader.submit(process.communicate, timeout=120)
            for _ in range(2):
                before = town.issued()
                eventually(lambda: town.issued() > before)  # noqa: B023
                time.sleep(chance.uniform(0, 0.2))
                server.kill()
                time.sleep(chance.uniform(0, 2))
                server.start()
            out, err = ending.result()

        assert (0, HOUSEHOLDS) == (process.returncode, json.loads(out)["issued"]), err
        town.check_books(months=1)


def test_readings_meet_a_run(town: Town) -> None:
    """A reading that comes while a run is on counts in this bill or in the next one, and never twice.

    It is one of the month that is billed, so it is in time for those who have no bill yet.
    """
    if town.database.takes_many_writers:
        town.begin_run(JANUARY, households=_PART)
    before, *during = [range(last - _PART, last) for last in range(HOUSEHOLDS, 0, -_PART)]
    with bootstrap.application(settings_from(town.environ)) as application:
        _send_readings(application, before)
        with town.elkk("bill", "run", "2020-01") as process:
            eventually(lambda: town.issued() > 0)
            for part in during:
                _send_readings(application, part)
            process.communicate(timeout=60)
    with town.elkk("bill", "run", "2020-02") as process:
        process.communicate(timeout=60)

    town.check_books(months=2)
    volumes = town.volumes()
    assert {Decimal(100), Decimal(150)} == set(volumes[JANUARY])
    assert [Decimal(200)] * HOUSEHOLDS == [
        sum(both) for both in zip(volumes[JANUARY], volumes[JANUARY.next], strict=True)
    ]


def _send_readings(application: Application, houses: range) -> None:
    """Send what the meters of some houses showed in January."""
    readings = [
        SuppliedReading(
            account=f"{10_000_000 + house}",
            meter=a_meter().number,
            zone="all_day",
            taken_on="2020-01-20",
            value="150",
            source="supplier",
        )
        for house in houses
    ]
    _persistently(lambda: application.metering.import_readings(supplier="tsna", rows=readings))


def _persistently(change: Callable[[], object]) -> None:
    """Make a change that a run may keep waiting for too long."""
    while True:
        with suppress(Unavailable, StaleState):
            change()
            return


def _a_worker_of(command: Popen[str]) -> psutil.Process:
    """Return a process that bills, and not the one that Python keeps to tidy up after itself."""
    return next(
        child
        for child in psutil.Process(command.pid).children()
        if "spawn_main" in " ".join(child.cmdline())
    )
