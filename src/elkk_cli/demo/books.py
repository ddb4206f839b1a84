"""The books of the demo's supplier: readings, bills and payments up to a day.

The same day gives the same books. Bills are foretold by the core's own arithmetic, so that
households pay what they are billed.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from io import StringIO
from pathlib import Path
from random import Random
from uuid import UUID

from attrs import astuple, field, frozen

from elkk_adapters.files import columns_of, read_table
from elkk_core.billing import SuppliedBill, SuppliedPayment
from elkk_core.metering import SuppliedMeter, SuppliedReading
from elkk_core.shared import Money, Month, SupplierId, Zone
from elkk_core.shared.texts import read_date, read_decimal
from elkk_core.tariffs import Rate, SuppliedRate, TariffBook

EXAMPLES = Path(__file__).parent.parent / "examples"
"""The files of examples/, which are a part of the package."""

OPEN_WINDOW = "1-31"
MONTHS_OF_HISTORY = 24

_MODULUS = 100_000
_SEASONS = (1.25, 1.2, 1.1, 1.0, 0.9, 0.8, 0.75, 0.8, 0.9, 1.05, 1.15, 1.3)
_SHARES = {
    Zone.ALL_DAY: 1.0,
    Zone.DAY: 0.68,
    Zone.PEAK: 0.35,
    Zone.HALF_PEAK: 0.38,
    Zone.NIGHT: 0.3,
}


class Habit(Enum):
    """How a household pays."""

    ON_TIME = auto()
    AHEAD = auto()
    NO_MORE = auto()


_PAID_AHEAD = Money(150_000)
_MONTHS_PAID_BEFORE_NO_MORE = 5


@frozen(kw_only=True)
class Household:
    """An account of ``examples/demo/accounts.csv`` and how it lives.

    *first* are its readings at the start of the history, *kwh* what it uses in a usual month, and it
    pays between the days *pays_on* of a month. *shows* names what there is to see.
    """

    account: str
    category: str
    shows: str
    meter: str
    first: Mapping[Zone, int]
    kwh: int
    ratio: int = 1
    habit: Habit = Habit.ON_TIME
    pays_on: tuple[int, int] = (6, 14)
    installed_on: str = "2019-04-16"
    verification_due: str = "2035-04-16"


ALWAYS_OPEN = "680000000101"
CLOSED_TODAY = "680000000202"
LINKED = "680000000606"
"""The account of the demo's user; its window is always open too."""

HOUSEHOLDS = (
    Household(
        account=ALWAYS_OPEN,
        category="urban-gas",
        shows="open_window",
        meter="011789101",
        first={Zone.ALL_DAY: 14_091},
        kwh=210,
    ),
    Household(
        account=CLOSED_TODAY,
        category="urban-electric",
        shows="closed_window",
        meter="011789202",
        first={Zone.DAY: 30_412, Zone.NIGHT: 12_877},
        kwh=340,
    ),
    Household(
        account="680000000303",
        category="urban-gas",
        shows="three_zones",
        meter="011789303",
        first={Zone.PEAK: 8_120, Zone.HALF_PEAK: 9_954, Zone.NIGHT: 6_402},
        kwh=520,
    ),
    Household(
        account="680000000404",
        category="rural",
        shows="debt",
        meter="011789404",
        first={Zone.ALL_DAY: 2_350},
        kwh=1_400,
        ratio=10,
        habit=Habit.NO_MORE,
        installed_on="2015-09-01",
        verification_due="2025-09-01",
    ),
    Household(
        account="680000000505",
        category="urban-electric",
        shows="overpayment",
        meter="011789505",
        first={Zone.DAY: 4_208, Zone.NIGHT: 1_730},
        kwh=230,
        habit=Habit.AHEAD,
    ),
    Household(
        account=LINKED,
        category="urban-electric",
        shows="rollover",
        meter="011789606",
        first={Zone.DAY: 98_740, Zone.NIGHT: 45_210},
        kwh=260,
        pays_on=(26, 28),
    ),
)


def closed_window(today: date) -> str:
    """Return a window that is closed on *today* and for a week at least after it."""
    if today.day <= 10:  # noqa: PLR2004 - each third of a month has the window that is far away
        return "20-25"
    return "1-5" if today.day <= 20 else "10-15"  # noqa: PLR2004 - as above


@frozen(kw_only=True)
class BookedMonth:
    """What reached the books in a month: readings that its bill counts, payments received in it."""

    month: Month
    readings: tuple[SuppliedReading, ...]
    payments: tuple[SuppliedPayment, ...]


@frozen(kw_only=True)
class Books:
    """All books of the supplier.

    *opening* is the month before the history, billed by an earlier system; the months from there on
    are billed here, and *current* is not billed yet. *totals* are what the last bills end with, by
    account.
    """

    opening: BookedMonth
    bills: tuple[SuppliedBill, ...]
    months: tuple[BookedMonth, ...]
    current: BookedMonth
    totals: Mapping[str, Money]


@frozen(kw_only=True)
class _Account:
    """What becomes of one household; its lists grow month by month."""

    household: Household
    opening_bill: SuppliedBill
    readings: dict[Month, list[SuppliedReading]] = field(factory=dict)
    payments: dict[Month, list[SuppliedPayment]] = field(factory=dict)
    totals: dict[Month, Money] = field(factory=dict)


