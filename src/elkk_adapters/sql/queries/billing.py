"""Accounts, readings, bills and payments for screens; the links of the user are asked in SQL."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa
from attrs import field, frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import ACCOUNTS, SUPPLIERS, SqlSuppliers
from elkk_adapters.sql.repositories.billing import PAYMENTS, balances, list_invoices
from elkk_adapters.sql.repositories.metering import list_meters, list_readings
from elkk_adapters.sql.repositories.tariffs import RATES
from elkk_adapters.sql.statements import among, in_force
from elkk_core.accounts.model import PersonalAccount, Supplier
from elkk_core.billing.errors import InvoiceNotFound
from elkk_core.billing.model import CONSUMPTION_MONTHS, Invoice, ReceivedPayment
from elkk_core.billing.policies import readings_to_count
from elkk_core.billing.queries import (
    AccountOverview,
    BillReference,
    HistoryMonth,
    InvoiceOverview,
    MeterOverview,
    RecordedReading,
    RegisterOverview,
)
from elkk_core.metering.model import Meter, Reading, ReadingSource
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, InvoiceId, MeterId, ReadingId, UserId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.tariffs.model import RatePeriod, TariffBook

_EARLIEST, _LATEST = Month(1902, 1), Month(9998, 12)
_MONTHS_BEFORE = 12


@frozen
class _Month:
    """What was found of one month so far."""

    readings: list[RecordedReading] = field(factory=list)
    invoices: list[Invoice] = field(factory=list)
    payments: list[ReceivedPayment] = field(factory=list)


@frozen
class SqlCabinet:
    """What a user sees of the accounts that they have linked, and of no other."""

    _engine: sa.Engine

    def account(self, account_id: AccountId, *, user_id: UserId) -> AccountOverview:
        """Return the card of an account.

        Raises:
            AccountNotFound: If there is none, or the user has not linked it.
        """
        with self._engine.connect() as connection:
            account, supplier = _linked(connection, account_id, user_id)
            meters = list_meters(connection, [account_id])
            last_invoice = _last_invoice(connection, account_id)
            readings = _readings_to_count(connection, meters, last_invoice)
            return AccountOverview(
                account=account,
                supplier=supplier,
                balance=balances(connection, [account_id])[account_id],
                meters=tuple(
                    _meter_overview(meter, supplier, readings, last_invoice) for meter in meters
                ),
                rates=_rates(connection, account, meters),
                last_invoice=last_invoice,
            )

    def history(
        self,
        account_id: AccountId,
        *,
        user_id: UserId,
        since: Month | None = None,
        through: Month | None = None,
    ) -> tuple[HistoryMonth, ...]:
        """Return the months in which anything happened, the latest first.

        From *since* up to *through*, both included; None sets no bound.

        Raises:
            AccountNotFound: If there is no such account, or the user has not linked it.
        """
        first, last = since or _EARLIEST, through or _LATEST
        bills, payments = tables.invoices, tables.received_payments
        with self._engine.connect() as connection:
            _linked(connection, account_id, user_id)
            meters = {meter.meter_id: meter for meter in list_meters(connection, [account_id])}
            readings = list_readings(
                connection, meters, tables.readings.c.month.between(first, last)
            )
            # A correction stands in a later month than what it corrects.
            corrected = _corrected(connection, meters)
            invoices = list_invoices(
                connection,
                sa.and_(bills.c.account_id == account_id, bills.c.month.between(first, last)),
            )
            received = _list_payments(
                connection,
                account_id,
                payments.c.received_on.between(first.first_day, last.last_day),
            )
        found: dict[Month, _Month] = defaultdict(_Month)
        for reading in readings:
            found[reading.month].readings.append(
                RecordedReading(
                    meter_number=meters[reading.meter_id].number,
                    reading=reading,
                    is_corrected=reading.reading_id in corrected,
                )
            )
        for invoice in invoices:
            found[invoice.month].invoices.append(invoice)
        for payment in received:
            found[Month.of(payment.received_on)].payments.append(payment)
        return tuple(
            HistoryMonth(
                month=month,
                readings=tuple(found[month].readings),
                invoices=tuple(found[month].invoices),
                payments=tuple(found[month].payments),
            )
            for month in sorted(found, reverse=True)
        )

    def first_month(self, account_id: AccountId, *, user_id: UserId) -> Month | None:
        """Return the first month of which a reading or a bill is known, None without any.

        Raises:
            AccountNotFound: If there is no such account, or the user has not linked it.
        """
        bills, readings = tables.invoices, tables.readings
        with self._engine.connect() as connection:
            _linked(connection, account_id, user_id)
            meters = [meter.meter_id for meter in list_meters(connection, [account_id])]
            found = [
                connection.scalar(
                    sa.select(sa.func.min(bills.c.month)).where(bills.c.account_id == account_id)
                ),
                connection.scalar(
                    sa.select(sa.func.min(readings.c.month)).where(readings.c.meter_id.in_(meters))
                ),
            ]
        return min((month for month in found if month is not None), default=None)

    def invoice(self, invoice_id: InvoiceId, *, user_id: UserId) -> InvoiceOverview:
        """Return an invoice of an account that the user has linked.

        Raises:
            InvoiceNotFound: If there is none, or the user has not linked its account.
        """
        links = tables.account_links
        linked = sa.exists().where(
            links.c.account_id == tables.invoices.c.account_id, links.c.user_id == user_id
        )
        with self._engine.connect() as connection:
            found = list_invoices(
                connection, sa.and_(tables.invoices.c.invoice_id == invoice_id, linked)
            )
            if not found:
                raise InvoiceNotFound(str(invoice_id))
            return _invoice_overview(connection, found[0])


@frozen
class SqlInvoiceList:
    """Invoices for operators."""

    _engine: sa.Engine

    def get_by_number(self, number: str, *, supplier: str | None = None) -> InvoiceOverview:
        """Return the invoice with this number, of the supplier with this code if one is named.

        Of several suppliers' it is that of the latest month.

        Raises:
            SupplierNotFound: If there is no such supplier.
            InvoiceNotFound: If there is no such invoice.
        """
        invoices = tables.invoices
        with self._engine.connect() as connection:
            wanted = invoices.c.number == number
            if supplier is not None:
                supplier_id = SqlSuppliers(connection).get_id(supplier)
                wanted = sa.and_(wanted, invoices.c.supplier_id == supplier_id)
            found = list_invoices(connection, wanted)
            if not found:
                raise InvoiceNotFound(number)
            return _invoice_overview(connection, found[-1])

    def count(self, supplier: str, month: Month) -> int:
        """Return how many accounts have an invoice of the supplier with this code for *month*.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        with self._engine.connect() as connection:
            return connection.scalars(
                sa.select(sa.func.count())
                .select_from(tables.invoices)
                .where(_issued_for(connection, supplier, month))
            ).one()

    def list_accounts(
        self, supplier: str, month: Month, *, after: str, limit: int
    ) -> tuple[str, ...]:
        """Return the numbers of at most *limit* accounts with an invoice for *month*, in order.

        Only those that sort after *after*; with an empty text, from the first one on.
        """
        accounts = tables.personal_accounts
        with self._engine.connect() as connection:
            issued = _issued_for(connection, supplier, month)
            numbers = connection.scalars(
                sa.select(accounts.c.number)
                .join_from(tables.invoices, accounts)
                .where(issued, accounts.c.number > after)
                .order_by(accounts.c.number)
                .limit(limit)
            )
            return tuple(numbers)

    def list_of(
        self, supplier: str, month: Month, accounts: Collection[str]
    ) -> tuple[InvoiceOverview, ...]:
        """Return the invoices in force for *month* of those accounts of a supplier.

        By account number; those that others have corrected are left out.
        """
        with self._engine.connect() as connection:
            supplier_id = SqlSuppliers(connection).get_id(supplier)
            described = _described(
                connection,
                tables.personal_accounts.c.supplier_id == supplier_id,
                among(tables.personal_accounts.c.number, accounts, on=connection),
            )
            ids = [account.account_id for account, _ in described]
            invoices = list_invoices(
                connection,
                sa.and_(
                    tables.invoices.c.month == month,
                    among(tables.invoices.c.account_id, ids, on=connection),
                    in_force(),
                ),
            )
            by_id = {account.account_id: (account, found) for account, found in described}
            overviews = [*_overviews(connection, invoices, by_id, month)]
        return tuple(sorted(overviews, key=lambda overview: overview.account.number))


