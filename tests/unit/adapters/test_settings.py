"""Settings from the environment."""

from datetime import timedelta

import pytest

from elkk_adapters.settings import Mode, Settings, SettingWrong, settings_from

_SET_UP = {
    "ELKK_BASE_URL": "https://cabinet.example.org",
    "ELKK_SECRET_KEY": "0123456789abcdef0123456789abcdef",
}


def test_an_address_and_a_key_suffice() -> None:
    """All the rest has a value that one can work with."""
    settings = settings_from(_SET_UP)

    assert settings == Settings(
        mode=Mode.PRODUCTION,
        database_url="sqlite:///elkk.sqlite3",
        secret_key=_SET_UP["ELKK_SECRET_KEY"],
        base_url=_SET_UP["ELKK_BASE_URL"],
    )


def test_cookies_need_https_where_the_address_has_it() -> None:
    """Loopback without HTTPS is for developers."""
    at_home = {**_SET_UP, "ELKK_MODE": "development", "ELKK_BASE_URL": "http://127.0.0.1:8000/"}

    assert settings_from(_SET_UP).secure
    assert not settings_from(at_home).secure
    assert "http://127.0.0.1:8000" == settings_from(at_home).base_url


def test_numbers_of_the_policies_can_be_set() -> None:
    """Limits and times are the supplier's to choose."""
    settings = settings_from(
        {**_SET_UP, "ELKK_SESSION_IDLE_MINUTES": "5", "ELKK_WRONG_ANSWERS_PER_USER_AND_DAY": "3"}
    )

    assert timedelta(minutes=5) == settings.identity.sessions.idle
    assert 3 == settings.linking.per_user.times


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELKK_MODE", "test"),
        ("ELKK_BASE_URL", "cabinet.example.org"),
        ("ELKK_BASE_URL", "http://cabinet.example.org"),
        ("ELKK_SECRET_KEY", "short"),
        ("ELKK_TIME_ZONE", "Europe/Tambov"),
        ("ELKK_TRUSTED_PROXIES", "-1"),
        ("ELKK_CODE_TRIES", "0"),
        ("ELKK_CODE_LIFETIME_MINUTES", "0"),
        ("ELKK_CODE_PAUSE_SECONDS", "a minute"),
        ("ELKK_CODES_PER_PHONE_AND_DAY", "0"),
        ("ELKK_PASSWORD_LEAST", "0"),
        ("ELKK_PASSWORD_MOST", "7"),
        ("ELKK_WRONG_PASSWORDS", "0"),
        ("ELKK_LINKING_MONTHS", "0"),
        ("ELKK_ROLLOVER_MOST_KWH", "NaN"),
    ],
)
def test_setting_that_makes_no_sense_is_refused(name: str, value: str) -> None:
    """The start tells which variable is wrong, not the first page that needs it."""
    with pytest.raises(SettingWrong) as caught:
        settings_from({**_SET_UP, name: value})

    assert name == caught.value.name
