"""Requests of households to their supplier: questions, complaints, orders of services."""

import re
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from attrs import evolve, field, frozen

from elkk_core.shared import validators
from elkk_core.shared.events import DomainEvent
from elkk_core.shared.ids import AccountId, SupplierId, UserId
from elkk_core.shared.money import Money
from elkk_core.support import errors
from elkk_core.support.events import RequestAnswered
from elkk_core.support.model.attachments import Attachment, AttachmentId
from elkk_core.support.model.texts import letter, line, name, optional_line, optional_name

RequestId = NewType("RequestId", UUID)

_NUMBER = re.compile(r"(?:ОБ-)?(?P<year>[0-9]{4})-(?P<sequence>[0-9]{1,9})", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9 ()\-]{10,25}")
_FEWEST_DIGITS = 10


class Topic(StrEnum):
    """What a request is about, in the order of the list that a household chooses from."""

    APP = "app"
    PAYMENT = "payment"
    READINGS = "readings"
    METER_REPLACEMENT = "meter_replacement"
    BILL_INFORMATION = "bill_information"
    BILL_DELIVERY = "bill_delivery"
    CABINET_HELP = "cabinet_help"
    OTHER = "other"
    COMPLAINT = "complaint"
    TARIFF_CHANGE = "tariff_change"
    CONTRACT = "contract"
    SERVICE_ORDER = "service_order"

    @classmethod
    def of_question(cls, text: str) -> "Topic":
        """Return the topic that *text* names, of those that a question may have.

        Raises:
            TopicUnknown: If it names none; an order of a service is no question.
        """
        if text not in set(cls) or text == cls.SERVICE_ORDER:
            raise errors.TopicUnknown
        return cls(text)


class RequestState(StrEnum):
    """How far a request has come: registered, in work, answered, closed."""

    REGISTERED = "registered"
    IN_WORK = "in_work"
    ANSWERED = "answered"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote a message."""

    HOUSEHOLD = "household"
    OPERATOR = "operator"


def request_number(year: int, sequence: int) -> str:
    """Return the number of the request *sequence* of *year*: «ОБ-2026-000123»."""
    return f"ОБ-{year:04}-{sequence:06}"


def read_number(text: str) -> str:
    """Return the number of a request as it is kept: «2026-123» means «ОБ-2026-000123».

    Raises:
        RequestNotFound: If no request can have it.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise errors.RequestNotFound(text)
    return request_number(int(match["year"]), int(match["sequence"]))


def contact_phone(text: str) -> str:
    """Return the telephone at which an order is agreed upon, as it was typed.

    Raises:
        FieldRequired: If there is none.
        PhoneDoubtful: If nobody can be called by it.
    """
    clean = line(text)
    digits = sum(sign.isdecimal() for sign in clean)
    if _PHONE.fullmatch(clean) is None or digits < _FEWEST_DIGITS:
        raise errors.PhoneDoubtful
    return clean


@frozen(kw_only=True)
class ServedSupplier:
    """A supplier as support knows it."""

    supplier_id: SupplierId
    name: str
    time_zone: str


@frozen(kw_only=True)
class ServedAccount:
    """A personal account as support knows it."""

    account_id: AccountId
    number: str
    supplier: ServedSupplier


@frozen(kw_only=True)
class Correspondent:
    """To whom a letter of support goes: a user with a confirmed e-mail."""

    email: str
    given_name: str
    language: str


