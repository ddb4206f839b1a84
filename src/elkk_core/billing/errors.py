"""What billing refuses."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, NotFound, Rejected, TooMany, Unavailable
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone

# Why an account is not billed


@define
class MeterMissing(Rejected):
    """The account has no meter."""

    code: ClassVar[str] = "billing.meter_missing"


@define
class ReadingMissing(Rejected):
    """A register has no reading to bill by, or only the one to count from."""

    code: ClassVar[str] = "billing.reading_missing"
    meter: str
    zone: Zone


@define
class ReadingAwaited(Rejected):
    """A register has no reading yet, and one may still come until *closes_on*."""

    code: ClassVar[str] = "billing.reading_awaited"
    meter: str
    closes_on: date


@define
class FinalReadingMissing(Rejected):
    """A meter was removed, and nobody has told what a register showed then."""

    code: ClassVar[str] = "billing.final_reading_missing"
    meter: str
    zone: Zone


@define
class ReadingsContradict(Rejected):
    """A register shows *current* after *previous*: more than a passage through zero explains."""

    code: ClassVar[str] = "billing.readings_contradict"
    meter: str
    zone: Zone
    previous: Decimal
    current: Decimal


@define
class LaterMonthBilled(Rejected):
    """The bill for a later month, *month*, has been issued already."""

    code: ClassVar[str] = "billing.later_month_billed"
    month: Month


# Why a bill is not corrected


@define
class BillNotIssuedHere(Rejected):
    """An earlier billing system issued the bill, and only there it can be corrected."""

    code: ClassVar[str] = "billing.bill_not_issued_here"


@define
class BillCorrectedAlready(Conflict):
    """The bill *number* stands in its place already."""

    code: ClassVar[str] = "billing.bill_corrected_already"
    number: str


@define
class BillUnchanged(Rejected):
    """By what the books say now, the bill comes out the same."""

    code: ClassVar[str] = "billing.bill_unchanged"


# Why a run is refused


@define
class MonthNotBegun(Rejected):
    """The month lies in the future."""

    code: ClassVar[str] = "billing.month_not_begun"
    month: Month


# What is there, or is not


@define
class InvoiceNotFound(NotFound):
    """There is no such bill, or the user who asks has not linked its account."""

    code: ClassVar[str] = "billing.invoice_not_found"
    invoice: str


# What a file says


@define
class AmountNotPositive(Rejected):
    """A payment is not above zero."""

    code: ClassVar[str] = "billing.amount_not_positive"


@define
class BillDoesNotAddUp(Rejected):
    """Opening balance plus charged less payments is *expected*, not the total of the file."""

    code: ClassVar[str] = "billing.bill_does_not_add_up"
    expected: Money


@define
class OpeningDiffers(Rejected):
    """A bill does not begin with the closing figure of the one before, which is *expected*."""

    code: ClassVar[str] = "billing.opening_differs"
    expected: Money


@define
class BillAlreadyRecorded(Conflict):
    """The account has another bill for the same month; bills are never changed."""

    code: ClassVar[str] = "billing.bill_already_recorded"
    number: str


@define
class BillNumberTaken(Conflict):
    """Another bill of the supplier bears this number."""

    code: ClassVar[str] = "billing.bill_number_taken"


@define
class BillOutOfOrder(Rejected):
    """The account has a bill for the later month *last*; bills are taken over in order."""

    code: ClassVar[str] = "billing.bill_out_of_order"
    last: Month


@define
class PaymentInTheFuture(Rejected):
    """A payment bears a date that has not come."""

    code: ClassVar[str] = "billing.payment_in_the_future"


@define
class PaymentAlreadyRecorded(Conflict):
    """A payment with the same reference, but another account, date or *amount*, is recorded."""

    code: ClassVar[str] = "billing.payment_already_recorded"
    amount: Money


# What a penalty cannot be reckoned by


@define
class AmountNegative(Rejected):
    """A debt or a payment is below zero."""

    code: ClassVar[str] = "billing.amount_negative"


@define
class FlatRateMissing(Rejected):
    """A penalty at a flat rate has been asked for without naming the rate."""

    code: ClassVar[str] = "billing.flat_rate_missing"


# Tables and choices


@define
class BenefitWrong(Rejected):
    """The *field* of a benefit cannot be so: not above zero, above 100 %, or an end before it began."""

    code: ClassVar[str] = "billing.benefit_wrong"
    field: str


@define
class BenefitOverlaps(Rejected):
    """An account has a benefit of this name from *first_month* on, which would count twice."""

    code: ClassVar[str] = "billing.benefit_overlaps"
    first_month: Month


@define
class LawRowWrong(Rejected):
    """A row of the *table* lacks its *field*, has one that does not belong there, or a wrong one."""

    code: ClassVar[str] = "billing.law_row_wrong"
    table: str
    field: str


@define
class LawTableWrong(Rejected):
    """The *table* has no rows, or a day twice."""

    code: ClassVar[str] = "billing.law_table_wrong"
    table: str


@define
class LawTableBeginsLater(Rejected):
    """The *table* begins later than the one in force, which begins on *first_day*."""

    code: ClassVar[str] = "billing.law_table_begins_later"
    table: str
    first_day: date


@define
class EstimateRuleWrong(Rejected):
    """A rule of estimates has more than *most* periods, or a coefficient that is not above zero."""

    code: ClassVar[str] = "billing.estimate_rule_wrong"
    most: int


@define
class RuleValueWrong(Rejected):
    """The choice *name* cannot be so; *choices* names what it can be."""

    code: ClassVar[str] = "billing.rule_value_wrong"
    name: str
    choices: str


@define
class FlatRateNotPositive(Rejected):
    """A flat rate of penalties is not above zero."""

    code: ClassVar[str] = "billing.flat_rate_not_positive"


# Payment codes


@define
class PaymentCodeFieldMissing(Rejected):
    """A payment QR lacks the required *field* (ГОСТ Р 56042-2014)."""

    code: ClassVar[str] = "billing.payment_code_field_missing"
    field: str


@define
class PaymentCodeFieldMalformed(Rejected):
    """A *field* of a payment QR has no proper name, or is an amount not in whole kopecks."""

    code: ClassVar[str] = "billing.payment_code_field_malformed"
    field: str


@define
class PaymentCodeFieldRepeated(Rejected):
    """A payment QR has the *field* twice; small and capital letters are the same."""

    code: ClassVar[str] = "billing.payment_code_field_repeated"
    field: str


@define
class PaymentCodeFieldTooLong(Rejected):
    """A *field* of a payment QR is longer than *limit* characters."""

    code: ClassVar[str] = "billing.payment_code_field_too_long"
    field: str
    limit: int


@define
class PaymentCodeCharacterMissing(Rejected):
    """The *charset* has no such *character* as a *field* of a payment QR holds."""

    code: ClassVar[str] = "billing.payment_code_character_missing"
    field: str
    character: str
    charset: str


@define
class PaymentCodeTooLong(Rejected):
    """The required fields of a payment QR are *size* bytes together, above the *limit*."""

    code: ClassVar[str] = "billing.payment_code_too_long"
    limit: int
    size: int


@define
class PaymentCodeNotSeparable(Rejected):
    """The values of a payment QR hold every mark that could separate them."""

    code: ClassVar[str] = "billing.payment_code_not_separable"


@define
class PaymentCodeUnreadable(Rejected):
    """A text is not a payment QR of the standard's version 0001, or not in the charset it names.

    *header* is what stands where the header should.
    """

    code: ClassVar[str] = "billing.payment_code_unreadable"
    header: str


# Printing


@define
class PrinterUnavailable(Unavailable):
    """The payment document could not be made."""

    code: ClassVar[str] = "billing.printer_unavailable"


# What is not known well enough to tell


@define
class ConsumptionTooLittleKnown(Rejected):
    """A forecast needs *least* months of consumption, and only *known* are there."""

    code: ClassVar[str] = "billing.consumption_too_little_known"
    least: int
    known: int


# Taking everything home


@define
class TooManyExports(TooMany):
    """The user has asked for everything too often; the next time from *free_at* on."""

    code: ClassVar[str] = "billing.too_many_exports"
    free_at: datetime
