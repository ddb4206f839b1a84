"""Digests of passwords are slow to guess, and nothing that a form or a database holds upsets them."""

import pytest
from argon2 import Parameters, Type, extract_parameters
from hypothesis import example, given, settings
from hypothesis import strategies as st

from elkk_adapters.security import Argon2Hasher
from elkk_core.testing import contracts

PASSWORD = "снег идет второй день"
HASHER = Argon2Hasher()
DIGEST = HASHER.hash(PASSWORD)

# Each hashing takes tens of milliseconds, so a few examples have to do.
few = settings(max_examples=10, deadline=None)


class TestArgon2Hasher(contracts.PasswordHasherContract):
    def make(self) -> Argon2Hasher:
        """Return the hasher of these tests."""
        return HASHER


@pytest.mark.parametrize(
    "other",
    ["", "снег идет второй ден", "Снег идет второй день", DIGEST],
    ids=["nothing", "a letter less", "another case", "the digest itself"],
)
def test_other_password_does_not_match(other: str) -> None:
    """Who does not is not, not even with the digest itself."""
    assert not HASHER.matches(other, DIGEST)


def test_numbers_are_those_recommended() -> None:
    """Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet)."""
    expected = Parameters(
        type=Type.ID,
        version=19,
        salt_len=16,
        hash_len=32,
        time_cost=2,
        memory_cost=19 * 1024,
        parallelism=1,
    )

    assert expected == extract_parameters(DIGEST)


def test_letter_typed_as_two_characters_matches() -> None:
    """«й» as one character and as «и» with a breve is the same letter."""
    assert HASHER.matches("пара\u0439", HASHER.hash("пара\u0438\u0306"))


@few
@given(password=st.text(st.characters(), max_size=128))
def test_any_text_is_a_password(password: str) -> None:
    """Whatever can be sent by a form, half a surrogate pair and zeros included, can be hashed."""
    assert HASHER.matches(password, HASHER.hash(password))


@example(digest=f"{DIGEST}\0")
@given(digest=st.text() | st.text().map(DIGEST.__add__) | st.text().map("$argon2id$".__add__))
def test_malformed_digest_matches_nothing(digest: str) -> None:
    """A digest that is damaged, or another text altogether, lets nobody in."""
    assert digest == DIGEST or not HASHER.matches(PASSWORD, digest)


@given(length=st.integers(0, len(DIGEST) - 1))
def test_cut_digest_matches_nothing(length: int) -> None:
    """A digest that was cut off lets nobody in."""
    assert not HASHER.matches(PASSWORD, DIGEST[:length])


@pytest.mark.parametrize("stronger", [{"memory_mebibytes": 20}, {"passes": 3}])
def test_digest_with_weaker_numbers_is_outdated(stronger: dict[str, int]) -> None:
    """When the numbers grow, earlier digests are to be made anew."""
    assert Argon2Hasher(**stronger).is_outdated(DIGEST)


def test_digest_with_stronger_numbers_is_not_outdated() -> None:
    """When the numbers shrink, earlier digests stay as strong as they are."""
    assert not HASHER.is_outdated(Argon2Hasher(memory_mebibytes=20).hash(PASSWORD))


def test_digest_of_weaker_make_is_outdated() -> None:
    """A digest by Argon2i is outdated, whatever its numbers."""
    assert HASHER.is_outdated(DIGEST.replace("$argon2id$", "$argon2i$"))


@given(digest=st.text())
def test_malformed_digest_is_outdated(digest: str) -> None:
    """What no password matches had better be made anew."""
    assert HASHER.is_outdated(digest)
