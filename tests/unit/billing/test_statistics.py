"""What an account consumed, month by month and year by year."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import Household

from elkk_core.billing import MonthUse, YearStatistics, ZoneUse, use_by_month
from elkk_core.metering import Reading, ReadingSource
from elkk_core.shared import Month, ReadingId, Zone
from elkk_core.testing.builders import JANUARY, a_meter, a_rate, a_reading, an_invoice


def readings(
    *shown: tuple[str, int], source: ReadingSource = ReadingSource.CUSTOMER
) -> list[Reading]:
    """Return the readings of a register by month."""
    return [
        a_reading(
            reading_id=ReadingId(UUID(int=0x500 + place)),
            month=Month.parse(month),
            taken_on=Month.parse(month).first_day.replace(day=20),
            value=Decimal(value),
            source=source,
        )
        for place, (month, value) in enumerate(shown)
    ]


def use(month: str, kwh: int, *, estimated: int = 0, is_billed: bool = False) -> MonthUse:
    """Return what one zone took in a month."""
    zone = ZoneUse(zone=Zone.ALL_DAY, volume=Decimal(kwh), estimated=Decimal(estimated))
    return MonthUse(month=Month.parse(month), zones=(zone,), is_billed=is_billed)


# Months


def test_month_took_what_its_bill_charged() -> None:
    """The bill tells volumes zone by zone."""
    home = Household(
        a_meter(zones=(Zone.DAY, Zone.NIGHT)),
        rates=[a_rate(zone=Zone.DAY), a_rate(zone=Zone.NIGHT)],
    )
    for zone, kwh in ((Zone.DAY, 100), (Zone.NIGHT, 40)):
        home.reads("2019-12-14", 1000, zone)
        home.reads("2020-01-13", 1000 + kwh, zone)
    bill = home.bill("2020-01")
    (found,) = use_by_month(invoices=[bill], meters=[], readings=[])

    day = ZoneUse(zone=Zone.DAY, volume=Decimal(100))
    night = ZoneUse(zone=Zone.NIGHT, volume=Decimal(40))
    assert MonthUse(month=JANUARY, zones=(day, night), is_billed=True) == found
    assert (Decimal(140), Decimal(0), Decimal(40)) == (
        found.volume,
        found.estimated,
        found.of(Zone.NIGHT),
    )
    assert found.of(Zone.PEAK) is None


def test_readings_tell_where_no_bill_does() -> None:
    """A bill of an earlier system knows its sum alone, and the last month has no bill yet."""
    found = use_by_month(
        invoices=[an_invoice(month=Month(2020, 2))],
        meters=[a_meter()],
        readings=readings(("2020-01", 1000), ("2020-02", 1120), ("2020-03", 1210)),
    )

    assert (use("2020-02", 120), use("2020-03", 90)) == found


def test_months_without_a_reading_share_the_difference() -> None:
    """Nobody has read what each of them took, so it counts as estimated."""
    found = use_by_month(
        invoices=[],
        meters=[a_meter()],
        readings=readings(("2020-01", 1000), ("2020-04", 1300)),
    )

    expected = [use(f"2020-0{number}", 100, estimated=100) for number in (2, 3, 4)]
    assert tuple(expected) == found


def test_initial_reading_begins_its_own_month() -> None:
    """What comes after the reading of an installation is consumed in that very month."""
    (initial,) = readings(("2020-01", 1000), source=ReadingSource.INITIAL)
    later = a_reading(month=JANUARY, taken_on=date(2020, 1, 25), value=Decimal(1050))
    found = use_by_month(invoices=[], meters=[a_meter()], readings=[initial, later])

    assert (use("2020-01", 50),) == found


def test_correction_tells_of_the_month_that_it_corrects() -> None:
    """Whenever it came."""
    first, wrong = readings(("2020-01", 1000), ("2020-02", 1900))
    right = a_reading(
        reading_id=ReadingId(UUID(int=0x600)),
        month=Month(2020, 5),
        taken_on=wrong.taken_on,
        value=Decimal(1090),
        corrects=wrong.reading_id,
    )
    found = use_by_month(invoices=[], meters=[a_meter()], readings=[first, wrong, right])

    assert (use("2020-02", 90),) == found


@given(
    grown=st.lists(st.integers(0, 900), min_size=1, max_size=12),
    missed=st.sets(st.integers(1, 11)),
)
def test_nothing_is_lost_between_readings(grown: list[int], missed: set[int]) -> None:
    """However the months are read, they add up to what the register counted."""
    value, shown = 1000, [("2019-12", 1000)]
    for number, kwh in enumerate(grown, start=1):
        value += kwh
        if number not in missed or number == len(grown):
            shown.append((f"2020-{number:02}", value))
    found = use_by_month(invoices=[], meters=[a_meter()], readings=readings(*shown))

    assert sum(grown) == sum(month.volume for month in found)
    assert [str(month.month) for month in found] == [
        f"2020-{number:02}" for number in range(1, len(grown) + 1)
    ]


# Years


def test_manual_year_2019() -> None:
    """The highest month of the manual's household was April with 377 kWh, the lowest July with 189."""
    kwh = (260, 241, 262, 377, 230, 205, 189, 214, 236, 255, 248, 232)
    known = [use(f"2019-{number:02}", volume) for number, volume in enumerate(kwh, start=1)]
    year = YearStatistics.of(2019, [*known, use("2020-01", 232)])

    assert (use("2019-04", 377), use("2019-07", 189)) == (year.highest, year.lowest)
    assert (Decimal(sum(kwh)), (Zone.ALL_DAY,)) == (year.total, year.zones)
    assert year.comparable is None


def test_years_are_compared_by_the_months_that_both_know() -> None:
    """A year that has begun lately is not called thrifty."""
    known = [use("2019-01", 300), use("2019-02", 200), use("2020-01", 250), use("2020-03", 90)]
    year = YearStatistics.of(2020, known)

    assert (Decimal(250), Decimal(300)) == year.comparable
    assert use("2019-01", 300) == year.former_of(JANUARY)
    assert year.former_of(Month(2020, 3)) is None


def test_year_without_anything() -> None:
    """There is no highest month of nothing."""
    year = YearStatistics.of(2020, [])

    assert (None, None, Decimal(0), ()) == (year.highest, year.lowest, year.total, year.zones)
