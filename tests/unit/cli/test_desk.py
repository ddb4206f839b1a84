"""How the command line speaks."""

from contextlib import nullcontext
from decimal import Decimal

import pytest

from elkk_cli.desk import Desk, language_of
from elkk_core.shared import Money


def desk(language: str) -> Desk:
    """Return a desk whose application nobody opens."""
    return Desk(open_application=nullcontext, language=language)  # type: ignore[arg-type]


class TestLanguage:
    @pytest.mark.parametrize(
        ("environ", "language"),
        [
            ({"LANG": "en_US.UTF-8"}, "en"),
            ({"LANG": "ru_RU.UTF-8"}, "ru"),
            ({"LANG": "de_DE.UTF-8"}, "ru"),
            ({"LANG": "C.UTF-8"}, "ru"),
            ({}, "ru"),
            ({"LC_ALL": "en_GB", "LANG": "ru_RU.UTF-8"}, "en"),
            ({"LC_ALL": "", "LC_MESSAGES": "ru_RU", "LANG": "en_US"}, "ru"),
        ],
    )
    def test_language_of_locale(self, environ: dict[str, str], language: str) -> None:
        """The locale's language is spoken if we know it, and Russian if we do not."""
        assert language == language_of(environ)


class TestFigures:
    @pytest.mark.parametrize(
        ("language", "written"),
        [("ru", "-1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,80"), ("en", "-1,234,567.80")],
    )
    def test_money(self, language: str, written: str) -> None:
        """Amounts are written as people of the language write them."""
        assert written == desk(language).money(Money.parse("-1234567,8"))

    @pytest.mark.parametrize(("language", "written"), [("ru", "2,77"), ("en", "2.77")])
    def test_rates(self, language: str, written: str) -> None:
        """A rate keeps the decimals that it was published with."""
        assert written == desk(language).number(Decimal("2.77"))


class TestFacts:
    def test_facts_without_value_are_left_out(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Values stand below each other, and an empty one is not shown."""
        desk("en").facts([("Name", "Anna"), ("Phone", ""), ("Identifier", "7")])

        assert "Name:       Anna\nIdentifier: 7\n" == capsys.readouterr().out
