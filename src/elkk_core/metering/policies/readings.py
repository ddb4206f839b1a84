"""Rules of readings with their numbers; a supplier changes the numbers by settings."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import Consumption, Meter, Reading, ReadingSource
from elkk_core.shared.ids import ReadingId
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class RolloverPolicy:
    """Up to which consumption a reading below the previous one may be a passage through zero.

    *most_kwh* is compared with the volume after the transformation ratio. A larger volume is a
    mistake for certain; a smaller one is asked about.
    """

    most_kwh: Decimal = Decimal(5000)

    def explains(self, *, meter: Meter, previous: Decimal, current: Decimal) -> bool:
        """Tell whether *current* can follow *previous*: by growth, or through zero."""
        return self._believes(meter.consumption(previous=previous, current=current))

    def believe(self, consumption: Consumption, *, previous: Decimal) -> Consumption:
        """Return *consumption*, counted from *previous*, if it is growth or a likely rollover.

        Raises:
            ReadingBelowPrevious: If it is more than a rollover could explain.
        """
        if not self._believes(consumption):
            raise errors.ReadingBelowPrevious(previous)
        return consumption

    def check(self, *, meter: Meter, previous: Decimal, current: Decimal, confirmed: bool) -> None:
        """Let pass a reading that grows, or one that a person confirms to have passed zero.

        Raises:
            ReadingBelowPrevious: If it is lower by more than a rollover could explain.
            RolloverNotConfirmed: If a rollover could explain it and nobody has confirmed that.
        """
        consumption = meter.consumption(previous=previous, current=current)
        self.believe(consumption, previous=previous)
        if consumption.rolled_over and not confirmed:
            raise errors.RolloverNotConfirmed(previous, consumption.volume)

    def _believes(self, consumption: Consumption) -> bool:
        return not consumption.rolled_over or consumption.volume <= self.most_kwh


def by_time(reading: Reading) -> tuple[date, datetime]:
    """Return the key that puts readings of one register in order: by date, then as recorded."""
    return (reading.taken_on, reading.recorded_at)


def uncorrected(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return those readings of one register that no other one corrects, by time.

    Of several that were taken on the day of a corrected one, those recorded before it do not come
    back: it had replaced them.
    """
    known = sorted(readings, key=by_time)
    corrected = {reading.corrects for reading in known}
    replaced_until = {
        (reading.taken_on, reading.occasion): reading.recorded_at
        for reading in known
        if reading.reading_id in corrected
    }

    def stands(reading: Reading) -> bool:
        until = replaced_until.get((reading.taken_on, reading.occasion))
        return reading.reading_id not in corrected and (
            until is None or reading.recorded_at >= until
        )

    return tuple(filter(stands, known))


def reading_before(readings: Iterable[Reading], month: Month) -> Reading | None:
    """Return what consumption of *month* is counted from, among readings of one register.

    That is the latest reading that counts in an earlier month, else the initial one. A correction
    stands in the place of what it corrects, though a later bill settles it.
    """
    known = tuple(readings)
    month_measured = months_measured_by(known)
    before = [
        reading
        for reading in uncorrected(known)
        if month_measured(reading) < month or reading.source is ReadingSource.INITIAL
    ]
    return before[-1] if before else None


def reading_of(readings: Iterable[Reading], month: Month) -> Reading | None:
    """Return the reading that measures *month*, among readings of one register.

    A correction measures the month of what it corrects.
    """
    known = tuple(readings)
    month_measured = months_measured_by(known)
    measuring = [
        reading
        for reading in uncorrected(known)
        if month_measured(reading) == month and reading.source is not ReadingSource.INITIAL
    ]
    return measuring[-1] if measuring else None


def effective(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the initial readings of one register, and of each month the one that counts.

    Readings that another one corrects are left out.
    """
    known = tuple(readings)
    month_measured = months_measured_by(known)
    kept: dict[tuple[Month, bool], Reading] = {}
    for reading in uncorrected(known):
        kept[month_measured(reading), reading.source is ReadingSource.INITIAL] = reading
    return tuple(sorted(kept.values(), key=by_time))


def months_measured_by(readings: Iterable[Reading]) -> Callable[[Reading], Month]:
    """Return what tells the month that each reading of one register measures.

    A correction measures that of what it corrects.
    """
    by_id: dict[ReadingId | None, Reading] = {reading.reading_id: reading for reading in readings}

    def month_measured(reading: Reading) -> Month:
        corrected = by_id.get(reading.corrects)
        return reading.month if corrected is None else month_measured(corrected)

    return month_measured
