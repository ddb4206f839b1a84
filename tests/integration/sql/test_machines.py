"""Long walks through stores on real databases; fewer than in memory, each as long."""

from elkk_core.testing.machines import (
    HouseholdMachine,
    LinkingMachine,
    MeterMachine,
    OpenStore,
    PaymentMachine,
    play,
)


def test_linking_on_sqlite(open_sqlite: OpenStore) -> None:
    """At most so many wrong answers by user and by account, however they are tried."""
    play(LinkingMachine, open_sqlite, examples=4)


def test_linking_on_postgresql(open_postgresql: OpenStore) -> None:
    """At most so many wrong answers by user and by account, however they are tried."""
    play(LinkingMachine, open_postgresql, examples=4)


def test_months_of_a_household_on_sqlite(open_sqlite: OpenStore) -> None:
    """Readings, payments, imports and runs: nothing is lost, doubled or billed twice."""
    play(HouseholdMachine, open_sqlite, examples=4)


def test_months_of_a_household_on_postgresql(open_postgresql: OpenStore) -> None:
    """Readings, payments, imports and runs: nothing is lost, doubled or billed twice."""
    play(HouseholdMachine, open_postgresql, examples=4)


def test_meters_that_come_and_go_on_sqlite(open_sqlite: OpenStore) -> None:
    """Readings, mistakes, corrections, removals: nothing is lost, and the last word stands."""
    play(MeterMachine, open_sqlite, examples=4)


def test_meters_that_come_and_go_on_postgresql(open_postgresql: OpenStore) -> None:
    """Readings, mistakes, corrections, removals: nothing is lost, and the last word stands."""
    play(MeterMachine, open_postgresql, examples=4)


def test_payments_on_sqlite(open_sqlite: OpenStore) -> None:
    """What the books count is what the bank has taken, each payment once, and none is lost."""
    play(PaymentMachine, open_sqlite, examples=4)


def test_payments_on_postgresql(open_postgresql: OpenStore) -> None:
    """What the books count is what the bank has taken, each payment once, and none is lost."""
    play(PaymentMachine, open_postgresql, examples=4)
