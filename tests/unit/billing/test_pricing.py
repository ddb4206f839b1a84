"""What a bill charges: prices, consumption ranges, tax, what is given back, and benefits."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import (
    Household,
    a_family,
    derivations_of,
    lines_of,
    prices,
)

from elkk_core.billing import Benefit, BillingRules, Invoice, LineKind, RangeMonths
from elkk_core.shared import MeterId, Money, Month, Zone
from elkk_core.tariffs import PriceMissing, RangeSplit, Rate, RateNotPublished
from elkk_core.testing.builders import JANUARY, a_benefit, a_meter, a_rate

RYAZAN = prices(("3900", "6.33"), ("6000", "8.63"), (None, "9.95"))
"""The prices of РЭСК in 2025: up to 3900 kWh a month included, up to 6000 included, above."""

LOW = prices(("100", "2.00"), (None, "3.00"), effective_from=date(2019, 1, 1))
"""Two ranges that a household of 100 kWh a month touches."""


def january(*kwh: int, rates: Iterable[Rate] = (a_rate(),), **changes: object) -> Invoice:
    """Return the bill of January 2020 for a household that used *kwh* by its meters."""
    meters = [
        a_meter(meter_id=MeterId(UUID(int=0x70 + place)), number=str(place))
        for place in range(len(kwh))
    ]
    home = Household(*meters, rates=rates, **changes)  # type: ignore[arg-type]
    for meter, volume in zip(meters, kwh, strict=True):
        home.reads("2019-12-14", 1000, meter=meter)
        home.reads("2020-01-13", 1000 + volume, meter=meter)
    return home.bill("2020-01")


def zones(day: int, night: int, **changes: object) -> Invoice:
    """Return the bill of January 2020 for a household with two zones and two ranges."""
    rates = [
        *prices(("100", "2.00"), (None, "3.00"), zone=Zone.DAY),
        *prices(("100", "1.00"), (None, "1.50"), zone=Zone.NIGHT),
    ]
    home = Household(a_meter(zones=(Zone.DAY, Zone.NIGHT)), rates=rates, **changes)  # type: ignore[arg-type]
    for zone, volume in ((Zone.DAY, day), (Zone.NIGHT, night)):
        home.reads("2019-12-14", 1000, zone)
        home.reads("2020-01-13", 1000 + volume, zone)
    return home.bill("2020-01")


# Prices


def test_manual_consumption_of_january() -> None:
    """232 kWh at 2,77 cost 642,64, of which 107,11 are tax."""
    bill = january(232)

    assert [("metered", "232", "642.64")] == lines_of(bill)
    assert ("642.64", "107.11", "642.64") == (str(bill.charged), str(bill.vat), str(bill.closing))


@pytest.mark.parametrize(
    ("kwh", "price", "expected"),
    [(1, "3.195", "3.20"), (1, "3.205", "3.21"), (3, "1.936", "5.81"), (7, "0.00071", "0.00")],
)
def test_amount_is_rounded_half_up_once(kwh: int, price: str, expected: str) -> None:
    """A tie goes up and not to the even kopeck, as fiscal receipts have it."""
    assert expected == str(january(kwh, rates=prices((None, price))).charged)


def test_rate_is_found_by_category() -> None:
    """A rural household pays the rural price, as published and not computed."""
    rates = (a_rate(price=Decimal("6.11")), a_rate(category="rural", price=Decimal("4.28")))

    assert Money(42800) == january(100, rates=rates, account=a_family(category="rural")).charged


@pytest.mark.parametrize(("month", "price"), [("2026-09", "6.11"), ("2026-10", "6.80")])
def test_rate_is_that_of_the_month_billed(month: str, price: str) -> None:
    """Tambov's prices of 2026 step on 1 October; neither the reading's day nor the run's decides."""
    home = Household(
        rates=(
            *prices((None, "6.11"), effective_from=date(2026, 1, 1)),
            *prices((None, "6.80"), effective_from=date(2026, 10, 1)),
        )
    )
    billed = Month.parse(month)
    home.reads(f"{billed.previous}-20", 1000)
    home.reads(f"{billed}-20", 1100)

    assert Money.from_roubles(100 * Decimal(price)) == home.bill(month).charged


