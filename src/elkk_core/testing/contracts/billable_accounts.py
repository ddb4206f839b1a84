"""What a store promises of accounts as they are billed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from elkk_core.billing import (
    AccountStanding,
    BillableAccount,
    BillableMeter,
    EarlierBill,
    EntryKind,
    Invoice,
    InvoiceNotFound,
    InvoiceSource,
    LastBill,
    LedgerEntry,
    LineKind,
    Movement,
)
from elkk_core.billing.model import EntryId
from elkk_core.shared import (
    AccountId,
    AccountNotFound,
    InvoiceId,
    MeterId,
    Money,
    Month,
    ReadingId,
)
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    a_benefit,
    a_gap,
    a_line,
    a_meter,
    a_penalty_derivation,
    a_reading,
    a_standing,
    a_supplier,
    an_account,
    an_entry,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.contracts.accounts import NEIGHBOUR, OTHER_SUPPLIER, STRANGER
from elkk_core.testing.contracts.stores import OpensStore
from elkk_core.testing.stores import Store, keep

_STREET = tuple(
    an_account(account_id=AccountId(UUID(int=index)), number=number)
    for index, number in enumerate(["0100", "20000", "1000", "2000", "10000"], start=1)
)
_NUMBERS = sorted(account.number for account in _STREET)


class BillableAccountsContract(OpensStore):
    """See ``elkk_core.billing.BillableAccounts``."""

    def test_billable_account_has_all_that_a_bill_is_made_of(self, store: Store) -> None:
        """Meters with readings and gaps, benefits, the last bill with its standing, and payments."""
        standing = a_standing()
        late = a_reading(
            reading_id=ReadingId(UUID(int=1)),
            value=Decimal(14400),
            taken_on=date(2020, 2, 14),
            month=JANUARY.next,
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            a_meter(),
            a_reading(),
            late,
            a_gap(),
            a_benefit(),
            _payment(1, Money(-500), dated=date(2020, 2, 3), period=JANUARY),
        )
        _keep_bills(store, an_issued_invoice(), standing=standing)

        expected = BillableAccount(
            account=an_account(),
            meters=(BillableMeter(meter=a_meter(), readings=(late,), gaps=(a_gap(),)),),
            benefits=(a_benefit(),),
            last_bill=LastBill(
                invoice_id=an_issued_invoice().invoice_id,
                number=an_issued_invoice().number,
                month=JANUARY,
                closing=an_issued_invoice().closing,
                source=InvoiceSource.ISSUED,
                standing=standing,
            ),
            payments=(Movement(amount=Money(500), valued_on=date(2020, 2, 3), period=JANUARY),),
        )
        assert (expected,) == _batch(store, JANUARY.next)

    def test_billable_account_may_have_nothing(self, store: Store) -> None:
        """An account without a meter, bill or movement is billable as far as the store knows."""
        keep(store, a_supplier(), an_account())

        expected = BillableAccount(account=an_account(), meters=(), last_bill=None)
        assert (expected,) == _batch(store, JANUARY)

    def test_billable_account_knows_its_last_bill_of_all(self, store: Store) -> None:
        """The last bill is that of the highest month, and of it the last revision."""
        later = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=1)), number="N1", month=JANUARY.next
        )
        anew = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=2)),
            number="N2",
            month=JANUARY.next,
            opening=Money(7),
            revision=1,
            corrects=later.invoice_id,
        )
        keep(store, a_supplier(), an_account())
        for bill, penalty in ((an_issued_invoice(), 1), (later, 2), (anew, 3)):
            _keep_bills(store, bill, standing=AccountStanding(penalty=Money(penalty)))

        expected = LastBill(
            invoice_id=anew.invoice_id,
            number="N2",
            month=JANUARY.next,
            revision=1,
            closing=anew.closing,
            source=InvoiceSource.ISSUED,
            standing=AccountStanding(penalty=Money(3)),
        )
        for month in (JANUARY.previous, JANUARY.plus(2)):
            (account,) = _batch(store, month)
            assert expected == account.last_bill

    def test_billable_account_closes_with_all_lines_of_its_last_bill(self, store: Store) -> None:
        """A penalty is in the closing figure as everything else is."""
        bill = an_issued_invoice(
            lines=(a_line(), a_line(a_penalty_derivation(), kind=LineKind.PENALTY))
        )
        keep(store, a_supplier(), an_account(), bill)

        (account,) = _batch(store, JANUARY.next)
        assert account.last_bill is not None
        assert bill.closing == account.last_bill.closing

    def test_billable_account_has_readings_that_count_after_its_last_bill(
        self, store: Store
    ) -> None:
        """Up to the month to bill, in time; what the last bill has counted stays away."""
        readings = [
            a_reading(
                reading_id=ReadingId(UUID(int=step)),
                value=Decimal(14091 + step),
                taken_on=JANUARY.plus(step).first_day,
                month=JANUARY.plus(step),
            )
            for step in range(4)
        ]
        keep(store, a_supplier(), an_account(), a_meter(), *reversed(readings))
        _keep_bills(store, an_issued_invoice(), standing=AccountStanding())

        (account,) = _batch(store, JANUARY.plus(2))
        assert [tuple(readings[1:3])] == [meter.readings for meter in account.meters]

    def test_billable_account_has_all_readings_before_the_first_bill_here(
        self, store: Store
    ) -> None:
        """After none but an earlier system's bills, all readings up to the month are there."""
        before = a_reading(
            reading_id=ReadingId(UUID(int=1)),
            value=Decimal(14091),
            taken_on=date(2019, 12, 14),
            month=JANUARY.previous,
        )
        keep(store, a_supplier(), an_account(), a_meter(), a_reading(), before, an_invoice())

        (account,) = _batch(store, JANUARY.next)
        assert [(before, a_reading())] == [meter.readings for meter in account.meters]

    def test_billable_accounts_keep_their_facts_apart(self, store: Store) -> None:
        """Of accounts that stand at different bills each has what is new to it."""
        other_meter = a_meter(meter_id=MeterId(UUID(int=1)), account_id=NEIGHBOUR.account_id)
        february = a_reading(
            reading_id=ReadingId(UUID(int=1)), month=JANUARY.next, value=Decimal(14400)
        )
        of_neighbour = [
            a_reading(reading_id=ReadingId(UUID(int=2)), meter_id=other_meter.meter_id),
            a_reading(
                reading_id=ReadingId(UUID(int=3)),
                meter_id=other_meter.meter_id,
                month=JANUARY.next,
                value=Decimal(14500),
            ),
        ]
        keep(
            store,
            a_supplier(),
            an_account(),
            NEIGHBOUR,
            a_meter(),
            other_meter,
            a_reading(),
            february,
            *of_neighbour,
            a_gap(meter_id=other_meter.meter_id),
            a_benefit(account_id=NEIGHBOUR.account_id),
            _payment(1, Money(-1), dated=date(2020, 1, 20)),
            _payment(2, Money(-2), dated=date(2020, 1, 20), account_id=NEIGHBOUR.account_id),
            _payment(3, Money(-3), dated=date(2020, 2, 20), account_id=NEIGHBOUR.account_id),
        )
        _keep_bills(store, an_issued_invoice(), standing=AccountStanding())

        first, second = _batch(store, JANUARY.next)
        assert [((february,), ())] == [(each.readings, each.gaps) for each in first.meters]
        assert ((), ()) == (first.benefits, first.payments)
        assert [(tuple(of_neighbour), (a_gap(meter_id=other_meter.meter_id),))] == [
            (each.readings, each.gaps) for each in second.meters
        ]
        assert (a_benefit(account_id=NEIGHBOUR.account_id),) == second.benefits
        assert [Money(2), Money(3)] == [payment.amount for payment in second.payments]
        assert second.last_bill is None

    def test_billable_account_has_the_payments_since_its_last_bill(self, store: Store) -> None:
        """Those dated after its month and up to the month to bill, in the order of their value."""
        dates = (
            (date(2020, 1, 31), date(2020, 1, 31)),
            (date(2020, 2, 1), date(2020, 1, 30)),
            (date(2020, 2, 29), date(2020, 2, 2)),
            (date(2020, 2, 7), date(2020, 2, 1)),
            (date(2020, 3, 1), date(2020, 2, 3)),
        )
        keep(
            store,
            a_supplier(),
            an_account(),
            an_invoice(),
            *(
                _payment(place, Money(-place), dated=dated, valued_on=valued_on)
                for place, (dated, valued_on) in enumerate(dates, start=1)
            ),
            an_entry(dated=date(2020, 2, 29), amount=Money(-9), kind=EntryKind.SETTLED),
        )

        (account,) = _batch(store, JANUARY.next)
        assert [Money(2), Money(4), Money(3)] == [payment.amount for payment in account.payments]

    def test_payments_of_a_day_come_as_recorded(self, store: Store) -> None:
        """Of payments that took effect on one day the one recorded first is the first."""
        keep(
            store,
            a_supplier(),
            an_account(),
            _payment(1, Money(-1), recorded_at=MORNING + timedelta(minutes=2)),
            _payment(2, Money(-2), recorded_at=MORNING, document="2"),
            _payment(3, Money(-3), recorded_at=MORNING, document="1"),
        )

        (account,) = _batch(store, JANUARY)
        assert [Money(3), Money(2), Money(1)] == [payment.amount for payment in account.payments]

    def test_billable_account_has_the_bills_of_an_earlier_system(self, store: Store) -> None:
        """All of them by month, where the last bill is one of them."""
        bills = [
            an_invoice(
                invoice_id=InvoiceId(UUID(int=step)),
                number=f"N{step}",
                month=JANUARY.plus(step),
                payments=Money(step),
            )
            for step in range(3)
        ]
        keep(store, a_supplier(), an_account(), *reversed(bills))

        (account,) = _batch(store, JANUARY.plus(3))
        expected = tuple(
            EarlierBill(month=JANUARY.plus(step), charged=Money(64320)) for step in range(3)
        )
        assert expected == account.earlier

    def test_billable_account_needs_no_earlier_bills_after_one_issued_here(
        self, store: Store
    ) -> None:
        """A bill that was issued here knows what came before it."""
        keep(store, a_supplier(), an_account(), an_invoice())
        later = an_issued_invoice(invoice_id=InvoiceId(UUID(int=1)), month=JANUARY.next)
        _keep_bills(store, later, standing=AccountStanding())

        (account,) = _batch(store, JANUARY.plus(2))
        assert () == account.earlier

    def test_account_is_billable_as_before_an_invoice(self, store: Store) -> None:
        """To correct a bill, the account comes as it was without it, with what has come since."""
        before = an_invoice(invoice_id=InvoiceId(UUID(int=1)), number="N1", month=JANUARY.previous)
        later = _payment(1, Money(-5), dated=date(2020, 1, 31))
        keep(
            store,
            a_supplier(),
            an_account(),
            NEIGHBOUR,
            a_meter(),
            a_reading(),
            before,
            an_issued_invoice(),
            later,
        )

        with store.unit_of_work() as uow:
            account = uow.billable_accounts.get_before(an_issued_invoice().invoice_id)
        assert an_account() == account.account
        assert account.last_bill is not None
        assert ("N1", None) == (account.last_bill.number, account.last_bill.standing)
        assert (EarlierBill(month=JANUARY.previous, charged=Money(64320)),) == account.earlier
        assert [(a_reading(),)] == [meter.readings for meter in account.meters]
        assert [Money(5)] == [payment.amount for payment in account.payments]

    def test_account_is_looked_at_as_a_batch_has_it(self, store: Store) -> None:
        """Who looks at one account sees just what its bill would be made of."""
        keep(
            store,
            a_supplier(),
            an_account(),
            NEIGHBOUR,
            a_meter(),
            a_reading(),
            a_gap(),
            a_benefit(),
            an_invoice(month=JANUARY.previous),
            _payment(1, Money(-500), dated=date(2020, 1, 3)),
        )
        with store.unit_of_work() as uow:
            found = uow.billable_accounts.get(ACCOUNT_ID, JANUARY)

        assert found in _batch(store, JANUARY)
        assert an_account() == found.account
        assert [(a_reading(),)] == [meter.readings for meter in found.meters]

    def test_account_unknown_is_not_looked_at(self, store: Store) -> None:
        """An identifier that no account has is told."""
        with store.unit_of_work() as uow, pytest.raises(AccountNotFound):
            uow.billable_accounts.get(ACCOUNT_ID, JANUARY)

    def test_no_account_is_billable_as_before_no_invoice(self, store: Store) -> None:
        """An identifier that no invoice has is told."""
        with store.unit_of_work() as uow, pytest.raises(InvoiceNotFound):
            uow.billable_accounts.get_before(an_invoice().invoice_id)

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
            batch = uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", through="", limit=9)
            count = uow.billable_accounts.count_unbilled(SUPPLIER_ID, JANUARY, after="", through="")
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
        keep(store, a_supplier(), *_STREET)

        seen: list[str] = []
        while batch := _batch(store, JANUARY, after=seen[-1] if seen else "", limit=2):
            assert len(batch) <= 2
            seen += [billable.account.number for billable in batch]
        assert _NUMBERS == seen

    def test_billable_accounts_come_within_bounds(self, store: Store) -> None:
        """After the first bound and through the second one, in batches and in counts."""
        keep(store, a_supplier(), *_STREET)
        after, through = _NUMBERS[0], _NUMBERS[2]

        batch = _batch(store, JANUARY, after=after, through=through)
        with store.unit_of_work() as uow:
            counts = [
                uow.billable_accounts.count_unbilled(SUPPLIER_ID, JANUARY, after=low, through=high)
                for low, high in ((after, through), (after, ""), ("", through))
            ]
        assert _NUMBERS[1:3] == [billable.account.number for billable in batch]
        assert [2, 4, 3] == counts

    def test_bounds_divide_the_accounts_that_are_left(self, store: Store) -> None:
        """Every so many accounts without a bill there is a bound, and none after the last one."""
        billed = an_invoice(account_id=_STREET[0].account_id)
        keep(store, a_supplier(), OTHER_SUPPLIER, *_STREET, STRANGER, billed)
        left = [number for number in _NUMBERS if number != _STREET[0].number]

        with store.unit_of_work() as uow:
            bounds = [
                uow.billable_accounts.bounds(SUPPLIER_ID, JANUARY, size=size)
                for size in (1, 2, 3, 4, 5)
            ]
        assert [tuple(left[:3]), (left[1],), (left[2],), (), ()] == bounds


def _batch(
    store: Store, month: Month, *, after: str = "", through: str = "", limit: int = 9
) -> tuple[BillableAccount, ...]:
    with store.unit_of_work() as uow:
        return uow.billable_accounts.batch(
            SUPPLIER_ID, month, after=after, through=through, limit=limit
        )


def _keep_bills(store: Store, *bills: Invoice, standing: AccountStanding) -> None:
    with store.unit_of_work() as uow:
        uow.invoices.add_all(bills, standings={bill.invoice_id: standing for bill in bills})
        uow.commit()


def _payment(
    place: int, amount: Money, *, dated: date = date(2020, 1, 20), **changes: Any
) -> LedgerEntry:
    return an_entry(
        entry_id=EntryId(UUID(int=place)),
        kind=EntryKind.PAYMENT,
        amount=amount,
        dated=dated,
        **{"valued_on": dated, "document": f"П-{place}", **changes},
    )
