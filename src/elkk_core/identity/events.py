"""What identity tells the outside: each event asks for one message to one person."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from elkk_core.shared.events import DomainEvent


@frozen(kw_only=True)
class CodeRequested(DomainEvent):
    """A one-time code must reach *phone* before *expires_at*; later it is of no use.

    ``purpose`` is ``registration`` or ``recovery``.
    """

    kind: ClassVar[str] = "identity.code_requested"
    phone: str
    code: str = field(repr=False)
    purpose: str
    language: str
    expires_at: datetime


@frozen(kw_only=True)
class KnownPhoneRegistered(DomainEvent):
    """Somebody registers with the *phone* of a user, who is told so in place of a code."""

    kind: ClassVar[str] = "identity.known_phone_registered"
    phone: str
    language: str


@frozen(kw_only=True)
class EmailConfirmationRequested(DomainEvent):
    """A letter with the link that holds *token* must reach *email*; it works until *expires_at*."""

    kind: ClassVar[str] = "identity.email_confirmation_requested"
    email: str
    given_name: str
    token: str = field(repr=False)
    language: str
    expires_at: datetime


@frozen(kw_only=True)
class EmailAlreadyTaken(DomainEvent):
    """Somebody registers with the confirmed *email* of another user, who is told so by letter."""

    kind: ClassVar[str] = "identity.email_taken"
    email: str
    language: str


@frozen(kw_only=True)
class PasswordChanged(DomainEvent):
    """A password was changed at *changed_at*; its owner is told so at *phone*."""

    kind: ClassVar[str] = "identity.password_changed"
    phone: str
    language: str
    changed_at: datetime
