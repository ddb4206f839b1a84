"""Digests of passwords by Argon2id, which costs a guesser memory as well as time."""

import unicodedata

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

_KIBIBYTES_IN_MEBIBYTE = 1024
_END_OF_TEXT_IN_C = "\0"


class Argon2Hasher:
    """Hashes passwords with Argon2id.

    The numbers are the least that OWASP's Password Storage Cheat Sheet recommends: 19 MiB of
    memory, two passes, one lane. Give greater ones where the machine can bear them: digests made
    with smaller numbers are then outdated and made anew at the next sign-in.

    A password is normalised first (NFKC, NIST SP 800-63B-4), so that «й» typed as one character or
    as two opens the same cabinet.
    """

    def __init__(self, *, memory_mebibytes: int = 19, passes: int = 2, lanes: int = 1) -> None:
        self._hasher = PasswordHasher(
            memory_cost=memory_mebibytes * _KIBIBYTES_IN_MEBIBYTE,
            time_cost=passes,
            parallelism=lanes,
            type=Type.ID,
        )

    def hash(self, password: str) -> str:
        """Return a digest with its own salt; the same password never gives the same one twice."""
        return self._hasher.hash(_bytes_of(password))

    def matches(self, password: str, digest: str) -> bool:
        """Tell whether *digest* was made of *password*; a malformed digest matches nothing."""
        if _END_OF_TEXT_IN_C in digest:
            # The library would read only what stands before it.
            return False
        try:
            return self._hasher.verify(digest, _bytes_of(password))
        # A digest that is not even ASCII cannot be encoded for the library.
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False

    def is_outdated(self, digest: str) -> bool:
        """Tell whether the digest was made with weaker numbers than those used now.

        A malformed digest is outdated.
        """
        try:
            made_with = extract_parameters(digest)
        except InvalidHashError:
            return True
        return (
            made_with.type is not self._hasher.type
            or made_with.memory_cost < self._hasher.memory_cost
            or made_with.time_cost < self._hasher.time_cost
        )


def _bytes_of(password: str) -> bytes:
    # A form can send half of a surrogate pair; it is as good a secret as any other character.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
