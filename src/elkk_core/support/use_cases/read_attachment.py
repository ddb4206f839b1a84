"""Reading a file back that a household has attached."""

from attrs import frozen

from elkk_core.shared.ids import UserId
from elkk_core.support.model import AttachmentId, RequestId
from elkk_core.support.ports import FileStore
from elkk_core.support.queries import FiledAttachment, RequestOverviews


@frozen(kw_only=True)
class ReadAttachment:
    """Return a file to the author of the request that it is attached to.

    Raises:
        RequestNotFound: If there is no such request, or somebody else wrote it.
        AttachmentNotFound: If the request has no such file.
        AttachmentsUnavailable: If it cannot be read now.
    """

    requests: RequestOverviews
    files: FileStore

    def __call__(
        self, *, user_id: UserId, request_id: RequestId, attachment_id: AttachmentId
    ) -> FiledAttachment:
        request = self.requests.get(request_id, user_id=user_id).request
        attachment = request.attachment(attachment_id)
        return FiledAttachment(attachment=attachment, content=self.files.read(attachment_id))
