"""What the coming bills may be."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import prices

from elkk_core.billing import (
    ConsumptionTooLittleKnown,
    ForecastBasis,
    MonthForecast,
    MonthUse,
    ZoneUse,
    forecast,
)
from elkk_core.shared import Money, Month, Zone
from elkk_core.tariffs import Rate, RateNotPublished, TariffBook
from elkk_core.testing.builders import a_rate

FIRST = Month(2020, 2)


def used(volumes: dict[str, int]) -> list[MonthUse]:
    """Return what one zone took by month."""
    return [
        MonthUse(
            month=Month.parse(month),
            zones=(ZoneUse(zone=Zone.ALL_DAY, volume=Decimal(kwh)),),
            is_billed=True,
        )
        for month, kwh in volumes.items()
    ]


def foreseen(uses: list[MonthUse], *rates: Rate, exempt: bool = False) -> list[MonthForecast]:
    """Return the forecast from February 2020 on."""
    book = TariffBook(rates=rates or (a_rate(price=Decimal("2.77")),))
    return [
        *forecast(
            uses,
            first=FIRST,
            zones=[Zone.ALL_DAY],
            book=book,
            category="urban-gas",
            exempt=exempt,
        )
    ]


def year_of(kwh: int, *, year: int = 2019) -> dict[str, int]:
    """Return a year in which every month took the same."""
    return {f"{year}-{number:02}": kwh for number in range(1, 13)}


def test_season_comes_again() -> None:
    """A coming month takes the mean of the same months of former years."""
    uses = used(year_of(200, year=2018) | year_of(200) | {"2018-07": 90, "2019-07": 121})
    july = foreseen(uses)[5]

    assert Month(2020, 7) == july.month
    assert (ForecastBasis.SEASON, 2, Decimal(106)) == (july.basis, july.known, july.volume)
    assert Money.parse("293,62") == july.amount


def test_average_stands_in_for_unknown_seasons() -> None:
    """With less than a year known, the mean of what is known has to do."""
    uses = used({"2019-11": 100, "2019-12": 150, "2020-01": 200})
    months = foreseen(uses)

    assert {(ForecastBasis.AVERAGE, 3, Decimal(150))} == {
        (month.basis, month.known, month.volume) for month in months[:9]
    }
    assert (ForecastBasis.SEASON, 1, Decimal(100)) == (
        months[9].basis,
        months[9].known,
        months[9].volume,
    )


def test_readings_that_are_there_tell_the_next_bill() -> None:
    """What was taken already is not guessed."""
    uses = used(year_of(200) | {"2020-01": 200, "2020-02": 171})
    first, second, *_ = foreseen(uses)

    assert (ForecastBasis.READINGS, Decimal(171)) == (first.basis, first.volume)
    assert ForecastBasis.SEASON is second.basis


def test_published_prices_hold_from_their_month_on() -> None:
    """«С новым тарифом»: the month says so, and its amount follows."""
    later = a_rate(effective_from=date(2020, 10, 1), price=Decimal("3.00"))
    months = foreseen(used(year_of(100)), a_rate(price=Decimal("2.77")), later)

    assert [Month(2020, 10)] == [month.month for month in months if month.new_prices]
    assert (Money.parse("277,00"), Money.parse("300,00")) == (months[7].amount, months[8].amount)


def test_price_approved_anew_is_not_a_new_price() -> None:
    """A publication without a change raises nobody's bill."""
    again = a_rate(effective_from=date(2020, 7, 1), price=Decimal("2.77"))
    months = foreseen(used(year_of(100)), a_rate(price=Decimal("2.77")), again)

    assert not any(month.new_prices for month in months)


def test_ranges_count() -> None:
    """What lies above a bound costs more, unless the household is exempt."""
    ranges = prices(("100", "2.00"), (None, "3.00"))
    month, free = (
        foreseen(used(year_of(150)), *ranges, exempt=exempt)[0] for exempt in (False, True)
    )

    assert (Money.parse("350,00"), Money.parse("300,00")) == (month.amount, free.amount)


def test_too_little_is_known() -> None:
    """Two months make no forecast, and it is said how many would."""
    with pytest.raises(ConsumptionTooLittleKnown) as refused:
        foreseen(used({"2019-12": 100, "2020-01": 100}))

    assert (3, 2) == (refused.value.least, refused.value.known)


def test_month_without_prices() -> None:
    """Nothing is ever priced at zero."""
    with pytest.raises(RateNotPublished):
        foreseen(used(year_of(100)), a_rate(effective_from=date(2021, 1, 1)))


def test_bill_that_gave_back_counts_as_nothing() -> None:
    """A settlement of former months is no season."""
    months = foreseen(used(year_of(100) | {"2019-03": -400}))

    assert (Decimal(0), Money.zero()) == (months[1].volume, months[1].amount)


@given(kwh=st.integers(0, 2000), kopecks=st.integers(100, 1500))
def test_constant_household_is_foreseen_exactly(kwh: int, kopecks: int) -> None:
    """Who consumes the same every month at one price pays the same every month."""
    rate = a_rate(price=Decimal(kopecks) / 100)
    months = foreseen(used(year_of(kwh)), rate)

    assert 12 == len(months)
    assert {rate.charge(Decimal(kwh))} == {month.amount for month in months}


@given(
    volumes=st.lists(st.integers(-500, 2000), min_size=12, max_size=12),
    price=st.integers(100, 1000),
    rise=st.integers(0, 1000),
)
def test_dearer_prices_never_make_cheaper_bills(volumes: list[int], price: int, rise: int) -> None:
    """And no bill is below nothing."""
    uses = used({f"2019-{number:02}": kwh for number, kwh in enumerate(volumes, start=1)})
    cheap = foreseen(uses, a_rate(price=Decimal(price) / 100))
    dear = foreseen(uses, a_rate(price=Decimal(price + rise) / 100))

    for lower, upper in zip(cheap, dear, strict=True):
        assert Money.zero() <= lower.amount <= upper.amount
