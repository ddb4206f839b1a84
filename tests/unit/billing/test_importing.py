"""Bills and payments come over from the supplier's books."""

from datetime import date
from functools import partial
from itertools import permutations
from uuid import UUID

import pytest
from tests.unit.billing.office import Office, bill_row, payment_row

from elkk_core.billing import EntryKind, InvoiceSource, SuppliedBill
from elkk_core.shared import (
    AccountId,
    BatchRejected,
    BatchReport,
    Money,
    Month,
    SupplierNotFound,
)
from elkk_core.testing.builders import ACCOUNT_ID, JANUARY, SUPPLIER_ID, USER_ID, an_account
from elkk_core.testing.stores import keep

ADDED = BatchReport(added=1, changed=0, unchanged=0)
KNOWN = BatchReport(added=0, changed=0, unchanged=1)
CHAIN = (
    bill_row(
        month="2019-11", number="1", opening="10", charged="500", payments="490,15", total="19,85"
    ),
    bill_row(
        month="2019-12", number="2", opening="19,85", charged="600", payments="600", total="19,85"
    ),
    bill_row(),
)


def _faults(error: BatchRejected) -> list[tuple[int | None, str, str]]:
    return [(fault.row, fault.field, fault.error.code) for fault in error.faults]


# Bills


def test_manual_bill_is_taken_over(office: Office) -> None:
    """The balance is what the bill says, and the ledger tells how."""
    assert ADDED == office.import_bills(bill_row())

    (bill,) = office.bills()
    assert (InvoiceSource.IMPORTED, 0, Money(-255)) == (
        bill.source,
        bill.arithmetic_version,
        bill.closing,
    )
    assert {
        EntryKind.OPENING: Money(1985),
        EntryKind.CHARGE: Money(64320),
        EntryKind.SETTLED: Money(-66560),
    } == {entry.kind: entry.amount for entry in office.ledger()}
    assert Money(-255) == office.balance()


def test_same_bill_again_changes_nothing(office: Office) -> None:
    """The ledger does not move a second time."""
    office.import_bills(bill_row())
    ledger = office.ledger()

    assert KNOWN == office.import_bills(bill_row())
    assert ledger == office.ledger()


@pytest.mark.parametrize(
    "rows", list(permutations(CHAIN)), ids=lambda rows: "".join(row.number[0] for row in rows)
)
def test_bills_are_taken_over_in_order_of_their_months(
    office: Office, rows: tuple[SuppliedBill, ...]
) -> None:
    """However the rows stand, each bill begins where the one before it ended."""
    assert 3 == office.import_bills(*rows).added
    assert [Money(1985), Money(1985), Money(-255)] == [bill.closing for bill in office.bills()]
    assert Money(-255) == office.balance()


def test_bills_may_come_one_by_one(office: Office) -> None:
    """A file a month makes the same books as one file."""
    for row in CHAIN:
        office.import_bills(row)

    assert Money(-255) == office.balance()
    assert 1 == sum(entry.kind is EntryKind.OPENING for entry in office.ledger())


@pytest.mark.parametrize("payments_first", [True, False])
def test_payment_that_a_bill_has_counted_moves_nothing(
    office: Office,
    payments_first: bool,  # noqa: FBT001 - A parameter of the test.
) -> None:
    """Bills and payments of the past make the same balance in either order."""
    steps = [
        partial(office.import_payments, payment_row()),
        partial(office.import_bills, bill_row()),
    ]
    for step in steps if payments_first else reversed(steps):
        step()

    assert Money(-255) == office.balance()


def test_all_faults_of_bills_are_told(office: Office) -> None:
    """Every fault of every row is listed, and no row goes in."""
    with pytest.raises(BatchRejected) as caught:
        office.import_bills(
            bill_row(account="1111", month="2020-13", number=" "),
            bill_row(opening="много", charged="1,234", payments="", total="x"),
            bill_row(total="2,55"),
            bill_row(),
            bill_row(number="другой"),
        )

    expected = [
        (0, "account", "shared.account_not_found"),
        (0, "month", "shared.not_a_month"),
        (0, "number", "shared.field_required"),
        (1, "opening", "shared.not_an_amount"),
        (1, "charged", "shared.not_an_amount"),
        (1, "payments", "shared.not_an_amount"),
        (1, "total", "shared.not_an_amount"),
        (2, "total", "billing.bill_does_not_add_up"),
        (4, "month", "shared.duplicate_row"),
    ]
    assert expected == _faults(caught.value)
    assert Money(-255) == caught.value.faults[7].error.expected  # type: ignore[attr-defined]
    assert () == office.bills()
    assert () == office.ledger()


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (bill_row(number="другой"), "month", "billing.bill_already_recorded"),
        (bill_row(charged="643,21", total="-2,54"), "month", "billing.bill_already_recorded"),
        (
            bill_row(
                month="2019-12",
                number="2",
                opening="0",
                charged="19,85",
                payments="0",
                total="19,85",
            ),
            "month",
            "billing.bill_out_of_order",
        ),
        (
            bill_row(
                month="2020-02", number="2", opening="2,55", charged="0", payments="0", total="2,55"
            ),
            "opening",
            "billing.opening_differs",
        ),
        (
            bill_row(month="2020-02", opening="-2,55", charged="0", payments="0", total="-2,55"),
            "number",
            "billing.bill_number_taken",
        ),
    ],
)
def test_bill_that_does_not_fit_the_books_is_refused(
    office: Office, row: SuppliedBill, field: str, code: str
) -> None:
    """A bill is a fact, and bills follow each other."""
    office.import_bills(bill_row())
    with pytest.raises(BatchRejected) as caught:
        office.import_bills(row)

    assert [(0, field, code)] == _faults(caught.value)
    assert Money(-255) == office.balance()


