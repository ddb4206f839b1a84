"""The households that are billed: a town in its usual state, the same one every time.

Of 100 households 70 hand over their readings in a month, 25 leave theirs out and get an average, for
two or three months in a row, and 5 never read their meters and get the norm. Thirty have a meter of
two zones. Twenty pay a third of what they owe in a month, so that they always owe something of
before the last month and are charged a penalty; the others pay all that they owe. About twenty get
over the first consumption range.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

from attrs import frozen

from elkk_core.accounts import PersonalAccount
from elkk_core.billing import EntryId, EntryKind, LedgerEntry, PaymentId, ReceivedPayment
from elkk_core.metering import Meter, Norm, PersonsBand, Reading, ReadingSource
from elkk_core.shared import AccountId, MeterId, Money, Month, ReadingId, Traits, Zone
from elkk_core.tariffs import Rate
from elkk_core.testing.builders import (
    a_meter,
    a_norm,
    a_payment,
    a_rate,
    a_reading,
    a_supplier,
    an_account,
    an_entry,
)
from elkk_core.testing.doubles import FixedClock

FIRST_MONTH = Month(2025, 7)
"""The first month that is billed."""

STEADY_AFTER = 3
"""After so many months there are debts of every age, and averages after averages."""

SUPPLIER = a_supplier(code="bench")
CLOCK = FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))

_INSTALLED_ON = FIRST_MONTH.plus(-6).first_day
_SHARES = {Zone.ALL_DAY: 100, Zone.DAY: 70, Zone.NIGHT: 30}
_PRICES = {
    Zone.ALL_DAY: ("5.03", "6.85", "9.70"),
    Zone.DAY: ("5.78", "7.88", "11.16"),
    Zone.NIGHT: ("3.52", "4.80", "6.79"),
}
_BOUNDS = (Decimal(300), Decimal(450), None)
_KINDS_OF_READERS = 20
_OMITTED = 5


def rates() -> list[Rate]:
    """Return the published rates, in three consumption ranges."""
    return [
        a_rate(zone=zone, effective_from=date(2025, 1, 1), up_to=up_to, price=Decimal(price))
        for zone, prices in _PRICES.items()
        for up_to, price in zip(_BOUNDS, prices, strict=True)
    ]


def norms() -> list[Norm]:
    """Return the published norms, for households of one person to four and more."""
    bands = {"1": 96, "2": 60, "3": 46, "4+": 38}
    return [
        a_norm(traits=Traits(), persons=PersonsBand.parse(band), kwh=Decimal(kwh))
        for band, kwh in bands.items()
    ]


@frozen
class Household:
    """The household at a *place* in the town, counted from 0."""

    place: int

    @property
    def account(self) -> PersonalAccount:
        """Its personal account."""
        return an_account(
            account_id=AccountId(UUID(int=1 << 64 | self.place)),
            number=f"{68_000_000_000 + self.place}",
            persons=self.place % 5 + 1,
        )

    @property
    def meter(self) -> Meter:
        """Its meter."""
        has_two_zones = self.place // 100 % 10 < 3
        return a_meter(
            meter_id=MeterId(UUID(int=2 << 64 | self.place)),
            account_id=self.account.account_id,
            number=f"M{self.place}",
            zones=(Zone.DAY, Zone.NIGHT) if has_two_zones else (Zone.ALL_DAY,),
            installed_on=_INSTALLED_ON,
        )

    @property
    def initial_readings(self) -> list[Reading]:
        """What the meter showed when it was installed."""
        return self._readings(
            0, ReadingSource.INITIAL, _INSTALLED_ON, Month.of(_INSTALLED_ON).previous
        )

    def readings(self, month: Month) -> list[Reading]:
        """Return what is handed over in a month, nothing if it is left out."""
        if not self._reads(month):
            return []
        day = month.first_day.replace(day=15 + self.place % 10)
        return self._readings(self._used_through(month), ReadingSource.SUPPLIER, day, month)

    def payments(self, month: Month, *, owed: Money) -> list[ReceivedPayment]:
        """Return what is paid in a month at whose beginning so much is *owed*."""
        pays_late = self.place // 20 % 5 == 0
        amount = Money(owed.kopecks // 3) if pays_late else owed
        if amount <= Money.zero():
            return []
        paid_on = month.first_day.replace(day=5 + self.place % 10)
        return [
            a_payment(
                payment_id=PaymentId(_identifier(month, self.place)),
                account_id=self.account.account_id,
                received_on=paid_on,
                amount=amount,
                reference=f"СУИП {month} {self.place}",
                recorded_at=_noon(paid_on),
            )
        ]

    def _reads(self, month: Month) -> bool:
        passed = _months_from(FIRST_MONTH, month)
        kind = self.place % _KINDS_OF_READERS
        if kind == 0:
            return False
        # Five kinds of the others leave it out, and each month two of them give way to two more.
        return passed == 0 or (kind + 2 * passed) % (_KINDS_OF_READERS - 1) >= _OMITTED

    def _used_through(self, month: Month) -> int:
        """Return the kWh from the installation of the meter to the reading in *month*."""
        usual = 60 + self.place * 37 % 300
        return sum(
            usual * (80 + (self.place * 13 + passed * 29) % 41) // 100
            for passed in range(_months_from(Month.of(_INSTALLED_ON), month) + 1)
        )

    def _readings(
        self, used: int, source: ReadingSource, taken_on: date, month: Month
    ) -> list[Reading]:
        meter = self.meter
        return [
            a_reading(
                reading_id=ReadingId(_identifier(month, register)),
                meter_id=meter.meter_id,
                zone=zone,
                value=Decimal(used * _SHARES[zone] // 100),
                taken_on=taken_on,
                month=month,
                source=source,
                recorded_at=_noon(taken_on),
            )
            for register, zone in enumerate(meter.zones, start=self.place * 2)
        ]


def in_ledger(payment: ReceivedPayment) -> LedgerEntry:
    """Return what a payment moves in the ledger."""
    return an_entry(
        entry_id=EntryId(payment.payment_id),
        account_id=payment.account_id,
        kind=EntryKind.PAYMENT,
        amount=-payment.amount,
        dated=payment.received_on,
        valued_on=payment.received_on,
        document=payment.reference,
        recorded_at=payment.recorded_at,
    )


def _identifier(month: Month, number: int) -> UUID:
    """Return an identifier that sorts by month, as those do that are made in the course of time."""
    return UUID(int=month.year << 96 | month.number << 80 | number)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _months_from(earlier: Month, later: Month) -> int:
    return (later.year - earlier.year) * 12 + later.number - earlier.number