def _issued_for(connection: sa.Connection, supplier: str, month: Month) -> sa.ColumnElement[bool]:
    """Return the condition that an invoice is the supplier's for *month*, and in force."""
    supplier_id = SqlSuppliers(connection).get_id(supplier)
    invoices = tables.invoices
    return sa.and_(invoices.c.supplier_id == supplier_id, invoices.c.month == month, in_force())


def _described(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool]
) -> list[tuple[PersonalAccount, Supplier]]:
    """Return the accounts that the conditions hold for, with their suppliers."""
    rows = connection.execute(
        sa.select(*ACCOUNTS.columns, *SUPPLIERS.columns)
        .join_from(tables.personal_accounts, tables.suppliers)
        .where(*conditions)
    )
    return [(ACCOUNTS.read(row), SUPPLIERS.read(row)) for row in rows]


def _linked(
    connection: sa.Connection, account_id: AccountId, user_id: UserId
) -> tuple[PersonalAccount, Supplier]:
    links = tables.account_links
    linked = sa.exists().where(
        links.c.account_id == tables.personal_accounts.c.account_id, links.c.user_id == user_id
    )
    found = _described(connection, tables.personal_accounts.c.account_id == account_id, linked)
    if not found:
        raise AccountNotFound(str(account_id))
    return found[0]


