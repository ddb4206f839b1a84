"""What a bill is: its totals, its place after the one before, its number, its postings."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import Household, lines_of

from elkk_core.billing import (
    ARITHMETIC_VERSION,
    AmountNotPositive,
    BenefitDerivation,
    EntryKind,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LaterMonthBilled,
    LineKind,
    Movement,
    VolumeDerivation,
    draft_invoice,
    entries_of,
    invoice_number,
    storno_of,
)
from elkk_core.shared import InvoiceId, Money, Month
from elkk_core.testing import builders, strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    a_benefit,
    a_billable_account,
    a_counted_volume,
    a_line,
    a_penalty_derivation,
    a_volume_derivation,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
    some_terms,
)
from elkk_core.testing.doubles import SequentialIdentifiers

INVOICE_ID = InvoiceId(UUID(int=1))

A_PENALTY = a_line(a_penalty_derivation(), kind=LineKind.PENALTY)
A_BENEFIT = a_line(
    BenefitDerivation(
        name="Ветеран труда",
        percent=Decimal(50),
        limit=None,
        charged=Money(64264),
        volume=Decimal(232),
        vat_rate=Decimal(20),
    ),
    kind=LineKind.BENEFIT,
)
A_RECALCULATION = a_line(
    a_volume_derivation(volume=Decimal(-10), charged_in=JANUARY.previous),
    kind=LineKind.RECALCULATION,
)


# Totals


@given(invoice=strategies.invoices(supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID))
def test_invoice_adds_up(invoice: Invoice) -> None:
    """Opening plus lines less payments is what is due or overpaid, one of them at the most."""
    lines = Money.total(line.amount for line in invoice.lines)

    assert lines == invoice.charged + invoice.penalty
    assert invoice.closing == invoice.opening + lines - invoice.payments
    assert invoice.total_due - invoice.overpayment == invoice.closing
    assert invoice.total_due >= Money.zero() <= invoice.overpayment
    assert invoice.total_due.is_zero or invoice.overpayment.is_zero


def test_manual_bill_of_january_2020() -> None:
    """Debt 19,85; charged 643,20; payments 665,60: overpayment 2,55."""
    bill = an_invoice()

    assert ("19.85", "643.20", "665.60") == (
        str(bill.opening),
        str(bill.charged),
        str(bill.payments),
    )
    assert ("0.00", "2.55") == (str(bill.total_due), str(bill.overpayment))
    assert (Decimal(0), Money.zero()) == (bill.volume, bill.vat)


def test_totals_are_told_by_kind_of_line() -> None:
    """A penalty is no charge; recalculations and benefits are parts of one."""
    bill = an_issued_invoice(lines=(a_line(), A_RECALCULATION, A_BENEFIT, A_PENALTY))

    assert {
        "charged": "293.62",
        "recalculated": "-27.70",
        "benefits": "-321.32",
        "penalty": "3.72",
        # 107,11 - 4,62 - 53,55.
        "vat": "48.94",
    } == {
        name: str(getattr(bill, name))
        for name in ("charged", "recalculated", "benefits", "penalty", "vat")
    }
    assert Decimal(222) == bill.volume


def test_invoice_has_a_line_at_least() -> None:
    """A bill for nothing is none."""
    with pytest.raises(ValueError, match="must have a line"):
        an_invoice(lines=())


@pytest.mark.parametrize("kind", LineKind)
def test_line_is_derived_as_its_kind_is(kind: LineKind) -> None:
    """A penalty does not come from a volume, nor a line of an earlier system from anything."""
    fitting = {
        LineKind.PENALTY: A_PENALTY.derivation,
        LineKind.BENEFIT: A_BENEFIT.derivation,
        LineKind.EARLIER: None,
    }
    others = {A_PENALTY.derivation, A_BENEFIT.derivation, None, a_volume_derivation()} - {
        fitting.get(kind, a_volume_derivation())
    }
    for derivation in others:
        with pytest.raises(TypeError, match="is not derived so"):
            InvoiceLine(kind=kind, amount=Money(1), vat=None, derivation=derivation)


@pytest.mark.parametrize("changes", [{"revision": 1}, {"corrects": INVOICE_ID}])
def test_bill_that_corrects_another_is_not_the_first(changes: dict[str, Any]) -> None:
    """Who corrects names what; who does not is the first of its month."""
    with pytest.raises(ValueError, match="cannot correct"):
        an_issued_invoice(**changes)


@pytest.mark.parametrize("kopecks", [0, -1])
def test_payment_is_above_zero(kopecks: int) -> None:
    """Money that goes back is no payment."""
    with pytest.raises(AmountNotPositive):
        builders.a_payment(amount=Money(kopecks))


# What a line comes from


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "213"),
        ({"decimals": 1}, "213.0"),
        ({"history": an_estimated_volume().history[1:]}, "215"),
        ({"history": an_estimated_volume().history[:2], "decimals": 3}, "203.000"),
    ],
)
def test_average_is_rounded_half_up_to_the_decimals_of_the_meter(
    changes: dict[str, Any], expected: str
) -> None:
    """1278 kWh in six months are 213; 1073 in five are 214,6, and so 215."""
    assert expected == str(an_estimated_volume(**changes).volume)


def test_amount_and_tax_follow_from_volume_and_price() -> None:
    """232 kWh at 2,77 are 642,64 with 107,11 inside, and back the same with a minus."""
    charged = a_volume_derivation()
    back = a_volume_derivation(volume=Decimal(-232))

    assert ("642.64", "107.11") == (str(charged.amount), str(charged.vat))
    assert (-charged.amount, -charged.vat) == (back.amount, back.vat)


def test_passage_through_zero_is_counted_in_the_units_of_the_meter() -> None:
    """From 99 990 to 00 011 are 21, times the ratio."""
    previous, current = a_counted_volume().previous, a_counted_volume().current
    volume = a_counted_volume(
        previous=evolve(previous, value=Decimal(99990)),
        current=evolve(current, value=Decimal(11)),
        ratio=20,
    )

    assert (True, Decimal(21), Decimal(420)) == (
        volume.rolled_over,
        volume.difference,
        volume.counted,
    )


# The bill of a month


def test_draft_becomes_a_bill_under_a_number() -> None:
    """It is the same, with the version of the arithmetic that made it."""
    account = a_billable_account(
        benefits=(a_benefit(),),
        payments=(Movement(amount=Money(100), valued_on=date(2020, 1, 10)),),
    )
    draft = draft_invoice(account, terms=some_terms(), invoice_id=INVOICE_ID)
    bill = draft.issue(number="N", now=MORNING)

    assert (
        Invoice(
            invoice_id=INVOICE_ID,
            supplier_id=SUPPLIER_ID,
            account_id=ACCOUNT_ID,
            number="N",
            month=JANUARY,
            issued_at=MORNING,
            source=InvoiceSource.ISSUED,
            opening=Money.zero(),
            lines=(a_line(), A_BENEFIT),
            payments=Money(100),
            arithmetic_version=ARITHMETIC_VERSION,
        )
        == bill
    )
    assert (bill.charged, bill.penalty) == (draft.charged, draft.penalty)


def test_first_bill_opens_with_nothing() -> None:
    """What was paid before the first bill is counted in it."""
    home = Household()
    home.reads("2019-12-14", 14091)
    home.reads("2020-01-13", 14323)
    home.pays("2019-11-05", "100.00")
    bill = home.bill("2020-01")

    assert ("0.00", "100.00", "542.64") == (
        str(bill.opening),
        str(bill.payments),
        str(bill.closing),
    )


def test_bill_has_all_that_the_month_came_to() -> None:
    """Opening debt, charge, payments, penalty, and what is due after it."""
    home = Household()
    home.reads("2018-12-20", 1000)
    for month, value in (("2019-01", 2000), ("2019-02", 2000), ("2019-03", 2100)):
        home.reads(f"{month}-20", value)
        home.pays(f"{month}-05", "100.00")
        home.bill(month)
    march = home.bills[-1]

    # 2470,00 of January are left: 7,75 % / 300 for 19 days from 13 March.
    assert {
        "opening": "2570.00",
        "charged": "277.00",
        "payments": "100.00",
        "penalty": "12.12",
        "total_due": "2759.12",
        "overpayment": "0.00",
    } == {
        name: str(getattr(march, name))
        for name in ("opening", "charged", "payments", "penalty", "total_due", "overpayment")
    }


@pytest.mark.parametrize("ahead", [0, 1, 12])
def test_month_before_the_last_bill_is_not_billed(ahead: int) -> None:
    """Bills follow each other in time."""
    home = Household()
    home.reads("2019-12-20", 1000)
    home.had_bill(str(JANUARY.plus(ahead)), charged="0", closing="0")
    with pytest.raises(LaterMonthBilled) as caught:
        home.bill(str(JANUARY))

    assert JANUARY.plus(ahead) == caught.value.month


def test_bill_after_a_bill_taken_over_goes_on_from_it() -> None:
    """The manual's overpayment of 2,55 opens February; its readings up to January are billed."""
    home = Household()
    for day, value in (("2019-12-14", 14091), ("2020-01-13", 14323), ("2020-02-14", 14423)):
        home.reads(day, value)
    home.had_bill("2020-01", charged="643.20", closing="-2.55")
    february = home.bill("2020-02")

    assert [("metered", "100", "277.00")] == lines_of(february)
    assert ("-2.55", "274.45") == (str(february.opening), str(february.closing))


