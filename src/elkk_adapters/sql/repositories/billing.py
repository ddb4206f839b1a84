"""Invoices, the ledger and payments in the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.converters import Mapper
from elkk_adapters.sql.repositories.accounts import ACCOUNTS
from elkk_adapters.sql.repositories.metering import (
    billed_through,
    list_gaps,
    list_meters,
    list_readings_since,
)
from elkk_adapters.sql.statements import (
    add_all,
    among,
    insert_all,
    insert_or,
    limits,
    save_all,
)
from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing.errors import InvoiceNotFound
from elkk_core.billing.model import (
    AccountStanding,
    Benefit,
    BillableAccount,
    BillableMeter,
    EarlierBill,
    EntryKind,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LastBill,
    LedgerEntry,
    LineKind,
    Movement,
    ReceivedPayment,
)
from elkk_core.billing.ports import NO_STANDINGS
from elkk_core.metering.model import MeteringGap, Reading
from elkk_core.shared.errors import AccountNotFound
from elkk_core.shared.ids import AccountId, InvoiceId, MeterId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month

PAYMENTS = Mapper(ReceivedPayment, tables.received_payments)
_BENEFITS = Mapper(Benefit, tables.benefits)
_INVOICES = Mapper(Invoice, tables.invoices, apart="lines", own=("standing",))
_LINES = Mapper(InvoiceLine, tables.invoice_lines, own=("invoice_id", "position"))
_ENTRIES = Mapper(LedgerEntry, tables.ledger_entries, own=("sequence",))
# No month is before it.
_FIRST_MONTH = Month(1900, 1)


def list_invoices(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> tuple[Invoice, ...]:
    """Return the invoices that *condition* holds for, with their lines, by month and revision."""
    invoices, lines = tables.invoices, tables.invoice_lines
    chosen = (
        sa.select(*_INVOICES.columns)
        .where(condition)
        .order_by(invoices.c.month, invoices.c.revision, invoices.c.invoice_id)
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


def list_last_bills(
    connection: sa.Connection,
    accounts: Collection[AccountId],
    *before: sa.ColumnElement[bool],
) -> Mapping[AccountId, LastBill]:
    """Return the last bill in force of each account, of those bills that *before* holds for."""
    known, bills, lines = tables.personal_accounts, tables.invoices, tables.invoice_lines
    # For each account a look at the end of an index, however many bills it has.
    last = (
        sa.select(bills.c.invoice_id)
        .where(bills.c.account_id == known.c.account_id, *before)
        .order_by(bills.c.month.desc(), bills.c.revision.desc())
        .limit(1)
        .correlate(known)
        .scalar_subquery()
    )
    charged = (
        sa.select(sa.func.sum(lines.c.amount))
        .where(lines.c.invoice_id == bills.c.invoice_id)
        .scalar_subquery()
    )
    rows = connection.execute(
        sa.select(
            bills.c.account_id,
            bills.c.invoice_id,
            bills.c.number,
            bills.c.month,
            bills.c.revision,
            bills.c.source,
            bills.c.opening,
            bills.c.payments,
            bills.c.standing,
            charged.label("charged"),
        )
        .join_from(known, bills, bills.c.invoice_id == last)
        .where(among(known.c.account_id, accounts, on=connection))
    )
    return {
        row.account_id: LastBill(
            invoice_id=row.invoice_id,
            number=row.number,
            month=row.month,
            revision=row.revision,
            closing=row.opening + row.charged - row.payments,
            source=row.source,
            standing=row.standing,
        )
        for row in rows
    }


def between(after: str, through: str) -> Iterator[sa.ColumnElement[bool]]:
    """Yield the conditions that an account's number lies between these, the second included."""
    number = tables.personal_accounts.c.number
    yield number > after
    if through:
        yield number <= through


