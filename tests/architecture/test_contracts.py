"""The import rules of pyproject.toml hold, and each of them bites."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}

# What breaks a contract: the file that is added or lengthened, and the line that it gets.
BREACHES: list[tuple[str, Mapping[str, str]]] = [
    ("packages", {"elkk_cli/breach.py": "import elkk_web"}),
    ("packages", {"elkk_web/breach.py": "import elkk_cli"}),
    ("packages", {"elkk_core/shared/zones.py": "import elkk_adapters"}),
    ("sandbox", {"elkk_sandbox/breach.py": "import elkk_core"}),
    ("contexts", {"elkk_core/forecasts.py": "# A context that nobody has placed."}),
    ("contexts", {"elkk_core/metering/errors.py": "import elkk_core.tariffs.errors"}),
    ("contexts", {"elkk_core/identity/errors.py": "import elkk_core.billing.errors"}),
    ("inside-a-context", {"elkk_core/tariffs/helpers.py": "# A drawer for anything."}),
    ("inside-a-context", {"elkk_core/identity/errors.py": "import elkk_core.identity.events"}),
    ("inside-shared", {"elkk_core/shared/utils.py": "# A drawer for anything."}),
    ("inside-shared", {"elkk_core/shared/ids.py": "import elkk_core.shared.money"}),
    ("inside-testing", {"elkk_core/testing/tools.py": "# A drawer for anything."}),
    (
        "inside-testing",
        {"elkk_core/testing/builders.py": "import elkk_core.testing.strategies"},
    ),
    (
        "use-cases",
        {
            "elkk_core/identity/use_cases/first.py": "import elkk_core.identity.use_cases.second",
            "elkk_core/identity/use_cases/second.py": "# A use case.",
        },
    ),
    ("lower-contexts", {"elkk_core/billing/errors.py": "import elkk_core.accounts.ports"}),
    ("technology", {"elkk_core/shared/zones.py": "import os"}),
    ("technology", {"elkk_core/shared/zones.py": "import cattrs"}),
    ("test-tools", {"elkk_cli/breach.py": "import hypothesis"}),
    ("test-tools", {"elkk_web/breach.py": "import elkk_core.testing"}),
    ("adapters", {"elkk_adapters/cupboard.py": "# A room that nobody has placed."}),
    ("adapters", {"elkk_adapters/messaging/breach.py": "import elkk_adapters.sql"}),
    ("sqlalchemy", {"elkk_adapters/durable/breach.py": "import sqlalchemy"}),
    ("sqlalchemy", {"elkk_cli/breach.py": "import sqlalchemy"}),
    (
        "cycles",
        {
            "elkk_web/first.py": "import elkk_web.second",
            "elkk_web/second.py": "import elkk_web.first",
        },
    ),
]


def broken_contracts(checkout: Path) -> set[str]:
    """Return the ids of the contracts that import-linter finds broken in *checkout*."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    report = subprocess.run(
        [sys.executable, "-c", script, "--no-cache", "--no-logo"],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = {
        key: verdict
        for key, name in CONTRACTS.items()
        for verdict in ("KEPT", "BROKEN")
        if f"{name} {verdict}" in report.stdout
    }
    assert CONTRACTS.keys() == verdicts.keys(), report.stdout + report.stderr
    return {key for key, verdict in verdicts.items() if verdict == "BROKEN"}


@pytest.fixture(name="scratch_copy")
def copy_of_the_checkout(tmp_path: Path) -> Path:
    """Return a copy of the sources and their rules that a test may spoil."""
    python_alone = shutil.ignore_patterns("__pycache__", "static", "templates", "translations")
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=python_alone)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    """The sources keep every contract."""
    assert set() == broken_contracts(CHECKOUT)


def test_every_contract_has_a_breach() -> None:
    """No contract goes without a case that breaks it."""
    assert CONTRACTS.keys() == {contract for contract, _ in BREACHES}


@pytest.mark.parametrize(
    ("contract", "breach"),
    BREACHES,
    ids=[f"{contract}: {dict(breach)}" for contract, breach in BREACHES],
)
def test_contract_bites(scratch_copy: Path, contract: str, breach: Mapping[str, str]) -> None:
    """A breach is reported as the breach of exactly that contract."""
    for path, line in breach.items():
        with (scratch_copy / "src" / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")

    assert {contract} == broken_contracts(scratch_copy)
