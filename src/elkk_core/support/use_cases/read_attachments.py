"""Reading all files of a request, for the supplier."""

from collections.abc import Iterator

from attrs import frozen

from elkk_core.support.model import read_number
from elkk_core.support.ports import FileStore
from elkk_core.support.queries import FiledAttachment, RequestOverviews


@frozen(kw_only=True)
class ReadAttachments:
    """Yield the files of a request to its supplier, the earliest first, never two at a time.

    Raises:
        SupplierNotFound, RequestNotFound: If there is no such one.
        AttachmentNotFound: If the store has lost one.
        AttachmentsUnavailable: If they cannot be read now.
    """

    requests: RequestOverviews
    files: FileStore

    def __call__(self, *, supplier: str, number: str) -> Iterator[FiledAttachment]:
        request = self.requests.get_by_number(supplier, read_number(number)).request
        for attachment in request.attachments:
            content = self.files.read(attachment.attachment_id)
            yield FiledAttachment(attachment=attachment, content=content)
