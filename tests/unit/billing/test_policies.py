"""What a bill is made of: readings, volumes, lines, totals, the payment code."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from attrs import evolve
from hypothesis import given, reject
from hypothesis import strategies as st

from elkk_core.accounts import Requisites
from elkk_core.billing import (
    AmountNotPositive,
    BillableAccount,
    BillableMeter,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LastBill,
    LaterMonthBilled,
    MeterMissing,
    PaymentCodeFieldTooLong,
    PaymentCodeNotSeparable,
    PaymentCodeTooLong,
    ReadingMissing,
    draft_invoice,
    invoice_number,
    metered_lines,
    payment_code,
    readings_to_bill,
    readings_to_count,
)
from elkk_core.metering import DigitCapacity, Meter, Reading, ReadingSource
from elkk_core.shared import InvoiceId, MeterId, Money, Month, ReadingId, Zone
from elkk_core.tariffs import RateNotPublished, TariffBook
from elkk_core.testing import builders, strategies
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    a_billable_account,
    a_meter,
    a_rate,
    a_reading,
    an_account,
    an_invoice,
    an_issued_invoice,
)
from elkk_core.testing.doubles import SequentialIdentifiers
from elkk_core.testing.strategies import MeteredWorld

BOOK = TariffBook(rates=(a_rate(),))
INVOICE_ID = InvoiceId(SequentialIdentifiers().new())


def at(day: date, value: int, **changes: object) -> Reading:
    """Return a reading of the manual's meter that counts in the month of its day."""
    return a_reading(
        **{
            "reading_id": ReadingId(SequentialIdentifiers(first=day.toordinal()).new()),
            "value": Decimal(value),
            "taken_on": day,
            "month": Month.of(day),
            "recorded_at": MORNING + timedelta(days=(day - MORNING.date()).days),
        }
        | changes
    )


DECEMBER_14 = at(date(2019, 12, 14), 14091)
JANUARY_13 = at(date(2020, 1, 13), 14323)
FEBRUARY_14 = at(date(2020, 2, 14), 14500)


# Totals


@given(invoice=strategies.invoices(supplier_id=SUPPLIER_ID, account_id=ACCOUNT_ID))
def test_invoice_adds_up(invoice: Invoice) -> None:
    """Opening plus lines less payments is what is due or overpaid, one of them at the most."""
    lines = sum(line.amount.kopecks for line in invoice.lines)

    assert Money(lines) == invoice.charged
    assert invoice.total_due - invoice.overpayment == invoice.closing
    assert invoice.closing == invoice.opening + invoice.charged - invoice.payments
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
    assert Decimal(0) == bill.volume


def test_invoice_has_a_line_at_least() -> None:
    """A bill for nothing is none."""
    with pytest.raises(ValueError, match="must have a line"):
        an_invoice(lines=())


def test_volume_is_what_the_lines_count() -> None:
    """Lines without meters have no volume."""
    line = InvoiceLine(amount=Money(1), metered=None)

    assert Decimal(232) == an_issued_invoice().volume
    assert Decimal(464) == an_issued_invoice(lines=(*an_issued_invoice().lines * 2, line)).volume


@pytest.mark.parametrize("kopecks", [0, -1])
def test_payment_is_above_zero(kopecks: int) -> None:
    """Money that goes back is no payment."""
    with pytest.raises(AmountNotPositive):
        builders.a_payment(amount=Money(kopecks))


# Which readings are billed


@pytest.mark.parametrize(
    ("readings", "month", "billed_through", "expected"),
    [
        ([], JANUARY, None, None),
        ([DECEMBER_14], JANUARY, None, None),
        ([DECEMBER_14, JANUARY_13], JANUARY, None, (DECEMBER_14, JANUARY_13)),
        ([JANUARY_13, DECEMBER_14], JANUARY, JANUARY.previous, (DECEMBER_14, JANUARY_13)),
        ([DECEMBER_14, JANUARY_13, FEBRUARY_14], JANUARY, None, (DECEMBER_14, JANUARY_13)),
        ([DECEMBER_14, JANUARY_13, FEBRUARY_14], JANUARY.next, None, (DECEMBER_14, FEBRUARY_14)),
        ([DECEMBER_14, JANUARY_13, FEBRUARY_14], JANUARY.next, JANUARY, (JANUARY_13, FEBRUARY_14)),
        ([DECEMBER_14, JANUARY_13], JANUARY.next, JANUARY, None),
        ([FEBRUARY_14], JANUARY, None, None),
    ],
)
def test_readings_are_billed_from_where_the_last_bill_ended(
    readings: list[Reading],
    month: Month,
    billed_through: Month | None,
    expected: tuple[Reading, Reading] | None,
) -> None:
    """From the last one billed, or the first of all, to the last one up to the month."""
    assert expected == readings_to_bill(readings, month=month, billed_through=billed_through)


