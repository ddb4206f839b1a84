"""Households that live through some months together, common ones and others, as facts to keep."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from uuid import UUID

from attrs import define, field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from elkk_core.billing import EntryId, EntryKind, LedgerEntry, RuleName, SupplierRule
from elkk_core.metering import (
    DigitCapacity,
    EstimateCause,
    Meter,
    MeteringGap,
    PersonsBand,
    Reading,
    ReadingSource,
)
from elkk_core.shared import AccountId, MeterId, Money, Month, ReadingId, Traits, Zone
from elkk_core.shared.zones import ZONE_SCHEMES
from elkk_core.testing.builders import (
    SUPPLIER_ID,
    a_benefit,
    a_meter,
    a_norm,
    a_rate,
    a_reading,
    a_supplier,
    an_account,
    an_entry,
)
from elkk_core.testing.stores import Fact, Store, add

FIRST_MONTH = Month(2025, 6)
_SUPPLIER = a_supplier()
_NORMS = tuple(
    a_norm(
        traits=Traits(),
        persons=PersonsBand.parse(band),
        kwh=Decimal(kwh),
        effective_from=date(2020, 1, 1),
    )
    for band, kwh in (("1", "96"), ("2", "60.5"), ("3+", "46"))
)
_CHOICES = (
    (RuleName.PENALTIES, "no"),
    (RuleName.ALLOCATION, "period_named"),
    (RuleName.RATE_MODE, "per_day"),
    (RuleName.INCLUDE_PAYMENT_DAY, "no"),
    (RuleName.RANGE_MONTHS, "one"),
    (RuleName.RANGE_SPLIT, "night_first"),
    (RuleName.ESTIMATES, "average_until_restored"),
    (RuleName.DUE_DAY_MOVES, "yes"),
)
_HABITS = ("reads",) * 8 + ("misses",) * 5 + ("reads twice", "reads a zone", "corrects", "breaks")
_CUSTOMS = ("pays",) * 4 + ("owes",) * 3 + ("pays twice", "names a month")
_GAPS = (EstimateCause.METER_FAILED, EstimateCause.ACCESS_REFUSED_TWICE)


@frozen(kw_only=True)
class TownMonth:
    """What comes in for a *month*, which is billed on a day of the supplier's."""

    month: Month
    billed_on: datetime
    facts: tuple[Fact, ...]


@frozen(kw_only=True)
class Town:
    """What was there before the first month, and the months."""

    settled: tuple[Fact, ...]
    months: tuple[TownMonth, ...]

    def settle(self, store: Store) -> None:
        """Put what was there before the first month into an empty *store*."""
        with store.unit_of_work() as uow:
            add(uow, *self.settled)
            uow.norms.add_all(_NORMS)
            uow.commit()


@define(kw_only=True)
class _Household:
    """A household as it goes on: what its registers show, and its last reading of each."""

    account_id: AccountId
    meters: list[Meter]
    shown: dict[tuple[MeterId, Zone], Decimal] = field(factory=dict)
    last: dict[tuple[MeterId, Zone], Reading] = field(factory=dict)


@st.composite
def towns(draw: DrawFn, *, common: bool = False) -> Town:
    """Towns of a few households over some months; where all is *common*, nothing odd happens."""
    numbers = count(1)
    choices = [] if common else draw(st.lists(st.sampled_from(_CHOICES), max_size=2, unique=True))
    settled: list[Fact] = [
        _SUPPLIER,
        *_rates(draw),
        *(
            SupplierRule(supplier_id=SUPPLIER_ID, name=name, month=FIRST_MONTH, value=value)
            for name, value in choices
        ),
    ]
    households = []
    for place in range(draw(st.integers(1, 4))):
        household = _settle(draw, place, numbers, settled, common=common)
        households.append(household)
    months = []
    for month in FIRST_MONTH.until(FIRST_MONTH.plus(draw(st.integers(2, 7)))):
        facts: list[Fact] = []
        for household in households:
            facts.extend(_read(draw, household, month, numbers, common=common))
            facts.extend(_pay(draw, household, month, numbers, common=common))
        early = not common and draw(st.integers(0, 9)) == 0
        day = month.first_day.replace(day=16) if early else month.next.first_day.replace(day=5)
        months.append(TownMonth(month=month, billed_on=_noon(day), facts=tuple(facts)))
    return Town(settled=tuple(settled), months=tuple(months))


