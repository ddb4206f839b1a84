"""What screens read of notifications."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from attrs import frozen

from elkk_core.notices.model import Notification, NotificationId
from elkk_core.shared.ids import AccountId, UserId


@frozen(kw_only=True)
class NotificationOverview:
    """A notification with the account that it is about."""

    notification: Notification
    account: str
    address: str


class UserNotifications(Protocol):
    """The notifications of users, of the accounts that they have linked and of no other."""

    def get(self, notification_id: NotificationId, *, user_id: UserId) -> NotificationOverview:
        """Return a notification of a user.

        Raises:
            NotificationNotFound: If there is none, or it is not for this user.
        """
        ...

    def count_unread(self, user_id: UserId) -> Mapping[AccountId, int]:
        """Return how many a user has not read, of each account that has any."""
        ...

    def list_unread(self, user_id: UserId, *, limit: int) -> tuple[NotificationOverview, ...]:
        """Return at most *limit* that a user has not read, the latest first."""
        ...

    def list_all(self, user_id: UserId) -> tuple[NotificationOverview, ...]:
        """Return all of a user, the latest first."""
        ...

    def list_of(
        self, account_id: AccountId, *, user_id: UserId, since: datetime
    ) -> tuple[NotificationOverview, ...]:
        """Return those of an account that were raised at *since* or later, the latest first.

        What is not read yet is among them however old it is, lest nobody ever finds it.
        """
        ...
