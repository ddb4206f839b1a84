"""What happened to an account, as a sheet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from elkk_adapters.sentences import history_sheet
from elkk_core.billing import HistoryMonth, RecordedReading
from elkk_core.metering import ReadingSource
from elkk_core.shared import Money
from elkk_core.testing.builders import (
    JANUARY,
    a_payment,
    a_reading,
    an_invoice,
    an_issued_invoice,
)

MOSCOW = "Europe/Moscow"


def month(**changes: Any) -> HistoryMonth:
    """Return a month in which nothing happened but *changes*."""
    nothing = HistoryMonth(month=JANUARY, readings=(), invoices=(), payments=())
    return evolve(nothing, **changes)


def rows(found: HistoryMonth, language: str = "ru") -> list[dict[str, str]]:
    """Return the rows of a month by the names of their columns, without what is empty."""
    names, *lines = history_sheet([found], language, time_zone=MOSCOW)
    return [{name: cell for name, cell in zip(names, line, strict=True) if cell} for line in lines]


def test_reading_has_its_meter_zone_and_kind() -> None:
    """With a comma, as Russian spreadsheets read it."""
    reading = a_reading(value=Decimal("14323.5"), source=ReadingSource.CUSTOMER)
    found = rows(month(readings=(RecordedReading(meter_number="8123", reading=reading),)))

    assert [
        {
            "Месяц": "01.2020",
            "Дата": "13.01.2020",
            "Событие": "Показания",
            "Счетчик": "8123",
            "Зона": "круглосуточный",
            "Показание": "14323,5",
            "Примечание": "переданы Вами",
        }
    ] == found


def test_corrected_reading_says_so() -> None:
    """Both stay, and neither is taken for the other."""
    first = a_reading(source=ReadingSource.CUSTOMER)
    second = evolve(first, corrects=first.reading_id)
    found = rows(
        month(
            readings=(
                RecordedReading(meter_number="1", reading=first, is_corrected=True),
                RecordedReading(meter_number="1", reading=second),
            )
        )
    )

    assert ["переданы Вами, исправлено", "переданы Вами, исправление"] == [
        row["Примечание"] for row in found
    ]


def test_bill_is_followed_by_its_lines() -> None:
    """The lines add up to what the bill charges."""
    bill = an_issued_invoice()
    head, *lines = rows(month(invoices=(bill,)), "en")

    assert ("Bill", bill.number) == (head["Event"], head["Document"])
    assert f"{bill.closing.roubles:.2f}" == head["Amount, roubles"]
    assert {"Line of the bill"} == {line["Event"] for line in lines}
    assert bill.charged.roubles == sum(Decimal(line["Amount, roubles"]) for line in lines)


def test_overpayment_has_a_minus() -> None:
    """And the remark says what the figure is."""
    (head, _) = rows(month(invoices=(an_invoice(),)))

    assert ("-2,55", "итого переплата") == (head["Сумма, руб."], head["Примечание"])


def test_payment_has_its_day_and_amount() -> None:
    """A payment counts in the month in which it came."""
    (paid,) = rows(
        month(payments=(a_payment(received_on=date(2020, 1, 12), amount=Money(66560)),)), "en"
    )

    assert ("2020-01-12", "Payment", "665.60") == (
        paid["Date"],
        paid["Event"],
        paid["Amount, roubles"],
    )


@pytest.mark.parametrize("number", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1"])
def test_no_cell_is_taken_for_a_formula(number: str) -> None:
    """Whatever stands in the books, a spreadsheet shows it and computes nothing."""
    (found,) = rows(month(readings=(RecordedReading(meter_number=number, reading=a_reading()),)))

    assert f"'{number}" == found["Счетчик"]
