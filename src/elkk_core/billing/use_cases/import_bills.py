"""Taking bills over from an earlier billing system."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount
from elkk_core.billing import errors
from elkk_core.billing.model import (
    EntryId,
    EntryKind,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LedgerEntry,
    LineKind,
    reference,
)
from elkk_core.billing.ports import BillingUnitOfWork
from elkk_core.shared.batches import BatchReport, Progress, no_progress
from elkk_core.shared.errors import AccountNotFound, DuplicateRow
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId, InvoiceId, SupplierId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.shared.texts import without_blanks


@frozen(kw_only=True)
class SuppliedBill:
    """A bill as a file tells of it, each field as written.

    *total* is «Итого по счету», or «Итого переплата» with a minus.
    """

    account: str
    month: str
    number: str
    opening: str
    charged: str
    payments: str
    total: str


@frozen(kw_only=True)
class ImportBills:
    """Take over all bills of a batch, or none of them.

    A bill must add up, and begin with the closing figure of the one before. It makes the balance of
    the account, as of the end of its month, what it says: payments that it counted need not be known
    one by one. The same bill again changes nothing; another one for the same month is refused.

    Raises:
        SupplierNotFound: If there is no such supplier.
        BatchRejected: If rows are wrong; each fault is at the name of the row's field.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    identifiers: Identifiers

    def __call__(
        self,
        *,
        supplier: str,
        rows: Sequence[SuppliedBill],
        on_progress: Progress = no_progress,
    ) -> BatchReport:
        now = self.clock.now()
        faults = Faults()
        with self.unit_of_work() as uow:
            supplier_id = uow.suppliers.get_by_code(supplier).supplier_id
            accounts = uow.billable_accounts.find_by_numbers(
                supplier_id, {without_blanks(row.account) for row in rows}
            )
            bills: dict[int, Invoice] = {}
            seen: dict[tuple[AccountId, Month], int] = {}
            for index, row in enumerate(rows):
                bill = self._read(
                    row, index, faults, account=accounts.get(without_blanks(row.account)), now=now
                )
                if bill is not None:
                    key = (bill.account_id, bill.month)
                    with faults.at("month", index):
                        if key in seen:
                            raise DuplicateRow(seen[key])
                        seen[key] = index
                        bills[index] = bill
                on_progress(index + 1, len(rows))
            new = self._check_against_books(bills, supplier_id, uow, faults)
            faults.refuse_batch()
            self._post(new, uow, now)
            uow.invoices.add_all(new)
            uow.commit()
        return BatchReport(added=len(new), changed=0, unchanged=len(rows) - len(new))

    def _read(
        self,
        row: SuppliedBill,
        index: int,
        faults: Faults,
        *,
        account: PersonalAccount | None,
        now: datetime,
    ) -> Invoice | None:
        """Return the bill that a row means, None if the row has faults."""
        found = len(faults)
        if account is None:
            faults.add("account", AccountNotFound(row.account), index)
        with faults.at("month", index):
            month = Month.parse(row.month)
        with faults.at("number", index):
            number = reference(row.number)
        amounts = {}
        for name in ("opening", "charged", "payments", "total"):
            with faults.at(name, index):
                amounts[name] = Money.parse(getattr(row, name))
        if len(faults) > found or account is None:
            return None
        invoice = Invoice(
            invoice_id=InvoiceId(self.identifiers.new()),
            supplier_id=account.supplier_id,
            account_id=account.account_id,
            number=number,
            month=month,
            issued_at=now,
            source=InvoiceSource.IMPORTED,
            opening=amounts["opening"],
            lines=(
                InvoiceLine(
                    kind=LineKind.EARLIER, amount=amounts["charged"], vat=None, derivation=None
                ),
            ),
            payments=amounts["payments"],
            arithmetic_version=0,
        )
        if invoice.closing != amounts["total"]:
            faults.add("total", errors.BillDoesNotAddUp(invoice.closing), index)
            return None
        return invoice

    def _check_against_books(
        self,
        bills: Mapping[int, Invoice],
        supplier_id: SupplierId,
        uow: BillingUnitOfWork,
        faults: Faults,
    ) -> list[Invoice]:
        """Return the bills that are new, each one fit to follow the bill before it."""
        recorded: dict[AccountId, list[Invoice]] = defaultdict(list)
        for invoice in uow.invoices.list_of({bill.account_id for bill in bills.values()}):
            recorded[invoice.account_id].append(invoice)
        taken = set(uow.invoices.find_numbers(supplier_id, {b.number for b in bills.values()}))

        new = []
        for index, bill in sorted(bills.items(), key=lambda item: item[1].month):
            books = recorded[bill.account_id]
            same = next((known for known in books if known.month == bill.month), None)
            if same is None:
                if bill.number in taken:
                    faults.add("number", errors.BillNumberTaken(), index)
                if books:
                    _check_follows(books[-1], bill, index, faults)
                taken.add(bill.number)
                books.append(bill)
                new.append(bill)
            elif not _says_the_same(same, bill):
                faults.add("month", errors.BillAlreadyRecorded(same.number), index)
        return new

    def _post(self, new: Sequence[Invoice], uow: BillingUnitOfWork, now: datetime) -> None:
        """Move the balances to the closing figures of *new* bills, month by month."""
        with_bill = {bill.account_id for bill in uow.invoices.list_of({b.account_id for b in new})}
        for month, group in groupby(new, key=lambda bill: bill.month):
            bills = list(group)
            balances = uow.ledger.balances(
                {bill.account_id for bill in bills}, before=month.next.first_day
            )
            entries: list[LedgerEntry] = []
            for bill in bills:
                movements = [(EntryKind.CHARGE, month.last_day, bill.charged)]
                balance = balances[bill.account_id] + bill.charged
                if bill.account_id not in with_bill:
                    movements.insert(0, (EntryKind.OPENING, month.first_day, bill.opening))
                    balance += bill.opening
                    with_bill.add(bill.account_id)
                movements.append((EntryKind.SETTLED, month.last_day, bill.closing - balance))
                entries.extend(
                    LedgerEntry(
                        entry_id=EntryId(self.identifiers.new()),
                        account_id=bill.account_id,
                        kind=kind,
                        amount=amount,
                        dated=dated,
                        valued_on=dated,
                        document=bill.number,
                        recorded_at=now,
                    )
                    for kind, dated, amount in movements
                    if not amount.is_zero
                )
            uow.ledger.add_all(entries)


def _check_follows(last: Invoice, bill: Invoice, index: int, faults: Faults) -> None:
    """Keep a fault if *bill* is earlier than the last one, or does not begin where that ended."""
    if bill.month < last.month:
        faults.add("month", errors.BillOutOfOrder(last.month), index)
    elif bill.opening != last.closing:
        faults.add("opening", errors.OpeningDiffers(last.closing), index)


def _says_the_same(known: Invoice, bill: Invoice) -> bool:
    return (known.number, known.opening, known.charged, known.payments) == (
        bill.number,
        bill.opening,
        bill.charged,
        bill.payments,
    )
