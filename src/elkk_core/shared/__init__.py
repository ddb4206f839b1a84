"""What every context speaks of: money, time, zones, identifiers and kinds of errors."""

# Money and measure
from elkk_core.shared.money import Money, NotAnAmount, round_half_up
from elkk_core.shared.traits import NotTraits, Traits
from elkk_core.shared.zones import NotAZone, Zone

# Time
from elkk_core.shared.periods import DatesOutOfOrder, Month, NotAMonth, Period, local_date
from elkk_core.shared.timelines import NothingInForce, Timeline
from elkk_core.shared.windows import NotAWindow, SubmissionWindow, WindowStatus

# Batches
from elkk_core.shared.batches import (
    BatchReport,
    BetweenBatches,
    Progress,
    no_progress,
    nothing_between,
)
from elkk_core.shared.texts import (
    NoSuchDate,
    NotADate,
    NotADecimal,
    NotAWholeNumber,
    NotYesOrNo,
)

# Identifiers that cross contexts
from elkk_core.shared.ids import (
    AccountId,
    InvoiceId,
    MeterId,
    ReadingId,
    SessionId,
    SupplierId,
    UserId,
)

# Limits on how often something may happen
from elkk_core.shared.tallies import Limit, Tally

# Events and ports
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ports import (
    Clock,
    Identifiers,
    Json,
    OwnData,
    SupplierDirectory,
    Tallies,
    UnitOfWork,
)

# Errors
from elkk_core.shared.errors import (
    AccountNotFound,
    BatchRejected,
    Conflict,
    DuplicateRow,
    ElkkError,
    Fault,
    FieldRequired,
    FieldTooLong,
    Forbidden,
    FormRejected,
    NotFound,
    Rejected,
    StaleState,
    SupplierNotFound,
    TooMany,
    Unavailable,
)
from elkk_core.shared.faults import Faults

__all__ = [
    "AccountId",
    "AccountNotFound",
    "BatchRejected",
    "BatchReport",
    "BetweenBatches",
    "Clock",
    "Conflict",
    "DatesOutOfOrder",
    "DomainEvent",
    "DuplicateRow",
    "ElkkError",
    "Fault",
    "Faults",
    "FieldRequired",
    "FieldTooLong",
    "Forbidden",
    "FormRejected",
    "Identifiers",
    "InvoiceId",
    "Json",
    "Limit",
    "MeterId",
    "Money",
    "Month",
    "NoSuchDate",
    "NotADate",
    "NotADecimal",
    "NotAMonth",
    "NotAWholeNumber",
    "NotAWindow",
    "NotAZone",
    "NotAnAmount",
    "NotFound",
    "NotTraits",
    "NotYesOrNo",
    "NothingInForce",
    "OwnData",
    "Period",
    "Progress",
    "ReadingId",
    "Rejected",
    "SessionId",
    "StaleState",
    "SubmissionWindow",
    "SupplierDirectory",
    "SupplierId",
    "SupplierNotFound",
    "Tallies",
    "Tally",
    "Timeline",
    "TooMany",
    "Traits",
    "Unavailable",
    "UnitOfWork",
    "UserId",
    "WindowStatus",
    "Zone",
    "local_date",
    "no_progress",
    "nothing_between",
    "round_half_up",
]
