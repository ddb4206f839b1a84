"""What a consumption costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.billing import Charge, charge
from elkk_core.shared import Money, Zone
from elkk_core.tariffs import PriceMissing, PriceRange, RangeSplit, ZonePrices, ZoneVolume


def priced(zone: Zone, *ranges: tuple[str | None, str]) -> ZonePrices:
    """Return the prices of a zone from bounds and prices."""
    return ZonePrices(
        zone=zone,
        ranges=tuple(
            PriceRange(up_to=None if up_to is None else Decimal(up_to), price=Decimal(price))
            for up_to, price in ranges
        ),
    )


def charged(kwh: str, price: str, *, vat: str = "20") -> Charge:
    """Return what *kwh* cost in one zone without ranges."""
    return charge(
        [ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(kwh))],
        prices=[priced(Zone.ALL_DAY, (None, price))],
        vat_rate=Decimal(vat),
    )


@pytest.mark.parametrize(
    ("kwh", "price", "total", "vat"),
    [
        ("10", "3.19", "31.90", "5.32"),
        ("232", "2.77", "642.64", "107.11"),
        ("82.23", "3.19", "262.31", "43.72"),
        ("207.861", "1.936", "402.42", "67.07"),
        # Half a kopeck exactly: up, and not to the even one.
        ("0.5", "3.21", "1.61", "0.27"),
        ("0.5", "3.25", "1.63", "0.27"),
        ("2.5", "1.936", "4.84", "0.81"),
        ("0.005", "1", "0.01", "0.00"),
        ("0", "3.19", "0.00", "0.00"),
    ],
)
def test_quantity_times_price(kwh: str, price: str, total: str, vat: str) -> None:
    """A line is rounded half-up to the kopeck once, and so is the tax inside it."""
    found = charged(kwh, price)

    assert (total, vat) == (str(found.total), str(found.vat))


def test_every_range_is_a_line() -> None:
    """6001 kWh in Ryazan: 3900 × 6.33 + 2100 × 8.63 + 1 × 9.95."""
    found = charge(
        [ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(6001))],
        prices=[priced(Zone.ALL_DAY, ("3900", "6.33"), ("6000", "8.63"), (None, "9.95"))],
        vat_rate=Decimal(20),
    )

    assert ["24687.00", "18123.00", "9.95"] == [str(line.amount) for line in found.lines]
    assert "42819.95" == str(found.total)


def test_bill_adds_up_as_printed() -> None:
    """The tax of the bill is the sum of its lines' taxes, and not that of the total."""
    found = charge(
        [ZoneVolume(zone=zone, volume=Decimal("0.03")) for zone in (Zone.DAY, Zone.NIGHT)],
        prices=[priced(Zone.DAY, (None, "1")), priced(Zone.NIGHT, (None, "1"))],
        vat_rate=Decimal(20),
    )

    assert ("0.06", "0.02") == (str(found.total), str(found.vat))


def test_missing_price_refuses_the_charge() -> None:
    """Nothing is billed at zero."""
    with pytest.raises(PriceMissing):
        charge(
            [ZoneVolume(zone=Zone.NIGHT, volume=Decimal(1))],
            prices=[priced(Zone.DAY, (None, "1"))],
            vat_rate=Decimal(20),
        )


KWH = st.decimals(min_value=0, max_value=10_000, places=3)
PRICES = st.decimals(min_value="0.01", max_value=100, places=2)


@given(first=KWH, second=KWH, price=PRICES)
def test_charge_is_additive_up_to_a_rounding(
    first: Decimal, second: Decimal, price: Decimal
) -> None:
    """Charging two parts and charging the whole differ by one rounding at most."""
    parts = charged(str(first), str(price)).total + charged(str(second), str(price)).total
    whole = charged(str(first + second), str(price)).total

    assert abs(parts - whole) <= Money(1)


@given(day=KWH, night=KWH, price=PRICES, bound=st.integers(1, 20_000))
def test_split_is_of_no_account_where_prices_are_equal(
    day: Decimal, night: Decimal, price: Decimal, bound: int
) -> None:
    """How zones share a bound moves no money between equal prices but roundings of lines."""
    totals = {
        charge(
            [ZoneVolume(zone=Zone.DAY, volume=day), ZoneVolume(zone=Zone.NIGHT, volume=night)],
            prices=[
                priced(zone, (str(bound), str(price)), (None, str(price)))
                for zone in (Zone.DAY, Zone.NIGHT)
            ],
            vat_rate=Decimal(20),
            split=split,
        ).total
        for split in RangeSplit
    }

    assert max(totals) - min(totals) <= Money(4)


@given(kwh=KWH, more=KWH, bound=st.integers(1, 10_000))
def test_charge_grows_with_consumption(kwh: Decimal, more: Decimal, bound: int) -> None:
    """Whoever consumes more never pays less."""
    prices = [priced(Zone.ALL_DAY, (str(bound), "6.33"), (None, "8.63"))]
    totals = [
        charge(
            [ZoneVolume(zone=Zone.ALL_DAY, volume=volume)], prices=prices, vat_rate=Decimal(20)
        ).total
        for volume in (kwh, kwh + more)
    ]

    assert totals == sorted(totals)
