"""The geometry of charts: how high the columns stand, on a scale that a person can read."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from attrs import frozen

from elkk_core.billing import MonthUse, YearStatistics
from elkk_core.shared import Month, Zone

HEIGHT = 100
"""How high a chart is, in units of its own."""

_NOTHING = Decimal(0)
_MONTHS_IN_YEAR = 12
_STEPS = (Decimal(1), Decimal(2), Decimal(4), Decimal(5), Decimal(10))


@frozen(kw_only=True)
class Block:
    """A part of a column: a zone's kWh, from *top* down over *height*."""

    zone: Zone
    top: Decimal
    height: Decimal
    is_estimated: bool


@frozen(kw_only=True)
class Column:
    """A month: its *use* (None where it is not known), drawn, and how high the year before stood."""

    month: Month
    use: MonthUse | None
    blocks: tuple[Block, ...]
    former: Decimal | None


@frozen(kw_only=True)
class YearChart:
    """Twelve columns beside a scale of three *marks* in kWh, the highest first."""

    columns: tuple[Column, ...]
    marks: tuple[Decimal, ...]


def chart_of(year: YearStatistics) -> YearChart:
    """Return the columns of a year; what was given back stands below nothing and is not drawn."""
    highest = max(
        (use.volume for use in (*year.months, *year.former)),
        default=_NOTHING,
    )
    top = _round_top(highest)
    by_month = {use.month: use for use in year.months}
    columns = []
    for month in Month(year.year, 1).until(Month(year.year + 1, 1)):
        use = by_month.get(month)
        former = year.former_of(month)
        columns.append(
            Column(
                month=month,
                use=use,
                blocks=() if use is None else _blocks(use, top),
                former=None if former is None else HEIGHT - _height(former.volume, top),
            )
        )
    return YearChart(columns=tuple(columns), marks=(top, top / 2, _NOTHING))


def _blocks(use: MonthUse, top: Decimal) -> tuple[Block, ...]:
    """Return the zones of a month, one upon the other."""
    blocks = []
    ground = Decimal(HEIGHT)
    for zone in use.zones:
        height = _height(zone.volume, top)
        ground -= height
        blocks.append(
            Block(zone=zone.zone, top=ground, height=height, is_estimated=zone.estimated > 0)
        )
    return tuple(blocks)


def _height(volume: Decimal, top: Decimal) -> Decimal:
    return round(max(volume, _NOTHING) * HEIGHT / top, 2)


def _round_top(highest: Decimal, steps: Sequence[Decimal] = _STEPS) -> Decimal:
    """Return a round number of kWh, even too, that nothing stands above."""
    if highest <= 0:
        return Decimal(2)
    power = Decimal(10) ** (highest.to_integral_value(ROUND_CEILING).adjusted())
    top = next(step * power for step in steps if step * power >= highest)
    return max(top, Decimal(2))
