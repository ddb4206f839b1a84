"""Every error of the core is fit to be told at an edge."""

import importlib
import pickle
import pkgutil
import re
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import elkk_core
from elkk_core.shared import (
    Conflict,
    ElkkError,
    Fault,
    FieldRequired,
    Forbidden,
    Money,
    Month,
    NotFound,
    Rejected,
    TooMany,
    Unavailable,
    Zone,
)
from elkk_core.testing.doubles import NOON

KINDS = {NotFound, Rejected, Conflict, Forbidden, TooMany, Unavailable}
VALUES: dict[Any, Any] = {
    str: "text",
    int: 3,
    Decimal: Decimal("2.77"),
    date: NOON.date(),
    type(NOON): NOON,
    Money: Money(-255),
    Month: Month(2020, 1),
    Zone: Zone.NIGHT,
    tuple[Fault, ...]: (Fault(field="zone", error=FieldRequired(), row=1),),
}


def _concrete_errors() -> list[type[ElkkError]]:
    for module in pkgutil.walk_packages(elkk_core.__path__, "elkk_core."):
        importlib.import_module(module.name)

    def below(kind: type[ElkkError]) -> set[type[ElkkError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    known = {
        error
        for error in below(ElkkError)
        if error.__module__.startswith("elkk_core.")
        # attrs makes each class anew to give it slots; the first one may not be collected yet.
        and getattr(sys.modules[error.__module__], error.__name__) is error
    }
    return sorted(known - KINDS - {ElkkError}, key=lambda error: error.code)


ERRORS = _concrete_errors()


def _made(error: type[ElkkError]) -> ElkkError:
    make: Any = error
    return make(*(VALUES[field.type] for field in attrs.fields(error)))  # type: ignore[no-any-return]


def test_codes_are_unique() -> None:
    """A code leads to one error, today and in any later version."""
    assert {} == {code: n for code, n in Counter(e.code for e in ERRORS).items() if n > 1}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_error_has_a_dotted_code_of_its_context(error: type[ElkkError]) -> None:
    """A code begins with the context that owns the error."""
    context = error.__module__.split(".")[1]

    assert re.fullmatch(rf"{context}\.[a-z]+(_[a-z]+)*", error.code)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_error_is_of_one_kind(error: type[ElkkError]) -> None:
    """An edge knows how to react by the kind, and no error is of two."""
    assert 1 == sum(issubclass(error, kind) for kind in KINDS)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_error_says_what_it_means(error: type[ElkkError]) -> None:
    """Every error has a docstring of its own that is a sentence."""
    assert error.__doc__ is not None
    assert "." in error.__doc__
    assert error.__doc__ != error.__mro__[1].__doc__


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_error_travels_between_processes(error: type[ElkkError]) -> None:
    """An error comes out of a pickle with the same facts."""
    sent = _made(error)
    received = pickle.loads(pickle.dumps(sent))  # noqa: S301 - We pickled it ourselves.

    assert type(sent) is type(received)
    assert repr(sent) == repr(received)
