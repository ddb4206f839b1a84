"""Personal accounts in memory, as billing knows them."""

from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

from elkk_core.accounts import PersonalAccount
from elkk_core.billing import (
    BillableAccount,
    BillableMeter,
    EarlierBill,
    EntryKind,
    Invoice,
    InvoiceNotFound,
    InvoiceSource,
    LastBill,
    Movement,
)
from elkk_core.metering import Meter
from elkk_core.shared import AccountId, AccountNotFound, InvoiceId, Month, SupplierId
from elkk_core.testing.memory.accounts import MemoryAccounts
from elkk_core.testing.memory.billing import MemoryBenefits, MemoryInvoices
from elkk_core.testing.memory.metering import MemoryMeteringGaps, MemoryMeters, MemoryReadings
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

    def count_unbilled(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str
    ) -> int:
        """See ``BillableAccounts.count_unbilled``."""
        return len(self._unbilled(supplier_id, month, after, through))

    def batch(
        self, supplier_id: SupplierId, month: Month, *, after: str, through: str, limit: int
    ) -> tuple[BillableAccount, ...]:
        """See ``BillableAccounts.batch``."""
        unbilled = self._unbilled(supplier_id, month, after, through)
        return tuple(
            self._billable(account, month, self._bills(account)) for account in unbilled[:limit]
        )

    def bounds(self, supplier_id: SupplierId, month: Month, *, size: int) -> tuple[str, ...]:
        """See ``BillableAccounts.bounds``."""
        unbilled = self._unbilled(supplier_id, month, "", "")
        return tuple(account.number for account in unbilled[size - 1 : -1 : size])

    def get(self, account_id: AccountId, month: Month) -> BillableAccount:
        """See ``BillableAccounts.get``."""
        account = self._tables.accounts.get(account_id)
        if account is None:
            raise AccountNotFound(str(account_id))
        return self._billable(account, month, self._bills(account))

    def get_before(self, invoice_id: InvoiceId) -> BillableAccount:
        """See ``BillableAccounts.get_before``."""
        invoice = self._tables.invoices.get(invoice_id)
        if invoice is None:
            raise InvoiceNotFound(str(invoice_id))
        account = self._tables.accounts[invoice.account_id]
        before = [bill for bill in self._bills(account) if bill.month < invoice.month]
        return self._billable(account, invoice.month, before)

    def _bills(self, account: PersonalAccount) -> Sequence[Invoice]:
        return MemoryInvoices(self._tables).list_of([account.account_id])

    def _unbilled(
        self, supplier_id: SupplierId, month: Month, after: str, through: str
    ) -> list[PersonalAccount]:
        billed = {bill.account_id for bill in self._tables.invoices.values() if bill.month == month}
        return sorted(
            (
                account
                for account in self._tables.accounts.values()
                if account.supplier_id == supplier_id
                and account.account_id not in billed
                and account.number > after
                and (not through or account.number <= through)
            ),
            key=lambda account: account.number,
        )

    def _billable(
        self, account: PersonalAccount, month: Month, bills: Sequence[Invoice]
    ) -> BillableAccount:
        of_account = [account.account_id]
        last = self._last(bills[-1]) if bills else None
        imported = [bill for bill in bills if bill.source is InvoiceSource.IMPORTED]
        is_imported = last is not None and last.source is InvoiceSource.IMPORTED
        return BillableAccount(
            account=account,
            meters=tuple(
                self._meter(meter, month, last)
                for meter in MemoryMeters(self._tables).list_of(of_account)
            ),
            benefits=MemoryBenefits(self._tables).list_of(of_account),
            last_bill=last,
            earlier=tuple(
                EarlierBill(month=bill.month, charged=bill.charged)
                for bill in imported
                if is_imported
            ),
            payments=self._payments(account, month, last),
        )

    def _last(self, bill: Invoice) -> LastBill:
        return LastBill(
            invoice_id=bill.invoice_id,
            number=bill.number,
            month=bill.month,
            revision=bill.revision,
            closing=bill.closing,
            source=bill.source,
            standing=self._tables.standings.get(bill.invoice_id),
        )

    def _meter(self, meter: Meter, month: Month, last: LastBill | None) -> BillableMeter:
        readings = MemoryReadings(self._tables).list_of([meter.meter_id])
        known = None if last is None or last.standing is None else last.month
        return BillableMeter(
            meter=meter,
            readings=tuple(
                reading
                for reading in readings
                if reading.month <= month and (known is None or reading.month > known)
            ),
            gaps=MemoryMeteringGaps(self._tables).list_of([meter.meter_id]),
        )

    def _payments(
        self, account: PersonalAccount, month: Month, last: LastBill | None
    ) -> tuple[Movement, ...]:
        entries = [
            entry
            for entry in self._tables.entries.values()
            if entry.account_id == account.account_id
            and entry.kind is EntryKind.PAYMENT
            and entry.dated <= month.last_day
            and (last is None or entry.dated > last.month.last_day)
        ]
        return tuple(
            Movement(amount=-entry.amount, valued_on=entry.valued_on, period=entry.period)
            for entry in sorted(
                entries, key=lambda entry: (entry.valued_on, entry.recorded_at, entry.document)
            )
        )
