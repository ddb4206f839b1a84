"""Whether the books in memory keep their rules."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby, pairwise

from attrs import frozen

from elkk_core.accounts import PersonalAccount, Supplier
from elkk_core.billing import (
    EXAMPLES_TOLD,
    AuditedAccount,
    Check,
    EntryKind,
    Finding,
    Invoice,
    InvoiceSource,
    LastBill,
    LedgerEntry,
    Verdict,
    invoice_number,
)
from elkk_core.shared import AccountId, Money
from elkk_core.testing.memory.accounts import MemorySuppliers
from elkk_core.testing.memory.billing import MemoryInvoices
from elkk_core.testing.memory.tables import Committed, Tables


@frozen
class MemoryAuditor:
    """Looks whether what was committed keeps the rules of the books."""

    _committed: Committed

    def look_through(self, supplier: str) -> Iterator[Verdict]:
        """See ``Auditor.look_through``."""
        books = _Books.of(self._committed.tables, supplier)
        for check, findings in {
            Check.LEDGER: books.ledger_differs(),
            Check.OPENING: books.opening_differs(),
            Check.PAYMENTS: books.payments_differ(),
            Check.UNBILLED: books.unbilled(),
            Check.RECEIPTS: books.receipts_differ(),
            Check.NUMBERS: books.numbers_missing(),
            Check.COUNTER: books.numbers_not_given_out(),
            Check.REVISIONS: books.revisions_differ(),
            Check.DERIVATIONS: books.derivations_missing(),
        }.items():
            found = tuple(findings)
            yield Verdict(check=check, cases=len(found), examples=found[:EXAMPLES_TOLD])

    def list_unguarded(self) -> tuple[str, ...]:
        """See ``Auditor.list_unguarded``; in memory, facts are frozen and added once."""
        return ()

    def count_accounts(self, supplier: str, *, after: str, through: str) -> int:
        """See ``Auditor.count_accounts``."""
        return len(_Books.of(self._committed.tables, supplier).between(after, through))

    def bounds(self, supplier: str, *, size: int) -> tuple[str, ...]:
        """See ``Auditor.bounds``."""
        accounts = _Books.of(self._committed.tables, supplier).accounts
        return tuple(account.number for account in accounts[size - 1 : -1 : size])

    def batch(
        self, supplier: str, *, after: str, through: str, limit: int, every_bill: bool
    ) -> tuple[AuditedAccount, ...]:
        """See ``Auditor.batch``."""
        books = _Books.of(self._committed.tables, supplier)
        return tuple(
            books.audited(account, every_bill=every_bill)
            for account in books.between(after, through)[:limit]
        )


@frozen
class _Books:
    """The books of one supplier, whose accounts are sorted by number."""

    tables: Tables
    supplier: Supplier
    accounts: list[PersonalAccount]

    @classmethod
    def of(cls, tables: Tables, code: str) -> "_Books":
        supplier = MemorySuppliers(tables).get_by_code(code)
        accounts = [
            account
            for account in tables.accounts.values()
            if account.supplier_id == supplier.supplier_id
        ]
        return cls(tables, supplier, sorted(accounts, key=lambda account: account.number))

    def between(self, after: str, through: str) -> list[PersonalAccount]:
        return [
            account
            for account in self.accounts
            if account.number > after and (not through or account.number <= through)
        ]

    def audited(self, account: PersonalAccount, *, every_bill: bool) -> AuditedAccount:
        bills = self._bills(account.account_id)
        last = bills[-1] if bills else None
        standing = None if last is None else self.tables.standings.get(last.invoice_id)
        named = () if standing is None else standing.registers
        return AuditedAccount(
            supplier=self.supplier.code,
            number=account.number,
            last_bill=None
            if last is None
            else LastBill(
                invoice_id=last.invoice_id,
                number=last.number,
                month=last.month,
                revision=last.revision,
                closing=last.closing,
                source=last.source,
                standing=standing,
            ),
            readings=tuple(
                self.tables.readings[register.reading_id]
                for register in named
                if register.reading_id in self.tables.readings
            ),
            invoices=bills if every_bill else (),
        )

    # Checks

    def ledger_differs(self) -> Iterator[Finding]:
        for account, before, bill in self._chains():
            moved = self._moved(account, before, bill)
            # The first bill of an earlier billing system brings its opening balance along.
            charged = bill.closing if before is None else bill.closing - bill.opening
            if moved != charged:
                yield self._finding(Check.LEDGER, account, bill.number, moved, charged)

    def opening_differs(self) -> Iterator[Finding]:
        for account, before, bill in self._chains():
            if before is None and bill.source is InvoiceSource.IMPORTED:
                continue
            expected = Money.zero() if before is None else before.closing
            if bill.opening != expected:
                yield self._finding(Check.OPENING, account, bill.number, bill.opening, expected)

    def payments_differ(self) -> Iterator[Finding]:
        for account, before, bill in self._chains():
            paid = -self._moved(account, before, bill, kinds={EntryKind.PAYMENT})
            if bill.source is InvoiceSource.ISSUED and bill.payments != paid:
                yield self._finding(Check.PAYMENTS, account, bill.number, bill.payments, paid)

    def unbilled(self) -> Iterator[Finding]:
        for account in self.accounts:
            bills = self._bills(account.account_id)
            closed = bills[-1].month.last_day if bills else date.min
            for entry in self._entries(account.account_id):
                if entry.dated > closed and entry.kind is not EntryKind.PAYMENT:
                    yield self._finding(Check.UNBILLED, account, entry.document, entry.amount, None)

    def receipts_differ(self) -> Iterator[Finding]:
        for account in self.accounts:
            booked: dict[str, Money] = defaultdict(Money.zero)
            for entry in self._entries(account.account_id):
                if entry.kind is EntryKind.PAYMENT:
                    booked[entry.document] -= entry.amount
            received = {
                payment.reference: None if payment.counted_before else payment.amount
                for payment in self.tables.payments.values()
                if payment.account_id == account.account_id
            }
            for reference in sorted({*booked, *received}):
                stands, expected = booked.get(reference), received.get(reference)
                if stands != expected:
                    yield self._finding(Check.RECEIPTS, account, reference, stands, expected)

    def numbers_missing(self) -> Iterator[Finding]:
        for (supplier_id, year), taken in sorted(self.tables.invoice_numbers.items()):
            if supplier_id != self.supplier.supplier_id:
                continue
            known = sorted(
                sequence
                for bill, sequence in self._numbered()
                if bill.month.year == year and 0 < sequence <= taken
            )
            for before, after in pairwise((0, *known, taken + 1)):
                if after - before > 1:
                    yield Finding(
                        check=Check.NUMBERS,
                        supplier=self.supplier.code,
                        document=self._number(year, before + 1),
                        expected=self._number(year, after - 1),
                    )

    def numbers_not_given_out(self) -> Iterator[Finding]:
        for bill, sequence in sorted(self._numbered(), key=lambda found: found[0].number):
            year = bill.month.year
            taken = self.tables.invoice_numbers.get((self.supplier.supplier_id, year), 0)
            if not 0 < sequence <= taken:
                account = self.tables.accounts[bill.account_id]
                last = self._number(year, taken) if taken else None
                yield self._finding(Check.COUNTER, account, bill.number, None, last)

    def revisions_differ(self) -> Iterator[Finding]:
        for account in self.accounts:
            bills = MemoryInvoices(self.tables).list_of([account.account_id])
            by_place = {(bill.month, bill.revision): bill for bill in bills}
            for bill in bills:
                before = by_place.get((bill.month, bill.revision - 1))
                if bill.corrects != (None if before is None else before.invoice_id):
                    named = bill.corrects and self.tables.invoices.get(bill.corrects)
                    yield self._finding(
                        Check.REVISIONS,
                        account,
                        bill.number,
                        named.number if named else None,
                        before.number if before else None,
                    )

    def derivations_missing(self) -> Iterator[Finding]:
        for account in self.accounts:
            for bill in MemoryInvoices(self.tables).list_of([account.account_id]):
                for position, line in enumerate(bill.lines, start=1):
                    if bill.source is InvoiceSource.ISSUED and line.derivation is None:
                        yield self._finding(
                            Check.DERIVATIONS, account, bill.number, None, None, line=position
                        )

    # What they look at

    def _bills(self, account_id: AccountId) -> tuple[Invoice, ...]:
        return MemoryInvoices(self.tables).list_of([account_id])

    def _entries(self, account_id: AccountId) -> list[LedgerEntry]:
        entries = (e for e in self.tables.entries.values() if e.account_id == account_id)
        return sorted(entries, key=lambda entry: (entry.dated, entry.document))

    def _chains(self) -> Iterator[tuple[PersonalAccount, Invoice | None, Invoice]]:
        """Yield each bill in force with its account and the bill in force before it."""
        for account in self.accounts:
            before = None
            for _, of_month in groupby(self._bills(account.account_id), key=lambda b: b.month):
                *_, in_force = of_month
                yield account, before, in_force
                before = in_force

    def _moved(
        self,
        account: PersonalAccount,
        before: Invoice | None,
        bill: Invoice,
        *,
        kinds: Collection[EntryKind] = tuple(EntryKind),
    ) -> Money:
        closed = date.min if before is None else before.month.last_day
        return Money.total(
            entry.amount
            for entry in self._entries(account.account_id)
            if closed < entry.dated <= bill.month.last_day and entry.kind in kinds
        )

    def _numbered(self) -> Iterator[tuple[Invoice, int]]:
        """Yield the bills issued here with their place in the year, 0 if the number tells none."""
        for bill in self.tables.invoices.values():
            if bill.supplier_id != self.supplier.supplier_id:
                continue
            if bill.source is not InvoiceSource.ISSUED:
                continue
            digits = bill.number.rpartition("-")[-1]
            sequence = int(digits) if digits.isdecimal() else 0
            is_ours = bill.number == self._number(bill.month.year, sequence)
            yield bill, sequence if is_ours else 0

    def _number(self, year: int, sequence: int) -> str:
        return invoice_number(supplier_code=self.supplier.code, year=year, sequence=sequence)

    def _finding(
        self,
        check: Check,
        account: PersonalAccount,
        document: str,
        stands: Money | str | None,
        expected: Money | str | None,
        *,
        line: int | None = None,
    ) -> Finding:
        return Finding(
            check=check,
            supplier=self.supplier.code,
            account=account.number,
            document=document,
            line=line,
            stands=stands,
            expected=expected,
        )
