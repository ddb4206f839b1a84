"""Codes of authenticator apps, measured by the vectors of RFC 6238 and by a second reckoning."""

from base64 import b32encode
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from cryptography.fernet import InvalidToken

from elkk_adapters.security import SealedAuthenticators
from elkk_core.testing import contracts
from elkk_core.testing.doubles import NOON, authenticator_code

KEY = "a key for the tests of authenticators"


def apps(secret_key: str = KEY) -> SealedAuthenticators:
    """Return the apps of a cabinet."""
    return SealedAuthenticators(secret_key=secret_key, issuer="Энергосбыт: Цна")


class TestSealedAuthenticators(contracts.AuthenticatorsContract):
    def make(self) -> SealedAuthenticators:
        """Return the apps of a cabinet."""
        return apps()


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, digits: str) -> None:
    """The yardstick itself agrees with RFC 6238, appendix B (the last six of its eight digits)."""
    secret = b32encode(b"12345678901234567890").decode()

    assert digits == authenticator_code(secret, datetime.fromtimestamp(seconds, UTC))


def test_secret_of_another_key_is_of_no_use() -> None:
    """With another key of the cabinet nobody's codes are right, and no secret is shown."""
    sealed = apps().new_secret()
    other = apps("another key for the tests of authenticators")
    code = authenticator_code(apps().setup(sealed, owner="anna").secret, NOON)

    assert other.find_step(sealed, code, now=NOON) is None
    with pytest.raises(InvalidToken):
        other.setup(sealed, owner="anna")


def test_same_secret_is_sealed_differently() -> None:
    """Two secrets that are kept have nothing in common to compare."""
    assert apps().new_secret()[:40] != apps().new_secret()[:40]


def test_link_names_the_cabinet() -> None:
    """The app shows whose codes these are, whatever signs the name has."""
    link = urlsplit(apps().setup(apps().new_secret(), owner="+79161234567").link)

    assert ["Энергосбыт: Цна"] == parse_qs(link.query)["issuer"]
    assert unquote(link.path).endswith("+79161234567")
