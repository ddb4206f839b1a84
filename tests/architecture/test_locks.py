"""The locks install what they say, from wherever pip looks."""

import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
LOCKS = sorted(path.name for path in (CHECKOUT / "requirements").glob("*.lock"))
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)(?:\[[^]]*\])?==(?P<version>\S+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    text = (CHECKOUT / "requirements" / lock).read_text("utf-8")
    return {match["name"]: match["version"] for match in PIN.finditer(text)}


def names(requirements: list[str]) -> set[str]:
    """Return the normalised names that requirements begin with, elkk itself left out."""
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {match[0].lower().replace("_", "-") for match in found if match} - {"elkk"}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place(lock: str) -> None:
    """A lock holds no index, host, path or option, so that it installs from anywhere."""
    lines = (CHECKOUT / "requirements" / lock).read_text("utf-8").splitlines()
    foreign = [
        line
        for line in lines
        if not re.match(r"\s*#|\s+--hash=sha256:[0-9a-f]{64}( \\)?$", line) and not PIN.match(line)
    ]

    assert [] == foreign


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_every_requirement(lock: str) -> None:
    """What the core and the cabinet need is pinned in every lock."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = project["dependencies"] + extras["sql"] + extras["web"]
    needed += extras["documents"] + extras["cli"]

    assert set() == names(needed) - pins(lock).keys()


def test_cabinet_is_developed_on_what_it_runs_on() -> None:
    """The lock for development pins the same versions as the lock for running."""
    demo, dev = pins("demo.lock"), pins("dev.lock")

    assert demo == {name: dev.get(name) for name in demo}
