"""How the command line speaks."""

from contextlib import nullcontext
from decimal import Decimal

import pytest
from rich.progress import Progress, TaskID

from elkk_cli.desk import Desk, Pace, language_of
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


class TestPace:
    @pytest.mark.parametrize(
        ("language", "told"),
        [("ru", "1\N{NO-BREAK SPACE}000 в секунду, до "), ("en", "1,000 a second, until ")],
    )
    def test_rate_and_end(self, language: str, told: str) -> None:
        """Long work tells how many steps it does a second, and when it ends."""
        bar, task, seconds = _watched(desk(language))
        for done in (1000, 2000, 3000):
            seconds.append(done / 1000)
            bar.update(task, completed=done)

        shown = str(Pace(desk(language)).render(bar.tasks[0]))
        assert told == shown[:-8]
        assert [2, 5] == [place for place, sign in enumerate(shown[-8:]) if sign == ":"]

    def test_nothing_to_tell_of_at_first(self) -> None:
        """Before anything is done there is no rate."""
        bar, _, _ = _watched(desk("en"))

        assert "" == str(Pace(desk("en")).render(bar.tasks[0]))


def _watched(at: Desk) -> tuple[Progress, TaskID, list[float]]:
    """Return a bar with a task of 10 000 steps, and the seconds by which it counts."""
    seconds = [0.0]
    bar = Progress(Pace(at), get_time=lambda: seconds[-1])
    return bar, bar.add_task("", total=10_000), seconds
