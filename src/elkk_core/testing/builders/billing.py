"""A valid rule, bill with its lines, and ledger entry."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.billing import (
    ARITHMETIC_VERSION,
    AccountStanding,
    Benefit,
    BillableAccount,
    BillableMeter,
    BillingTerms,
    ChargedVolume,
    Counted,
    Derivation,
    EntryId,
    EntryKind,
    Estimated,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LawRow,
    LedgerEntry,
    LineKind,
    MonthVolume,
    PaymentId,
    PenalisedDebt,
    PenaltyDerivation,
    PenaltyRow,
    ReadingShown,
    ReceivedPayment,
    RegisterStanding,
    RuleName,
    SupplierEstimateRule,
    SupplierRule,
    VolumeDerivation,
)
from elkk_core.metering import (
    EstimateBasis,
    EstimateCause,
    EstimateReason,
    EstimateRule,
    ReadingSource,
)
from elkk_core.shared import (
    InvoiceId,
    Money,
    Month,
    ReadingId,
    Zone,
)
from elkk_core.tariffs import TariffBook
from elkk_core.testing.builders.accounts import a_supplier, an_account
from elkk_core.testing.builders.household import ACCOUNT_ID, JANUARY, METER_ID, MORNING, SUPPLIER_ID
from elkk_core.testing.builders.metering import a_meter, a_reading
from elkk_core.testing.builders.tariffs import a_rate


def a_benefit(**changes: Any) -> Benefit:
    """Return a discount of a half for ``an_account()``, from January 2020 on without an end."""
    return evolve(
        Benefit(
            account_id=ACCOUNT_ID,
            name="Ветеран труда",
            percent=Decimal(50),
            first_month=JANUARY,
        ),
        **changes,
    )


def a_law_row(**changes: Any) -> LawRow:
    """Return the key rate that is in force from 27 July 2026."""
    return evolve(LawRow(first_day=date(2026, 7, 27), value=Decimal(14)), **changes)


def a_rule(**changes: Any) -> SupplierRule:
    """Return the choice of ``a_supplier()`` to fill the cheap ranges by night first."""
    return evolve(
        SupplierRule(
            supplier_id=SUPPLIER_ID,
            name=RuleName.RANGE_SPLIT,
            month=JANUARY,
            value="night_first",
        ),
        **changes,
    )


def an_estimate_rule(**changes: Any) -> SupplierEstimateRule:
    """Return the rule of ``a_supplier()`` for readings not handed over: six periods."""
    return evolve(
        SupplierEstimateRule(
            supplier_id=SUPPLIER_ID,
            cause=EstimateCause.READING_MISSED,
            month=JANUARY,
            rule=EstimateRule(periods=6, clause="приказ № 7"),
        ),
        **changes,
    )


def a_counted_volume(**changes: Any) -> Counted:
    """Return 232 kWh between two of the manual's readings of ``a_meter()``."""
    return evolve(
        Counted(
            previous=ReadingShown(
                value=Decimal(14091), taken_on=date(2019, 12, 14), source=ReadingSource.SUPPLIER
            ),
            current=ReadingShown(
                value=Decimal(14323), taken_on=date(2020, 1, 13), source=ReadingSource.SUPPLIER
            ),
            integers=5,
            ratio=1,
        ),
        **changes,
    )


def an_estimated_volume(**changes: Any) -> Estimated:
    """Return 213 kWh of January 2020, the average of six months, as no reading was sent."""
    return evolve(
        Estimated(
            month=JANUARY,
            cause=EstimateCause.READING_MISSED,
            basis=EstimateBasis.AVERAGE,
            reason=EstimateReason.AVERAGE_WITHIN_TERM,
            clause="ПП РФ № 354, п. 59 «б»",
            missed=1,
            periods=3,
            history=tuple(
                MonthVolume(month=JANUARY.plus(back), volume=Decimal(kwh))
                for back, kwh in enumerate((205, 201, 210, 215, 220, 227), start=-6)
            ),
        ),
        **changes,
    )


def a_volume_derivation(**changes: Any) -> VolumeDerivation:
    """Return ``a_counted_volume()`` at the manual's rate: 642,64."""
    return evolve(
        VolumeDerivation(
            meter="011070123456",
            zone=Zone.ALL_DAY,
            basis=a_counted_volume(),
            volume=Decimal(232),
            price=Decimal("2.77"),
            price_from=date(2020, 1, 1),
            vat_rate=Decimal(20),
        ),
        **changes,
    )


def a_penalty_derivation(**changes: Any) -> PenaltyDerivation:
    """Return 3,72 for 812,40 of November 2019: 52 days late, of which 22 cost a penalty."""
    due = date(2019, 12, 10)
    row = PenaltyRow(
        due=due,
        first_day=date(2020, 1, 10),
        last_day=date(2020, 1, 31),
        debt=Money(81240),
        rate=Decimal("6.25"),
        share=Fraction(1, 300),
    )
    return evolve(
        PenaltyDerivation(
            until=date(2020, 1, 31),
            debts=(
                PenalisedDebt(period=Month(2019, 11), due=due, rows=(row,), before=Fraction(0)),
            ),
        ),
        **changes,
    )


