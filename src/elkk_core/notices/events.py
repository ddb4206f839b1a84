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
    """The gist of a notice, with the account that it is about; see ``Gist``."""

    notification_id: UUID
    kind: str
    account: str
    address: str
    amount: Money | None = None
    month: Month | None = None
    day: date | None = None
    name: str | None = None


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