def test_reading_at_installation_begins_anew() -> None:
    """What was before it is not counted on, and alone it is not billed."""
    installed = at(date(2020, 1, 5), 0, source=ReadingSource.INITIAL)

    assert (installed,) == readings_to_count([DECEMBER_14, installed], billed_through=None)
    pair = readings_to_bill([DECEMBER_14, installed], month=JANUARY, billed_through=None)
    assert pair is None
    pair = readings_to_bill([installed, JANUARY_13], month=JANUARY, billed_through=None)
    assert (installed, JANUARY_13) == pair


def test_counting_begins_with_the_first_reading() -> None:
    """Without a bill and an installation the first reading there is serves."""
    both = [JANUARY_13, DECEMBER_14]

    assert () == readings_to_count([], billed_through=None)
    assert (DECEMBER_14, JANUARY_13) == readings_to_count(both, billed_through=None)
    assert (JANUARY_13,) == readings_to_count(both, billed_through=JANUARY)


def test_correction_of_a_month_is_what_is_billed() -> None:
    """Of several readings of the month the last one counts, even if it is lower."""
    later = at(date(2020, 1, 20), 14300)

    pair = readings_to_bill([DECEMBER_14, JANUARY_13, later], month=JANUARY, billed_through=None)
    assert (DECEMBER_14, later) == pair


@given(world=strategies.metered_accounts(), data=st.data())
def test_bills_of_all_months_count_every_kilowatt_hour_once(
    world: MeteredWorld, data: st.DataObject
) -> None:
    """However the months are billed, one by one or several together, nothing is lost or doubled."""
    first, *later = world.months
    billed = sorted(data.draw(st.sets(st.sampled_from(later)).map(lambda some: {*some, later[-1]})))
    for zone in world.meter.zones:
        series = [reading for reading in world.readings if reading.zone is zone]
        pairs = []
        through: Month | None = first
        for month in billed:
            pairs.append(readings_to_bill(series, month=month, billed_through=through))
            through = month

        assert None not in pairs
        ends = [pair[1] for pair in pairs if pair is not None]
        starts = [pair[0] for pair in pairs if pair is not None]
        assert [series[0], *ends[:-1]] == starts
        assert series[-1] == ends[-1]


# Lines


@given(world=strategies.metered_accounts())
def test_line_can_be_computed_anew(world: MeteredWorld) -> None:
    """Each line holds all that its amount comes from."""
    month = world.months[-1]
    book = TariffBook(rates=world.rates)
    lines = metered_lines(_billable(world), month=month, book=book)

    assert list(world.meter.zones) == [line.metered.zone for line in lines if line.metered]
    for line in lines:
        metered = line.metered
        assert metered is not None
        assert metered.volume == world.meter.volume(
            previous=metered.previous, current=metered.current
        )
        rate = book.rate_on(month.first_day, category=world.account.category, zone=metered.zone)
        assert (rate.price, rate.effective_from) == (metered.price, metered.price_from)
        exact = metered.volume * metered.price * 100
        kopecks = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        assert Money(int(kopecks)) == line.amount


def test_manual_consumption_of_january() -> None:
    """14 091 to 14 323 are 232 kWh, at 2,77 they cost 642,64."""
    (line,) = metered_lines(a_billable_account(), month=JANUARY, book=BOOK)

    assert an_issued_invoice().lines == (line,)


def test_rate_is_that_of_the_month_billed() -> None:
    """Neither the day of the reading nor that of the run decides the price."""
    step = a_rate(effective_from=date(2020, 2, 1), price=Decimal("3.00"))
    book = TariffBook(rates=(a_rate(), step))
    account = a_billable_account(
        meters=(BillableMeter(meter=a_meter(), readings=(DECEMBER_14, JANUARY_13, FEBRUARY_14)),)
    )

    (january,) = metered_lines(account, month=JANUARY, book=book)
    (february,) = metered_lines(account, month=JANUARY.next, book=book)
    assert (Money(64264), Money(122700)) == (january.amount, february.amount)


