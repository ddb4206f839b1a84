"""The books of the demo's supplier: meters, readings, benefits and payments up to a day.

The same day and the same bills give the same books.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from io import StringIO
from pathlib import Path
from random import Random

from attrs import astuple, evolve, frozen

from elkk_adapters.files import columns_of
from elkk_core.billing import SuppliedBenefit, SuppliedBill, SuppliedPayment
from elkk_core.metering import SuppliedMeter, SuppliedReading
from elkk_core.shared import Money, Month, Zone
from elkk_core.shared.texts import read_date

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
_KINDS = {
    1: "однофазный электронный (однотарифный)",
    2: "однофазный электронный (двухтарифный)",
    3: "трехфазный электронный (трехтарифный)",
}
_DAY_OF_REPLACEMENT = 12
_SHARE_BEFORE_REPLACEMENT = 0.4


@frozen(kw_only=True)
class Replacement:
    """A new *meter* in the place of the old one, so many months *ago*; it begins at *first*."""

    ago: int
    meter: str
    first: int


@frozen(kw_only=True)
class Household:
    """An account of ``examples/demo/accounts.csv`` and how it lives.

    *first* are its readings at the start of the history, *kwh* what it uses in a usual month, and it
    pays between the days *pays_on* of a month. So many months ago as *silent* names it handed no
    readings over. Before the history it was billed *billed_before*. *shows* names what there is to
    see.
    """

    account: str
    shows: str
    meter: str
    first: Mapping[Zone, int]
    kwh: int
    billed_before: str
    ratio: int = 1
    habit: Habit = Habit.ON_TIME
    pays_on: tuple[int, int] = (6, 14)
    silent: frozenset[int] = frozenset()
    replacement: Replacement | None = None
    installed_on: str = "2019-04-16"
    verification_due: str = "2035-04-16"
    place: str = "Щит на лестничной площадке"
    responsible: str = ""


ALWAYS_OPEN = "680000000101"
CLOSED_TODAY = "680000000202"
LINKED = "680000000606"
"""The account of the demo's user; its window is always open too."""
WITH_BENEFIT = "680000000909"

HOUSEHOLDS = (
    Household(
        account=ALWAYS_OPEN,
        shows="open_window",
        meter="011789101",
        first={Zone.ALL_DAY: 14_091},
        kwh=210,
        billed_before="1090,71",
    ),
    Household(
        account=CLOSED_TODAY,
        shows="closed_window",
        meter="011789202",
        first={Zone.DAY: 30_412, Zone.NIGHT: 12_877},
        kwh=340,
        billed_before="1353,43",
    ),
    Household(
        account="680000000303",
        shows="three_zones",
        meter="011789303",
        first={Zone.PEAK: 8_120, Zone.HALF_PEAK: 9_954, Zone.NIGHT: 6_402},
        kwh=520,
        billed_before="2885,16",
    ),
    Household(
        account="680000000404",
        shows="debt",
        meter="011789404",
        first={Zone.ALL_DAY: 2_350},
        kwh=1_400,
        billed_before="5112,00",
        ratio=10,
        place="Шкаф на опоре у въезда",
        habit=Habit.NO_MORE,
        installed_on="2015-09-01",
        verification_due="2025-09-01",
    ),
    Household(
        account="680000000505",
        shows="overpayment",
        meter="011789505",
        first={Zone.DAY: 4_208, Zone.NIGHT: 1_730},
        kwh=230,
        billed_before="901,50",
        habit=Habit.AHEAD,
    ),
    Household(
        account=LINKED,
        shows="rollover",
        meter="011789606",
        first={Zone.DAY: 98_740, Zone.NIGHT: 45_210},
        kwh=260,
        billed_before="1034,28",
        pays_on=(26, 28),
        responsible="Светлов Демьян Олегович",
    ),
    Household(
        account="680000000707",
        shows="estimates",
        meter="011789707",
        first={Zone.ALL_DAY: 20_655},
        kwh=180,
        billed_before="925,20",
        # Two averages and a reading; then three averages, the norm, and a reading last month.
        silent=frozenset({10, 9, 5, 4, 3, 2}),
    ),
    Household(
        account="680000000808",
        shows="ranges",
        meter="011789808",
        first={Zone.DAY: 2_130, Zone.NIGHT: 44_020},
        kwh=5_400,
        billed_before="23104,90",
    ),
    Household(
        account=WITH_BENEFIT,
        shows="benefit",
        meter="011789909",
        first={Zone.ALL_DAY: 9_812},
        kwh=150,
        billed_before="771,00",
    ),
    Household(
        account="680000001010",
        shows="replaced_meter",
        meter="011781010",
        first={Zone.ALL_DAY: 77_140},
        kwh=240,
        billed_before="1233,60",
        replacement=Replacement(ago=2, meter="011781011", first=3),
        installed_on="2009-06-30",
        verification_due="2025-06-30",
    ),
)


