"""What messages say, to whom: one letter and one SMS for all that is new to a user."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from elkk_core.metering.model import SubmissionTicket
from elkk_core.notices.events import LetterDue, MailedNotice, SmsDue
from elkk_core.notices.model import ReadingsMissing, Recipient, RequestAnswered, Unmailed, gist_of
from elkk_core.notices.policies.rules import NoticePolicy

WriteTicket = Callable[[SubmissionTicket], str]
"""Makes a ticket a text that opens the form of readings to whoever holds it."""


def messages(
    unmailed: Iterable[Unmailed],
    *,
    supplier: str,
    now: datetime,
    policy: NoticePolicy,
    new_id: Callable[[], UUID],
    write_ticket: WriteTicket,
) -> Iterator[LetterDue | SmsDue]:
    """Yield the messages that tell of *unmailed* notifications of the supplier with that name.

    Nothing tells of what was read in the cabinet meanwhile, of what is no news any more, or of an
    account that the user has unlinked since. A letter that a request was answered comes by itself, with
    the answer, so this one does not repeat it. That readings are missing is told with a ticket, by
    which they are handed over without signing in.
    """
    by_recipient: dict[Recipient, list[Unmailed]] = defaultdict(list)
    for one in unmailed:
        notification = one.notification
        is_news = now - notification.raised_at <= policy.stays_news
        if one.recipient is not None and is_news and not notification.is_read:
            by_recipient[one.recipient].append(one)
    for recipient, news in by_recipient.items():
        mailed = {one: _mailed(one, write_ticket) for one in news}
        by_letter = [
            one for one in news if not isinstance(one.notification.notice, RequestAnswered)
        ]
        if recipient.email is not None and by_letter:
            yield LetterDue(
                event_id=new_id(),
                email=recipient.email.address,
                given_name=recipient.name.given,
                supplier=supplier,
                language=recipient.language,
                notices=tuple(mailed[one] for one in by_letter),
            )
        if recipient.phone is not None:
            yield SmsDue(
                event_id=new_id(),
                phone=recipient.phone.number,
                supplier=supplier,
                language=recipient.language,
                notices=tuple(mailed.values()),
            )


def _mailed(unmailed: Unmailed, write_ticket: WriteTicket) -> MailedNotice:
    notification = unmailed.notification
    notice = notification.notice
    gist = gist_of(notice)
    return MailedNotice(
        notification_id=notification.notification_id,
        kind=gist.kind,
        account=unmailed.account,
        address=unmailed.address,
        amount=gist.amount,
        month=gist.month,
        day=gist.day,
        name=gist.name,
        ticket=write_ticket(
            SubmissionTicket(
                user_id=notification.user_id,
                account_id=notification.account_id,
                good_through=notice.closes_on,
            )
        )
        if isinstance(notice, ReadingsMissing)
        else None,
    )
