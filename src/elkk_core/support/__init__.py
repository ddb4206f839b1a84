"""Questions of households, orders of services, and what a supplier publishes."""

# Use cases
from elkk_core.support.use_cases.answer_request import AnswerRequest
from elkk_core.support.use_cases.ask_question import AskQuestion
from elkk_core.support.use_cases.close_request import CloseRequest
from elkk_core.support.use_cases.order_service import OrderService
from elkk_core.support.use_cases.publish_content import ContentReport, PublishContent
from elkk_core.support.use_cases.read_attachment import ReadAttachment
from elkk_core.support.use_cases.read_attachments import ReadAttachments
from elkk_core.support.use_cases.reply_to_request import ReplyToRequest
from elkk_core.support.use_cases.show_content import ShowContent
from elkk_core.support.use_cases.show_own_requests import ShowOwnRequests
from elkk_core.support.use_cases.show_request import ShowRequest
from elkk_core.support.use_cases.take_request import TakeRequest

# Queries
from elkk_core.support.queries import (
    ContentLibrary,
    FiledAttachment,
    RequestOverview,
    RequestOverviews,
)

# Ports
from elkk_core.support.ports import (
    Contents,
    FileStore,
    Households,
    RequestNumbers,
    SupportRequests,
    SupportUnitOfWork,
    kept,
)

# Policies
from elkk_core.support.policies import AttachmentPolicy, OfferedFile, SupportPolicy

# Model
from elkk_core.support.model import (
    Applicant,
    Attachment,
    AttachmentId,
    AttachmentKind,
    Author,
    Content,
    Correspondent,
    FaqCategory,
    Message,
    Office,
    PublishedContent,
    Question,
    RequestId,
    RequestState,
    ServedAccount,
    ServedSupplier,
    Service,
    ServiceGroup,
    ServiceOrder,
    SupportRequest,
    Topic,
    Wording,
    contact_phone,
    content_code,
    map_link,
    read_number,
    request_number,
)

# Events
from elkk_core.support.events import RequestAnswered

# Errors
from elkk_core.support.errors import (
    AttachmentContentDiffers,
    AttachmentEmpty,
    AttachmentKindRefused,
    AttachmentNotFound,
    AttachmentsUnavailable,
    AttachmentTooLarge,
    ContentCodeMalformed,
    MapLinkMalformed,
    PhoneDoubtful,
    PriceNegative,
    RequestClosed,
    RequestNotFound,
    RequestUnanswered,
    ServiceUnknown,
    TooManyAttachments,
    TooManyRequests,
    TopicUnknown,
)

__all__ = [
    "AnswerRequest",
    "Applicant",
    "AskQuestion",
    "Attachment",
    "AttachmentContentDiffers",
    "AttachmentEmpty",
    "AttachmentId",
    "AttachmentKind",
    "AttachmentKindRefused",
    "AttachmentNotFound",
    "AttachmentPolicy",
    "AttachmentTooLarge",
    "AttachmentsUnavailable",
    "Author",
    "CloseRequest",
    "Content",
    "ContentCodeMalformed",
    "ContentLibrary",
    "ContentReport",
    "Contents",
    "Correspondent",
    "FaqCategory",
    "FileStore",
    "FiledAttachment",
    "Households",
    "MapLinkMalformed",
    "Message",
    "OfferedFile",
    "Office",
    "OrderService",
    "PhoneDoubtful",
    "PriceNegative",
    "PublishContent",
    "PublishedContent",
    "Question",
    "ReadAttachment",
    "ReadAttachments",
    "ReplyToRequest",
    "RequestAnswered",
    "RequestClosed",
    "RequestId",
    "RequestNotFound",
    "RequestNumbers",
    "RequestOverview",
    "RequestOverviews",
    "RequestState",
    "RequestUnanswered",
    "ServedAccount",
    "ServedSupplier",
    "Service",
    "ServiceGroup",
    "ServiceOrder",
    "ServiceUnknown",
    "ShowContent",
    "ShowOwnRequests",
    "ShowRequest",
    "SupportPolicy",
    "SupportRequest",
    "SupportRequests",
    "SupportUnitOfWork",
    "TakeRequest",
    "TooManyAttachments",
    "TooManyRequests",
    "Topic",
    "TopicUnknown",
    "Wording",
    "contact_phone",
    "content_code",
    "kept",
    "map_link",
    "read_number",
    "request_number",
]