@frozen(kw_only=True)
class Applicant:
    """Who turns to the supplier, by the name given in the form."""

    surname: str = field(converter=name)
    given: str = field(converter=name)
    patronymic: str = field(default="", converter=optional_name)

    def __str__(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@frozen(kw_only=True)
class ServiceOrder:
    """An order of a service, with title and price as they stood in the catalogue then.

    *price* is None where it is told on request; *unit* may be empty.
    """

    service: str
    title: str
    price: Money | None
    unit: str
    address: str = field(converter=line)
    phone: str = field(converter=contact_phone)


@frozen(kw_only=True)
class Message:
    """What one side wrote: a fact that stays as it is. An order may come without a word."""

    author: Author
    text: str
    written_at: datetime = field(validator=validators.aware)
    attachments: tuple[Attachment, ...] = ()


@frozen(kw_only=True)
class SupportRequest:
    """A household's request, and all that was written about it, the earliest first.

    *account_number* is what the household said: checked where *account_id* is there, and else only
    a word of theirs. *user_id* is None once its author has deleted the user account: what was
    written stays with the supplier, as a paper letter would.
    """

    request_id: RequestId
    supplier_id: SupplierId
    number: str
    user_id: UserId | None
    account_id: AccountId | None
    account_number: str = field(converter=optional_line)
    topic: Topic
    applicant: Applicant
    order: ServiceOrder | None = None
    state: RequestState = RequestState.REGISTERED
    registered_at: datetime = field(validator=validators.aware)
    messages: tuple[Message, ...]

    version: int = 0
    events: tuple[DomainEvent, ...] = field(default=(), eq=False, repr=False)

    # Commands

    def take(self) -> "SupportRequest":
        """Return the request that somebody of the supplier works on.

        Raises:
            RequestClosed: If it is closed.
        """
        self._check_open()
        return evolve(self, state=RequestState.IN_WORK)

    def answer(
        self,
        text: str,
        *,
        correspondent: Correspondent | None,
        supplier: str,
        event_id: UUID,
        now: datetime,
    ) -> "SupportRequest":
        """Return the answered request, of which *correspondent* is told by letter if there is one.

        Raises:
            FieldRequired, FieldTooLong: If the answer says nothing or too much.
            RequestClosed: If it is closed.
        """
        self._check_open()
        answered = self._with(Author.OPERATOR, letter(text), now, RequestState.ANSWERED)
        if correspondent is None:
            return answered
        event = RequestAnswered(
            event_id=event_id,
            email=correspondent.email,
            given_name=correspondent.given_name,
            number=self.number,
            request=str(self.request_id),
            supplier=supplier,
            language=correspondent.language,
        )
        return evolve(answered, events=(*self.events, event))

    def reply(
        self, text: str, *, attachments: tuple[Attachment, ...] = (), now: datetime
    ) -> "SupportRequest":
        """Return the request with another word of the household, which opens it again.

        Raises:
            FieldRequired, FieldTooLong: If it says nothing or too much.
        """
        state = self.state if self.state is RequestState.REGISTERED else RequestState.IN_WORK
        return self._with(Author.HOUSEHOLD, letter(text), now, state, attachments)

    def close(self) -> "SupportRequest":
        """Return the request of which nothing more is expected.

        Raises:
            RequestClosed: If it is closed already.
            RequestUnanswered: If nobody has answered what the household wrote last.
        """
        self._check_open()
        if self.messages[-1].author is not Author.OPERATOR:
            raise errors.RequestUnanswered(self.number)
        return evolve(self, state=RequestState.CLOSED)

    # Queries

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files of all messages, the earliest first."""
        return tuple(file for message in self.messages for file in message.attachments)

    @property
    def answers(self) -> tuple[Message, ...]:
        """What the supplier wrote, the earliest first."""
        return tuple(word for word in self.messages if word.author is Author.OPERATOR)

    def attachment(self, attachment_id: AttachmentId) -> Attachment:
        """Return a file of the request.

        Raises:
            AttachmentNotFound: If it has none such.
        """
        for file in self.attachments:
            if file.attachment_id == attachment_id:
                return file
        raise errors.AttachmentNotFound(str(attachment_id))

    def _check_open(self) -> None:
        if self.state is RequestState.CLOSED:
            raise errors.RequestClosed(self.number)

    def _with(
        self,
        author: Author,
        text: str,
        now: datetime,
        state: RequestState,
        attachments: tuple[Attachment, ...] = (),
    ) -> "SupportRequest":
        message = Message(author=author, text=text, written_at=now, attachments=attachments)
        return evolve(self, state=state, messages=(*self.messages, message))
