"""Messages that were sent, read back for the page of the demo."""

from datetime import datetime
from typing import Protocol

from attrs import field, frozen


@frozen(kw_only=True)
class SentMessage:
    """An SMS (*channel* ``sms``, without a subject) or a letter (``email``) as it went out."""

    key: str
    kind: str
    channel: str
    recipient: str
    subject: str | None
    text: str = field(repr=False)
    html: str | None = field(repr=False)
    sent_at: datetime


class SentMessageList(Protocol):
    """Messages for the page of the demo and for those who drive it."""

    def list_latest(self, *, limit: int) -> tuple[SentMessage, ...]:
        """Return at most *limit* messages, the newest first."""
        ...
