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
from elkk_core.metering.policies import EstimateBasis, by_time, uncorrected
from elkk_core.shared.money import round_half_up
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow
from elkk_core.shared.zones import Zone

_DAY = timedelta(days=1)
HOURS_A_DAY = 24
HOURS = {Zone.ALL_DAY: 24, Zone.DAY: 16, Zone.PEAK: 7, Zone.HALF_PEAK: 9, Zone.NIGHT: 8}
"""The hours of each zone (приказ ФСТ 1473-э of 26.11.2013), by which a norm is shared."""

HISTORY_DECIMALS = 3

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
    registers = [
        _Register(
            billable=billable,
            zone=zone,
            standing=known.get((billable.meter.meter_id, zone)),
            account=account,
            meters=tuple(other.meter for other in meters),
            billed_through=billed_through,
            terms=terms,
        )
        for billable in meters
        for zone in billable.meter.zones
    ]
    to_bill = [register for register in registers if register.is_to_bill]
    if not to_bill:
        raise errors.MeterMissing
    return tuple(register.volumes() for register in to_bill)


def readings_to_count(
    readings: Iterable[Reading], *, billed_through: Month | None
) -> tuple[Reading, ...]:
    """Return the readings of one register that the next bill may count, by time.

    The first is where it counts from: the last one that counted in a bill up to *billed_through* or
    was taken at installation, or else the first of all. A later correction of it is among the rest.
    """
    known = sorted(readings, key=by_time)
    begun = [
        reading
        for reading in known
        if reading.source is ReadingSource.INITIAL
        or (billed_through is not None and reading.month <= billed_through)
    ]
    found = uncorrected(begun) or uncorrected(known)
    if not found:
        return ()
    base = found[-1] if begun else found[0]
    later = [
        reading
        for reading in known
        if reading not in begun and reading is not base and by_time(reading) >= by_time(base)
    ]
    return (base, *later)


def _counted_in(reading: Reading) -> Month:
    """Return the last month whose consumption is known at *reading*.

    What comes after the reading of an installation is consumed in that very month.
    """
    if reading.source is ReadingSource.INITIAL:
        return Month.of(reading.taken_on).previous
    return reading.month


def _shown(reading: Reading) -> ReadingShown:
    return ReadingShown(value=reading.value, taken_on=reading.taken_on, source=reading.source)


