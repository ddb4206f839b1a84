"""Invoices as they are shown and printed."""

from collections.abc import Collection
from typing import Protocol

from attrs import frozen

from elkk_core.accounts.model import PersonalAccount, Supplier
from elkk_core.billing.model import (
    AccountStanding,
    Invoice,
    MonthConsumption,
)
from elkk_core.billing.policies import payment_code
from elkk_core.billing.ports import PaymentDocument
from elkk_core.shared.ids import InvoiceId
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class BillReference:
    """A bill that another one is to name, with its number for people."""

    invoice_id: InvoiceId
    number: str


@frozen(kw_only=True)
class InvoiceOverview:
    """An invoice with its account and supplier, and the payments received in its month.

    *corrects* is the bill in whose place it stands, *corrected_by* the one that stands in its place;
    None where there is none. After it the account stands as *standing* says, which a bill of an
    earlier billing system does not tell. *consumption* are the months in whose bills in force kWh
    were billed, the oldest first: at most `CONSUMPTION_MONTHS`, the last of them this bill's own.
    """

    invoice: Invoice
    corrects: BillReference | None = None
    corrected_by: BillReference | None = None
    account: PersonalAccount
    supplier: Supplier
    paid_in_month: Money
    standing: AccountStanding | None = None
    consumption: tuple[MonthConsumption, ...] = ()

    def payment_document(self) -> PaymentDocument:
        """Return what the printed form shows, with the text of a QR by which it can be paid.

        Raises:
            PaymentCodeFieldTooLong, PaymentCodeTooLong, PaymentCodeNotSeparable: If the supplier's
                requisites do not fit into a QR.
        """
        return PaymentDocument(
            supplier=self.supplier,
            account=self.account,
            invoice=self.invoice,
            payment_code=payment_code(
                self.supplier.requisites,
                account_number=self.account.number,
                amount=self.invoice.total_due,
                purpose=f"ЛС {self.account.number}, электроэнергия, {self.invoice.month}",
            ),
            corrects=None if self.corrects is None else self.corrects.number,
            corrected_by=None if self.corrected_by is None else self.corrected_by.number,
            standing=self.standing,
            consumption=self.consumption,
        )


class InvoiceList(Protocol):
    """Invoices for operators."""

    def get_by_number(self, number: str, *, supplier: str | None = None) -> InvoiceOverview:
        """Return the invoice with this number, of the supplier with this code if one is named.

        Earlier billing systems of several suppliers may have used a number twice; then it is the
        invoice of the latest month.

        Raises:
            SupplierNotFound: If there is no such supplier.
            InvoiceNotFound: If there is no such invoice.
        """
        ...

    def count(self, supplier: str, month: Month) -> int:
        """Return how many accounts have an invoice of the supplier with this code for *month*.

        Raises:
            SupplierNotFound: If there is no such supplier.
        """
        ...

    def list_accounts(
        self, supplier: str, month: Month, *, after: str, limit: int
    ) -> tuple[str, ...]:
        """Return the numbers of at most *limit* accounts with an invoice for *month*, in order.

        Only those that sort after *after*; with an empty text, from the first one on.
        """
        ...

    def list_of(
        self, supplier: str, month: Month, accounts: Collection[str]
    ) -> tuple[InvoiceOverview, ...]:
        """Return the invoices in force for *month* of those accounts of a supplier.

        By account number; those that others have corrected are left out.
        """
        ...
