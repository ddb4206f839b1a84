"""The rules by which a bill is made: pure functions of facts."""

from collections.abc import Iterable

from elkk_core.billing import errors
from elkk_core.billing.model import (
    BillableAccount,
    InvoiceDraft,
    InvoiceLine,
    MeteredVolume,
)
from elkk_core.metering.model import Reading, ReadingSource
from elkk_core.metering.policies import by_time
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.tariffs.model import TariffBook


def metered_lines(
    account: BillableAccount, *, month: Month, book: TariffBook
) -> tuple[InvoiceLine, ...]:
    """Return the lines for what the meters of an account counted, up to the bill for *month*.

    Each register is billed from the reading that the last bill ended with, and by the rate in force
    on the first day of the month (ПП РФ № 354, п. 37, 38 and 42).

    Raises:
        MeterMissing: If there is no meter.
        ReadingMissing: If a register has no reading to bill by.
        RateNotPublished: If a zone has no rate for the month.
    """
    if not account.meters:
        raise errors.MeterMissing
    billed_through = None if account.last_bill is None else account.last_bill.month
    lines = []
    for billable in account.meters:
        meter = billable.meter
        for zone in meter.zones:
            readings = [reading for reading in billable.readings if reading.zone is zone]
            pair = readings_to_bill(readings, month=month, billed_through=billed_through)
            if pair is None:
                raise errors.ReadingMissing(meter.number, zone)
            previous, current = pair
            rate = book.rate_on(month.first_day, category=account.account.category, zone=zone)
            volume = meter.volume(previous=previous.value, current=current.value)
            lines.append(
                InvoiceLine(
                    amount=rate.charge(volume),
                    metered=MeteredVolume(
                        meter=meter.number,
                        zone=zone,
                        previous=previous.value,
                        previous_on=previous.taken_on,
                        current=current.value,
                        current_on=current.taken_on,
                        ratio=meter.ratio,
                        volume=volume,
                        price=rate.price,
                        price_from=rate.effective_from,
                    ),
                )
            )
    return tuple(lines)


def readings_to_count(
    readings: Iterable[Reading], *, billed_through: Month | None
) -> tuple[Reading, ...]:
    """Return the readings of one register that the next bill may count, by time.

    The first is where it counts from: the last one that counted in a bill up to *billed_through* or
    was taken at installation, or else the first of all.
    """
    known = sorted(readings, key=by_time)
    billed = [place for place, reading in enumerate(known) if _is_billed(reading, billed_through)]
    return tuple(known[billed[-1] :] if billed else known)


def readings_to_bill(
    readings: Iterable[Reading], *, month: Month, billed_through: Month | None
) -> tuple[Reading, Reading] | None:
    """Return the reading to count from and the one to count to, None if there are not two.

    The second is the last that counts after the bill for *billed_through* and up to *month*. The
    months between, where no bill was issued, are billed together.
    """
    counted = readings_to_count(
        (reading for reading in readings if reading.month <= month), billed_through=billed_through
    )
    return (counted[0], counted[-1]) if len(counted) > 1 else None


def _is_billed(reading: Reading, billed_through: Month | None) -> bool:
    """Tell whether a bill has counted up to *reading*, or it is where counting begins."""
    return reading.source is ReadingSource.INITIAL or (
        billed_through is not None and reading.month <= billed_through
    )


def draft_invoice(
    account: BillableAccount, *, month: Month, book: TariffBook, invoice_id: InvoiceId
) -> InvoiceDraft:
    """Return the bill of an account for *month*, still without a number.

    It opens with the closing figure of the bill before, and counts as payments all that moved the
    ledger since.

    Raises:
        LaterMonthBilled: If a later month has been billed.
        MeterMissing, ReadingMissing, RateNotPublished: If the account cannot be billed.
    """
    last = account.last_bill
    if last is not None and last.month >= month:
        raise errors.LaterMonthBilled(last.month)
    opening = Money.zero() if last is None else last.closing
    return InvoiceDraft(
        invoice_id=invoice_id,
        supplier_id=account.account.supplier_id,
        account_id=account.account.account_id,
        month=month,
        opening=opening,
        lines=metered_lines(account, month=month, book=book),
        payments=opening - account.balance,
    )


def invoice_number(*, supplier_code: str, year: int, sequence: int) -> str:
    """Return the number of a bill: gapless within a supplier and a year of billing months."""
    return f"{supplier_code.upper()}-{year}-{sequence:06}"