def every_account(
    connection: sa.Connection, condition: sa.ColumnElement[bool], *, size: int
) -> tuple[str, ...]:
    """Return the number of every *size*-th of those accounts that *condition* holds for.

    The last one is left out: nothing is behind it.
    """
    number = tables.personal_accounts.c.number
    counted = (
        sa.select(
            number,
            sa.func.row_number().over(order_by=number).label("place"),
            sa.func.lead(number).over(order_by=number).label("following"),
        )
        .where(condition)
        .subquery()
    )
    bounds = connection.scalars(
        sa.select(counted.c.number)
        .where(counted.c.place % size == 0, counted.c.following.is_not(None))
        .order_by(counted.c.number)
    )
    return tuple(bounds)


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

    def count_unbilled(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str
    ) -> int:
        """Return how many accounts of a supplier have no bill for *month*.

        Only those whose number sorts after *after* and not after *through*, as in `batch`.
        """
        return self._connection.scalars(
            sa.select(sa.func.count())
            .select_from(tables.personal_accounts)
            .where(unbilled(supplier_id, month), *between(after, through))
        ).one()

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str, limit: int
    ) -> tuple[BillableAccount, ...]:
        """Return at most *limit* accounts without a bill for *month*, by number.

        Only those whose number sorts after *after* and not after *through*; with an empty text from
        the first one on, or up to the last.
        """
        condition = unbilled(supplier_id, month)
        while True:
            found = self._lock(condition, *between(after, through), limit=limit)
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
                    sa.select(tables.personal_accounts.c.account_id).where(condition, ids)
                )
            )
            accounts = [account for account in found if account.account_id in still]
            if accounts:
                return self._with_facts(accounts, month)
            after = found[-1].number

    def list_of(self, accounts: Collection[AccountId], month: Month) -> tuple[BillableAccount, ...]:
        """Return *accounts* as they are to be billed for *month*, by number."""
        found = self._lock(
            among(tables.personal_accounts.c.account_id, accounts, on=self._connection)
        )
        return self._with_facts(found, month)

    def get(self, account_id: AccountId, month: Month) -> BillableAccount:
        """Return an account as it is to be billed for *month*, with all that is known now.

        It is to be looked at only: another unit may bill it meanwhile.

        Raises:
            AccountNotFound: If there is none.
        """
        rows = self._connection.execute(
            sa.select(*ACCOUNTS.columns).where(tables.personal_accounts.c.account_id == account_id)
        )
        found = self._with_facts([ACCOUNTS.read(row) for row in rows], month)
        if not found:
            raise AccountNotFound(str(account_id))
        return found[0]

    def get_before(self, invoice_id: InvoiceId) -> BillableAccount:
        """Return an account as it was to be billed when this invoice was issued to it.

        What came in since is there as well, if it counts in the month of the invoice.

        Raises:
            InvoiceNotFound: If there is no such invoice.
        """
        invoices = tables.invoices
        bill = self._connection.execute(
            sa.select(invoices.c.account_id, invoices.c.month).where(
                invoices.c.invoice_id == invoice_id
            )
        ).one_or_none()
        if bill is None:
            raise InvoiceNotFound(str(invoice_id))
        accounts = self._lock(tables.personal_accounts.c.account_id == bill.account_id)
        (account,) = self._with_facts(accounts, bill.month, invoices.c.month < bill.month)
        return account

    def bounds(self, supplier_id: SupplierId, month: Month, *, size: int) -> tuple[str, ...]:
        """Return the number of every *size*-th account without a bill for *month*, by number.

        They divide the accounts into parts of that size; the last part has no bound.
        """
        return every_account(self._connection, unbilled(supplier_id, month), size=size)

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
        self,
        accounts: Sequence[PersonalAccount],
        month: Month,
        *before: sa.ColumnElement[bool],
    ) -> tuple[BillableAccount, ...]:
        """Return *accounts* with all that their bills for *month* are made of.

        Of their bills only those count that the conditions of *before* hold for.
        """
        ids = [account.account_id for account in accounts]
        last_bills = list_last_bills(self._connection, ids, *before)
        meters = self._meters(ids, last_bills, month)
        benefits = self._benefits(ids)
        earlier = self._earlier(last_bills, *before)
        payments = self._payments(ids, last_bills, month)
        return tuple(
            BillableAccount(
                account=account,
                meters=tuple(meters.get(account.account_id, ())),
                benefits=tuple(benefits.get(account.account_id, ())),
                last_bill=last_bills.get(account.account_id),
                earlier=tuple(earlier.get(account.account_id, ())),
                payments=tuple(payments.get(account.account_id, ())),
            )
            for account in accounts
        )

    def _meters(
        self,
        accounts: Collection[AccountId],
        last_bills: Mapping[AccountId, LastBill],
        month: Month,
    ) -> Mapping[AccountId, list[BillableMeter]]:
        meters = list_meters(self._connection, accounts)
        first = {
            meter.meter_id: _first_unread(last_bills.get(meter.account_id)) for meter in meters
        }
        readings: dict[MeterId, list[Reading]] = defaultdict(list)
        for reading in list_readings_since(self._connection, first, through=month):
            readings[reading.meter_id].append(reading)
        gaps: dict[MeterId, list[MeteringGap]] = defaultdict(list)
        for gap in list_gaps(self._connection, first):
            gaps[gap.meter_id].append(gap)
        billable: dict[AccountId, list[BillableMeter]] = defaultdict(list)
        for meter in meters:
            billable[meter.account_id].append(
                BillableMeter(
                    meter=meter,
                    readings=tuple(readings[meter.meter_id]),
                    gaps=tuple(gaps[meter.meter_id]),
                )
            )
        return billable

    def _benefits(self, accounts: Collection[AccountId]) -> Mapping[AccountId, list[Benefit]]:
        found: dict[AccountId, list[Benefit]] = defaultdict(list)
        for benefit in SqlBenefits(self._connection).list_of(accounts):
            found[benefit.account_id].append(benefit)
        return found

    def _earlier(
        self, last_bills: Mapping[AccountId, LastBill], *before: sa.ColumnElement[bool]
    ) -> Mapping[AccountId, list[EarlierBill]]:
        """Return the bills of an earlier billing system, where the last bill is one of them."""
        bills, lines = tables.invoices, tables.invoice_lines
        accounts = [
            account_id
            for account_id, last in last_bills.items()
            if last.source is InvoiceSource.IMPORTED
        ]
        found: dict[AccountId, list[EarlierBill]] = defaultdict(list)
        if not accounts:
            return found
        rows = self._connection.execute(
            sa.select(bills.c.account_id, bills.c.month, sa.func.sum(lines.c.amount))
            .join_from(bills, lines)
            .where(
                among(bills.c.account_id, accounts, on=self._connection),
                bills.c.source == InvoiceSource.IMPORTED,
                lines.c.kind != LineKind.PENALTY,
                *before,
            )
            .group_by(bills.c.invoice_id)
            .order_by(bills.c.month)
        )
        for account_id, month, charged in rows:
            found[account_id].append(EarlierBill(month=month, charged=charged))
        return found

    def _payments(
        self,
        accounts: Collection[AccountId],
        last_bills: Mapping[AccountId, LastBill],
        month: Month,
    ) -> Mapping[AccountId, list[Movement]]:
        entries = tables.ledger_entries
        since = limits(
            entries.c.account_id,
            entries.c.dated,
            {
                account_id: last_bills[account_id].month.next.first_day
                if account_id in last_bills
                else date.min
                for account_id in accounts
            },
            on=self._connection,
        )
        rows = self._connection.execute(
            sa.select(entries.c.account_id, entries.c.amount, entries.c.valued_on, entries.c.period)
            .join_from(
                since,
                entries,
                sa.and_(entries.c.account_id == since.c.key, entries.c.dated >= since.c.limit),
            )
            .where(entries.c.kind == EntryKind.PAYMENT, entries.c.dated <= month.last_day)
            .order_by(
                entries.c.valued_on, entries.c.recorded_at, entries.c.document, entries.c.sequence
            )
        )
        found: dict[AccountId, list[Movement]] = defaultdict(list)
        for row in rows:
            found[row.account_id].append(
                Movement(amount=-row.amount, valued_on=row.valued_on, period=row.period)
            )
        return found


