"""What identity tells the outside: each event asks for one message to one person."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from elkk_core.shared.events import DomainEvent


@frozen(kw_only=True)
class CodeRequested(DomainEvent):
    """A one-time code must reach *phone* before *expires_at*; later it is of no use.

    ``purpose`` is ``registration``, ``recovery``, ``phone`` (a new one), ``sign_in`` or
    ``second_factor`` (to switch it on or off).
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
class KnownPhoneClaimed(DomainEvent):
    """A user wants the *phone* of another user, who is told so in place of a code."""

    kind: ClassVar[str] = "identity.known_phone_claimed"
    phone: str
    language: str


@frozen(kw_only=True)
class PhoneChanged(DomainEvent):
    """Another phone has taken the place of *phone*, to which this is told."""

    kind: ClassVar[str] = "identity.phone_changed"
    phone: str
    language: str
    changed_at: datetime


@frozen(kw_only=True)
class SecondFactorSwitched(DomainEvent):
    """The second factor of the user with *phone* is ``on`` or ``off`` (*state*) from now on."""

    kind: ClassVar[str] = "identity.second_factor_switched"
    phone: str
    language: str
    state: str


@frozen(kw_only=True)
class EmailChanged(DomainEvent):
    """Another e-mail has taken the place of *email*, to which this is told."""

    kind: ClassVar[str] = "identity.email_changed"
    email: str
    given_name: str
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
class RecoveryLinkRequested(DomainEvent):
    """A letter whose link holds *token* must reach *email*: it opens the choice of a new password.

    The link works once, until *expires_at*.
    """

    kind: ClassVar[str] = "identity.recovery_link_requested"
    email: str
    token: str = field(repr=False)
    language: str
    expires_at: datetime


@frozen(kw_only=True)
class MessageWithheld(DomainEvent):
    """Nobody is told anything, since the phone or e-mail that was asked for belongs to no user.

    It takes the place of the message to a user, so that both take the same work and time.
    """

    kind: ClassVar[str] = "identity.message_withheld"
    purpose: str
    language: str


@frozen(kw_only=True)
class UserDeleted(DomainEvent):
    """A user account was deleted at *deleted_at*; its owner is told so at *phone* a last time."""

    kind: ClassVar[str] = "identity.user_deleted"
    phone: str
    language: str
    deleted_at: datetime


@frozen(kw_only=True)
class PasswordChanged(DomainEvent):
    """A password was changed at *changed_at*; its owner is told so at *phone*."""

    kind: ClassVar[str] = "identity.password_changed"
    phone: str
    language: str
    changed_at: datetime
