"""A billing run is done part by part, whoever dies, stops or fails in between."""

import signal
import time

import pytest
from tests.integration.durable.workbench import (
    JANUARY,
    Biller,
    CodeWanted,
    Database,
    Receiver,
    eventually,
)

from elkk_adapters.billing_runs import BillingRunState
from elkk_adapters.durable import QueueNotPrepared
from elkk_adapters.readiness import DatabaseLocked


def test_every_part_is_billed_once(database: Database) -> None:
    """The parts of a run are billed with the bounds that they were handed out with."""
    biller = Biller()
    database.begin_run("100", "200")

    with database.biller(biller):
        eventually(lambda: not database.run_state().is_on)
    with database.biller(biller):
        time.sleep(0.5)

    assert [
        ("tsna", "2026-01", "", "100"),
        ("tsna", "2026-01", "100", "200"),
        ("tsna", "2026-01", "200", ""),
    ] == sorted(biller.parts)
    assert BillingRunState(done=3) == database.run_state()


def test_without_a_run_there_is_no_part(database: Database) -> None:
    """Of a month that was never billed there is nothing to tell."""
    assert BillingRunState() == database.run_state()


def test_parts_wait_for_a_worker(database: Database) -> None:
    """Before any worker is there, all parts wait."""
    database.begin_run("100", "200")

    assert BillingRunState(waiting=3) == database.run_state()


def test_parts_under_way_are_told(database: Database) -> None:
    """A worker has two parts in hand, and the others wait."""
    biller = Biller(batches=1000, seconds=0.01)
    database.begin_run("100", "200")

    with database.biller(biller):
        eventually(lambda: BillingRunState(waiting=1, running=2) == database.run_state())


def test_next_run_is_another(database: Database) -> None:
    """After a run the same month can be run again, as for accounts that were mended meanwhile."""
    biller = Biller()
    database.begin_run("100")
    with database.biller(biller):
        eventually(lambda: not database.run_state().is_on)
        database.begin_run()
        eventually(lambda: not database.run_state().is_on)

    assert 3 == len(biller.parts)
    assert BillingRunState(done=1) == database.run_state()


def test_runs_of_many_are_told_apart(database: Database) -> None:
    """Neither another supplier's run nor that of another month is taken for this one."""
    database.begin_run()

    assert BillingRunState() == database.runs.state(supplier="tsn", month=JANUARY)
    assert BillingRunState() == database.runs.state(supplier="tsna", month=JANUARY.next)


def test_part_survives_death_of_worker(database: Database) -> None:
    """A part that a worker died with is billed by a neighbour of another name."""
    database.begin_run()
    status = database.run("bill_and_die", executor_id="mortal")
    state = database.run_state()
    biller = Biller()

    with database.biller(biller, executor_id="neighbour"):
        eventually(lambda: not database.run_state().is_on)

    assert (-signal.SIGKILL, BillingRunState(running=1)) == (status, state)
    assert [("tsna", "2026-01", "", "")] == biller.parts


def test_worker_stops_in_the_midst_of_a_part(database: Database) -> None:
    """A worker that stops finishes the batch in hand, and hands the part back for others to finish."""
    endless = Biller(batches=10_000, seconds=0.01)
    database.begin_run()
    worker = database.biller(endless)
    worker.start()
    endless.began.wait()

    started = time.monotonic()
    worker.stop()
    took = time.monotonic() - started
    state = database.run_state()
    biller = Biller()
    with database.biller(biller, executor_id="another"):
        eventually(lambda: not database.run_state().is_on)

    assert BillingRunState(waiting=1) == state
    assert ([], [("tsna", "2026-01", "", "")]) == (endless.parts, biller.parts)
    assert took < 2.0


def test_worker_that_stops_while_it_takes_parts_loses_none(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """At whatever moment it is told, what it had taken goes back to the queue and nothing complains."""
    database.begin_run(*map(str, range(100, 900, 100)))
    for moment in range(6):
        worker = database.biller(Biller(batches=1000, seconds=0.01))
        worker.start()
        time.sleep(0.05 * moment)
        worker.stop()

        assert BillingRunState(waiting=9) == database.run_state()
    assert [] == [record.message for record in caplog.records if record.levelname == "ERROR"]


def test_part_is_tried_again_while_the_database_is_busy(database: Database) -> None:
    """What may pass is waited for."""
    biller = Biller(failures={"": DatabaseLocked()})
    database.begin_run()

    with database.biller(biller):
        eventually(lambda: not database.run_state().is_on)

    assert BillingRunState(done=1) == database.run_state()
    assert [("tsna", "2026-01", "", "")] == biller.parts


def test_part_that_nobody_foresaw_fails_alone(database: Database) -> None:
    """An error that would come again fails its part, and the others go on."""
    biller = Biller(failures={"100": ZeroDivisionError()})
    database.begin_run("100", "200")

    with database.biller(biller):
        eventually(lambda: not database.run_state().is_on)

    assert BillingRunState(done=2, failed=1) == database.run_state()


def test_worker_leaves_what_is_not_its_duty(database: Database) -> None:
    """Who bills sends no messages, and who sends messages does not bill."""
    receiver, biller = Receiver(), Biller()
    database.enqueue(CodeWanted())
    database.begin_run()

    with database.biller(biller):
        eventually(lambda: bool(biller.parts))
        time.sleep(0.5)
    unsent = list(receiver.calls)
    database.begin_run()
    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
        time.sleep(0.5)

    assert ([], 1) == (unsent, len(biller.parts))
    assert BillingRunState(waiting=1) == database.run_state()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_runs_need_a_prepared_queue(database: Database) -> None:
    """A run on a database without the tables of the queue says so."""
    database.drop_queue()

    with pytest.raises(QueueNotPrepared):
        database.begin_run()
    with pytest.raises(QueueNotPrepared):
        database.run_state()