def test_every_meter_and_zone_has_a_line() -> None:
    """Two meters, one of two zones, make three lines."""
    two_zones = a_meter(
        meter_id=MeterId(SequentialIdentifiers(first=5).new()),
        number="2",
        zones=(Zone.DAY, Zone.NIGHT),
    )
    readings = tuple(
        evolve(reading, meter_id=two_zones.meter_id, zone=zone)
        for zone in two_zones.zones
        for reading in (DECEMBER_14, JANUARY_13)
    )
    (one,) = a_billable_account().meters
    account = a_billable_account(meters=(one, BillableMeter(meter=two_zones, readings=readings)))
    book = TariffBook(rates=(a_rate(), a_rate(zone=Zone.DAY), a_rate(zone=Zone.NIGHT)))

    lines = metered_lines(account, month=JANUARY, book=book)
    assert [("011070123456", "all_day"), ("2", "day"), ("2", "night")] == [
        (line.metered.meter, line.metered.zone.value) for line in lines if line.metered
    ]


def test_rollover_is_billed() -> None:
    """A four-digit meter that went from 9999 to 0011 is billed for 12 kWh."""
    meter = a_meter(capacity=DigitCapacity(integers=4))
    account = a_billable_account(
        meters=(
            BillableMeter(
                meter=meter,
                readings=(at(date(2019, 12, 14), 9999), at(date(2020, 1, 13), 11)),
            ),
        )
    )

    (line,) = metered_lines(account, month=JANUARY, book=BOOK)
    assert Money(3324) == line.amount


def test_nothing_consumed_is_a_line_of_zero() -> None:
    """A bill for an empty flat is a bill."""
    account = a_billable_account(meters=(_metered(DECEMBER_14, at(date(2020, 1, 13), 14091)),))

    (line,) = metered_lines(account, month=JANUARY, book=BOOK)
    assert Money.zero() == line.amount


@pytest.mark.parametrize(
    ("changes", "book", "error"),
    [
        ({"meters": ()}, BOOK, MeterMissing),
        ({"meters": (BillableMeter(meter=a_meter(), readings=()),)}, BOOK, ReadingMissing),
        (
            {"meters": (BillableMeter(meter=a_meter(), readings=(JANUARY_13,)),)},
            BOOK,
            ReadingMissing,
        ),
        ({}, TariffBook(rates=()), RateNotPublished),
        ({}, TariffBook(rates=(a_rate(effective_from=date(2020, 2, 1)),)), RateNotPublished),
        ({"account": an_account(category="rural")}, BOOK, RateNotPublished),
    ],
)
def test_account_that_cannot_be_billed(
    changes: dict[str, object], book: TariffBook, error: type[Exception]
) -> None:
    """Without a meter, readings or a rate there is no line, and never one of zero instead."""
    with pytest.raises(error):
        metered_lines(a_billable_account(**changes), month=JANUARY, book=book)


# Drafts


@given(
    opening=strategies.money(),
    paid=st.lists(strategies.money(least=Money.zero()), max_size=5),
)
def test_draft_begins_where_the_last_bill_ended(opening: Money, paid: list[Money]) -> None:
    """Opening is the last closing, payments are what moved the ledger since."""
    account = a_billable_account(
        last_bill=_last_bill(closing=opening), balance=opening - Money.total(paid)
    )
    draft = draft_invoice(account, month=JANUARY, book=BOOK, invoice_id=INVOICE_ID)
    bill = draft.issue(number="N", now=MORNING)

    assert (opening, Money.total(paid)) == (bill.opening, bill.payments)
    assert bill.closing == account.balance + bill.charged
    assert (InvoiceSource.ISSUED, 1, "N", MORNING) == (
        bill.source,
        bill.arithmetic_version,
        bill.number,
        bill.issued_at,
    )


def test_first_draft_opens_with_nothing() -> None:
    """What was paid before the first bill is counted in it."""
    account = a_billable_account(balance=Money(-10000))
    draft = draft_invoice(account, month=JANUARY, book=BOOK, invoice_id=INVOICE_ID)

    assert (Money.zero(), Money(10000)) == (draft.opening, draft.payments)
    assert Money(54264) == draft.issue(number="N", now=MORNING).closing


@pytest.mark.parametrize("ahead", [0, 1, 12])
def test_month_before_the_last_bill_is_not_billed(ahead: int) -> None:
    """Bills follow each other in time."""
    account = a_billable_account(last_bill=_last_bill(month=JANUARY.plus(ahead)))
    with pytest.raises(LaterMonthBilled) as caught:
        draft_invoice(account, month=JANUARY, book=BOOK, invoice_id=INVOICE_ID)

    assert JANUARY.plus(ahead) == caught.value.month


def test_number_of_a_bill() -> None:
    """Supplier, year and a running number of six digits or more."""
    assert "TSNA-2020-000042" == invoice_number(supplier_code="tsna", year=2020, sequence=42)
    assert "TSNA-2020-1000000" == invoice_number(
        supplier_code="tsna", year=2020, sequence=1_000_000
    )


# Payment codes


