"""Published rates."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

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
class Rate:
    """The published price of a kilowatt-hour: *price* in roubles, VAT included.

    A price is stored as published and never computed from a coefficient. It holds from
    *effective_from*, the first day of a month, until the next one of the same category and zone; a
    price that is approved anew without a change is a rate of its own.
    """

    supplier_id: SupplierId
    category: str = field(validator=validators.not_blank)
    zone: Zone
    effective_from: date = field()
    price: Decimal = field(validator=(validators.exact_decimal, check_price))

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
    """A rate and the dates on which it is in force."""

    rate: Rate
    period: Period


_RANKS = {zone: rank for rank, zone in enumerate(Zone)}


def _in_order(rates: Iterable[Rate]) -> tuple[Rate, ...]:
    return tuple(
        sorted(rates, key=lambda rate: (rate.category, _RANKS[rate.zone], rate.effective_from))
    )


@frozen(kw_only=True)
class TariffBook:
    """All rates of a supplier."""

    rates: tuple[Rate, ...] = field(converter=_in_order)

    def rate_on(self, day: date, *, category: str, zone: Zone) -> Rate:
        """Return the rate in force on *day*.

        Raises:
            RateNotPublished: If there is none.
        """
        found = None
        for rate in self.rates:
            if rate.category == category and rate.zone == zone and rate.effective_from <= day:
                found = rate
        if found is None:
            raise errors.RateNotPublished(category, zone, day)
        return found

    def history(self, *, category: str) -> tuple[RatePeriod, ...]:
        """Return the rates of a category with their dates, the latest first, zone by zone."""
        rates = [rate for rate in self.rates if rate.category == category]
        return tuple(
            RatePeriod(
                rate=rate,
                period=Period(
                    start=rate.effective_from,
                    end=min(
                        (
                            later.effective_from
                            for later in rates
                            if later.zone == rate.zone
                            and later.effective_from > rate.effective_from
                        ),
                        default=None,
                    ),
                ),
            )
            for rate in sorted(
                rates,
                key=lambda rate: (-rate.effective_from.toordinal(), _RANKS[rate.zone]),
            )
        )
