"""Whether the books keep their rules: a statement for each rule, over all rows at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import SqlSuppliers
from elkk_adapters.sql.repositories.billing import (
    between,
    every_account,
    list_invoices,
    list_last_bills,
)
from elkk_adapters.sql.repositories.metering import READINGS
from elkk_adapters.sql.statements import among, in_force
from elkk_adapters.sql.types import Kopecks
from elkk_core.accounts.model import Supplier
from elkk_core.billing.model import EntryKind, Invoice, InvoiceSource, LastBill
from elkk_core.billing.policies import (
    EXAMPLES_TOLD,
    AuditedAccount,
    Check,
    Finding,
    Verdict,
)
from elkk_core.metering.model import Reading
from elkk_core.shared.errors import Rejected
from elkk_core.shared.ids import AccountId, ReadingId

# How pg_trigger tells that a trigger stands before DELETE, UPDATE and TRUNCATE.
_EVERY_CHANGE = 8 | 16 | 32
_MONTHS_FACTOR = 100
_DIGITS = "0123456789"
_MOST_DIGITS = 9
_ROWS_AT_A_TIME = 1000
_PADDING = 1_000_000
# What is raised where a text says what no bill can say.
_UNREADABLE = (TypeError, ValueError, LookupError, Rejected)


@frozen
class SqlAuditor:
    """Looks whether what is stored keeps the rules of the books.

    A statement goes over all rows of a supplier, and what it finds is little: so it takes a time
    that grows with the books, and hardly any memory here.
    """

    _engine: sa.Engine

    def look_through(self, supplier: str) -> Iterator[Verdict]:
        """Yield the verdicts on the books of the supplier with this code as a whole, one by one.

        They are of ``BOOK_CHECKS``, in this order. Findings come by account, then by month; those
        of numbers by number.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        with self._engine.connect() as connection:
            books = SqlSuppliers(connection).get_by_code(supplier)
            links = (
                finding
                for row in _stream(connection, _chain(books))
                for finding in _broken_links(row, books)
            )
            yield from _verdicts(_LINKS, links)
            for check, statement in _STATEMENTS.items():
                rows = _stream(connection, statement(books))
                yield from _verdicts([check], (_finding(check, row, books) for row in rows))

    def list_unguarded(self) -> tuple[str, ...]:
        """Return the names of the tables of facts that the database lets be changed."""
        with self._engine.connect() as connection:
            names = [table.name for table in tables.FACTS]
            if connection.dialect.name == "postgresql":
                guarded = connection.scalars(_POSTGRESQL_GUARDS, {"every": _EVERY_CHANGE}).all()
            else:
                guarded = connection.scalars(_SQLITE_GUARDS).all()
        return tuple(name for name in names if name not in guarded)

    def count_accounts(self, supplier: str, *, after: str, through: str) -> int:
        """Return how many accounts the supplier with this code has.

        Only those whose number sorts after *after* and not after *through*; with an empty text from
        the first one on, or up to the last.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        with self._engine.connect() as connection:
            return connection.scalars(
                sa.select(sa.func.count())
                .select_from(tables.personal_accounts)
                .where(_of(connection, supplier), *between(after, through))
            ).one()

    def bounds(self, supplier: str, *, size: int) -> tuple[str, ...]:
        """Return the number of every *size*-th account, by number.

        They divide the accounts into parts of that size; the last part has no bound.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        with self._engine.connect() as connection:
            return every_account(connection, _of(connection, supplier), size=size)

    def batch(
        self, supplier: str, *, after: str, through: str, limit: int, every_bill: bool
    ) -> tuple[AuditedAccount, ...]:
        """Return at most *limit* accounts by number, within the bounds of `count_accounts`.

        With *every_bill* their invoices are there by month, then by revision; else none. Of an
        account with a bill that cannot be read there is nothing but the numbers of such bills.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        accounts = tables.personal_accounts
        with self._engine.connect() as connection:
            rows = connection.execute(
                sa.select(accounts.c.account_id, accounts.c.number)
                .where(_of(connection, supplier), *between(after, through))
                .order_by(accounts.c.number)
                .limit(limit)
            ).all()
            try:
                return _read(connection, supplier, rows, every_bill=every_bill)
            except _UNREADABLE:
                return tuple(
                    _read_carefully(connection, supplier, row, every_bill=every_bill)
                    for row in rows
                )


# Accounts one by one


def _of(connection: sa.Connection, supplier: str) -> sa.ColumnElement[bool]:
    """Return the condition that an account is the supplier's."""
    return tables.personal_accounts.c.supplier_id == SqlSuppliers(connection).get_id(supplier)


