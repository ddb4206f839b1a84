"""Codes of authenticator apps, and their secrets under a seal."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from elkk_core.identity.model import AuthenticatorSetup

_KEY_BYTES = 32
_PURPOSE = b"elkk secrets of authenticators, version 1"
_STEP = timedelta(seconds=30)
_NEIGHBOURS = 1


class SealedAuthenticators:
    """Time-based codes as RFC 6238 has them: SHA-1, six digits, half a minute, as all apps expect.

    Secrets are encrypted and authenticated with a key derived from *secret_key*, so a copy of the
    database alone makes no codes; with another key nobody's codes are right any more. *issuer* is
    what an app calls the cabinet.
    """

    def __init__(self, *, secret_key: str, issuer: str) -> None:
        derivation = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_PURPOSE)
        self._fernet = Fernet(urlsafe_b64encode(derivation.derive(secret_key.encode())))
        self._issuer = issuer

    def new_secret(self) -> str:
        """Return a new sealed secret of 160 unpredictable bits."""
        return self._fernet.encrypt(pyotp.random_base32().encode()).decode()

    def setup(self, sealed_secret: str, *, owner: str) -> AuthenticatorSetup:
        """Return what the app of *owner* needs: the secret in Base32, and its ``otpauth`` link.

        Raises:
            InvalidToken: If the secret was sealed with another key.
        """
        secret = self._fernet.decrypt(sealed_secret).decode()
        link = pyotp.TOTP(secret, name=owner, issuer=self._issuer).provisioning_uri()
        return AuthenticatorSetup(secret=secret, link=link)

    def find_step(self, sealed_secret: str, code: str, *, now: datetime) -> int | None:
        """Return the number of the half minute, now or next to it, whose code is *code*.

        None if it is the code of none of them, or if the secret was sealed with another key.
        """
        try:
            totp = pyotp.TOTP(self._fernet.decrypt(sealed_secret).decode())
        except InvalidToken:
            return None
        for near in range(-_NEIGHBOURS, _NEIGHBOURS + 1):
            moment = now + near * _STEP
            # The library compares in constant time.
            if totp.verify(code, for_time=moment):
                return totp.timecode(moment)
        return None