@given(paid=st.lists(strategies.money(least=Money(1), most=Money(10_000_00)), max_size=5))
def test_next_bill_begins_where_the_last_one_ended(paid: list[Money]) -> None:
    """Opening is the closing before, and payments are those that came in since."""
    home = Household()
    home.reads("2019-12-20", 1000)
    home.reads("2020-01-20", 1100)
    home.bill("2020-01")
    for amount in paid:
        home.pays("2020-02-05", str(amount))
    home.reads("2020-02-20", 1200)
    home.bill("2020-02")

    for earlier, later in pairwise(home.bills):
        assert (earlier.closing, Money.total(paid)) == (later.opening, later.payments)


def test_number_of_a_bill() -> None:
    """Supplier, year and a running number of six digits or more."""
    assert "TSNA-2020-000042" == invoice_number(supplier_code="tsna", year=2020, sequence=42)
    assert "TSNA-2020-1000000" == invoice_number(
        supplier_code="tsna", year=2020, sequence=1_000_000
    )


# Postings


def test_bill_moves_the_ledger_by_its_charge_and_its_penalty() -> None:
    """Both are of the last day of the month, so that the ledger comes to the closing figure."""
    bill = an_issued_invoice(lines=(a_line(), A_PENALTY))
    entries = list(entries_of(bill, new_id=SequentialIdentifiers().new))

    assert [
        (EntryKind.CHARGE, Money(64264), date(2020, 1, 31), bill.number),
        (EntryKind.PENALTY, Money(372), date(2020, 1, 31), bill.number),
    ] == [(entry.kind, entry.amount, entry.dated, entry.document) for entry in entries]
    assert {bill.month.last_day} == {entry.valued_on for entry in entries}


