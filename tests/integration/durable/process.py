"""A process that dies at the worst moment: ``process ACT URL EXECUTOR_ID``."""

import os
import signal
import sys
import threading

from tests.integration.durable.workbench import CodeWanted, Database


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def enqueue_and_die(database: Database, _executor_id: str) -> None:
    """Commit a change that asks for a message; nobody lives to deliver it."""
    database.enqueue(CodeWanted())
    die()


def work_and_die_before_record(database: Database, executor_id: str) -> None:
    """Take a message from the queue and die with it."""

    def deliver(**_message: object) -> None:
        die()

    with database.worker(deliver, executor_id=executor_id):
        threading.Event().wait()


def work_and_die_after_record(database: Database, executor_id: str) -> None:
    """Deliver a message and die before the queue knows of it."""

    def deliver(*, key: str, **_message: object) -> None:
        database.record(key)
        die()

    with database.worker(deliver, executor_id=executor_id):
        threading.Event().wait()


def bill_and_die(database: Database, executor_id: str) -> None:
    """Take a part of a billing run from the queue and die with it."""

    def bill(**_part: object) -> None:
        die()

    with database.biller(bill, executor_id=executor_id):
        threading.Event().wait()


ACTS = {
    act.__name__: act
    for act in (
        enqueue_and_die,
        work_and_die_before_record,
        work_and_die_after_record,
        bill_and_die,
    )
}

if __name__ == "__main__":
    act, url, executor_id = sys.argv[1:]
    with Database.opened(url) as database:
        ACTS[act](database, executor_id)
