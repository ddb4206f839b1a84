"""Benchmarks measure what they say they measure."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from benchmarks.kit.bills import bills_of
from benchmarks.kit.population import STEADY_AFTER, Household

from elkk_core.billing import Invoice, LineKind, VolumeDerivation

_WHOLE_TOWN = 1_000
_STORED = 12


def _traits(invoice: Invoice) -> set[str]:
    """Return what a bill counts as."""
    volumes = [
        line.derivation for line in invoice.lines if isinstance(line.derivation, VolumeDerivation)
    ]
    traits = {line.kind.value for line in invoice.lines if line.kind is not LineKind.RECALCULATION}
    if len({volume.zone for volume in volumes}) > 1:
        traits.add("two zones")
    if any(volume.range_number > 1 for volume in volumes):
        traits.add("over a range")
    return traits


@pytest.mark.parametrize("passed", [STEADY_AFTER, _STORED])
def test_households_are_those_that_are_described(passed: int) -> None:
    """In the months measured 70, 25 and 5 % are billed in three ways, 30 and 20 % as described."""
    found: Counter[str] = Counter()
    for place in range(_WHOLE_TOWN):
        *_, latest = bills_of(Household(place), passed + 1)
        found.update(_traits(latest.invoice))
    over = found.pop("over a range")

    assert {"metered": 700, "average": 250, "norm": 50, "two zones": 300, "penalty": 200} == found
    assert over == pytest.approx(200, abs=30)


def test_billing_run_is_measured() -> None:
    """The benchmark of the billing run bills month after month, and finds its floor."""
    program = [sys.executable, "-m", "benchmarks.billing_run", "100"]
    given = ["--database", "sqlite", "--months", str(STEADY_AFTER + 1), "--json"]
    done = subprocess.run([*program, *given], check=True, capture_output=True, text=True)
    (figures,) = json.loads(done.stdout)["figures"].values()

    assert STEADY_AFTER + 1 == len(figures["month by month: bills a second"])
    assert figures["bills a second"] > 0
    assert figures["time of the run, in floors"] > 0
