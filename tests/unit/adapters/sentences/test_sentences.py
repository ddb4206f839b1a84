"""Every error has a sentence, and a sentence says what happened and how to mend it."""

import importlib
import pkgutil
import sys
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import attrs
import pytest

import elkk_adapters
import elkk_cli
import elkk_core
from elkk_adapters.sentences import LANGUAGES, is_known, sentence
from elkk_adapters.sentences.english import ENGLISH
from elkk_adapters.sentences.operators import FOR_OPERATORS
from elkk_adapters.sentences.russian import RUSSIAN
from elkk_core.billing import BillDoesNotAddUp, ReadingMissing
from elkk_core.identity import PasswordTooShort, TooManyCodes, WrongCode
from elkk_core.metering import RolloverNotConfirmed
from elkk_core.shared import (
    BatchRejected,
    Conflict,
    ElkkError,
    Forbidden,
    FormRejected,
    Money,
    Month,
    NotFound,
    Rejected,
    TooMany,
    Unavailable,
    Zone,
)

KINDS = {ElkkError, NotFound, Rejected, Conflict, Forbidden, TooMany, Unavailable}
SAMPLES: dict[object, object] = {
    str: "6800123456",
    int: 5,
    Decimal: Decimal(14323),
    datetime: datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    date: date(2026, 12, 15),
    Money: Money(150000),
    Month: Month(2026, 11),
    Zone: Zone.NIGHT,
}


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Yield the package and every module inside that needs no test tools."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.startswith("elkk_core.testing") and ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def errors() -> list[type[ElkkError]]:
    """Return all typed errors of the core and its adapters."""
    for package in (elkk_core, elkk_adapters, elkk_cli):
        list(modules(package))
    found: list[type[ElkkError]] = []
    waiting: list[type[ElkkError]] = [ElkkError]
    while waiting:
        error = waiting.pop()
        waiting.extend(error.__subclasses__())
        # attrs makes each class anew to give it slots; the first one may not be collected yet.
        current = getattr(sys.modules.get(error.__module__), error.__name__, None) is error
        if current and error not in KINDS and error.__module__.startswith("elkk_"):
            found.append(error)
    return sorted(found, key=lambda error: error.code)


def sample(error: type[ElkkError]) -> ElkkError:
    """Return an instance with some facts in it."""
    hints = typing.get_type_hints(error)
    facts: dict[str, Any] = {
        fact.name: SAMPLES.get(hints[fact.name], ()) for fact in attrs.fields(error)
    }
    return error(**facts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", errors(), ids=lambda error: error.code)
def test_every_error_has_a_sentence(error: type[ElkkError], language: str) -> None:
    """Each typed error has words of its own in each language, and they fit its facts."""
    said = sentence(sample(error), language, to_operator=True)

    assert is_known(error.code, language)
    assert "{" not in str(said)
    assert str(said) != str(sentence(ElkkError(), language))


def test_codes_are_unique() -> None:
    """No two errors share a code, or one would be told by the words of the other."""
    codes = [error.code for error in errors()]

    assert sorted(set(codes)) == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_households_and_operators_share_the_errors_of_the_core(language: str) -> None:
    """Whatever a page can meet has words for households; only files and commands have not."""
    everybody = {"ru": RUSSIAN, "en": ENGLISH}[language]
    unknown = {error.code for error in errors()} - set(everybody)

    assert set() == {
        code for code in unknown if not code.startswith(("content.", "files.", "cli."))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_outlives_its_error(language: str) -> None:
    """The catalogues hold no words for errors that are gone."""
    codes = {error.code for error in errors()} | {"elkk"}
    everybody = {"ru": RUSSIAN, "en": ENGLISH}[language]

    assert set() == set(everybody) - codes
    assert set() == set(FOR_OPERATORS[language]) - codes


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        (1, "Осталось: 1\N{NO-BREAK SPACE}попытка."),
        (3, "Осталось: 3\N{NO-BREAK SPACE}попытки."),
        (5, "Осталось: 5\N{NO-BREAK SPACE}попыток."),
        (11, "Осталось: 11\N{NO-BREAK SPACE}попыток."),
        (21, "Осталось: 21\N{NO-BREAK SPACE}попытка."),
        (112, "Осталось: 112\N{NO-BREAK SPACE}попыток."),
    ],
)
def test_russian_counts_as_russians_do(tries: int, expected: str) -> None:
    """A noun takes the form that its number asks for."""
    assert expected == sentence(WrongCode(tries), "ru").mend


def test_english_has_one_and_many() -> None:
    """English knows two forms of a noun."""
    assert "1\N{NO-BREAK SPACE}try left." == sentence(WrongCode(1), "en").mend
    assert "At least 8\N{NO-BREAK SPACE}characters" == sentence(PasswordTooShort(8), "en").text


def test_moments_are_told_by_the_clock_of_the_reader() -> None:
    """A moment is given in the time zone that the edge asks for."""
    error = TooManyCodes(datetime(2026, 11, 22, 21, 30, tzinfo=UTC))

    assert "23.11.2026 00:30" in sentence(error, "ru").mend
    assert "22.11.2026 21:30" in sentence(error, "ru", time_zone="UTC").mend


def test_figures_are_written_in_the_manner_of_the_language() -> None:
    """Thousands are grouped, and the decimal sign is the language's."""
    error = RolloverNotConfirmed(Decimal("99990.5"), Decimal(20))

    assert "99\N{NO-BREAK SPACE}990,5" in sentence(error, "ru").text
    assert "99,990.5" in sentence(error, "en").text


@pytest.mark.parametrize(
    ("kopecks", "language", "written"),
    [
        (-255, "ru", "\N{MINUS SIGN}2,55"),
        (-50, "ru", "\N{MINUS SIGN}0,50"),
        (123_456_700, "ru", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,00"),
        (-255, "en", "\N{MINUS SIGN}2.55"),
    ],
)
def test_amounts_keep_their_kopecks(kopecks: int, language: str, written: str) -> None:
    """An amount of money is told with both digits of its kopecks, and with its sign."""
    assert written in sentence(BillDoesNotAddUp(Money(kopecks)), language).text


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "зона круглосуточный"), ("en", "zone all day")]
)
def test_zones_are_told_by_name(language: str, name: str) -> None:
    """A zone of the day is told as people call it."""
    assert name in sentence(ReadingMissing("011789", Zone.ALL_DAY), language).text


def test_an_unknown_language_is_answered_in_russian() -> None:
    """Whoever asks for another language gets the first one and not an error."""
    error = PasswordTooShort(8)

    assert sentence(error, "ru") == sentence(error, "de")


def test_an_unknown_error_is_told_plainly() -> None:
    """An error of somebody else's plug-in is told without its inner facts."""

    @attrs.define
    class Foreign(Rejected):
        code: typing.ClassVar[str] = "foreign.error"
        secret: str

    said = str(sentence(Foreign("s3cret"), "en"))

    assert "Something went wrong. Please try again a little later." == said


def test_a_list_of_faults_is_told_by_what_to_do() -> None:
    """The sentence of a refused form or file leaves the faults to whoever lists them."""
    assert "Correct the marked fields." == sentence(FormRejected(()), "en").mend
    assert "whole file" in sentence(BatchRejected(()), "en").mend
