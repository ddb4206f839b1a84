"""How a calculator is asked and answers: JSON objects in, results in their places out."""

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

import click

from elkk_adapters.sentences import sentence
from elkk_cli import failures
from elkk_cli.desk import Desk, pass_desk
from elkk_cli.given import (
    Misgiven,
    load,
)
from elkk_core.shared import ElkkError

Result = dict[str, Any]
Calculator = Callable[[Any, Desk], Result]

_UNROUNDED_DECIMALS = 10


@click.group()
def calc() -> None:
    """Work out charges, estimates, penalties, payment codes and control digits.

    Every calculator reads one JSON object, or an array of them, from a file or standard input, and
    prints its result, or an array of results in the same order. Amounts, quantities and rates are
    strings; a null or a missing key means the default; unknown keys are refused. What is wrong with
    an object is told in its place: {"error": {"code", "text", "where"}}. No database is needed.

    Exit status: 0 all objects are good, 1 at least one is not.

    \b
    Example:
      echo '{"period": "2026-03"}' | elkk calc due-day
    """


@calc.group()
def qr() -> None:
    """Build and read payment QR codes (ГОСТ Р 56042-2014)."""


def calculator(group: click.Group, name: str) -> Callable[[Calculator], Calculator]:
    """Make a command of a function from an object to a result; its docstring is the help."""

    def register(calculate: Calculator) -> Calculator:
        @group.command(name=name, help=calculate.__doc__)
        @click.argument("file", type=click.File("rb"), default="-", help="JSON; - is the input.")
        @pass_desk
        def command(desk: Desk, file: BinaryIO) -> None:
            answers, are_many = _answers(calculate, file.read(), desk)
            printed = json.dumps(answers if are_many else answers[0], ensure_ascii=False)
            # Half a character that was given escaped is given back escaped.
            click.echo(printed.encode("utf-8", "backslashreplace").decode("utf-8"))
            if any("error" in answer for answer in answers):
                click.get_current_context().exit(failures.REFUSED)

        return calculate

    return register


def _answers(calculate: Calculator, data: bytes, desk: Desk) -> tuple[list[Result], bool]:
    """Return the result for each object, and whether an array was given."""
    try:
        given = load(data)
    except ElkkError as error:
        return [_refusal(error, "", desk)], False
    if isinstance(given, list):
        return [_answer(calculate, value, desk) for value in given], True
    return [_answer(calculate, given, desk)], False


def _answer(calculate: Calculator, value: Any, desk: Desk) -> Result:
    try:
        return calculate(value, desk)
    except Misgiven as found:
        return _refusal(found.error, found.place, desk)
    except ElkkError as error:
        return _refusal(error, "", desk)


def _refusal(error: ElkkError, place: str, desk: Desk) -> Result:
    said = sentence(error, desk.language, to_operator=True)
    return {"error": {"code": error.code, "text": str(said), "where": place}}


# How figures are written


def plain(value: Decimal) -> str:
    """Return a number without an exponent and without needless zeros."""
    return f"{value.normalize():f}"


def unrounded(value: Fraction) -> str:
    """Return a fraction of roubles with far more decimals than a kopeck has."""
    scaled = int(value * 10**_UNROUNDED_DECIMALS + Fraction(1, 2))
    return plain(Decimal(scaled).scaleb(-_UNROUNDED_DECIMALS))
