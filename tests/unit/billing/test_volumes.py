"""How much is billed: by readings, by what stands in for them, and by what corrects them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import Household, a_family, derivations_of, lines_of, prices

from elkk_core.billing import (
    BillingRules,
    Corrected,
    Counted,
    Estimated,
    FinalReadingMissing,
    MeterMissing,
    MonthVolume,
    ReadingAwaited,
    ReadingMissing,
    ReadingsContradict,
    readings_to_count,
)
from elkk_core.metering import (
    ESTIMATES_CLASSIC,
    DigitCapacity,
    EstimateBasis,
    EstimateCause,
    EstimateReason,
    Meter,
    NormUnknown,
    PersonsUnknown,
    Reading,
    ReadingSource,
    RolloverPolicy,
)
from elkk_core.shared import MeterId, Money, Month, Zone
from elkk_core.testing import strategies
from elkk_core.testing.builders import JANUARY, a_meter, a_rate, a_reading, an_account
from elkk_core.testing.strategies import MeteredWorld

INITIAL, FINAL = ReadingSource.INITIAL, ReadingSource.FINAL
SECOND = a_meter(meter_id=MeterId(UUID(int=0x52)), number="2")
TWO_ZONES = a_meter(zones=(Zone.DAY, Zone.NIGHT))
ZONE_RATES = tuple(
    a_rate(zone=zone, effective_from=date(2019, 1, 1), price=Decimal(price))
    for zone, price in (
        (Zone.ALL_DAY, "2.77"),
        (Zone.DAY, "3.19"),
        (Zone.NIGHT, "1.94"),
        (Zone.PEAK, "3.32"),
        (Zone.HALF_PEAK, "2.77"),
    )
)


def measured(*kwh: int, household: Household | None = None) -> Household:
    """Return a household that was billed by readings from February 2019 on, and from 1000 on."""
    home = household or Household()
    value = 1000
    home.reads("2019-01-20", value)
    for place, volume in enumerate(kwh):
        month = Month(2019, 2).plus(place)
        value += volume
        home.reads(month.first_day.replace(day=20).isoformat(), value)
        home.bill(str(month))
    return home


# By readings


def test_difference_times_ratio_is_billed() -> None:
    """14 091 to 14 323 through a transformer of 20 are 232 × 20 kWh."""
    home = Household(a_meter(ratio=20))
    home.reads("2019-12-14", 14091)
    home.reads("2020-01-13", 14323)

    assert [("metered", "4640", "12852.80")] == lines_of(home.bill("2020-01"))


def test_decimals_of_the_meter_are_billed() -> None:
    """A meter of «5,1» counts tenths."""
    home = Household(a_meter(capacity=DigitCapacity.parse("5,1")))
    home.reads("2019-12-14", "14091.4")
    home.reads("2020-01-13", "14323.1")

    assert [("metered", "231.7", "641.81")] == lines_of(home.bill("2020-01"))


def test_passage_through_zero_is_believed_up_to_a_maximum() -> None:
    """A four-digit meter that shows 0011 after 9999 has counted 12 kWh."""
    home = Household(a_meter(capacity=DigitCapacity(integers=4)))
    home.reads("2019-12-14", 9999)
    home.reads("2020-01-13", 11)

    assert [("metered", "12", "33.24")] == lines_of(home.bill("2020-01"))


def test_passage_through_zero_beyond_the_maximum_is_a_contradiction() -> None:
    """5001 kWh by a passage through zero is a mistake for certain, and not billed."""
    home = Household()
    home.reads("2019-12-14", 99_999)
    home.reads("2020-01-13", 5000)

    with pytest.raises(ReadingsContradict) as caught:
        home.bill("2020-01")
    assert (Decimal(99_999), Decimal(5000)) == (caught.value.previous, caught.value.current)


@pytest.mark.parametrize(
    "zones", [(Zone.ALL_DAY,), (Zone.DAY, Zone.NIGHT), (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT)]
)
def test_every_zone_is_a_line(zones: tuple[Zone, ...]) -> None:
    """One, two or three zones, each by its own readings."""
    home = Household(a_meter(zones=zones), rates=ZONE_RATES)
    for place, zone in enumerate(zones, start=1):
        home.reads("2019-12-14", 100, zone)
        home.reads("2020-01-13", 100 + place, zone)

    bill = home.bill("2020-01")
    assert list(zones) == [derivation.zone for derivation in derivations_of(bill)]
    assert [str(place + 1) for place in range(len(zones))] == [
        volume for _, volume, _ in lines_of(bill)
    ]


def test_every_meter_is_billed() -> None:
    """Two meters, one of two zones, make three lines, meter by meter."""
    home = Household(SECOND, TWO_ZONES, rates=ZONE_RATES)
    for meter in home.meters:
        for zone in meter.zones:
            home.reads("2019-12-14", 100, zone, meter=meter)
            home.reads("2020-01-13", 110, zone, meter=meter)

    assert [
        (SECOND.number, Zone.ALL_DAY),
        (TWO_ZONES.number, Zone.DAY),
        (TWO_ZONES.number, Zone.NIGHT),
    ] == [(line.meter, line.zone) for line in derivations_of(home.bill("2020-01"))]


def test_empty_flat_is_billed_for_nothing() -> None:
    """A register that stood still is a line of zero, and the next bill goes on from it."""
    home = measured(0, 0)
    home.reads("2019-04-20", 1010)

    assert [("metered", "0", "0.00")] == lines_of(home.bills[-1])
    assert [("metered", "10", "27.70")] == lines_of(home.bill("2019-04"))


def test_last_reading_of_the_month_counts() -> None:
    """Of several readings in a month the last one is billed to, the others stay in the history."""
    home = Household()
    home.reads("2019-12-14", 100)
    for day, value in (("2020-01-20", 150), ("2020-01-05", 120), ("2020-01-20", 140)):
        home.reads(day, value)

    assert [("metered", "40", "110.80")] == lines_of(home.bill("2020-01"))


def test_reading_after_the_window_counts_in_the_next_month() -> None:
    """A reading of 28 January is not in the bill of January, and is in that of February."""
    home = measured(100, 100, 100)
    home.reads("2019-05-28", 1450)

    assert [("average", "100", "277.00")] == lines_of(home.bill("2019-05"))
    assert [("metered", "50", "138.50")] == lines_of(home.bill("2019-06"))


def test_reading_older_than_the_one_billed_is_passed_over() -> None:
    """A reading that came to light late tells nothing that is not billed."""
    home = measured(100, 100)
    home.reads("2019-03-10", 1150)
    home.reads("2019-04-20", 1300)

    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-04"))


# Meters come and go


def _replaced(day: str, *, failed: str | None = None) -> Household:
    """Return a household whose meter was replaced on a day of May 2019, 30 kWh after April's."""
    home = measured(100, 100, 100)
    home.removes(day)
    home.meters.append(
        a_meter(meter_id=MeterId(UUID(int=0x52)), number="2", installed_on=date.fromisoformat(day))
    )
    if failed is None:
        home.reads(day, 1330, meter=home.meters[0], source=FINAL)
    else:
        home.suffers(EstimateCause.METER_FAILED, failed, meter=home.meters[0])
    home.reads(day, 7, source=INITIAL)
    return home


