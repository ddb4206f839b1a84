"""Taking readings over from the supplier's books."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import chain, pairwise

from attrs import define, evolve, field, frozen

from elkk_core.metering import errors
from elkk_core.metering.model import Meter, MeteredAccount, Reading, ReadingSource
from elkk_core.metering.policies import RolloverPolicy, effective, uncorrected
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import ReadingId
from elkk_core.shared.periods import Month, local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.texts import read_date, without_blanks
from elkk_core.shared.zones import Zone


@frozen(kw_only=True)
class SuppliedReading:
    """A reading as a file tells of it, each field as written.

    *source* is ``initial`` (at installation), ``customer``, ``supplier`` or ``final`` (at removal).
    *corrects* is the date of the reading that this one corrects, empty where it corrects none.
    """

    account: str
    meter: str
    zone: str
    taken_on: str
    value: str
    source: str
    corrects: str = ""


@frozen(kw_only=True)
class ImportReadings:
    """Take over all readings of a batch, or none of them.

    A reading counts in the month that the window of the meter says, and never in a month that was
    billed here already. The same reading again changes nothing; another value for the same register
    and date is refused, and so is a value that contradicts its neighbours in time. A reading is of a
    day on which the meter is there; that of the day of its removal is a final one.

    A correction is a new reading that stands in the place of an old one, at its date: of an initial
    one, of a final one, or of the one in between that counts on that date. Whatever it corrects may
    be itself a correction, or stand in the same batch. Neighbours in time are those that stand.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], MeteringUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    policy: RolloverPolicy

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedReading],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        now = self.clock.now()
        faults = Faults()
        with self.unit_of_work() as uow:
            accounts = uow.metered_accounts.find_by_numbers(
                uow.suppliers.get_id(supplier), {without_blanks(row.account) for row in rows}
            )
            meters = {
                (meter.account_id, meter.number): meter
                for meter in uow.meters.list_of({a.account_id for a in accounts.values()})
            }
            billed_through = {
                account.account_id: account.billed_through for account in accounts.values()
            }
            registers = {
                (meter.meter_id, zone): _Register(
                    meter=meter, billed_through=billed_through[meter.account_id]
                )
                for meter in meters.values()
                for zone in meter.zones
            }
            for known in uow.readings.list_of({meter.meter_id for meter in meters.values()}):
                registers[known.meter_id, known.zone].recorded.append(known)

            # What is corrected may stand in the same batch, so corrections are looked at last.
            in_turn = sorted(enumerate(rows), key=lambda numbered: bool(numbered[1].corrects))
            for done, (index, row) in enumerate(in_turn, start=1):
                on_progress(done, len(rows))
                account = accounts.get(without_blanks(row.account))
                if account is None:
                    faults.add("account", AccountNotFound(row.account), index)
                    continue
                meter = meters.get((account.account_id, " ".join(row.meter.split())))
                if meter is None:
                    faults.add("meter", errors.MeterNotFound(row.meter), index)
                    continue
                reading = self._read(row, index, faults, account=account, meter=meter, now=now)
                if reading is not None:
                    register = registers[reading.meter_id, reading.zone]
                    register.take(reading, index, faults, corrects=bool(row.corrects))

            for register in registers.values():
                if register.new:
                    register.check_order(self.policy, faults)
            faults.refuse_batch()
            added = [new for register in registers.values() for new in register.new.values()]
            uow.readings.add_all(added)
            uow.commit()
        return BatchReport(added=len(added), changed=0, unchanged=len(rows) - len(added))

    def _read(
        self,
        row: SuppliedReading,
        index: int,
        faults: Faults,
        *,
        account: MeteredAccount,
        meter: Meter,
        now: datetime,
    ) -> Reading | None:
        """Return the reading that a row means, None if the row has faults."""
        found = len(faults)
        with faults.at("zone", index):
            zone = Zone.parse(row.zone)
            if zone not in meter.zones:
                raise errors.ZoneNotMetered
        with faults.at("taken_on", index):
            taken_on = read_date(row.taken_on)
            if taken_on > local_date(now, account.time_zone):
                raise errors.ReadingInTheFuture
        with faults.at("value", index):
            value = meter.capacity.read(row.value)
        with faults.at("source", index):
            if row.source not in set(ReadingSource):
                raise errors.SourceUnknown
            source = ReadingSource(row.source)
        if row.corrects:
            with faults.at("corrects", index):
                corrected_on = read_date(row.corrects)
            if len(faults) == found and corrected_on != taken_on:
                faults.add("taken_on", errors.CorrectionMisplaced(corrected_on), index)
        if len(faults) > found:
            return None
        return Reading(
            reading_id=ReadingId(self.identifiers.new()),
            meter_id=meter.meter_id,
            zone=zone,
            value=value,
            taken_on=taken_on,
            month=account.month_counted(taken_on, meter=meter),
            source=source,
            recorded_at=now,
        )


