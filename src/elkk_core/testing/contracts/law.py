"""What a store promises of the tables of acts."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from elkk_core.billing import Law, LawRow, LawTable
from elkk_core.testing import strategies
from elkk_core.testing.builders import a_law_row
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store


def _replace(store: Store, table: LawTable, *rows: LawRow) -> None:
    with store.unit_of_work() as uow:
        uow.law.replace(table, rows)
        uow.commit()


class LawTablesContract(OpensStore):
    """See ``elkk_core.billing.LawTables``."""

    def test_law_is_of_this_release_until_it_is_replaced(self, store: Store) -> None:
        """A new store has the tables that the release brings."""
        with store.unit_of_work() as uow:
            assert Law() == uow.law.get()

    def test_law_table_comes_back_equal(self, store: Store) -> None:
        """Every table that may be put in place comes back row by row, as it was written."""

        def comes_back(example: tuple[LawTable, tuple[LawRow, ...]]) -> None:
            table, rows = example
            with store.unit_of_work() as uow:
                uow.law.replace(table, rows)
                found = uow.law.get().rows(table)

            assert rows == found
            assert repr(rows) == repr(found)

        self.check_examples(
            st.sampled_from(LawTable).flatmap(
                lambda table: st.tuples(st.just(table), strategies.law_tables(table=table))
            ),
            comes_back,
        )

    def test_law_table_is_replaced_as_a_whole(self, store: Store) -> None:
        """Of a table that was replaced nothing is left, and other tables stay."""
        _replace(store, LawTable.KEY_RATES, a_law_row(), a_law_row(first_day=date(2026, 1, 1)))
        _replace(store, LawTable.VAT_RATES, a_law_row(value=Decimal(25)))
        other = a_law_row(first_day=date(2026, 2, 1), value=Decimal(13))
        _replace(store, LawTable.KEY_RATES, other)

        with store.unit_of_work() as uow:
            law = uow.law.get()
        assert (other,) == law.rows(LawTable.KEY_RATES)
        assert (a_law_row(value=Decimal(25)),) == law.rows(LawTable.VAT_RATES)
        assert Law().rows(LawTable.DUE_DAYS) == law.rows(LawTable.DUE_DAYS)

    def test_law_table_without_rows_is_that_of_this_release(self, store: Store) -> None:
        """Replacing a table by nothing takes the replacement back."""
        _replace(store, LawTable.KEY_RATES, a_law_row())
        _replace(store, LawTable.KEY_RATES)

        with store.unit_of_work() as uow:
            assert Law() == uow.law.get()
