"""Consumption ranges, and the value added tax inside a price."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from attrs import evolve, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.money import Money, round_half_up
from elkk_core.shared.timelines import Timeline
from elkk_core.shared.zones import Zone
from elkk_core.tariffs import errors
from elkk_core.tariffs.model import PriceRange, ZonePrices

# Ranges

_NOTHING = Decimal(0)

SHARE_DECIMALS = 6
"""Decimals of a kWh to which a zone's share of a bound is rounded, half-up.

So fine that no price makes a kopeck of it, and yet a figure that can be printed and recomputed.
"""


class RangeSplit(StrEnum):
    """How the bounds of consumption ranges are shared between the zones of an account.

    The bounds are for all that the account consumes in a month. No published rule says how zones
    share them, so this is a setting: in proportion to what each zone consumed (the default), or
    night fills the cheap ranges first, or day does. Half-peak stands between in both.
    """

    PROPORTIONAL = "proportional"
    NIGHT_FIRST = "night_first"
    DAY_FIRST = "day_first"


_DAY_FIRST = (Zone.ALL_DAY, Zone.DAY, Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)
_FILLING = {
    RangeSplit.DAY_FIRST: _DAY_FIRST,
    RangeSplit.NIGHT_FIRST: tuple(reversed(_DAY_FIRST)),
}


@frozen(kw_only=True)
class ZoneVolume:
    """What one zone consumed in one or several *months*, in kWh; never negative.

    Of *volume* the first *billed* kWh are billed already, by an estimate.
    """

    zone: Zone
    volume: Decimal = field(validator=validators.exact_decimal)
    billed: Decimal = field(default=Decimal(0), validator=validators.exact_decimal)
    months: int = field(default=1)

    @billed.validator
    def _no_more_is_billed(self, _attribute: object, value: Decimal) -> None:
        if not 0 <= value <= self.volume:
            raise errors.VolumeNegative

    @months.validator
    def _lasts_a_month(self, _attribute: object, value: int) -> None:
        if value < 1:
            message = f"a volume is of a month at least: {value}"
            raise ValueError(message)

    @volume.validator
    def _is_not_negative(self, _attribute: object, value: Decimal) -> None:
        if value < 0:
            raise errors.VolumeNegative


@frozen(kw_only=True)
class RangeShare:
    """Which part of a zone's volume lies in a range, and why: enough to compute it anew.

    The range lies between the published bounds *over* and *up_to* kWh a month, the second of them
    inclusive and None for the last range. Of *account_volume* kWh that the account consumed in
    *months* months the zone consumed *zone_volume*; *before* it other zones had filled the ranges,
    if they are filled one after the other, and the first *billed* kWh of it were billed already.
    """

    over: Decimal
    up_to: Decimal | None
    months: int
    split: RangeSplit
    zone_volume: Decimal
    account_volume: Decimal
    before: Decimal = Decimal(0)
    billed: Decimal = Decimal(0)

    @property
    def lower(self) -> Decimal:
        """Where the range begins for the zone and all the months, in kWh."""
        return self._own(self.over) or _NOTHING

    @property
    def upper(self) -> Decimal | None:
        """Where the range ends for the zone and all the months, in kWh; None for the last one."""
        return self._own(self.up_to)

    @property
    def volume(self) -> Decimal:
        """The kWh inside the range, never negative."""
        top = self.before + self.zone_volume
        bound = self.upper
        end = top if bound is None else min(top, bound)
        return max(end - max(self.before + self.billed, self.lower), _NOTHING)

    @property
    def is_last(self) -> bool:
        """Whether nothing of the zone lies above the range."""
        bound = self.upper
        return bound is None or self.before + self.zone_volume <= bound

    def _own(self, bound: Decimal | None) -> Decimal | None:
        """Return what of a published bound falls to the zone for all the months."""
        if bound is None:
            return None
        whole = bound * self.months
        if self.split is not RangeSplit.PROPORTIONAL or not self.account_volume:
            return whole
        # Above what the account consumed a bound divides nothing.
        inside = min(whole, self.account_volume)
        return round_half_up(inside * self.zone_volume / self.account_volume, SHARE_DECIMALS)


@frozen(kw_only=True)
class RangeVolume:
    """The part of a zone's *volume* that is priced at *price*, in the range *number*, from one."""

    zone: Zone
    number: int
    volume: Decimal
    price: Decimal
    share: RangeShare