@define(kw_only=True)
class _Register:
    """One register: what the books hold of it, and what the rows of the batch add."""

    meter: Meter
    billed_through: Month | None
    recorded: list[Reading] = field(factory=list)
    new: dict[int, Reading] = field(factory=dict)
    _seen: dict[tuple[date, bool, bool], int] = field(factory=dict)

    def take(self, reading: Reading, index: int, faults: Faults, *, corrects: bool) -> None:
        """Add what a row brings unless it is known, or keep its fault."""
        key = (reading.taken_on, _is_final(reading), corrects)
        if key in self._seen:
            faults.add("taken_on", DuplicateRow(self._seen[key]), index)
            return
        self._seen[key] = index
        if corrects:
            with faults.at("corrects", index):
                correction = _correction(reading, (*self.recorded, *self.new.values()))
                if correction is not None:
                    self._check_unbilled(correction)
                    self.new[index] = correction
            return
        with faults.at("value", index):
            if not _is_known(reading, self.recorded):
                with faults.at("taken_on", index):
                    self.meter.check_occasion(reading)
                    self.new[index] = reading

    def _check_unbilled(self, correction: Reading) -> None:
        """Let pass a correction that a bill can settle.

        Raises:
            InitialReadingBilled: If it is of an initial reading that a bill has counted from.
        """
        through = self.billed_through
        if correction.source is ReadingSource.INITIAL and any(
            through is not None
            and known.month <= through
            and known.source is not ReadingSource.INITIAL
            for known in self.recorded
        ):
            raise errors.InitialReadingBilled

    def check_order(self, policy: RolloverPolicy, faults: Faults) -> None:
        """Keep a fault for each new reading that contradicts a neighbour in time.

        Its neighbours are those that count so far, and those that will, as it takes their place.
        """
        rows = {reading.reading_id: index for index, reading in self.new.items()}
        contradicted: dict[int, errors.ReadingOutOfOrder] = {}
        for earlier, later in chain(
            pairwise(uncorrected((*effective(self.recorded), *self.new.values()))),
            pairwise(effective((*self.recorded, *self.new.values()))),
        ):
            if policy.explains(meter=self.meter, previous=earlier.value, current=later.value):
                continue
            for doubted, other in ((later, earlier), (earlier, later)):
                if doubted.reading_id in rows:
                    error = errors.ReadingOutOfOrder(other.taken_on, other.value)
                    contradicted.setdefault(rows[doubted.reading_id], error)
                    break
        for index, error in contradicted.items():
            faults.add("value", error, index)


def _is_final(reading: Reading) -> bool:
    return reading.source is ReadingSource.FINAL


def _is_known(reading: Reading, recorded: Iterable[Reading]) -> bool:
    """Tell whether the books hold the reading already.

    On the day of its removal a meter may have been read before it was taken down, and differently.

    Raises:
        ReadingAlreadyRecorded: If they hold another value for the same date.
    """
    same_day = [
        known
        for known in recorded
        if known.taken_on == reading.taken_on and _is_final(known) is _is_final(reading)
    ]
    if any(known.value == reading.value for known in same_day):
        return True
    if same_day:
        raise errors.ReadingAlreadyRecorded(uncorrected(same_day)[-1].value)
    return False


def _correction(reading: Reading, known: Iterable[Reading]) -> Reading | None:
    """Return the reading as a correction of what stands in its place, None if it does already.

    Raises:
        NothingToCorrect: If nothing was recorded on this day and occasion.
        AlreadyCorrected: If something else was recorded after a correction of this value.
    """
    same_day = [
        other
        for other in known
        if other.taken_on == reading.taken_on and other.occasion is reading.occasion
    ]
    if not same_day:
        raise errors.NothingToCorrect(reading.taken_on)
    corrected = uncorrected(same_day)[-1]
    if any(other.corrects and other.value == reading.value for other in same_day):
        if corrected.value == reading.value:
            return None
        raise errors.AlreadyCorrected(corrected.value)
    return evolve(reading, corrects=corrected.reading_id)
