"""Another word of the household on a request."""

from collections.abc import Callable, Sequence

from attrs import frozen

from elkk_core.shared.errors import StaleState
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import UserId
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.support import errors
from elkk_core.support.model import AttachmentId, RequestId, SupportRequest, letter
from elkk_core.support.policies import OfferedFile, SupportPolicy
from elkk_core.support.ports import FileStore, SupportUnitOfWork, kept


@frozen(kw_only=True)
class ReplyToRequest:
    """Add what the author of a request has to say more; an answered or closed one opens again.

    Raises:
        RequestNotFound: If there is no such request, or somebody else wrote it.
        FormRejected: If fields are wrong; faults are at ``text`` and ``files``.
        TooManyRequests: If the user has written too often lately.
        StaleState: If the supplier has written at the same moment.
        AttachmentsUnavailable: If the files cannot be kept now.
    """

    unit_of_work: Callable[[], SupportUnitOfWork]
    files: FileStore
    clock: Clock
    identifiers: Identifiers
    policy: SupportPolicy

    def __call__(
        self,
        *,
        user_id: UserId,
        request_id: RequestId,
        text: str,
        files: Sequence[OfferedFile] = (),
    ) -> None:
        with self.unit_of_work() as uow:
            known = len(_of(uow, request_id, user_id).attachments)
        faults = Faults()
        with faults.at("text"):
            letter(text)
        kinds = self.policy.attachments.kinds_of(files, known=known, faults=faults)
        faults.refuse_form()

        now = self.clock.now()
        attachments = tuple(
            file.attached(AttachmentId(self.identifiers.new()), kind)
            for file, kind in zip(files, kinds, strict=True)
        )
        with (
            kept(self.files, attachments, [file.content for file in files]),
            self.unit_of_work() as uow,
        ):
            request = _of(uow, request_id, user_id)
            if len(request.attachments) != known:
                # Files of another reply came between; what was counted holds no more.
                raise StaleState("request")
            written = uow.tallies.get(f"support:user:{user_id}")
            uow.tallies.save(self.policy.counted(written, now=now))
            uow.requests.save(request.reply(text, attachments=attachments, now=now))
            uow.commit()


def _of(uow: SupportUnitOfWork, request_id: RequestId, user_id: UserId) -> SupportRequest:
    """Return a request of the user who wrote it."""
    request = uow.requests.get(request_id)
    if request.user_id != user_id:
        raise errors.RequestNotFound(str(request_id))
    return request
