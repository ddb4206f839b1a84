"""What a store promises of invoices, the ledger and payments."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve

from elkk_core.billing import BillableAccount, BillableMeter, InvoiceSource, LastBill
from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.shared import AccountId, InvoiceId, Money, ReadingId, StaleState
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    a_benefit,
    a_meter,
    a_payment,
    a_reading,
    a_supplier,
    an_account,
    an_entry,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.contracts.accounts import OTHER_SUPPLIER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

NEIGHBOUR = an_account(account_id=AccountId(UUID(int=0xD1)), number="680012345679")
STRANGER = an_account(account_id=AccountId(UUID(int=0xD2)), supplier_id=OTHER_SUPPLIER.supplier_id)


class BillableAccountsContract(OpensStore):
    """See ``elkk_core.billing.BillableAccounts``."""

    def test_billable_account_has_all_that_a_bill_is_made_of(self, store: Store) -> None:
        """Meters with readings, the last bill, and the balance to the end of the month."""
        earlier = a_reading(
            reading_id=ReadingId(UUID(int=1)),
            value=Decimal(14091),
            taken_on=date(2019, 12, 14),
            month=JANUARY.previous,
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            a_meter(),
            a_reading(),
            earlier,
            an_invoice(),
            an_entry(),
            an_entry(entry_id=EntryId(UUID(int=1)), amount=Money(-1), dated=date(2020, 2, 29)),
            an_entry(entry_id=EntryId(UUID(int=2)), amount=Money(-7), dated=date(2020, 3, 1)),
        )

        with store.unit_of_work() as uow:
            batch = uow.billable_accounts.batch(SUPPLIER_ID, JANUARY.next, after="", limit=9)
        expected = BillableAccount(
            account=an_account(),
            meters=(BillableMeter(meter=a_meter(), readings=(earlier, a_reading())),),
            last_bill=LastBill(
                number=an_invoice().number,
                month=JANUARY,
                closing=Money(-255),
                source=InvoiceSource.IMPORTED,
            ),
            balance=Money(64319),
        )
        assert (expected,) == batch

    def test_billable_account_may_have_nothing(self, store: Store) -> None:
        """An account without a meter, bill or movement is billable as far as the store knows."""
        keep(store, a_supplier(), an_account())

        with store.unit_of_work() as uow:
            batch = uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", limit=9)
        expected = BillableAccount(
            account=an_account(), meters=(), last_bill=None, balance=Money.zero()
        )
        assert (expected,) == batch

    def test_billable_accounts_are_those_without_a_bill_for_the_month(self, store: Store) -> None:
        """Who has a bill for the month is left out; a bill for another month does not matter."""
        keep(
            store,
            a_supplier(),
            OTHER_SUPPLIER,
            an_account(),
            NEIGHBOUR,
            STRANGER,
            an_invoice(),
            an_invoice(
                invoice_id=InvoiceId(UUID(int=1)),
                account_id=NEIGHBOUR.account_id,
                number="N1",
                month=JANUARY.next,
            ),
        )

        with store.unit_of_work() as uow:
            batch = uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", limit=9)
            count = uow.billable_accounts.count_unbilled(SUPPLIER_ID, JANUARY)
        assert [billable.account for billable in batch] == [NEIGHBOUR]
        assert 1 == count

    def test_billable_accounts_are_found_within_their_supplier(self, store: Store) -> None:
        """Numbers lead to the accounts of one supplier."""
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), NEIGHBOUR, STRANGER)

        with store.unit_of_work() as uow:
            numbers = {an_account().number, "0000"}
            found = uow.billable_accounts.find_by_numbers(SUPPLIER_ID, numbers)
        assert {an_account().number: an_account()} == found

    def test_billable_accounts_come_in_batches_by_number(self, store: Store) -> None:
        """Batches that each begin after the last number make up all accounts, each one once."""
        accounts = [
            an_account(account_id=AccountId(UUID(int=index)), number=number)
            for index, number in enumerate(["0100", "100", "1000", "20", "200"], start=1)
            if len(number) > 3
        ] + [NEIGHBOUR, an_account()]
        keep(store, a_supplier(), *accounts)

        seen: list[str] = []
        with store.unit_of_work() as uow:
            while True:
                after = seen[-1] if seen else ""
                batch = uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after=after, limit=2)
                if not batch:
                    break
                assert len(batch) <= 2
                seen += [billable.account.number for billable in batch]
        assert sorted(account.number for account in accounts) == seen


class BenefitsContract(OpensStore):
    """See ``elkk_core.billing.Benefits``."""

    def test_benefit_comes_back_equal(self, store: Store) -> None:
        """Every benefit that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.benefits(account_id=ACCOUNT_ID),
            lambda uow, _: uow.benefits.list_of([ACCOUNT_ID])[0],
            after=(a_supplier(), an_account()),
        )

    def test_benefits_are_listed_by_name_then_by_first_month(self, store: Store) -> None:
        """The benefits of the accounts asked for are listed, and of no other account."""
        listed = (
            a_benefit(name="Большая семья"),
            a_benefit(first_month=JANUARY, last_month=JANUARY),
            a_benefit(first_month=JANUARY.next),
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            NEIGHBOUR,
            *reversed(listed),
            a_benefit(account_id=NEIGHBOUR.account_id),
        )

        with store.unit_of_work() as uow:
            assert listed == uow.benefits.list_of([ACCOUNT_ID])
            assert () == uow.benefits.list_of([])

    def test_benefit_is_one_of_its_name_and_month(self, store: Store) -> None:
        """A second benefit of an account under one name from one month on is refused."""
        keep(store, a_supplier(), an_account(), a_benefit())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.benefits.add_all([a_benefit(percent=Decimal(30))])
            uow.commit()

    def test_benefits_are_saved(self, store: Store) -> None:
        """The next state takes the place of the one before, of that benefit alone, and once."""
        other = a_benefit(first_month=JANUARY.previous, last_month=JANUARY.previous)
        ended = a_benefit().describe(
            percent=Decimal("33.5"), limit=Decimal(150), last_month=JANUARY.next
        )
        keep(store, a_supplier(), an_account(), other, a_benefit())
        with store.unit_of_work() as uow:
            uow.benefits.save_all([ended])
            uow.commit()

        with store.unit_of_work() as uow:
            assert (other, evolve(ended, version=1)) == uow.benefits.list_of([ACCOUNT_ID])
            with pytest.raises(StaleState):
                uow.benefits.save_all([ended])
                uow.commit()


