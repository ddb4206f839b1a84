"""What screens and commands read of accounts, readings, bills and payments."""

from elkk_core.billing.queries.auditing import Auditor
from elkk_core.billing.queries.cabinet import (
    AccountOverview,
    Cabinet,
    HistoryMonth,
    MeterOverview,
    RecordedReading,
    RegisterOverview,
)
from elkk_core.billing.queries.invoices import BillReference, InvoiceList, InvoiceOverview
from elkk_core.billing.queries.months import BilledMonths, MonthFigures

__all__ = [
    "AccountOverview",
    "Auditor",
    "BillReference",
    "BilledMonths",
    "Cabinet",
    "HistoryMonth",
    "InvoiceList",
    "InvoiceOverview",
    "MeterOverview",
    "MonthFigures",
    "RecordedReading",
    "RegisterOverview",
]
