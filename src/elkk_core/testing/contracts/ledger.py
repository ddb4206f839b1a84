"""What a store promises of the ledger and of received payments."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from elkk_core.billing.model import EntryId, PaymentId
from elkk_core.shared import (
    Money,
    StaleState,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    MORNING,
    SUPPLIER_ID,
    a_payment,
    a_supplier,
    an_account,
    an_entry,
)
from elkk_core.testing.contracts.accounts import NEIGHBOUR, OTHER_SUPPLIER, STRANGER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep


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
