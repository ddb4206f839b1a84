"""Long walks through a store in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from elkk_core.testing.machines import (
    HouseholdMachine,
    LinkingMachine,
    MeterMachine,
    PaymentMachine,
    play,
)
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import Store


@contextmanager
def memory() -> Iterator[Store]:
    """Return a store in memory."""
    yield MemoryStore()


def test_linking_in_any_order() -> None:
    """At most so many wrong answers by user and by account, however they are tried."""
    play(LinkingMachine, memory)


def test_months_of_a_household_in_any_order() -> None:
    """Readings, payments, imports and runs: nothing is lost, doubled or billed twice."""
    play(HouseholdMachine, memory)


def test_meters_that_come_and_go_in_any_order() -> None:
    """Readings, mistakes, corrections, removals: nothing is lost, and the last word stands."""
    play(MeterMachine, memory)


def test_payments_in_any_order() -> None:
    """What the books count is what the bank has taken, each payment once, and none is lost."""
    play(PaymentMachine, memory)
