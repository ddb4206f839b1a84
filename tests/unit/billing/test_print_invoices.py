"""The printed forms of the bills of a month."""

from uuid import UUID

import pytest

from elkk_core.billing import (
    DocumentPrinter,
    PaymentDocument,
    PrintedInvoice,
    PrinterUnavailable,
    PrintingProblem,
    PrintInvoices,
)
from elkk_core.shared import AccountId, InvoiceId, SupplierNotFound
from elkk_core.testing.builders import (
    JANUARY,
    a_supplier,
    an_account,
    an_issued_invoice,
    requisites,
)
from elkk_core.testing.doubles import PlainPrinter
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

ACCOUNTS = ("0001", "0002", "0003")


class JammingPrinter(PlainPrinter):
    """Cannot print the bill of the account 0002."""

    def print_document(self, document: PaymentDocument, *, language: str) -> bytes:
        """Return the document as PDF."""
        if document.account.number == "0002":
            raise PrinterUnavailable
        return super().print_document(document, language=language)


def _printing(*, printer: DocumentPrinter | None = None, **supplier: object) -> PrintInvoices:
    store = MemoryStore()
    keep(store, a_supplier(**supplier))
    for number in ACCOUNTS:
        account = an_account(account_id=AccountId(UUID(int=int(number))), number=number)
        bill = an_issued_invoice(
            invoice_id=InvoiceId(UUID(int=int(number))),
            account_id=account.account_id,
            number=f"B-{number}",
        )
        keep(store, account, bill)
    return PrintInvoices(invoices=store.invoices, printer=printer or PlainPrinter())


def test_bills_of_some_accounts_are_printed() -> None:
    """Each account has the document of its own bill, and they come by account number."""
    printing = _printing()
    bills = [
        bill
        for bill in printing(
            supplier="tsna", month=JANUARY, accounts=["0003", "0001"], language="ru"
        )
        if isinstance(bill, PrintedInvoice)
    ]

    assert ["0001", "0003"] == [bill.account for bill in bills]
    for bill in bills:
        for text in (f"B-{bill.account}", f"ЛС {bill.account}, электроэнергия, 2020-01"):
            assert text.encode("utf-16-be").hex().encode() in bill.pdf


def test_account_without_a_bill_is_passed_over() -> None:
    """Neither an unknown account nor a month without bills is an error."""
    printing = _printing()

    assert [] == [*printing(supplier="tsna", month=JANUARY, accounts=["9999"], language="ru")]
    assert [] == [*printing(supplier="tsna", month=JANUARY.next, accounts=ACCOUNTS, language="ru")]


def test_bill_that_cannot_be_printed_holds_nobody_up() -> None:
    """It is told with the reason, and the others are printed."""
    printing = _printing(printer=JammingPrinter())
    found = [*printing(supplier="tsna", month=JANUARY, accounts=ACCOUNTS, language="ru")]

    assert [PrintedInvoice, PrintingProblem, PrintedInvoice] == [type(each) for each in found]
    assert [("0002", "billing.printer_unavailable")] == [
        (each.account, each.error.code) for each in found if isinstance(each, PrintingProblem)
    ]


def test_requisites_that_fit_into_no_code_are_told_of_each_bill() -> None:
    """Better no document than one that nobody can pay by."""
    printing = _printing(requisites=requisites(payee="я" * 120))
    found = [*printing(supplier="tsna", month=JANUARY, accounts=ACCOUNTS, language="ru")]

    assert ["billing.payment_code_too_long"] * 3 == [
        each.error.code for each in found if isinstance(each, PrintingProblem)
    ]


def test_unknown_supplier_is_refused() -> None:
    """A slip in the supplier's code is told."""
    printing = _printing()

    with pytest.raises(SupplierNotFound):
        next(printing(supplier="nobody", month=JANUARY, accounts=ACCOUNTS, language="ru"))