def test_payment_code_of_the_manual_household() -> None:
    """Required fields come first and in their order, kopecks are whole, nothing stands last."""
    code = payment_code(
        builders.requisites(),
        account_number="680012345678",
        amount=Money(60406),
        purpose="ЛС 680012345678, электроэнергия, 2020-01",
    )

    expected = (
        "ST00012|Name=АО «Энергосбыт Цна»|PersonalAcc=40702810200000000001"
        "|BankName=ПАО БАНК «ЦЕНТР», г. Тамбов|BIC=044525225"
        "|CorrespAcc=30101810400000000225|PayeeINN=6800123450|PersAcc=680012345678"
        "|Purpose=ЛС 680012345678, электроэнергия, 2020-01|Sum=60406"
    )
    assert expected == code


@given(
    requisites=strategies.requisites(),
    number=strategies.account_numbers(),
    amount=strategies.money(),
    purpose=strategies.texts(max_size=200),
)
def test_payment_code_can_be_read_back(
    requisites: Requisites, number: str, amount: Money, purpose: str
) -> None:
    """Split at its own separator the code gives back every value, or it was refused."""
    try:
        code = payment_code(requisites, account_number=number, amount=amount, purpose=purpose)
    except (PaymentCodeNotSeparable, PaymentCodeTooLong):
        reject()

    separator = code[7]
    header, *fields = code.split(separator)
    read = dict(field.split("=", 1) for field in fields)
    expected = {
        "Name": requisites.payee,
        "PersonalAcc": requisites.settlement_account,
        "BankName": requisites.bank,
        "BIC": requisites.bic,
        "CorrespAcc": requisites.correspondent_account,
        "PayeeINN": requisites.inn,
        "PersAcc": number,
        "Purpose": purpose,
    }
    if amount > Money.zero():
        expected["Sum"] = str(amount.kopecks)
    assert "ST00012" == header
    assert expected == read
    assert ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"] == list(read)[:5]


@pytest.mark.parametrize("kopecks", [0, -255])
def test_payment_code_without_a_debt_has_no_sum(kopecks: int) -> None:
    """Who owes nothing enters an amount if they like."""
    assert "Sum=" not in _code(amount=Money(kopecks))


def test_payment_code_takes_another_separator() -> None:
    """Where a value holds the usual one, the next sign that no value holds parts the fields."""
    code = _code(purpose="a|b")

    assert code.startswith("ST00012#Name=")
    assert "#Purpose=a|b#" in code


def test_payment_code_without_a_separator_is_impossible() -> None:
    """A value that holds every sign there is cannot be parted from the next."""
    with pytest.raises(PaymentCodeNotSeparable):
        _code(purpose="|#;:^_~{}!$%&()*+,/@")


@pytest.mark.parametrize(
    ("changes", "field"), [({"payee": "z" * 161}, "Name"), ({"bank": "z" * 46}, "BankName")]
)
def test_payment_code_with_a_field_too_long_is_impossible(
    changes: dict[str, str], field: str
) -> None:
    """Each field has its limit."""
    with pytest.raises(PaymentCodeFieldTooLong) as caught:
        _code(requisites=builders.requisites(**changes))

    assert field == caught.value.field


def test_payment_code_that_is_too_long_is_impossible() -> None:
    """The required fields have 300 bytes together."""
    with pytest.raises(PaymentCodeTooLong):
        _code(requisites=builders.requisites(payee="я" * 120))


def test_payment_code_up_to_its_limits() -> None:
    """160 Latin letters of a name and 210 of a purpose still go in."""
    code = _code(requisites=builders.requisites(payee="z" * 140, bank="b" * 45), purpose="p" * 210)

    assert f"|Purpose={'p' * 210}" in code
    with pytest.raises(PaymentCodeFieldTooLong):
        _code(purpose="p" * 211)


def _code(**changes: object) -> str:
    values = {
        "requisites": builders.requisites(),
        "amount": Money(100),
        "purpose": "Электроэнергия",
    } | changes
    requisites = values.pop("requisites")
    return payment_code(requisites, account_number="680012345678", **values)  # type: ignore[arg-type]


def _billable(world: MeteredWorld) -> BillableAccount:
    return BillableAccount(
        account=world.account,
        meters=(BillableMeter(meter=world.meter, readings=world.readings),),
        last_bill=None,
        balance=Money.zero(),
    )


def _metered(*readings: Reading, meter: Meter | None = None) -> BillableMeter:
    return BillableMeter(meter=meter or a_meter(), readings=readings)


def _last_bill(**changes: object) -> LastBill:
    last = LastBill(
        number="N0",
        month=JANUARY.previous,
        closing=Money.zero(),
        source=InvoiceSource.ISSUED,
    )
    return evolve(last, **changes)  # type: ignore[arg-type]
