"""Passwords, one-time codes and tokens."""

from elkk_adapters.security.authenticators import SealedAuthenticators
from elkk_adapters.security.common_passwords import ZxcvbnCommonPasswords
from elkk_adapters.security.keyed_secrets import KeyedSecrets
from elkk_adapters.security.password_hasher import Argon2Hasher
from elkk_adapters.security.submission_tickets import SignedSubmissionTickets

__all__ = [
    "Argon2Hasher",
    "KeyedSecrets",
    "SealedAuthenticators",
    "SignedSubmissionTickets",
    "ZxcvbnCommonPasswords",
]