def _rates(draw: DrawFn) -> Iterator[Fact]:
    """Yield the rates of all zones, in ranges or in one, dearer from a month on."""
    bounds = draw(
        st.sampled_from([(None,), (Decimal(150), None), (Decimal("99.5"), Decimal(300), None)])
    )
    for zone, price in (
        (Zone.ALL_DAY, "5.03"),
        (Zone.DAY, "5.785"),
        (Zone.NIGHT, "3.52"),
        (Zone.PEAK, "6.1"),
        (Zone.HALF_PEAK, "4.95"),
    ):
        for start, factor in ((date(2025, 1, 1), 0), (FIRST_MONTH.plus(2).first_day, 1)):
            for number, up_to in enumerate(bounds):
                yield a_rate(
                    zone=zone,
                    effective_from=start,
                    up_to=up_to,
                    price=Decimal(price) + factor + 2 * number,
                )


def _settle(
    draw: DrawFn, place: int, numbers: Iterator[int], settled: list[Fact], *, common: bool
) -> _Household:
    """Add a household with its meters to what is *settled*."""
    account_id = AccountId(UUID(int=place + 1))
    is_odd = st.just(False) if common else st.sampled_from([False] * 7 + [True])  # noqa: FBT003
    settled.append(
        an_account(
            account_id=account_id,
            number=f"{68_000_000_000 + place}",
            category="rural" if draw(is_odd) else "urban-gas",
            persons=draw(st.integers(1, 4)) if common else draw(st.none() | st.integers(1, 4)),
            traits=draw(st.sampled_from([Traits(), Traits.parse("rooms=2")])),
            range_exempt=draw(is_odd),
        )
    )
    zones = ZONE_SCHEMES[draw(st.integers(1, 3))]
    capacity = DigitCapacity(
        integers=5 if common else draw(st.sampled_from([3, 5])), decimals=draw(st.integers(0, 1))
    )
    removed_on = FIRST_MONTH.plus(3).first_day.replace(day=12) if draw(is_odd) else None
    household = _Household(account_id=account_id, meters=[])
    for number, came, gone in (
        (1, FIRST_MONTH.plus(-4).first_day, removed_on),
        *(() if removed_on is None else ((2, removed_on, None),)),
    ):
        meter = a_meter(
            meter_id=MeterId(UUID(int=place + 1 << 8 | number)),
            account_id=account_id,
            number=f'M"{place}-{number}\\',
            zones=zones,
            capacity=capacity,
            ratio=draw(st.sampled_from([1, 1, 20])),
            installed_on=came,
            removed_on=gone,
            verification_due=draw(st.none() | st.just(FIRST_MONTH.plus(1).last_day)),
        )
        household.meters.append(meter)
        settled.append(meter)
        settled.extend(
            _shown(
                household, meter, zone, _value(draw, meter), came, ReadingSource.INITIAL, numbers
            )
            for zone in zones
        )
    first = household.meters[0]
    for month in FIRST_MONTH.plus(-draw(st.integers(0, 4))).until(FIRST_MONTH):
        settled.extend(_used(draw, household, first, month, 20, numbers))
    if draw(is_odd):
        settled.append(a_benefit(account_id=account_id, first_month=FIRST_MONTH.plus(1)))
    return household


def _value(draw: DrawFn, meter: Meter) -> Decimal:
    return Decimal(draw(st.integers(0, 900))).quantize(_step(meter))


def _step(meter: Meter) -> Decimal:
    return Decimal(1).scaleb(-meter.capacity.decimals)


