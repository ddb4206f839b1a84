"""What the coming bills may be: an estimate, and marked as one wherever it is shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from elkk_core.billing import errors
from elkk_core.billing.policies.statistics import MonthUse
from elkk_core.shared.money import Money, round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone
from elkk_core.tariffs.model import PriceRange, TariffBook
from elkk_core.tariffs.policies import RangeSplit, ZoneVolume, split_by_range

FORECAST_MONTHS = 12
"""How many months a forecast reaches ahead."""
LEAST_MONTHS_KNOWN = 3
"""Of how many months the consumption of a zone has to be known."""
SEASON_YEARS = 3
"""How many former years tell of the season."""

_NOTHING = Decimal(0)
_MONTHS_IN_YEAR = 12


class ForecastBasis(StrEnum):
    """What the kWh of a coming month are reckoned from.

    Readings that were taken for it already; the same month of former years; or the average of the
    last months, where no former year is known.
    """

    READINGS = "readings"
    SEASON = "season"
    AVERAGE = "average"


@frozen(kw_only=True)
class MonthForecast:
    """What the bill for a coming *month* may charge.

    The *volume* is in whole kWh unless readings tell it. It is the mean of *known* months where
    *basis* is the season or an average. *new_prices* is whether other prices hold
    than in the month before, which the first month never tells.
    """

    month: Month
    basis: ForecastBasis
    known: int
    volume: Decimal
    amount: Money
    new_prices: bool


def forecast(
    uses: Iterable[MonthUse],
    *,
    first: Month,
    zones: Sequence[Zone],
    book: TariffBook,
    category: str,
    split: RangeSplit = RangeSplit.PROPORTIONAL,
    exempt: bool = False,
) -> tuple[MonthForecast, ...]:
    """Return what the bills from *first* on may charge for electricity, month by month.

    *uses* are what the account consumed, and *zones* those of its meters. The kWh of a month are the
    mean of the same months of the three years before, and without any of them that of the last twelve
    known before *first*; what was given back more than charged counts as nothing. They are priced by what is
    published for the month today, ranges included. Benefits, penalties and settlements of former
    months are left out: nobody knows them ahead.

    Raises:
        ConsumptionTooLittleKnown: If not even three months of a zone are known.
        RateNotPublished, PriceMissing: If a month has no prices.
    """
    known = {use.month: use for use in uses}
    before = [known[month] for month in sorted(known) if month < first]
    found: list[MonthForecast] = []
    for month in first.until(first.plus(FORECAST_MONTHS)):
        measured = known.get(month)
        if measured is not None and all(measured.of(zone) is not None for zone in zones):
            basis, count = ForecastBasis.READINGS, 1
            volumes = [measured.of(zone) or _NOTHING for zone in zones]
        else:
            means = [_mean(before, month, zone) for zone in zones]
            weakest = min(means, key=lambda mean: (mean.basis is ForecastBasis.SEASON, mean.count))
            basis, count = weakest.basis, weakest.count
            volumes = [mean.volume for mean in means]
        found.append(
            MonthForecast(
                month=month,
                basis=basis,
                known=count,
                volume=sum(volumes, _NOTHING),
                amount=_price(volumes, zones, month, book, category, split=split, exempt=exempt),
                new_prices=month > first and _prices_begin(month, zones, book, category),
            )
        )
    return tuple(found)


@frozen
class _Mean:
    basis: ForecastBasis
    count: int
    volume: Decimal


def _mean(before: Sequence[MonthUse], month: Month, zone: Zone) -> _Mean:
    """Return the mean kWh that *zone* took in the same months of former years, or lately."""
    of_zone = {use.month: volume for use in before if (volume := use.of(zone)) is not None}
    if len(of_zone) < LEAST_MONTHS_KNOWN:
        raise errors.ConsumptionTooLittleKnown(LEAST_MONTHS_KNOWN, len(of_zone))
    years = [month.plus(-_MONTHS_IN_YEAR * back) for back in range(1, SEASON_YEARS + 1)]
    basis, volumes = ForecastBasis.SEASON, [of_zone[year] for year in years if year in of_zone]
    if not volumes:
        basis, volumes = ForecastBasis.AVERAGE, [*of_zone.values()][-_MONTHS_IN_YEAR:]
    mean = round_half_up(sum(volumes, _NOTHING) / len(volumes))
    return _Mean(basis, len(volumes), max(mean, _NOTHING))


def _price(
    volumes: Sequence[Decimal],
    zones: Sequence[Zone],
    month: Month,
    book: TariffBook,
    category: str,
    *,
    split: RangeSplit,
    exempt: bool,
) -> Money:
    parts = split_by_range(
        [
            ZoneVolume(zone=zone, volume=max(volume, _NOTHING))
            for zone, volume in zip(zones, volumes, strict=True)
        ],
        prices=[book.prices_on(month.first_day, category=category, zone=zone) for zone in zones],
        split=split,
        exempt=exempt,
    )
    return Money.total(Money.from_roubles(part.volume * part.price) for part in parts)


def _prices_begin(month: Month, zones: Sequence[Zone], book: TariffBook, category: str) -> bool:
    """Tell whether the prices of a zone differ from those of the month before."""

    def ranges(day: date, zone: Zone) -> tuple[PriceRange, ...]:
        return book.prices_on(day, category=category, zone=zone).ranges

    return any(
        ranges(month.first_day, zone) != ranges(month.previous.first_day, zone) for zone in zones
    )
