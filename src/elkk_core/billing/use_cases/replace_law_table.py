"""Bringing the tables of acts up to date."""

from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.policies import (
    Law,
    LawRow,
    LawTable,
    check_row,
    read_last_day,
    read_value,
)
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.shared.batches import BatchReport
from elkk_core.shared.errors import DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.periods import DatesOutOfOrder
from elkk_core.shared.texts import read_date
from elkk_core.tariffs.errors import VatRateWrong


@frozen(kw_only=True)
class SuppliedLawRow:
    """A row of a table as a file tells of it, each field as written; the last two may be empty."""

    first_day: str
    last_day: str = ""
    value: str = ""


@frozen(kw_only=True)
class ReplaceLawTable:
    """Put a whole table in place of the one in force, for all suppliers; or refuse it as a whole.

    The same table again changes nothing. Bills that are issued stay as they are. A table whose rows
    stand until the next one may not begin later than the one in force, or old debts would be left
    without a rate. One that says what this release says is not kept: a newer release may know more.

    Raises:
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
        LawTableWrong: If there are no rows.
        LawTableBeginsLater: If the earliest rows are missing.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]

    def __call__(self, *, table: LawTable, rows: Sequence[SuppliedLawRow]) -> BatchReport:
        faults = Faults()
        read = _read(table, rows, faults)
        faults.refuse_batch()
        with self.unit_of_work() as uow:
            law = uow.law.get()
            known = law.rows(table)
            wanted = law.replace(table, read).rows(table)
            if not table.rows_end and wanted[0].first_day > known[0].first_day:
                raise errors.LawTableBeginsLater(table, known[0].first_day)
            if wanted != known:
                uow.law.replace(table, () if wanted == Law().rows(table) else wanted)
                uow.commit()
        return _compare(known, wanted)


def _read(table: LawTable, rows: Sequence[SuppliedLawRow], faults: Faults) -> tuple[LawRow, ...]:
    """Return the rows that could be read."""
    read: list[LawRow] = []
    seen: dict[date, int] = {}
    for index, row in enumerate(rows):
        broken = len(faults)
        with faults.at("first_day", index):
            first_day = read_date(row.first_day)
            if first_day in seen:
                raise DuplicateRow(seen[first_day])
            seen[first_day] = index
        with faults.at("last_day", index):
            last_day = read_last_day(table, row.last_day)
        with faults.at("value", index):
            value = read_value(table, row.value)
        if len(faults) > broken:
            continue
        made = LawRow(first_day=first_day, last_day=last_day, value=value)
        try:
            check_row(table, made)
        except errors.LawRowWrong as error:
            faults.add(error.field, error, index)
        except DatesOutOfOrder as error:
            faults.add("last_day", error, index)
        except VatRateWrong as error:
            faults.add("value", error, index)
        read.append(made)
    return tuple(read)


def _compare(known: Sequence[LawRow], wanted: Sequence[LawRow]) -> BatchReport:
    before = {row.first_day: row for row in known}
    days = {row.first_day for row in wanted}
    return BatchReport(
        added=len(days - set(before)),
        changed=sum(row.first_day in before and row != before[row.first_day] for row in wanted),
        unchanged=sum(row == before.get(row.first_day) for row in wanted),
        removed=len(set(before) - days),
    )
