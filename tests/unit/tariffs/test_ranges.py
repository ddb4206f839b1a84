"""Consumption ranges, and the tax inside a price."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.shared import Money, NothingInForce, Zone
from elkk_core.tariffs import (
    VAT_RATES,
    PriceMissing,
    PriceRange,
    RangeBoundNotPositive,
    RangeRepeated,
    RangeSplit,
    RangeVolume,
    RateNotPositive,
    RateTooPrecise,
    VatRateWrong,
    VolumeNegative,
    ZonePrices,
    ZoneVolume,
    split_by_range,
    vat_inside,
)

# РЭСК, 2025: three ranges for each zone.
RYAZAN = {
    Zone.ALL_DAY: ("6.33", "8.63", "9.95"),
    Zone.DAY: ("7.28", "9.92", "11.44"),
    Zone.NIGHT: ("4.75", "6.47", "7.46"),
}
BOUNDS = (Decimal(3900), Decimal(6000), None)


def prices(*zones: Zone, bounds: tuple[Decimal | None, ...] = BOUNDS) -> list[ZonePrices]:
    """Return the prices of Ryazan for *zones*, within *bounds*."""
    return [
        ZonePrices(
            zone=zone,
            ranges=tuple(
                PriceRange(up_to=bound, price=Decimal(price))
                for bound, price in zip(bounds, RYAZAN[zone], strict=False)
            ),
        )
        for zone in zones
    ]


def volumes(**kwh: str) -> list[ZoneVolume]:
    """Return volumes by zone."""
    return [ZoneVolume(zone=Zone(zone), volume=Decimal(volume)) for zone, volume in kwh.items()]


class TestOneZone:
    @pytest.mark.parametrize(
        ("kwh", "expected"),
        [
            ("0", [(1, "0")]),
            ("3899.999", [(1, "3899.999")]),
            ("3900", [(1, "3900")]),
            ("3900.001", [(1, "3900"), (2, "0.001")]),
            ("6000", [(1, "3900"), (2, "2100")]),
            ("6001", [(1, "3900"), (2, "2100"), (3, "1")]),
        ],
    )
    def test_bounds_are_inclusive_and_only_the_excess_is_dearer(
        self, kwh: str, expected: list[tuple[int, str]]
    ) -> None:
        """«До 3900 включительно», and all that lies below a bound keeps its price."""
        parts = split_by_range(volumes(all_day=kwh), prices=prices(Zone.ALL_DAY))

        assert [(number, Decimal(volume)) for number, volume in expected] == [
            (part.number, part.volume) for part in parts
        ]

    def test_ranges_may_be_given_in_any_order(self) -> None:
        """The range without a bound is the last one wherever it stands."""
        (ordered,) = prices(Zone.ALL_DAY)
        shuffled = ZonePrices(zone=Zone.ALL_DAY, ranges=tuple(reversed(ordered.ranges)))

        assert ordered == shuffled

    def test_several_months_have_several_times_the_bounds(self) -> None:
        """A reading that spans two months has two months' worth of the cheap range."""
        (one_month,) = volumes(all_day="8000")
        parts = split_by_range([evolve(one_month, months=2)], prices=prices(Zone.ALL_DAY))

        assert {1: 7800, 2: 200} == {part.number: part.volume for part in parts}

    def test_exempt_account_stays_in_the_first_range(self) -> None:
        """Large families pay the first price for all."""
        parts = split_by_range(volumes(all_day="8000"), prices=prices(Zone.ALL_DAY), exempt=True)

        assert [(1, Decimal(8000), Decimal("6.33"))] == [
            (part.number, part.volume, part.price) for part in parts
        ]

    def test_a_volume_is_of_a_month_at_least(self) -> None:
        """Bounds of no month would price everything at the dearest."""
        with pytest.raises(ValueError, match="a month at least"):
            ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(1), months=0)


