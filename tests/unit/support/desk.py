"""The use cases of support, joined to a store in memory and simple services."""

from typing import Any

from elkk_core import support
from elkk_core.support import OfferedFile, RequestId, SupportPolicy, SupportRequest
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    MORNING,
    USER_ID,
    a_link,
    a_published_content,
    a_supplier,
    a_user,
    an_account,
    another_user,
)
from elkk_core.testing.doubles import FixedClock, MemoryFiles, SequentialIdentifiers
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

STRANGER_ID = another_user().user_id
PDF = OfferedFile(name="Акт.pdf", content=b"%PDF-1.7\n...")
TEXT = OfferedFile(name="Показания.txt", content="день 14 207".encode())


def question(**changes: Any) -> dict[str, Any]:
    """Return what a household types into «Задать вопрос», with *changes*."""
    return {
        "user_id": USER_ID,
        "account_id": ACCOUNT_ID,
        "surname": "Петрова",
        "given": "Анна",
        "patronymic": "Сергеевна",
        "topic": "readings",
        "text": "Почему так много?",
    } | changes


def order(**changes: Any) -> dict[str, Any]:
    """Return what a household types into «Заказать услугу», with *changes*."""
    return {
        "user_id": USER_ID,
        "account_id": ACCOUNT_ID,
        "service": "meter-replacement",
        "surname": "Петрова",
        "given": "Анна",
        "patronymic": "",
        "phone": "+7 916 123-45-67",
        "address": "г. Тамбов, ул. Советская, д. 12, кв. 34",
    } | changes


class Desk:
    """Where a test sits: everything at hand, nothing hidden."""

    def __init__(self, policy: SupportPolicy | None = None) -> None:
        self.store = MemoryStore()
        self.clock = FixedClock()
        self.files = MemoryFiles()
        self.policy = policy or SupportPolicy()
        keep(
            self.store,
            a_user(email_confirmed_at=MORNING),
            another_user(),
            a_supplier(),
            an_account(),
            a_link(),
            a_published_content(),
        )
        uow, identifiers = self.store.unit_of_work, SequentialIdentifiers()
        self.ask = support.AskQuestion(
            unit_of_work=uow,
            files=self.files,
            clock=self.clock,
            identifiers=identifiers,
            policy=self.policy,
        )
        self.order = support.OrderService(
            unit_of_work=uow, clock=self.clock, identifiers=identifiers, policy=self.policy
        )
        self.reply = support.ReplyToRequest(
            unit_of_work=uow,
            files=self.files,
            clock=self.clock,
            identifiers=identifiers,
            policy=self.policy,
        )
        self.answer = support.AnswerRequest(
            unit_of_work=uow, clock=self.clock, identifiers=identifiers
        )
        self.take = support.TakeRequest(unit_of_work=uow)
        self.close = support.CloseRequest(unit_of_work=uow)
        self.publish = support.PublishContent(unit_of_work=uow)
        self.show_content = support.ShowContent(reading=uow)
        overviews = self.store.request_overviews
        self.show = support.ShowRequest(requests=overviews)
        self.read_attachment = support.ReadAttachment(requests=overviews, files=self.files)
        self.read_attachments = support.ReadAttachments(requests=overviews, files=self.files)

    def request(self, request_id: RequestId) -> SupportRequest:
        """Return a request as it is kept."""
        with self.store.unit_of_work() as uow:
            return uow.requests.get(request_id)

    def written(self) -> tuple[SupportRequest, ...]:
        """Return all that the household has written, the newest first."""
        return tuple(found.request for found in self.store.request_overviews.list_for(USER_ID))