def _shown(  # noqa: PLR0917 - The parts of a reading.
    household: _Household,
    meter: Meter,
    zone: Zone,
    value: Decimal,
    taken_on: date,
    source: ReadingSource,
    numbers: Iterator[int],
    **changes: object,
) -> Reading:
    """Return a reading, and keep it as the last of its register."""
    reading = a_reading(
        reading_id=ReadingId(UUID(int=next(numbers) << 32)),
        meter_id=meter.meter_id,
        zone=zone,
        value=value,
        taken_on=taken_on,
        source=source,
        **{
            "month": _SUPPLIER.window.month_counted(taken_on),
            "recorded_at": _noon(taken_on),
            **changes,
        },
    )
    household.shown[meter.meter_id, zone] = value
    household.last[meter.meter_id, zone] = reading
    return reading


def _used(  # noqa: PLR0917 - Who used what when.
    draw: DrawFn,
    household: _Household,
    meter: Meter,
    month: Month,
    day: int,
    numbers: Iterator[int],
    source: ReadingSource = ReadingSource.CUSTOMER,
    zones: int = 3,
) -> Iterator[Reading]:
    """Yield readings of a day of *month* after some more consumption."""
    for zone in meter.zones[:zones]:
        used = Decimal(draw(st.integers(0, 250 // meter.ratio * 10))) / 10
        value = (household.shown[meter.meter_id, zone] + used).quantize(_step(meter))
        yield _shown(
            household,
            meter,
            zone,
            value % meter.capacity.modulus,
            month.first_day.replace(day=day),
            source,
            numbers,
            month=month,
        )


def _read(
    draw: DrawFn, household: _Household, month: Month, numbers: Iterator[int], *, common: bool
) -> Iterator[Fact]:
    for meter in household.meters:
        if Month.of(meter.installed_on) > month:
            continue
        if meter.removed_on is not None and Month.of(meter.removed_on) <= month:
            if Month.of(meter.removed_on) == month and draw(st.integers(0, 3)):
                yield from _used(
                    draw,
                    household,
                    meter,
                    month,
                    meter.removed_on.day,
                    numbers,
                    ReadingSource.FINAL,
                )
            continue
        match draw(st.sampled_from(_HABITS[:13] if common else _HABITS)):
            case "reads":
                yield from _used(draw, household, meter, month, 20, numbers)
            case "reads twice":
                day = draw(st.sampled_from([1, 15]))
                yield from _used(draw, household, meter, month, day, numbers)
                yield from _used(draw, household, meter, month, 20, numbers)
            case "reads a zone":
                yield from _used(draw, household, meter, month, 20, numbers, zones=1)
            case "corrects":
                old = household.last[meter.meter_id, meter.zones[0]]
                yield _shown(
                    household,
                    meter,
                    old.zone,
                    _value(draw, meter),
                    old.taken_on,
                    old.source,
                    numbers,
                    month=month,
                    recorded_at=_noon(month.first_day.replace(day=22)),
                    corrects=old.reading_id,
                )
            case "breaks":
                yield MeteringGap(
                    meter_id=meter.meter_id,
                    cause=draw(st.sampled_from(_GAPS)),
                    since=month.first_day,
                    until=draw(st.none() | st.just(month.last_day)),
                )


def _pay(
    draw: DrawFn, household: _Household, month: Month, numbers: Iterator[int], *, common: bool
) -> Iterator[LedgerEntry]:
    custom = draw(st.sampled_from(_CUSTOMS[:7] if common else _CUSTOMS))
    times = {"owes": 0, "pays twice": 2}.get(custom, 1)
    for _ in range(times):
        day = month.first_day.replace(day=draw(st.integers(1, 28)))
        number = next(numbers)
        yield an_entry(
            entry_id=EntryId(UUID(int=number << 32)),
            account_id=household.account_id,
            kind=EntryKind.PAYMENT,
            amount=-Money(draw(st.sampled_from([1, 9_999, 40_000, 160_000]))),
            dated=day,
            valued_on=day,
            document=f"P{number}",
            period=month.previous if custom == "names a month" else None,
            recorded_at=_noon(day),
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