def _read(
    connection: sa.Connection, supplier: str, rows: Sequence[sa.Row[Any, Any]], *, every_bill: bool
) -> tuple[AuditedAccount, ...]:
    ids = [row.account_id for row in rows]
    last = list_last_bills(connection, ids)
    readings = _named(connection, last.values())
    invoices: dict[AccountId, list[Invoice]] = defaultdict(list)
    if every_bill:
        for invoice in list_invoices(
            connection, among(tables.invoices.c.account_id, ids, on=connection)
        ):
            invoices[invoice.account_id].append(invoice)
    return tuple(
        AuditedAccount(
            supplier=supplier,
            number=row.number,
            last_bill=last.get(row.account_id),
            readings=tuple(
                readings[reading_id]
                for reading_id in _names(last.get(row.account_id))
                if reading_id in readings
            ),
            invoices=tuple(invoices[row.account_id]),
        )
        for row in rows
    )


def _read_carefully(
    connection: sa.Connection, supplier: str, row: sa.Row[Any, Any], *, every_bill: bool
) -> AuditedAccount:
    """Return an account, one of whose bills may be unreadable."""
    try:
        (account,) = _read(connection, supplier, [row], every_bill=every_bill)
    except _UNREADABLE:
        bills = tables.invoices
        unreadable = []
        for bill in connection.execute(
            sa.select(bills.c.invoice_id, bills.c.number)
            .where(bills.c.account_id == row.account_id)
            .order_by(bills.c.month, bills.c.revision)
        ).all():
            this = bills.c.invoice_id == bill.invoice_id
            try:
                list_invoices(connection, this)
                connection.execute(sa.select(bills.c.standing).where(this)).all()
            except _UNREADABLE:
                unreadable.append(bill.number)
        if not unreadable:
            raise
        return AuditedAccount(supplier=supplier, number=row.number, unreadable=tuple(unreadable))
    return account


def _named(
    connection: sa.Connection, last_bills: Iterable[LastBill]
) -> Mapping[ReadingId, Reading]:
    """Return the readings that the standings of bills name, as far as they are stored."""
    readings = tables.readings
    ids = {reading_id for bill in last_bills for reading_id in _names(bill)}
    rows = connection.execute(
        sa.select(*READINGS.columns).where(among(readings.c.reading_id, ids, on=connection))
    )
    return {reading.reading_id: reading for reading in map(READINGS.read, rows)}


def _names(bill: LastBill | None) -> list[ReadingId]:
    if bill is None or bill.standing is None:
        return []
    return [register.reading_id for register in bill.standing.registers]


# The books as a whole: each statement finds what breaks a rule


def _told(
    *,
    account: sa.ColumnElement[Any] | None = None,
    document: sa.ColumnElement[Any],
    line: sa.ColumnElement[Any] | None = None,
    stands: sa.ColumnElement[Any] | None = None,
    expected: sa.ColumnElement[Any] | None = None,
) -> sa.Select[Any]:
    """Return the beginning of a statement: what a finding tells, in its columns."""
    columns = {
        "account": account,
        "document": document,
        "line": line,
        "stands": stands,
        "expected": expected,
    }
    return sa.select(
        *((sa.null() if column is None else column).label(name) for name, column in columns.items())
    )


