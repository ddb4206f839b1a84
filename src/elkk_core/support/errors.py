"""What support refuses."""

from datetime import datetime
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, NotFound, Rejected, TooMany, Unavailable

# Requests


@define
class TopicUnknown(Rejected):
    """A text is none of the topics that a question may have."""

    code: ClassVar[str] = "support.topic_unknown"


@define
class PhoneDoubtful(Rejected):
    """Nobody can be called by this: it is not ten digits at least, with signs between them."""

    code: ClassVar[str] = "support.phone_doubtful"


@define
class RequestNotFound(NotFound):
    """There is no such request, or it is somebody else's."""

    code: ClassVar[str] = "support.request_not_found"
    request: str


@define
class RequestClosed(Conflict):
    """The request *number* is closed: only the household's own reply opens it again."""

    code: ClassVar[str] = "support.request_closed"
    number: str


@define
class RequestUnanswered(Rejected):
    """The request *number* was to be closed before anybody has answered it."""

    code: ClassVar[str] = "support.request_unanswered"
    number: str


@define
class TooManyRequests(TooMany):
    """A user has written too often lately; the next time from *free_at* on."""

    code: ClassVar[str] = "support.too_many_requests"
    free_at: datetime


# Attached files


@define
class AttachmentKindRefused(Rejected):
    """The file *name* is of none of the *kinds* that are taken, going by the end of its name."""

    code: ClassVar[str] = "support.attachment_kind_refused"
    name: str
    kinds: str


@define
class AttachmentContentDiffers(Rejected):
    """What is in the file *name* is not what the end of its name says."""

    code: ClassVar[str] = "support.attachment_content_differs"
    name: str


@define
class AttachmentEmpty(Rejected):
    """There is nothing in the file *name*."""

    code: ClassVar[str] = "support.attachment_empty"
    name: str


@define
class AttachmentTooLarge(Rejected):
    """The file *name* is larger than *megabytes*."""

    code: ClassVar[str] = "support.attachment_too_large"
    name: str
    megabytes: int


@define
class TooManyAttachments(Rejected):
    """A request has more files than the *limit*."""

    code: ClassVar[str] = "support.too_many_attachments"
    limit: int


@define
class AttachmentNotFound(NotFound):
    """There is no such file, or it is not of the request that was named."""

    code: ClassVar[str] = "support.attachment_not_found"
    attachment: str


@define
class AttachmentsUnavailable(Unavailable):
    """The place of attached files cannot be read or written now."""

    code: ClassVar[str] = "support.attachments_unavailable"


# What a supplier publishes


@define
class ServiceUnknown(Rejected):
    """The supplier offers no such service."""

    code: ClassVar[str] = "support.service_unknown"


@define
class ContentCodeMalformed(Rejected):
    """A code is not small Latin letters, digits and hyphens, 40 at most."""

    code: ClassVar[str] = "support.content_code_malformed"
    text: str


@define
class PriceNegative(Rejected):
    """A price is below zero."""

    code: ClassVar[str] = "support.price_negative"


@define
class MapLinkMalformed(Rejected):
    """A link to a map does not begin with https://."""

    code: ClassVar[str] = "support.map_link_malformed"
    text: str
