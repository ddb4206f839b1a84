"""The short way for common bills on PostgreSQL: few statements for many accounts, and plain rows.

See `ExpressBilling`. Rows are taken and written as the database has them, without the values of the
core between; the accounts are locked as `SqlBillableAccounts` locks them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.dialects import postgresql

from elkk_adapters.sql import tables
from elkk_adapters.sql.constraints import guarded
from elkk_adapters.sql.documents import decode, encode
from elkk_adapters.sql.repositories.billing import (
    SqlBillableAccounts,
    between,
    unbilled,
)
from elkk_adapters.sql.statements import copy_text
from elkk_core.billing.model import ARITHMETIC_VERSION, BillableAccount, EntryKind, InvoiceSource
from elkk_core.billing.policies import (
    ExpressAccount,
    ExpressDraft,
    ExpressFacts,
    ExpressPayment,
    ExpressReading,
)
from elkk_core.shared.ids import AccountId, SupplierId
from elkk_core.shared.periods import Month
from elkk_core.shared.zones import ZONE_SCHEMES

_ZONES = {count: tuple(zone.value for zone in zones) for count, zones in ZONE_SCHEMES.items()}


def _plain(column: sa.Column[Any], kind: type[sa.types.TypeEngine[Any]]) -> Any:
    """Return *column* as the driver reads it."""
    return sa.type_coerce(column, kind).label(column.name)


def _text(column: sa.Column[Any]) -> Any:
    """Return an identifier as text."""
    return sa.cast(column, sa.Text).label(column.name)


def _number(month: Month) -> int:
    return month.year * 100 + month.number


def _among(column: sa.Column[Any], name: str) -> sa.ColumnElement[bool]:
    """Return the condition that *column* holds one of the identifiers of a parameter.

    They travel as one text, which is read faster than a list.
    """
    listed = sa.cast(sa.bindparam(name, type_=sa.Text), postgresql.ARRAY(sa.Uuid))
    return column == sa.any_(listed)


def _listed(identifiers: Iterable[str]) -> str:
    return f"{{{','.join(identifiers)}}}"


def _facts() -> sa.Select[Any]:
    """Return the query for accounts with their last bill and each of their meters."""
    accounts, bills, meters = tables.personal_accounts, tables.invoices, tables.meters
    # For each account a look at the end of an index, however many bills it has.
    last = (
        sa.select(
            _plain(bills.c.month, sa.Integer),
            _plain(bills.c.source, sa.Text),
            _plain(bills.c.standing, sa.Text),
        )
        .where(bills.c.account_id == accounts.c.account_id)
        .order_by(bills.c.month.desc(), bills.c.revision.desc())
        .limit(1)
        .correlate(accounts)
        .lateral("last_bill")
    )
    gaps = sa.exists().where(tables.metering_gaps.c.meter_id == meters.c.meter_id)
    benefits = sa.exists().where(tables.benefits.c.account_id == accounts.c.account_id)
    return (
        sa.select(
            _text(accounts.c.account_id),
            last.c.month,
            last.c.standing,
            _text(meters.c.meter_id),
            meters.c.number,
            _plain(meters.c.zones, sa.SmallInteger),
            meters.c.capacity_integers,
            meters.c.capacity_decimals,
            meters.c.ratio,
            meters.c.installed_on,
            meters.c.verification_due,
            meters.c.window_first_day,
            meters.c.window_last_day,
            sa.or_(meters.c.removed_on.is_not(None), gaps, benefits).label("is_uncommon"),
        )
        .select_from(accounts)
        .join(last, sa.true())
        .outerjoin(meters, meters.c.account_id == accounts.c.account_id)
        .where(_among(accounts.c.account_id, "accounts"))
    )


def _readings() -> sa.Select[Any]:
    """Return the query for the readings of meters that count in a month, by time."""
    readings = tables.readings
    return (
        sa.select(
            _text(readings.c.meter_id),
            _text(readings.c.reading_id),
            _plain(readings.c.zone, sa.Text),
            _plain(readings.c.value, sa.Numeric),
            sa.cast(readings.c.taken_on, sa.Text).label("taken_on"),
            _plain(readings.c.source, sa.Text),
            readings.c.corrects.is_not(None).label("corrects"),
        )
        .where(
            _among(readings.c.meter_id, "meters"),
            sa.type_coerce(readings.c.month, sa.Integer) == sa.bindparam("month"),
        )
        .order_by(readings.c.taken_on, readings.c.recorded_at, readings.c.sequence)
    )


def _payments() -> sa.Select[Any]:
    """Return the query for the payments of accounts that are dated in a month, by time."""
    entries = tables.ledger_entries
    return (
        sa.select(
            _text(entries.c.account_id),
            (-sa.type_coerce(entries.c.amount, sa.BigInteger)).label("amount"),
            sa.cast(entries.c.valued_on, sa.Text).label("valued_on"),
            entries.c.period.is_not(None).label("period"),
        )
        .where(
            _among(entries.c.account_id, "accounts"),
            entries.c.kind == EntryKind.PAYMENT,
            entries.c.dated >= sa.bindparam("first_day"),
            entries.c.dated <= sa.bindparam("last_day"),
        )
        .order_by(
            entries.c.valued_on, entries.c.recorded_at, entries.c.document, entries.c.sequence
        )
    )


_FACTS, _READINGS, _PAYMENTS = _facts(), _readings(), _payments()


@frozen
class SqlExpressBilling:
    """The short way for the bills of the common case."""

    _connection: sa.Connection

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str, limit: int
    ) -> tuple[ExpressAccount, ...]:
        """Return the accounts that `BillableAccounts.batch` does, with facts where they are common."""
        while True:
            locked = self._lock(supplier_id, month, after=after, through=through, limit=limit)
            if not locked:
                return ()
            rows = self._rows(locked)
            billed = {
                account_id for account_id, found in rows.items() if found[0].month == _number(month)
            }
            accounts = [account for account in locked if account.account_id not in billed]
            if accounts:
                return self._with_facts(accounts, rows, month)
            # While this unit waited for the accounts, another one has billed them.
            after = locked[-1].number

    def whole(
        self, accounts: Collection[ExpressAccount], month: Month
    ) -> Mapping[str, BillableAccount]:
        """Return accounts of a batch as `BillableAccounts.batch` does, by number."""
        ids = [AccountId(UUID(account.account_id)) for account in accounts]
        found = SqlBillableAccounts(self._connection).list_of(ids, month)
        return {account.account.number: account for account in found}

    def prepare(
        self,
        drafts: Mapping[str, ExpressDraft],
        *,
        supplier_id: SupplierId,
        month: Month,
        issued_at: datetime,
        new_id: Callable[[], UUID],
    ) -> "SqlPreparedBills":
        """Make new bills, by the identifiers of their accounts, ready to be kept."""
        invoices: list[str] = []
        lines: list[str] = []
        charges: list[str] = []
        penalties: dict[int, str] = {}
        moment = issued_at.isoformat()
        dated = month.last_day.isoformat()
        of_invoice = f"{supplier_id}\t{_number(month)}\t{moment}\t{InvoiceSource.ISSUED}"
        versions = f"{ARITHMETIC_VERSION}\t0"
        of_entry = f"{dated}\t{dated}\t{moment}"
        for place, (account_id, draft) in enumerate(drafts.items()):
            invoice_id = str(new_id())
            invoices.append(
                f"{invoice_id}\t{account_id}\t{of_invoice}\t{draft.opening}\t{draft.payments}"
                f"\t{versions}\t{_cell(draft.standing)}\n"
            )
            for position, line in enumerate(draft.lines):
                lines.append(
                    f"{invoice_id}\t{position}\t{line.kind}\t{line.amount}\t{line.vat}"
                    f"\t{_cell(line.derivation)}\n"
                )
            charges.append(f"{new_id()}\t{account_id}\t{_CHARGE}\t{draft.charged}\t{of_entry}\n")
            if draft.penalty:
                penalties[place] = (
                    f"{new_id()}\t{account_id}\t{_PENALTY}\t{draft.penalty}\t{of_entry}\n"
                )
        return SqlPreparedBills(self._connection, invoices, "".join(lines), charges, penalties)

    def _lock(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str, limit: int
    ) -> Sequence[Any]:
        accounts = tables.personal_accounts
        return self._connection.execute(
            sa.select(
                _text(accounts.c.account_id),
                accounts.c.number,
                accounts.c.category,
                accounts.c.persons,
                _plain(accounts.c.traits, sa.Text),
                accounts.c.range_exempt,
            )
            .where(unbilled(supplier_id, month), *between(after, through))
            .order_by(accounts.c.number)
            .limit(limit)
            .with_for_update(of=accounts, key_share=True)
        ).all()

    def _rows(self, locked: Sequence[Any]) -> Mapping[str, list[Any]]:
        """Return the last bill of each account that has one, beside each of its meters."""
        found: dict[str, list[Any]] = defaultdict(list)
        accounts = _listed(account.account_id for account in locked)
        for row in self._connection.execute(_FACTS, {"accounts": accounts}).all():
            found[row[0]].append(row)
        return found

    def _with_facts(
        self, locked: Sequence[Any], rows: Mapping[str, list[Any]], month: Month
    ) -> tuple[ExpressAccount, ...]:
        before = _number(month.previous)
        common: dict[str, Any] = {}
        for account_id, found in rows.items():
            row = found[0]
            if (
                len(found) == 1
                and row.month == before
                and row.standing is not None
                and row.meter_id is not None
                and not row.is_uncommon
            ):
                common[account_id] = row
        readings: dict[str, list[ExpressReading]] = defaultdict(list)
        payments: dict[str, list[ExpressPayment]] = defaultdict(list)
        if common:
            meters = _listed(row.meter_id for row in common.values())
            asked: dict[str, Any] = {"meters": meters, "month": _number(month)}
            for meter_id, *reading in self._connection.execute(_READINGS, asked).all():
                readings[meter_id].append(ExpressReading(*reading))
            asked = {
                "accounts": _listed(common),
                "first_day": month.first_day,
                "last_day": month.last_day,
            }
            for account_id, *payment in self._connection.execute(_PAYMENTS, asked).all():
                payments[account_id].append(ExpressPayment(*payment))
        return tuple(
            _account(account, common.get(account[0]), readings, payments) for account in locked
        )


@frozen
class SqlPreparedBills:
    """New bills as streams of COPY have them, but for the number, the first cell of a row."""

    _connection: sa.Connection
    _invoices: Sequence[str]
    _lines: str
    _charges: Sequence[str]
    _penalties: Mapping[int, str]

    def add_all(self, numbers: Iterable[str]) -> None:
        """Keep the bills, under one number each, with where accounts stand, and their entries.

        Raises:
            StaleState: If an account got a bill of the month, or a number was taken, meanwhile.
        """
        cells = [f"{number}\t" for number in numbers]
        penalties = ((cells[place], entry) for place, entry in self._penalties.items())
        entries = [*zip(cells, self._charges, strict=True), *penalties]
        with guarded(self._connection, "invoice"):
            invoices = "".join(chain.from_iterable(zip(cells, self._invoices, strict=True)))
            copy_text(self._connection, tables.invoices, _INVOICE, invoices)
            copy_text(self._connection, tables.invoice_lines, _LINE, self._lines)
            copy_text(
                self._connection,
                tables.ledger_entries,
                _ENTRY,
                "".join(chain.from_iterable(entries)),
            )


def _account(
    locked: Any,
    row: Any | None,
    readings: Mapping[str, list[ExpressReading]],
    payments: Mapping[str, list[ExpressPayment]],
) -> ExpressAccount:
    account_id, number, category, persons, traits, range_exempt = locked
    if row is None:
        return ExpressAccount(account_id, number, None)
    (
        _,
        _,
        standing,
        meter_id,
        meter,
        zones,
        integers,
        decimals,
        ratio,
        installed_on,
        verification_due,
        first_day,
        last_day,
        _,
    ) = row
    return ExpressAccount(
        account_id,
        number,
        ExpressFacts(
            category=category,
            persons=persons,
            traits=traits,
            range_exempt=range_exempt,
            standing=decode(standing),
            meter_id=meter_id,
            meter=meter,
            zones=_ZONES[zones],
            integers=integers,
            decimals=decimals,
            ratio=ratio,
            installed_on=installed_on,
            verification_due=verification_due,
            window=None if first_day is None else (first_day, last_day),
            readings=readings.get(meter_id, ()),
            payments=payments.get(account_id, ()),
        ),
    )


_CHARGE, _PENALTY = EntryKind.CHARGE.value, EntryKind.PENALTY.value
_INVOICE = (
    "number",
    "invoice_id",
    "account_id",
    "supplier_id",
    "month",
    "issued_at",
    "source",
    "opening",
    "payments",
    "arithmetic_version",
    "revision",
    "standing",
)
_LINE = ("invoice_id", "position", "kind", "amount", "vat", "derivation")
_ENTRY = (
    "document",
    "entry_id",
    "account_id",
    "kind",
    "amount",
    "dated",
    "valued_on",
    "recorded_at",
)


def _cell(document: Mapping[str, Any]) -> str:
    """Return the text of a document as a stream of COPY has it."""
    return encode(document).replace("\\", "\\\\")