class TestZones:
    @pytest.mark.parametrize(
        ("split", "expected"),
        [
            (
                RangeSplit.PROPORTIONAL,
                {("day", 1): 2600, ("day", 2): 400, ("night", 1): 1300, ("night", 2): 200},
            ),
            (
                RangeSplit.NIGHT_FIRST,
                {("day", 1): 2400, ("day", 2): 600, ("night", 1): 1500},
            ),
            (
                RangeSplit.DAY_FIRST,
                {("day", 1): 3000, ("night", 1): 900, ("night", 2): 600},
            ),
        ],
    )
    def test_zones_share_the_bounds(
        self, split: RangeSplit, expected: dict[tuple[str, int], int]
    ) -> None:
        """3000 kWh by day and 1500 by night share 3900, whichever zone comes first on the bill."""
        parts = split_by_range(
            volumes(day="3000", night="1500"), prices=prices(Zone.DAY, Zone.NIGHT), split=split
        )

        assert expected == {(part.zone.value, part.number): part.volume for part in parts}

    def test_half_peak_fills_between_peak_and_night(self) -> None:
        """With three zones the half-peak comes second, from either end."""
        bounds = tuple(
            ZonePrices(
                zone=zone,
                ranges=(
                    PriceRange(up_to=Decimal(10), price=Decimal(1)),
                    PriceRange(up_to=None, price=Decimal(2)),
                ),
            )
            for zone in (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)
        )
        shares = {
            split: [
                sum(part.volume for part in parts if part.zone is zone and part.number == 1)
                for zone in (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)
            ]
            for split in (RangeSplit.DAY_FIRST, RangeSplit.NIGHT_FIRST)
            for parts in [
                split_by_range(
                    volumes(peak="6", half_peak="6", night="6"), prices=bounds, split=split
                )
            ]
        }

        assert {RangeSplit.DAY_FIRST: [6, 4, 0], RangeSplit.NIGHT_FIRST: [0, 4, 6]} == shares

    def test_zone_that_consumed_nothing_has_a_part_of_zero(self) -> None:
        """A zone stays on the bill in a month without consumption."""
        parts = split_by_range(volumes(day="4000", night="0"), prices=prices(Zone.DAY, Zone.NIGHT))

        assert {(Zone.DAY, 1): 3900, (Zone.DAY, 2): 100, (Zone.NIGHT, 1): 0} == {
            (part.zone, part.number): part.volume for part in parts
        }

    def test_share_of_a_bound_can_be_printed(self) -> None:
        """A third of a kWh is rounded to a millionth, and the rest goes to the next range."""
        parts = split_by_range(
            volumes(day="1", night="2"),
            prices=prices(Zone.DAY, Zone.NIGHT, bounds=(Decimal(1), None)),
        )

        assert ["0.333333", "0.666667", "0.666667", "1.333333"] == [
            str(part.volume) for part in parts
        ]


class TestRefusals:
    def test_zone_without_a_price(self) -> None:
        """Nothing is ever priced at zero, not even nothing."""
        with pytest.raises(PriceMissing):
            split_by_range(volumes(night="0"), prices=prices(Zone.DAY))

    def test_consumption_above_the_last_bound(self) -> None:
        """What exceeds the last range has no price."""
        with pytest.raises(PriceMissing) as refused:
            split_by_range(
                volumes(all_day="6000.5"),
                prices=prices(Zone.ALL_DAY, bounds=(Decimal(3900), Decimal(6000))),
            )

        assert Decimal(6000) == refused.value.above

    def test_negative_volume(self) -> None:
        """What is given back is priced as it was charged, not by a fresh split."""
        with pytest.raises(VolumeNegative):
            volumes(day="-1")

    @pytest.mark.parametrize("bound", ["0", "-1"])
    def test_bound_that_holds_nothing(self, bound: str) -> None:
        """A range up to zero is a mistake."""
        with pytest.raises(RangeBoundNotPositive):
            PriceRange(up_to=Decimal(bound), price=Decimal(1))

    def test_price_of_zero(self) -> None:
        """A price is above zero."""
        with pytest.raises(RateNotPositive):
            PriceRange(up_to=None, price=Decimal(0))

    def test_price_with_six_decimals(self) -> None:
        """A price has five decimals at most."""
        with pytest.raises(RateTooPrecise):
            PriceRange(up_to=None, price=Decimal("1.234567"))

    @pytest.mark.parametrize("bound", [Decimal(100), None])
    def test_two_prices_for_one_range(self, bound: Decimal | None) -> None:
        """Two ranges with one bound contradict each other."""
        with pytest.raises(RangeRepeated):
            ZonePrices(
                zone=Zone.DAY,
                ranges=tuple(PriceRange(up_to=bound, price=Decimal(price)) for price in ("1", "2")),
            )


KWH = st.decimals(min_value=0, max_value=20_000, places=3)


@given(day=KWH, night=KWH, split=st.sampled_from(RangeSplit))
def test_all_that_was_consumed_is_priced(day: Decimal, night: Decimal, split: RangeSplit) -> None:
    """The parts of a zone are what it consumed, and none is negative."""
    parts = split_by_range(
        [ZoneVolume(zone=Zone.DAY, volume=day), ZoneVolume(zone=Zone.NIGHT, volume=night)],
        prices=prices(Zone.DAY, Zone.NIGHT),
        split=split,
    )
    found: dict[Zone, Decimal] = defaultdict(Decimal)
    for part in parts:
        found[part.zone] += part.volume

    assert {Zone.DAY: day, Zone.NIGHT: night} == found
    assert all(part.volume >= 0 for part in parts)


@given(day=KWH, night=KWH, split=st.sampled_from(RangeSplit))
def test_ranges_are_filled_together(day: Decimal, night: Decimal, split: RangeSplit) -> None:
    """Whichever policy, the first range holds 3900 kWh of both zones, to a millionth for each."""
    parts = split_by_range(
        [ZoneVolume(zone=Zone.DAY, volume=day), ZoneVolume(zone=Zone.NIGHT, volume=night)],
        prices=prices(Zone.DAY, Zone.NIGHT),
        split=split,
    )
    first = sum((part.volume for part in parts if part.number == 1), Decimal(0))

    assert abs(first - min(day + night, Decimal(3900))) <= Decimal("0.000002")