def demo_books(today: date) -> Books:
    """Return the books of two years up to *today*, a local date of the supplier."""
    book = demo_rates()
    current = Month.of(today)
    opening = current.plus(-MONTHS_OF_HISTORY - 1)
    accounts = [_account(household, opening, today, book) for household in HOUSEHOLDS]

    def booked(month: Month) -> BookedMonth:
        return BookedMonth(
            month=month,
            readings=tuple(row for one in accounts for row in one.readings.get(month, ())),
            payments=tuple(row for one in accounts for row in one.payments.get(month, ())),
        )

    return Books(
        opening=booked(opening),
        bills=tuple(account.opening_bill for account in accounts),
        months=tuple(booked(month) for month in opening.next.until(current)),
        current=booked(current),
        totals={one.household.account: one.totals[current.previous] for one in accounts},
    )


def demo_meters(today: date) -> tuple[SuppliedMeter, ...]:
    """Return the meters with the windows that suit *today*; the others have the supplier's."""
    windows = {
        ALWAYS_OPEN: OPEN_WINDOW,
        LINKED: OPEN_WINDOW,
        CLOSED_TODAY: closed_window(today),
    }
    return tuple(
        SuppliedMeter(
            account=household.account,
            meter=household.meter,
            zones=str(len(household.first)),
            capacity="5,0",
            ratio=str(household.ratio),
            installed_on=household.installed_on,
            verification_due=household.verification_due,
            window=windows.get(household.account, ""),
        )
        for household in HOUSEHOLDS
    )


def demo_rates() -> TariffBook:
    """Return the rates of ``examples/demo/tariff.csv``."""
    rows = read_table((EXAMPLES / "demo" / "tariff.csv").read_bytes(), SuppliedRate).rows
    return TariffBook(
        rates=tuple(
            Rate(
                # The rates are only reckoned with here: they belong to nobody yet.
                supplier_id=SupplierId(UUID(int=0)),
                category=row.category,
                zone=Zone.parse(row.zone),
                effective_from=read_date(row.effective_from),
                price=read_decimal(row.price),
            )
            for row in rows
        )
    )


def as_file(rows: Sequence[object], row_type: type) -> str:
    """Return rows as the text of a file that an operator could import."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(name for name, _required in columns_of(row_type))
    writer.writerows(astuple(row) for row in rows)  # type: ignore[arg-type]
    return text.getvalue()


# One household


def _account(household: Household, opening: Month, today: date, book: TariffBook) -> _Account:
    current = Month.of(today)
    shown = dict(household.first)
    charged = _charged(household, _used(household, opening), opening, book)
    account = _Account(
        household=household,
        opening_bill=SuppliedBill(
            account=household.account,
            month=str(opening),
            number=f"{household.account}-{opening.number:02}-{opening.year % 100:02}",
            opening="0,00",
            charged=str(charged),
            payments="0,00",
            total=str(charged),
        ),
    )
    account.readings[opening] = _read(household, shown, opening, source="supplier")
    total = account.totals[opening] = charged
    for month in opening.next.until(current.next):
        paid = _paid(household, total, month, paid_months=opening.next.until(month))
        account.payments[month] = [row for row in paid if read_date(row.received_on) <= today]
        if month == current:
            break
        used = _used(household, month)
        for zone, counted in used.items():
            shown[zone] = (shown[zone] + counted) % _MODULUS
        account.readings[month] = _read(household, shown, month, source="customer")
        total += _charged(household, used, month, book)
        total -= Money.total(Money.parse(row.amount) for row in paid)
        account.totals[month] = total
    return account


def _used(household: Household, month: Month) -> dict[Zone, int]:
    """Return by how much the registers move in a month."""
    used = {}
    for zone in household.first:
        chance = _chance(household, month, zone).uniform(0.88, 1.12)
        kwh = household.kwh * _SEASONS[month.number - 1] * _SHARES[zone] * chance
        used[zone] = round(kwh / household.ratio)
    return used


def _charged(
    household: Household, used: Mapping[Zone, int], month: Month, book: TariffBook
) -> Money:
    return Money.total(
        book.rate_on(month.first_day, category=household.category, zone=zone).charge(
            Decimal(counted * household.ratio)
        )
        for zone, counted in used.items()
    )


def _read(
    household: Household, shown: Mapping[Zone, int], month: Month, *, source: str
) -> list[SuppliedReading]:
    day = _chance(household, month, "reading").randint(16, 24)
    return [
        SuppliedReading(
            account=household.account,
            meter=household.meter,
            zone=zone.value,
            taken_on=month.first_day.replace(day=day).isoformat(),
            value=str(value),
            source=source,
        )
        for zone, value in shown.items()
    ]


def _paid(
    household: Household, total: Money, month: Month, *, paid_months: Iterable[Month]
) -> list[SuppliedPayment]:
    """Return what a household pays in *month* of the bill before, whose total is *total*."""
    match household.habit:
        case Habit.ON_TIME:
            amount = total
        case Habit.AHEAD:
            amount = max(_PAID_AHEAD, total)
        case Habit.NO_MORE:
            enough = len(list(paid_months)) >= _MONTHS_PAID_BEFORE_NO_MORE
            amount = Money.zero() if enough else total
    if amount <= Money.zero():
        return []
    day = _chance(household, month, "payment").randint(*household.pays_on)
    return [
        SuppliedPayment(
            account=household.account,
            received_on=month.first_day.replace(day=day).isoformat(),
            amount=str(amount),
            reference=f"{household.account}-{month}",
        )
    ]


def _chance(household: Household, month: Month, what: object) -> Random:
    # Chance that repeats itself is wanted: the same day gives the same books.
    return Random(f"{household.account} {month} {what}")  # noqa: S311
