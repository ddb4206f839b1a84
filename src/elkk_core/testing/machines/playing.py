"""How a machine is played against a store."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import hypothesis
from hypothesis import HealthCheck
from hypothesis.stateful import (
    RuleBasedStateMachine,
    run_state_machine_as_test,
)

from elkk_core.metering import DigitCapacity
from elkk_core.shared import BatchRejected, ElkkError, FormRejected
from elkk_core.testing.stores import Store

FIRST_DAY = date(2020, 1, 1)
CAPACITY = DigitCapacity(integers=4)

OpenStore = Callable[[], AbstractContextManager[Store]]
"""Opens a store that is empty when entered."""


class StoreMachine(RuleBasedStateMachine):
    """A walk through a store that is opened for it and closed after it."""

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__()
        self._opened = open_store()
        self.store = self._opened.__enter__()

    def teardown(self) -> None:
        """Close the store."""
        self._opened.__exit__(None, None, None)


def play(
    machine: Callable[[OpenStore], StoreMachine],
    open_store: OpenStore,
    *,
    examples: int | None = None,
    steps: int = 40,
) -> None:
    """Let *machine* walk through *examples* stores, *steps* steps each.

    Without *examples* there are as many as the loaded profile of Hypothesis says.
    """
    run_state_machine_as_test(
        lambda: machine(open_store),  # type: ignore[arg-type]  # Whatever makes one will do.
        settings=hypothesis.settings(
            max_examples=examples or hypothesis.settings().max_examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def fault_codes(step: Callable[[], object]) -> set[str]:
    """Return the codes of the faults that a step is refused for, none if it is done."""
    try:
        step()
    except (BatchRejected, FormRejected) as refused:
        return {fault.error.code for fault in refused.faults}
    return set()


def code_of(step: Callable[[], object]) -> str | None:
    """Return the code of the error that a step ends with, None if it is done."""
    try:
        step()
    except ElkkError as error:
        return error.code
    return None
