"""Rounds come by themselves, and one that fails leaves its work to the next."""

import threading
from collections.abc import Callable

from attrs import Factory, define
from dbos import DBOS
from tests.integration.durable.workbench import SECRET_KEY, Database, Standing, eventually

from elkk_adapters.durable import DurableWorker, NoticeRounds
from elkk_adapters.durable.protocol import GO_ROUND, ROUNDS
from elkk_core.shared import StaleState


@define
class Rounds:
    """Counts the rounds; *go* is what happens in one."""

    go: Callable[[Callable[[], None]], None] = lambda _: None
    begun: list[int] = Factory(list)

    def __call__(self, between_batches: Callable[[], None]) -> None:
        """Go a round."""
        self.begun.append(len(self.begun))
        self.go(between_batches)


def worker(database: Database, rounds: Rounds) -> DurableWorker:
    """Return a worker whose only duty is to go round."""
    return DurableWorker(
        database_url=database.url,
        secret_key=SECRET_KEY,
        executor_id="one",
        duties=[NoticeRounds(go_round=rounds)],
        clock=Standing(),
    )


def test_rounds_are_scheduled_once(database: Database) -> None:
    """Each start of a worker finds the schedule, and a round is gone when its time has come."""
    rounds = Rounds()
    for _ in range(2):
        with worker(database, rounds):
            (schedule,) = DBOS.list_schedules()

            assert (GO_ROUND, ROUNDS) == (schedule["schedule_name"], schedule["schedule"])

            # What the scheduler does every other minute.
            gone = len(rounds.begun)
            DBOS.trigger_schedule(GO_ROUND)
            eventually(lambda gone=gone: len(rounds.begun) > gone)  # type: ignore[misc]


def test_round_that_fails_does_not_stop_the_next(database: Database) -> None:
    """The database may be busy for a while; the next round makes up for it."""

    def fail(_: Callable[[], None]) -> None:
        if len(rounds.begun) == 1:
            raise StaleState("notification")

    rounds = Rounds(go=fail)
    with worker(database, rounds):
        DBOS.trigger_schedule(GO_ROUND)
        eventually(lambda: len(rounds.begun) == 1)
        DBOS.trigger_schedule(GO_ROUND)
        eventually(lambda: len(rounds.begun) == 2)


def test_round_ends_between_batches_when_the_worker_stops(database: Database) -> None:
    """A long round does not keep the process from ending."""
    ended = threading.Event()

    def go_on_for_ever(between_batches: Callable[[], None]) -> None:
        try:
            while True:
                between_batches()
        finally:
            ended.set()

    rounds = Rounds(go=go_on_for_ever)
    with worker(database, rounds):
        DBOS.trigger_schedule(GO_ROUND)
        eventually(lambda: bool(rounds.begun))

    assert ended.is_set()
