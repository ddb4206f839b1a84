"""What an account consumed month by month, for people to look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import field, frozen

from elkk_core.billing.model import Invoice, VolumeDerivation
from elkk_core.metering.model import Meter, Reading, ReadingSource
from elkk_core.metering.policies import effective, months_measured_by
from elkk_core.shared import validators
from elkk_core.shared.ids import MeterId
from elkk_core.shared.money import round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone

_NOTHING = Decimal(0)
_SHARED_DECIMALS = 2


@frozen(kw_only=True)
class ZoneUse:
    """The kWh of one zone in a month, of which *estimated* are not known by a reading."""

    zone: Zone
    volume: Decimal = field(validator=validators.exact_decimal)
    estimated: Decimal = field(default=_NOTHING, validator=validators.exact_decimal)


@frozen(kw_only=True)
class MonthUse:
    """The kWh of an account in a *month*, zone by zone; *is_billed* if a bill charged them.

    A month may have used less than nothing: in its bill more was given back than was charged.
    """

    month: Month
    zones: tuple[ZoneUse, ...]
    is_billed: bool

    @property
    def volume(self) -> Decimal:
        """The kWh of all zones."""
        return sum((zone.volume for zone in self.zones), _NOTHING)

    @property
    def estimated(self) -> Decimal:
        """The kWh of all zones that are not known by a reading."""
        return sum((zone.estimated for zone in self.zones), _NOTHING)

    def of(self, zone: Zone) -> Decimal | None:
        """Return the kWh of *zone*, None where the month does not know the zone."""
        found = [use.volume for use in self.zones if use.zone is zone]
        return sum(found, _NOTHING) if found else None


def use_by_month(
    *, invoices: Iterable[Invoice], meters: Iterable[Meter], readings: Iterable[Reading]
) -> tuple[MonthUse, ...]:
    """Return what an account consumed, month by month, the oldest first.

    A month is what its bill in force charged; so a settlement of estimates stands in the month of the
    bill that made it. Where no bill tells volumes (of an earlier billing system, or of a month that
    is not billed yet), the difference between the readings tells them. A difference that spans
    several such months is shared equally between them, and counts as estimated: nobody has read what
    each of them took.
    """
    billed = {invoice.month: invoice for invoice in sorted(invoices, key=_in_force_last)}
    found = {
        month: MonthUse(month=month, zones=zones, is_billed=True)
        for month, invoice in billed.items()
        if (zones := _charged(invoice))
    }
    for month, zones in _read(meters, readings).items():
        if month not in found:
            found[month] = MonthUse(month=month, zones=zones, is_billed=False)
    return tuple(found[month] for month in sorted(found))


def _in_force_last(invoice: Invoice) -> tuple[Month, int]:
    return invoice.month, invoice.revision


def _charged(invoice: Invoice) -> tuple[ZoneUse, ...]:
    """Return what a bill charged, zone by zone; nothing where it does not tell."""
    volumes: dict[Zone, Decimal] = defaultdict(Decimal)
    estimated: dict[Zone, Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        if isinstance(line.derivation, VolumeDerivation):
            volumes[line.derivation.zone] += line.derivation.volume
            if line.kind.is_estimate:
                estimated[line.derivation.zone] += line.derivation.volume
    return _zones(volumes, estimated)


def _read(
    meters: Iterable[Meter], readings: Iterable[Reading]
) -> Mapping[Month, tuple[ZoneUse, ...]]:
    """Return what the registers of *meters* counted between readings, by month."""
    by_id = {meter.meter_id: meter for meter in meters}
    registers: dict[tuple[MeterId, Zone], list[Reading]] = defaultdict(list)
    for reading in readings:
        registers[reading.meter_id, reading.zone].append(reading)
    volumes: dict[Month, dict[Zone, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    estimated: dict[Month, dict[Zone, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for (meter_id, zone), of_register in registers.items():
        month_of = months_measured_by(of_register)
        for before, after in pairwise(effective(of_register)):
            whole = by_id[meter_id].volume(previous=before.value, current=after.value)
            first, last = month_of(before).next, month_of(after)
            if before.source is ReadingSource.INITIAL:
                first = Month.of(before.taken_on)
            months = tuple(first.until(last.next)) or (last,)
            for month, part in zip(months, _shared(whole, len(months)), strict=True):
                volumes[month][zone] += part
                if len(months) > 1:
                    estimated[month][zone] += part
    return {month: _zones(by_zone, estimated[month]) for month, by_zone in volumes.items()}


def _shared(whole: Decimal, parts: int) -> Sequence[Decimal]:
    """Return *whole* in equal parts, the last of which takes what rounding leaves."""
    each = round_half_up(whole / parts, _SHARED_DECIMALS) if parts > 1 else whole
    return [each] * (parts - 1) + [whole - each * (parts - 1)]


def _zones(
    volumes: Mapping[Zone, Decimal], estimated: Mapping[Zone, Decimal]
) -> tuple[ZoneUse, ...]:
    return tuple(
        ZoneUse(zone=zone, volume=volumes[zone], estimated=estimated.get(zone, _NOTHING))
        for zone in Zone
        if zone in volumes
    )


@frozen(kw_only=True)
class YearStatistics:
    """What an account consumed in a *year*, beside the year before.

    *months* are those of the year that are known, and *former* those of the year before.
    """

    year: int
    months: tuple[MonthUse, ...]
    former: tuple[MonthUse, ...] = ()

    @classmethod
    def of(cls, year: int, known: Iterable[MonthUse]) -> "YearStatistics":
        """Return the statistics of *year* out of all that is *known*."""
        months = tuple(known)
        return cls(
            year=year,
            months=tuple(month for month in months if month.month.year == year),
            former=tuple(month for month in months if month.month.year == year - 1),
        )

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones of the year, in their usual order."""
        known = {use.zone for month in self.months for use in month.zones}
        return tuple(zone for zone in Zone if zone in known)

    @property
    def total(self) -> Decimal:
        """«Всего»: the kWh of the year."""
        return sum((month.volume for month in self.months), _NOTHING)

    @property
    def highest(self) -> MonthUse | None:
        """The month of the greatest consumption, the first of equal ones; None without any."""
        return max(self.months, key=lambda month: month.volume, default=None)

    @property
    def lowest(self) -> MonthUse | None:
        """The month of the least consumption, the first of equal ones; None without any."""
        return min(self.months, key=lambda month: month.volume, default=None)

    def former_of(self, month: Month) -> MonthUse | None:
        """Return the same month of the year before, None where it is not known."""
        wanted = month.plus(-12)
        return next((use for use in self.former if use.month == wanted), None)

    @property
    def comparable(self) -> tuple[Decimal, Decimal] | None:
        """The kWh of the months that both years know: of this year, and of the year before.

        None where they have no month in common: what is not known is not compared.
        """
        pairs = [
            (month, former)
            for month in self.months
            if (former := self.former_of(month.month)) is not None
        ]
        if not pairs:
            return None
        return (
            sum((month.volume for month, _ in pairs), _NOTHING),
            sum((former.volume for _, former in pairs), _NOTHING),
        )