def split_by_range(
    volumes: Sequence[ZoneVolume],
    *,
    prices: Iterable[ZonePrices],
    split: RangeSplit = RangeSplit.PROPORTIONAL,
    exempt: bool = False,
) -> tuple[RangeVolume, ...]:
    """Return *volumes* divided by consumption range, zone by zone in the order given.

    Each range takes only what lies inside it: consumption above a bound costs more, that below it
    does not. Regions have ranges since 2025, with bounds of 3900 and 6000 kWh a month by the federal
    antimonopoly service, or lower ones of their own. The bounds are for one month; what several
    months consumed is split by bounds as many times as high. All that an *exempt* account consumes
    (large families and others that a region names) is in the first range. What is billed already
    fills the cheap ranges and is left out. A zone of which nothing is left has a part of zero kWh.

    Raises:
        PriceMissing: If a zone has no prices, or consumed above its last bound; nothing is ever
            priced at zero.
    """
    parts = split_each_by_range(volumes, prices=prices, split=split, exempt=exempt)
    return tuple(chain.from_iterable(parts))


def split_each_by_range(
    volumes: Sequence[ZoneVolume],
    *,
    prices: Iterable[ZonePrices],
    split: RangeSplit = RangeSplit.PROPORTIONAL,
    exempt: bool = False,
) -> tuple[tuple[RangeVolume, ...], ...]:
    """Return the same as `split_by_range`, the parts of each volume apart, in the order given.

    Several meters of an account have volumes of the same zone.

    Raises:
        PriceMissing: As there.
    """
    by_zone = {priced.zone: priced.ranges for priced in prices}
    total = sum((part.volume for part in volumes), _NOTHING)
    parts = []
    for part, before in zip(volumes, _filled_before(volumes, split), strict=True):
        ranges = by_zone.get(part.zone)
        if not ranges:
            raise errors.PriceMissing(part.zone, _NOTHING)
        if exempt:
            ranges = (PriceRange(up_to=None, price=ranges[0].price),)
        whole = RangeShare(
            over=_NOTHING,
            up_to=None,
            months=part.months,
            split=split,
            zone_volume=part.volume,
            account_volume=total,
            before=before,
            billed=part.billed,
        )
        parts.append(tuple(_cut(part.zone, ranges, whole)))
    return tuple(parts)


def _filled_before(volumes: Sequence[ZoneVolume], split: RangeSplit) -> list[Decimal]:
    """Return how much of the ranges other zones have filled before each one begins."""
    filled = [_NOTHING] * len(volumes)
    if split is RangeSplit.PROPORTIONAL:
        return filled
    rank = _FILLING[split].index
    before = _NOTHING
    for place in sorted(range(len(volumes)), key=lambda place: rank(volumes[place].zone)):
        filled[place] = before
        before += volumes[place].volume
    return filled


def _cut(zone: Zone, ranges: Sequence[PriceRange], whole: RangeShare) -> Iterator[RangeVolume]:
    """Yield the parts of what a zone consumed, cut at the bounds of the ranges."""
    if len(ranges) == 1 and ranges[0].up_to is None:
        price, volume = ranges[0].price, whole.zone_volume - whole.billed
        yield RangeVolume(zone=zone, number=1, volume=volume, price=price, share=whole)
        return
    over = _NOTHING
    first: RangeVolume | None = None
    found = False
    for number, priced in enumerate(ranges, start=1):
        share = evolve(whole, over=over, up_to=priced.up_to)
        part = RangeVolume(
            zone=zone, number=number, volume=share.volume, price=priced.price, share=share
        )
        first = first or part
        if part.volume:
            found = True
            yield part
        if share.is_last:
            break
        over = priced.up_to or over
    else:
        raise errors.PriceMissing(zone, over)
    if not found:
        yield first


# Value added tax

VAT_RATES: Timeline[Decimal] = Timeline(
    "vat",
    (
        (date(2004, 1, 1), Decimal(18)),
        (date(2019, 1, 1), Decimal(20)),
        (date(2026, 1, 1), Decimal(22)),
    ),
)
"""The rate of value added tax in per cent (НК РФ, ст. 164, п. 3): 18, 20 from 2019, 22 from 2026."""

_PER_CENT = 100


def check_vat_rate(rate: Decimal) -> Decimal:
    """Return *rate*, in per cent, if it can be one of value added tax; 0 for who pays none.

    Raises:
        VatRateWrong: If it is below 0 or above 100.
    """
    if not 0 <= rate <= _PER_CENT:
        raise errors.VatRateWrong
    return rate


def vat_inside(amount: Money, *, rate: Decimal) -> Money:
    """Return the value added tax that *amount* holds at *rate* per cent, half-up to the kopeck.

    Prices for households include the tax, so it is amount × rate / (100 + rate) (НК РФ, ст. 164,
    п. 4).

    Raises:
        VatRateWrong: If the rate is below 0 or above 100.
    """
    inside = amount.kopecks * check_vat_rate(rate) / (_PER_CENT + rate)
    return Money(int(round_half_up(inside)))