def _plain(amount: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Return an amount or a month as the number that the database computes with."""
    return sa.type_coerce(amount, sa.BigInteger())


def _money(kopecks: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.type_coerce(kopecks, Kopecks())


def _month(day: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Return the month of a day, as months are stored."""
    month = sa.extract("year", day) * _MONTHS_FACTOR + sa.extract("month", day)
    return sa.cast(month, sa.Integer())


def _chain(supplier: Supplier) -> sa.Select[Any]:
    """Return the bills in force that do not follow from the one before and from the ledger.

    Each with its figures, beside each figure what it should be.
    """
    timeline = sa.union_all(_moves(supplier), _bills(supplier)).subquery()

    def so_far(amount: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
        # A bill stands behind the entries of its month.
        in_order = (timeline.c.month, timeline.c.is_bill)
        return sa.func.sum(amount).over(
            partition_by=timeline.c.account_id, order_by=in_order, rows=(None, 0)
        )

    summed = sa.select(
        *timeline.c,
        so_far(timeline.c.moved).label("moved_so_far"),
        so_far(timeline.c.paid).label("paid_so_far"),
    ).subquery()

    def before(amount: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
        return sa.func.lag(amount, type_=sa.BigInteger()).over(
            partition_by=summed.c.account_id, order_by=summed.c.month
        )

    bills = (
        sa.select(
            *summed.c,
            before(summed.c.closing).label("before"),
            (summed.c.moved_so_far - sa.func.coalesce(before(summed.c.moved_so_far), 0)).label(
                "moved_since"
            ),
            (summed.c.paid_so_far - sa.func.coalesce(before(summed.c.paid_so_far), 0)).label(
                "paid_since"
            ),
        )
        .where(summed.c.is_bill == 1)
        .subquery()
    )
    cells, accounts = bills.c, tables.personal_accounts
    is_first, is_issued = cells.before.is_(None), cells.source == InvoiceSource.ISSUED
    figures = {
        # The first bill of an earlier billing system brings its opening balance along.
        "moved": cells.moved_since,
        "charged": cells.closing - sa.case((is_first, 0), else_=cells.opening),
        "opening": cells.opening,
        "before": sa.case((~is_first, cells.before), (is_issued, 0), else_=cells.opening),
        "payments": cells.payments,
        "paid": sa.case((is_issued, cells.paid_since), else_=cells.payments),
    }
    return (
        sa.select(
            accounts.c.number.label("account"),
            cells.number.label("document"),
            *(_money(figure).label(name) for name, figure in figures.items()),
        )
        .join_from(bills, accounts, accounts.c.account_id == cells.account_id)
        .where(
            sa.or_(*(figures[stands] != figures[expected] for stands, expected in _LINKS.values()))
        )
        .order_by(accounts.c.number, cells.month)
    )


def _moves(supplier: Supplier) -> sa.Select[Any]:
    """Return what the ledger moved and received, by account and month."""
    entries, accounts, bills = tables.ledger_entries, tables.personal_accounts, tables.invoices
    month, amount = _month(entries.c.dated), _plain(entries.c.amount)
    paid = sa.case((entries.c.kind == EntryKind.PAYMENT, -amount), else_=0)
    return (
        sa.select(
            entries.c.account_id,
            month.label("month"),
            sa.literal(0).label("is_bill"),
            sa.func.sum(amount).label("moved"),
            sa.func.sum(paid).label("paid"),
            sa.cast(sa.null(), bills.c.number.type).label("number"),
            sa.cast(sa.null(), bills.c.source.type).label("source"),
            *(
                sa.cast(sa.null(), sa.BigInteger()).label(name)
                for name in ("opening", "payments", "closing")
            ),
        )
        .join_from(entries, accounts)
        .where(accounts.c.supplier_id == supplier.supplier_id)
        .group_by(entries.c.account_id, month)
    )


def _bills(supplier: Supplier) -> sa.Select[Any]:
    """Return the bills in force with their closing figures, in the columns of `_moves`."""
    bills, lines = tables.invoices, tables.invoice_lines
    opening, payments = _plain(bills.c.opening), _plain(bills.c.payments)
    return (
        sa.select(
            bills.c.account_id,
            _plain(bills.c.month),
            sa.literal(1),
            sa.literal(0),
            sa.literal(0),
            bills.c.number,
            bills.c.source,
            opening,
            payments,
            opening + sa.func.sum(_plain(lines.c.amount)) - payments,
        )
        .join_from(bills, lines)
        .where(bills.c.supplier_id == supplier.supplier_id, in_force())
        .group_by(bills.c.invoice_id)
    )


def _unbilled(supplier: Supplier) -> sa.Select[Any]:
    entries, accounts, bills = (
        tables.ledger_entries,
        tables.personal_accounts,
        tables.invoices,
    )
    last = (
        sa.select(bills.c.account_id, sa.func.max(_plain(bills.c.month)).label("month"))
        .where(bills.c.supplier_id == supplier.supplier_id)
        .group_by(bills.c.account_id)
        .subquery()
    )
    return (
        _told(account=accounts.c.number, document=entries.c.document, stands=entries.c.amount)
        .join_from(entries, accounts)
        .outerjoin(last, last.c.account_id == entries.c.account_id)
        .where(
            accounts.c.supplier_id == supplier.supplier_id,
            entries.c.kind != EntryKind.PAYMENT,
            sa.or_(last.c.month.is_(None), _month(entries.c.dated) > last.c.month),
        )
        .order_by(accounts.c.number, entries.c.dated, entries.c.document)
    )


def _receipts(supplier: Supplier) -> sa.Select[Any]:
    entries, payments, accounts = (
        tables.ledger_entries,
        tables.received_payments,
        tables.personal_accounts,
    )
    booked = sa.select(
        entries.c.account_id,
        entries.c.document,
        (-_plain(entries.c.amount)).label("booked"),
        sa.cast(sa.null(), sa.BigInteger()).label("due"),
    ).where(entries.c.kind == EntryKind.PAYMENT)
    due = sa.case((payments.c.counted_before, None), else_=_plain(payments.c.amount))
    received = sa.select(payments.c.account_id, payments.c.reference, sa.null(), due)
    both = sa.union_all(booked, received).subquery()
    stands, expected = sa.func.sum(both.c.booked), sa.func.sum(both.c.due)
    return (
        _told(
            account=accounts.c.number,
            document=both.c.document,
            stands=_money(stands),
            expected=_money(expected),
        )
        .join_from(both, accounts, accounts.c.account_id == both.c.account_id)
        .where(accounts.c.supplier_id == supplier.supplier_id)
        .group_by(accounts.c.number, both.c.document)
        .having(stands.is_distinct_from(expected))
        .order_by(accounts.c.number, both.c.document)
    )


def _number(
    supplier: Supplier, year: sa.ColumnElement[Any], sequence: sa.ColumnElement[Any]
) -> sa.ColumnElement[str]:
    """Return a number as `invoice_number` writes it."""
    padded = sa.case(
        (sequence < _PADDING, sa.func.substr(sa.cast(_PADDING + sequence, sa.Text()), 2)),
        else_=sa.cast(sequence, sa.Text()),
    )
    prefix = sa.literal(f"{supplier.code.upper()}-", sa.Text())
    return prefix + sa.cast(year, sa.Text()) + "-" + padded


def _numbered(supplier: Supplier) -> sa.CTE:
    """Return the bills issued here by year and place in it, 0 if their number tells none."""
    bills = tables.invoices
    year = _plain(bills.c.month) // _MONTHS_FACTOR
    digits = sa.func.substr(bills.c.number, len(f"{supplier.code}-2020-") + 1)
    is_number = sa.and_(
        sa.func.length(digits).between(1, _MOST_DIGITS), sa.func.ltrim(digits, _DIGITS) == ""
    )
    read = (
        sa.select(
            bills.c.account_id,
            bills.c.number,
            year.label("year"),
            sa.case((is_number, sa.cast(digits, sa.BigInteger())), else_=0).label("sequence"),
        )
        .where(bills.c.supplier_id == supplier.supplier_id, bills.c.source == InvoiceSource.ISSUED)
        .subquery()
    )
    is_ours = read.c.number == _number(supplier, read.c.year, read.c.sequence)
    return sa.select(
        read.c.account_id,
        read.c.number,
        read.c.year,
        sa.case((is_ours, read.c.sequence), else_=0).label("sequence"),
    ).cte()


def _numbers(supplier: Supplier) -> sa.Select[Any]:
    counters, bills = tables.invoice_numbers, _numbered(supplier)
    given_out = counters.c.supplier_id == supplier.supplier_id
    known = (
        sa.select(bills.c.year, bills.c.sequence)
        .join_from(bills, counters, counters.c.year == bills.c.year)
        .where(given_out, bills.c.sequence > 0, bills.c.sequence <= counters.c.taken)
    )
    beyond = sa.select(counters.c.year, counters.c.taken + 1).where(given_out)
    sequences = sa.union_all(known, beyond).subquery()
    before = sa.func.lag(sequences.c.sequence, 1, 0).over(
        partition_by=sequences.c.year, order_by=sequences.c.sequence
    )
    gaps = sa.select(*sequences.c, before.label("before")).subquery()
    return (
        _told(
            document=_number(supplier, gaps.c.year, gaps.c.before + 1),
            expected=_number(supplier, gaps.c.year, gaps.c.sequence - 1),
        )
        .where(gaps.c.sequence > gaps.c.before + 1)
        .order_by(gaps.c.year, gaps.c.sequence)
    )


def _counter(supplier: Supplier) -> sa.Select[Any]:
    counters, accounts, bills = (
        tables.invoice_numbers,
        tables.personal_accounts,
        _numbered(supplier),
    )
    of_year = sa.and_(
        counters.c.supplier_id == supplier.supplier_id, counters.c.year == bills.c.year
    )
    last = _number(supplier, bills.c.year, counters.c.taken)
    return (
        _told(account=accounts.c.number, document=bills.c.number, expected=last)
        .join_from(bills, accounts, accounts.c.account_id == bills.c.account_id)
        .outerjoin(counters, of_year)
        .where(
            sa.or_(bills.c.sequence == 0, bills.c.sequence > sa.func.coalesce(counters.c.taken, 0))
        )
        .order_by(bills.c.number)
    )


def _revisions(supplier: Supplier) -> sa.Select[Any]:
    bills, accounts = tables.invoices, tables.personal_accounts
    before, named = bills.alias(), bills.alias()
    in_its_place = sa.and_(
        before.c.account_id == bills.c.account_id,
        before.c.month == bills.c.month,
        before.c.revision == bills.c.revision - 1,
    )
    return (
        _told(
            account=accounts.c.number,
            document=bills.c.number,
            stands=named.c.number,
            expected=before.c.number,
        )
        .join_from(bills, accounts)
        .join(named, named.c.invoice_id == bills.c.corrects)
        .outerjoin(before, in_its_place)
        .where(
            bills.c.supplier_id == supplier.supplier_id,
            named.c.invoice_id.is_distinct_from(before.c.invoice_id),
        )
        .order_by(accounts.c.number, bills.c.month, bills.c.revision)
    )


def _derivations(supplier: Supplier) -> sa.Select[Any]:
    bills, lines, accounts = tables.invoices, tables.invoice_lines, tables.personal_accounts
    return (
        _told(account=accounts.c.number, document=bills.c.number, line=lines.c.position + 1)
        .join_from(lines, bills)
        .join(accounts, accounts.c.account_id == bills.c.account_id)
        .where(
            bills.c.supplier_id == supplier.supplier_id,
            bills.c.source == InvoiceSource.ISSUED,
            sa.type_coerce(lines.c.derivation, sa.Text()).is_(None),
        )
        .order_by(accounts.c.number, bills.c.month, bills.c.revision, lines.c.position)
    )


_LINKS = {
    Check.LEDGER: ("moved", "charged"),
    Check.OPENING: ("opening", "before"),
    Check.PAYMENTS: ("payments", "paid"),
}
"""Checks of one pass over all bills: which figure stands there, and what it should be."""

_STATEMENTS: Mapping[Check, Callable[[Supplier], sa.Select[Any]]] = {
    Check.UNBILLED: _unbilled,
    Check.RECEIPTS: _receipts,
    Check.NUMBERS: _numbers,
    Check.COUNTER: _counter,
    Check.REVISIONS: _revisions,
    Check.DERIVATIONS: _derivations,
}


def _stream(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[sa.Row[Any, Any]]:
    """Yield the rows of a statement, of which there may be many, portion by portion."""
    yield from connection.execution_options(yield_per=_ROWS_AT_A_TIME).execute(statement)


def _verdicts(checks: Iterable[Check], findings: Iterable[Finding]) -> Iterator[Verdict]:
    """Yield what becomes of each of *checks*, which *findings* are about."""
    cases = dict.fromkeys(checks, 0)
    examples: dict[Check, list[Finding]] = defaultdict(list)
    for finding in findings:
        cases[finding.check] += 1
        if cases[finding.check] <= EXAMPLES_TOLD:
            examples[finding.check].append(finding)
    for check, count in cases.items():
        yield Verdict(check=check, cases=count, examples=tuple(examples[check]))


def _broken_links(row: sa.Row[Any, Any], supplier: Supplier) -> Iterator[Finding]:
    for check, (stands, expected) in _LINKS.items():
        figures = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to ask a row by name
        if figures[stands] != figures[expected]:
            yield Finding(
                check=check,
                supplier=supplier.code,
                account=row.account,
                document=row.document,
                stands=figures[stands],
                expected=figures[expected],
            )


def _finding(check: Check, row: sa.Row[Any, Any], supplier: Supplier) -> Finding:
    return Finding(
        check=check,
        supplier=supplier.code,
        account=row.account,
        document=row.document,
        line=row.line,
        stands=row.stands,
        expected=row.expected,
    )


_POSTGRESQL_GUARDS = sa.text(
    """
    SELECT tgrelid::regclass::text
    FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE proname = 'refuse_change' AND tgenabled IN ('O', 'A') AND tgtype & :every = :every
    """
)
_SQLITE_GUARDS = sa.text(
    """
    SELECT tbl_name
    FROM sqlite_master
    WHERE type = 'trigger' AND name IN (tbl_name || '_stay_on_update', tbl_name || '_stay_on_delete')
    GROUP BY tbl_name
    HAVING count(*) = 2
    """
)
