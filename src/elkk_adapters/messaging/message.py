"""A message ready to be sent."""

from enum import StrEnum

from attrs import field, frozen


class Channel(StrEnum):
    """The way that a message goes."""

    SMS = "sms"
    EMAIL = "email"


@frozen(kw_only=True)
class RenderedMessage:
    """What one person reads, and where.

    ``recipient`` is a phone in E.164 or an e-mail address. An SMS has neither subject nor HTML. The
    text may hold a code or a link that opens something, so it is no part of ``repr``.
    """

    channel: Channel
    recipient: str = field(repr=False)
    subject: str | None = None
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
