"""Whether the books keep their rules: a statement for each rule, over all rows at once."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from attrs import evolve, frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import SqlSuppliers
from elkk_adapters.sql.repositories.billing import (
    between,
    every_account,
    last_bills,
    list_invoices,
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
    invoice_number,
)
from elkk_core.metering.model import Reading
from elkk_core.shared.errors import Rejected
from elkk_core.shared.ids import AccountId, ReadingId, SupplierId

_MONTHS_FACTOR = 100
_DIGITS = "0123456789"
_FEWEST_DIGITS = 6
_LONGEST_SEQUENCE = 9
# How pg_trigger tells that a trigger stands before DELETE, UPDATE and TRUNCATE.
_EVERY_CHANGE = 8 | 16 | 32
_UNREADABLE = (TypeError, ValueError, LookupError, Rejected)
"""What reading a text raises that says what no bill can say."""


@frozen
class SqlAuditor:
    """Looks whether what is stored keeps the rules of the books.

    A statement goes over all rows of a supplier, and what it finds is little: so it takes a time
    that grows with the books, and hardly any memory here.
    """

    _engine: sa.Engine

    def look_through(self, supplier: str) -> Iterator[Verdict]:
        """Yield the verdicts on the books of the supplier with this code as a whole, one by one.

        They are of the checks from ``ledger`` to ``derivations``, in this order. Findings come by
        account, then by month; those of numbers by number.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        with self._engine.connect() as connection:
            books = SqlSuppliers(connection).get_by_code(supplier)
            for check, (statement, read) in _STATEMENTS.items():
                found = statement(books)
                cases = sa.func.count().over().label("cases")
                rows = connection.execute(found.add_columns(cases).limit(EXAMPLES_TOLD)).all()
                yield Verdict(
                    check=check,
                    cases=rows[0].cases if rows else 0,
                    examples=tuple(read(check, row, books) for row in rows),
                )

    def list_unguarded(self) -> tuple[str, ...]:
        """Return the names of the tables of facts that the database lets be changed."""
        with self._engine.connect() as connection:
            names = [table.name for table in tables.FACTS]
            if connection.dialect.name == "postgresql":
                guarded = set(connection.scalars(_POSTGRESQL_GUARDS, {"every": _EVERY_CHANGE}))
            else:
                guarded = set(connection.scalars(_SQLITE_GUARDS))
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

        With *every_bill* their invoices are there by month, then by revision; else none.

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
            return _Accounts(connection, supplier, every_bill).read(rows)
