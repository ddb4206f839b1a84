"""One-time codes, tokens, and the keyed digests by which they are stored."""

import hmac
import secrets
from hashlib import sha256

_CODE_DIGITS = 6
_TOKEN_BYTES = 32
# Without what is taken for something else: 0 and O, 1 and I and L, U and V.
_CLEAR_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP_SIGNS = 5
_PURPOSE = b"elkk digests of secrets, version 1"


class KeyedSecrets:
    """Makes codes and tokens by the system's generator, and their digests by HMAC-SHA256.

    The key of the digests is derived from *secret_key*, so a copy of the database alone does not
    allow anyone to try out the million codes that there are. Another key makes all digests anew:
    codes on their way no longer work and everybody has to sign in again.
    """

    def __init__(self, *, secret_key: str) -> None:
        self._key = _hmac(secret_key.encode(), _PURPOSE)

    def new_code(self) -> str:
        """Return six decimal digits, each code as likely as any other."""
        return f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}}"

    def new_token(self) -> str:
        """Return a token with 256 unpredictable bits, safe in an address."""
        return secrets.token_urlsafe(_TOKEN_BYTES)

    def new_recovery_code(self) -> str:
        """Return two groups of five signs, «7QK4M-9XR2T»: 49 unpredictable bits."""
        signs = "".join(secrets.choice(_CLEAR_SIGNS) for _ in range(2 * _GROUP_SIGNS))
        return f"{signs[:_GROUP_SIGNS]}-{signs[_GROUP_SIGNS:]}"

    def digest(self, secret: str, *, context: str) -> str:
        """Return a keyed digest of *secret*, 64 hexadecimal digits.

        Another *context* gives another digest: each context has a key of its own.
        """
        key_of_context = _hmac(self._key, _bytes_of(context))
        return _hmac(key_of_context, _bytes_of(secret)).hex()

    def matches(self, secret: str, digest: str, *, context: str) -> bool:
        """Tell, in constant time, whether *digest* is that of *secret* in *context*."""
        own = self.digest(secret, context=context)
        return hmac.compare_digest(_bytes_of(own), _bytes_of(digest))


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, sha256)


def _bytes_of(text: str) -> bytes:
    # Whatever a form or an address brings: half of a surrogate pair is wrong, but no failure.
    return text.encode("utf-8", "surrogatepass")