def test_price_approved_anew_is_shown_with_its_own_date() -> None:
    """The manual's 2,77 of July 2019 was published once more for January 2020."""
    (line,) = derivations_of(
        january(232, rates=(a_rate(effective_from=date(2019, 7, 1)), a_rate()))
    )

    assert (Decimal("2.77"), date(2020, 1, 1)) == (line.price, line.price_from)


@pytest.mark.parametrize(
    "rates",
    [
        (),
        (a_rate(effective_from=date(2020, 2, 1)),),
        (a_rate(category="rural"),),
        (a_rate(zone=Zone.DAY),),
    ],
    ids=["none", "later", "category", "zone"],
)
def test_missing_rate_refuses_the_bill(rates: tuple[Rate, ...]) -> None:
    """Nothing is ever billed at zero for want of a price, an empty flat included."""
    for kwh in (0, 232):
        with pytest.raises(RateNotPublished) as caught:
            january(kwh, rates=rates)
        assert ("urban-gas", Zone.ALL_DAY, JANUARY.first_day) == (
            caught.value.category,
            caught.value.zone,
            caught.value.day,
        )


def test_missing_price_of_a_range_refuses_the_bill() -> None:
    """Above the last bound nothing is published, so nothing can be charged."""
    rates = prices(("100", "2.00"))

    assert Money(20000) == january(100, rates=rates).charged
    with pytest.raises(PriceMissing):
        january(101, rates=rates)


# Ranges


@pytest.mark.parametrize(
    ("kwh", "expected"),
    [
        (3900, [("metered", "3900", "24687.00")]),
        (3901, [("metered", "3900", "24687.00"), ("metered", "1", "8.63")]),
        (6000, [("metered", "3900", "24687.00"), ("metered", "2100", "18123.00")]),
        (
            6001,
            [
                ("metered", "3900", "24687.00"),
                ("metered", "2100", "18123.00"),
                ("metered", "1", "9.95"),
            ],
        ),
    ],
)
def test_each_range_takes_what_lies_inside_it(
    kwh: int, expected: list[tuple[str, str, str]]
) -> None:
    """Bounds are inclusive, and only what is above one costs more."""
    bill = january(kwh, rates=RYAZAN)

    assert expected == lines_of(bill)
    assert list(range(1, len(expected) + 1)) == [line.range_number for line in derivations_of(bill)]


def test_meters_share_the_ranges() -> None:
    """The bounds are for all that the account consumes: 150 and 50 kWh halve a bound of 100."""
    rates = prices(("100", "2.00"), (None, "3.00"))

    assert [
        ("metered", "75", "150.00"),
        ("metered", "75", "225.00"),
        ("metered", "25", "50.00"),
        ("metered", "25", "75.00"),
    ] == lines_of(january(150, 50, rates=rates))


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        (RangeSplit.PROPORTIONAL, ["75", "75", "25", "25"]),
        (RangeSplit.NIGHT_FIRST, ["50", "100", "50"]),
        (RangeSplit.DAY_FIRST, ["100", "50", "50"]),
    ],
)
def test_zones_share_the_ranges_as_the_supplier_chose(
    split: RangeSplit, expected: list[str]
) -> None:
    """150 kWh by day and 50 by night with a bound of 100."""
    bill = zones(150, 50, rules=BillingRules(range_split=split))

    assert expected == [volume for _, volume, _ in lines_of(bill)]


def test_exempt_household_pays_the_first_range_for_all() -> None:
    """Large families and others that a region names."""
    bill = january(6001, rates=RYAZAN, account=a_family(range_exempt=True))

    assert [("metered", "6001", "37986.33")] == lines_of(bill)
    (line,) = derivations_of(bill)
    assert (True, None) == (line.range_exempt, line.share)


