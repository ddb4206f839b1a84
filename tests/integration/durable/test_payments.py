"""The worker asks after payments whose payers never came back."""

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from attrs import define, field
from tests.integration.durable.workbench import SECRET_KEY, Database, Standing, eventually

from elkk_adapters.durable import DurableWorker, PaymentQuestions, protocol
from elkk_core.payments import BankAnswerDiffers, BankUnavailable, CardPaymentId
from elkk_core.shared import StaleState
from elkk_core.testing.doubles import SequentialIdentifiers

PAYMENTS = tuple(CardPaymentId(SequentialIdentifiers(first=at).new()) for at in range(1, 6))


@define
class Till:
    """Payments that are due, and what asking after each of them leads to."""

    due: tuple[CardPaymentId, ...] = PAYMENTS
    errors: dict[CardPaymentId, Exception] = field(factory=dict)
    asked: list[CardPaymentId] = field(factory=list)
    rounds: int = 0
    hold: Callable[[], object] = lambda: None

    def list_due(self, _now: datetime, *, limit: int) -> tuple[CardPaymentId, ...]:
        """Return what is due, as the store does."""
        self.rounds += 1
        return self.due[:limit]

    def list_all(self) -> tuple[CardPaymentId, ...]:
        """Return what is due."""
        return self.due

    def settle(self, *, payment_id: CardPaymentId) -> None:
        """Ask after a payment."""
        self.hold()
        self.asked.append(payment_id)
        if payment_id in self.errors:
            raise self.errors[payment_id]
        self.due = tuple(other for other in self.due if other != payment_id)


@pytest.fixture(autouse=True)
def every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a round come every second: no test waits for a minute."""
    monkeypatch.setattr(protocol, "PAYMENT_ROUNDS", "* * * * * *")


def worker(database: Database, till: Till) -> DurableWorker:
    """Return a worker that asks after the payments of *till*."""
    duty = PaymentQuestions(settle=till.settle, payments_to_ask=till, clock=Standing())
    return DurableWorker(
        database_url=database.url,
        secret_key=SECRET_KEY,
        executor_id="one",
        duties=[duty],
        clock=Standing(),
        seconds_between_rounds=0.1,
    )


def test_what_is_due_is_asked_after(database: Database) -> None:
    """Round after round, each payment until nothing more can come of it."""
    till = Till()
    with worker(database, till):
        eventually(lambda: not till.due and till.rounds > 1)

    assert [*PAYMENTS] == till.asked


def test_one_payment_keeps_nobody_from_asking_after_the_others(database: Database) -> None:
    """What another settles, what differs and what the bank does not tell is passed over."""
    first, second, third, *others = PAYMENTS
    till = Till(
        errors={first: StaleState("x"), second: BankAnswerDiffers("N"), third: BankUnavailable()}
    )
    with worker(database, till):
        eventually(lambda: till.rounds > 1)

    assert [*PAYMENTS] == till.asked[: len(PAYMENTS)]
    assert set(others).isdisjoint(till.due)


def test_a_bank_that_is_silent_is_left_alone_until_the_next_round(database: Database) -> None:
    """After three questions in vain nobody asks on."""
    till = Till(errors=dict.fromkeys(PAYMENTS, BankUnavailable()))
    with worker(database, till):
        eventually(lambda: till.rounds > 1)

    assert [*PAYMENTS[:3]] == till.asked[:3]
    assert set(PAYMENTS[:3]) == set(till.asked)


def test_a_worker_stops_between_two_questions(database: Database) -> None:
    """It finishes the one that it is at, and leaves the others for the next round."""
    began, ends = threading.Event(), threading.Event()

    def hold() -> None:
        began.set()
        ends.wait(10)

    till = Till(hold=hold)
    asking = worker(database, till)
    asking.start()
    assert began.wait(10)
    stopping = threading.Thread(target=asking.stop)
    stopping.start()
    eventually(lambda: asking._under_way.stopping)  # noqa: SLF001 - Nobody else can tell.
    ends.set()
    stopping.join()

    assert [PAYMENTS[0]] == till.asked