@frozen(kw_only=True)
class _Register:
    """One register of a meter in the month to bill."""

    billable: BillableMeter
    zone: Zone
    standing: RegisterStanding | None
    account: PersonalAccount
    meters: tuple[Meter, ...]
    billed_through: Month | None
    terms: BillingTerms

    @property
    def is_to_bill(self) -> bool:
        """Whether the register is there, or its last consumption or a correction is not billed."""
        if self._window.month_counted(self._meter.installed_on) > self.terms.month:
            return False
        if self.standing is None:
            if self.billed_through is None or not self._was_removed_by(self.billed_through):
                return True
            # An earlier billing system billed it to its end.
            known = readings_to_count(self._readings, billed_through=self.billed_through)
            return len(known) > 1
        return not self.standing.closed or any(
            reading.corrects == self.standing.reading_id for reading in self._readings
        )

    def volumes(self) -> RegisterVolumes:
        standing, readings = self._begin()
        before = standing
        found: list[Volume] = []
        standing = self._correct(standing, readings, found)
        usable = [
            reading for reading in uncorrected(readings) if self._is_usable(reading, standing)
        ]
        # On the day of its removal a meter may be read before, and that reading corrected later.
        usable.sort(key=lambda reading: (reading.taken_on, reading.source is ReadingSource.FINAL))
        if usable:
            standing = self._count(standing, usable, found)
        month = self.terms.month
        if not standing.closed and (standing.counted < month or self._was_removed_by(month)):
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
    def _readings(self) -> list[Reading]:
        """The readings that count up to the month to bill."""
        return [
            reading
            for reading in self.billable.readings
            if reading.zone is self.zone and reading.month <= self.terms.month
        ]

    @property
    def _window(self) -> SubmissionWindow:
        return self._meter.window or self.terms.window

    def _was_removed_by(self, month: Month) -> bool:
        """Tell whether the final reading of the meter counts in *month* or earlier."""
        removed_on = self._meter.removed_on
        return removed_on is not None and self._window.month_counted(removed_on) <= month

    def _is_out_of_order(self, first: date, last: date) -> bool:
        """Tell whether the meter measured nothing from *first* to *last*, all these days."""
        return any(
            gap.cause in _OUT_OF_ORDER and gap.covers(first) and gap.covers(last)
            for gap in self.billable.gaps
        )

    # Where counting begins

    def _begin(self) -> tuple[RegisterStanding, list[Reading]]:
        """Return where the register stands, and the readings that came since, by time."""
        readings = self._readings
        if self.standing is not None:
            return self.standing, sorted(readings, key=by_time)
        counted = readings_to_count(readings, billed_through=self.billed_through)
        if not counted:
            raise errors.ReadingMissing(self._meter.number, self.zone)
        base, *later = counted
        measured = uncorrected(reading for reading in readings if reading not in later)
        standing = RegisterStanding(
            meter_id=base.meter_id,
            zone=base.zone,
            reading_id=base.reading_id,
            reading=_shown(base),
            counted=_counted_in(base),
            history=self._measured(measured),
            closed=base.source is ReadingSource.FINAL,
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
                months = list(_counted_in(previous).next.until(_counted_in(current).next))
                history = _remember(history, counted.counted, months)
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
        """Settle at once what a correction of the billed reading changes (ПП РФ № 354, п. 61).

        Nothing was billed up to the reading of an installation, so there is nothing to settle.
        """
        base = standing.reading_id
        right: Reading | None = None
        for reading in readings:
            if reading.corrects == base:
                base, right = reading.reading_id, reading
        if right is None:
            return standing
        corrected = evolve(standing, reading_id=right.reading_id, reading=_shown(right))
        if right.source is ReadingSource.INITIAL:
            return corrected
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
        return evolve(corrected, history=_put_right(standing.history, basis.volume))

    def _is_usable(self, reading: Reading, standing: RegisterStanding) -> bool:
        """Tell whether consumption may be counted up to *reading*."""
        if reading.reading_id == standing.reading_id or reading.source is ReadingSource.INITIAL:
            return False
        if reading.taken_on < standing.reading.taken_on:
            return False
        return not self._is_out_of_order(reading.taken_on, reading.taken_on)

    def _count(
        self, standing: RegisterStanding, usable: Sequence[Reading], found: list[Volume]
    ) -> RegisterStanding:
        """Count up to the last reading; what estimates have billed of it is taken off.

        It is billed by the rates of the month, unless the register was read on the day on which they
        changed.
        """
        month = self.terms.month
        last = usable[-1]
        parts = [
            _Part(standing.reading, _shown(last), standing.counted, last.month, month.first_day)
        ]
        step = self._step()
        on_the_day = [reading for reading in usable[:-1] if reading.taken_on == step]
        if on_the_day and standing.reading.taken_on < step and not standing.estimated:
            between, before = _shown(on_the_day[-1]), Month.of(step).previous
            parts = [
                _Part(standing.reading, between, standing.counted, before, step - _DAY),
                _Part(between, _shown(last), before, last.month, month.first_day),
            ]
        total = Decimal(0)
        for part in parts:
            counted = self._counted(part.previous, part.current, self._to_settle(standing))
            if not self._believes(counted):
                raise errors.ReadingsContradict(
                    self._meter.number, self.zone, part.previous.value, part.current.value
                )
            found.append(
                Volume(
                    kind=LineKind.RECALCULATION if counted.volume < 0 else LineKind.METERED,
                    basis=counted,
                    months=max(_months_between(part.after, part.through), 1),
                    price_day=part.price_day,
                )
            )
            total += counted.counted
        return RegisterStanding(
            meter_id=standing.meter_id,
            zone=standing.zone,
            reading_id=last.reading_id,
            reading=_shown(last),
            counted=last.month,
            charged=standing.charged,
            history=self._remembered(standing, total, through=last.month),
            closed=last.source is ReadingSource.FINAL,
        )

    def _to_settle(self, standing: RegisterStanding) -> tuple[MonthVolume, ...]:
        """Return the estimates that a reading settles.

        A meter that was out of order has counted nothing of a month, so its estimate stays.
        """
        return tuple(
            part
            for part in standing.estimated
            if not self._is_out_of_order(part.month.first_day, part.month.last_day)
        )

    def _remembered(
        self, standing: RegisterStanding, total: Decimal, *, through: Month
    ) -> tuple[MonthVolume, ...]:
        """Return the measured months with those that *total* kWh were counted in."""
        measured = [
            month
            for month in standing.counted.next.until(through.next)
            if not self._is_out_of_order(month.first_day, month.last_day)
        ]
        return _remember(standing.history, total, measured or [through])

    def _step(self) -> date:
        """Return the day from which the rates of the month hold."""
        month = self.terms.month
        prices = self.terms.book.prices_on(
            month.first_day, category=self.account.category, zone=self.zone
        )
        return prices.effective_from or month.first_day

    def _believes(self, counted: Counted) -> bool:
        return self.terms.rollover.explains(
            meter=self._meter, previous=counted.previous.value, current=counted.current.value
        )

    # Estimates

    def _estimate(self, standing: RegisterStanding, found: list[Volume]) -> RegisterStanding:
        """Estimate each month since the last bill for which no reading came.

        The final reading of a meter that was taken down out of order tells nothing: it is estimated
        up to its last day.
        """
        month = self.terms.month
        removed_on = self._meter.removed_on
        was_removed = self._was_removed_by(month)
        if removed_on is not None and was_removed:
            if not self._is_out_of_order(removed_on, removed_on):
                raise errors.FinalReadingMissing(self._meter.number, self.zone)
            month = min(month, Month.of(removed_on - _DAY))
        elif self.terms.today <= self._window.closes_in(month):
            raise errors.ReadingAwaited(self._meter.number, self._window.closes_in(month))
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
        return evolve(standing, estimated=tuple(estimated), closed=was_removed)

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
            share=self._share_of_days(month) * (1 if is_average else self._share_of_norm(month)),
        )

    def _share_of_days(self, month: Month) -> Fraction:
        """Return the share of the days of *month* on which the meter was there."""
        removed_on = self._meter.removed_on
        if removed_on is None or Month.of(removed_on) != month:
            return Fraction(1)
        return Fraction((removed_on - month.first_day).days, month.last_day.day)

    def _share_of_norm(self, month: Month) -> Fraction:
        """Return the register's part of the norm, which is for all meters of the household."""
        meters = [
            meter
            for meter in self.meters
            if meter.installed_on < month.first_day
            and (meter.removed_on is None or meter.removed_on >= month.first_day)
        ]
        return Fraction(HOURS[self.zone], HOURS_A_DAY * len(meters))

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