def test_one_price_for_all_has_no_ranges_to_explain() -> None:
    """A line without ranges says nothing of them, whoever is exempt."""
    (line,) = derivations_of(january(232, account=a_family(range_exempt=True)))

    assert (False, None) == (line.range_exempt, line.share)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (RangeMonths.EACH, [("metered", "120", "240.00"), ("metered", "30", "90.00")]),
        (RangeMonths.ONE, [("metered", "100", "200.00"), ("metered", "50", "150.00")]),
    ],
)
def test_reading_of_several_months_has_their_bounds(
    months: RangeMonths, expected: list[tuple[str, str, str]]
) -> None:
    """330 kWh in three months, 180 estimated before: of 300 at the low price 120 are left.

    Or, if the supplier chose so, the bound of one month for the 150 that are left.
    """
    home = _estimated_for_two_months(rules=BillingRules(range_months=months))
    home.reads("2019-07-20", 1270 + 330)

    assert expected == lines_of(home.bill("2019-07"))


def test_ranges_cost_the_same_whether_months_were_estimated_or_not() -> None:
    """Three months of 90, 90 and 150 kWh: the estimates in between change nothing in the end."""
    read, estimated = (
        _estimated_for_two_months(rules=BillingRules(range_months=RangeMonths.EACH))
        for _ in range(2)
    )
    estimated.reads("2019-07-20", 1600)
    estimated.bill("2019-07")
    once = Household(rates=LOW)
    once.reads("2019-04-20", 1270)
    once.reads("2019-07-20", 1600)
    once.had_bill("2019-04", charged="0", closing="0")
    once.bill("2019-07")

    before = Money.total(bill.charged for bill in read.bills[:3])
    assert Money.total(bill.charged for bill in estimated.bills) - before == once.bills[0].charged


def _estimated_for_two_months(**changes: object) -> Household:
    """Return a household of 90 kWh a month up to April 2019, estimated for May and June."""
    home = Household(rates=LOW, **changes)  # type: ignore[arg-type]
    for place in range(4):
        month = Month(2019, 1).plus(place)
        home.reads(f"{month}-20", 1000 + 90 * place)
        if place:
            home.bill(str(month))
    home.bill("2019-05")
    home.bill("2019-06")
    return home


# Tax


@pytest.mark.parametrize(
    ("month", "rate", "vat"),
    [
        ("2018-12", "18", "42.25"),
        ("2019-01", "20", "46.17"),
        ("2025-12", "20", "46.17"),
        ("2026-01", "22", "49.95"),
    ],
)
def test_tax_inside_the_price_is_that_of_the_month(month: str, rate: str, vat: str) -> None:
    """277,00 × rate / (100 + rate), half-up: 18, 20 and 22 per cent."""
    home = Household(rates=prices((None, "2.77"), effective_from=date(2018, 1, 1)))
    billed = Month.parse(month)
    home.reads(f"{billed.previous}-20", 1000)
    home.reads(f"{billed}-20", 1100)
    bill = home.bill(month)

    assert (Decimal(rate), vat) == (derivations_of(bill)[0].vat_rate, str(bill.vat))


def test_tax_of_estimated_months_is_that_of_each() -> None:
    """A bill for December 2025 and January 2026 holds 20 and 22 per cent."""
    home = Household(rates=prices((None, "2.77"), effective_from=date(2025, 1, 1)))
    home.reads("2025-11-20", 1000)
    home.had_bill("2025-11", charged="0", closing="0")

    assert [Decimal(20), Decimal(22)] == [
        line.vat_rate for line in derivations_of(home.bill("2026-01"))
    ]


def test_tax_is_given_back_as_it_was_charged() -> None:
    """What December 2025 charged with 20 per cent comes back with 20 in January 2026."""
    home = Household(rates=prices((None, "2.77"), effective_from=date(2025, 1, 1)))
    home.reads("2025-11-20", 1000)
    mistaken = home.reads("2025-12-20", 1100)
    home.bill("2025-12")
    home.corrects(mistaken, 1000)
    home.reads("2026-01-20", 1100)
    back, charged = home.bill("2026-01").lines

    assert [("-277.00", "-46.17"), ("277.00", "49.95")] == [
        (str(line.amount), str(line.vat)) for line in (back, charged)
    ]


# What is given back


