"""Notices, the notifications they become, the facts they come from, and their mailing."""

from elkk_core.notices.model.facts import (
    Addressee,
    IssuedBill,
    MadeLink,
    RecordedPayment,
    RefusedPayment,
    SuppliersAnswer,
    UnpaidAccount,
    UnreadMeter,
    VerificationTerm,
)
from elkk_core.notices.model.mailings import Recipient, Unmailed
from elkk_core.notices.model.notices import (
    BillIssued,
    DebtOverdue,
    Gist,
    LinkedByAnother,
    Notice,
    PaymentDeclined,
    PaymentPosted,
    ReadingsMissing,
    RequestAnswered,
    VerificationEnding,
    VerificationOver,
    gist_of,
)
from elkk_core.notices.model.notifications import Notification, NotificationId, Watch

__all__ = [
    "Addressee",
    "BillIssued",
    "DebtOverdue",
    "Gist",
    "IssuedBill",
    "LinkedByAnother",
    "MadeLink",
    "Notice",
    "Notification",
    "NotificationId",
    "PaymentDeclined",
    "PaymentPosted",
    "ReadingsMissing",
    "Recipient",
    "RecordedPayment",
    "RefusedPayment",
    "RequestAnswered",
    "SuppliersAnswer",
    "Unmailed",
    "UnpaidAccount",
    "UnreadMeter",
    "VerificationEnding",
    "VerificationOver",
    "VerificationTerm",
    "Watch",
    "gist_of",
]
