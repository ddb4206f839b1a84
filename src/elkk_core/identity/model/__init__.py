"""Users and what proves that it is them."""

from elkk_core.identity.model.registrations import (
    PasswordRecovery,
    RecoveryId,
    Registration,
    RegistrationId,
)
from elkk_core.identity.model.people import (
    Consent,
    Email,
    FullName,
    Language,
    Phone,
    name_part,
    optional_name_part,
)
from elkk_core.identity.model.codes import OneTimeCode
from elkk_core.identity.model.users import EmailConfirmation, User
from elkk_core.identity.model.sessions import Session, SignedIn

__all__ = [
    "Consent",
    "Email",
    "EmailConfirmation",
    "FullName",
    # People
    "Language",
    # Codes
    "OneTimeCode",
    "PasswordRecovery",
    "Phone",
    "RecoveryId",
    "Registration",
    # Registrations
    "RegistrationId",
    # Sessions
    "Session",
    "SignedIn",
    # Users
    "User",
    "name_part",
    "optional_name_part",
]
