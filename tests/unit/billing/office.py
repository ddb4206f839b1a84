"""The use cases of billing on the manual's household."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from attrs import evolve

from elkk_core.billing import (
    BillingPlan,
    BillingReport,
    CorrectInvoice,
    FindBillingProblems,
    ImportBills,
    ImportPayments,
    Invoice,
    LedgerEntry,
    PlanBilling,
    RunBilling,
    SuppliedBill,
    SuppliedPayment,
    UnbilledAccount,
)
from elkk_core.metering import ImportReadings, Reading, RolloverPolicy, SuppliedReading
from elkk_core.shared import AccountId, BatchReport, Clock, MeterId, Money, Month, ReadingId
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    JANUARY,
    USER_ID,
    a_link,
    a_meter,
    a_rate,
    a_reading,
    a_supplier,
    a_user,
    an_account,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

FEBRUARY = JANUARY.next


def bill_row(**changes: str) -> SuppliedBill:
    """Return the manual's bill as a row of a file, with *changes*."""
    return SuppliedBill(
        **{
            "account": "680012345678",
            "month": "2020-01",
            "number": "К-2020-01",
            "opening": "19,85",
            "charged": "643,20",
            "payments": "665,60",
            "total": "-2,55",
        }
        | changes
    )


def payment_row(**changes: str) -> SuppliedPayment:
    """Return the manual's payment as a row of a file, with *changes*."""
    return SuppliedPayment(
        **{
            "account": "680012345678",
            "received_on": "2020-01-10",
            "amount": "665,60",
            "reference": "СУИП 100123456789",
        }
        | changes
    )


class Office:
    """A store with one household, and all that an operator does to its bills."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock(datetime(2020, 2, 1, 6, tzinfo=UTC))
        self.identifiers = SequentialIdentifiers(first=10_000)
        keep(
            self.store,
            a_user(),
            a_supplier(),
            an_account(),
            a_link(),
            a_rate(),
            a_meter(),
            a_reading(
                reading_id=ReadingId(UUID(int=1)),
                value=Decimal(14091),
                taken_on=date(2019, 12, 14),
                month=JANUARY.previous,
            ),
            a_reading(),
        )

    def billing(self, *, clock: Clock | None = None, batch_size: int = 200) -> RunBilling:
        """Return the run of a billing."""
        return RunBilling(
            unit_of_work=self.store.unit_of_work,
            clock=clock or self.clock,
            identifiers=self.identifiers,
            rollover=RolloverPolicy(),
            batch_size=batch_size,
        )

    def run(
        self, month: Month = JANUARY, *, supplier: str = "tsna", batch_size: int = 200
    ) -> BillingReport:
        """Run the billing of a month."""
        return self.billing(batch_size=batch_size)(supplier=supplier, month=month)

    def correct(self, number: str, *, supplier: str = "tsna") -> Invoice:
        """Issue a bill anew."""
        step = CorrectInvoice(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            rollover=RolloverPolicy(),
        )
        return step(supplier=supplier, number=number)

    def plan(self, month: Month = JANUARY, *, supplier: str = "tsna", size: int = 2) -> BillingPlan:
        """Divide the billing of a month."""
        step = PlanBilling(unit_of_work=self.store.unit_of_work, clock=self.clock, size=size)
        return step(supplier=supplier, month=month)

    def problems(
        self, month: Month = JANUARY, *, supplier: str = "tsna", batch_size: int = 200
    ) -> list[UnbilledAccount]:
        """Return the accounts without a bill for a month, and what is the matter with them."""
        step = FindBillingProblems(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            rollover=RolloverPolicy(),
            batch_size=batch_size,
        )
        return list(step(supplier=supplier, month=month))

    def import_bills(self, *rows: SuppliedBill, supplier: str = "tsna") -> BatchReport:
        """Take bills over."""
        step = ImportBills(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
        )
        return step(supplier=supplier, rows=rows)

    def import_payments(self, *rows: SuppliedPayment, supplier: str = "tsna") -> BatchReport:
        """Take payments over."""
        step = ImportPayments(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
        )
        return step(supplier=supplier, rows=rows)

    def read(self, day: date, value: int) -> None:
        """Bring a reading of the manual's meter into the books."""
        reading = a_reading(
            reading_id=ReadingId(self.identifiers.new()),
            value=Decimal(value),
            taken_on=day,
            month=Month.of(day),
        )
        keep(self.store, reading)

    def import_reading(self, day: str, value: str, *, corrects: str = "") -> BatchReport:
        """Take a reading of the manual's meter over, which counts when it has to."""
        step = ImportReadings(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=RolloverPolicy(),
        )
        row = SuppliedReading(
            account="680012345678",
            meter=a_meter().number,
            zone="all_day",
            taken_on=day,
            value=value,
            source="supplier",
            corrects=corrects,
        )
        return step(supplier="tsna", rows=[row])

    def readings(self) -> tuple[Reading, ...]:
        """Return the readings of the manual's meter as they were recorded."""
        with self.store.unit_of_work() as uow:
            readings = uow.readings.list_of([a_meter().meter_id])
        return tuple(sorted(readings, key=lambda reading: reading.recorded_at))

    def describe(self, *, category: str) -> None:
        """Let the supplier's books tell of another category of the manual's household."""
        with self.store.unit_of_work() as uow:
            account = uow.accounts.get(ACCOUNT_ID)
            uow.accounts.save_all([evolve(account, category=category)])
            uow.commit()

    def neighbours(self, count: int) -> None:
        """Move in *count* households, numbered 0001 and on, each with 100 kWh in January."""
        for place in range(1, count + 1):
            account = an_account(account_id=AccountId(UUID(int=100 + place)), number=f"{place:04}")
            meter = a_meter(meter_id=MeterId(UUID(int=200 + place)), account_id=account.account_id)
            first, last = (
                a_reading(
                    reading_id=ReadingId(self.identifiers.new()),
                    meter_id=meter.meter_id,
                    value=Decimal(value),
                    taken_on=day,
                    month=Month.of(day),
                )
                for value, day in ((0, date(2019, 12, 20)), (100, date(2020, 1, 20)))
            )
            keep(self.store, account, meter, first, last)

    def bills(self, account_id: AccountId = ACCOUNT_ID) -> tuple[Invoice, ...]:
        """Return the bills of an account by month."""
        with self.store.unit_of_work() as uow:
            return uow.invoices.list_of([account_id])

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Return the ledger of the manual's household."""
        with self.store.unit_of_work() as uow:
            return uow.ledger.list_of(ACCOUNT_ID)

    def balance(self) -> Money:
        """Return the balance that the manual's household sees."""
        return self.store.cabinet.account(ACCOUNT_ID, user_id=USER_ID).balance
