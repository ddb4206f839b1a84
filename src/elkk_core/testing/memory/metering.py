"""Meters and readings in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import chain

from attrs import frozen

from elkk_core.accounts import PersonalAccount
from elkk_core.billing import InvoiceSource
from elkk_core.metering import (
    Meter,
    MeteredAccount,
    MeteringGap,
    Norm,
    NormTable,
    Reading,
    SentReading,
    by_time,
)
from elkk_core.shared import AccountId, AccountNotFound, MeterId, SupplierId, UserId
from elkk_core.testing.memory.tables import Committed, GapKey, Tables, insert, update


@frozen
class MemoryMeteredAccounts:
    """The personal accounts that a unit of work sees, as metering knows them."""

    _tables: Tables

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> MeteredAccount:
        """See ``MeteredAccounts.get_linked``."""
        if (user_id, account_id) not in self._tables.links:
            raise AccountNotFound(str(account_id))
        return self._metered(self._tables.accounts[account_id])

    def look_at_linked(self, account_id: AccountId, *, user_id: UserId) -> MeteredAccount:
        """See ``MeteredAccounts.look_at_linked``."""
        return self.get_linked(account_id, user_id=user_id)

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, MeteredAccount]:
        """See ``MeteredAccounts.find_by_numbers``."""
        wanted = set(numbers)
        return {
            account.number: self._metered(account)
            for account in self._tables.accounts.values()
            if account.supplier_id == supplier_id and account.number in wanted
        }

    def _metered(self, account: PersonalAccount) -> MeteredAccount:
        supplier = self._tables.suppliers[account.supplier_id]
        return MeteredAccount(
            account_id=account.account_id,
            supplier_id=account.supplier_id,
            number=account.number,
            time_zone=supplier.time_zone,
            window=supplier.window,
            billed_through=max(
                (
                    bill.month
                    for bill in self._tables.invoices.values()
                    if bill.account_id == account.account_id and bill.source is InvoiceSource.ISSUED
                ),
                default=None,
            ),
        )


@frozen
class MemoryMeters:
    """The meters that a unit of work sees."""

    _tables: Tables

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Meter, ...]:
        """See ``Meters.list_of``."""
        wanted = set(accounts)
        meters = (meter for meter in self._tables.meters.values() if meter.account_id in wanted)
        return tuple(sorted(meters, key=lambda meter: (meter.installed_on, meter.number)))

    def add_all(self, meters: Iterable[Meter]) -> None:
        """See ``Meters.add_all``."""
        for meter in meters:
            insert(self._tables.meters, meter.meter_id, meter, what="meter")

    def save_all(self, meters: Iterable[Meter]) -> None:
        """See ``Meters.save_all``."""
        for meter in meters:
            update(self._tables.meters, meter.meter_id, meter, what="meter")


@frozen
class MemoryNorms:
    """The consumption norms that a unit of work sees."""

    _tables: Tables

    def table(self, supplier_id: SupplierId) -> NormTable:
        """See ``Norms.table``."""
        tables = self._tables.norms.items()
        return NormTable(
            norms=chain.from_iterable(norms for (whose, _), norms in tables if whose == supplier_id)
        )

    def add_all(self, norms: Iterable[Norm]) -> None:
        """See ``Norms.add_all``."""
        added: dict[tuple[SupplierId, date], list[Norm]] = defaultdict(list)
        for norm in norms:
            added[norm.supplier_id, norm.effective_from].append(norm)
        for key, table in added.items():
            insert(self._tables.norms, key, tuple(table), what="norm")


@frozen
class MemoryReadings:
    """The readings that a unit of work sees."""

    _tables: Tables

    def list_of(self, meters: Collection[MeterId]) -> tuple[Reading, ...]:
        """See ``Readings.list_of``."""
        wanted = set(meters)
        readings = (r for r in self._tables.readings.values() if r.meter_id in wanted)
        return tuple(sorted(readings, key=by_time))

    def add_all(self, readings: Iterable[Reading]) -> None:
        """See ``Readings.add_all``."""
        for reading in readings:
            insert(self._tables.readings, reading.reading_id, reading, what="reading")


@frozen
class MemoryMeteringGaps:
    """The gaps in metering that a unit of work sees."""

    _tables: Tables

    def list_of(self, meters: Collection[MeterId]) -> tuple[MeteringGap, ...]:
        """See ``MeteringGaps.list_of``."""
        wanted = set(meters)
        gaps = (gap for gap in self._tables.gaps.values() if gap.meter_id in wanted)
        return tuple(sorted(gaps, key=lambda gap: (gap.since, gap.cause)))

    def add_all(self, gaps: Iterable[MeteringGap]) -> None:
        """See ``MeteringGaps.add_all``."""
        for gap in gaps:
            insert(self._tables.gaps, _key(gap), gap, what="gap")

    def save_all(self, gaps: Iterable[MeteringGap]) -> None:
        """See ``MeteringGaps.save_all``."""
        for gap in gaps:
            update(self._tables.gaps, _key(gap), gap, what="gap")


def _key(gap: MeteringGap) -> GapKey:
    return (gap.meter_id, gap.cause, gap.since)


@frozen
class MemorySentReadings:
    """The readings that users sent themselves."""

    _committed: Committed

    def list_for(self, user_id: UserId) -> tuple[SentReading, ...]:
        """See ``SentReadings.list_for``."""
        sent = (
            reading
            for reading in self._committed.tables.readings.values()
            if reading.submitted_by == user_id
        )
        # Sorting keeps the order of recording where moments are the same.
        in_order = sorted(sent, key=lambda reading: reading.recorded_at)
        return tuple(map(self._with_numbers, reversed(in_order)))

    def _with_numbers(self, reading: Reading) -> SentReading:
        tables = self._committed.tables
        meter = tables.meters[reading.meter_id]
        account = tables.accounts[meter.account_id]
        return SentReading(
            reading=reading,
            meter=meter.number,
            account=account.number,
            supplier_name=tables.suppliers[account.supplier_id].name,
        )
