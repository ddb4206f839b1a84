"""Notifications: what a household should know, once per fact, and how it reaches them."""

# Use cases
from elkk_core.notices.use_cases.mail_notifications import MailNotifications
from elkk_core.notices.use_cases.raise_notifications import (
    RaisedNotifications,
    RaiseNotifications,
)
from elkk_core.notices.use_cases.read_notification import ReadNotification
from elkk_core.notices.use_cases.show_own_notifications import ShowOwnNotifications

# Queries
from elkk_core.notices.queries import NotificationOverview, UserNotifications

# Ports
from elkk_core.notices.ports import (
    ChosenRules,
    LawInForce,
    NoticedSuppliers,
    NoticeFacts,
    NoticesUnitOfWork,
    Notifications,
    TicketOffice,
    Watches,
)

# Policies
from elkk_core.notices.policies import NoticePolicy, PayableUntil, messages

# Model
from elkk_core.notices.model import (
    Addressee,
    BillIssued,
    DebtOverdue,
    Gist,
    IssuedBill,
    LinkedByAnother,
    MadeLink,
    Notice,
    Notification,
    NotificationId,
    PaymentDeclined,
    PaymentPosted,
    ReadingsMissing,
    Recipient,
    RecordedPayment,
    RefusedPayment,
    RequestAnswered,
    SuppliersAnswer,
    Unmailed,
    UnpaidAccount,
    UnreadMeter,
    VerificationEnding,
    VerificationOver,
    VerificationTerm,
    Watch,
    gist_of,
)

# Events
from elkk_core.notices.events import LetterDue, MailedNotice, SmsDue

# Errors
from elkk_core.notices.errors import NotificationNotFound

__all__ = [
    "Addressee",
    "BillIssued",
    "ChosenRules",
    "DebtOverdue",
    "Gist",
    "IssuedBill",
    "LawInForce",
    "LetterDue",
    "LinkedByAnother",
    "MadeLink",
    "MailNotifications",
    "MailedNotice",
    "Notice",
    "NoticeFacts",
    "NoticePolicy",
    "NoticedSuppliers",
    "NoticesUnitOfWork",
    "Notification",
    "NotificationId",
    "NotificationNotFound",
    "NotificationOverview",
    "Notifications",
    "PayableUntil",
    "PaymentDeclined",
    "PaymentPosted",
    "RaiseNotifications",
    "RaisedNotifications",
    "ReadNotification",
    "ReadingsMissing",
    "Recipient",
    "RecordedPayment",
    "RefusedPayment",
    "RequestAnswered",
    "ShowOwnNotifications",
    "SmsDue",
    "SuppliersAnswer",
    "TicketOffice",
    "Unmailed",
    "UnpaidAccount",
    "UnreadMeter",
    "UserNotifications",
    "VerificationEnding",
    "VerificationOver",
    "VerificationTerm",
    "Watch",
    "Watches",
    "gist_of",
    "messages",
]
