"""The use cases of metering on the manual's household."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from elkk_core.metering import (
    CorrectReadings,
    ImportGaps,
    ImportMeters,
    ImportReadings,
    Reading,
    RolloverPolicy,
    SubmitReadings,
    SubmittedReadings,
    SuppliedGap,
    SuppliedMeter,
    SuppliedReading,
)
from elkk_core.shared import BatchRejected, BatchReport, MeterId, Zone
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    METER_ID,
    USER_ID,
    a_link,
    a_meter,
    a_supplier,
    a_user,
    an_account,
    another_user,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

OPEN = datetime(2020, 1, 20, 9, tzinfo=UTC)
"""A morning on which the window of 15-25 is open."""


def reading_row(**changes: str) -> SuppliedReading:
    """Return a row of a file of readings, with *changes*."""
    return SuppliedReading(
        **{
            "account": "680012345678",
            "meter": "011070123456",
            "zone": "all_day",
            "taken_on": "2020-01-13",
            "value": "14323",
            "source": "supplier",
        }
        | changes
    )


def meter_row(**changes: str) -> SuppliedMeter:
    """Return a row of a file of meters, with *changes*."""
    return SuppliedMeter(
        **{
            "account": "680012345678",
            "meter": "011070123456",
            "zones": "1",
            "capacity": "5,0",
            "ratio": "1",
            "installed_on": "2006-11-15",
            "verification_due": "2022-11-15",
            "window": "",
        }
        | changes
    )


def gap_row(**changes: str) -> SuppliedGap:
    """Return a row of a file of gaps, with *changes*."""
    return SuppliedGap(
        **{
            "account": "680012345678",
            "meter": "011070123456",
            "cause": "meter_failed",
            "since": "2020-01-05",
        }
        | changes
    )


def faults_of(error: BatchRejected) -> list[tuple[int | None, str, str]]:
    """Return row, field and code of each fault."""
    return [(fault.row, fault.field, fault.error.code) for fault in error.faults]


class Household:
    """A store with one household, and what can be done to its meters."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock(OPEN)
        self.identifiers = SequentialIdentifiers()
        keep(self.store, a_user(), another_user(), a_supplier(), an_account(), a_link())

    def with_meter(self, **changes: Any) -> "Household":
        """Return the household after ``a_meter(**changes)`` was installed."""
        keep(self.store, a_meter(**changes))
        return self

    def import_meters(self, *rows: SuppliedMeter) -> BatchReport:
        """Take meters over."""
        step = ImportMeters(unit_of_work=self.store.unit_of_work, identifiers=self.identifiers)
        return step(supplier="tsna", rows=rows)

    def import_readings(self, *rows: SuppliedReading, supplier: str = "tsna") -> BatchReport:
        """Take readings over."""
        step = ImportReadings(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=RolloverPolicy(),
        )
        return step(supplier=supplier, rows=rows)

    def import_gaps(self, *rows: SuppliedGap, supplier: str = "tsna") -> BatchReport:
        """Take gaps over."""
        step = ImportGaps(unit_of_work=self.store.unit_of_work)
        return step(supplier=supplier, rows=rows)

    def submit(self, *values: str, **changes: Any) -> SubmittedReadings:
        """Send one value, or one for each zone of a scheme in its order."""
        step = SubmitReadings(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=RolloverPolicy(),
        )
        return step(**self._asked(values) | changes)

    def correct(self, *values: str, **changes: Any) -> SubmittedReadings:
        """Correct one value, or one for each zone of a scheme in its order."""
        step = CorrectReadings(
            unit_of_work=self.store.unit_of_work,
            clock=self.clock,
            identifiers=self.identifiers,
            policy=RolloverPolicy(),
        )
        return step(**self._asked(values) | changes)

    def recorded(self, meters: Sequence[MeterId] = (METER_ID,)) -> tuple[Reading, ...]:
        """Return all readings kept."""
        with self.store.unit_of_work() as uow:
            return uow.readings.list_of(meters)

    def _asked(self, values: Sequence[str]) -> dict[str, Any]:
        zones = {1: [Zone.ALL_DAY], 2: [Zone.DAY, Zone.NIGHT]}.get(len(values), [])
        return {
            "user_id": USER_ID,
            "account_id": ACCOUNT_ID,
            "meter_id": METER_ID,
            "values": dict(zip(zones, values, strict=False)),
        }

    def values(self) -> list[str]:
        """Return the values of all readings kept, as printed."""
        return [str(reading.value) for reading in self.recorded()]