def test_replaced_meter_is_billed_to_its_final_reading_and_the_new_one_from_its_initial() -> None:
    """30 kWh of the old meter and 40 of the new one make the month."""
    home = _replaced("2019-05-10")
    home.reads("2019-05-20", 47)

    assert [("metered", "30", "83.10"), ("metered", "40", "110.80")] == lines_of(
        home.bill("2019-05")
    )


def test_final_reading_is_the_last_of_its_day() -> None:
    """The meter was read before it was taken down, and that reading corrected after all."""
    home = _replaced("2019-05-10")
    before = home.reads("2019-05-10", 1320, meter=home.meters[0])
    home.corrects(before, 1325)
    home.reads("2019-05-20", 47)

    assert [("metered", "30", "83.10"), ("metered", "40", "110.80")] == lines_of(
        home.bill("2019-05")
    )


def test_replaced_meter_is_billed_once() -> None:
    """After its final reading only the new meter is billed, from where it stood."""
    home = _replaced("2019-05-10")
    home.reads("2019-05-20", 47)
    home.bill("2019-05")
    home.reads("2019-06-20", 147)

    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-06"))


def test_new_meter_without_a_reading_waits_for_its_first_one() -> None:
    """The month of a replacement is not estimated; what the new meter counted comes later."""
    home = _replaced("2019-05-10")

    assert [("metered", "30", "83.10")] == lines_of(home.bill("2019-05"))
    home.reads("2019-06-20", 147)
    assert [("metered", "140", "387.80")] == lines_of(home.bill("2019-06"))


