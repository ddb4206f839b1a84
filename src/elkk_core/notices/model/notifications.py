"""Notifications, and how far the search for what to tell has come."""

from datetime import date, datetime
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.notices.model.notices import Notice
from elkk_core.shared import validators
from elkk_core.shared.ids import AccountId, SupplierId, UserId

NotificationId = NewType("NotificationId", UUID)


@frozen(kw_only=True)
class Notification:
    """One thing that a user should know of an account; there is one for a user, account and cause."""

    notification_id: NotificationId
    user_id: UserId
    account_id: AccountId
    notice: Notice
    raised_at: datetime = field(validator=validators.aware)
    read_at: datetime | None = None

    version: int = 0

    # Commands

    def read(self, *, now: datetime) -> "Notification":
        """Return the notification as read at *now*; one that was read before stays as it is."""
        return self if self.is_read else evolve(self, read_at=now)

    # Queries

    @property
    def is_read(self) -> bool:
        """Whether the user has unfolded it."""
        return self.read_at is not None


@frozen(kw_only=True)
class Watch:
    """How far a supplier's facts are known: all that was recorded before *heard_until*.

    On the local day *looked_on* it was looked at what comes with time alone: terms that end. Both are
    None before the first time.
    """

    supplier_id: SupplierId
    heard_until: datetime | None = None
    looked_on: date | None = None
