"""The printed form of a bill."""

from attrs import frozen

from elkk_core.billing.ports import DocumentPrinter
from elkk_core.billing.queries import Cabinet
from elkk_core.shared.ids import InvoiceId, UserId


@frozen(kw_only=True)
class PrintInvoice:
    """Return the payment document of a bill as PDF, with a QR by which it can be paid.

    Raises:
        InvoiceNotFound: If there is no such bill, or the user has not linked its account.
        PaymentCodeFieldTooLong, PaymentCodeTooLong, PaymentCodeNotSeparable: If the supplier's
            requisites do not fit into a QR.
        PrinterUnavailable: If the document cannot be made.
    """

    cabinet: Cabinet
    printer: DocumentPrinter

    def __call__(self, *, invoice_id: InvoiceId, user_id: UserId, language: str) -> bytes:
        found = self.cabinet.invoice(invoice_id, user_id=user_id)
        return self.printer.print_document(found.payment_document(), language=language)