STEPS = tuple(
    rate
    for start, price in ((date(2019, 1, 1), "2.00"), (date(2019, 6, 1), "3.00"))
    for rate in prices((None, price), effective_from=start)
)


def test_estimates_are_given_back_at_their_own_prices_the_latest_first() -> None:
    """Of 100 kWh at 3,00 and 100 at 2,00 that were estimated 150 were not used."""
    home = Household(rates=STEPS)
    for place in range(4):
        month = Month(2019, 1).plus(place)
        home.reads(f"{month}-20", 1000 + 100 * place)
        if place:
            home.bill(str(month))
    home.bill("2019-05")
    home.bill("2019-06")
    home.reads("2019-07-20", 1350)
    july = home.bill("2019-07")

    assert [("recalculation", "-100", "-300.00"), ("recalculation", "-50", "-100.00")] == lines_of(
        july
    )
    assert [Month(2019, 6), Month(2019, 5)] == [line.charged_in for line in derivations_of(july)]
    assert [Decimal(50)] == [part.volume for part in home.standing.registers[0].charged]


def test_range_that_was_charged_last_is_given_back_first() -> None:
    """Of 100 kWh at 2,00 and 50 at 3,00 a correction takes 60 back: 50 dear ones and 10 cheap."""
    home = Household(rates=LOW)
    home.reads("2019-01-20", 1000)
    mistaken = home.reads("2019-02-20", 1150)
    home.bill("2019-02")
    home.corrects(mistaken, 1090)
    home.reads("2019-03-20", 1090)

    assert [
        ("recalculation", "-50", "-150.00"),
        ("recalculation", "-10", "-20.00"),
        ("metered", "0", "0.00"),
    ] == lines_of(home.bill("2019-03"))


def test_correction_gives_back_what_estimates_charged_before_the_reading() -> None:
    """Of 150 kWh to the reading of July 100 were charged by June's estimate at 3,00, 50 by July."""
    home = Household(rates=(*STEPS, *prices((None, "4.00"), effective_from=date(2019, 7, 1))))
    for place in range(5):
        month = Month(2019, 1).plus(place)
        home.reads(f"{month}-20", 1000 + 100 * place)
        if place:
            home.bill(str(month))
    home.bill("2019-06")
    mistaken = home.reads("2019-07-20", 1550)
    home.bill("2019-07")
    home.corrects(mistaken, 1470)
    home.reads("2019-08-20", 1470)

    assert [
        ("recalculation", "-50", "-200.00"),
        ("recalculation", "-30", "-90.00"),
        ("metered", "0", "0.00"),
    ] == lines_of(home.bill("2019-08"))


def test_price_that_an_earlier_system_did_not_tell_is_that_of_its_month() -> None:
    """A mistaken reading that it had billed is settled at the lowest price of that month."""
    home = Household(rates=LOW)
    home.reads("2019-11-20", 800)
    mistaken = home.reads("2019-12-20", 1000)
    home.had_bill("2019-12", charged="0", closing="0")
    home.reads("2019-12-20", 990, corrects=mistaken.reading_id, month=JANUARY)
    home.reads("2020-01-20", 1000)

    assert [("recalculation", "-10", "-20.00"), ("metered", "10", "20.00")] == lines_of(
        home.bill("2020-01")
    )


@given(
    usage=st.lists(st.integers(0, 300) | st.none(), min_size=1, max_size=10),
    last=st.integers(0, 300),
)
def test_estimates_change_nothing_where_one_price_holds(usage: list[int | None], last: int) -> None:
    """Whatever months were read, all together cost what the meter counted times the price.

    Each line is rounded to a kopeck, so half a kopeck for each may differ.
    """
    home = Household(rates=prices((None, "2.777"), effective_from=date(2019, 1, 1)))
    home.reads("2018-12-20", 1000)
    home.had_bill("2018-12", charged="0", closing="0")
    value = 1000
    months = list(Month(2019, 1).until(Month(2019, 1).plus(len(usage) + 1)))
    for month, volume in zip(months, [*usage, last], strict=True):
        if volume is not None:
            value += volume
            home.reads(f"{month}-20", value)
        home.bill(str(month))
    lines = [line for bill in home.bills for line in bill.lines if line.kind != LineKind.PENALTY]
    charged = Money.total(line.amount for line in lines)

    assert Decimal(value - 1000) == sum(bill.volume for bill in home.bills)
    exact = (value - 1000) * Decimal("277.7")
    assert abs(charged.kopecks - exact) <= Decimal(len(lines)) / 2


