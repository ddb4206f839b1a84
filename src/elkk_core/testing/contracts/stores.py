"""How a contract comes by a store."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, ClassVar, TypeVar

import hypothesis
import pytest
from hypothesis import HealthCheck
from hypothesis.strategies import SearchStrategy

from elkk_core.testing.stores import CabinetUnitOfWork, Fact, Store, add

Example = TypeVar("Example")


class OpensStore:
    """What every contract of a store begins with.

    *examples* says how many examples a property is tried on, None as many as the loaded profile of
    Hypothesis says; *units_overlap* whether one thread may keep two writing units of work open at
    once (a store that lets one writer in at a time may not).
    """

    examples: ClassVar[int | None] = None
    units_overlap: ClassVar[bool] = True

    def open(self) -> AbstractContextManager[Store]:
        """Return a store that is empty when entered; to be provided by the adapter's tests."""
        raise NotImplementedError

    @pytest.fixture(name="store")
    def fresh_store(self) -> Iterator[Store]:
        """Yield an empty store."""
        with self.open() as store:
            yield store

    def check_examples(
        self, examples: SearchStrategy[Example], check: Callable[[Example], None]
    ) -> None:
        """Let *check* assert something of each of *examples*."""

        @hypothesis.settings(
            max_examples=self.examples or hypothesis.settings().max_examples,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        @hypothesis.given(example=examples)
        def holds(example: Example) -> None:
            check(example)

        holds()

    def check_round_trip(
        self,
        store: Store,
        facts: SearchStrategy[Any],
        find: Callable[[CabinetUnitOfWork, Any], object],
        *,
        after: tuple[Fact, ...] = (),
    ) -> None:
        """Assert that what was added comes back equal, and printed alike.

        Each example lives in a unit of work that is not committed, after the facts in *after*, so
        that the store stays empty.
        """

        def comes_back_equal(fact: Any) -> None:  # noqa: ANN401 - Any fact at all.
            with store.unit_of_work() as uow:
                add(uow, *after, fact)
                found = find(uow, fact)

                assert fact == found
                # Equal decimals may print differently: 4.80 is the price as published, 4.8 is not.
                assert repr(fact) == repr(found)

        self.check_examples(facts, comes_back_equal)
