"""Personal accounts in memory, as billing knows them."""

from collections.abc import Collection, Mapping

from attrs import frozen

from elkk_core.accounts import PersonalAccount
from elkk_core.billing import BillableAccount, BillableMeter, LastBill
from elkk_core.shared import Month, SupplierId
from elkk_core.testing.memory.accounts import MemoryAccounts
from elkk_core.testing.memory.billing import MemoryInvoices, MemoryLedger
from elkk_core.testing.memory.metering import MemoryMeters, MemoryReadings
from elkk_core.testing.memory.tables import Tables


@frozen
class MemoryBillableAccounts:
    """The personal accounts that a unit of work sees, with all that bills are made of."""

    _tables: Tables

    def find_by_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, PersonalAccount]:
        """See ``BillableAccounts.find_by_numbers``."""
        return MemoryAccounts(self._tables).find_by_numbers(supplier_id, numbers)

    def count_unbilled(self, supplier_id: SupplierId, month: Month) -> int:
        """See ``BillableAccounts.count_unbilled``."""
        return len(self._unbilled(supplier_id, month))

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, limit: int
    ) -> tuple[BillableAccount, ...]:
        """See ``BillableAccounts.batch``."""
        unbilled = (a for a in self._unbilled(supplier_id, month) if a.number > after)
        first = sorted(unbilled, key=lambda account: account.number)[:limit]
        return tuple(self._billable(account, month) for account in first)

    def _unbilled(self, supplier_id: SupplierId, month: Month) -> list[PersonalAccount]:
        billed = {bill.account_id for bill in self._tables.invoices.values() if bill.month == month}
        return [
            account
            for account in self._tables.accounts.values()
            if account.supplier_id == supplier_id and account.account_id not in billed
        ]

    def _billable(self, account: PersonalAccount, month: Month) -> BillableAccount:
        of_account = [account.account_id]
        bills = MemoryInvoices(self._tables).list_of(of_account)
        readings = MemoryReadings(self._tables)
        return BillableAccount(
            account=account,
            meters=tuple(
                BillableMeter(meter=meter, readings=readings.list_of([meter.meter_id]))
                for meter in MemoryMeters(self._tables).list_of(of_account)
            ),
            last_bill=None
            if not bills
            else LastBill(
                number=bills[-1].number,
                month=bills[-1].month,
                closing=bills[-1].closing,
                source=bills[-1].source,
            ),
            balance=MemoryLedger(self._tables).balances(of_account, before=month.next.first_day)[
                account.account_id
            ],
        )