def test_bill_without_a_penalty_has_one_entry() -> None:
    """A charge of zero is an entry too: the bill was issued."""
    nothing = a_line(
        VolumeDerivation(
            meter="1",
            zone=a_volume_derivation().zone,
            basis=a_counted_volume(current=a_counted_volume().previous),
            volume=Decimal(0),
            price=Decimal("2.77"),
            price_from=None,
            vat_rate=Decimal(20),
        )
    )
    (entry,) = entries_of(an_issued_invoice(lines=(nothing,)), new_id=SequentialIdentifiers().new)

    assert (EntryKind.CHARGE, Money.zero()) == (entry.kind, entry.amount)


def test_storno_takes_back_all_that_a_bill_charged() -> None:
    """Its penalty too, under its own number, when the bill is issued that corrects it."""
    mistaken = an_issued_invoice(lines=(a_line(), A_PENALTY))
    right = an_issued_invoice(
        invoice_id=INVOICE_ID,
        number="TSNA-2020-000002",
        revision=1,
        corrects=mistaken.invoice_id,
        issued_at=MORNING.replace(day=20),
    )
    (entry,) = storno_of(mistaken, by=right, new_id=SequentialIdentifiers().new)

    assert (EntryKind.STORNO, Money(-64636), mistaken.number, right.issued_at) == (
        entry.kind,
        entry.amount,
        entry.document,
        entry.recorded_at,
    )
    assert Month(2020, 1).last_day == entry.dated


def test_storno_of_nothing_moves_nothing() -> None:
    """A bill that charged nothing needs none."""
    empty = an_issued_invoice(lines=(A_BENEFIT, evolve(A_BENEFIT, amount=-A_BENEFIT.amount)))

    assert [] == list(storno_of(empty, by=empty, new_id=SequentialIdentifiers().new))
