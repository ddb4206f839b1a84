"""What a store promises of invoices and their numbers."""

from uuid import UUID

import pytest

from elkk_core.billing import (
    AccountStanding,
    InvoiceSource,
)
from elkk_core.shared import (
    InvoiceId,
    Month,
    StaleState,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    SUPPLIER_ID,
    a_supplier,
    an_account,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.contracts.accounts import NEIGHBOUR, OTHER_SUPPLIER, STRANGER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, add, keep


class InvoicesContract(OpensStore):
    """See ``elkk_core.billing.Invoices``."""

    def test_invoice_comes_back_equal(self, store: Store) -> None:
        """Every invoice that was added comes back as it was, with its lines in order."""
        first = an_invoice(month=Month(2000, 1))
        self.check_round_trip(
            store,
            strategies.invoices(
                supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID, corrects=first.invoice_id
            ),
            lambda uow, _: uow.invoices.list_of([ACCOUNT_ID])[1],
            after=(a_supplier(), an_account(), first),
        )

    def test_standing_comes_back_equal(self, store: Store) -> None:
        """Wherever an account stands after a bill, the next bill begins there."""

        def comes_back_equal(standing: AccountStanding) -> None:
            bill = an_issued_invoice()
            with store.unit_of_work() as uow:
                add(uow, a_supplier(), an_account())
                uow.invoices.add_all([bill], standings={bill.invoice_id: standing})
                (account,) = uow.billable_accounts.batch(
                    SUPPLIER_ID, JANUARY.next, after="", through="", limit=1
                )

            assert account.last_bill is not None
            assert standing == account.last_bill.standing
            assert repr(standing) == repr(account.last_bill.standing)

        self.check_examples(strategies.account_standings(), comes_back_equal)

    def test_invoices_are_listed_by_month_then_by_revision(self, store: Store) -> None:
        """The invoices of the accounts asked for are listed, the earliest first."""
        later = an_issued_invoice(invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next)
        anew = an_invoice(
            invoice_id=InvoiceId(UUID(int=3)),
            number="N3",
            revision=1,
            corrects=an_invoice().invoice_id,
        )
        strange = an_invoice(
            invoice_id=InvoiceId(UUID(int=2)), account_id=NEIGHBOUR.account_id, number="N2"
        )
        keep(store, a_supplier(), an_account(), NEIGHBOUR, later, an_invoice(), strange, anew)

        with store.unit_of_work() as uow:
            assert (an_invoice(), anew, later) == uow.invoices.list_of([ACCOUNT_ID])
            assert () == uow.invoices.list_of([])

    def test_invoices_are_found_by_number_within_their_supplier(self, store: Store) -> None:
        """A number leads to the bill of one supplier."""
        namesake = an_invoice(
            invoice_id=InvoiceId(UUID(int=1)),
            supplier_id=STRANGER.supplier_id,
            account_id=STRANGER.account_id,
        )
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), STRANGER, an_invoice(), namesake)

        with store.unit_of_work() as uow:
            number = an_invoice().number
            found = uow.invoices.find_numbers(SUPPLIER_ID, {number, "no such"})
        assert {number: an_invoice()} == found

    def test_accounts_are_billed_through_a_month(self, store: Store) -> None:
        """The last month of each account is told, of the bills of one source alone."""
        keep(
            store,
            a_supplier(),
            an_account(),
            NEIGHBOUR,
            an_invoice(),
            *(
                an_issued_invoice(
                    invoice_id=InvoiceId(UUID(int=step)),
                    number=f"N{step}",
                    month=JANUARY.plus(step),
                )
                for step in (2, 1)
            ),
        )

        asked = [ACCOUNT_ID, NEIGHBOUR.account_id]
        with store.unit_of_work() as uow:
            imported, issued = (
                uow.invoices.billed_through(asked, source=source)
                for source in (InvoiceSource.IMPORTED, InvoiceSource.ISSUED)
            )
            assert {} == uow.invoices.billed_through([], source=InvoiceSource.ISSUED)
        assert {ACCOUNT_ID: JANUARY} == imported
        assert {ACCOUNT_ID: JANUARY.plus(2)} == issued

    def test_invoice_is_one_for_an_account_and_month(self, store: Store) -> None:
        """A second bill of an account for a month is refused, so nobody is billed twice."""
        keep(store, a_supplier(), an_account(), an_invoice())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            again = an_invoice(invoice_id=InvoiceId(UUID(int=1)), number="another")
            uow.invoices.add_all([again])
            uow.commit()

    def test_invoice_is_corrected_once(self, store: Store) -> None:
        """Of two bills in the place of one the second is refused."""
        corrections = [
            an_invoice(
                invoice_id=InvoiceId(UUID(int=place)),
                number=f"N{place}",
                revision=1,
                corrects=an_invoice().invoice_id,
            )
            for place in (1, 2)
        ]
        keep(store, a_supplier(), an_account(), an_invoice(), corrections[0])

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.invoices.add_all(corrections[1:])
            uow.commit()

    def test_invoice_number_is_unique_within_its_supplier(self, store: Store) -> None:
        """A second bill of a supplier under one number is refused."""
        keep(store, a_supplier(), an_account(), an_invoice())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            again = an_invoice(invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next)
            uow.invoices.add_all([again])
            uow.commit()


class InvoiceNumbersContract(OpensStore):
    """See ``elkk_core.billing.InvoiceNumbers``."""

    def test_numbers_begin_at_one_and_have_no_gaps(self, store: Store) -> None:
        """Each unit goes on where the last one stopped."""
        keep(store, a_supplier())
        firsts = []
        for count in (3, 1, 5):
            with store.unit_of_work() as uow:
                firsts.append(uow.numbers.take(SUPPLIER_ID, 2020, count))
                uow.commit()

        assert firsts == [1, 4, 5]

    def test_numbers_go_on_within_a_unit(self, store: Store) -> None:
        """Two takes of one unit follow each other too."""
        keep(store, a_supplier())
        with store.unit_of_work() as uow:
            assert 1 == uow.numbers.take(SUPPLIER_ID, 2020, 2)
            assert 3 == uow.numbers.take(SUPPLIER_ID, 2020, 1)

    def test_numbers_of_a_unit_not_committed_go_back(self, store: Store) -> None:
        """What was taken in vain is given out again."""
        keep(store, a_supplier())
        with store.unit_of_work() as uow:
            uow.numbers.take(SUPPLIER_ID, 2020, 3)

        with store.unit_of_work() as uow:
            assert 1 == uow.numbers.take(SUPPLIER_ID, 2020, 1)

    def test_numbers_are_of_one_supplier_and_year(self, store: Store) -> None:
        """Every supplier and every year begin at one."""
        keep(store, a_supplier(), OTHER_SUPPLIER)
        with store.unit_of_work() as uow:
            uow.numbers.take(SUPPLIER_ID, 2020, 3)

            assert 1 == uow.numbers.take(SUPPLIER_ID, 2021, 1)
            assert 1 == uow.numbers.take(OTHER_SUPPLIER.supplier_id, 2020, 1)
