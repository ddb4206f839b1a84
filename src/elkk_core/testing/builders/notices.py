"""A valid notice and notification."""

from datetime import date
from typing import Any
from uuid import UUID

from attrs import evolve

from elkk_core.notices import DebtOverdue, Notification, NotificationId
from elkk_core.shared import Money
from elkk_core.testing.builders.household import ACCOUNT_ID, JANUARY, MORNING, USER_ID


def a_debt(**changes: Any) -> DebtOverdue:
    """Return the manual's debt of 1 193,87, here for January 2020."""
    return evolve(
        DebtOverdue(month=JANUARY, amount=Money(119387), due_on=date(2020, 2, 10)), **changes
    )


def a_notification(**changes: Any) -> Notification:
    """Return the notification by which ``a_user()`` is told of ``a_debt()``."""
    return evolve(
        Notification(
            notification_id=NotificationId(UUID(int=0xAD)),
            user_id=USER_ID,
            account_id=ACCOUNT_ID,
            notice=a_debt(),
            raised_at=MORNING,
        ),
        **changes,
    )
