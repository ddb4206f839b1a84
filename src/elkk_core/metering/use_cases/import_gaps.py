"""Taking over on which days meters were not to be read or believed."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import EstimateCause, Meter, MeteringGap, read_gap_cause
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import MeterId
from elkk_core.shared.texts import read_date, without_blanks

Key = tuple[MeterId, EstimateCause, date]


@frozen(kw_only=True)
class SuppliedGap:
    """A gap in metering as a file tells of it, each field as written.

    *cause* is ``meter_failed``, ``meter_lost``, ``verification_over``, ``access_refused`` or
    ``access_refused_twice``. *until* is the last day, empty while it goes on.
    """

    account: str
    meter: str
    cause: str
    since: str
    until: str = ""


@frozen(kw_only=True)
class ImportGaps:
    """Take over all gaps of a batch, or none of them.

    A gap is known by its meter, its cause and its first day: a known one takes the end of the
    batch, and goes on again where that is empty. A gap begins while its meter is there, and two of
    the same cause do not overlap.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], MeteringUnitOfWork]

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedGap],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        faults = Faults()
        with self.unit_of_work() as uow:
            accounts = uow.metered_accounts.find_by_numbers(
                uow.suppliers.get_id(supplier), {without_blanks(row.account) for row in rows}
            )
            meters = {
                (meter.account_id, meter.number): meter
                for meter in uow.meters.list_of({a.account_id for a in accounts.values()})
            }
            known = {
                _key(gap): gap
                for gap in uow.gaps.list_of({meter.meter_id for meter in meters.values()})
            }
            supplied: dict[Key, MeteringGap] = {}
            seen: dict[Key, int] = {}
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
                gap = _read(row, index, faults, meter=meter)
                if gap is None:
                    continue
                with faults.at("since", index):
                    if _key(gap) in seen:
                        raise DuplicateRow(seen[_key(gap)])
                    seen[_key(gap)] = index
                before = known.get(_key(gap))
                supplied[_key(gap)] = gap if before is None else before.close(gap.until)

            _check_overlaps({**known, **supplied}, seen, faults)
            faults.refuse_batch()
            added = [gap for key, gap in supplied.items() if key not in known]
            changed = [gap for key, gap in supplied.items() if known.get(key, gap) != gap]
            uow.gaps.add_all(added)
            uow.gaps.save_all(changed)
            uow.commit()
        return BatchReport(
            added=len(added),
            changed=len(changed),
            unchanged=len(rows) - len(added) - len(changed),
        )


def _read(row: SuppliedGap, index: int, faults: Faults, *, meter: Meter) -> MeteringGap | None:
    """Return the gap that a row means, None if the row has faults."""
    found = len(faults)
    with faults.at("cause", index):
        cause = read_gap_cause(row.cause)
    with faults.at("since", index):
        since = read_date(row.since)
        meter.check_day(since)
    gap = None
    with faults.at("until", index):
        until = read_date(row.until) if row.until else None
        if len(faults) == found:
            gap = MeteringGap(meter_id=meter.meter_id, cause=cause, since=since, until=until)
    return gap


def _key(gap: MeteringGap) -> Key:
    return (gap.meter_id, gap.cause, gap.since)


def _check_overlaps(gaps: dict[Key, MeteringGap], rows: dict[Key, int], faults: Faults) -> None:
    """Keep a fault for each supplied gap that holds days of another one of the same cause."""
    series: dict[tuple[MeterId, EstimateCause], list[MeteringGap]] = defaultdict(list)
    for gap in gaps.values():
        series[gap.meter_id, gap.cause].append(gap)
    for of_one_cause in series.values():
        of_one_cause.sort(key=lambda gap: gap.since)
        for earlier, later in pairwise(of_one_cause):
            if not earlier.covers(later.since):
                continue
            # The later one is told to be wrong, unless the batch speaks of the earlier one alone.
            told, other = (later, earlier) if _key(later) in rows else (earlier, later)
            faults.add("since", errors.GapOverlaps(other.since), rows[_key(told)])
