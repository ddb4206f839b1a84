"""Consumption ranges, and the value added tax inside a price."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from elkk_core.shared import validators
from elkk_core.shared.money import Money, round_half_up
from elkk_core.shared.timelines import Timeline
from elkk_core.shared.zones import Zone
from elkk_core.tariffs import errors
from elkk_core.tariffs.model import PriceRange, ZonePrices

# Ranges

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
    """What one zone consumed in a month, in kWh; never negative."""

    zone: Zone
    volume: Decimal = field(validator=validators.exact_decimal)

    @volume.validator
    def _is_not_negative(self, _attribute: object, value: Decimal) -> None:
        if value < 0:
            raise errors.VolumeNegative


@frozen(kw_only=True)
class RangeVolume:
    """The part of a zone's *volume* that is priced at *price*, in the range *number*, from one.

    *up_to* is the published bound for a month, *bound* what of it falls to the zone for all the
    months; the part begins at *start* kWh of what fills the ranges. All in kWh.
    """

    zone: Zone
    number: int
    volume: Decimal
    price: Decimal
    up_to: Decimal | None = None
    start: Decimal = Decimal(0)
    bound: Decimal | None = None


_NOTHING_BILLED: Mapping[Zone, Decimal] = {}


def split_by_range(
    volumes: Sequence[ZoneVolume],
    *,
    prices: Iterable[ZonePrices],
    split: RangeSplit = RangeSplit.PROPORTIONAL,
    months: int = 1,
    exempt: bool = False,
    billed: Mapping[Zone, Decimal] = _NOTHING_BILLED,
) -> tuple[RangeVolume, ...]:
    """Return *volumes* divided by consumption range, zone by zone in the order given.

    Each range takes only what lies inside it: consumption above a bound costs more, that below it
    does not. Regions have ranges since 2025, with bounds of 3900 and 6000 kWh a month by the federal
    antimonopoly service, or lower ones of their own. The bounds are for one month; what *months*
    months consumed is split by bounds as many times as high. All that an *exempt* account consumes
    (large families and others that a region names) is in the first range. Of each zone the first
    kWh may be *billed* already, by an estimate: they fill the cheap ranges and are left out. A zone
    of which nothing is left has a part of zero kWh.

    Raises:
        PriceMissing: If a zone has no prices, or consumed above its last bound; nothing is ever
            priced at zero.
        ValueError: If *months* is below 1.
    """
    if months < 1:
        message = f"a volume is of a month at least: {months}"
        raise ValueError(message)
    by_zone = {priced.zone: priced.ranges for priced in prices}
    total = sum((part.volume for part in volumes), Decimal(0))
    parts = []
    for part, below in zip(volumes, _filled_before(volumes, split), strict=True):
        ranges = by_zone.get(part.zone)
        if not ranges:
            raise errors.PriceMissing(part.zone, Decimal(0))
        if exempt:
            ranges = (PriceRange(up_to=None, price=ranges[0].price),)
        bounds = [None if priced.up_to is None else priced.up_to * months for priced in ranges]
        if split is RangeSplit.PROPORTIONAL and total:
            bounds = [_share(bound, of=part.volume, in_=total) for bound in bounds]
        parts.extend(_cut(part, ranges, bounds, below=below, billed=billed.get(part.zone)))
    return tuple(parts)


def _filled_before(volumes: Sequence[ZoneVolume], split: RangeSplit) -> list[Decimal]:
    """Return how much of the ranges other zones have filled before each one begins."""
    filled = [Decimal(0)] * len(volumes)
    if split is RangeSplit.PROPORTIONAL:
        return filled
    rank = _FILLING[split].index
    before = Decimal(0)
    for place in sorted(range(len(volumes)), key=lambda place: rank(volumes[place].zone)):
        filled[place] = before
        before += volumes[place].volume
    return filled


def _share(bound: Decimal | None, *, of: Decimal, in_: Decimal) -> Decimal | None:
    """Return the part of *bound* that goes with *of* kWh out of *in_*; all of it above the total."""
    return None if bound is None else round_half_up(min(bound, in_) * of / in_, SHARE_DECIMALS)


def _cut(
    part: ZoneVolume,
    ranges: Sequence[PriceRange],
    bounds: Sequence[Decimal | None],
    *,
    below: Decimal,
    billed: Decimal | None,
) -> list[RangeVolume]:
    """Cut what a zone consumed, which begins at *below*, at the bounds of the ranges."""
    top = below + part.volume
    done = min(below + (billed or 0), top)
    pieces = []
    for number, (priced, bound) in enumerate(zip(ranges, bounds, strict=True), start=1):
        reached = top if bound is None else min(top, bound)
        if reached > done:
            pieces.append(
                RangeVolume(
                    zone=part.zone,
                    number=number,
                    volume=reached - done,
                    price=priced.price,
                    up_to=priced.up_to,
                    start=done,
                    bound=bound,
                )
            )
            done = reached
    if done < top:
        raise errors.PriceMissing(part.zone, done)
    if not pieces:
        pieces.append(
            RangeVolume(
                zone=part.zone,
                number=1,
                volume=Decimal(0),
                price=ranges[0].price,
                up_to=ranges[0].up_to,
                start=done,
                bound=bounds[0],
            )
        )
    return pieces


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
