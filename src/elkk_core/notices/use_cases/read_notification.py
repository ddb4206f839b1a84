"""Unfolding a notification."""

from collections.abc import Callable

from attrs import frozen

from elkk_core.notices.model import Notification, NotificationId
from elkk_core.notices.ports import NoticesUnitOfWork
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock


@frozen(kw_only=True)
class ReadNotification:
    """Note that a user has read a notification, and return it; once more changes nothing.

    Raises:
        NotificationNotFound: If there is none, or it is not for this user.
        StaleState: If it was read at the same time in another window.
    """

    unit_of_work: Callable[[], NoticesUnitOfWork]
    clock: Clock

    def __call__(self, *, notification_id: NotificationId, user_id: UserId) -> Notification:
        with self.unit_of_work() as uow:
            notification = uow.notifications.get(notification_id, user_id=user_id)
            if notification.is_read:
                return notification
            read = notification.read(now=self.clock.now())
            uow.notifications.save(read)
            uow.commit()
        return read
