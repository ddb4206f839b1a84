"""What the screens read: that it says what the use cases go by."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from elkk_core.billing import (
    AccountOverview,
    BillReference,
    InvoiceOverview,
    InvoiceSource,
    MeterOverview,
    MonthConsumption,
    PaymentDocument,
    RegisterOverview,
)
from elkk_core.shared import InvoiceId, Money, Month, ReadingId, Zone
from elkk_core.testing.builders import (
    a_meter,
    a_reading,
    a_standing,
    a_supplier,
    an_account,
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
