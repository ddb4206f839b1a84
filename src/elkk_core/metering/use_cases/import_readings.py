"""Taking readings over from the supplier's books."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import Meter, MeteredAccount, Reading, ReadingSource
from elkk_core.metering.policies import RolloverPolicy, by_time, effective
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import MeterId, ReadingId
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.texts import read_date, without_blanks
from elkk_core.shared.zones import Zone

Register = tuple[MeterId, Zone]


@frozen(kw_only=True)
class SuppliedReading:
    """A reading as a file tells of it, each field as written.

    *source* is ``initial`` (at installation), ``customer`` or ``supplier``.
    """

    account: str
    meter: str
    zone: str
    taken_on: str
    value: str
    source: str


@frozen(kw_only=True)
class ImportReadings:
    """Take over all readings of a batch, or none of them.

    A reading counts in the month that the window of the meter says, and never in a month that was
    billed here already. The same reading again changes nothing; another value for the same register
    and date is refused, and so is a value that contradicts its neighbours in time.

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
            recorded: dict[Register, list[Reading]] = defaultdict(list)
            for known in uow.readings.list_of({meter.meter_id for meter in meters.values()}):
                recorded[known.meter_id, known.zone].append(known)

            new: dict[Register, dict[int, Reading]] = defaultdict(dict)
            seen: dict[tuple[Register, date], int] = {}
            for index, row in enumerate(rows):
                on_progress(index + 1, len(rows))
                account = accounts.get(without_blanks(row.account))
                if account is None:
                    faults.add("account", AccountNotFound(row.account), index)
                    continue
                meter = meters.get((account.account_id, " ".join(row.meter.split())))
                if meter is None:
                    faults.add("meter", errors.MeterNotFound(row.meter), index)
                    continue
                reading = self._read(row, index, faults, account=account, meter=meter, now=now)
                if reading is None:
                    continue
                register = (reading.meter_id, reading.zone)
                with faults.at("taken_on", index):
                    if (register, reading.taken_on) in seen:
                        raise DuplicateRow(seen[register, reading.taken_on])
                    seen[register, reading.taken_on] = index
                with faults.at("value", index):
                    if not _is_known(reading, recorded[register]):
                        new[register][index] = reading

            by_id = {meter.meter_id: meter for meter in meters.values()}
            for register, readings in new.items():
                self._check_order(by_id[register[0]], recorded[register], readings, faults)
            faults.refuse_batch()
            added = [reading for readings in new.values() for reading in readings.values()]
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

    def _check_order(
        self,
        meter: Meter,
        recorded: Iterable[Reading],
        new: dict[int, Reading],
        faults: Faults,
    ) -> None:
        """Keep a fault for each new reading that contradicts a neighbour in time."""
        rows = {reading.reading_id: index for index, reading in new.items()}
        series = sorted((*effective(recorded), *new.values()), key=by_time)
        for earlier, later in pairwise(series):
            if self.policy.explains(meter=meter, previous=earlier.value, current=later.value):
                continue
            if later.reading_id in rows:
                error = errors.ReadingOutOfOrder(earlier.taken_on, earlier.value)
                faults.add("value", error, rows[later.reading_id])
            elif earlier.reading_id in rows:
                error = errors.ReadingOutOfOrder(later.taken_on, later.value)
                faults.add("value", error, rows[earlier.reading_id])


def _is_known(reading: Reading, recorded: Iterable[Reading]) -> bool:
    """Tell whether the books hold the reading already.

    Raises:
        ReadingAlreadyRecorded: If they hold another value for the same date.
    """
    same_day = [known for known in recorded if known.taken_on == reading.taken_on]
    if any(known.value == reading.value for known in same_day):
        return True
    if same_day:
        raise errors.ReadingAlreadyRecorded(max(same_day, key=by_time).value)
    return False
