"""What a consumption costs, line by line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from elkk_core.shared.money import Money
from elkk_core.shared.zones import Zone
from elkk_core.tariffs.model import ZonePrices
from elkk_core.tariffs.policies import (
    RangeSplit,
    ZoneVolume,
    split_by_range,
    vat_inside,
)


@frozen(kw_only=True)
class ChargeLine:
    """What one zone consumed inside one range: *volume* kWh at *price* roubles.

    *number* is that of the range, from one; *vat* is the tax inside the *amount*.
    """

    zone: Zone
    number: int
    volume: Decimal
    price: Decimal
    amount: Money
    vat: Money


@frozen(kw_only=True)
class Charge:
    """The lines of a charge; the totals are their sums, so that a bill adds up as printed."""

    lines: tuple[ChargeLine, ...]

    @property
    def total(self) -> Money:
        """The amount of all lines."""
        return Money.total(line.amount for line in self.lines)

    @property
    def vat(self) -> Money:
        """The tax inside the amount of all lines."""
        return Money.total(line.vat for line in self.lines)


def charge(
    volumes: Sequence[ZoneVolume],
    *,
    prices: Iterable[ZonePrices],
    vat_rate: Decimal,
    split: RangeSplit = RangeSplit.PROPORTIONAL,
    exempt: bool = False,
) -> Charge:
    """Return what *volumes* cost, divided by consumption range as `split_by_range` says.

    Each line is quantity × price, rounded half-up to the kopeck once, and holds its own tax at
    *vat_rate* per cent (ПП РФ № 354, п. 42 and Annex 2, formula 1: P = V × T). Fiscal receipts of
    suppliers round so: a tie goes up and not to the even kopeck.

    Raises:
        PriceMissing: If something consumed has no price.
        VatRateWrong: If the rate is not from 0 to 100 per cent.
    """
    lines = []
    for part in split_by_range(volumes, prices=prices, split=split, exempt=exempt):
        amount = Money.from_roubles(part.volume * part.price)
        lines.append(
            ChargeLine(
                zone=part.zone,
                number=part.number,
                volume=part.volume,
                price=part.price,
                amount=amount,
                vat=vat_inside(amount, rate=vat_rate),
            )
        )
    return Charge(lines=tuple(lines))
