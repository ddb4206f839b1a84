"""«Задать вопрос»: a household turns to its supplier."""

from collections.abc import Callable, Sequence

from attrs import frozen

from elkk_core.shared.errors import FieldRequired
from elkk_core.shared.faults import Faults
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.periods import local_date
from elkk_core.shared.ports import Clock, Identifiers
from elkk_core.support.model import (
    Applicant,
    AttachmentId,
    Author,
    Message,
    RequestId,
    SupportRequest,
    Topic,
    letter,
    name,
    optional_line,
    optional_name,
    request_number,
)
from elkk_core.support.policies import OfferedFile, SupportPolicy
from elkk_core.support.ports import FileStore, SupportUnitOfWork, kept


@frozen(kw_only=True)
class AskQuestion:
    """Register a question or a complaint of a user, with files if there are any.

    It is about an account that the user has linked; who has linked none names the supplier, and the
    number of the account if they know it.

    Raises:
        FormRejected: If fields are wrong; faults are at ``account``, ``account_number``,
            ``surname``, ``given``, ``patronymic``, ``topic``, ``text`` and ``files``.
        TooManyRequests: If the user has written too often lately.
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
        account_id: AccountId | None,
        supplier_id: SupplierId | None = None,
        account_number: str = "",
        surname: str,
        given: str,
        patronymic: str,
        topic: str,
        text: str,
        files: Sequence[OfferedFile] = (),
    ) -> SupportRequest:
        faults = Faults()
        with faults.at("account"), self.unit_of_work() as uow:
            if account_id is not None:
                account = uow.households.get_linked(account_id, user_id=user_id)
                supplier, account_number = account.supplier, account.number
            elif supplier_id is not None:
                supplier = uow.households.get_supplier(supplier_id)
            else:
                raise FieldRequired
        for field, read, typed in (
            ("account_number", optional_line, account_number),
            ("surname", name, surname),
            ("given", name, given),
            ("patronymic", optional_name, patronymic),
            ("topic", Topic.of_question, topic),
            ("text", letter, text),
        ):
            with faults.at(field):
                read(typed)
        kinds = self.policy.attachments.kinds_of(files, known=0, faults=faults)
        faults.refuse_form()

        now = self.clock.now()
        attachments = tuple(
            file.attached(AttachmentId(self.identifiers.new()), kind)
            for file, kind in zip(files, kinds, strict=True)
        )
        message = Message(
            author=Author.HOUSEHOLD, text=letter(text), written_at=now, attachments=attachments
        )
        year = local_date(now, supplier.time_zone).year
        with (
            kept(self.files, attachments, [file.content for file in files]),
            self.unit_of_work() as uow,
        ):
            written = uow.tallies.get(f"support:user:{user_id}")
            uow.tallies.save(self.policy.counted(written, now=now))
            request = SupportRequest(
                request_id=RequestId(self.identifiers.new()),
                supplier_id=supplier.supplier_id,
                number=request_number(year, uow.request_numbers.take(supplier.supplier_id, year)),
                user_id=user_id,
                account_id=account_id,
                account_number=account_number,
                topic=Topic.of_question(topic),
                applicant=Applicant(surname=surname, given=given, patronymic=patronymic),
                registered_at=now,
                messages=(message,),
            )
            uow.requests.add(request)
            uow.commit()
        return request
