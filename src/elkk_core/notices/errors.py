"""What can go wrong with notifications."""

from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import NotFound


@define
class NotificationNotFound(NotFound):
    """There is no such notification, or it is not for the user who asks."""

    code: ClassVar[str] = "notices.notification_not_found"
    notification: str