def test_meter_replaced_after_the_window_is_billed_to_the_end_next_month() -> None:
    """What was read off on 28 May counts in June, as all readings of that day do."""
    home = _replaced("2019-05-28")
    home.reads("2019-05-20", 1320, meter=home.meters[0])

    assert [("metered", "20", "55.40")] == lines_of(home.bill("2019-05"))
    home.reads("2019-06-20", 107)
    assert [("metered", "10", "27.70"), ("metered", "100", "277.00")] == lines_of(
        home.bill("2019-06")
    )


def test_meter_installed_after_the_window_holds_nobody_up() -> None:
    """The bill of its month is made by the meter that is read."""
    home = measured(100)
    home.meters.append(a_meter(meter_id=SECOND.meter_id, installed_on=date(2019, 3, 28)))
    home.reads("2019-03-28", 5, source=INITIAL)
    home.reads("2019-03-20", 1200, meter=home.meters[0])

    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-03"))


def test_removed_meter_without_a_final_reading_is_not_billed() -> None:
    """Nobody knows what it counted at the end, so somebody has to say."""
    home = measured(100)
    home.removes("2019-03-10")
    home.reads("2019-03-05", 1150)

    with pytest.raises(FinalReadingMissing) as caught:
        home.bill("2019-03")
    assert (a_meter().number, Zone.ALL_DAY) == (caught.value.meter, caught.value.zone)


def test_meter_that_was_removed_out_of_order_is_estimated_to_its_last_day() -> None:
    """Its final reading tells nothing: 9 days of May at the average of 100 kWh are 29."""
    home = _replaced("2019-05-10", failed="2019-05-02")
    home.reads("2019-05-20", 47)
    bill = home.bill("2019-05")

    assert [("average", "29", "80.33"), ("metered", "40", "110.80")] == lines_of(bill)
    basis = derivations_of(bill)[0].basis
    assert isinstance(basis, Estimated)
    assert (EstimateCause.METER_FAILED, Fraction(9, 31)) == (basis.cause, basis.share)
    home.reads("2019-06-20", 147)
    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-06"))


def test_meter_that_was_removed_out_of_order_on_the_first_day_ends_with_the_month_before() -> None:
    """A meter lost in April and replaced on 1 May is estimated for April, and for no day of May."""
    home = measured(100, 100, 100)
    home.suffers(EstimateCause.METER_LOST, "2019-05-02")
    home.bill("2019-05")
    home.removes("2019-06-01")
    home.meters.append(a_meter(meter_id=SECOND.meter_id, installed_on=date(2019, 6, 1)))
    home.reads("2019-06-01", 0, source=INITIAL)
    home.reads("2019-06-20", 60)

    assert [("average", "100", "277.00")] == lines_of(home.bills[-1])
    assert [("metered", "60", "166.20")] == lines_of(home.bill("2019-06"))


def test_meter_that_an_earlier_system_billed_to_its_end_is_left_out() -> None:
    """Its final reading is in a bill that was taken over; nothing more is asked of it."""
    home = Household(a_meter(removed_on=date(2019, 12, 10)), SECOND)
    old = home.meters[0]
    home.reads("2019-11-20", 900, meter=old)
    home.reads("2019-12-10", 950, meter=old, source=FINAL)
    home.reads("2019-12-20", 0, source=INITIAL)
    home.had_bill("2019-12", charged="0", closing="0")
    home.reads("2020-01-20", 100)

    assert [("metered", "100", "277.00")] == lines_of(home.bill("2020-01"))


