"""The last bill of an account is issued anew; the one it corrects stays as it was."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.unit.billing.office import FEBRUARY, Office, bill_row, payment_row

from elkk_core.billing import (
    BillCorrectedAlready,
    BillNotIssuedHere,
    BillUnchanged,
    EntryKind,
    InvoiceNotFound,
    LaterMonthBilled,
    recompute,
)
from elkk_core.shared import Money, Month, SupplierNotFound
from elkk_core.tariffs import RateNotPublished
from elkk_core.testing.builders import ACCOUNT_ID, JANUARY, a_benefit, a_rate
from elkk_core.testing.stores import keep

RURAL = a_rate(category="rural", price=Decimal("2.00"))


@pytest.fixture(name="wrong")
def office_that_took_the_wrong_category(office: Office) -> Office:
    """Return an office that billed January as urban, and knows now that it is rural."""
    keep(office.store, RURAL)
    office.run()
    office.describe(category="rural")
    return office


def test_bill_is_issued_anew_by_what_the_books_say_now(wrong: Office) -> None:
    """232 kWh cost 464,00 and not 642,64: a bill of its own number that names the old one."""
    (mistaken,) = wrong.bills()
    right = wrong.correct(mistaken.number)

    assert (mistaken, right) == wrong.bills()
    assert (mistaken.invoice_id, 1, "TSNA-2020-000002", Money(46400), ()) == (
        right.corrects,
        right.revision,
        right.number,
        right.closing,
        recompute(right),
    )


def test_ledger_takes_back_what_the_old_bill_charged(wrong: Office) -> None:
    """Storno and anew, both of the month of the bill; nothing is changed."""
    before = wrong.ledger()
    right = wrong.correct("TSNA-2020-000001")
    entries = wrong.ledger()

    assert before == entries[:1]
    assert [
        (EntryKind.CHARGE, Money(64264), "TSNA-2020-000001"),
        (EntryKind.STORNO, Money(-64264), "TSNA-2020-000001"),
        (EntryKind.CHARGE, Money(46400), "TSNA-2020-000002"),
    ] == [(entry.kind, entry.amount, entry.document) for entry in entries]
    assert {JANUARY.last_day} == {entry.dated for entry in entries}
    assert right.closing == wrong.balance()


def test_next_bill_goes_on_from_the_bill_in_force(wrong: Office) -> None:
    """It opens with the right closing figure, and counts on from the same reading."""
    wrong.import_payments(payment_row(received_on="2020-02-01", amount="600"))
    wrong.correct("TSNA-2020-000001")
    wrong.read(date(2020, 2, 14), 14423)
    wrong.run(FEBRUARY)
    february = wrong.bills()[-1]

    assert (Money(46400), Money(60000), Money(20000), Money(6400)) == (
        february.opening,
        february.payments,
        february.charged,
        february.closing,
    )
    assert february.closing == wrong.balance()


def test_month_that_was_corrected_is_billed(wrong: Office) -> None:
    """The run of the month has nothing to do there."""
    wrong.correct("TSNA-2020-000001")

    assert 0 == wrong.run().issued


def test_correction_can_be_corrected(wrong: Office) -> None:
    """Each names the one before; the first is not corrected twice."""
    first = wrong.correct("TSNA-2020-000001")
    keep(wrong.store, a_benefit())
    with pytest.raises(BillCorrectedAlready) as caught:
        wrong.correct("TSNA-2020-000001")
    assert first.number == caught.value.number

    second = wrong.correct(first.number)
    assert (first.invoice_id, 2, Money(23200)) == (
        second.corrects,
        second.revision,
        second.closing,
    )
    assert second.closing == wrong.balance()


def test_penalty_of_the_old_bill_is_taken_back_too(office: Office) -> None:
    """What it reckoned is reckoned anew."""
    office.run()
    office.read(date(2020, 3, 20), 14423)
    office.clock.set(datetime(2020, 4, 1, tzinfo=UTC))
    office.run(Month(2020, 3))
    keep(office.store, a_benefit())
    march = office.correct("TSNA-2020-000002")

    assert (Money(13850), Money(257)) == (march.charged, march.penalty)
    assert [
        (EntryKind.CHARGE, Money(64264)),
        (EntryKind.CHARGE, Money(27700)),
        (EntryKind.PENALTY, Money(257)),
        (EntryKind.STORNO, Money(-27957)),
        (EntryKind.CHARGE, Money(13850)),
        (EntryKind.PENALTY, Money(257)),
    ] == [(entry.kind, entry.amount) for entry in office.ledger()]
    assert march.closing == office.balance()


def test_bill_that_comes_out_the_same_is_not_issued_anew(office: Office) -> None:
    """Nothing is wrong with it; no number is lost by asking."""
    office.run()
    with pytest.raises(BillUnchanged):
        office.correct("TSNA-2020-000001")

    office.read(date(2020, 2, 14), 14423)
    office.run(FEBRUARY)
    assert ["TSNA-2020-000001", "TSNA-2020-000002"] == [bill.number for bill in office.bills()]


def test_readings_of_later_months_do_not_change_a_bill(office: Office) -> None:
    """A mistaken reading is corrected by a reading, which the next bill settles."""
    office.run()
    office.import_reading("2020-01-13", "14300", corrects="2020-01-13")

    with pytest.raises(BillUnchanged):
        office.correct("TSNA-2020-000001")
    office.read(date(2020, 2, 14), 14400)
    office.run(FEBRUARY)
    assert Money.from_roubles((14400 - 14323) * Decimal("2.77")) == office.bills()[-1].charged


def test_bill_before_the_last_one_is_not_corrected(wrong: Office) -> None:
    """The next bill went on from it."""
    wrong.read(date(2020, 2, 14), 14423)
    wrong.run(FEBRUARY)

    with pytest.raises(LaterMonthBilled) as caught:
        wrong.correct("TSNA-2020-000001")
    assert FEBRUARY == caught.value.month


def test_bill_of_an_earlier_system_is_not_corrected(office: Office) -> None:
    """Only there it can be."""
    office.import_bills(bill_row())

    with pytest.raises(BillNotIssuedHere):
        office.correct("К-2020-01")


def test_account_that_cannot_be_billed_keeps_its_bill(office: Office) -> None:
    """The reason is told, and nothing has changed."""
    office.run()
    office.describe(category="garden")

    with pytest.raises(RateNotPublished):
        office.correct("TSNA-2020-000001")
    assert (1, Money(64264)) == (len(office.bills(ACCOUNT_ID)), office.balance())


def test_unknown_bill_or_supplier_is_refused(office: Office) -> None:
    """A slip in a number or a code is told."""
    with pytest.raises(InvoiceNotFound):
        office.correct("TSNA-2020-000001")
    with pytest.raises(SupplierNotFound):
        office.correct("TSNA-2020-000001", supplier="nobody")
