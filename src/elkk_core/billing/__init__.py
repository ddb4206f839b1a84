"""Invoices, the ledger, received payments, and the billing run."""

# Use cases
from elkk_core.billing.use_cases.import_bills import ImportBills, SuppliedBill
from elkk_core.billing.use_cases.import_payments import ImportPayments, SuppliedPayment
from elkk_core.billing.use_cases.print_invoice import PrintInvoice
from elkk_core.billing.use_cases.run_billing import BillingProblem, BillingReport, RunBilling

# Queries
from elkk_core.billing.queries import (
    AccountOverview,
    Cabinet,
    HistoryMonth,
    InvoiceList,
    InvoiceOverview,
    MeterOverview,
    RecordedReading,
    RegisterOverview,
)

# Ports
from elkk_core.billing.ports import (
    BillableAccounts,
    BilledSuppliers,
    BillingUnitOfWork,
    Books,
    DocumentPrinter,
    InvoiceNumbers,
    Invoices,
    Ledger,
    PaymentDocument,
    ReceivedPayments,
)

# Policies
from elkk_core.billing.policies import (
    draft_invoice,
    invoice_number,
    metered_lines,
    payment_code,
    reading_to_count_from,
    readings_to_bill,
)

# Model
from elkk_core.billing.model import (
    BillableAccount,
    BillableMeter,
    EntryKind,
    Invoice,
    InvoiceDraft,
    InvoiceLine,
    InvoiceSource,
    LastBill,
    LedgerEntry,
    MeteredVolume,
    ReceivedPayment,
    reference,
)

# Errors
from elkk_core.billing.errors import (
    AmountNotPositive,
    BillAlreadyRecorded,
    BillDoesNotAddUp,
    BillNumberTaken,
    BillOutOfOrder,
    InvoiceNotFound,
    LaterMonthBilled,
    MeterMissing,
    MonthNotBegun,
    OpeningDiffers,
    PaymentAlreadyRecorded,
    PaymentCodeImpossible,
    PaymentInTheFuture,
    PrinterUnavailable,
    ReadingMissing,
)

__all__ = [
    "AccountOverview",
    "AmountNotPositive",
    "BillAlreadyRecorded",
    "BillDoesNotAddUp",
    "BillNumberTaken",
    "BillOutOfOrder",
    "BillableAccount",
    "BillableAccounts",
    "BillableMeter",
    "BilledSuppliers",
    "BillingProblem",
    "BillingReport",
    "BillingUnitOfWork",
    "Books",
    "Cabinet",
    "DocumentPrinter",
    "EntryKind",
    "HistoryMonth",
    "ImportBills",
    "ImportPayments",
    "Invoice",
    "InvoiceDraft",
    "InvoiceLine",
    "InvoiceList",
    "InvoiceNotFound",
    "InvoiceNumbers",
    "InvoiceOverview",
    "InvoiceSource",
    "Invoices",
    "LastBill",
    "LaterMonthBilled",
    "Ledger",
    "LedgerEntry",
    "MeterMissing",
    "MeterOverview",
    "MeteredVolume",
    "MonthNotBegun",
    "OpeningDiffers",
    "PaymentAlreadyRecorded",
    "PaymentCodeImpossible",
    "PaymentDocument",
    "PaymentInTheFuture",
    "PrintInvoice",
    "PrinterUnavailable",
    "ReadingMissing",
    "ReceivedPayment",
    "ReceivedPayments",
    "RecordedReading",
    "RegisterOverview",
    "RunBilling",
    "SuppliedBill",
    "SuppliedPayment",
    "draft_invoice",
    "invoice_number",
    "metered_lines",
    "payment_code",
    "reading_to_count_from",
    "readings_to_bill",
    "reference",
]