def test_final_reading_that_an_earlier_system_billed_is_settled_once_corrected() -> None:
    """It billed 10 kWh too many up to the removal of a meter: they come back, at its price."""
    home = Household(a_meter(removed_on=date(2019, 12, 10)), SECOND)
    old = home.meters[0]
    final = home.reads("2019-12-10", 950, meter=old, source=FINAL)
    home.reads("2019-12-20", 0, source=INITIAL)
    home.had_bill("2019-12", charged="0", closing="0")
    home.reads("2019-12-10", 940, meter=old, source=FINAL, month=JANUARY, corrects=final.reading_id)
    home.reads("2020-01-20", 100)

    assert [("recalculation", "-10", "-27.70"), ("metered", "100", "277.00")] == lines_of(
        home.bill("2020-01")
    )
    home.reads("2020-02-20", 200)
    assert [("metered", "100", "277.00")] == lines_of(home.bill("2020-02"))


def test_account_without_a_meter_is_not_billed() -> None:
    """There is nothing to bill by, and nothing is made up."""
    home = Household()
    home.meters.clear()

    with pytest.raises(MeterMissing):
        home.bill("2020-01")


def test_account_whose_only_meter_is_billed_to_its_end_has_none() -> None:
    """After the final bill of a meter there is nothing to bill by."""
    home = measured(100)
    home.reads("2019-03-10", 1130, meter=home.removes("2019-03-10"), source=FINAL)
    home.bill("2019-03")

    with pytest.raises(MeterMissing):
        home.bill("2019-04")


def test_account_whose_lost_meter_was_not_replaced_has_none() -> None:
    """It is estimated up to its last day; in the next month there is nothing to bill by."""
    home = measured(100, 100, 100)
    home.suffers(EstimateCause.METER_LOST, "2019-05-02")
    home.removes("2019-05-28")

    assert [("average", "87", "240.99")] == lines_of(home.bill("2019-05"))
    with pytest.raises(MeterMissing):
        home.bill("2019-06")


@pytest.mark.parametrize("day", [None, "2020-01-20", "2019-12-20"])
def test_account_with_one_reading_at_the_most_is_not_billed(day: str | None) -> None:
    """There must be something to count from, and something to count to or a month to estimate."""
    home = Household(a_meter(installed_on=date(2019, 12, 20)))
    if day is not None:
        home.reads(day, 14091)
    month = "2020-01" if day != "2019-12-20" else "2019-12"

    with pytest.raises(ReadingMissing):
        home.bill(month)


def test_first_bill_counts_from_installation() -> None:
    """What a meter showed when it came is where it begins, however long ago."""
    home = Household(a_meter(installed_on=date(2019, 3, 5)))
    home.reads("2019-03-05", 3, source=INITIAL)
    home.reads("2020-01-20", 503)

    assert [("metered", "500", "1385.00")] == lines_of(home.bill("2020-01"))


def test_first_bill_without_any_reading_is_of_its_own_month() -> None:
    """A meter that was never read is charged the norm of the month, not of all months before."""
    home = Household(a_meter(installed_on=date(2019, 3, 5)))
    home.reads("2019-03-05", 3, source=INITIAL)

    assert [("norm", "136", "376.72")] == lines_of(home.bill("2020-01"))
    home.reads("2020-02-20", 503)
    assert [("metered", "364", "1008.28")] == lines_of(home.bill("2020-02"))


# Readings that are missing


def test_bill_waits_for_the_window_to_be_over() -> None:
    """A reading may come on the 25th, so until then nothing is estimated."""
    home = measured(100)

    with pytest.raises(ReadingAwaited) as caught:
        home.bill("2019-03", today=date(2019, 3, 25))
    assert date(2019, 3, 25) == caught.value.closes_on
    assert [("norm", "136", "376.72")] == lines_of(home.bill("2019-03", today=date(2019, 3, 26)))


def test_average_of_the_measured_months_stands_in() -> None:
    """П. 59 «б»: (90 + 100 + 113) / 3 = 101 kWh, rounded as the meter counts."""
    home = measured(90, 100, 113)
    (line,) = derivations_of(home.bill("2019-05"))

    basis = line.basis
    assert isinstance(basis, Estimated)
    assert (Decimal(101), EstimateBasis.AVERAGE, EstimateReason.AVERAGE_WITHIN_TERM, 1) == (
        line.volume,
        basis.basis,
        basis.reason,
        basis.missed,
    )
    assert "ПП РФ № 354, п. 59 «б»" == basis.clause
    assert (
        tuple(
            MonthVolume(month=Month(2019, 2).plus(place), volume=Decimal(volume))
            for place, volume in enumerate((90, 100, 113))
        )
        == basis.history
    )


