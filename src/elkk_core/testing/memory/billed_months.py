"""How far the bills of months are, in memory."""

from attrs import frozen

from elkk_core.billing import MonthFigures
from elkk_core.shared import Money, Month
from elkk_core.testing.memory.accounts import MemorySuppliers
from elkk_core.testing.memory.tables import Committed


@frozen
class MemoryBilledMonths:
    """The months of suppliers for operators who bill them."""

    _committed: Committed

    def figures(self, supplier: str, month: Month) -> MonthFigures:
        """See ``BilledMonths.figures``."""
        tables = self._committed.tables
        supplier_id = MemorySuppliers(tables).get_id(supplier)
        bills = [
            bill
            for bill in tables.invoices.values()
            if (bill.supplier_id, bill.month) == (supplier_id, month)
        ]
        corrected = {bill.corrects for bill in bills}
        in_force = [bill for bill in bills if bill.invoice_id not in corrected]
        return MonthFigures(
            accounts=sum(
                account.supplier_id == supplier_id for account in tables.accounts.values()
            ),
            billed=len(in_force),
            charged=Money.total(bill.charged for bill in in_force),
            penalties=Money.total(bill.penalty for bill in in_force),
        )

    def last(self, supplier: str) -> Month | None:
        """See ``BilledMonths.last``."""
        tables = self._committed.tables
        supplier_id = MemorySuppliers(tables).get_id(supplier)
        bills = (bill for bill in tables.invoices.values() if bill.supplier_id == supplier_id)
        return max((bill.month for bill in bills), default=None)

    def numbers_taken(self, supplier: str, year: int) -> int:
        """See ``BilledMonths.numbers_taken``."""
        tables = self._committed.tables
        return tables.invoice_numbers.get((MemorySuppliers(tables).get_id(supplier), year), 0)
