"""Users: registration by a code, signing in, sessions, passwords, the e-mail."""

# Use cases
from elkk_core.identity.use_cases.change_password import ChangePassword
from elkk_core.identity.use_cases.choose_language import ChooseLanguage
from elkk_core.identity.use_cases.confirm_email import ConfirmEmail
from elkk_core.identity.use_cases.confirm_registration import ConfirmRegistration
from elkk_core.identity.use_cases.finish_password_recovery import FinishPasswordRecovery
from elkk_core.identity.use_cases.request_email_confirmation import RequestEmailConfirmation
from elkk_core.identity.use_cases.resend_recovery_code import ResendRecoveryCode
from elkk_core.identity.use_cases.resend_registration_code import ResendRegistrationCode
from elkk_core.identity.use_cases.resume_session import ResumeSession
from elkk_core.identity.use_cases.sign_in import SignIn
from elkk_core.identity.use_cases.sign_out import SignOut
from elkk_core.identity.use_cases.start_password_recovery import StartPasswordRecovery
from elkk_core.identity.use_cases.start_registration import StartRegistration

# Queries
from elkk_core.identity.queries import UserOverview, UserOverviews

# Ports
from elkk_core.identity.ports import (
    CommonPasswords,
    ContactReader,
    EmailConfirmations,
    IdentityUnitOfWork,
    PasswordHasher,
    Recoveries,
    Registrations,
    Secrets,
    Sessions,
    Users,
)

# Policies
from elkk_core.identity.policies import (
    CodePolicy,
    EmailPolicy,
    IdentityPolicy,
    PasswordPolicy,
    SessionPolicy,
    SignInPolicy,
)

# Model
from elkk_core.identity.model import (
    Consent,
    Email,
    EmailConfirmation,
    FullName,
    Language,
    OneTimeCode,
    PasswordRecovery,
    Phone,
    RecoveryId,
    Registration,
    RegistrationId,
    Session,
    SignedIn,
    User,
    name_part,
    optional_name_part,
)

# Events
from elkk_core.identity.events import (
    CodeRequested,
    EmailAlreadyTaken,
    EmailConfirmationRequested,
    KnownPhoneRegistered,
    PasswordChanged,
)

# Errors
from elkk_core.identity.errors import (
    CodeExpired,
    CodeTooSoon,
    CodeTriesSpent,
    CodeUsed,
    ConfirmationExpired,
    ConfirmationNotFound,
    ConsentRequired,
    EmailAlreadyConfirmed,
    EmailMalformed,
    EmailTaken,
    NameHasForbiddenCharacters,
    PasswordCommon,
    PasswordTooLong,
    PasswordTooShort,
    PasswordsDiffer,
    PhoneMalformed,
    PhoneNotMobile,
    PhoneTaken,
    RecoveryNotFound,
    RegistrationNotFound,
    SessionEnded,
    SignInRefused,
    SignInThrottled,
    TooManyCodes,
    TooManyLetters,
    UserNotFound,
    WrongCode,
    WrongPassword,
)

__all__ = [
    "ChangePassword",
    "ChooseLanguage",
    "CodeExpired",
    "CodePolicy",
    "CodeRequested",
    "CodeTooSoon",
    "CodeTriesSpent",
    "CodeUsed",
    "CommonPasswords",
    "ConfirmEmail",
    "ConfirmRegistration",
    "ConfirmationExpired",
    "ConfirmationNotFound",
    "Consent",
    "ConsentRequired",
    "ContactReader",
    "Email",
    "EmailAlreadyConfirmed",
    "EmailAlreadyTaken",
    "EmailConfirmation",
    "EmailConfirmationRequested",
    "EmailConfirmations",
    "EmailMalformed",
    "EmailPolicy",
    "EmailTaken",
    "FinishPasswordRecovery",
    "FullName",
    "IdentityPolicy",
    "IdentityUnitOfWork",
    "KnownPhoneRegistered",
    "Language",
    "NameHasForbiddenCharacters",
    "OneTimeCode",
    "PasswordChanged",
    "PasswordCommon",
    "PasswordHasher",
    "PasswordPolicy",
    "PasswordRecovery",
    "PasswordTooLong",
    "PasswordTooShort",
    "PasswordsDiffer",
    "Phone",
    "PhoneMalformed",
    "PhoneNotMobile",
    "PhoneTaken",
    "Recoveries",
    "RecoveryId",
    "RecoveryNotFound",
    "Registration",
    "RegistrationId",
    "RegistrationNotFound",
    "Registrations",
    "RequestEmailConfirmation",
    "ResendRecoveryCode",
    "ResendRegistrationCode",
    "ResumeSession",
    "Secrets",
    "Session",
    "SessionEnded",
    "SessionPolicy",
    "Sessions",
    "SignIn",
    "SignInPolicy",
    "SignInRefused",
    "SignInThrottled",
    "SignOut",
    "SignedIn",
    "StartPasswordRecovery",
    "StartRegistration",
    "TooManyCodes",
    "TooManyLetters",
    "User",
    "UserNotFound",
    "UserOverview",
    "UserOverviews",
    "Users",
    "WrongCode",
    "WrongPassword",
    "name_part",
    "optional_name_part",
]
