"""Taking meters over from the supplier's books."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import (
    DigitCapacity,
    Meter,
    ReadingSource,
    meter_description,
    meter_number,
    read_ratio,
    read_zones,
)
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow, ElkkError
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId, MeterId
from elkk_core.shared.ports import Identifiers
from elkk_core.shared.texts import read_date, without_blanks
from elkk_core.shared.windows import SubmissionWindow

_DESCRIPTIONS = ("kind", "place", "responsible")


@frozen(kw_only=True)
class SuppliedMeter:
    """A meter as a file tells of it, each field as written; from *verification_due* on all may be empty.

    Of what is None the file says nothing, which is not to say that there is nothing: a meter of
    which no *removed_on* is told may have been removed.
    """

    account: str
    meter: str
    zones: str
    capacity: str
    ratio: str
    installed_on: str
    verification_due: str = ""
    window: str = ""
    removed_on: str | None = None
    kind: str | None = None
    place: str | None = None
    responsible: str | None = None


@frozen(kw_only=True)
class ImportMeters:
    """Take over all meters of a batch, or none of them.

    A new number of an account adds a meter; a known one takes the end of the verification interval
    and the window of the batch, while zones, capacity, ratio and installation stay as they are. The
    day of its removal is taken where the batch speaks of it, and an empty text means that the meter
    is there; no reading may be of a later day, and a final reading settles the day for good. So are
    its kind, its place and who is responsible, of which an empty text means that nobody knows.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], MeteringUnitOfWork]
    identifiers: Identifiers

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedMeter],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        faults = Faults()
        added: list[Meter] = []
        changed: dict[int, Meter] = {}
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_id(supplier)
            accounts = uow.metered_accounts.find_by_numbers(
                supplier_id, {without_blanks(row.account) for row in rows}
            )
            known = {
                (meter.account_id, meter.number): meter
                for meter in uow.meters.list_of(
                    {account.account_id for account in accounts.values()}
                )
            }
            seen: dict[tuple[AccountId, str], int] = {}
            for index, row in enumerate(rows):
                found = len(faults)
                with faults.at("account", index):
                    account = accounts.get(without_blanks(row.account))
                    if account is None:
                        raise AccountNotFound(row.account)
                told = _told(row, index, faults)
                on_progress(index + 1, len(rows))
                if len(faults) > found or account is None:
                    continue

                key = (account.account_id, told["number"])
                meter = known.get(key)
                with faults.at("meter", index):
                    if key in seen:
                        raise DuplicateRow(seen[key])
                    seen[key] = index
                if meter is None:
                    with faults.at("removed_on", index):
                        added.append(
                            Meter(
                                meter_id=MeterId(self.identifiers.new()),
                                account_id=account.account_id,
                                **told,
                            )
                        )
                    continue
                for field in ("zones", "capacity", "ratio", "installed_on"):
                    if getattr(meter, field) != told[field]:
                        faults.add(field, errors.MeterFixed(field), index)
                with faults.at("removed_on", index):
                    described = meter.describe(
                        verification_due=told["verification_due"],
                        window=told["window"],
                        removed_on=told.get("removed_on", meter.removed_on),
                        **{name: told.get(name, getattr(meter, name)) for name in _DESCRIPTIONS},
                    )
                    if described != meter:
                        changed[index] = described
            _check_removals(uow, known, changed, faults)
            faults.refuse_batch()
            uow.meters.add_all(added)
            uow.meters.save_all(changed.values())
            uow.commit()
        return BatchReport(
            added=len(added),
            changed=len(changed),
            unchanged=len(rows) - len(added) - len(changed),
        )


def _told(row: SuppliedMeter, index: int, faults: Faults) -> Mapping[str, Any]:
    """Return what a row says of its meter, by the names of a meter's fields."""
    told: dict[str, Any] = {}
    with faults.at("meter", index):
        told["number"] = meter_number(row.meter)
    with faults.at("zones", index):
        told["zones"] = read_zones(row.zones)
    with faults.at("capacity", index):
        told["capacity"] = DigitCapacity.parse(row.capacity)
    with faults.at("ratio", index):
        told["ratio"] = read_ratio(row.ratio)
    with faults.at("installed_on", index):
        told["installed_on"] = read_date(row.installed_on)
    with faults.at("verification_due", index):
        told["verification_due"] = read_date(row.verification_due) if row.verification_due else None
    with faults.at("window", index):
        told["window"] = SubmissionWindow.parse(row.window) if row.window else None
    if row.removed_on is not None:
        with faults.at("removed_on", index):
            told["removed_on"] = read_date(row.removed_on) if row.removed_on else None
    for name in _DESCRIPTIONS:
        text = getattr(row, name)
        if text is not None:
            with faults.at(name, index):
                told[name] = meter_description(text)
    return told


def _check_removals(
    uow: MeteringUnitOfWork,
    known: Mapping[tuple[AccountId, str], Meter],
    described: Mapping[int, Meter],
    faults: Faults,
) -> None:
    """Keep a fault for each meter whose removal, as described now, contradicts a reading."""
    before = {meter.meter_id: meter.removed_on for meter in known.values()}
    moved = {
        meter.meter_id: (index, meter)
        for index, meter in described.items()
        if meter.removed_on != before[meter.meter_id]
    }
    contradicted: dict[int, ElkkError] = {}
    for reading in uow.readings.list_of(moved):
        index, meter = moved[reading.meter_id]
        if reading.source is ReadingSource.FINAL:
            contradicted[index] = errors.MeterFixed("removed_on")
        elif meter.removed_on is not None and reading.taken_on > meter.removed_on:
            contradicted[index] = errors.RemovedBeforeRead(reading.taken_on)
    for index, error in contradicted.items():
        faults.add("removed_on", error, index)