def a_line(
    derivation: Derivation | None = None, *, kind: LineKind = LineKind.METERED
) -> InvoiceLine:
    """Return the line of a derivation, of ``a_volume_derivation()`` if none is given."""
    known = derivation or a_volume_derivation()
    return InvoiceLine(kind=kind, amount=known.amount, vat=known.vat, derivation=known)


def an_invoice(**changes: Any) -> Invoice:
    """Return the manual's bill of January 2020: overpayment 2,55."""
    return evolve(
        Invoice(
            invoice_id=InvoiceId(UUID(int=0xA6)),
            supplier_id=SUPPLIER_ID,
            account_id=ACCOUNT_ID,
            number="К-2020-01",
            month=JANUARY,
            issued_at=MORNING,
            source=InvoiceSource.IMPORTED,
            opening=Money(1985),
            lines=(
                InvoiceLine(kind=LineKind.EARLIER, amount=Money(64320), vat=None, derivation=None),
            ),
            payments=Money(66560),
            arithmetic_version=0,
        ),
        **changes,
    )


def an_issued_invoice(**changes: Any) -> Invoice:
    """Return a bill of ``an_account()`` that was issued here, with a metered line."""
    return evolve(
        an_invoice(
            number="TSNA-2020-000001",
            source=InvoiceSource.ISSUED,
            lines=(a_line(),),
            arithmetic_version=ARITHMETIC_VERSION,
        ),
        **changes,
    )


def an_entry(**changes: Any) -> LedgerEntry:
    """Return the charge of the manual's bill in the ledger of ``an_account()``."""
    return evolve(
        LedgerEntry(
            entry_id=EntryId(UUID(int=0xA7)),
            account_id=ACCOUNT_ID,
            kind=EntryKind.CHARGE,
            amount=Money(64320),
            dated=date(2020, 1, 31),
            valued_on=date(2020, 1, 31),
            document="К-2020-01",
            recorded_at=MORNING,
        ),
        **changes,
    )


def a_payment(**changes: Any) -> ReceivedPayment:
    """Return the manual's payment of 665,60 for ``an_account()``."""
    return evolve(
        ReceivedPayment(
            payment_id=PaymentId(UUID(int=0xA8)),
            supplier_id=SUPPLIER_ID,
            account_id=ACCOUNT_ID,
            received_on=date(2020, 1, 10),
            amount=Money(66560),
            reference="СУИП 100123456789",
            counted_before=False,
            recorded_at=MORNING,
        ),
        **changes,
    )


def a_register_standing(**changes: Any) -> RegisterStanding:
    """Return where ``a_meter()`` stands after the bill of ``an_issued_invoice()``."""
    return evolve(
        RegisterStanding(
            meter_id=METER_ID,
            zone=Zone.ALL_DAY,
            reading_id=ReadingId(UUID(int=0xA5)),
            reading=a_counted_volume().current,
            counted=JANUARY,
            charged=(
                ChargedVolume(
                    month=JANUARY,
                    volume=Decimal(232),
                    price=Decimal("2.77"),
                    price_from=date(2020, 1, 1),
                    vat_rate=Decimal(20),
                ),
            ),
            history=(
                *an_estimated_volume().history,
                MonthVolume(month=JANUARY, volume=Decimal(232)),
            ),
        ),
        **changes,
    )


def a_standing(**changes: Any) -> AccountStanding:
    """Return where ``an_account()`` stands after ``an_issued_invoice()``: 2,55 in advance."""
    return evolve(AccountStanding(registers=(a_register_standing(),), credit=Money(255)), **changes)


def some_terms(**changes: Any) -> BillingTerms:
    """Return what the bills of January 2020 are made by: the manual's rate, and nothing chosen."""
    return evolve(
        BillingTerms(
            month=JANUARY,
            today=date(2020, 1, 31),
            book=TariffBook(rates=(a_rate(),)),
            window=a_supplier().window,
        ),
        **changes,
    )


def a_billable_account(**changes: Any) -> BillableAccount:
    """Return ``an_account()`` with 232 kWh to bill in January 2020 and no bill before."""
    first = a_reading(
        reading_id=ReadingId(UUID(int=0xA9)),
        value=Decimal(14091),
        taken_on=date(2019, 12, 14),
        month=JANUARY.previous,
    )
    return evolve(
        BillableAccount(
            account=an_account(),
            meters=(BillableMeter(meter=a_meter(), readings=(first, a_reading())),),
            last_bill=None,
        ),
        **changes,
    )