def test_average_goes_back_a_year_at_the_most() -> None:
    """Twelve measured months are remembered: the two of 1000 kWh are forgotten."""
    home = measured(1000, 1000, *[100] * 12)

    assert [("average", "100", "277.00")] == lines_of(home.bill("2020-04"))


def test_after_three_averages_the_norm_is_charged() -> None:
    """П. 60: from the fourth month without a reading 68 kWh for each of two persons."""
    home = measured(100, 100, 100)
    lines = [lines_of(home.bill(f"2019-{month:02}")) for month in range(5, 10)]

    assert [[("average", "100", "277.00")]] * 3 + [[("norm", "136", "376.72")]] * 2 == lines


def test_reading_lets_the_averages_begin_anew() -> None:
    """After a reading three more averages may follow, of what was measured."""
    home = measured(100, 100, 100)
    for month in range(5, 9):
        home.bill(f"2019-{month:02}")
    home.reads("2019-09-20", 1300 + 5 * 40)
    home.bill("2019-09")
    kinds = [lines_of(home.bill(f"2019-{month:02}"))[0][0] for month in range(10, 13)]

    assert ["average"] * 3 == kinds


def test_months_that_a_reading_measured_together_count_each() -> None:
    """250 kWh of two months are 125 of each in the next average."""
    home = measured(100, 100, 100)
    home.bill("2019-05")
    home.reads("2019-06-20", 1550)
    home.bill("2019-06")
    (line,) = derivations_of(home.bill("2019-07"))

    assert isinstance(line.basis, Estimated)
    assert [100, 100, 100, 125, 125] == [part.volume for part in line.basis.history]
    assert Decimal(110) == line.volume


def test_months_passed_over_by_the_run_are_estimated_each() -> None:
    """The bill of May stands for March and April too, as there were none: at most three averages."""
    home = measured(100, 100, 100)
    bill = home.bill("2019-08")

    assert [("average", "100", "277.00")] * 3 + [("norm", "136", "376.72")] == lines_of(bill)
    assert [Month(2019, month) for month in range(5, 9)] == [
        line.basis.month for line in derivations_of(bill) if isinstance(line.basis, Estimated)
    ]


def test_month_after_the_last_reading_is_estimated() -> None:
    """A bill for two months, of which the first was read, is by the reading and by the average."""
    home = measured(100, 100, 100)
    home.reads("2019-05-20", 1420)
    bill = home.bill("2019-06")

    assert [("metered", "120", "332.40"), ("average", "105", "290.85")] == lines_of(bill)
    home.reads("2019-07-20", 1620)
    assert [("metered", "95", "263.15")] == lines_of(home.bill("2019-07"))


@pytest.mark.parametrize("cause", [EstimateCause.METER_FAILED, EstimateCause.METER_LOST])
def test_average_has_no_limit_while_the_meter_is_out_of_order(cause: EstimateCause) -> None:
    """П. 59 «г»: since July 2020 the average stands in until metering is restored."""
    home = measured(*[100] * 18)
    home.suffers(cause, "2020-08-01")
    bills = [home.bill(f"2020-{month:02}") for month in range(8, 13)]

    assert [[("average", "100", "277.00")]] * 5 == [lines_of(bill) for bill in bills]
    (line,) = derivations_of(bills[-1])
    assert isinstance(line.basis, Estimated)
    assert (5, None, "ПП РФ № 354, п. 59 «г»") == (
        line.basis.missed,
        line.basis.periods,
        line.basis.clause,
    )


def test_average_of_a_broken_meter_may_have_the_limit_of_the_classic_policy() -> None:
    """A supplier may charge three periods and then the norm for broken meters too."""
    home = Household(rules=BillingRules(estimates=ESTIMATES_CLASSIC))
    measured(*[100] * 18, household=home)
    home.suffers(EstimateCause.METER_FAILED, "2020-08-01")
    kinds = [lines_of(home.bill(f"2020-{month:02}"))[0][0] for month in range(8, 13)]

    assert ["average"] * 3 + ["norm"] * 2 == kinds


