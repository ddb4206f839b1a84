"""The tables of acts: what they are, and how an operator brings them up to date."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.billing import (
    Law,
    LawRow,
    LawRowWrong,
    LawTable,
    LawTableBeginsLater,
    LawTableWrong,
    PenaltyCap,
    ReplaceLawTable,
    ShowLawTable,
    SuppliedLawRow,
    check_row,
)
from elkk_core.shared import BatchRejected, BatchReport, DatesOutOfOrder, Period
from elkk_core.tariffs import VatRateWrong
from elkk_core.testing import strategies
from elkk_core.testing.builders import a_law_row
from elkk_core.testing.memory import MemoryStore

AUTUMN = date(2026, 9, 14)
FULL_TABLES = st.sampled_from(LawTable).flatmap(
    lambda table: st.tuples(st.just(table), strategies.law_tables(table=table))
)


class TestLaw:
    @pytest.mark.parametrize("table", LawTable)
    def test_table_of_this_release_may_take_its_own_place(self, table: LawTable) -> None:
        """What is printed can be read back, and is the same law."""
        assert Law() == Law().replace(table, Law().rows(table))

    @given(replaced=FULL_TABLES)
    def test_replaced_table_has_the_rows_given(
        self, replaced: tuple[LawTable, tuple[LawRow, ...]]
    ) -> None:
        """A table holds what was put in, by date, and no other table changes."""
        table, rows = replaced
        law = Law().replace(table, reversed(rows))

        assert rows == law.rows(table)
        for other in set(LawTable) - {table}:
            assert Law().rows(other) == law.rows(other)

    def test_rate_stands_until_the_next_one(self) -> None:
        """The day before a change still has the old rate."""
        newer = a_law_row(first_day=AUTUMN, value=Decimal(13))
        law = Law().replace(LawTable.KEY_RATES, [*Law().rows(LawTable.KEY_RATES), newer])

        assert Decimal(14) == law.key_rates.on(date(2026, 9, 13))
        assert Decimal(13) == law.key_rates.on(AUTUMN)

    def test_cap_holds_from_a_day_to_a_day(self) -> None:
        """The last day of a cap is a part of it."""
        row = a_law_row(first_day=date(2027, 1, 2), last_day=date(2027, 12, 31))
        law = Law().replace(LawTable.PENALTY_CAPS, [row])

        during = Period(start=date(2027, 1, 2), end=date(2028, 1, 1))
        assert (PenaltyCap(during=during, rate=Decimal(14)),) == law.penalty_caps

    @pytest.mark.parametrize("rows", [[], [a_law_row(), a_law_row(value=Decimal(13))]])
    def test_table_has_rows_and_no_day_twice(self, rows: list[LawRow]) -> None:
        """An empty table would take a rule away, and a day has one value."""
        with pytest.raises(LawTableWrong):
            Law().replace(LawTable.KEY_RATES, rows)

    @pytest.mark.parametrize(
        ("table", "row", "field"),
        [
            (LawTable.KEY_RATES, a_law_row(last_day=AUTUMN), "last_day"),
            (LawTable.KEY_RATES, a_law_row(value=None), "value"),
            (LawTable.KEY_RATES, a_law_row(value=Decimal(0)), "value"),
            (LawTable.PENALTY_CAPS, a_law_row(), "last_day"),
            (LawTable.PENALTY_CAPS, a_law_row(last_day=date.max), "last_day"),
            (LawTable.MORATORIA, a_law_row(last_day=AUTUMN), "value"),
            (LawTable.DUE_DAYS, a_law_row(value=Decimal(29)), "value"),
            (LawTable.DUE_DAYS, a_law_row(value=Decimal(0)), "value"),
            (LawTable.DUE_DAYS, a_law_row(value=Decimal("10.5")), "value"),
        ],
    )
    def test_row_fits_its_table(self, table: LawTable, row: LawRow, field: str) -> None:
        """A row has just what its table has, and a value that can be."""
        with pytest.raises(LawRowWrong) as refused:
            check_row(table, row)

        assert (table, field) == (refused.value.table, refused.value.field)

    def test_row_ends_after_it_begins(self) -> None:
        """A cap does not end before its first day."""
        with pytest.raises(DatesOutOfOrder):
            check_row(LawTable.PENALTY_CAPS, a_law_row(last_day=date(2026, 7, 26)))

    def test_tax_is_a_share(self) -> None:
        """No tax is more than the whole; who pays none has a rate of zero."""
        check_row(LawTable.VAT_RATES, a_law_row(value=Decimal(0)))

        with pytest.raises(VatRateWrong):
            check_row(LawTable.VAT_RATES, a_law_row(value=Decimal(101)))


# Bringing a table up to date


def supplied(row: LawRow, **changes: str) -> SuppliedLawRow:
    """Return a row as a file has it, with *changes*."""
    return SuppliedLawRow(
        **{
            "first_day": row.first_day.isoformat(),
            "last_day": "" if row.last_day is None else row.last_day.isoformat(),
            "value": "" if row.value is None else str(row.value),
        }
        | changes
    )


def supplied_table(table: LawTable) -> list[SuppliedLawRow]:
    """Return the table of this release as a file has it."""
    return [supplied(row) for row in Law().rows(table)]


NEWER = supplied(a_law_row(first_day=AUTUMN), value="13,5")


@pytest.fixture(name="store")
def empty_store() -> MemoryStore:
    """Return a store in which no table has been replaced."""
    return MemoryStore()


@pytest.fixture(name="replace")
def replace_use_case(store: MemoryStore) -> ReplaceLawTable:
    """Return the use case."""
    return ReplaceLawTable(unit_of_work=store.unit_of_work)


@pytest.fixture(name="show")
def show_use_case(store: MemoryStore) -> ShowLawTable:
    """Return the use case."""
    return ShowLawTable(reading=store.unit_of_work)


def test_newer_rate_comes_into_force(replace: ReplaceLawTable, show: ShowLawTable) -> None:
    """The table with a line more is the table in force, and a second time changes nothing."""
    known = len(Law().rows(LawTable.KEY_RATES))
    rows = [*supplied_table(LawTable.KEY_RATES), NEWER]

    assert BatchReport(added=1, changed=0, unchanged=known) == replace(
        table=LawTable.KEY_RATES, rows=rows
    )
    assert BatchReport(added=0, changed=0, unchanged=known + 1) == replace(
        table=LawTable.KEY_RATES, rows=rows
    )
    shown = show(table=LawTable.KEY_RATES)
    assert shown.is_replaced
    assert a_law_row(first_day=AUTUMN, value=Decimal("13.5")) == shown.rows[-1]


def test_what_a_new_table_changes_is_counted(replace: ReplaceLawTable) -> None:
    """Rows may change and go as well."""
    first, second, *_ = supplied_table(LawTable.KEY_RATES)
    count = len(Law().rows(LawTable.KEY_RATES))

    report = replace(
        table=LawTable.KEY_RATES, rows=[first, supplied(a_law_row(), first_day=second.first_day)]
    )
    assert BatchReport(added=0, changed=1, unchanged=1, removed=count - 2) == report


def test_table_of_this_release_comes_back(
    store: MemoryStore, replace: ReplaceLawTable, show: ShowLawTable
) -> None:
    """Who imports the table of the release has it from the release again, today's or a later one's."""
    replace(table=LawTable.KEY_RATES, rows=[*supplied_table(LawTable.KEY_RATES), NEWER])
    report = replace(table=LawTable.KEY_RATES, rows=supplied_table(LawTable.KEY_RATES))

    assert 1 == report.removed
    assert not show(table=LawTable.KEY_RATES).is_replaced
    with store.unit_of_work() as uow:
        assert Law() == uow.law.get()


@pytest.mark.parametrize(
    "table", [LawTable.KEY_RATES, LawTable.DUE_DAYS, LawTable.VAT_RATES], ids=str
)
def test_old_debts_keep_their_rows(replace: ReplaceLawTable, table: LawTable) -> None:
    """A file of new rows alone would leave the years before without a value, and is refused."""
    first = Law().rows(table)[0].first_day
    with pytest.raises(LawTableBeginsLater) as refused:
        replace(table=table, rows=supplied_table(table)[1:])

    assert (table, first) == (refused.value.table, refused.value.first_day)


def test_moratorium_may_be_lifted(replace: ReplaceLawTable, show: ShowLawTable) -> None:
    """Days from one date to another may go from the beginning of a table too."""
    replace(table=LawTable.MORATORIA, rows=supplied_table(LawTable.MORATORIA)[1:])

    assert Law().rows(LawTable.MORATORIA)[1:] == show(table=LawTable.MORATORIA).rows


def test_all_faults_of_a_table_are_told(replace: ReplaceLawTable, show: ShowLawTable) -> None:
    """Every fault of every row is listed, and the table stays as it was."""
    good = SuppliedLawRow(first_day="28.02.2022", last_day="01.01.2027", value="9,5")
    rows = [
        good,
        SuppliedLawRow(first_day="осень", last_day="2027-02-30", value="много"),
        SuppliedLawRow(first_day="2027-01-02", last_day="2027-01-01", value="12"),
        SuppliedLawRow(first_day="2027-02-01", value="12"),
        SuppliedLawRow(first_day="2027-03-01", last_day="2027-04-01"),
        SuppliedLawRow(first_day="2027-05-01", last_day="2027-05-31", value="0"),
        good,
    ]
    with pytest.raises(BatchRejected) as refused:
        replace(table=LawTable.PENALTY_CAPS, rows=rows)

    expected = [
        (1, "first_day", "shared.not_a_date"),
        (1, "last_day", "shared.no_such_date"),
        (1, "value", "shared.not_a_decimal"),
        (2, "last_day", "shared.dates_out_of_order"),
        (3, "last_day", "billing.law_row_wrong"),
        (4, "value", "billing.law_row_wrong"),
        (5, "value", "billing.law_row_wrong"),
        (6, "first_day", "shared.duplicate_row"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in refused.value.faults]
    assert not show(table=LawTable.PENALTY_CAPS).is_replaced


def test_faults_of_other_tables(replace: ReplaceLawTable) -> None:
    """A due day is a whole number, a tax a share, and a moratorium has no value."""
    cases = [
        (LawTable.DUE_DAYS, "10,5", "shared.not_a_whole_number"),
        (LawTable.DUE_DAYS, "29", "billing.law_row_wrong"),
        (LawTable.VAT_RATES, "101", "tariffs.vat_rate_wrong"),
        (LawTable.MORATORIA, "5", "billing.law_row_wrong"),
    ]
    for table, value, code in cases:
        row = supplied(Law().rows(table)[0], value=value)
        with pytest.raises(BatchRejected) as refused:
            replace(table=table, rows=[row])

        assert [(0, "value", code)] == [
            (fault.row, fault.field, fault.error.code) for fault in refused.value.faults
        ]


def test_empty_table_is_refused(replace: ReplaceLawTable) -> None:
    """A file without rows takes no rule away."""
    with pytest.raises(LawTableWrong):
        replace(table=LawTable.MORATORIA, rows=[])
