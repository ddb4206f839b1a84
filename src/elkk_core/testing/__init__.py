"""The test kit: for elkk itself and for every team that builds on its core.

* ``memory`` - a store in memory whose units of work roll back for real;
* ``stores`` - what a store is, and putting facts into one;
* ``doubles`` - real but simple services: a clock to set, identifiers in sequence, quick digests;
* ``builders`` - one valid thing each: ``a_user(language=Language.ENGLISH)``;
* ``strategies`` - Hypothesis strategies for values, aggregates and whole consistent worlds;
* ``contracts`` - a suite of tests for every port, to be inherited by the tests of an adapter;
* ``machines`` - state machines that play linking and a household's months against a store.

It comes with ``pip install 'elkk[testing]'``. ``hypothesis.strategies.from_type(Money)`` works
without an import: see ``registration``.
"""

from importlib.util import find_spec

MISSING = "elkk_core.testing needs hypothesis and pytest: pip install 'elkk[testing]'"

if find_spec("hypothesis") is None:
    raise ImportError(MISSING)

# Contracts alone need pytest: Hypothesis, which loads ``registration``, may do without it.
if find_spec("pytest") is not None:
    import pytest

    # Without this a failing contract would say "AssertionError" and nothing more.
    pytest.register_assert_rewrite("elkk_core.testing.contracts", "elkk_core.testing.machines")
