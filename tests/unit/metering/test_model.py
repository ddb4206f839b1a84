"""What a meter shows, and what was consumed between two readings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.metering import (
    CapacityMalformed,
    DigitCapacity,
    Meter,
    Reading,
    ReadingBelowPrevious,
    ReadingNotANumber,
    ReadingSource,
    ReadingTooLong,
    ReadingTooPrecise,
    RolloverNotConfirmed,
    RolloverPolicy,
    by_time,
    effective,
    meter_number,
    read_ratio,
    read_zones,
    reading_before,
    reading_of,
)
from elkk_core.metering.errors import RatioNotPositive, ZonesMalformed
from elkk_core.shared import (
    FieldRequired,
    FieldTooLong,
    Month,
    NotAWholeNumber,
    SubmissionWindow,
    Zone,
)
from elkk_core.testing import strategies
from elkk_core.testing.builders import ACCOUNT_ID, JANUARY, MORNING, a_meter, a_reading
from elkk_core.testing.contracts.metering import METERED

FIVE = DigitCapacity(integers=5)


# Digit capacity


@given(capacity=strategies.capacities())
def test_capacity_is_read_as_printed(capacity: DigitCapacity) -> None:
    """«5,0», with a comma as with a point."""
    assert capacity == DigitCapacity.parse(str(capacity))
    assert capacity == DigitCapacity.parse(str(capacity).replace(",", "."))


@pytest.mark.parametrize("text", ["", "2", "10", "5,4", "5,", ",5", "пять", "5,00", "-5"])
def test_capacity_is_not_guessed(text: str) -> None:
    """Fewer than three digits, more than nine, more than three decimals: no such meter."""
    with pytest.raises(CapacityMalformed):
        DigitCapacity.parse(text)


def test_capacity_is_valid_or_is_not() -> None:
    """What cannot be read cannot be made either."""
    with pytest.raises(CapacityMalformed):
        DigitCapacity(integers=2)
    with pytest.raises(CapacityMalformed):
        DigitCapacity(integers=5, decimals=4)


@given(data=st.data(), capacity=strategies.capacities())
def test_capacity_reads_all_that_the_meter_shows(
    data: st.DataObject, capacity: DigitCapacity
) -> None:
    """Whatever is shown is read, however many zeros stand before it."""
    value = data.draw(strategies.values(capacity=capacity))
    zeros = data.draw(st.integers(0, 5))

    assert value == capacity.read(f"{value:f}")
    assert value == capacity.read(f" {'0' * zeros}{value:f} ".replace(".", ","))
    assert 0 <= value < capacity.modulus


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", ReadingNotANumber),
        ("14З23", ReadingNotANumber),
        ("-1", ReadingNotANumber),
        ("1e3", ReadingNotANumber),
        ("1,2,3", ReadingNotANumber),
        ("12,", ReadingNotANumber),
        ("١٢", ReadingNotANumber),
        ("100000", ReadingTooLong),
        ("143231", ReadingTooLong),
        ("14323,5", ReadingTooPrecise),
        ("14323,0", ReadingTooPrecise),
    ],
)
def test_capacity_refuses_what_the_meter_cannot_show(text: str, error: type[Exception]) -> None:
    """Letters, a sixth digit and a comma are slips on a meter of «5,0»."""
    with pytest.raises(error):
        FIVE.read(text)


def test_capacity_tells_how_many_digits_there_are() -> None:
    """The way out is in the error."""
    with pytest.raises(ReadingTooLong) as too_long:
        FIVE.read("123456")
    with pytest.raises(ReadingTooPrecise) as too_precise:
        DigitCapacity(integers=5, decimals=1).read("1,25")

    assert 5 == too_long.value.digits
    assert 1 == too_precise.value.decimals


# Meters


@given(
    data=st.data(),
    meter=strategies.meters(account_id=ACCOUNT_ID),
)
def test_volume_is_what_makes_the_next_reading(data: st.DataObject, meter: Meter) -> None:
    """Going on from the previous reading by the volume shows the current one."""
    shown = strategies.values(capacity=meter.capacity)
    previous, current = data.draw(shown), data.draw(shown)
    volume = meter.volume(previous=previous, current=current)

    assert 0 <= volume < meter.capacity.modulus * meter.ratio
    assert current == (previous + volume / meter.ratio) % meter.capacity.modulus


def test_volume_through_zero() -> None:
    """A four-digit meter that went from 9999 to 0011 has counted 12 kWh."""
    meter = a_meter(capacity=DigitCapacity(integers=4))

    assert Decimal(12) == meter.volume(previous=Decimal(9999), current=Decimal(11))


def test_volume_is_multiplied_by_the_ratio() -> None:
    """A transformer of 30 to 1 makes 30 kWh of each one shown."""
    meter = a_meter(ratio=30)

    assert Decimal(60) == meter.volume(previous=Decimal(10), current=Decimal(12))


def test_meter_has_zones_of_a_scheme() -> None:
    """One, two or three zones that belong together, and no ratio below one."""
    assert (Zone.PEAK, Zone.HALF_PEAK, Zone.NIGHT) == read_zones("3")
    for text in ("", "0", "4", "два", "1 "):
        with pytest.raises(ZonesMalformed):
            read_zones(text)
    with pytest.raises(ZonesMalformed):
        a_meter(zones=(Zone.PEAK, Zone.NIGHT))
    with pytest.raises(RatioNotPositive):
        a_meter(ratio=0)
    with pytest.raises(RatioNotPositive):
        read_ratio("0")
    with pytest.raises(NotAWholeNumber):
        read_ratio("1,5")


def test_meter_number_keeps_its_zeros() -> None:
    """It may hold letters; blanks are for the eye."""
    assert "0011 A-7" == meter_number("  0011   A-7 ")
    with pytest.raises(FieldRequired):
        meter_number(" ")
    with pytest.raises(FieldTooLong):
        meter_number("1" * 41)


# Below the previous reading: rollover or mistake


@given(
    data=st.data(),
    meter=strategies.meters(account_id=ACCOUNT_ID),
    most=st.integers(1, 20000).map(Decimal),
)
def test_rollover_policy_passes_what_it_explains(
    data: st.DataObject, meter: Meter, most: Decimal
) -> None:
    """A confirmed reading passes exactly when growth or a rollover within the limit explains it."""
    policy = RolloverPolicy(most_kwh=most)
    shown = strategies.values(capacity=meter.capacity)
    previous, current = data.draw(shown), data.draw(shown)
    volume = meter.volume(previous=previous, current=current)

    if current >= previous or volume <= most:
        policy.check(meter=meter, previous=previous, current=current, confirmed=True)
    else:
        with pytest.raises(ReadingBelowPrevious) as caught:
            policy.check(meter=meter, previous=previous, current=current, confirmed=True)
        assert previous == caught.value.previous


def test_rollover_is_asked_about() -> None:
    """A reading that a rollover could explain passes once it was confirmed."""
    policy = RolloverPolicy()
    before, after = Decimal(99990), Decimal(222)
    with pytest.raises(RolloverNotConfirmed) as caught:
        policy.check(meter=a_meter(), previous=before, current=after, confirmed=False)

    assert (before, Decimal(232)) == (caught.value.previous, caught.value.volume)
    policy.check(meter=a_meter(), previous=before, current=after, confirmed=True)


def test_mistake_is_not_asked_about() -> None:
    """A reading a little below the previous one would mean a round of the whole meter."""
    with pytest.raises(ReadingBelowPrevious) as caught:
        RolloverPolicy().check(
            meter=a_meter(), previous=Decimal(14323), current=Decimal(14322), confirmed=True
        )

    assert Decimal(14323) == caught.value.previous


def test_rollover_limit_counts_after_the_ratio() -> None:
    """300 shown on a meter with a ratio of 20 are 6000 kWh: more than a rollover may be."""
    for ratio, error in ((16, RolloverNotConfirmed), (20, ReadingBelowPrevious)):
        with pytest.raises(error):
            RolloverPolicy().check(
                meter=a_meter(ratio=ratio),
                previous=Decimal(99900),
                current=Decimal(200),
                confirmed=False,
            )


# Which reading counts


def _series(*days: tuple[int, int, ReadingSource]) -> list[Reading]:
    """Return readings of 2020 by month, day and source, each recorded after the one before."""
    return [
        a_reading(
            value=Decimal(1000 + place),
            taken_on=date(2020, month, day),
            month=Month(2020, month),
            source=source,
            recorded_at=MORNING + timedelta(minutes=place),
        )
        for place, (month, day, source) in enumerate(days)
    ]


BY_SUPPLIER, INITIAL = ReadingSource.SUPPLIER, ReadingSource.INITIAL


def test_consumption_is_counted_from_the_latest_reading_before() -> None:
    """The month's own readings are no beginning, a reading at installation always is."""
    january, february, march = _series(
        (1, 10, BY_SUPPLIER), (2, 10, BY_SUPPLIER), (3, 10, BY_SUPPLIER)
    )
    assert february == reading_before([march, january, february], Month(2020, 3))
    assert reading_before([january], Month(2020, 1)) is None

    installed, sent = _series((3, 2, INITIAL), (3, 20, BY_SUPPLIER))
    assert installed == reading_before([january, installed, sent], Month(2020, 3))