def _by_zone_and_number(parts: Iterable[RangeVolume]) -> dict[tuple[Zone, int], Decimal]:
    found: dict[tuple[Zone, int], Decimal] = defaultdict(Decimal)
    for part in parts:
        found[part.zone, part.number] += part.volume
    return found


@given(
    day=KWH,
    night=KWH,
    per_mille=st.integers(0, 1000),
    months=st.integers(1, 6),
    split=st.sampled_from(RangeSplit),
)
def test_what_is_billed_is_left_out(
    day: Decimal, night: Decimal, per_mille: int, months: int, split: RangeSplit
) -> None:
    """What is left of a partly billed volume is the whole split less its first kWh, range by range."""
    whole = [
        ZoneVolume(zone=Zone.DAY, volume=day, months=months),
        ZoneVolume(zone=Zone.NIGHT, volume=night, months=months),
    ]
    rest = [evolve(one, billed=round(one.volume * per_mille / 1000, 3)) for one in whole]
    priced = prices(Zone.DAY, Zone.NIGHT)

    expected = _by_zone_and_number(split_by_range(whole, prices=priced, split=split))
    for one in rest:
        billed = one.billed
        for number in (1, 2, 3):
            taken = min(billed, expected[one.zone, number])
            expected[one.zone, number] -= taken
            billed -= taken
    left = _by_zone_and_number(split_by_range(rest, prices=priced, split=split))
    assert {key: kwh for key, kwh in expected.items() if kwh} == {
        key: kwh for key, kwh in left.items() if kwh
    }


@given(volume=KWH, billed=KWH)
def test_exempt_account_is_left_with_what_is_not_billed(volume: Decimal, billed: Decimal) -> None:
    """Without ranges what is left is just the difference, at the first price."""
    one = ZoneVolume(zone=Zone.ALL_DAY, volume=volume, billed=min(volume, billed))
    parts = split_by_range([one], prices=prices(Zone.ALL_DAY), exempt=True)

    assert [(1, volume - one.billed, Decimal("6.33"))] == [
        (part.number, part.volume, part.price) for part in parts
    ]


@pytest.mark.parametrize("billed", ["-0.001", "100.001"])
def test_no_more_is_billed_than_was_consumed(billed: str) -> None:
    """What is billed lies between nothing and all."""
    with pytest.raises(VolumeNegative):
        ZoneVolume(zone=Zone.ALL_DAY, volume=Decimal(100), billed=Decimal(billed))


class TestTax:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2018, 12, 31), 18),
            (date(2019, 1, 1), 20),
            (date(2025, 12, 31), 20),
            (date(2026, 1, 1), 22),
        ],
    )
    def test_rate_by_date(self, day: date, expected: int) -> None:
        """18 per cent, 20 from 2019, 22 from 2026."""
        assert expected == VAT_RATES.on(day)

    def test_nothing_is_claimed_before_2004(self) -> None:
        """The table begins with the rate of 18 per cent."""
        with pytest.raises(NothingInForce):
            VAT_RATES.on(date(2003, 12, 31))

    @pytest.mark.parametrize(
        ("amount", "rate", "expected"),
        [
            ("31.90", "20", "5.32"),
            ("120.00", "20", "20.00"),
            # Half a kopeck exactly: up, and not to the even one.
            ("0.03", "20", "0.01"),
            ("0.15", "20", "0.03"),
            ("0.27", "20", "0.05"),
            ("-0.03", "20", "-0.01"),
            ("118.00", "18", "18.00"),
            ("122.00", "22", "22.00"),
            ("100.00", "22", "18.03"),
            ("100.00", "0", "0.00"),
        ],
    )
    def test_tax_inside_an_amount(self, amount: str, rate: str, expected: str) -> None:
        """The tax is amount × rate / (100 + rate), half-up."""
        tax = vat_inside(Money.parse(amount), rate=Decimal(rate))

        assert Money.parse(expected) == tax

    @pytest.mark.parametrize("rate", ["-1", "100.01"])
    def test_no_such_rate(self, rate: str) -> None:
        """A rate of tax is from 0 to 100 per cent."""
        with pytest.raises(VatRateWrong):
            vat_inside(Money(100), rate=Decimal(rate))

    @given(kopecks=st.integers(0, 10**12), rate=st.sampled_from([0, 10, 18, 20, 22, 100]))
    def test_tax_is_a_part_of_the_amount(self, kopecks: int, rate: int) -> None:
        """The tax is never negative nor more than half of what it is in."""
        tax = vat_inside(Money(kopecks), rate=Decimal(rate))

        assert 0 <= tax.kopecks <= (kopecks + 1) // 2
