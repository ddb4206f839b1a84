"""Invoices, the ledger and payments in memory."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from attrs import frozen

from elkk_core.billing import (
    NO_STANDINGS,
    AccountStanding,
    Benefit,
    Invoice,
    InvoiceSource,
    LedgerEntry,
    ReceivedPayment,
)
from elkk_core.shared import AccountId, InvoiceId, Money, Month, SupplierId
from elkk_core.testing.memory.tables import Tables, insert, update


@frozen
class MemoryBenefits:
    """The benefits that a unit of work sees."""

    _tables: Tables

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Benefit, ...]:
        """See ``Benefits.list_of``."""
        wanted = set(accounts)
        benefits = (b for b in self._tables.benefits.values() if b.account_id in wanted)
        return tuple(sorted(benefits, key=lambda benefit: (benefit.name, benefit.first_month)))

    def add_all(self, benefits: Iterable[Benefit]) -> None:
        """See ``Benefits.add_all``."""
        for benefit in benefits:
            insert(self._tables.benefits, self._key(benefit), benefit, what="benefit")

    def save_all(self, benefits: Iterable[Benefit]) -> None:
        """See ``Benefits.save_all``."""
        for benefit in benefits:
            update(self._tables.benefits, self._key(benefit), benefit, what="benefit")

    def _key(self, benefit: Benefit) -> tuple[AccountId, str, Month]:
        return benefit.account_id, benefit.name, benefit.first_month


@frozen
class MemoryInvoices:
    """The invoices that a unit of work sees."""

    _tables: Tables

    def list_of(self, accounts: Collection[AccountId]) -> tuple[Invoice, ...]:
        """See ``Invoices.list_of``."""
        wanted = set(accounts)
        bills = (bill for bill in self._tables.invoices.values() if bill.account_id in wanted)
        return tuple(sorted(bills, key=lambda bill: (bill.month, bill.revision)))

    def find_numbers(
        self, supplier_id: SupplierId, numbers: Collection[str]
    ) -> Mapping[str, Invoice]:
        """See ``Invoices.find_numbers``."""
        wanted = set(numbers)
        return {
            bill.number: bill
            for bill in self._tables.invoices.values()
            if bill.supplier_id == supplier_id and bill.number in wanted
        }

    def billed_through(
        self, accounts: Collection[AccountId], *, source: InvoiceSource
    ) -> Mapping[AccountId, Month]:
        """See ``Invoices.billed_through``."""
        return {
            bill.account_id: bill.month for bill in self.list_of(accounts) if bill.source is source
        }

    def add_all(
        self,
        invoices: Iterable[Invoice],
        *,
        standings: Mapping[InvoiceId, AccountStanding] = NO_STANDINGS,
    ) -> None:
        """See ``Invoices.add_all``."""
        for invoice in invoices:
            insert(self._tables.invoices, invoice.invoice_id, invoice, what="invoice")
            if invoice.invoice_id in standings:
                self._tables.standings[invoice.invoice_id] = standings[invoice.invoice_id]


@frozen
class MemoryInvoiceNumbers:
    """The running numbers of invoices that a unit of work sees."""

    _tables: Tables

    def take(self, supplier_id: SupplierId, year: int, count: int) -> int:
        """See ``InvoiceNumbers.take``."""
        taken = self._tables.invoice_numbers.get((supplier_id, year), 0)
        self._tables.invoice_numbers[supplier_id, year] = taken + count
        return taken + 1


@frozen
class MemoryLedger:
    """The ledger that a unit of work sees."""

    _tables: Tables

    def add_all(self, entries: Iterable[LedgerEntry]) -> None:
        """See ``Ledger.add_all``."""
        for entry in entries:
            insert(self._tables.entries, entry.entry_id, entry, what="ledger entry")

    def list_of(self, account_id: AccountId) -> tuple[LedgerEntry, ...]:
        """See ``Ledger.list_of``."""
        entries = (e for e in self._tables.entries.values() if e.account_id == account_id)
        return tuple(sorted(entries, key=lambda entry: (entry.dated, entry.recorded_at)))

    def balances(
        self, accounts: Collection[AccountId], *, before: date
    ) -> Mapping[AccountId, Money]:
        """See ``Ledger.balances``."""
        sums = dict.fromkeys(accounts, Money.zero())
        for entry in self._tables.entries.values():
            if entry.account_id in sums and entry.dated < before:
                sums[entry.account_id] += entry.amount
        return sums


@frozen
class MemoryPayments:
    """The payments that a unit of work sees."""

    _tables: Tables

    def find_by_references(
        self, supplier_id: SupplierId, references: Collection[str]
    ) -> Mapping[str, ReceivedPayment]:
        """See ``ReceivedPayments.find_by_references``."""
        wanted = set(references)
        return {
            payment.reference: payment
            for payment in self._tables.payments.values()
            if payment.supplier_id == supplier_id and payment.reference in wanted
        }

    def add_all(self, payments: Iterable[ReceivedPayment]) -> None:
        """See ``ReceivedPayments.add_all``."""
        for payment in payments:
            insert(self._tables.payments, payment.payment_id, payment, what="payment")