def closed_window(today: date) -> str:
    """Return a window that is closed on *today* and for a week at least after it."""
    if today.day <= 10:  # noqa: PLR2004 - each third of a month has the window that is far away
        return "20-25"
    return "1-5" if today.day <= 20 else "10-15"  # noqa: PLR2004 - as above


@frozen(kw_only=True)
class BookedMonth:
    """What reached the books in a month: meters put in or taken down, readings of its bill."""

    month: Month
    meters: tuple[SuppliedMeter, ...]
    readings: tuple[SuppliedReading, ...]


@frozen(kw_only=True)
class Books:
    """The books of the supplier, but for payments, which follow from the bills.

    *opening* is the month before the history, billed by an earlier system with *bills*; the *months*
    from there on are billed here, the last of them the month before this one. *meters* are those at
    the start.
    """

    opening: BookedMonth
    bills: tuple[SuppliedBill, ...]
    meters: tuple[SuppliedMeter, ...]
    months: tuple[BookedMonth, ...]


def demo_books(today: date) -> Books:
    """Return the books of two years up to *today*, a local date of the supplier."""
    opening, current = _opening(today), Month.of(today)
    readings = {
        household.account: _readings(household, opening, current) for household in HOUSEHOLDS
    }

    def booked(month: Month) -> BookedMonth:
        return BookedMonth(
            month=month,
            meters=tuple(
                meter
                for household in HOUSEHOLDS
                if _replaced_in(household, current) == month
                for meter in _meters(household, current)
            ),
            readings=tuple(
                row for household in HOUSEHOLDS for row in readings[household.account][month]
            ),
        )

    return Books(
        opening=booked(opening),
        bills=tuple(_opening_bill(household, opening) for household in HOUSEHOLDS),
        meters=tuple(
            evolve(_meters(household, current)[0], removed_on=None) for household in HOUSEHOLDS
        ),
        months=tuple(booked(month) for month in opening.next.until(current)),
    )


def _opening(today: date) -> Month:
    return Month.of(today).plus(-MONTHS_OF_HISTORY - 1)


def _opening_bill(household: Household, opening: Month) -> SuppliedBill:
    return SuppliedBill(
        account=household.account,
        month=str(opening),
        number=f"{household.account}-{opening.number:02}-{opening.year % 100:02}",
        opening="0,00",
        charged=household.billed_before,
        payments="0,00",
        total=household.billed_before,
    )


def demo_benefits(today: date, *, percent: int) -> tuple[SuppliedBenefit, ...]:
    """Return the benefit of a household, which holds in all the history."""
    return (
        SuppliedBenefit(
            account=WITH_BENEFIT,
            name="Ветеран труда",
            percent=str(percent),
            limit="100",
            first_month=str(_opening(today).next),
        ),
    )


def demo_meters(today: date) -> tuple[SuppliedMeter, ...]:
    """Return the meters of now, with the windows that suit *today*; others have the supplier's."""
    windows = {
        ALWAYS_OPEN: OPEN_WINDOW,
        LINKED: OPEN_WINDOW,
        CLOSED_TODAY: closed_window(today),
    }
    return tuple(
        evolve(meter, window=windows.get(meter.account, ""))
        for household in HOUSEHOLDS
        for meter in _meters(household, Month.of(today))
    )


def payments_in(
    month: Month, *, bills: Mapping[str, Money], today: date
) -> tuple[SuppliedPayment, ...]:
    """Return what households pay in *month*, up to *today*, as their last *bills* ask for.

    *bills* are closing figures by account.
    """
    return tuple(
        payment
        for household in HOUSEHOLDS
        for payment in _payments(household, bills[household.account], month, today=today)
        if read_date(payment.received_on) <= today
    )