def test_what_a_broken_meter_shows_is_not_billed() -> None:
    """A reading taken while it failed stands in nobody's way."""
    home = measured(100, 100, 100)
    home.suffers(EstimateCause.METER_FAILED, "2019-05-10")
    home.reads("2019-05-20", 99_999)

    assert [("average", "100", "277.00")] == lines_of(home.bill("2019-05"))


def test_estimate_of_a_month_that_the_meter_did_not_count_stays() -> None:
    """It stood still for all of June: the reading of July settles what it counted, and no more."""
    home = measured(100, 100, 100)
    home.suffers(EstimateCause.METER_FAILED, "2019-05-31", "2019-07-02")
    home.reads("2019-05-20", 1400)
    home.bill("2019-05")
    home.bill("2019-06")
    home.reads("2019-07-20", 1470)
    july = home.bill("2019-07")

    assert [("metered", "70", "193.90")] == lines_of(july)
    (line,) = derivations_of(july)
    assert isinstance(line.basis, Counted)
    assert () == line.basis.billed
    assert [100, 100, 100, 100, 70] == [part.volume for part in home.standing.registers[0].history]


def test_second_refusal_of_access_costs_one_and_a_half_norms() -> None:
    """П. 60(3): at once, whatever was measured before; the first refusal costs the average."""
    home = measured(100, 100, 100)
    home.suffers(EstimateCause.ACCESS_REFUSED, "2019-05-10")
    assert [("average", "100", "277.00")] == lines_of(home.bill("2019-05"))

    home.suffers(EstimateCause.ACCESS_REFUSED_TWICE, "2019-06-10")
    (line,) = derivations_of(home.bill("2019-06"))
    assert isinstance(line.basis, Estimated)
    assert (Decimal(204), Decimal("1.5"), "ПП РФ № 354, п. 60(3)") == (
        line.volume,
        line.basis.coefficient,
        line.basis.clause,
    )


def test_verification_that_is_over_is_a_cause_of_its_own() -> None:
    """The month after the interval ended; a reading that comes is still billed."""
    meter = a_meter(verification_due=date(2019, 5, 31))
    home = measured(100, 100, 100, household=Household(meter))
    causes = []
    for month in ("2019-05", "2019-06"):
        (line,) = derivations_of(home.bill(month))
        assert isinstance(line.basis, Estimated)
        causes.append(line.basis.cause)
    home.reads("2019-07-20", 1600)

    assert [EstimateCause.READING_MISSED, EstimateCause.VERIFICATION_OVER] == causes
    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-07"))


def test_norm_is_shared_among_the_zones_by_their_hours() -> None:
    """Day has 16 hours and night 8: two thirds and one third of 136 kWh."""
    home = Household(TWO_ZONES, rates=ZONE_RATES)
    for zone in TWO_ZONES.zones:
        home.reads("2019-12-14", 100, zone)

    assert [("norm", "90.667", "289.23"), ("norm", "45.333", "87.95")] == lines_of(
        home.bill("2020-01")
    )


def test_norm_is_shared_among_the_meters() -> None:
    """A household with two meters is charged its norm once."""
    home = Household(SECOND, a_meter())
    for meter in home.meters:
        home.reads("2019-12-14", 100, meter=meter)

    assert [("norm", "68", "188.36")] * 2 == lines_of(home.bill("2020-01"))


def test_meter_that_goes_later_has_its_part_of_the_norm() -> None:
    """Both meters were there in January, though one is known to have gone in February."""
    home = Household(SECOND, a_meter())
    for meter in home.meters:
        home.reads("2019-12-14", 100, meter=meter)
    home.removes("2020-02-10")

    assert [("norm", "68", "188.36")] * 2 == lines_of(home.bill("2020-01"))