def _first_unread(last: LastBill | None) -> Month:
    """Return the first month whose readings a bill after *last* needs."""
    return _FIRST_MONTH if last is None or last.standing is None else last.month.next


def unbilled(supplier_id: SupplierId, month: Month) -> sa.ColumnElement[bool]:
    """Return the condition that an account of a supplier has no bill for *month*."""
    accounts, invoices = tables.personal_accounts, tables.invoices
    # A question for each account, which the key of its bills answers. Planners make an anti-join of
    # EXISTS, and a slow one while a month is being billed: they do not know yet that it has bills.
    billed = (
        sa.select(invoices.c.month)
        .where(invoices.c.account_id == accounts.c.account_id, invoices.c.month == month)
        .limit(1)
        .correlate(accounts)
        .scalar_subquery()
    )
    return sa.and_(accounts.c.supplier_id == supplier_id, billed.is_(None))


@frozen
class SqlInvoices:
    """All invoices; an account has one of a month and revision, and a supplier one of a number."""

    _connection: sa.Connection

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Invoice, ...]:
        """Return all invoices of *accounts* by month, then by revision."""
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

    def billed_through(
        self, accounts: Collection[AccountId], *, source: InvoiceSource
    ) -> Mapping[AccountId, Month]:
        """Return the last month for which each account has an invoice of *source*, if it has one."""
        return billed_through(self._connection, accounts, source=source)

    def add_all(
        self,
        invoices: Iterable[Invoice],
        *,
        standings: Mapping[InvoiceId, AccountStanding] = NO_STANDINGS,
    ) -> None:
        """Keep new invoices, those issued here with where their accounts stand after them.

        Raises:
            StaleState: If an account got an invoice of the same month and revision, or a number was
                taken, meanwhile.
        """
        new = tuple(invoices)
        rows = [
            {**_INVOICES.row(invoice), "standing": standings.get(invoice.invoice_id)}
            for invoice in new
        ]
        lines = [
            {**_LINES.row(line), "invoice_id": invoice.invoice_id, "position": position}
            for invoice in new
            for position, line in enumerate(invoice.lines)
        ]
        with guarded(self._connection, "invoice"):
            insert_all(self._connection, tables.invoices, rows)
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
