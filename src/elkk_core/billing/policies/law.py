"""What acts fix with effective dates: one object with all the tables that a bill is made by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from elkk_core.billing import errors
from elkk_core.billing.policies.due_days import DUE_DAYS
from elkk_core.billing.policies.key_rates import PENALTY_RATES
from elkk_core.billing.policies.penalties import (
    MORATORIA,
    PENALTY_CAPS,
    PenaltyCap,
)
from elkk_core.shared.periods import Period
from elkk_core.shared.texts import read_date, read_decimal, read_whole
from elkk_core.shared.timelines import Timeline
from elkk_core.tariffs.policies import VAT_RATES, check_vat_rate

_LAST_SHORT_MONTH_DAY = 28


class LawTable(StrEnum):
    """A table that an operator keeps up to date by a file."""

    KEY_RATES = "key-rates"
    PENALTY_CAPS = "penalty-caps"
    MORATORIA = "moratoria"
    DUE_DAYS = "due-days"
    VAT_RATES = "vat-rates"

    @property
    def rows_end(self) -> bool:
        """Whether a row has a last day; else it stands until the next one."""
        return self in _WITH_END

    @property
    def rows_have_values(self) -> bool:
        """Whether a row has a value; else it tells of its days alone."""
        return self not in _WITHOUT_VALUE


@frozen(kw_only=True)
class LawRow:
    """A row of a table: *value* from *first_day* on, or up to and with *last_day*.

    Rates are in per cent, due days are days of the month after the period. Caps and moratoria have a
    last day and moratoria no value; in the other tables a row stands until the next one.
    """

    first_day: date
    last_day: date | None = None
    value: Decimal | None = None


@frozen(kw_only=True)
class Law:
    """The tables in force: those of this release unless an operator has replaced them.

    *key_rates* are the rates that penalties are a share of (ЖК РФ ст. 155 ч. 14), the refinancing
    rate before 2016.
    """

    key_rates: Timeline[Decimal] = PENALTY_RATES
    penalty_caps: tuple[PenaltyCap, ...] = PENALTY_CAPS
    moratoria: tuple[Period, ...] = MORATORIA
    due_days: Timeline[int] = DUE_DAYS
    vat_rates: Timeline[Decimal] = VAT_RATES

    def rows(self, table: LawTable) -> tuple[LawRow, ...]:
        """Return a table as rows, by date."""
        return _ROWS[table](self)

    def replace(self, table: LawTable, rows: Iterable[LawRow]) -> "Law":
        """Return the law with another table in place of the one in force.

        Raises:
            LawRowWrong: If a row has a value or a last day where none belongs, or lacks one.
            LawTableWrong: If the table is empty, or a day is in it twice.
        """
        kept = sorted(rows, key=lambda row: row.first_day)
        for row in kept:
            check_row(table, row)
        starts = [row.first_day for row in kept]
        if not kept or len(set(starts)) < len(starts):
            raise errors.LawTableWrong(table)
        return _REPLACED[table](self, kept)


# Rows


def check_row(table: LawTable, row: LawRow) -> None:
    """Refuse a row that cannot stand in *table*.

    Raises:
        LawRowWrong: If it has a value or a last day where none belongs, or lacks one, or the value
            cannot be.
        DatesOutOfOrder: If its last day comes before the first.
    """
    if (row.last_day is None) == table.rows_end:
        raise errors.LawRowWrong(table, "last_day")
    if (row.value is None) == table.rows_have_values:
        raise errors.LawRowWrong(table, "value")
    if row.last_day is not None:
        if row.last_day == date.max:
            # No day follows it, and a period ends with the day after.
            raise errors.LawRowWrong(table, "last_day")
        Period.inclusive(row.first_day, row.last_day)
    if row.value is None:
        return
    if table is LawTable.VAT_RATES:
        check_vat_rate(row.value)
    elif table is LawTable.DUE_DAYS:
        if row.value != int(row.value) or not 1 <= row.value <= _LAST_SHORT_MONTH_DAY:
            raise errors.LawRowWrong(table, "value")
    elif row.value <= 0:
        raise errors.LawRowWrong(table, "value")


def read_last_day(table: LawTable, text: str) -> date | None:
    """Return the last day that a row of *table* has in a file; None where it has none.

    Raises:
        LawRowWrong: If a last day is missing, or there is one in a table without last days.
        NotADate, NoSuchDate: If it is not written as a date, or the calendar has none such.
    """
    if (not text) == table.rows_end:
        raise errors.LawRowWrong(table, "last_day")
    return read_date(text) if text else None


def read_value(table: LawTable, text: str) -> Decimal | None:
    """Return the value that a row of *table* has in a file; None where it has none.

    Raises:
        LawRowWrong: If a value is missing, or there is one in a table without values.
        NotADecimal, NotAWholeNumber: If it is not written as a number.
    """
    if (not text) == table.rows_have_values:
        raise errors.LawRowWrong(table, "value")
    if not text:
        return None
    return Decimal(read_whole(text)) if table is LawTable.DUE_DAYS else read_decimal(text)


_WITH_END = frozenset({LawTable.PENALTY_CAPS, LawTable.MORATORIA})
_WITHOUT_VALUE = frozenset({LawTable.MORATORIA})


def _of_timeline(timeline: "Timeline[Any]") -> tuple[LawRow, ...]:
    return tuple(LawRow(first_day=start, value=Decimal(value)) for start, value in timeline.entries)


_ROWS: Mapping[LawTable, Callable[[Law], tuple[LawRow, ...]]] = {
    LawTable.KEY_RATES: lambda law: _of_timeline(law.key_rates),
    LawTable.PENALTY_CAPS: lambda law: tuple(
        LawRow(first_day=cap.during.start, last_day=cap.during.last_day, value=cap.rate)
        for cap in law.penalty_caps
    ),
    LawTable.MORATORIA: lambda law: tuple(
        LawRow(first_day=idle.start, last_day=idle.last_day) for idle in law.moratoria
    ),
    LawTable.DUE_DAYS: lambda law: _of_timeline(law.due_days),
    LawTable.VAT_RATES: lambda law: _of_timeline(law.vat_rates),
}


def _values(rows: Sequence[LawRow]) -> tuple[tuple[date, Decimal], ...]:
    return tuple((row.first_day, row.value) for row in rows if row.value is not None)


def _periods(rows: Sequence[LawRow]) -> tuple[Period, ...]:
    return tuple(
        Period.inclusive(row.first_day, row.last_day) for row in rows if row.last_day is not None
    )


_REPLACED: Mapping[LawTable, Callable[[Law, Sequence[LawRow]], Law]] = {
    LawTable.KEY_RATES: lambda law, rows: evolve(
        law, key_rates=Timeline(law.key_rates.name, _values(rows))
    ),
    LawTable.PENALTY_CAPS: lambda law, rows: evolve(
        law,
        penalty_caps=tuple(
            PenaltyCap(during=during, rate=rate)
            for during, (_, rate) in zip(_periods(rows), _values(rows), strict=True)
        ),
    ),
    LawTable.MORATORIA: lambda law, rows: evolve(law, moratoria=_periods(rows)),
    LawTable.DUE_DAYS: lambda law, rows: evolve(
        law,
        due_days=Timeline(
            law.due_days.name, tuple((day, int(value)) for day, value in _values(rows))
        ),
    ),
    LawTable.VAT_RATES: lambda law, rows: evolve(
        law, vat_rates=Timeline(law.vat_rates.name, _values(rows))
    ),
}
