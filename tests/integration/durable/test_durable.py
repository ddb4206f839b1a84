"""A message goes out if and only if its transaction was committed, whatever dies in between."""

import signal
import time

import pytest
from tests.integration.durable.workbench import (
    CodeWanted,
    Database,
    Receiver,
    Standing,
    eventually,
)

from elkk_adapters.durable import QueueNotPrepared, WorkerNameTaken
from elkk_adapters.durable.names import names_of


def test_committed_message_is_delivered_once(database: Database) -> None:
    """What a committed transaction asks for is delivered as it was asked for, once."""
    receiver = Receiver()
    event = CodeWanted()
    key = database.enqueue(event)

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
    with database.worker(receiver):
        time.sleep(0.5)

    assert [
        ("tests.code_wanted", {"code": "730164", "expires_at": "2026-11-22T18:05:00+00:00"}, key)
    ] == receiver.calls


def test_rolled_back_message_is_never_delivered(database: Database) -> None:
    """What a transaction asked for is forgotten with it."""
    receiver = Receiver()
    database.enqueue(CodeWanted(), commit=False)
    committed = database.enqueue(CodeWanted())

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
        time.sleep(0.5)

    assert [committed] == receiver.keys


def test_event_enqueued_twice_is_delivered_once(database: Database) -> None:
    """The identifier of an event is the key of its delivery."""
    receiver = Receiver()
    event = CodeWanted()
    key = database.enqueue(event)
    database.enqueue(event)

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
        time.sleep(0.5)

    assert [key] == receiver.keys


def test_message_survives_death_before_delivery(database: Database) -> None:
    """A process that dies right after its commit leaves a message that still goes out, once."""
    status = database.run("enqueue_and_die")
    receiver = Receiver()

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
        time.sleep(0.5)

    assert (-signal.SIGKILL, 1) == (status, len(receiver.calls))


def test_message_survives_death_of_worker(database: Database) -> None:
    """A message that a worker took and died with is delivered by the next worker of its name."""
    key = database.enqueue(CodeWanted())
    status = database.run("work_and_die_before_record")
    receiver = Receiver()

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))

    assert (-signal.SIGKILL, [key]) == (status, receiver.keys)


def test_delivery_on_record_is_not_repeated(database: Database) -> None:
    """A worker that died after the delivery makes another attempt, which the record recognises."""
    key = database.enqueue(CodeWanted())
    status = database.run("work_and_die_after_record")
    recorded = database.delivered()
    receiver = Receiver()

    def deliver(*, kind: str, payload: dict[str, str], key: str) -> None:
        database.record(key)
        receiver(kind=kind, payload=payload, key=key)

    with database.worker(deliver):
        eventually(lambda: bool(receiver.calls))

    assert (-signal.SIGKILL, [key], [key], [key]) == (
        status,
        recorded,
        receiver.keys,
        database.delivered(),
    )


def test_refused_delivery_is_tried_again(database: Database) -> None:
    """A gateway that does not answer is asked again."""
    receiver = Receiver(refusals=2)
    key = database.enqueue(CodeWanted())

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))

    assert [key] == receiver.keys


def test_hopeless_delivery_is_given_up(database: Database) -> None:
    """A message that is refused each time is given up after so many attempts; others go out."""
    receiver = Receiver()
    attempts = []
    hopeless = database.enqueue(CodeWanted())
    other = database.enqueue(CodeWanted())

    def deliver(*, kind: str, payload: dict[str, str], key: str) -> None:
        if key == hopeless:
            attempts.append(key)
            raise ConnectionError("no such phone")
        receiver(kind=kind, payload=payload, key=key)

    with database.worker(deliver, attempts=3):
        eventually(lambda: len(attempts) == 3 and bool(receiver.calls))
        time.sleep(0.5)
    with database.worker(deliver, attempts=3):
        time.sleep(0.5)

    assert ([other], [hopeless] * 3) == (receiver.keys, attempts)


