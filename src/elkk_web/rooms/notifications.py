"""Notifications: those of an account, what is unread of all, and where each of them leads."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from attrs import frozen
from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from elkk_adapters.sentences import NoticeWords, tell_notice
from elkk_core.notices import (
    BillIssued,
    DebtOverdue,
    LinkedByAnother,
    Notification,
    NotificationId,
    NotificationOverview,
    PaymentDeclined,
    PaymentPosted,
    ReadingsMissing,
    RequestAnswered,
    VerificationEnding,
    VerificationOver,
    gist_of,
)
from elkk_core.shared import AccountId, Month, StaleState
from elkk_web.presence import signed_in_only, viewer
from elkk_web.rooms.accounts import card_of
from elkk_web.rooms.entry import local_path
from elkk_web.wiring import application

blueprint = Blueprint("notifications", __name__)

_SPANS = (1, 2, 3)
_MOST_AT_THE_START = 20


@frozen(kw_only=True)
class ToldNotification:
    """A notification as a page shows it."""

    overview: NotificationOverview
    words: NoticeWords

    @property
    def notification(self) -> Notification:
        """The notification itself."""
        return self.overview.notification

    @property
    def is_urgent(self) -> bool:
        """Whether the household itself has to do something."""
        return isinstance(self.notification.notice, ReadingsMissing | DebtOverdue | PaymentDeclined)


def unread_counts() -> Mapping[AccountId, int]:
    """Return how many notifications the visitor has not read, by account; asked once for a page."""
    if "unread_counts" not in g:
        user = g.get("viewer")
        g.unread_counts = (
            application().notices.user_notifications.count_unread(user.user_id) if user else {}
        )
    counts: Mapping[AccountId, int] = g.unread_counts
    return counts


def unread_at_the_start() -> list[ToldNotification]:
    """Return what the visitor has not read of any account, the latest first, as many as one reads."""
    return _told(
        application().notices.user_notifications.list_unread(
            viewer().user_id, limit=_MOST_AT_THE_START
        )
    )


def _told(overviews: Iterable[NotificationOverview]) -> list[ToldNotification]:
    language = str(get_locale())
    return [
        ToldNotification(
            overview=overview,
            words=tell_notice(gist_of(overview.notification.notice), language),
        )
        for overview in overviews
    ]


@blueprint.get("/accounts/<uuid:account_id>/notifications")
@signed_in_only
def of_account(account_id: UUID) -> ResponseReturnValue:
    """Show what there was to tell of an account: the last month first."""
    above = card_of(account_id)
    asked = request.args.get("months", "")
    months = int(asked) if asked in map(str, _SPANS) else _SPANS[0]
    found = application().notices.user_notifications.list_of(
        AccountId(account_id),
        user_id=viewer().user_id,
        since=_beginning(above["today"], months, above["card"].supplier.time_zone),
    )
    return render_template(
        "accounts/notifications.html",
        section="notifications",
        news=_told(found),
        months=months,
        spans=(
            (1, gettext("За 1 (последний) месяц")),
            (2, gettext("За 2 (последних) месяца")),
            (3, gettext("За 3 (последних) месяца")),
        ),
        **above,
    )


def _beginning(today: date, months: int, time_zone: str) -> datetime:
    """Return the beginning of the day that is so many months before *today*."""
    month = Month.of(today).plus(-months)
    day = month.first_day.replace(day=min(today.day, month.last_day.day))
    return datetime.combine(day, time(), ZoneInfo(time_zone))


@blueprint.get("/notifications/<uuid:notification_id>")
@signed_in_only
def follow(notification_id: UUID) -> ResponseReturnValue:
    """Lead to what a notification asks for."""
    found = application().notices.user_notifications.get(
        NotificationId(notification_id), user_id=viewer().user_id
    )
    return redirect(_action_of(found.notification))


@blueprint.post("/notifications/<uuid:notification_id>/read")
@signed_in_only
def read(notification_id: UUID) -> ResponseReturnValue:
    """Note that a notification was unfolded; a script wants no page in answer."""
    notification = _read(notification_id)
    back = local_path(request.form.get("back"))
    if back is None:
        return "", HTTPStatus.NO_CONTENT
    return redirect(f"{back}#news-{notification.notification_id}")


def _read(notification_id: UUID) -> Notification:
    number, user_id = NotificationId(notification_id), viewer().user_id
    # Two windows may unfold it at the same moment: then it is read, whichever was faster.
    with suppress(StaleState):
        return application().notices.read_notification(notification_id=number, user_id=user_id)
    return application().notices.read_notification(notification_id=number, user_id=user_id)


def _action_of(notification: Notification) -> str:
    """Return the address of the next step."""
    notice, account_id = notification.notice, notification.account_id
    match notice:
        case ReadingsMissing():
            address = url_for("readings.submit", account_id=account_id)
        case BillIssued():
            bill = f"bill-{notice.invoice_id}"
            address = url_for("accounts.history", account_id=account_id, kind="bills", _anchor=bill)
        case DebtOverdue() | PaymentDeclined() if application().settings.acquiring is not None:
            address = url_for("payments.pay", account_id=account_id)
        case DebtOverdue() | PaymentDeclined():
            # Where no cards are taken, a bill can be paid by the QR that it bears.
            address = url_for("accounts.history", account_id=account_id, kind="bills")
        case VerificationEnding() | VerificationOver():
            address = url_for("accounts.details", account_id=account_id)
        case PaymentPosted():
            address = url_for("accounts.history", account_id=account_id, kind="payments")
        case RequestAnswered():
            address = url_for("requests.show", request_id=notice.request_id)
        case LinkedByAnother():
            address = url_for("requests.ask", account=account_id)
    return address
