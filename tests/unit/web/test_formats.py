"""Figures and dates look as people of the language write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from elkk_core.metering import ReadingSource
from elkk_core.shared import Money, Month, Zone
from elkk_web import formats
from elkk_web.languages import SourceBabel

NBSP = formats.NBSP


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    """Let every test speak Russian, unless it asks for another language."""
    app = Flask(__name__)
    SourceBabel(app, default_locale="ru", default_timezone="Europe/Samara")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("kopecks", "expected"),
    [
        (0, f"0,00{NBSP}₽"),
        (150000, f"1{NBSP}500,00{NBSP}₽"),
        (-255, f"{formats.MINUS}2,55{NBSP}₽"),
        (123456789, f"1{NBSP}234{NBSP}567,89{NBSP}₽"),
    ],
)
def test_money(kopecks: int, expected: str) -> None:
    """Money has two decimals, groups of thousands and its sign, and never breaks a line."""
    assert expected == formats.money(Money(kopecks))


def test_money_in_english() -> None:
    """English readers expect commas between thousands."""
    with force_locale("en"):
        assert f"1,500.00{NBSP}₽" == formats.money(Money(150000))


def test_volume_and_rate() -> None:
    """Volumes and rates carry their units, and no more decimals than they have."""
    assert f"14{NBSP}323{NBSP}кВт·ч" == formats.kwh(Decimal("14323.0"))
    assert f"232,5{NBSP}кВт·ч" == formats.kwh(Decimal("232.5"))
    assert f"2,77{NBSP}руб./кВт·ч" == formats.rate(Decimal("2.77"))
    assert "2,7750" != formats.bare_rate(Decimal("2.775"))
    assert "2,775" == formats.bare_rate(Decimal("2.775"))


def test_dates_in_russian() -> None:
    """A day stands in the genitive, a month in the nominative."""
    assert f"13{NBSP}января{NBSP}2020" == formats.day(date(2020, 1, 13))
    assert "13.01.2020" == formats.short_day(date(2020, 1, 13))
    assert f"январь{NBSP}2020" == formats.month(Month(2020, 1))
    assert f"Январь{NBSP}2020" == formats.month_title(Month(2020, 1))


def test_dates_in_english() -> None:
    """English dates are British: the day first."""
    with force_locale("en"):
        assert f"13{NBSP}January{NBSP}2020" == formats.day(date(2020, 1, 13))
        assert "13/01/2020" == formats.short_day(date(2020, 1, 13))
        assert f"January{NBSP}2020" == formats.month_title(Month(2020, 1))


def test_a_moment_is_told_by_the_clock_of_the_cabinet() -> None:
    """Late in the evening of UTC it is the next day in Samara."""
    assert "23 ноября 2026, 01:30" == formats.moment(datetime(2026, 11, 22, 21, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день"), (23, "23 дня")],
)
def test_days_are_counted(number: int, expected: str) -> None:
    """The noun takes the form that its number asks for, alone as well."""
    assert expected == formats.days(number)
    assert expected.split()[1] == formats.days_word(number)


def test_days_in_english() -> None:
    """English knows one day and many days."""
    with force_locale("en"):
        assert ["1 day", "19 days"] == [formats.days(1), formats.days(19)]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "за последний 1 месяц"),
        (3, "за последние 3 месяца"),
        (6, "за последние 6 месяцев"),
    ],
)
def test_months_are_counted(number: int, expected: str) -> None:
    """Russian counts months as it counts days."""
    assert expected == formats.last_months(number)


def test_a_phone_is_masked_in_the_middle() -> None:
    """The owner knows the number by its ends; nobody else can call it."""
    assert f"+7{NBSP}(916){NBSP}•••-••-67" == formats.masked_phone("+79161234567")
    assert f"+7{NBSP}(916){NBSP}123-45-67" == formats.phone("+79161234567")


def test_a_foreign_phone_is_masked_too() -> None:
    """A number of another plan keeps its first and last digits only."""
    assert "+37•••••••67" == formats.masked_phone("+37411223367")
    assert "+37411223367" == formats.phone("+37411223367")


def test_every_zone_and_source_has_a_name() -> None:
    """No screen ever shows the code of a zone or of who took a reading."""
    names = [formats.zone(zone) for zone in Zone] + [formats.source(it) for it in ReadingSource]

    # One rate for all the day is called «день» too: no meter has both.
    assert len(Zone) + len(ReadingSource) - 1 == len(set(names))
    assert not [name for name in names if name.isascii()]


def test_a_category_of_a_supplier_stands_for_itself() -> None:
    """Known categories have names, others are shown as the supplier wrote them."""
    assert "Сельское население" == formats.category("rural")
    assert "Садоводы" == formats.category("Садоводы")
