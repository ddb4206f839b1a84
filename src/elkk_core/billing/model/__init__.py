"""Bills and what they are made of, the ledger, and what was received."""

from elkk_core.billing.model.benefits import (
    Benefit,
    benefit_limit,
    benefit_percent,
)
from elkk_core.billing.model.billable import (
    BillableAccount,
    BillableMeter,
    EarlierBill,
    LastBill,
    Movement,
)
from elkk_core.billing.model.consumption import (
    CONSUMPTION_MONTHS,
    MonthConsumption,
)
from elkk_core.billing.model.derivations import (
    NORM_SHARE_DECIMALS,
    BenefitDerivation,
    Corrected,
    Counted,
    Derivation,
    Estimated,
    LineKind,
    MonthVolume,
    PenalisedDebt,
    PenaltyDerivation,
    PenaltyRow,
    ReadingShown,
    VolumeBasis,
    VolumeDerivation,
    rounded,
    volume_of,
)
from elkk_core.billing.model.invoices import (
    ARITHMETIC_VERSION,
    Invoice,
    InvoiceDraft,
    InvoiceLine,
    InvoiceSource,
)
from elkk_core.billing.model.ledger import (
    EntryId,
    EntryKind,
    LedgerEntry,
    PaymentId,
    ReceivedPayment,
)
from elkk_core.billing.model.references import (
    reference,
)
from elkk_core.billing.model.standing import (
    HISTORY_MONTHS,
    AccountStanding,
    ChargedVolume,
    OpenDebt,
    Paid,
    RegisterStanding,
)

__all__ = [
    "ARITHMETIC_VERSION",
    "CONSUMPTION_MONTHS",
    "HISTORY_MONTHS",
    "NORM_SHARE_DECIMALS",
    "AccountStanding",
    "Benefit",
    "BenefitDerivation",
    "BillableAccount",
    "BillableMeter",
    "ChargedVolume",
    "Corrected",
    "Counted",
    "Derivation",
    "EarlierBill",
    "EntryId",
    "EntryKind",
    "Estimated",
    "Invoice",
    "InvoiceDraft",
    "InvoiceLine",
    "InvoiceSource",
    "LastBill",
    "LedgerEntry",
    "LineKind",
    "MonthConsumption",
    "MonthVolume",
    "Movement",
    "OpenDebt",
    "Paid",
    "PaymentId",
    "PenalisedDebt",
    "PenaltyDerivation",
    "PenaltyRow",
    "ReadingShown",
    "ReceivedPayment",
    "RegisterStanding",
    "VolumeBasis",
    "VolumeDerivation",
    "benefit_limit",
    "benefit_percent",
    "reference",
    "rounded",
    "volume_of",
]