def as_file(rows: Sequence[object], row_type: type) -> str:
    """Return rows as the text of a file that an operator could import."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(name for name, _required in columns_of(row_type))
    writer.writerows(astuple(row) for row in rows)  # type: ignore[arg-type]
    return text.getvalue()


# One household


def _replaced_in(household: Household, current: Month) -> Month | None:
    replacement = household.replacement
    return None if replacement is None else current.plus(-replacement.ago)


def _meters(household: Household, current: Month) -> tuple[SuppliedMeter, ...]:
    """Return the meter of a household, and the new one in its place if it was replaced."""
    meter = SuppliedMeter(
        account=household.account,
        meter=household.meter,
        zones=str(len(household.first)),
        capacity="5,0",
        ratio=str(household.ratio),
        installed_on=household.installed_on,
        verification_due=household.verification_due,
        kind=_KINDS[len(household.first)],
        place=household.place,
        responsible=household.responsible,
    )
    month, replacement = _replaced_in(household, current), household.replacement
    if month is None or replacement is None:
        return (meter,)
    day = month.first_day.replace(day=_DAY_OF_REPLACEMENT)
    new = evolve(
        meter,
        meter=replacement.meter,
        installed_on=day.isoformat(),
        verification_due=day.replace(year=day.year + 16).isoformat(),
    )
    return (evolve(meter, removed_on=day.isoformat()), new)


def _readings(
    household: Household, opening: Month, current: Month
) -> dict[Month, tuple[SuppliedReading, ...]]:
    """Return what was read at a household in each month before *current*."""
    months = list(opening.next.until(current))
    shown, meter = dict(household.first), household.meter
    readings = {opening: _read(household, meter, shown, opening, source="supplier")}
    for ago, month in zip(range(len(months), 0, -1), months, strict=True):
        used = _used(household, month)
        taken: tuple[SuppliedReading, ...] = ()
        replacement = household.replacement
        if replacement is not None and replacement.ago == ago:
            before = {zone: round(used[zone] * _SHARE_BEFORE_REPLACEMENT) for zone in used}
            used = {zone: used[zone] - before[zone] for zone in used}
            taken = _read(household, meter, _moved(shown, before), month, source="final")
            shown, meter = dict.fromkeys(shown, replacement.first), replacement.meter
            taken += _read(household, meter, shown, month, source="initial")
        shown = _moved(shown, used)
        if ago not in household.silent:
            taken += _read(household, meter, shown, month, source="customer")
        readings[month] = taken
    return readings


def _moved(shown: Mapping[Zone, int], used: Mapping[Zone, int]) -> dict[Zone, int]:
    """Return what registers show after they have moved, through zero if need be."""
    return {zone: (value + used[zone]) % _MODULUS for zone, value in shown.items()}


def _used(household: Household, month: Month) -> dict[Zone, int]:
    """Return by how much the registers move in a month."""
    used = {}
    for zone in household.first:
        chance = _chance(household, month, zone).uniform(0.88, 1.12)
        kwh = household.kwh * _SEASONS[month.number - 1] * _SHARES[zone] * chance
        used[zone] = round(kwh / household.ratio)
    return used


def _read(
    household: Household, meter: str, shown: Mapping[Zone, int], month: Month, *, source: str
) -> tuple[SuppliedReading, ...]:
    day = (
        _DAY_OF_REPLACEMENT
        if source in {"initial", "final"}
        else _chance(household, month, "reading").randint(16, 24)
    )
    return tuple(
        SuppliedReading(
            account=household.account,
            meter=meter,
            zone=zone.value,
            taken_on=month.first_day.replace(day=day).isoformat(),
            value=str(value),
            source=source,
        )
        for zone, value in shown.items()
    )


def _payments(
    household: Household, bill: Money, month: Month, *, today: date
) -> Iterator[SuppliedPayment]:
    """Yield what a household pays in *month* of the bill before, if it pays."""
    match household.habit:
        case Habit.ON_TIME:
            amount = bill
        case Habit.AHEAD:
            amount = max(_PAID_AHEAD, bill)
        case Habit.NO_MORE:
            has_stopped = month > _opening(today).plus(_MONTHS_PAID_BEFORE_NO_MORE)
            amount = Money.zero() if has_stopped else bill
    if amount > Money.zero():
        day = _chance(household, month, "payment").randint(*household.pays_on)
        yield SuppliedPayment(
            account=household.account,
            received_on=month.first_day.replace(day=day).isoformat(),
            amount=str(amount),
            reference=f"{household.account}-{month}",
        )


def _chance(household: Household, month: Month, what: object) -> Random:
    # Chance that repeats itself is wanted: the same day gives the same books.
    return Random(f"{household.account} {month} {what}")  # noqa: S311
