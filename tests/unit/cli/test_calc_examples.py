"""The examples of docs/calculators.md print what they say."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from elkk_cli.commands.calc import calc, qr
from elkk_cli.main import main

PAGE = (Path(__file__).parents[3] / "docs" / "calculators.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\$ elkk (.+) <<< '(.+)'\n(.+)$", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "given", "printed"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES]
)
def test_example(arguments: str, given: str, printed: str) -> None:
    """Each command of the page answers as the page shows."""
    result = CliRunner().invoke(main, arguments.split(), input=given)

    assert printed == result.stdout.rstrip("\n")


def test_no_calculator_without_an_example() -> None:
    """The page shows every calculator."""
    names = {f"calc {name}" for name in calc.commands if name != "qr"}
    shown = {arguments.removeprefix("--lang en ") for arguments, _, _ in EXAMPLES}

    assert names | {f"calc qr {name}" for name in qr.commands} == shown