def _meter_overview(
    meter: Meter,
    supplier: Supplier,
    readings: Iterable[Reading],
    last_invoice: Invoice | None,
) -> MeterOverview:
    registers = []
    for zone in meter.zones:
        known = [
            reading
            for reading in readings
            if reading.meter_id == meter.meter_id and reading.zone is zone
        ]
        registers.append(
            RegisterOverview(
                zone=zone,
                readings=readings_to_count(
                    known, billed_through=None if last_invoice is None else last_invoice.month
                ),
            )
        )
    return MeterOverview(
        meter=meter, window=meter.window or supplier.window, registers=tuple(registers)
    )


def _readings_to_count(
    connection: sa.Connection, meters: Sequence[Meter], last_invoice: Invoice | None
) -> tuple[Reading, ...]:
    """Return the readings that may count in the next bill, and some before them.

    However long the history is, no more than a year of what is billed is read beside them.
    """
    ids = [meter.meter_id for meter in meters]
    if last_invoice is None:
        return list_readings(connection, ids)
    readings, later = tables.readings, tables.readings.alias()
    corrected = sa.exists().where(
        later.c.corrects == readings.c.reading_id, later.c.month <= last_invoice.month
    )
    counted = connection.execute(
        sa.select(readings.c.meter_id, readings.c.zone, sa.func.max(readings.c.month))
        .where(
            among(readings.c.meter_id, ids, on=connection),
            readings.c.month <= last_invoice.month,
            readings.c.corrects.is_(None),
            ~corrected,
        )
        .group_by(readings.c.meter_id, readings.c.zone)
    )
    known = {(meter_id, zone): month for meter_id, zone, month in counted}
    # The reading that counted last was taken about then; a late one may bear a later month.
    first = min(
        (known.get((meter.meter_id, zone), _EARLIEST) for meter in meters for zone in meter.zones),
        default=_EARLIEST,
    )
    return list_readings(
        connection,
        ids,
        sa.or_(
            readings.c.month >= first.plus(-_MONTHS_BEFORE),
            readings.c.source == ReadingSource.INITIAL,
        ),
    )


def _corrected(connection: sa.Connection, meters: Collection[MeterId]) -> frozenset[ReadingId]:
    """Return the readings of *meters* that others correct."""
    readings = tables.readings
    return frozenset(
        connection.scalars(
            sa.select(readings.c.corrects).where(
                readings.c.meter_id.in_(meters), readings.c.corrects.is_not(None)
            )
        )
    )


def _rates(
    connection: sa.Connection, account: PersonalAccount, meters: Iterable[Meter]
) -> tuple[RatePeriod, ...]:
    rates = tables.rates
    zones = {zone for meter in meters for zone in meter.zones}
    rows = connection.execute(
        sa.select(*RATES.columns).where(
            rates.c.supplier_id == account.supplier_id,
            rates.c.category == account.category,
            rates.c.zone.in_(zones),
        )
    )
    return TariffBook(rates=map(RATES.read, rows)).history(category=account.category)


