"""Meters and readings in the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import count

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.statements import add_all, among, limits, save_all
from elkk_core.billing.model import InvoiceSource
from elkk_core.metering.model import Meter, MeteredAccount, MeteringGap, Reading
from elkk_core.metering.policies import Norm, NormTable
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, MeterId, SupplierId, UserId
from elkk_core.shared.periods import Month
from elkk_core.shared.windows import SubmissionWindow

_NORMS = Mapper(Norm, tables.norms, own=("position",))
METERS = Mapper(Meter, tables.meters)
READINGS = Mapper(Reading, tables.readings, own=("sequence",))
GAPS = Mapper(MeteringGap, tables.metering_gaps)


def list_meters(connection: sa.Connection, accounts: Collection[AccountId]) -> tuple[Meter, ...]:
    """Return the meters of *accounts* by date of installation, then by number."""
    meters = tables.meters
    rows = connection.execute(
        sa.select(*METERS.columns)
        .where(among(meters.c.account_id, accounts, on=connection))
        .order_by(meters.c.installed_on, meters.c.number, meters.c.meter_id)
    )
    return tuple(METERS.read(row) for row in rows)


def list_readings(
    connection: sa.Connection, meters: Collection[MeterId], *conditions: sa.ColumnElement[bool]
) -> tuple[Reading, ...]:
    """Return the readings of *meters* that the conditions hold for.

    By date, then in the order of recording.
    """
    readings = tables.readings
    rows = connection.execute(
        sa.select(*READINGS.columns)
        .where(among(readings.c.meter_id, meters, on=connection), *conditions)
        .order_by(readings.c.taken_on, readings.c.recorded_at, readings.c.sequence)
    )
    return tuple(READINGS.read(row) for row in rows)


def list_readings_since(
    connection: sa.Connection, first: Mapping[MeterId, Month], *, through: Month
) -> tuple[Reading, ...]:
    """Return the readings of each meter that count from its *first* month *through* a month.

    By date, then in the order of recording.
    """
    readings = tables.readings
    since = limits(readings.c.meter_id, readings.c.month, first, on=connection)
    rows = connection.execute(
        sa.select(*READINGS.columns)
        .join_from(
            since,
            readings,
            sa.and_(readings.c.meter_id == since.c.key, readings.c.month >= since.c.limit),
        )
        .where(readings.c.month <= through)
        .order_by(readings.c.taken_on, readings.c.recorded_at, readings.c.sequence)
    )
    return tuple(READINGS.read(row) for row in rows)


def list_gaps(connection: sa.Connection, meters: Collection[MeterId]) -> tuple[MeteringGap, ...]:
    """Return the gaps of *meters* by first day, then by cause."""
    gaps = tables.metering_gaps
    rows = connection.execute(
        sa.select(*GAPS.columns)
        .where(among(gaps.c.meter_id, meters, on=connection))
        .order_by(gaps.c.since, gaps.c.cause, gaps.c.meter_id)
    )
    return tuple(GAPS.read(row) for row in rows)


def billed_through(
    connection: sa.Connection, accounts: Collection[AccountId], *, source: InvoiceSource
) -> Mapping[AccountId, Month]:
    """Return the last month for which each account has an invoice of *source*, if it has one."""
    invoices = tables.invoices
    rows = connection.execute(
        sa.select(invoices.c.account_id, sa.func.max(invoices.c.month))
        .where(among(invoices.c.account_id, accounts, on=connection), invoices.c.source == source)
        .group_by(invoices.c.account_id)
    )
    return {AccountId(account_id): month for account_id, month in rows}


@frozen
class SqlMeteredAccounts:
    """Personal accounts as metering knows them.

    The accounts that a unit names are its own until it ends: readings and bills of one account are
    never written at the same time, and each unit knows what the one before it has written.
    """

    _connection: sa.Connection

    def get_linked(self, account_id: AccountId, *, user_id: UserId) -> MeteredAccount:
        """Return an account that *user_id* has linked.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        return self._linked(account_id, user_id=user_id, lock=True)

    def look_at_linked(self, account_id: AccountId, *, user_id: UserId) -> MeteredAccount:
        """Return an account that *user_id* has linked, for a unit that changes nothing.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        return self._linked(account_id, user_id=user_id, lock=False)

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, MeteredAccount]:
        """Return those accounts of a supplier that have one of *numbers*, by number."""
        accounts = self._select(
            sa.and_(
                tables.personal_accounts.c.supplier_id == supplier_id,
                among(tables.personal_accounts.c.number, numbers, on=self._connection),
            ),
            lock=True,
        )
        return {account.number: account for account in accounts}

    def _linked(self, account_id: AccountId, *, user_id: UserId, lock: bool) -> MeteredAccount:
        links = tables.account_links
        linked = sa.exists().where(
            links.c.account_id == tables.personal_accounts.c.account_id,
            links.c.user_id == user_id,
        )
        accounts = self._select(
            sa.and_(tables.personal_accounts.c.account_id == account_id, linked), lock=lock
        )
        if not accounts:
            raise AccountNotFound(str(account_id))
        return accounts[0]

    def _select(self, condition: sa.ColumnElement[bool], *, lock: bool) -> list[MeteredAccount]:
        accounts, suppliers = tables.personal_accounts, tables.suppliers
        query = (
            sa.select(
                accounts.c.account_id,
                accounts.c.supplier_id,
                accounts.c.number,
                suppliers.c.time_zone,
                suppliers.c.window_first_day,
                suppliers.c.window_last_day,
            )
            .join_from(accounts, suppliers)
            .where(condition)
            .order_by(accounts.c.number)
        )
        if lock:
            query = query.with_for_update(of=accounts, key_share=True)
        rows = self._connection.execute(query).all()
        # Asked only now: the answer must be later than the lock.
        issued_through = billed_through(
            self._connection, [row.account_id for row in rows], source=InvoiceSource.ISSUED
        )
        return [
            MeteredAccount(
                account_id=row.account_id,
                supplier_id=row.supplier_id,
                number=row.number,
                time_zone=row.time_zone,
                window=SubmissionWindow(
                    first_day=row.window_first_day, last_day=row.window_last_day
                ),
                billed_through=issued_through.get(row.account_id),
            )
            for row in rows
        ]


@frozen
class SqlMeters:
    """All meters; a number is unique within its account."""

    _connection: sa.Connection

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Meter, ...]:
        """Return the meters of *accounts* by date of installation, then by number."""
        return list_meters(self._connection, accounts)

    def add_all(self, meters: Iterable[Meter]) -> None:
        """Keep new meters.

        Raises:
            StaleState: If a number was taken meanwhile.
        """
        add_all(self._connection, tables.meters, map(METERS.row, meters), what="meter")

    def save_all(self, meters: Iterable[Meter]) -> None:
        """Keep the next states of meters.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        save_all(self._connection, tables.meters, map(METERS.row, meters), what="meter")


