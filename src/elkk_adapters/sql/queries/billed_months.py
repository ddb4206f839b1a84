"""How far the bills of months are, for operators who bill them."""

import sqlalchemy as sa
from attrs import frozen

from elkk_adapters.sql import tables
from elkk_adapters.sql.repositories.accounts import SqlSuppliers
from elkk_adapters.sql.statements import in_force
from elkk_core.billing.model import LineKind
from elkk_core.billing.queries import MonthFigures
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


@frozen
class SqlBilledMonths:
    """The months of suppliers for operators who bill them."""

    _engine: sa.Engine

    def figures(self, supplier: str, month: Month) -> MonthFigures:
        """Return how far the bills of the supplier with this code for *month* are.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        accounts, invoices, lines = tables.personal_accounts, tables.invoices, tables.invoice_lines
        with self._engine.connect() as connection:
            supplier_id = SqlSuppliers(connection).get_id(supplier)
            known = connection.scalars(
                sa.select(sa.func.count()).where(accounts.c.supplier_id == supplier_id)
            ).one()
            of_month = (invoices.c.supplier_id == supplier_id, invoices.c.month == month)
            billed = connection.scalars(
                sa.select(sa.func.count()).where(*of_month, invoices.c.revision == 0)
            ).one()
            sums = connection.execute(
                sa.select(lines.c.kind, sa.func.sum(lines.c.amount).label("amount"))
                .join_from(lines, invoices)
                .where(*of_month, in_force())
                .group_by(lines.c.kind)
            ).all()
        return MonthFigures(
            accounts=known,
            billed=billed,
            charged=Money.total(row.amount for row in sums if row.kind is not LineKind.PENALTY),
            penalties=Money.total(row.amount for row in sums if row.kind is LineKind.PENALTY),
        )

    def last(self, supplier: str) -> Month | None:
        """Return the last month for which the supplier with this code has bills, None without any.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        invoices = tables.invoices
        with self._engine.connect() as connection:
            supplier_id = SqlSuppliers(connection).get_id(supplier)
            last: Month | None = connection.scalars(
                sa.select(sa.func.max(invoices.c.month)).where(
                    invoices.c.supplier_id == supplier_id
                )
            ).one()
        return last

    def numbers_taken(self, supplier: str, year: int) -> int:
        """Return how many bills the supplier with this code has numbered in *year*, at no cost.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        numbers = tables.invoice_numbers
        with self._engine.connect() as connection:
            taken = connection.scalars(
                sa.select(numbers.c.taken).where(
                    numbers.c.supplier_id == SqlSuppliers(connection).get_id(supplier),
                    numbers.c.year == year,
                )
            ).one_or_none()
        return taken or 0
