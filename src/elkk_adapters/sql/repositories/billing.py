"""Invoices, the ledger and payments in the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.repositories.accounts import ACCOUNTS
from elkk_adapters.sql.repositories.metering import list_meters, list_readings
from elkk_adapters.sql.statements import add_all, among, insert_all, insert_or, save_all
from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing.model import (
    Benefit,
    BillableAccount,
    BillableMeter,
    Invoice,
    InvoiceLine,
    LastBill,
    LedgerEntry,
    ReceivedPayment,
)
from elkk_core.metering.model import Reading
from elkk_core.shared.ids import AccountId, InvoiceId, MeterId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month

PAYMENTS = Mapper(ReceivedPayment, tables.received_payments)
_BENEFITS = Mapper(Benefit, tables.benefits)
_INVOICES = Mapper(Invoice, tables.invoices, apart="lines")
_LINES = Mapper(InvoiceLine, tables.invoice_lines, own=("invoice_id", "position"))
_ENTRIES = Mapper(LedgerEntry, tables.ledger_entries, own=("sequence",))


def list_invoices(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> tuple[Invoice, ...]:
    """Return the invoices that *condition* holds for, with their lines, by month."""
    invoices, lines = tables.invoices, tables.invoice_lines
    chosen = (
        sa.select(*_INVOICES.columns)
        .where(condition)
        .order_by(invoices.c.month, invoices.c.issued_at, invoices.c.invoice_id)
    )
    rows = connection.execute(chosen).all()
    lines_by_invoice: dict[InvoiceId, list[InvoiceLine]] = defaultdict(list)
    for line in connection.execute(
        sa.select(lines.c.invoice_id, *_LINES.columns)
        .where(among(lines.c.invoice_id, [row.invoice_id for row in rows], on=connection))
        .order_by(lines.c.invoice_id, lines.c.position)
    ):
        lines_by_invoice[line.invoice_id].append(_LINES.read(line))
    return tuple(_INVOICES.read(row, apart=tuple(lines_by_invoice[row.invoice_id])) for row in rows)


def balances(
    connection: sa.Connection, accounts: Collection[AccountId], *, before: date | None = None
) -> Mapping[AccountId, Money]:
    """Return the sum of the entries of each account, zero for none.

    Only of those dated before *before*, if it is given.
    """
    entries = tables.ledger_entries
    sums = (
        sa.select(entries.c.account_id, sa.func.sum(entries.c.amount))
        .where(among(entries.c.account_id, accounts, on=connection))
        .group_by(entries.c.account_id)
    )
    if before is not None:
        sums = sums.where(entries.c.dated < before)
    found: dict[AccountId, Money] = {row[0]: row[1] for row in connection.execute(sums)}
    return {account_id: found.get(account_id, Money.zero()) for account_id in accounts}


@frozen
class SqlBenefits:
    """The benefits of personal accounts; an account has one of a name from a month on."""

    _connection: sa.Connection

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Benefit, ...]:
        """Return all benefits of *accounts* by name, then by first month."""
        benefits = tables.benefits
        rows = self._connection.execute(
            sa.select(*_BENEFITS.columns)
            .where(among(benefits.c.account_id, accounts, on=self._connection))
            .order_by(benefits.c.name, benefits.c.first_month, benefits.c.account_id)
        )
        return tuple(_BENEFITS.read(row) for row in rows)

    def add_all(self, benefits: Iterable[Benefit]) -> None:
        """Keep new benefits.

        Raises:
            StaleState: If an account got one of the same name and month meanwhile.
        """
        rows = map(_BENEFITS.row, benefits)
        add_all(self._connection, tables.benefits, rows, what="benefit")

    def save_all(self, benefits: Iterable[Benefit]) -> None:
        """Keep the next states of benefits.

        Raises:
            StaleState: If another saved one of them since it was read.
        """
        rows = map(_BENEFITS.row, benefits)
        save_all(self._connection, tables.benefits, rows, what="benefit")


@frozen
class SqlBillableAccounts:
    """Personal accounts as billing knows them.

    The accounts that a unit names are its own until it ends, as with metering.
    """

    _connection: sa.Connection

    def count_unbilled(self, supplier_id: SupplierId, month: Month) -> int:
        """Return how many accounts of a supplier have no bill for *month*."""
        return self._connection.scalars(
            sa.select(sa.func.count())
            .select_from(tables.personal_accounts)
            .where(_unbilled(supplier_id, month))
        ).one()

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, limit: int
    ) -> tuple[BillableAccount, ...]:
        """Return at most *limit* accounts without a bill for *month*, by number.

        Only those whose number sorts after *after*; with an empty text, from the first one on.
        """
        unbilled = _unbilled(supplier_id, month)
        while True:
            found = self._lock(unbilled, tables.personal_accounts.c.number > after, limit=limit)
            if not found:
                return ()
            # While this unit waited for the accounts, another one may have billed them.
            ids = among(
                tables.personal_accounts.c.account_id,
                [account.account_id for account in found],
                on=self._connection,
            )
            still = set(
                self._connection.scalars(
                    sa.select(tables.personal_accounts.c.account_id).where(unbilled, ids)
                )
            )
            accounts = [account for account in found if account.account_id in still]
            if accounts:
                return self._with_facts(accounts, before=month.next.first_day)
            after = found[-1].number

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, PersonalAccount]:
        """Return those accounts of a supplier that have one of *numbers*, by number."""
        accounts = self._lock(
            tables.personal_accounts.c.supplier_id == supplier_id,
            among(tables.personal_accounts.c.number, numbers, on=self._connection),
        )
        return {account.number: account for account in accounts}

    def _lock(
        self, *conditions: sa.ColumnElement[bool], limit: int | None = None
    ) -> list[PersonalAccount]:
        rows = self._connection.execute(
            sa.select(*ACCOUNTS.columns)
            .where(*conditions)
            .order_by(tables.personal_accounts.c.number)
            .limit(limit)
            .with_for_update(of=tables.personal_accounts, key_share=True)
        )
        return [ACCOUNTS.read(row) for row in rows]

    def _with_facts(
        self, accounts: Sequence[PersonalAccount], *, before: date
    ) -> tuple[BillableAccount, ...]:
        ids = [account.account_id for account in accounts]
        last_bills = self._last_bills(ids)
        sums = balances(self._connection, ids, before=before)
        meters = list_meters(self._connection, ids)
        readings: dict[MeterId, list[Reading]] = defaultdict(list)
        for reading in list_readings(self._connection, [meter.meter_id for meter in meters]):
            readings[reading.meter_id].append(reading)
        billable: dict[AccountId, list[BillableMeter]] = defaultdict(list)
        for meter in meters:
            billable[meter.account_id].append(
                BillableMeter(meter=meter, readings=tuple(readings[meter.meter_id]))
            )
        return tuple(
            BillableAccount(
                account=account,
                meters=tuple(billable[account.account_id]),
                last_bill=last_bills.get(account.account_id),
                balance=sums[account.account_id],
            )
            for account in accounts
        )

    def _last_bills(self, accounts: Collection[AccountId]) -> Mapping[AccountId, LastBill]:
        invoices, lines = tables.invoices, tables.invoice_lines
        latest = (
            sa.select(invoices.c.account_id, sa.func.max(invoices.c.month).label("month"))
            .where(among(invoices.c.account_id, accounts, on=self._connection))
            .group_by(invoices.c.account_id)
            .subquery()
        )
        rows = self._connection.execute(
            sa.select(
                invoices.c.account_id,
                invoices.c.number,
                invoices.c.month,
                invoices.c.source,
                invoices.c.opening,
                invoices.c.payments,
                sa.func.sum(lines.c.amount).label("charged"),
            )
            .join_from(
                latest,
                invoices,
                sa.and_(
                    invoices.c.account_id == latest.c.account_id,
                    invoices.c.month == latest.c.month,
                ),
            )
            .join(lines, lines.c.invoice_id == invoices.c.invoice_id)
            .group_by(invoices.c.invoice_id)
        )
        return {
            row.account_id: LastBill(
                number=row.number,
                month=row.month,
                closing=row.opening + row.charged - row.payments,
                source=row.source,
            )
            for row in rows
        }


def _unbilled(supplier_id: SupplierId, month: Month) -> sa.ColumnElement[bool]:
    """Return the condition that an account of a supplier has no bill for *month*."""
    accounts, invoices = tables.personal_accounts, tables.invoices
    billed = sa.exists().where(
        invoices.c.account_id == accounts.c.account_id, invoices.c.month == month
    )
    return sa.and_(accounts.c.supplier_id == supplier_id, ~billed)


@frozen
class SqlInvoices:
    """All invoices; an account has one for a month, and a supplier one of a number."""

    _connection: sa.Connection

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Invoice, ...]:
        """Return all invoices of *accounts* by month."""
        return list_invoices(
            self._connection,
            among(tables.invoices.c.account_id, accounts, on=self._connection),
        )

    def find_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, Invoice]:
        """Return those invoices of a supplier that have one of *numbers*, by number."""
        found = list_invoices(
            self._connection,
            sa.and_(
                tables.invoices.c.supplier_id == supplier_id,
                among(tables.invoices.c.number, numbers, on=self._connection),
            ),
        )
        return {invoice.number: invoice for invoice in found}

    def add_all(self, invoices: Iterable[Invoice]) -> None:
        """Keep new invoices.

        Raises:
            StaleState: If an account got an invoice for the same month, or a number was taken,
                meanwhile.
        """
        new = tuple(invoices)
        lines = [
            {**_LINES.row(line), "invoice_id": invoice.invoice_id, "position": position}
            for invoice in new
            for position, line in enumerate(invoice.lines)
        ]
        with guarded(self._connection, "invoice"):
            insert_all(self._connection, tables.invoices, [_INVOICES.row(each) for each in new])
            insert_all(self._connection, tables.invoice_lines, lines)


@frozen
class SqlInvoiceNumbers:
    """The running numbers of invoices, gapless within a supplier and a year.

    The row of a supplier and year is locked until its unit ends, so the next unit waits; a unit
    that is not committed gives the numbers back.
    """

    _connection: sa.Connection

    def take(self, supplier_id: SupplierId, year: int, count: int) -> int:
        """Return the first of *count* numbers in a row, which are taken with it; 1 is the first."""
        numbers = tables.invoice_numbers
        taken: int = self._connection.scalars(
            insert_or(numbers, on=self._connection)
            .values(supplier_id=supplier_id, year=year, taken=count)
            .on_conflict_do_update(
                index_elements=[numbers.c.supplier_id, numbers.c.year],
                set_={"taken": numbers.c.taken + count},
            )
            .returning(numbers.c.taken)
        ).one()
        return taken - count + 1


@frozen
class SqlLedger:
    """All movements of balances; once added they stay as they are."""

    _connection: sa.Connection

    def add_all(self, entries: Iterable[LedgerEntry]) -> None:
        """Keep new entries."""
        rows = map(_ENTRIES.row, entries)
        add_all(self._connection, tables.ledger_entries, rows, what="ledger entry")

    def list_of(self, account_id: AccountId) -> tuple[LedgerEntry, ...]:
        """Return all entries of an account by date, then in the order of recording."""
        entries = tables.ledger_entries
        rows = self._connection.execute(
            sa.select(*_ENTRIES.columns)
            .where(entries.c.account_id == account_id)
            .order_by(entries.c.dated, entries.c.recorded_at, entries.c.sequence)
        )
        return tuple(_ENTRIES.read(row) for row in rows)

    def balances(
        self, accounts: Collection[AccountId], *, before: date
    ) -> Mapping[AccountId, Money]:
        """Return the sum of the entries of each account dated before *before*, zero for none."""
        return balances(self._connection, accounts, before=before)


@frozen
class SqlReceivedPayments:
    """All payments received; a reference is unique within its supplier."""

    _connection: sa.Connection

    def find_by_references(
        self, supplier_id: SupplierId, references: Collection[str]
    ) -> Mapping[str, ReceivedPayment]:
        """Return those payments of a supplier that have one of *references*, by reference."""
        payments = tables.received_payments
        rows = self._connection.execute(
            sa.select(*PAYMENTS.columns).where(
                payments.c.supplier_id == supplier_id,
                among(payments.c.reference, references, on=self._connection),
            )
        )
        return {payment.reference: payment for payment in map(PAYMENTS.read, rows)}

    def add_all(self, payments: Iterable[ReceivedPayment]) -> None:
        """Keep new payments.

        Raises:
            StaleState: If a reference was taken meanwhile.
        """
        rows = map(PAYMENTS.row, payments)
        add_all(self._connection, tables.received_payments, rows, what="payment")
