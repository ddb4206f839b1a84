"""The calculator of what consumption costs."""

from decimal import Decimal
from typing import Any

from attrs import evolve

from elkk_cli.commands.calc.asking import Result, calc, calculator, plain
from elkk_cli.desk import Desk
from elkk_cli.given import (
    Given,
    at,
    choice,
    decimal,
    flag,
    month,
    text,
    whole,
)
from elkk_core.billing import charge as charge_volumes
from elkk_core.shared import Zone
from elkk_core.tariffs import (
    VAT_RATES,
    PriceRange,
    RangeSplit,
    ZonePrices,
    ZoneVolume,
    check_vat_rate,
)


@calculator(calc, "charge")
def _charge(value: Any, _desk: Desk) -> Result:
    """Price of a consumption by zone and consumption range, with the VAT inside it.

    Bounds (up_to, inclusive, in kWh a month) are for all zones together; range_split tells how the
    zones share them: proportional (default), night_first, day_first. Each line is rounded half-up
    to the kopeck. A consumption of several months has bounds as many times as high (months); an
    exempt account pays the first range for all. Without vat, the rate of the period is taken.

    \b
    In:  {"lines": [{"zone": "all_day", "quantity": "10"}],
          "rates": [{"zone": "all_day", "up_to": null, "price": "3.19"}],
          "vat": "20", "range_split": "proportional",
          "period": null, "months": 1, "exempt": false}
    Out: {"lines": [{"zone": "all_day", "range": 1, "quantity": "10", "price": "3.19",
          "amount": "31.90", "vat": "5.32"}], "total": "31.90", "vat": "5.32"}
    """
    given = Given.of(value, *("lines", "rates", "vat", "range_split", "period", "months", "exempt"))
    months = given.may("months", whole(least=1), 1)
    volumes = [
        evolve(_zone_volume(line), months=months)
        for line in given.objects("lines", "zone", "quantity")
    ]
    ranges: dict[Zone, list[PriceRange]] = {}
    for rate in given.objects("rates", "zone", "up_to", "price"):
        ranges.setdefault(rate.need("zone", _zone), []).append(_price_range(rate))
    with at("rates"):
        prices = [ZonePrices(zone=zone, ranges=tuple(priced)) for zone, priced in ranges.items()]
    if given.has("period") and not given.has("vat"):
        vat_rate = given.need("period", lambda named: VAT_RATES.on(month(named).first_day))
    else:
        vat_rate = given.need("vat", _percentage)
    with at("rates"):
        charged = charge_volumes(
            volumes,
            prices=prices,
            vat_rate=vat_rate,
            split=given.may("range_split", choice(RangeSplit), RangeSplit.PROPORTIONAL),
            exempt=given.may("exempt", flag, default=False),
        )
    return {
        "lines": [
            {
                "zone": line.zone.value,
                "range": line.number,
                "quantity": plain(line.volume),
                "price": f"{line.price:f}",
                "amount": str(line.amount),
                "vat": str(line.vat),
            }
            for line in charged.lines
        ],
        "total": str(charged.total),
        "vat": str(charged.vat),
    }


def _zone(value: Any) -> Zone:
    return Zone.parse(text(value))


def _percentage(value: Any) -> Decimal:
    return check_vat_rate(decimal(value))


def _zone_volume(line: Given) -> ZoneVolume:
    return ZoneVolume(zone=line.need("zone", _zone), volume=line.need("quantity", decimal))


def _price_range(rate: Given) -> PriceRange:
    with at(rate.where("price")):
        unbounded = PriceRange(up_to=None, price=rate.need("price", decimal))
    with at(rate.where("up_to")):
        return evolve(unbounded, up_to=rate.may("up_to", decimal, None))
