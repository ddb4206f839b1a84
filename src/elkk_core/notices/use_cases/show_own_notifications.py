"""What the cabinet has told a user, to take along."""

from collections.abc import Mapping

from attrs import frozen

from elkk_core.notices.model import gist_of
from elkk_core.notices.queries import NotificationOverview, UserNotifications
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Json


@frozen(kw_only=True)
class ShowOwnNotifications:
    """Return a user's notifications of linked accounts, the latest first (``notifications``).

    See ``OwnData``.
    """

    user_notifications: UserNotifications

    def __call__(self, *, user_id: UserId) -> Mapping[str, Json]:
        return {"notifications": list(map(_told, self.user_notifications.list_all(user_id)))}


def _told(overview: NotificationOverview) -> Json:
    notification = overview.notification
    gist = gist_of(notification.notice)
    return {
        "account": overview.account,
        "kind": gist.kind,
        "amount": None if gist.amount is None else gist.amount.kopecks,
        "month": None if gist.month is None else str(gist.month),
        "day": None if gist.day is None else gist.day.isoformat(),
        "name": gist.name,
        "raised_at": notification.raised_at.isoformat(),
        "read_at": None if notification.read_at is None else notification.read_at.isoformat(),
    }
