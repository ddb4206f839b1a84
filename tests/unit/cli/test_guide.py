"""What operators read: the help of each command, and the guide."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from elkk_adapters.files import columns_of
from elkk_cli.main import main
from elkk_core.accounts import SuppliedAccount
from elkk_core.billing import (
    SuppliedBenefit,
    SuppliedBill,
    SuppliedEstimateRule,
    SuppliedLawRow,
    SuppliedPayment,
)
from elkk_core.metering import SuppliedGap, SuppliedMeter, SuppliedNorm, SuppliedReading
from elkk_core.tariffs import SuppliedRate

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "operators.md").read_text()
FILES = {
    "tariff publish": SuppliedRate,
    "import accounts": SuppliedAccount,
    "import meters": SuppliedMeter,
    "import norms": SuppliedNorm,
    "import benefits": SuppliedBenefit,
    "import readings": SuppliedReading,
    "import gaps": SuppliedGap,
    "import bills": SuppliedBill,
    "import estimate-rules": SuppliedEstimateRule,
    "law import": SuppliedLawRow,
    "import payments": SuppliedPayment,
}


@pytest.mark.parametrize("command", FILES)
def test_columns_of_files(command: str) -> None:
    """Every column of a file stands in the help of its command, and in the guide."""
    result = CliRunner().invoke(main, [*command.split(), "--help"])
    helped = set(re.findall(r"^ {4}(\w+) ", result.stdout, flags=re.MULTILINE))
    section = GUIDE.partition(f"### `elkk {command}`\n")[2].partition("\n#")[0]
    guided = set(re.findall(r"`(\w+)`", section))

    columns = {name for name, _required in columns_of(FILES[command])}
    assert columns <= helped
    assert columns <= guided


def test_settings() -> None:
    """Every setting of the environment stands in the guide."""
    source = (ROOT / "src" / "elkk_adapters" / "settings.py").read_text()
    settings = set(re.findall(r'"(ELKK_\w+)"', source))

    assert settings <= set(re.findall(r"`(ELKK_\w+)`", GUIDE))


def test_commands_of_the_guide() -> None:
    """Every command that the guide names exists."""
    named = set(re.findall(r"`elkk ((?:[a-z-]+ ?)+)", GUIDE))

    for words in named:
        result = CliRunner().invoke(main, [*words.split()[:2], "--help"])
        assert 0 == result.exit_code, words
