"""The printed forms of the bills of a month."""

from collections.abc import Collection, Iterator

from attrs import frozen

from elkk_core.billing.ports import DocumentPrinter
from elkk_core.billing.queries import InvoiceList
from elkk_core.shared.errors import ElkkError
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class PrintedInvoice:
    """The payment document of an account as PDF."""

    account: str
    pdf: bytes


@frozen(kw_only=True)
class PrintingProblem:
    """An account whose bill could not be printed, and why."""

    account: str
    error: ElkkError


@frozen(kw_only=True)
class PrintInvoices:
    """Yield the payment documents of some accounts of a supplier for a month, one by one.

    They come by account number. A bill that cannot be printed is told with its reason, and the
    others go on. An account without a bill for the month is passed over.
    """

    invoices: InvoiceList
    printer: DocumentPrinter

    def __call__(
        self, *, supplier: str, month: Month, accounts: Collection[str], language: str
    ) -> Iterator[PrintedInvoice | PrintingProblem]:
        for found in self.invoices.list_of(supplier, month, accounts):
            number = found.account.number
            try:
                pdf = self.printer.print_document(found.payment_document(), language=language)
            except ElkkError as error:
                yield PrintingProblem(account=number, error=error)
            else:
                yield PrintedInvoice(account=number, pdf=pdf)
