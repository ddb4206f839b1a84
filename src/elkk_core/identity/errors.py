"""What identity refuses."""

from datetime import datetime
from typing import ClassVar

from attrs import define

from elkk_core.shared.errors import Conflict, Forbidden, NotFound, Rejected, TooMany

# What was typed


@define
class PhoneMalformed(Rejected):
    """A text is not the number of a telephone."""

    code: ClassVar[str] = "identity.phone_malformed"


@define
class PhoneNotMobile(Rejected):
    """A number cannot receive an SMS."""

    code: ClassVar[str] = "identity.phone_not_mobile"


@define
class EmailMalformed(Rejected):
    """A text is not an e-mail address."""

    code: ClassVar[str] = "identity.email_malformed"


@define
class NameHasForbiddenCharacters(Rejected):
    """A name holds digits or signs that no name has."""

    code: ClassVar[str] = "identity.name_has_forbidden_characters"


@define
class PasswordTooShort(Rejected):
    """A password has fewer than *least* characters."""

    code: ClassVar[str] = "identity.password_too_short"
    least: int


@define
class PasswordTooLong(Rejected):
    """A password has more than *most* characters."""

    code: ClassVar[str] = "identity.password_too_long"
    most: int


@define
class PasswordCommon(Rejected):
    """A password is among those that are guessed first."""

    code: ClassVar[str] = "identity.password_common"


@define
class PasswordsDiffer(Rejected):
    """The password and its repeat are not the same."""

    code: ClassVar[str] = "identity.passwords_differ"


@define
class ConsentRequired(Rejected):
    """The user agreement was not accepted."""

    code: ClassVar[str] = "identity.consent_required"


# One-time codes


@define
class WrongCode(Rejected):
    """A code is wrong; the try is counted and *tries_left* remain."""

    code: ClassVar[str] = "identity.wrong_code"
    tries_left: int


@define
class CodeExpired(Rejected):
    """A code is too old; a new one can be asked for."""

    code: ClassVar[str] = "identity.code_expired"


@define
class CodeTriesSpent(TooMany):
    """A code was answered wrong too often; a new one can be asked for."""

    code: ClassVar[str] = "identity.code_tries_spent"


@define
class CodeUsed(Rejected):
    """A code has done its work already."""

    code: ClassVar[str] = "identity.code_used"


@define
class CodeTooSoon(TooMany):
    """A code was sent a moment ago; the next may be sent from *free_at* on."""

    code: ClassVar[str] = "identity.code_too_soon"
    free_at: datetime


@define
class TooManyCodes(TooMany):
    """The codes for this phone are used up until *free_at*."""

    code: ClassVar[str] = "identity.too_many_codes"
    free_at: datetime


# Signing in


@define
class SignInRefused(Rejected):
    """The login or the password is wrong; which of them is not told."""

    code: ClassVar[str] = "identity.sign_in_refused"


@define
class SignInThrottled(TooMany):
    """Too many wrong passwords for this login; the next may be tried from *free_at* on."""

    code: ClassVar[str] = "identity.sign_in_throttled"
    free_at: datetime


@define
class WrongPassword(Rejected):
    """The present password, asked for before a change, is wrong."""

    code: ClassVar[str] = "identity.wrong_password"


@define
class SessionEnded(Forbidden):
    """There is no such session, or it has ended."""

    code: ClassVar[str] = "identity.session_ended"


# What is there, or is not


@define
class RegistrationNotFound(NotFound):
    """There is no such registration."""

    code: ClassVar[str] = "identity.registration_not_found"


@define
class RecoveryNotFound(NotFound):
    """There is no such password recovery."""

    code: ClassVar[str] = "identity.recovery_not_found"


@define
class UserNotFound(NotFound):
    """There is no such user."""

    code: ClassVar[str] = "identity.user_not_found"


@define
class PhoneTaken(Conflict):
    """Another user has this phone."""

    code: ClassVar[str] = "identity.phone_taken"


@define
class EmailTaken(Conflict):
    """Another user has confirmed this e-mail."""

    code: ClassVar[str] = "identity.email_taken"


@define
class EmailAlreadyConfirmed(Conflict):
    """The e-mail of this user is confirmed already."""

    code: ClassVar[str] = "identity.email_already_confirmed"


@define
class ConfirmationNotFound(NotFound):
    """There is no such link to confirm an e-mail, or the address has changed since."""

    code: ClassVar[str] = "identity.confirmation_not_found"


@define
class ConfirmationExpired(Rejected):
    """A link to confirm an e-mail is too old; the profile offers a new letter."""

    code: ClassVar[str] = "identity.confirmation_expired"


@define
class TooManyLetters(TooMany):
    """The letters to this address are used up until *free_at*."""

    code: ClassVar[str] = "identity.too_many_letters"
    free_at: datetime