@pytest.mark.parametrize(
    ("household", "error"),
    [
        (Household(account=an_account()), PersonsUnknown),
        (Household(norms=()), NormUnknown),
        (Household(account=a_family(persons=3)), NormUnknown),
    ],
    ids=["nobody", "no norms", "no norm for three"],
)
def test_norm_that_cannot_be_told_refuses_the_bill(
    household: Household, error: type[Exception]
) -> None:
    """Nothing is estimated at zero."""
    household.reads("2019-12-14", 14091)

    with pytest.raises(error):
        household.bill("2020-01")


# Readings that settle


def test_reading_after_estimates_settles_the_difference() -> None:
    """250 kWh in three months, of which 200 are billed: 50 are left."""
    home = measured(100, 100, 100)
    home.bill("2019-05")
    home.bill("2019-06")
    home.reads("2019-07-20", 1550)
    july = home.bill("2019-07")

    assert [("metered", "50", "138.50")] == lines_of(july)
    (line,) = derivations_of(july)
    assert isinstance(line.basis, Counted)
    assert (Decimal(250), Decimal(200)) == (line.basis.counted, line.basis.estimated)


def test_reading_below_what_was_estimated_gives_back() -> None:
    """20 kWh in two months, of which 100 are billed: 80 come back, and the household is credited."""
    home = measured(100, 100, 100, household=Household(rules=BillingRules(penalties=False)))
    home.bill("2019-05")
    home.pays("2019-06-05", str(home.bills[-1].closing))
    home.reads("2019-06-20", 1320)
    june = home.bill("2019-06")

    assert [("recalculation", "-80", "-221.60")] == lines_of(june)
    assert (Money(-22160), Money(22160)) == (june.recalculated, june.overpayment)


def test_reading_that_the_estimates_have_met_is_a_line_of_zero() -> None:
    """Exactly as much was used as was estimated."""
    home = measured(100, 100, 100)
    home.bill("2019-05")
    home.reads("2019-06-20", 1400)

    assert [("metered", "0", "0.00")] == lines_of(home.bill("2019-06"))


@pytest.mark.parametrize(("right", "expected"), [(1280, "-20"), (1330, "30")])
def test_corrected_reading_settles_what_was_billed_by_it(right: int, expected: str) -> None:
    """П. 61: the difference is a line of its own; the month goes on from the right reading."""
    home = measured(100, 100, 100)
    home.corrects(home.readings[-1], right)
    home.reads("2019-05-20", 1400)
    bill = home.bill("2019-05")

    (kind, volume, _), metered = lines_of(bill)
    assert ("recalculation", expected) == (kind, volume)
    assert str(1400 - right) == metered[1]
    basis = derivations_of(bill)[0].basis
    assert isinstance(basis, Corrected)
    assert (Decimal(1300), Decimal(right)) == (basis.mistaken.value, basis.right.value)


def test_correction_may_be_corrected() -> None:
    """The last word counts, and the difference is settled once."""
    home = measured(100, 100, 100)
    wrong = home.corrects(home.readings[-1], 1200)
    home.corrects(wrong, 1290)
    home.reads("2019-05-20", 1400)

    assert [("recalculation", "-10", "-27.70"), ("metered", "110", "304.70")] == lines_of(
        home.bill("2019-05")
    )


def test_correction_around_zero_takes_the_shorter_way() -> None:
    """9990 should have been 0005: 15 kWh were billed too little, not 9985 too many."""
    home = Household(a_meter(capacity=DigitCapacity(integers=4)))
    home.reads("2019-01-20", 9900)
    mistaken = home.reads("2019-02-20", 9990)
    home.bill("2019-02")
    home.corrects(mistaken, 5)
    home.reads("2019-03-20", 25)

    assert [("recalculation", "15", "41.55"), ("metered", "20", "55.40")] == lines_of(
        home.bill("2019-03")
    )


def test_correction_before_the_bill_is_not_settled() -> None:
    """Nothing was billed by the mistaken reading yet."""
    home = measured(100)
    mistaken = home.reads("2019-03-20", 9000)
    home.corrects(mistaken, 1200)

    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-03"))