@frozen
class _Part:
    """What a register counted between two readings, in the months after *after* to *through*."""

    previous: ReadingShown
    current: ReadingShown
    after: Month
    through: Month
    price_day: date


def _months_between(earlier: Month, later: Month) -> int:
    return (later.year - earlier.year) * 12 + later.number - earlier.number


def _put_right(history: tuple[MonthVolume, ...], kwh: Decimal) -> tuple[MonthVolume, ...]:
    """Return *history* with *kwh* added to its last month, or taken off, the latest month first."""
    if not history:
        return history
    *earlier, last = history
    volume = last.volume + kwh
    if volume >= 0:
        return (*earlier, evolve(last, volume=volume))
    return (*_put_right(tuple(earlier), volume), evolve(last, volume=Decimal(0)))


def _remember(
    history: tuple[MonthVolume, ...], total: Decimal, months: Sequence[Month]
) -> tuple[MonthVolume, ...]:
    """Return *history* with *total* kWh shared among *months*."""
    each = round_half_up(total / len(months), HISTORY_DECIMALS) if len(months) > 1 else total
    measured = [MonthVolume(month=month, volume=each) for month in months[:-1]]
    measured.append(MonthVolume(month=months[-1], volume=total - each * len(measured)))
    known = tuple(part for part in history if part.month < months[0])
    return (*known, *measured)[-HISTORY_MONTHS:]