# Benefits


def discounts(bill: Invoice) -> list[str]:
    """Return the amounts of the benefits."""
    return [str(line.amount) for line in bill.lines if line.kind is LineKind.BENEFIT]


@pytest.mark.parametrize(
    ("benefit", "expected"),
    [
        (a_benefit(), "-321.32"),
        (a_benefit(percent=Decimal("33.3")), "-214.00"),
        (a_benefit(percent=Decimal(100)), "-642.64"),
        # 642,64 × 50 % × 100 / 232.
        (a_benefit(limit=Decimal(100)), "-138.50"),
        (a_benefit(limit=Decimal(232)), "-321.32"),
    ],
    ids=["half", "third", "all", "up to a limit", "at the limit"],
)
def test_benefit_takes_its_share_off(benefit: Benefit, expected: str) -> None:
    """A line of its own, half-up to the kopeck, with its tax; up to a limit in proportion."""
    bill = january(232, benefits=[benefit])

    assert [expected] == discounts(bill)
    assert Money.parse(expected) == bill.benefits
    assert Money(64264) + Money.parse(expected) == bill.charged == bill.closing


def test_benefits_stand_side_by_side() -> None:
    """Each takes its share off the whole charge, none off the others."""
    benefits = [a_benefit(), a_benefit(name="Многодетная семья", percent=Decimal(30))]

    assert ["-321.32", "-192.79"] == discounts(january(232, benefits=benefits))


@pytest.mark.parametrize(
    "benefit",
    [
        a_benefit(first_month=JANUARY.next),
        a_benefit(first_month=JANUARY.previous, last_month=JANUARY.previous),
    ],
    ids=["not yet", "no more"],
)
def test_benefit_of_other_months_takes_nothing_off(benefit: Benefit) -> None:
    """A household has it from its first month to its last."""
    assert [] == discounts(january(232, benefits=[benefit]))


def test_benefit_on_nothing_is_no_line() -> None:
    """An empty flat has no discount."""
    assert [] == discounts(january(0, benefits=[a_benefit()]))


def estimated(*, months: int, limit: str | None = None) -> Household:
    """Return a household of 100 kWh a month and half off, estimated for some months from May on."""
    home = Household(
        benefits=[
            a_benefit(first_month=Month(2019, 1), limit=None if limit is None else Decimal(limit))
        ],
        rules=BillingRules(penalties=False),
    )
    for place in range(4):
        home.reads(f"{Month(2019, 1).plus(place)}-20", 1000 + 100 * place)
        if place:
            home.bill(str(Month(2019, 1).plus(place)))
    for place in range(months):
        home.bill(str(Month(2019, 5).plus(place)))
    return home


def test_benefit_on_what_comes_back_is_taken_back() -> None:
    """Of 221,60 that come back half had not been charged."""
    home = estimated(months=1)
    home.reads("2019-06-20", 1320)
    june = home.bill("2019-06")

    assert [("recalculation", "-80", "-221.60")] == lines_of(june)
    assert ["110.80"] == discounts(june)
    assert "-110.80" == str(june.charged)


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        # Of 200 kWh that were estimated 120 had a discount, and all 10 that were used have one.
        (10, "152.35"),
        (100, "27.70"),
        # Those without a discount come back first.
        (120, "0.00"),
        (150, "0.00"),
    ],
)
def test_benefit_with_a_limit_takes_back_no_more_than_it_gave(used: int, expected: str) -> None:
    """Two months were estimated at 100 kWh, of which 60 in each were half the price."""
    home = estimated(months=2, limit="60")
    home.reads("2019-07-20", 1300 + used)

    assert [expected] == discounts(home.bill("2019-07"))