def test_two_accounts_of_one_file_cannot_share_a_number(office: Office) -> None:
    """The second is told, whichever comes first in time."""
    keep(office.store, an_account(account_id=AccountId(UUID(int=5)), number="5555"))
    with pytest.raises(BatchRejected) as caught:
        office.import_bills(bill_row(), bill_row(account="5555"))

    assert [(1, "number", "billing.bill_number_taken")] == _faults(caught.value)


def test_bills_of_an_unknown_supplier(office: Office) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        office.import_bills(bill_row(), supplier="nobody")


# Payments


def test_payment_is_taken_over(office: Office) -> None:
    """It lowers the balance, and is there once."""
    assert ADDED == office.import_payments(payment_row())
    assert KNOWN == office.import_payments(payment_row(account=" 6800 1234 5678 "))

    (entry,) = office.ledger()
    assert (EntryKind.PAYMENT, Money(-66560), "СУИП 100123456789") == (
        entry.kind,
        entry.amount,
        entry.document,
    )
    (month,) = office.store.cabinet.history(ACCOUNT_ID, user_id=USER_ID, since=None)[:1]
    assert Money(66560) == month.paid


@pytest.mark.parametrize(("period", "expected"), [("", None), ("2019-12", JANUARY.previous)])
def test_payment_keeps_the_month_that_was_named(
    office: Office, period: str, expected: Month | None
) -> None:
    """Which bill a payer meant to pay is kept, if any was named."""
    office.import_payments(payment_row(period=period))

    with office.store.unit_of_work() as uow:
        found = uow.payments.find_by_references(SUPPLIER_ID, [payment_row().reference])
    assert [expected] == [payment.period for payment in found.values()]


def test_payment_of_an_imported_month_is_shown_and_moves_nothing(office: Office) -> None:
    """The bill has counted it; up to its month it is history, after it, money."""
    office.import_bills(bill_row())
    office.import_payments(
        payment_row(received_on="2020-01-31", reference="1"),
        payment_row(received_on="2020-02-01", reference="2", amount="100"),
    )

    assert Money(-10255) == office.balance()


def test_payment_in_a_month_issued_here_moves_the_balance(office: Office) -> None:
    """A bill of our own has counted only what the ledger knew."""
    office.run()
    office.import_payments(payment_row())

    assert Money(64264 - 66560) == office.balance()


@pytest.mark.parametrize(
    ("received_on", "dated"),
    [
        (date(2019, 12, 30), date(2020, 2, 1)),
        (date(2020, 1, 10), date(2020, 2, 1)),
        (date(2020, 1, 31), date(2020, 2, 1)),
        (date(2020, 2, 1), date(2020, 2, 1)),
    ],
)
def test_payment_is_booked_in_a_month_that_no_bill_has_closed(
    office: Office, received_on: date, dated: date
) -> None:
    """It took effect on the day of the payment; the books have it after the last bill."""
    office.run()
    office.import_payments(payment_row(received_on=received_on.isoformat()))
    entry = office.ledger()[-1]

    assert (EntryKind.PAYMENT, received_on, dated) == (entry.kind, entry.valued_on, entry.dated)
    with office.store.unit_of_work() as uow:
        closed = uow.ledger.balances([ACCOUNT_ID], before=JANUARY.next.first_day)
    assert {ACCOUNT_ID: office.bills()[-1].closing} == closed


def test_payment_before_the_first_bill_is_booked_on_its_day(office: Office) -> None:
    """No month is closed yet, so the bill of January counts it."""
    office.import_payments(payment_row())
    office.run()

    assert Money(66560) == office.bills()[-1].payments
    assert date(2020, 1, 10) == office.ledger()[0].dated


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "665,61"},
        {"received_on": "2020-01-11"},
        {"account": "5555"},
        {"period": "2020-01"},
    ],
)
def test_another_payment_under_one_reference_is_refused(
    office: Office, changes: dict[str, str]
) -> None:
    """A reference is of one payment, in all its particulars."""
    keep(office.store, an_account(account_id=AccountId(UUID(int=5)), number="5555"))
    office.import_payments(payment_row())
    with pytest.raises(BatchRejected) as caught:
        office.import_payments(payment_row(**changes))

    assert [(0, "reference", "billing.payment_already_recorded")] == _faults(caught.value)


def test_all_faults_of_payments_are_told(office: Office) -> None:
    """Every fault of every row is listed, and no row goes in."""
    with pytest.raises(BatchRejected) as caught:
        office.import_payments(
            payment_row(account="1111", reference=" "),
            payment_row(received_on="2020-02-30", amount="0", reference="1"),
            payment_row(received_on="2020-02-02", amount="-5", reference="2"),
            payment_row(reference="3"),
            payment_row(reference=" 3 "),
            payment_row(amount="1,234", reference="я" * 61, period="январь"),
        )

    expected = [
        (0, "account", "shared.account_not_found"),
        (0, "reference", "shared.field_required"),
        (1, "received_on", "shared.no_such_date"),
        (1, "amount", "billing.amount_not_positive"),
        (2, "received_on", "billing.payment_in_the_future"),
        (2, "amount", "billing.amount_not_positive"),
        (4, "reference", "shared.duplicate_row"),
        (5, "amount", "shared.not_an_amount"),
        (5, "reference", "shared.field_too_long"),
        (5, "period", "shared.not_a_month"),
    ]
    assert expected == _faults(caught.value)
    assert () == office.ledger()


def test_payments_of_an_unknown_supplier(office: Office) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        office.import_payments(payment_row(), supplier="nobody")