def test_living_worker_takes_over_from_dead(database: Database) -> None:
    """The work of a worker that died for good is done by a neighbour of another name."""
    key = database.enqueue(CodeWanted())
    receiver = Receiver()

    with database.worker(receiver, executor_id="neighbour"):
        # It is busy with the first message while the other worker dies with the second.
        eventually(lambda: bool(receiver.calls))
    lost = database.enqueue(CodeWanted())
    status = database.run("work_and_die_before_record", executor_id="mortal")
    with database.worker(receiver, executor_id="neighbour"):
        eventually(lambda: len(receiver.calls) == 2)

    assert (-signal.SIGKILL, [key, lost]) == (status, receiver.keys)


def test_work_of_living_worker_is_left_alone(database: Database) -> None:
    """As long as the name of a worker is held, nobody takes its work."""
    key = database.enqueue(CodeWanted())
    database.run("work_and_die_before_record", executor_id="paused")
    held = names_of(database.url).hold("paused")
    receiver = Receiver()

    with database.worker(receiver, executor_id="neighbour"):
        time.sleep(0.7)
        untouched = list(receiver.keys)
        assert held is not None
        held.release()
        eventually(lambda: bool(receiver.calls))

    assert ([], [key]) == (untouched, receiver.keys)


def test_name_is_borne_by_one(database: Database) -> None:
    """A worker does not start under the name of a living one."""
    held = names_of(database.url).hold("one")
    assert held is not None

    with pytest.raises(WorkerNameTaken):
        database.worker(Receiver()).start()

    held.release()
    with database.worker(Receiver()):
        pass


def test_process_has_one_worker(database: Database) -> None:
    """A second worker in one process is refused rather than mixed up with the first."""
    with database.worker(Receiver()), pytest.raises(RuntimeError):
        database.worker(Receiver(), executor_id="two").start()


def test_worker_needs_prepared_queue(database: Database) -> None:
    """A worker on a database without the tables of the queue says so and creates nothing."""
    database.drop_queue()

    with pytest.raises(QueueNotPrepared):
        database.worker(Receiver()).start()

    assert [] == database.tables_of_queue()


def test_stopping_finishes_delivery_under_way(database: Database) -> None:
    """A delivery that has begun is finished and noted before the worker stops."""
    receiver = Receiver(seconds=0.3)
    key = database.enqueue(CodeWanted())

    with database.worker(receiver):
        receiver.began.wait()
    with database.worker(receiver):
        time.sleep(1.0)

    assert [key] == receiver.keys


def test_stopping_does_not_wait_for_pause(database: Database) -> None:
    """A worker stops at once though a delivery pauses for an hour, and the next one delivers."""
    refusing = Receiver(refusals=1)
    key = database.enqueue(CodeWanted())
    worker = database.worker(refusing, first_pause_seconds=3600.0)

    worker.start()
    eventually(lambda: not refusing.refusals)
    started = time.monotonic()
    worker.stop()
    took = time.monotonic() - started
    receiver = Receiver()
    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))

    assert [key] == receiver.keys
    assert took < 2.0


def test_stored_job_is_unreadable(database: Database) -> None:
    """Neither before nor after the delivery does the database tell the code or what it is for."""
    receiver = Receiver()
    database.enqueue(CodeWanted())
    before = database.jobs()

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
    after = database.jobs()

    assert before
    assert "730164" not in before + after
    assert "code_wanted" not in before + after


def test_delivered_jobs_are_cleared_away(database: Database) -> None:
    """A week after the delivery nothing of it is left in the queue."""
    receiver = Receiver()
    key = database.enqueue(CodeWanted())
    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
    kept = database.jobs()

    with database.worker(receiver, clock=Standing.days_ahead(8)):
        eventually(lambda: key not in database.jobs())

    assert key in kept


def test_jobs_delivered_lately_are_kept(database: Database) -> None:
    """A job delivered a moment ago is still there to be looked at."""
    receiver = Receiver()
    key = database.enqueue(CodeWanted())

    with database.worker(receiver):
        eventually(lambda: bool(receiver.calls))
        time.sleep(0.5)

    assert key in database.jobs()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_worker_outlives_its_connections(database: Database) -> None:
    """A worker whose connections the server has cut delivers on and takes its name again."""
    receiver = Receiver()

    with database.worker(receiver):
        database.cut_other_connections()
        key = database.enqueue(CodeWanted())
        eventually(lambda: bool(receiver.calls))
        eventually(lambda: database.bears("one"))

    assert [key] == receiver.keys
