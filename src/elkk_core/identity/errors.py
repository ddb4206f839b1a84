"""What identity refuses."""

from datetime import date, datetime
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
class BirthDateImplausible(Rejected):
    """A date of birth is before *earliest* or after *latest*."""

    code: ClassVar[str] = "identity.birth_date_implausible"
    earliest: date
    latest: date


@define
class PhoneUnchanged(Rejected):
    """The new phone is the one that the user has."""

    code: ClassVar[str] = "identity.phone_unchanged"


@define
class EmailUnchanged(Rejected):
    """The new e-mail is the one that the user has."""

    code: ClassVar[str] = "identity.email_unchanged"


@define
class ConsentRequired(Rejected):
    """The user agreement was not accepted."""

    code: ClassVar[str] = "identity.consent_required"


# «Я не робот»


@define
class CaptchaNotPassed(Rejected):
    """Nothing shows that the form was sent by a person."""

    code: ClassVar[str] = "identity.captcha_not_passed"


@define
class CaptchaExpired(Rejected):
    """The challenge is too old or was answered before; the form shows a new one."""

    code: ClassVar[str] = "identity.captcha_expired"


@define
class TooManyReplies(TooMany):
    """Too many questions were answered from one address; the next may be from *free_at* on."""

    code: ClassVar[str] = "identity.too_many_replies"
    free_at: datetime


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


# Signing in, and the second factor


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
class SecondFactorRequired(Forbidden):
    """The password is right, and the user has a second factor: *method* is ``sms`` or ``app``.

    Nobody is let in yet. ``FinishSignIn`` goes on with *sign_in_id*.
    """

    code: ClassVar[str] = "identity.second_factor_required"
    sign_in_id: str
    method: str


@define
class SignInExpired(Forbidden):
    """A sign-in was not finished in time, or the password or the second factor changed since."""

    code: ClassVar[str] = "identity.sign_in_expired"


@define
class SecondFactorThrottled(TooMany):
    """Too many wrong codes of the second factor; the next may be tried from *free_at* on."""

    code: ClassVar[str] = "identity.second_factor_throttled"
    free_at: datetime


@define
class SecondFactorIsOn(Conflict):
    """The user has a second factor, which has to be switched off before another is chosen."""

    code: ClassVar[str] = "identity.second_factor_is_on"


@define
class SecondFactorNotChosen(NotFound):
    """The user has no second factor that could be confirmed, or switched off, now."""

    code: ClassVar[str] = "identity.second_factor_not_chosen"


@define
class SessionEnded(Forbidden):
    """There is no such session, or it has ended."""

    code: ClassVar[str] = "identity.session_ended"


@define
class SessionNotFound(NotFound):
    """The user has no such session that is still open."""

    code: ClassVar[str] = "identity.session_not_found"


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
class RecoveryLinkNotFound(NotFound):
    """There is no such link to change a password, or the e-mail of the user has changed since."""

    code: ClassVar[str] = "identity.recovery_link_not_found"


@define
class RecoveryLinkExpired(Rejected):
    """A link to change a password is too old; a new letter can be asked for."""

    code: ClassVar[str] = "identity.recovery_link_expired"


@define
class RecoveryLinkUsed(Rejected):
    """A link to change a password has done its work already."""

    code: ClassVar[str] = "identity.recovery_link_used"


@define
class UserNotFound(NotFound):
    """There is no such user."""

    code: ClassVar[str] = "identity.user_not_found"


@define
class PhoneChangeNotFound(NotFound):
    """The user has no new phone that waits for its code."""

    code: ClassVar[str] = "identity.phone_change_not_found"


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
