"""What notices tell the outside: each event asks for one message to one person."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from attrs import field, frozen

from elkk_core.shared.events import DomainEvent
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month


@frozen(kw_only=True)
class MailedNotice:
    """The gist of a notice, with the account that it is about; see ``Gist``.

    With a *ticket* the next step is done without signing in: it is that of a `SubmissionTicket`.
    """

    notification_id: UUID
    kind: str
    account: str
    address: str
    amount: Money | None = None
    month: Month | None = None
    day: date | None = None
    name: str | None = None
    ticket: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class LetterDue(DomainEvent):
    """A letter must tell of *notices*, one or several."""

    kind: ClassVar[str] = "notices.letter"
    email: str = field(repr=False)
    given_name: str
    supplier: str
    language: str
    notices: tuple[MailedNotice, ...]


@frozen(kw_only=True)
class SmsDue(DomainEvent):
    """An SMS must tell of *notices*, one or several."""

    kind: ClassVar[str] = "notices.sms"
    phone: str = field(repr=False)
    supplier: str
    language: str
    notices: tuple[MailedNotice, ...]
