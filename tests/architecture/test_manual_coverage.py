"""docs/manual-coverage.md tells the truth about the tests."""

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
STATES = {
    match["id"]: match["state"]
    for match in re.finditer(
        r"^\| (?P<id>\d\S*) \| .* \| (?P<state>done|part: [^|]+|later) \|$",
        (CHECKOUT / "docs/manual-coverage.md").read_text("utf-8"),
        re.MULTILINE,
    )
}
MARKED = {
    id_
    for path in (CHECKOUT / "tests").rglob("test_*.py")
    for mark in re.findall(r"mark\.manual\(([^)]*)\)", path.read_text("utf-8"))
    for id_ in re.findall(r'"([^"]+)"', mark)
}


def test_every_row_has_a_state() -> None:
    """Each row of the tables says done, part or later."""
    table = (CHECKOUT / "docs/manual-coverage.md").read_text("utf-8")

    assert len(STATES) == len(re.findall(r"^\| \d", table, re.MULTILINE))


@pytest.mark.parametrize("id_", [id_ for id_, state in STATES.items() if state != "later"])
def test_row_is_shown_by_a_test(id_: str) -> None:
    """What is done, or done in part, is shown by a test that carries its number."""
    assert id_ in MARKED


def test_marks_name_rows() -> None:
    """A test carries no number that the manual does not have."""
    assert set() == MARKED - STATES.keys()