def test_corrected_final_reading_is_settled_after_the_meter_has_gone() -> None:
    """The register is closed, and yet what was billed too much comes back."""
    home = _replaced("2019-05-10")
    home.reads("2019-05-20", 47)
    home.bill("2019-05")
    (final,) = (reading for reading in home.readings if reading.source is FINAL)
    home.corrects(final, 1310)
    home.reads("2019-06-20", 147)
    home.bill("2019-06")

    assert [("recalculation", "-20", "-55.40"), ("metered", "100", "277.00")] == lines_of(
        home.bills[-1]
    )
    home.reads("2019-07-20", 247)
    assert [("metered", "100", "277.00")] == lines_of(home.bill("2019-07"))


# A change of rates


STEP = (
    *prices((None, "2.50"), effective_from=date(2019, 1, 1)),
    *prices((None, "3.00"), effective_from=date(2020, 2, 1)),
)


def test_reading_on_the_day_of_a_change_of_rates_splits_the_month() -> None:
    """40 kWh before 1 February at 2,50, and 60 after it at 3,00."""
    home = Household(rates=STEP)
    for day, value in (("2020-01-20", 100), ("2020-02-01", 140), ("2020-02-20", 200)):
        home.reads(day, value)
    home.had_bill("2020-01", charged="0", closing="0")

    assert [("metered", "40", "100.00"), ("metered", "60", "180.00")] == lines_of(
        home.bill("2020-02")
    )


def test_change_of_rates_that_nobody_read_off_splits_nothing() -> None:
    """The rates of the month billed hold for all of it, whenever it was read."""
    home = Household(rates=STEP)
    for day, value in (("2020-01-20", 100), ("2020-02-02", 140), ("2020-02-20", 200)):
        home.reads(day, value)
    home.had_bill("2020-01", charged="0", closing="0")

    assert [("metered", "100", "300.00")] == lines_of(home.bill("2020-02"))


def test_tariff_of_the_month_prices_what_estimates_left() -> None:
    """January's estimate stays at 2,50; what the reading of February adds costs 3,00."""
    home = Household(rates=STEP)
    measured(100, 100, 100, *[100] * 8, household=home)
    january = home.bill("2020-01")
    home.reads("2020-02-20", 2100 + 250)

    assert [("average", "100", "250.00")] == lines_of(january)
    assert [("metered", "150", "450.00")] == lines_of(home.bill("2020-02"))


# Which readings are counted


DECEMBER_14 = a_reading(value=Decimal(14091), taken_on=date(2019, 12, 14), month=JANUARY.previous)
JANUARY_13 = a_reading()


def test_counting_begins_with_the_first_reading() -> None:
    """Without a bill and an installation the first reading there is serves."""
    both = [JANUARY_13, DECEMBER_14]

    assert () == readings_to_count([], billed_through=None)
    assert (DECEMBER_14, JANUARY_13) == readings_to_count(both, billed_through=None)
    assert (JANUARY_13,) == readings_to_count(both, billed_through=JANUARY)


def test_reading_at_installation_begins_anew() -> None:
    """What was before it is not counted on."""
    installed = a_reading(taken_on=date(2020, 1, 5), value=Decimal(0), source=INITIAL)

    assert (installed,) == readings_to_count([DECEMBER_14, installed], billed_through=None)


@given(world=strategies.metered_accounts(), data=st.data())
def test_bills_of_all_months_count_every_kilowatt_hour_once(
    world: MeteredWorld, data: st.DataObject
) -> None:
    """However the months are billed, one by one or several together, nothing is lost or doubled."""
    first, *later = world.months
    billed = sorted(data.draw(st.sets(st.sampled_from(later)).map(lambda some: {*some, later[-1]})))
    believing = RolloverPolicy(most_kwh=Decimal(10**9))
    home = Household(world.meter, account=world.account, rates=world.rates, rollover=believing)
    home.readings = list(world.readings)
    volume = sum((home.bill(str(month)).volume for month in billed), Decimal(0))

    ends = [reading for reading in world.readings if reading.month in {first, *billed}]
    assert _counted(world.meter, ends) == volume


def _counted(meter: Meter, readings: list[Reading]) -> Decimal:
    series = [[known for known in readings if known.zone is zone] for zone in meter.zones]
    return sum(
        (
            meter.volume(previous=earlier.value, current=later.value)
            for register in series
            for earlier, later in pairwise(register)
        ),
        Decimal(0),
    )
