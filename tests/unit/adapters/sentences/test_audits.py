"""What `elkk doctor` tells of rules and findings."""

import pytest

from elkk_adapters.sentences import LANGUAGES, tell_finding, tell_rule
from elkk_core.billing import Check, Difference, Finding
from elkk_core.shared import Money


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", Check)
def test_every_check_is_told(check: Check, language: str) -> None:
    """Each has a rule, a way out, and a sentence that names the place; no two have the same rule."""
    told = tell_rule(check, language)
    finding = Finding(
        check=check,
        account="680012345678",
        document="TSNA-2020-000001",
        line=2,
        what=Difference.VAT,
        stands=Money(150000),
        expected=Money(-255),
    )

    others = {tell_rule(other, language).rule for other in Check if other is not check}
    assert told.rule not in others
    assert told.mend.endswith(".")
    assert "TSNA-2020-000001" in tell_finding(finding, language)


def test_finding_in_russian() -> None:
    """Amounts are written as in the cabinet, and what is not there is called so."""
    finding = Finding(
        check=Check.RECEIPTS,
        account="680012345678",
        document="СУИП 1",
        stands=None,
        expected=Money(150000),
    )

    expected = (
        "680012345678, платеж СУИП 1: проведено: ничего, получено: 1\N{NO-BREAK SPACE}500,00 руб."
    )
    assert expected == tell_finding(finding, "ru")


def test_finding_in_english() -> None:
    """What differs is named."""
    finding = Finding(
        check=Check.AMOUNTS,
        account="680012345678",
        document="TSNA-2020-000001",
        line=2,
        what=Difference.VOLUME,
        stands="232",
        expected="231",
    )

    expected = "680012345678, bill TSNA-2020-000001, line 2, volume: 232, anew 231"
    assert expected == tell_finding(finding, "en")
