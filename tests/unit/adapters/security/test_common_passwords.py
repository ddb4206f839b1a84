"""What is guessed first is known, however the keyboard was switched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from elkk_adapters.security import ZxcvbnCommonPasswords
from elkk_core.testing import contracts

COMMON = ZxcvbnCommonPasswords()


class TestZxcvbnCommonPasswords(contracts.CommonPasswordsContract):
    def make(self) -> ZxcvbnCommonPasswords:
        """Return the list of these tests."""
        return COMMON


@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "password",
        "Password1",
        "QWERTYUIOP",
        "1qaz2wsx",
        "rfnthbyf",
        "йцукенгш",
        "ЙЦУКЕН123",
        "пароль123",
        "university",
    ],
)
def test_common_password_is_known(password: str) -> None:
    """Leaked passwords and words are known in any case and on both keyboards."""
    assert COMMON.contains(password)


@pytest.mark.parametrize(
    "password",
    ["", "снег идет второй день", "vT4-kk0-Pq9", "correct horse battery staple", "ё" * 128],
)
def test_other_password_is_not_known(password: str) -> None:
    """A password of one's own is let pass."""
    assert not COMMON.contains(password)


@given(data=st.data())
def test_every_listed_password_is_known_in_any_case(data: st.DataObject) -> None:
    """Each entry of each list is known, in whatever case it is written."""
    words = FREQUENCY_LISTS[data.draw(st.sampled_from(sorted(FREQUENCY_LISTS)))]
    word = data.draw(st.sampled_from(words))
    switched = [data.draw(st.sampled_from([sign.lower(), sign.upper()])) for sign in word]

    assert COMMON.contains("".join(switched))


@given(password=st.text(st.characters()))
def test_any_text_can_be_asked_for(password: str) -> None:
    """Whatever a form sends gets an answer."""
    assert COMMON.contains(password) in {True, False}
