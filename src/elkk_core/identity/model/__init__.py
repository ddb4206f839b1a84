"""Users and what proves that it is them."""

from elkk_core.identity.model.registrations import (
    PasswordRecovery,
    RecoveryId,
    RecoveryStarted,
    Registration,
    RegistrationId,
)
from elkk_core.identity.model.people import (
    Consent,
    Email,
    FullName,
    Language,
    Phone,
    Sex,
    check_birth_date,
    name_part,
    optional_name_part,
)
from elkk_core.identity.model.captchas import CaptchaAnswer, CaptchaVerdict
from elkk_core.identity.model.codes import OneTimeCode
from elkk_core.identity.model.recovery_links import RecoveryLink
from elkk_core.identity.model.users import EmailConfirmation, User
from elkk_core.identity.model.phone_changes import PhoneChange
from elkk_core.identity.model.second_factors import (
    AuthenticatorSetup,
    FactorAnswer,
    FactorMethod,
    PendingSignIn,
    SecondFactor,
    SignInId,
    plain_recovery_code,
)
from elkk_core.identity.model.sessions import Session, SignedIn

__all__ = [
    "AuthenticatorSetup",
    "CaptchaAnswer",
    "CaptchaVerdict",
    "Consent",
    "Email",
    "EmailConfirmation",
    "FactorAnswer",
    "FactorMethod",
    "FullName",
    "Language",
    "OneTimeCode",
    "PasswordRecovery",
    "PendingSignIn",
    "Phone",
    "PhoneChange",
    "RecoveryId",
    "RecoveryLink",
    "RecoveryStarted",
    "Registration",
    "RegistrationId",
    "SecondFactor",
    "Session",
    "Sex",
    "SignInId",
    "SignedIn",
    "User",
    "check_birth_date",
    "name_part",
    "optional_name_part",
    "plain_recovery_code",
]
