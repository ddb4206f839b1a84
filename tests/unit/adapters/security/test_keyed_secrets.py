"""Codes and tokens cannot be foreseen, and their digests belong to one key and one context."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.security import KeyedSecrets
from elkk_core.testing import contracts

SECRETS = KeyedSecrets(secret_key="a key of thirty-two characters..")
MANY = 20_000

texts = st.text(st.characters())


class TestKeyedSecrets(contracts.SecretsContract):
    def make(self) -> KeyedSecrets:
        """Return the source of these tests."""
        return SECRETS


def test_code_has_six_digits() -> None:
    """Leading zeros are there too: all million codes can come."""
    codes = [SECRETS.new_code() for _ in range(MANY)]

    assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)


def test_digits_of_codes_are_equally_frequent() -> None:
    """In each of the six places each digit comes a tenth of the time.

    The bound is that of a chi-squared test with nine degrees of freedom which a fair generator
    fails once in a hundred million runs.
    """
    codes = [SECRETS.new_code() for _ in range(MANY)]
    expected = MANY / 10
    spreads = [
        sum((Counter(place)[digit] - expected) ** 2 / expected for digit in "0123456789")
        for place in zip(*codes, strict=True)
    ]

    assert max(spreads) < 60


def test_token_is_safe_in_an_address() -> None:
    """A token needs no escaping, and has 43 characters of 6 bits: 256 bits."""
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", SECRETS.new_token())


def test_tokens_differ() -> None:
    """No token comes twice."""
    assert MANY == len({SECRETS.new_token() for _ in range(MANY)})


@given(secret=texts, context=texts)
def test_secret_matches_its_digest(secret: str, context: str) -> None:
    """Who knows the secret is believed."""
    assert SECRETS.matches(secret, SECRETS.digest(secret, context=context), context=context)


@given(secret=texts, context=texts)
def test_digest_has_64_hexadecimal_digits(secret: str, context: str) -> None:
    """A digest fits its column, whatever it was made of."""
    assert re.fullmatch(r"[0-9a-f]{64}", SECRETS.digest(secret, context=context))


@given(one=st.tuples(texts, texts), other=st.tuples(texts, texts))
def test_digest_belongs_to_secret_and_context(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Another secret or another context has another digest, even if both read alike together."""
    digests = {SECRETS.digest(secret, context=context) for secret, context in (one, other)}

    assert len({one, other}) == len(digests)


def test_digest_belongs_to_key() -> None:
    """Another key makes another digest: the database alone is of no use."""
    other = KeyedSecrets(secret_key="another key of 32 characters ...")

    assert SECRETS.digest("730164", context="x") != other.digest("730164", context="x")


def test_digest_is_the_same_after_restart() -> None:
    """The same key makes the same digests in every process."""
    again = KeyedSecrets(secret_key="a key of thirty-two characters..")

    assert SECRETS.digest("730164", context="x") == again.digest("730164", context="x")


@pytest.mark.parametrize("digest", ["", "730164", "дайджест", "\ud800"])
def test_malformed_digest_matches_nothing(digest: str) -> None:
    """What is no digest is not matched, and does no harm."""
    assert not SECRETS.matches("730164", digest, context="x")