class InvoicesContract(OpensStore):
    """See ``elkk_core.billing.Invoices``."""

    def test_invoice_comes_back_equal(self, store: Store) -> None:
        """Every invoice that was added comes back as it was, with its lines in order."""
        self.check_round_trip(
            store,
            strategies.invoices(supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID),
            lambda uow, _: uow.invoices.list_of([ACCOUNT_ID])[0],
            after=(a_supplier(), an_account()),
        )

    def test_invoices_are_listed_by_month(self, store: Store) -> None:
        """The invoices of the accounts asked for are listed, the earliest first."""
        later = an_issued_invoice(invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next)
        strange = an_invoice(
            invoice_id=InvoiceId(UUID(int=2)), account_id=NEIGHBOUR.account_id, number="N2"
        )
        keep(store, a_supplier(), an_account(), NEIGHBOUR, later, an_invoice(), strange)

        with store.unit_of_work() as uow:
            assert (an_invoice(), later) == uow.invoices.list_of([ACCOUNT_ID])
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

    def test_invoice_is_one_for_an_account_and_month(self, store: Store) -> None:
        """A second bill of an account for a month is refused, so nobody is billed twice."""
        keep(store, a_supplier(), an_account(), an_invoice())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            again = an_invoice(invoice_id=InvoiceId(UUID(int=1)), number="another")
            uow.invoices.add_all([again])
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


class LedgerContract(OpensStore):
    """See ``elkk_core.billing.Ledger``."""

    def test_entry_comes_back_equal(self, store: Store) -> None:
        """Every entry that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.ledger_entries(account_id=ACCOUNT_ID),
            lambda uow, _: uow.ledger.list_of(ACCOUNT_ID)[0],
            after=(a_supplier(), an_account()),
        )

    def test_entries_are_listed_by_date_then_as_recorded(self, store: Store) -> None:
        """The entries of an account are listed in time, and of no other account."""
        entries = [
            an_entry(
                entry_id=EntryId(UUID(int=index)),
                amount=Money(index),
                dated=date(2020, 1, day),
                recorded_at=MORNING + timedelta(minutes=minute),
            )
            for index, (day, minute) in enumerate([(31, 2), (31, 1), (30, 3)], start=1)
        ]
        strange = an_entry(account_id=NEIGHBOUR.account_id)
        keep(store, a_supplier(), an_account(), NEIGHBOUR, *entries, strange)

        with store.unit_of_work() as uow:
            assert tuple(reversed(entries)) == uow.ledger.list_of(ACCOUNT_ID)

    def test_balances_are_sums_before_a_day(self, store: Store) -> None:
        """Every account asked for has a balance, zero where nothing moved before the day."""
        entries = [
            an_entry(
                entry_id=EntryId(UUID(int=index)), amount=Money(kopecks), dated=date(2020, 1, day)
            )
            for index, (kopecks, day) in enumerate([(500, 30), (-120, 31)], start=1)
        ]
        keep(store, a_supplier(), an_account(), NEIGHBOUR, *entries)

        with store.unit_of_work() as uow:
            asked = {ACCOUNT_ID, NEIGHBOUR.account_id}
            before_last = uow.ledger.balances(asked, before=date(2020, 1, 31))
            after_last = uow.ledger.balances(asked, before=date(2020, 2, 1))
        assert {ACCOUNT_ID: Money(500), NEIGHBOUR.account_id: Money.zero()} == before_last
        assert {ACCOUNT_ID: Money(380), NEIGHBOUR.account_id: Money.zero()} == after_last


class ReceivedPaymentsContract(OpensStore):
    """See ``elkk_core.billing.ReceivedPayments``."""

    def test_payment_comes_back_equal(self, store: Store) -> None:
        """Every payment that was added comes back as it was."""
        self.check_round_trip(
            store,
            strategies.received_payments(supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID),
            lambda uow, one: uow.payments.find_by_references(SUPPLIER_ID, [one.reference])[
                one.reference
            ],
            after=(a_supplier(), an_account()),
        )

    def test_payments_are_found_within_their_supplier(self, store: Store) -> None:
        """A reference leads to the payment of one supplier."""
        namesake = a_payment(
            payment_id=PaymentId(UUID(int=1)),
            supplier_id=STRANGER.supplier_id,
            account_id=STRANGER.account_id,
        )
        keep(store, a_supplier(), OTHER_SUPPLIER, an_account(), STRANGER, a_payment(), namesake)

        with store.unit_of_work() as uow:
            reference = a_payment().reference
            found = uow.payments.find_by_references(SUPPLIER_ID, {reference, "no such"})
        assert {reference: a_payment()} == found

    def test_payment_reference_is_unique_within_its_supplier(self, store: Store) -> None:
        """A payment is taken over once."""
        keep(store, a_supplier(), an_account(), a_payment())

        with pytest.raises(StaleState), store.unit_of_work() as uow:
            uow.payments.add_all([a_payment(payment_id=PaymentId(UUID(int=1)))])
            uow.commit()
