"""Strategies for meters, readings and norms."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from elkk_core.metering import (
    DigitCapacity,
    EstimateCause,
    Meter,
    MeteringGap,
    Norm,
    NormTable,
    PersonsBand,
    Reading,
    ReadingSource,
    SubmissionTicket,
)
from elkk_core.shared import (
    AccountId,
    MeterId,
    Month,
    ReadingId,
    SupplierId,
    UserId,
    Zone,
)
from elkk_core.testing.strategies.values import (
    days,
    decimals,
    ids,
    moments,
    months,
    stretches,
    texts,
    traits,
    windows,
    zone_schemes,
)


def capacities() -> SearchStrategy[DigitCapacity]:
    """Digit capacities from three digits to nine, with decimals or without."""
    return st.builds(DigitCapacity, integers=st.integers(3, 9), decimals=st.integers(0, 3))


def meters(*, account_id: AccountId) -> SearchStrategy[Meter]:
    """Meters of an account, there still or removed."""
    return st.builds(
        lambda stay, **parts: Meter(installed_on=stay[0], removed_on=stay[1], **parts),
        stay=stretches(),
        meter_id=ids(MeterId),
        account_id=st.just(account_id),
        number=texts(max_size=20),
        zones=zone_schemes(),
        capacity=capacities(),
        ratio=st.integers(1, 200),
        verification_due=st.none() | days(),
        window=st.none() | windows(),
        kind=st.just("") | texts(max_size=60),
        place=st.just("") | texts(max_size=60),
        responsible=st.just("") | texts(max_size=60),
        version=st.just(0),
    )


def gaps(*, meter_id: MeterId) -> SearchStrategy[MeteringGap]:
    """Gaps in what *meter_id* counts, over or going on."""
    return st.builds(
        lambda stretch, **parts: MeteringGap(since=stretch[0], until=stretch[1], **parts),
        stretch=stretches(),
        meter_id=st.just(meter_id),
        cause=st.sampled_from(EstimateCause),
        version=st.just(0),
    )


def values(*, capacity: DigitCapacity) -> SearchStrategy[Decimal]:
    """What a meter of *capacity* can show."""
    shown = 10 ** (capacity.integers + capacity.decimals) - 1
    return st.integers(0, shown).map(lambda units: Decimal(units).scaleb(-capacity.decimals))


def readings(
    *, meter: Meter, user_id: UserId | None = None, corrects: ReadingId | None = None
) -> SearchStrategy[Reading]:
    """Readings of *meter*, each on its own; sent by *user_id*, or brought by the books.

    Each *corrects* that other reading, if one is given.
    """
    return st.builds(
        Reading,
        reading_id=ids(ReadingId),
        meter_id=st.just(meter.meter_id),
        zone=st.sampled_from(meter.zones),
        value=values(capacity=meter.capacity),
        taken_on=days(),
        month=months(),
        source=st.sampled_from(ReadingSource),
        recorded_at=moments(),
        submitted_by=st.just(user_id),
        corrects=st.just(corrects),
    )


@st.composite
def corrected_readings(draw: DrawFn, *, meter: Meter) -> tuple[Reading, ...]:
    """Readings of a *meter* of one zone, some of them corrected, and corrections as well.

    A correction bears the date of what it corrects, and counts in any month.
    """
    series: list[Reading] = []
    facts = st.lists(readings(meter=meter), max_size=8, unique_by=lambda each: each.reading_id)
    for reading in draw(facts):
        taken = {known.corrects for known in series}
        free = [known for known in series if known.reading_id not in taken]
        corrected = draw(st.none() | st.sampled_from(free)) if free else None
        if corrected is None:
            series.append(reading)
        else:
            series.append(
                evolve(
                    reading,
                    corrects=corrected.reading_id,
                    taken_on=corrected.taken_on,
                    source=corrected.source,
                    recorded_at=corrected.recorded_at
                    + draw(st.timedeltas(timedelta(), timedelta(days=1))),
                )
            )
    return tuple(draw(st.permutations(series)))


@st.composite
def reading_series(
    draw: DrawFn, *, meter: Meter, zone: Zone, first: Month, months: int
) -> tuple[Reading, ...]:
    """A reading for each of *months* months of one register, each month using up to 3000 kWh.

    The register starts anywhere, so it may pass through zero.
    """
    value = draw(values(capacity=meter.capacity))
    most = min(Decimal(3000) // meter.ratio, meter.capacity.modulus - 1)
    series = []
    for month in first.until(first.plus(months)):
        day = month.first_day.replace(day=draw(st.integers(1, 25)))
        series.append(
            Reading(
                reading_id=draw(ids(ReadingId)),
                meter_id=meter.meter_id,
                zone=zone,
                value=value,
                taken_on=day,
                month=month,
                source=ReadingSource.SUPPLIER,
                recorded_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
            )
        )
        step = draw(st.integers(0, int(most) * 10**meter.capacity.decimals))
        value = (value + Decimal(step).scaleb(-meter.capacity.decimals)) % meter.capacity.modulus
    return tuple(series)


@st.composite
def persons_bands(draw: DrawFn) -> PersonsBand:
    """Bands of persons, with an upper end or without."""
    least = draw(st.integers(1, 12))
    return PersonsBand(least, draw(st.none() | st.integers(least, 15)))


def norms(*, supplier_id: SupplierId) -> SearchStrategy[Norm]:
    """Consumption norms of a supplier, each on its own."""
    return st.builds(
        Norm,
        supplier_id=st.just(supplier_id),
        effective_from=days(),
        traits=traits(),
        persons=persons_bands(),
        kwh=decimals(least="0.1", most="500", places=1),
    )


@st.composite
def norm_tables(draw: DrawFn, *, supplier_id: SupplierId) -> NormTable:
    """Tables of up to three dates, with bands of persons that follow each other for some traits."""
    kept: list[Norm] = []
    for effective_from in draw(st.sets(days(), max_size=3)):
        for kind in draw(st.sets(traits(), min_size=1, max_size=3)):
            starts = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=4)))
            ends = [start - 1 for start in starts[1:]]
            kept += [
                Norm(
                    supplier_id=supplier_id,
                    effective_from=effective_from,
                    traits=kind,
                    persons=PersonsBand(least, most),
                    kwh=draw(decimals(least="0.1", most="500", places=1)),
                )
                for least, most in zip(starts, (*ends, None), strict=True)
            ]
    return NormTable(norms=kept)


def submission_tickets() -> SearchStrategy[SubmissionTicket]:
    """Tickets of anybody for any account, good through any day."""
    return st.builds(
        SubmissionTicket,
        user_id=ids(UserId),
        account_id=ids(AccountId),
        good_through=days(),
    )
