"""What the screens read: that it says what the use cases go by."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from attrs import evolve

from elkk_core.billing import (
    AccountOverview,
    BillReference,
    Estimated,
    InvoiceOverview,
    InvoiceSource,
    MeterOverview,
    MonthConsumption,
    PaymentDocument,
    RegisterOverview,
    VolumeDerivation,
)
from elkk_core.shared import InvoiceId, Money, Month, ReadingId, Zone
from elkk_core.testing.builders import (
    a_line,
    a_meter,
    a_reading,
    a_standing,
    a_supplier,
    a_volume_derivation,
    an_account,
    an_estimated_volume,
    an_invoice,
    an_issued_invoice,
)

JANUARY, FEBRUARY, MARCH = Month(2020, 1), Month(2020, 2), Month(2020, 3)
BILLED = a_reading()
SENT = a_reading(
    reading_id=ReadingId(UUID(int=1)),
    value=Decimal(14500),
    taken_on=date(2020, 2, 20),
    month=FEBRUARY,
)
REGISTER = RegisterOverview(zone=Zone.ALL_DAY, readings=(BILLED, SENT))


def test_previous_reading_is_that_of_an_earlier_month() -> None:
    """In February one corrects February's reading; in March it is the one to exceed, billed or not."""
    assert BILLED == REGISTER.previous(FEBRUARY)
    assert SENT == REGISTER.previous(MARCH)
    assert REGISTER.previous(JANUARY) is None


def test_latest_reading_is_the_last_by_time() -> None:
    """Whatever month it counts in."""
    assert SENT == REGISTER.latest
    assert RegisterOverview(zone=Zone.ALL_DAY, readings=()).latest is None


def test_reading_counts_after_the_month_that_was_billed_here() -> None:
    """A bill of an earlier billing system does not close its month for readings."""
    meter = MeterOverview(meter=a_meter(), window=a_supplier().window, registers=(REGISTER,))
    imported = AccountOverview(
        account=an_account(),
        supplier=a_supplier(),
        balance=Money.zero(),
        meters=(meter,),
        rates=(),
        last_invoice=an_invoice(month=FEBRUARY, source=InvoiceSource.IMPORTED),
    )
    issued = AccountOverview(
        account=an_account(),
        supplier=a_supplier(),
        balance=Money.zero(),
        meters=(meter,),
        rates=(),
        last_invoice=an_invoice(month=FEBRUARY, source=InvoiceSource.ISSUED),
    )
    day = date(2020, 2, 20)

    assert FEBRUARY == imported.month_to_bill(meter, day)
    assert MARCH == issued.month_to_bill(meter, day)


def test_estimates_are_those_of_the_last_bill_for_the_meter() -> None:
    """What it charged in place of readings of this meter is told; what was counted is not."""
    estimated = an_estimated_volume()
    meter = MeterOverview(meter=a_meter(), window=a_supplier().window, registers=(REGISTER,))

    def estimates_of(*lines: VolumeDerivation) -> tuple[Estimated, ...]:
        card = AccountOverview(
            account=an_account(),
            supplier=a_supplier(),
            balance=Money.zero(),
            meters=(meter,),
            rates=(),
            last_invoice=an_issued_invoice(lines=tuple(map(a_line, lines))) if lines else None,
        )
        return card.estimates(meter)

    assert (estimated,) == estimates_of(
        a_volume_derivation(),
        a_volume_derivation(basis=estimated, volume=estimated.volume),
        a_volume_derivation(meter="another", basis=estimated, volume=estimated.volume),
    )
    assert () == estimates_of(a_volume_derivation())
    assert () == estimates_of()


def test_reading_that_counts_so_far_is_the_last_of_the_month() -> None:
    """A correction takes the place of what it corrects; other months do not matter."""
    right = evolve(
        SENT, reading_id=ReadingId(UUID(int=2)), value=Decimal(14450), corrects=SENT.reading_id
    )
    register = RegisterOverview(zone=Zone.ALL_DAY, readings=(BILLED, SENT, right))

    assert right == register.counted(FEBRUARY)
    assert SENT == REGISTER.counted(FEBRUARY)
    assert REGISTER.counted(MARCH) is None


def test_payment_document_shows_all_that_is_known_of_a_bill() -> None:
    """Other bills are named by their numbers, since nobody reads identifiers off paper."""
    month = MonthConsumption(month=JANUARY, volume=Decimal(232))
    overview = InvoiceOverview(
        invoice=an_issued_invoice(payments=Money(0)),
        corrects=BillReference(invoice_id=InvoiceId(UUID(int=1)), number="B-1"),
        corrected_by=BillReference(invoice_id=InvoiceId(UUID(int=2)), number="B-2"),
        account=an_account(),
        supplier=a_supplier(),
        paid_in_month=Money.zero(),
        standing=a_standing(),
        consumption=(month,),
    )
    document = overview.payment_document()

    assert document.payment_code.endswith("электроэнергия, 2020-01|Sum=66249")
    assert document == PaymentDocument(
        supplier=overview.supplier,
        account=overview.account,
        invoice=overview.invoice,
        payment_code=document.payment_code,
        corrects="B-1",
        corrected_by="B-2",
        standing=a_standing(),
        consumption=(month,),
    )
