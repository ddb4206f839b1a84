"""Taking meters over from the supplier's books."""

from collections.abc import Callable, Sequence

from attrs import frozen

from elkk_core.metering import errors
from elkk_core.metering.model import (
    DigitCapacity,
    Meter,
    meter_number,
    read_ratio,
    read_zones,
)
from elkk_core.metering.ports import MeteringUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId, MeterId
from elkk_core.shared.ports import Identifiers
from elkk_core.shared.texts import read_date, without_blanks
from elkk_core.shared.windows import SubmissionWindow


@frozen(kw_only=True)
class SuppliedMeter:
    """A meter as a file tells of it, each field as written; the last two may be empty."""

    account: str
    meter: str
    zones: str
    capacity: str
    ratio: str
    installed_on: str
    verification_due: str = ""
    window: str = ""


@frozen(kw_only=True)
class ImportMeters:
    """Take over all meters of a batch, or none of them.

    A new number of an account adds a meter; a known one takes the end of the verification interval
    and the window of the batch, while zones, capacity, ratio and installation stay as they are.

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
        changed: list[Meter] = []
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
                with faults.at("meter", index):
                    number = meter_number(row.meter)
                with faults.at("zones", index):
                    zones = read_zones(row.zones)
                with faults.at("capacity", index):
                    capacity = DigitCapacity.parse(row.capacity)
                with faults.at("ratio", index):
                    ratio = read_ratio(row.ratio)
                with faults.at("installed_on", index):
                    installed_on = read_date(row.installed_on)
                with faults.at("verification_due", index):
                    due = read_date(row.verification_due) if row.verification_due else None
                with faults.at("window", index):
                    window = SubmissionWindow.parse(row.window) if row.window else None
                on_progress(index + 1, len(rows))
                if len(faults) > found or account is None:
                    continue

                key = (account.account_id, number)
                meter = known.get(key)
                with faults.at("meter", index):
                    if key in seen:
                        raise DuplicateRow(seen[key])
                    seen[key] = index
                if meter is None:
                    added.append(
                        Meter(
                            meter_id=MeterId(self.identifiers.new()),
                            account_id=account.account_id,
                            number=number,
                            zones=zones,
                            capacity=capacity,
                            ratio=ratio,
                            installed_on=installed_on,
                            verification_due=due,
                            window=window,
                        )
                    )
                    continue
                for field, value in (
                    ("zones", zones),
                    ("capacity", capacity),
                    ("ratio", ratio),
                    ("installed_on", installed_on),
                ):
                    if getattr(meter, field) != value:
                        faults.add(field, errors.MeterFixed(field), index)
                described = meter.describe(verification_due=due, window=window)
                if described != meter:
                    changed.append(described)
            faults.refuse_batch()
            uow.meters.add_all(added)
            uow.meters.save_all(changed)
            uow.commit()
        return BatchReport(
            added=len(added),
            changed=len(changed),
            unchanged=len(rows) - len(added) - len(changed),
        )