def _last_invoice(connection: sa.Connection, account_id: AccountId) -> Invoice | None:
    invoices = tables.invoices
    latest = (
        sa.select(sa.func.max(invoices.c.month))
        .where(invoices.c.account_id == account_id)
        .scalar_subquery()
    )
    found = list_invoices(
        connection, sa.and_(invoices.c.account_id == account_id, invoices.c.month == latest)
    )
    return found[-1] if found else None


def _list_payments(
    connection: sa.Connection, account_id: AccountId, *conditions: sa.ColumnElement[bool]
) -> tuple[ReceivedPayment, ...]:
    payments = tables.received_payments
    rows = connection.execute(
        sa.select(*PAYMENTS.columns)
        .where(payments.c.account_id == account_id, *conditions)
        .order_by(payments.c.received_on, payments.c.recorded_at, payments.c.payment_id)
    )
    return tuple(PAYMENTS.read(row) for row in rows)


def _invoice_overview(connection: sa.Connection, invoice: Invoice) -> InvoiceOverview:
    described = _described(connection, tables.personal_accounts.c.account_id == invoice.account_id)
    by_id = {account.account_id: (account, supplier) for account, supplier in described}
    (overview,) = _overviews(connection, [invoice], by_id, invoice.month)
    return overview


def _overviews(
    connection: sa.Connection,
    invoices: Sequence[Invoice],
    described: Mapping[AccountId, tuple[PersonalAccount, Supplier]],
    month: Month,
) -> Iterator[InvoiceOverview]:
    """Yield *invoices* for *month* with what else there is to know of them."""
    accounts = [invoice.account_id for invoice in invoices]
    paid = _paid(connection, accounts, month)
    earlier = _bills_before(connection, accounts, month)
    bills = tables.invoices
    rows = connection.execute(
        sa.select(bills.c.invoice_id, bills.c.number, bills.c.corrects, bills.c.standing).where(
            among(bills.c.account_id, accounts, on=connection), bills.c.month == month
        )
    ).all()
    standings = {row.invoice_id: row.standing for row in rows}
    references = {
        row.invoice_id: BillReference(invoice_id=row.invoice_id, number=row.number) for row in rows
    }
    corrections = {row.corrects: references[row.invoice_id] for row in rows}
    for invoice in invoices:
        account, supplier = described[invoice.account_id]
        yield InvoiceOverview(
            invoice=invoice,
            corrects=None if invoice.corrects is None else references[invoice.corrects],
            corrected_by=corrections.get(invoice.invoice_id),
            account=account,
            supplier=supplier,
            paid_in_month=paid.get(account.account_id, Money.zero()),
            standing=standings[invoice.invoice_id],
            consumption=tuple(
                consumption
                for bill in (*earlier[account.account_id], invoice)
                if (consumption := bill.consumption) is not None
            ),
        )


def _paid(
    connection: sa.Connection, accounts: Collection[AccountId], month: Month
) -> Mapping[AccountId, Money]:
    """Return the sum of the payments received in *month* of those accounts that have any."""
    payments = tables.received_payments
    sums = connection.execute(
        sa.select(payments.c.account_id, sa.func.sum(payments.c.amount))
        .where(
            among(payments.c.account_id, accounts, on=connection),
            payments.c.received_on >= month.first_day,
            payments.c.received_on < month.next.first_day,
        )
        .group_by(payments.c.account_id)
    )
    return {row[0]: row[1] for row in sums}


def _bills_before(
    connection: sa.Connection, accounts: Collection[AccountId], month: Month
) -> Mapping[AccountId, Sequence[Invoice]]:
    """Return the bills in force of the months that lead up to *month*, by account and by month."""
    bills = tables.invoices
    found: dict[AccountId, list[Invoice]] = defaultdict(list)
    for bill in list_invoices(
        connection,
        sa.and_(
            among(bills.c.account_id, accounts, on=connection),
            bills.c.month >= month.plus(1 - CONSUMPTION_MONTHS),
            bills.c.month < month,
            in_force(),
        ),
    ):
        found[bill.account_id].append(bill)
    return found
