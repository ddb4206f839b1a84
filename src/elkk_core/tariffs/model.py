"""Published rates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import attrs
from attrs import field, frozen

from elkk_core.shared import validators
from elkk_core.shared.ids import SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Period
from elkk_core.shared.zones import Zone
from elkk_core.tariffs import errors

_MOST_DECIMALS = 5


def check_price(_instance: object, _attribute: object, value: Decimal) -> None:
    """Refuse what cannot be the price of a kWh in roubles.

    Raises:
        RateNotPositive: If it is not above zero.
        RateTooPrecise: If it has more than 5 decimals.
    """
    if value <= 0:
        raise errors.RateNotPositive
    if value != round(value, _MOST_DECIMALS):
        raise errors.RateTooPrecise(_MOST_DECIMALS)


@frozen(kw_only=True)
class PriceRange:
    """The *price* in roubles per kWh, VAT included, of what is consumed in a month up to *up_to*.

    The bound is inclusive and in kWh; the last range has none.
    """

    up_to: Decimal | None = field(validator=attrs.validators.optional(validators.exact_decimal))
    price: Decimal = field(validator=(validators.exact_decimal, check_price))

    @up_to.validator
    def _is_above_zero(self, _attribute: object, value: Decimal | None) -> None:
        check_bound(value)


def check_bound(up_to: Decimal | None) -> None:
    """Refuse what cannot be the upper bound of a consumption range, None being the last one.

    Raises:
        RangeBoundNotPositive: If it is not above zero.
    """
    if up_to is not None and up_to <= 0:
        raise errors.RangeBoundNotPositive


def _by_bound(ranges: Iterable[PriceRange]) -> tuple[PriceRange, ...]:
    return tuple(
        sorted(ranges, key=lambda priced: (priced.up_to is None, priced.up_to or Decimal(0)))
    )


@frozen(kw_only=True)
class ZonePrices:
    """The prices of one zone by consumption range, the lowest range first.

    *effective_from* is the day from which they are published; None where nobody published them.
    """

    zone: Zone
    ranges: tuple[PriceRange, ...] = field(converter=_by_bound)
    effective_from: date | None = None

    @ranges.validator
    def _bounds_differ(self, _attribute: object, value: tuple[PriceRange, ...]) -> None:
        for lower, upper in pairwise(value):
            if lower.up_to == upper.up_to:
                raise errors.RangeRepeated(self.zone)


@frozen(kw_only=True)
class Rate:
    """The published price of a kilowatt-hour: *price* in roubles, VAT included.

    A price is stored as published and never computed from a coefficient. It holds from
    *effective_from*, the first day of a month, until the next ones of the same category and zone; a
    price that is approved anew without a change is a rate of its own. Where consumption ranges are
    published, each has a rate: *up_to* is the inclusive upper bound in kWh a month, None for the
    last or only range. *transmission* is what bringing the electricity costs by a one-part tariff
    («стоимость передачи»), in roubles per kWh, None where nobody has told; people are told of it, and
    no bill is reckoned by it.
    """

    supplier_id: SupplierId
    category: str = field(validator=validators.not_blank)
    zone: Zone
    effective_from: date = field()
    up_to: Decimal | None = field(
        default=None, validator=attrs.validators.optional(validators.exact_decimal)
    )
    price: Decimal = field(validator=(validators.exact_decimal, check_price))
    transmission: Decimal | None = field(
        default=None,
        validator=attrs.validators.optional((validators.exact_decimal, check_price)),
    )

    @up_to.validator
    def _bound_is_above_zero(self, _attribute: object, value: Decimal | None) -> None:
        check_bound(value)

    @effective_from.validator
    def _begins_a_month(self, _attribute: object, value: date) -> None:
        if value.day != 1:
            raise errors.RateNotFromFirstDay

    def charge(self, volume: Decimal) -> Money:
        """Return the price of *volume* kWh, rounded half-up to the kopeck, once.

        Source: ПП РФ № 354, Annex 2, formula 1: P = V × T.
        """
        return Money.from_roubles(volume * self.price)


@frozen(kw_only=True)
class RatePeriod:
    """A rate, the dates on which it is in force, and where its consumption range begins.

    *above* is the bound of the range below in kWh a month, None for the first or only range.
    """

    rate: Rate
    period: Period
    above: Decimal | None = None


_RANKS = {zone: rank for rank, zone in enumerate(Zone)}


def _in_order(rates: Iterable[Rate]) -> tuple[Rate, ...]:
    return tuple(
        sorted(
            rates,
            key=lambda rate: (
                rate.category,
                _RANKS[rate.zone],
                rate.effective_from,
                rate.up_to is None,
                rate.up_to or Decimal(0),
            ),
        )
    )


@frozen(kw_only=True)
class TariffBook:
    """All rates of a supplier."""

    rates: tuple[Rate, ...] = field(converter=_in_order)
    _published: dict[tuple[str, Zone], dict[date, list[Rate]]] = field(
        init=False, eq=False, repr=False
    )

    @_published.default
    def _by_category_and_zone(self) -> dict[tuple[str, Zone], dict[date, list[Rate]]]:
        published: dict[tuple[str, Zone], dict[date, list[Rate]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for rate in self.rates:
            published[rate.category, rate.zone][rate.effective_from].append(rate)
        return {key: dict(by_day) for key, by_day in published.items()}

    _prices: dict[tuple[str, Zone], list[ZonePrices]] = field(init=False, eq=False, repr=False)

    @_prices.default
    def _latest_first(self) -> dict[tuple[str, Zone], list[ZonePrices]]:
        return {
            (category, zone): [
                ZonePrices(
                    zone=zone,
                    ranges=[PriceRange(up_to=rate.up_to, price=rate.price) for rate in rates],
                    effective_from=start,
                )
                for start, rates in sorted(by_day.items(), reverse=True)
            ]
            for (category, zone), by_day in self._published.items()
        }

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that have rates, in the order of the alphabet."""
        return tuple(dict.fromkeys(rate.category for rate in self.rates))

    def rate_on(self, day: date, *, category: str, zone: Zone) -> Rate:
        """Return the rate of the lowest consumption range in force on *day*.

        Raises:
            RateNotPublished: If there is none.
        """
        return self._in_force(day, category, zone)[0]

    def prices_on(self, day: date, *, category: str, zone: Zone) -> ZonePrices:
        """Return the prices of all consumption ranges in force on *day*.

        Raises:
            RateNotPublished: If there are none.
        """
        for prices in self._prices.get((category, zone), ()):
            if prices.effective_from is not None and prices.effective_from <= day:
                return prices
        raise errors.RateNotPublished(category, zone, day)

    def _in_force(self, day: date, category: str, zone: Zone) -> list[Rate]:
        by_day = self._published.get((category, zone), {})
        found = [start for start in by_day if start <= day]
        if not found:
            raise errors.RateNotPublished(category, zone, day)
        return by_day[max(found)]

    def history(self, *, category: str) -> tuple[RatePeriod, ...]:
        """Return the rates of a category with their dates.

        The latest publications come first, zone by zone, and of each the lowest range.
        """
        periods = [
            held
            for (known, _), by_day in self._published.items()
            if known == category
            for held in _periods(by_day)
        ]
        return tuple(
            sorted(
                periods,
                key=lambda held: (-held.period.start.toordinal(), _RANKS[held.rate.zone]),
            )
        )


def _periods(by_day: Mapping[date, Sequence[Rate]]) -> Iterator[RatePeriod]:
    """Yield the rates of one zone, each until the next publication."""
    ends = [*list(by_day)[1:], None]
    for (start, rates), end in zip(by_day.items(), ends, strict=True):
        above = None
        for rate in rates:
            yield RatePeriod(rate=rate, period=Period(start=start, end=end), above=above)
            above = rate.up_to
