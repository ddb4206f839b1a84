"""Another team can take the core alone: it needs attrs and nothing else."""

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"

IMPORT_THE_CORE = """
import importlib, importlib.metadata, json, pathlib, sys
installed = set(importlib.metadata.packages_distributions())
before = set(sys.modules)
import elkk_core
sources = pathlib.Path(elkk_core.__file__).parent
for path in sources.rglob("*.py"):
    module = ".".join(path.relative_to(sources.parent).with_suffix("").parts)
    if not module.startswith("elkk_core.testing"):
        importlib.import_module(module.removesuffix(".__init__"))
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps(sorted(loaded & (installed | {"elkk_core"}))))
"""


def test_distribution_requires_attrs_alone() -> None:
    """Installing elkk without extras brings attrs and nothing else."""
    requirements = importlib.metadata.requires("elkk") or []
    names = [re.split(r"\W", line)[0] for line in requirements if "extra ==" not in line]

    assert ["attrs"] == names


def test_core_loads_attrs_alone() -> None:
    """Importing all of the core, but its test kit, loads attrs and Python's own modules."""
    report = subprocess.run(
        [sys.executable, "-I", "-c", IMPORT_THE_CORE],
        capture_output=True,
        text=True,
        check=True,
    )

    assert {"attr", "elkk_core"} == set(json.loads(report.stdout)) - {"attrs"}


def test_packages_are_typed() -> None:
    """Every package tells type checkers that it is annotated."""
    packages = {path.parent for path in SOURCES.glob("*/__init__.py")}

    assert {package / "py.typed" for package in packages} == set(SOURCES.glob("*/py.typed"))
