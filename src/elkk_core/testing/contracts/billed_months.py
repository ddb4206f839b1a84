"""What a store promises of telling how far the bills of a month are."""

from uuid import UUID

import pytest

from elkk_core.billing import LineKind, MonthFigures
from elkk_core.shared import AccountId, InvoiceId, Money, SupplierNotFound
from elkk_core.testing.builders import (
    JANUARY,
    SUPPLIER_ID,
    a_line,
    a_penalty_derivation,
    a_supplier,
    an_account,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.contracts.accounts import NEIGHBOUR, OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

_STRANGER = an_account(
    account_id=AccountId(UUID(int=0xE2)), supplier_id=OTHER_SUPPLIER.supplier_id, number="0001"
)
_CORRECTED = an_invoice()
_IN_ITS_PLACE = an_issued_invoice(
    invoice_id=InvoiceId(UUID(int=0xE3)),
    lines=(a_line(), a_line(a_penalty_derivation(), kind=LineKind.PENALTY)),
    revision=1,
    corrects=_CORRECTED.invoice_id,
)


class BilledMonthsContract(OpensStore):
    """See ``elkk_core.billing.BilledMonths``."""

    def test_month_counts_accounts_and_sums_bills_in_force(self, store: Store) -> None:
        """An account with a corrected bill is billed once, and the bill that stands is summed."""
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), NEIGHBOUR, _STRANGER)
        keep(store, _CORRECTED, _IN_ITS_PLACE)

        expected = MonthFigures(
            accounts=2,
            billed=1,
            charged=_IN_ITS_PLACE.charged,
            penalties=_IN_ITS_PLACE.penalty,
        )
        assert expected == store.billed_months.figures("tsna", JANUARY)
        assert Money(0) < expected.penalties
        assert 1 == expected.left

    def test_month_of_nobody_is_empty(self, store: Store) -> None:
        """Neither another month nor another supplier has a part in it."""
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), an_invoice())

        nothing = MonthFigures(accounts=1, billed=0, charged=Money(0), penalties=Money(0))
        assert nothing == store.billed_months.figures("tsna", JANUARY.next)
        nothing = MonthFigures(accounts=0, billed=0, charged=Money(0), penalties=Money(0))
        assert nothing == store.billed_months.figures(OTHER_SUPPLIER.code, JANUARY)

    def test_last_month_is_that_of_the_latest_bill(self, store: Store) -> None:
        """Each supplier has its own; without a bill there is none."""
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), _STRANGER, an_invoice())
        keep(
            store,
            an_issued_invoice(invoice_id=InvoiceId(UUID(int=0xE4)), month=JANUARY.next),
        )
        months = store.billed_months

        assert JANUARY.next == months.last("tsna")
        assert months.last(OTHER_SUPPLIER.code) is None

    def test_numbers_taken_are_those_of_the_year(self, store: Store) -> None:
        """What was taken is told of its year, and of no other; at first there is none."""
        keep(store, a_supplier(), OTHER_SUPPLIER)
        with store.unit_of_work() as uow:
            uow.numbers.take(SUPPLIER_ID, 2020, 3)
            uow.commit()
        months = store.billed_months

        assert [3, 0, 0] == [
            months.numbers_taken("tsna", 2020),
            months.numbers_taken("tsna", 2021),
            months.numbers_taken(OTHER_SUPPLIER.code, 2020),
        ]

    def test_month_of_an_unknown_supplier_is_told(self, store: Store) -> None:
        """A slip in the supplier's code is not taken for a month without bills."""
        with pytest.raises(SupplierNotFound):
            store.billed_months.figures("no such", JANUARY)
        with pytest.raises(SupplierNotFound):
            store.billed_months.last("no such")
        with pytest.raises(SupplierNotFound):
            store.billed_months.numbers_taken("no such", 2020)
