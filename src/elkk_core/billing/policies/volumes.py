"""How much each register consumed: by readings, or by what stands in for them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, field, frozen

from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing import errors
from elkk_core.billing.model import (
    HISTORY_MONTHS,
    BillableMeter,
    Corrected,
    Counted,
    Estimated,
    LineKind,
    MonthVolume,
    ReadingShown,
    RegisterStanding,
    VolumeBasis,
)
from elkk_core.billing.policies.terms import BillingTerms
from elkk_core.metering.model import EstimateCause, Meter, Reading, ReadingSource
from elkk_core.metering.policies import EstimateBasis, by_time
from elkk_core.shared.money import round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import Zone

_DAY = timedelta(days=1)
_HOURS_A_DAY = 24
_HOURS = {Zone.ALL_DAY: 24, Zone.DAY: 16, Zone.PEAK: 7, Zone.HALF_PEAK: 9, Zone.NIGHT: 8}
"""The hours of each zone (приказ ФСТ 1473-э of 26.11.2013), by which a norm is shared."""

_HISTORY_DECIMALS = 3

_OUT_OF_ORDER = frozenset({EstimateCause.METER_FAILED, EstimateCause.METER_LOST})
_WORST_FIRST = (
    EstimateCause.METER_LOST,
    EstimateCause.METER_FAILED,
    EstimateCause.ACCESS_REFUSED_TWICE,
    EstimateCause.ACCESS_REFUSED,
)


@frozen(kw_only=True)
class Volume:
    """What one register consumed, to be priced by the rates of *price_day*.

    It is that of *months* months, and negative where something is given back.
    """

    kind: LineKind
    basis: VolumeBasis
    months: int
    price_day: date

    @property
    def kwh(self) -> Decimal:
        """The volume in kWh."""
        return self.basis.volume


@frozen(kw_only=True)
class RegisterVolumes:
    """What one register of a meter consumed since the last bill, and where it stands after this one.

    *before* is where it stood; the *standing* still lacks what this bill charges.
    """

    meter: Meter
    zone: Zone
    before: RegisterStanding
    volumes: tuple[Volume, ...]
    standing: RegisterStanding = field()


def account_volumes(
    account: PersonalAccount,
    meters: Sequence[BillableMeter],
    *,
    standings: Iterable[RegisterStanding],
    billed_through: Month | None,
    terms: BillingTerms,
) -> tuple[RegisterVolumes, ...]:
    """Return what all registers of an account consumed, meter by meter and zone by zone.

    Raises:
        MeterMissing: If there is no meter to bill by.
        ReadingMissing: If a register has no reading to count from.
        ReadingAwaited: If one may still come, as the window is not over.
        FinalReadingMissing: If a meter was removed without one.
        ReadingsContradict: If a reading is below the one before by more than a rollover explains.
        NormUnknown, PersonsUnknown, NormAmbiguous: If the norm applies and cannot be told.
    """
    known = {(standing.meter_id, standing.zone): standing for standing in standings}
    present = [
        billable
        for billable in meters
        if billable.meter.installed_on <= terms.month.last_day
        and not all(
            _is_closed(known.get((billable.meter.meter_id, zone))) for zone in billable.meter.zones
        )
    ]
    if not present:
        raise errors.MeterMissing
    in_use = sum(billable.meter.removed_on is None for billable in present)
    return tuple(
        _Register(
            billable=billable,
            zone=zone,
            standing=known.get((billable.meter.meter_id, zone)),
            account=account,
            share=Fraction(_HOURS[zone], _HOURS_A_DAY * max(in_use, 1)),
            billed_through=billed_through,
            terms=terms,
        ).volumes()
        for billable in present
        for zone in billable.meter.zones
        if not _is_closed(known.get((billable.meter.meter_id, zone)))
    )


def _is_closed(standing: RegisterStanding | None) -> bool:
    """Tell whether the final reading of a register is billed."""
    return standing is not None and standing.closed


def readings_to_count(
    readings: Iterable[Reading], *, billed_through: Month | None
) -> tuple[Reading, ...]:
    """Return the readings of one register that the next bill may count, by time.

    The first is where it counts from: the last one that counted in a bill up to *billed_through* or
    was taken at installation, or else the first of all. Those that another one corrects are left out.
    """
    known = _not_corrected(readings)
    begun = [
        place
        for place, reading in enumerate(known)
        if reading.source is ReadingSource.INITIAL
        or (billed_through is not None and reading.month <= billed_through)
    ]
    return tuple(known[begun[-1] :] if begun else known)


def _counted_in(reading: Reading) -> Month:
    """Return the last month whose consumption is known at *reading*.

    What comes after the reading of an installation is consumed in that very month.
    """
    if reading.source is ReadingSource.INITIAL:
        return Month.of(reading.taken_on).previous
    return reading.month


def _not_corrected(readings: Iterable[Reading]) -> list[Reading]:
    known = sorted(readings, key=by_time)
    corrected = {reading.corrects for reading in known}
    return [reading for reading in known if reading.reading_id not in corrected]


def _shown(reading: Reading) -> ReadingShown:
    return ReadingShown(value=reading.value, taken_on=reading.taken_on, source=reading.source)


@frozen(kw_only=True)
class _Register:
    """One register of a meter in the month to bill."""

    billable: BillableMeter
    zone: Zone
    standing: RegisterStanding | None
    account: PersonalAccount
    share: Fraction
    billed_through: Month | None
    terms: BillingTerms

    def volumes(self) -> RegisterVolumes:
        standing, readings = self._begin()
        before = standing
        found: list[Volume] = []
        standing = self._correct(standing, readings, found)
        usable = [reading for reading in readings if self._is_usable(reading, standing)]
        if usable:
            standing = self._count(standing, usable, found)
        elif self._was_removed:
            raise errors.FinalReadingMissing(self._meter.number, self.zone)
        else:
            standing = self._estimate(standing, found)
        return RegisterVolumes(
            meter=self._meter,
            zone=self.zone,
            before=before,
            volumes=tuple(found),
            standing=standing,
        )

    @property
    def _meter(self) -> Meter:
        return self.billable.meter

    @property
    def _was_removed(self) -> bool:
        removed_on = self._meter.removed_on
        return removed_on is not None and removed_on <= self.terms.month.last_day

    # Where counting begins

    def _begin(self) -> tuple[RegisterStanding, list[Reading]]:
        """Return where the register stands, and the readings that came since, by time."""
        readings = [
            reading
            for reading in self.billable.readings
            if reading.zone is self.zone and reading.month <= self.terms.month
        ]
        if self.standing is not None:
            return self.standing, sorted(readings, key=by_time)
        counted = readings_to_count(readings, billed_through=self.billed_through)
        if not counted:
            raise errors.ReadingMissing(self._meter.number, self.zone)
        base, *later = counted
        known = _not_corrected(readings)
        standing = RegisterStanding(
            meter_id=base.meter_id,
            zone=base.zone,
            reading_id=base.reading_id,
            reading=_shown(base),
            counted=_counted_in(base),
            history=self._measured(known[: len(known) - len(later)]),
        )
        return standing, later

    def _measured(self, readings: Sequence[Reading]) -> tuple[MonthVolume, ...]:
        """Return the months that readings measured before anything was billed here."""
        by_month: dict[Month, Reading] = {}
        for reading in readings:
            by_month[_counted_in(reading)] = reading
        history: tuple[MonthVolume, ...] = ()
        for previous, current in pairwise(by_month.values()):
            counted = self._counted(_shown(previous), _shown(current))
            if current.source is not ReadingSource.INITIAL and self._believes(counted):
                history = _remember(
                    history,
                    counted.counted,
                    after=_counted_in(previous),
                    through=_counted_in(current),
                )
        return history

    def _counted(
        self,
        previous: ReadingShown,
        current: ReadingShown,
        billed: tuple[MonthVolume, ...] = (),
    ) -> Counted:
        return Counted(
            previous=previous,
            current=current,
            integers=self._meter.capacity.integers,
            ratio=self._meter.ratio,
            billed=billed,
        )

    # Readings

    def _correct(
        self, standing: RegisterStanding, readings: Sequence[Reading], found: list[Volume]
    ) -> RegisterStanding:
        """Settle at once what a correction of the billed reading changes (ПП РФ № 354, п. 61)."""
        base = standing.reading_id
        right: Reading | None = None
        for reading in readings:
            if reading.corrects == base:
                base, right = reading.reading_id, reading
        if right is None:
            return standing
        basis = Corrected(
            mistaken=standing.reading,
            right=_shown(right),
            integers=self._meter.capacity.integers,
            ratio=self._meter.ratio,
        )
        found.append(
            Volume(
                kind=LineKind.RECALCULATION,
                basis=basis,
                months=1,
                price_day=self.terms.month.first_day,
            )
        )
        return evolve(standing, reading_id=right.reading_id, reading=_shown(right))

    def _is_usable(self, reading: Reading, standing: RegisterStanding) -> bool:
        """Tell whether consumption may be counted up to *reading*."""
        if reading.reading_id == standing.reading_id or reading.source is ReadingSource.INITIAL:
            return False
        if any(other.corrects == reading.reading_id for other in self.billable.readings):
            return False
        if reading.taken_on < standing.reading.taken_on:
            return False
        return not any(
            gap.cause in _OUT_OF_ORDER and gap.covers(reading.taken_on)
            for gap in self.billable.gaps
        )

    def _count(
        self, standing: RegisterStanding, usable: Sequence[Reading], found: list[Volume]
    ) -> RegisterStanding:
        """Count up to the last reading; what estimates have billed of it is taken off."""
        month = self.terms.month
        last = max(usable, key=by_time)
        if self._was_removed and last.source is not ReadingSource.FINAL:
            raise errors.FinalReadingMissing(self._meter.number, self.zone)
        shown = [
            standing.reading,
            *map(_shown, self._at_step(standing, usable, last)),
            _shown(last),
        ]
        billed = standing.estimated
        total = Decimal(0)
        for previous, current in pairwise(shown):
            counted = self._counted(previous, current, billed)
            if not self._believes(counted):
                raise errors.ReadingsContradict(
                    self._meter.number, self.zone, previous.value, current.value
                )
            is_last = current is shown[-1]
            step = self._step() or month.first_day
            found.append(
                Volume(
                    kind=LineKind.RECALCULATION if counted.volume < 0 else LineKind.METERED,
                    basis=counted,
                    months=max(_months_between(standing.counted, month), 1) if is_last else 1,
                    price_day=month.first_day if is_last else step - _DAY,
                )
            )
            total += counted.counted
        return RegisterStanding(
            meter_id=standing.meter_id,
            zone=standing.zone,
            reading_id=last.reading_id,
            reading=_shown(last),
            counted=month,
            charged=standing.charged,
            history=_remember(standing.history, total, after=standing.counted, through=month),
            closed=last.source is ReadingSource.FINAL,
        )

    def _at_step(
        self, standing: RegisterStanding, usable: Sequence[Reading], last: Reading
    ) -> list[Reading]:
        """Return the reading of the day on which the rates changed, if there is one.

        Consumption over a change is billed by the rates of the month, unless it was read off.
        """
        step = self._step()
        if step is None or standing.estimated or not standing.reading.taken_on < step:
            return []
        on_the_day = [
            reading
            for reading in usable
            if reading.taken_on == step and by_time(reading) < by_time(last)
        ]
        return on_the_day[-1:]

    def _step(self) -> date | None:
        """Return the day from which the rates of the month hold."""
        return self.terms.book.prices_on(
            self.terms.month.first_day, category=self.account.category, zone=self.zone
        ).effective_from

    def _believes(self, counted: Counted) -> bool:
        return self.terms.rollover.explains(
            meter=self._meter, previous=counted.previous.value, current=counted.current.value
        )

    # Estimates

    def _estimate(self, standing: RegisterStanding, found: list[Volume]) -> RegisterStanding:
        """Estimate each month since the last bill, as no reading came."""
        month = self.terms.month
        if self.terms.today <= self._window_closes(month):
            raise errors.ReadingAwaited(self._meter.number, self._window_closes(month))
        first = month if self.billed_through is None else self.billed_through.next
        estimated = list(standing.estimated)
        for unread in first.until(month.next):
            if unread <= max(standing.counted, Month.of(self._meter.installed_on)):
                # The meter came in this month: what it counted is billed with its first reading.
                continue
            basis = self._estimated(unread, standing, missed=len(estimated) + 1)
            found.append(
                Volume(
                    kind=LineKind.AVERAGE
                    if basis.basis is EstimateBasis.AVERAGE
                    else LineKind.NORM,
                    basis=basis,
                    months=1,
                    price_day=unread.first_day,
                )
            )
            estimated.append(MonthVolume(month=unread, volume=basis.volume))
        return evolve(standing, estimated=tuple(estimated))

    def _window_closes(self, month: Month) -> date:
        return (self._meter.window or self.terms.window).closes_in(month)

    def _estimated(self, month: Month, standing: RegisterStanding, *, missed: int) -> Estimated:
        persons, norm = self.account.persons, None
        if persons:
            norm = self.terms.norms.find(
                month.first_day, traits=self.account.traits, persons=persons
            )
        decimals = self._meter.capacity.decimals
        estimate = self.terms.rules.estimates.estimate(
            cause=self._cause(month),
            missed=missed,
            history={part.month: part.volume for part in standing.history},
            norm=None if norm is None else norm.kwh,
            persons=persons,
            month=month,
            decimals=decimals,
        )
        is_average = estimate.basis is EstimateBasis.AVERAGE
        history = standing.history if is_average else ()
        if estimate.months is not None:
            history = history[len(history) - estimate.months :]
        return Estimated(
            month=month,
            cause=estimate.cause,
            basis=estimate.basis,
            reason=estimate.reason,
            clause=estimate.clause,
            missed=estimate.missed,
            periods=estimate.periods,
            history=history,
            decimals=decimals,
            norm=estimate.norm,
            persons=estimate.persons,
            coefficient=estimate.coefficient,
            share=Fraction(1) if is_average else self.share,
        )

    def _cause(self, month: Month) -> EstimateCause:
        """Return why there is no reading in *month*."""
        causes = {
            gap.cause
            for gap in self.billable.gaps
            if gap.since <= month.last_day and (gap.until is None or month.first_day <= gap.until)
        }
        for cause in _WORST_FIRST:
            if cause in causes:
                return cause
        due = self._meter.verification_due
        if due is not None and due < month.first_day:
            return EstimateCause.VERIFICATION_OVER
        return EstimateCause.READING_MISSED


def _months_between(earlier: Month, later: Month) -> int:
    return (later.year - earlier.year) * 12 + later.number - earlier.number


def _remember(
    history: tuple[MonthVolume, ...], total: Decimal, *, after: Month, through: Month
) -> tuple[MonthVolume, ...]:
    """Return *history* with *total* kWh shared among the months after *after* up to *through*."""
    months = max(_months_between(after, through), 1)
    each = round_half_up(total / months, _HISTORY_DECIMALS) if months > 1 else total
    measured = [
        MonthVolume(month=month, volume=each) for month in through.plus(1 - months).until(through)
    ]
    measured.append(MonthVolume(month=through, volume=total - each * (months - 1)))
    known = tuple(part for part in history if part.month < measured[0].month)
    return (*known, *measured)[-HISTORY_MONTHS:]