@frozen
class SqlReadings:
    """All readings; once added they stay as they are."""

    _connection: sa.Connection

    def list_of(self, meters: Collection[MeterId]) -> tuple[Reading, ...]:
        """Return all readings of *meters* by date, then in the order of recording."""
        return list_readings(self._connection, meters)

    def add_all(self, readings: Iterable[Reading]) -> None:
        """Keep new readings; one that another of them corrects comes first.

        Raises:
            StaleState: If one of those that they correct was corrected meanwhile.
        """
        add_all(self._connection, tables.readings, map(READINGS.row, readings), what="reading")


@frozen
class SqlMeteringGaps:
    """All gaps in metering; a meter has one of a cause from a day on."""

    _connection: sa.Connection

    def list_of(self, meters: Collection[MeterId]) -> tuple[MeteringGap, ...]:
        """Return the gaps of *meters* by first day, then by cause."""
        return list_gaps(self._connection, meters)

    def add_all(self, gaps: Iterable[MeteringGap]) -> None:
        """Keep new gaps.

        Raises:
            StaleState: If a meter got one of the same cause and first day meanwhile.
        """
        add_all(self._connection, tables.metering_gaps, map(GAPS.row, gaps), what="gap")

    def save_all(self, gaps: Iterable[MeteringGap]) -> None:
        """Keep the next states of gaps.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        save_all(self._connection, tables.metering_gaps, map(GAPS.row, gaps), what="gap")


@frozen
class SqlNorms:
    """The consumption norms of suppliers; those of one date are kept all at once, and stay."""

    _connection: sa.Connection

    def table(self, supplier_id: SupplierId) -> NormTable:
        """Return all norms of a supplier, an empty table if it has none."""
        rows = self._connection.execute(
            sa.select(*_NORMS.columns).where(tables.norms.c.supplier_id == supplier_id)
        )
        return NormTable(norms=map(_NORMS.read, rows))

    def add_all(self, norms: Iterable[Norm]) -> None:
        """Keep new norms.

        Raises:
            StaleState: If their supplier got norms of one of their dates meanwhile.
        """
        places: dict[tuple[SupplierId, date], Iterator[int]] = defaultdict(count)
        rows = [
            {
                **_NORMS.row(norm),
                "position": next(places[norm.supplier_id, norm.effective_from]),
            }
            for norm in norms
        ]
        add_all(self._connection, tables.norms, rows, what="norm")