def test_last_reading_of_a_month_counts() -> None:
    """Of several the one taken last counts, of one day the one recorded last."""
    first, second, third = _series((1, 13, BY_SUPPLIER), (1, 20, BY_SUPPLIER), (1, 20, BY_SUPPLIER))

    assert third == reading_of([third, first, second], JANUARY)
    assert reading_of(_series((1, 2, INITIAL)), JANUARY) is None
    assert (third,) == effective([second, third, first])


@given(
    days=st.lists(
        st.tuples(st.integers(1, 12), st.integers(1, 28), st.sampled_from(ReadingSource)),
        max_size=15,
    )
)
def test_effective_readings_are_those_that_count(
    days: list[tuple[int, int, ReadingSource]],
) -> None:
    """Of each month the reading that counts is among them, and they are in order."""
    readings = _series(*days)
    kept = effective(readings)

    assert sorted(kept, key=by_time) == list(kept)
    for month in {reading.month for reading in readings}:
        counted = reading_of(readings, month)
        assert counted is None or counted in kept


# Accounts as metering knows them


@given(day=strategies.days(), window=strategies.windows(), billed=strategies.months())
def test_reading_never_counts_in_a_billed_month(
    day: date, window: SubmissionWindow, billed: Month
) -> None:
    """What the window says holds, unless that month was billed already."""
    meter = evolve(a_meter(), window=window)
    free = METERED.month_counted(day, meter=meter)
    month = evolve(METERED, billed_through=billed).month_counted(day, meter=meter)

    assert month > billed
    assert month == (free if free > billed else billed.next)


def test_window_of_the_meter_goes_before_the_suppliers() -> None:
    """A meter may have days of its own."""
    own = a_meter(window=METERED.window.parse("1-5"))

    assert METERED.window == METERED.window_of(a_meter())
    assert own.window == METERED.window_of(own)
