"""Settings from the environment."""

from datetime import timedelta

import pytest

from elkk_adapters.settings import CaptchaKind, Mode, Settings, SettingWrong, settings_from
from elkk_core.shared import Limit

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
        {
            **_SET_UP,
            "ELKK_SESSION_IDLE_MINUTES": "5",
            "ELKK_WRONG_CODES_PER_USER_AND_DAY": "4",
            "ELKK_WRONG_ANSWERS_PER_USER_AND_DAY": "3",
            "ELKK_PAYMENTS_PER_USER_AND_HOUR": "2",
        }
    )

    assert timedelta(minutes=5) == settings.identity.sessions.idle
    assert 4 == settings.identity.second_factor.wrong_codes.times
    assert 3 == settings.linking.per_user.times
    assert Limit(times=2, within=timedelta(hours=1)) == settings.payments.per_user


def test_quiet_hours_and_terms_of_notices_can_be_set() -> None:
    """When to remind, and when to keep still, is the supplier's to choose."""
    notices = settings_from(
        {
            **_SET_UP,
            "ELKK_QUIET_HOURS": "22-8",
            "ELKK_NOTICE_READING_DAYS": "3",
            "ELKK_NOTICE_VERIFICATION_DAYS": "90",
        }
    ).notices

    assert (22, 8, 3, 90) == (
        notices.quiet_from,
        notices.quiet_until,
        notices.reading_days,
        notices.verification_days,
    )


def test_google_needs_both_its_keys() -> None:
    """Whoever chooses reCAPTCHA is told which key is missing."""
    google = {
        "ELKK_CAPTCHA": "recaptcha",
        "ELKK_RECAPTCHA_SITE_KEY": "of the site",
        "ELKK_RECAPTCHA_SECRET_KEY": "of the server",
    }
    captcha = settings_from({**_SET_UP, **google}).captcha

    assert (CaptchaKind.RECAPTCHA, "of the site", "of the server") == (
        captcha.kind,
        captcha.site_key,
        captcha.secret_key,
    )
    for name in ("ELKK_RECAPTCHA_SITE_KEY", "ELKK_RECAPTCHA_SECRET_KEY"):
        with pytest.raises(SettingWrong) as caught:
            settings_from({**_SET_UP, **google, name: " "})
        assert name == caught.value.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELKK_MODE", "test"),
        ("ELKK_BASE_URL", "cabinet.example.org"),
        ("ELKK_BASE_URL", "http://cabinet.example.org"),
        ("ELKK_SECRET_KEY", "short"),
        ("ELKK_TIME_ZONE", "Europe/Tambov"),
        ("ELKK_TRUSTED_PROXIES", "-1"),
        ("ELKK_QUIET_HOURS", "9-21"),
        ("ELKK_QUIET_HOURS", "25-9"),
        ("ELKK_QUIET_HOURS", "night"),
        ("ELKK_NOTICE_READING_DAYS", "-1"),
        ("ELKK_CODE_TRIES", "0"),
        ("ELKK_CODE_LIFETIME_MINUTES", "0"),
        ("ELKK_CODE_PAUSE_SECONDS", "a minute"),
        ("ELKK_CODES_PER_PHONE_AND_DAY", "0"),
        ("ELKK_PASSWORD_LEAST", "0"),
        ("ELKK_PASSWORD_MOST", "7"),
        ("ELKK_WRONG_PASSWORDS", "0"),
        ("ELKK_LINKING_MONTHS", "0"),
        ("ELKK_CAPTCHA", "off"),
        ("ELKK_CAPTCHA_WORK", "0"),
        ("ELKK_CAPTCHA_REPLIES_PER_HOUR", "0"),
        ("ELKK_RECOVERY_LINK_MINUTES", "0"),
        ("ELKK_RECOVERY_LETTERS_PER_ADDRESS_AND_DAY", "0"),
        ("ELKK_ROLLOVER_MOST_KWH", "NaN"),
        ("ELKK_BANK_URL", "http://bank.example"),
        ("ELKK_PAYMENT_LEAST", "0"),
        ("ELKK_PAYMENT_LEAST", "a rouble"),
        ("ELKK_PAYMENT_MOST", "0.50"),
        ("ELKK_PAYMENT_MINUTES", "0"),
        ("ELKK_PAYMENTS_PER_USER_AND_HOUR", "0"),
        ("ELKK_PAYMENT_POSTING", "never"),
    ],
)
def test_setting_that_makes_no_sense_is_refused(name: str, value: str) -> None:
    """The start tells which variable is wrong, not the first page that needs it."""
    with pytest.raises(SettingWrong) as caught:
        settings_from({**_SET_UP, name: value})

    assert name == caught.value.name


def test_without_an_address_no_bank_takes_cards() -> None:
    """Nobody can pay by card until an operator has set a bank up."""
    assert settings_from(_SET_UP).acquiring is None


@pytest.mark.parametrize(
    "known_by",
    [
        {"ELKK_BANK_TOKEN": "a token"},
        {"ELKK_BANK_USER": "shop-api", "ELKK_BANK_PASSWORD": "secret"},
    ],
    ids=["token", "user"],
)
def test_a_bank_knows_the_supplier_by_a_token_or_a_user(known_by: dict[str, str]) -> None:
    """Its address ends with a slash, and what it knows the supplier by is not printed."""
    settings = settings_from(
        {**_SET_UP, **known_by, "ELKK_BANK_URL": "https://bank.example/payment/rest"}
    )

    assert settings.acquiring is not None
    assert "https://bank.example/payment/rest/" == settings.acquiring.url
    assert "secret" not in repr(settings)
    assert "a token" not in repr(settings)


def test_a_bank_that_knows_nobody_is_refused() -> None:
    """An address alone opens nothing."""
    with pytest.raises(SettingWrong) as caught:
        settings_from({**_SET_UP, "ELKK_BANK_URL": "https://bank.example"})

    assert "ELKK_BANK_TOKEN" == caught.value.name
