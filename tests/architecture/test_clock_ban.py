"""Nobody but elkk_adapters.system reads the machine's clock."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


def found_by_ruff(*, path: str, line: str) -> bool:
    """Return whether ruff refuses *line* as reading the clock, were it in the file at *path*."""
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"]
    report = subprocess.run(
        [*ruff, f"--stdin-filename={path}", "-"],
        cwd=CHECKOUT,
        input=f"import datetime\n\nprint({line})\n",
        capture_output=True,
        text=True,
        check=False,
    )
    return "TID251" in report.stdout


@pytest.mark.parametrize(
    "line",
    [
        "datetime.datetime.now(datetime.UTC)",
        "datetime.datetime.utcnow()",
        "datetime.datetime.today()",
        "datetime.date.today()",
    ],
)
def test_clock_is_read_in_one_room(line: str) -> None:
    """The line passes in the room of the clock and is refused anywhere else."""
    assert not found_by_ruff(path="src/elkk_adapters/system/clock.py", line=line)
    assert found_by_ruff(path="src/elkk_core/billing/model.py", line=line)
    assert found_by_ruff(path="src/elkk_web/pages.py", line=line)
