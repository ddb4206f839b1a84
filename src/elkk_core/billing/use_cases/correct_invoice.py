"""Correcting a bill."""

from collections.abc import Callable

from attrs import evolve, frozen

from elkk_core.billing import errors
from elkk_core.billing.model import Invoice, InvoiceSource
from elkk_core.billing.policies import (
    draft_invoice,
    entries_of,
    invoice_number,
    storno_of,
)
from elkk_core.billing.ports import BillingUnitOfWork, terms_in_force
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock, Identifiers


@frozen(kw_only=True)
class CorrectInvoice:
    """Issue the last bill of an account anew, by what the books say now.

    A bill is never changed: a new one names it and stands in its place, under a number of its own;
    the ledger takes back what the old one charged and charges anew. So a wrong category, a benefit
    or a norm that came too late is put right. A reading that was mistaken is corrected by a reading,
    which the next bill settles, and so are bills before the last one.

    Raises:
        SupplierNotFound, InvoiceNotFound: If there is no such supplier or bill.
        BillNotIssuedHere: If an earlier billing system issued it.
        BillCorrectedAlready: If another bill stands in its place.
        LaterMonthBilled: If it is not the last bill of the account.
        BillUnchanged: If it comes out the same.
        ElkkError: If the account cannot be billed; see `draft_invoice`.
    """

    unit_of_work: Callable[[], BillingUnitOfWork]
    clock: Clock
    identifiers: Identifiers
    rollover: RolloverPolicy

    def __call__(self, *, supplier: str, number: str) -> Invoice:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            books = uow.suppliers.get_by_code(supplier)
            mistaken = uow.invoices.find_numbers(books.supplier_id, [number]).get(number)
            if mistaken is None:
                raise errors.InvoiceNotFound(number)
            # Locks the account, so that no run bills it meanwhile.
            account = uow.billable_accounts.get_before(mistaken.invoice_id)
            self._check(mistaken, uow)
            draft = draft_invoice(
                account,
                terms=terms_in_force(
                    uow,
                    books,
                    month=mistaken.month,
                    today=local_date(now, books.time_zone),
                    rollover=self.rollover,
                ),
                invoice_id=InvoiceId(self.identifiers.new()),
            )
            if draft.lines == mistaken.lines:
                raise errors.BillUnchanged
            year = mistaken.month.year
            corrected = evolve(
                draft, revision=mistaken.revision + 1, corrects=mistaken.invoice_id
            ).issue(
                number=invoice_number(
                    supplier_code=supplier,
                    year=year,
                    sequence=uow.numbers.take(books.supplier_id, year, 1),
                ),
                now=now,
            )
            uow.invoices.add_all([corrected], standings={corrected.invoice_id: draft.standing})
            uow.ledger.add_all(
                [
                    *storno_of(mistaken, by=corrected, new_id=self.identifiers.new),
                    *entries_of(corrected, new_id=self.identifiers.new),
                ]
            )
            uow.commit()
        return corrected

    def _check(self, mistaken: Invoice, uow: BillingUnitOfWork) -> None:
        if mistaken.source is not InvoiceSource.ISSUED:
            raise errors.BillNotIssuedHere
        for other in uow.invoices.list_of([mistaken.account_id]):
            if other.month > mistaken.month:
                raise errors.LaterMonthBilled(other.month)
            if other.corrects == mistaken.invoice_id:
                raise errors.BillCorrectedAlready(other.number)
