"""Settings, read from the environment in one place."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import ClassVar, TypeVar

from attrs import define, field, frozen

from elkk_core.accounts.model import known_time_zone
from elkk_core.accounts.policies import LinkingPolicy
from elkk_core.billing.policies import ExportPolicy
from elkk_core.identity.policies import (
    CaptchaPolicy,
    CodePolicy,
    EmailPolicy,
    IdentityPolicy,
    PasswordPolicy,
    SecondFactorPolicy,
    SessionPolicy,
    SignInPolicy,
)
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.notices.policies import NoticePolicy
from elkk_core.payments.policies import PaymentPolicy, Posting
from elkk_core.shared.errors import Rejected
from elkk_core.shared.money import Money
from elkk_core.shared.tallies import Limit
from elkk_core.support.policies import SupportPolicy

_SHORTEST_SECRET = 32
_HOURS_OF_DAY = 24
_T = TypeVar("_T")


@define
class SettingWrong(Rejected):
    """The environment variable *name* is missing or cannot be understood; *expected* tells how."""

    code: ClassVar[str] = "settings.wrong"
    name: str
    expected: str


class Mode(StrEnum):
    """How elkk is run.

    ``production`` demands an HTTPS address and logs in JSON, ``development`` runs on loopback and
    logs for people, ``demo`` in addition shows every message that it sends on a page.
    """

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    DEMO = "demo"


class CaptchaKind(StrEnum):
    """Which captcha the browser passes: ``altcha`` asks nobody else, ``recaptcha`` asks Google."""

    ALTCHA = "altcha"
    RECAPTCHA = "recaptcha"


@frozen(kw_only=True)
class CaptchaSettings:
    """The captcha, with the most hashes that ALTCHA lets a browser work, or the keys for Google."""

    kind: CaptchaKind = CaptchaKind.ALTCHA
    most_work: int = 50_000
    site_key: str = ""
    secret_key: str = field(default="", repr=False)


@frozen(kw_only=True)
class Acquiring:
    """The bank that takes cards: a gateway of the RBS/BPC family at *url*.

    It knows us by a *token*, or by *user* and *password*.
    """

    url: str
    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: timedelta = timedelta(seconds=10)


@frozen(kw_only=True)
class Settings:
    """All settings, with the numbers of the policies."""

    mode: Mode
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str
    cabinet_name: str = "elkk"
    site: str = ""
    time_zone: str = "Europe/Moscow"
    support_email: str = ""
    agreement_version: str = "2026-11"
    trusted_proxies: int = 0
    worker_name: str = "worker-1"
    files_folder: str = "elkk-files"
    captcha: CaptchaSettings = CaptchaSettings()
    identity: IdentityPolicy = IdentityPolicy()
    linking: LinkingPolicy = LinkingPolicy()
    exports: ExportPolicy = ExportPolicy()
    notices: NoticePolicy = NoticePolicy()
    rollover: RolloverPolicy = RolloverPolicy()
    support: SupportPolicy = SupportPolicy()
    acquiring: Acquiring | None = None
    payments: PaymentPolicy = PaymentPolicy()

    @property
    def secure(self) -> bool:
        """Whether the cabinet is reached over HTTPS, so that cookies must be too."""
        return self.base_url.startswith("https://")


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Return the settings that the environment gives; each variable begins with ``ELKK_``.

    Raises:
        SettingWrong: If a variable is missing or cannot be understood.
    """
    reader = _Reader(environ)
    mode = reader.read("ELKK_MODE", "production", Mode, "production, development or demo")
    base_url = reader.text("ELKK_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    if not base_url.startswith(("http://", "https://")):
        raise SettingWrong("ELKK_BASE_URL", "an address that begins with https://")
    if mode is Mode.PRODUCTION and not base_url.startswith("https://"):
        raise SettingWrong("ELKK_BASE_URL", "an address that begins with https:// in production")
    secret_key = reader.text("ELKK_SECRET_KEY", "")
    if len(secret_key) < _SHORTEST_SECRET:
        raise SettingWrong("ELKK_SECRET_KEY", f"at least {_SHORTEST_SECRET} random characters")
    codes, passwords, sessions = CodePolicy(), PasswordPolicy(), SessionPolicy()
    sign_in, emails, linking = SignInPolicy(), EmailPolicy(), LinkingPolicy()
    second_factor = SecondFactorPolicy()
    captchas = CaptchaPolicy()
    least = reader.count("ELKK_PASSWORD_LEAST", passwords.least)
    most = reader.count("ELKK_PASSWORD_MOST", passwords.most)
    if most < least:
        raise SettingWrong("ELKK_PASSWORD_MOST", f"a whole number from {least} on")
    return Settings(
        mode=mode,
        database_url=reader.text("ELKK_DATABASE_URL", "sqlite:///elkk.sqlite3"),
        secret_key=secret_key,
        base_url=base_url,
        cabinet_name=reader.text("ELKK_CABINET_NAME", "elkk"),
        site=reader.text("ELKK_SITE", ""),
        support_email=reader.text("ELKK_SUPPORT_EMAIL", ""),
        time_zone=reader.read(
            "ELKK_TIME_ZONE", "Europe/Moscow", known_time_zone, "a name such as Europe/Moscow"
        ),
        agreement_version=reader.text("ELKK_AGREEMENT_VERSION", "2026-11"),
        trusted_proxies=reader.whole("ELKK_TRUSTED_PROXIES", 0),
        worker_name=reader.text("ELKK_WORKER_NAME", "worker-1"),
        files_folder=reader.text("ELKK_FILES_FOLDER", "elkk-files"),
        support=SupportPolicy(
            per_user=reader.per_day("ELKK_REQUESTS_PER_USER_AND_DAY", SupportPolicy().per_user)
        ),
        captcha=_captcha(reader),
        identity=IdentityPolicy(
            codes=CodePolicy(
                lifetime=reader.minutes("ELKK_CODE_LIFETIME_MINUTES", codes.lifetime),
                tries=reader.count("ELKK_CODE_TRIES", codes.tries),
                pause=reader.seconds("ELKK_CODE_PAUSE_SECONDS", codes.pause),
                per_phone=reader.per_day("ELKK_CODES_PER_PHONE_AND_DAY", codes.per_phone),
            ),
            passwords=PasswordPolicy(least=least, most=most),
            sessions=SessionPolicy(
                idle=reader.minutes("ELKK_SESSION_IDLE_MINUTES", sessions.idle),
                absolute=reader.minutes("ELKK_SESSION_ABSOLUTE_MINUTES", sessions.absolute),
                remembered=reader.minutes("ELKK_SESSION_REMEMBERED_MINUTES", sessions.remembered),
            ),
            sign_in=SignInPolicy(
                wrong_passwords=Limit(
                    times=reader.count("ELKK_WRONG_PASSWORDS", sign_in.wrong_passwords.times),
                    within=reader.minutes(
                        "ELKK_WRONG_PASSWORDS_MINUTES", sign_in.wrong_passwords.within
                    ),
                )
            ),
            second_factor=SecondFactorPolicy(
                wrong_codes=reader.per_day(
                    "ELKK_WRONG_CODES_PER_USER_AND_DAY", second_factor.wrong_codes
                ),
                sms=reader.per_day("ELKK_SIGN_IN_CODES_PER_USER_AND_DAY", second_factor.sms),
                patience=reader.minutes("ELKK_SECOND_STEP_MINUTES", second_factor.patience),
            ),
            emails=EmailPolicy(
                lifetime=reader.minutes("ELKK_EMAIL_LINK_MINUTES", emails.lifetime),
                per_user=reader.per_day("ELKK_LETTERS_PER_USER_AND_DAY", emails.per_user),
                recovery_lifetime=reader.minutes(
                    "ELKK_RECOVERY_LINK_MINUTES", emails.recovery_lifetime
                ),
                recoveries_per_address=reader.per_day(
                    "ELKK_RECOVERY_LETTERS_PER_ADDRESS_AND_DAY", emails.recoveries_per_address
                ),
            ),
            captchas=CaptchaPolicy(
                replies_per_visitor=Limit(
                    times=reader.count(
                        "ELKK_CAPTCHA_REPLIES_PER_HOUR", captchas.replies_per_visitor.times
                    ),
                    within=captchas.replies_per_visitor.within,
                )
            ),
        ),
        linking=LinkingPolicy(
            months=reader.count("ELKK_LINKING_MONTHS", linking.months),
            per_user=reader.per_day("ELKK_WRONG_ANSWERS_PER_USER_AND_DAY", linking.per_user),
            per_account=reader.per_day(
                "ELKK_WRONG_ANSWERS_PER_ACCOUNT_AND_DAY", linking.per_account
            ),
        ),
        rollover=RolloverPolicy(
            most_kwh=reader.read(
                "ELKK_ROLLOVER_MOST_KWH",
                str(RolloverPolicy().most_kwh),
                _finite,
                "a number of kWh",
            )
        ),
        acquiring=_acquiring(reader, mode),
        payments=_payments(reader),
        notices=_notices(reader),
    )


def _captcha(reader: "_Reader") -> CaptchaSettings:
    captcha = CaptchaSettings(
        kind=reader.read("ELKK_CAPTCHA", "altcha", CaptchaKind, "altcha or recaptcha"),
        most_work=reader.count("ELKK_CAPTCHA_WORK", CaptchaSettings().most_work),
        site_key=reader.text("ELKK_RECAPTCHA_SITE_KEY", ""),
        secret_key=reader.text("ELKK_RECAPTCHA_SECRET_KEY", ""),
    )
    if captcha.kind is CaptchaKind.RECAPTCHA:
        for name, value in (
            ("ELKK_RECAPTCHA_SITE_KEY", captcha.site_key),
            ("ELKK_RECAPTCHA_SECRET_KEY", captcha.secret_key),
        ):
            if not value:
                raise SettingWrong(name, "the key that Google gave for this site")
    return captcha


def _acquiring(reader: "_Reader", mode: Mode) -> Acquiring | None:
    """Return the bank that takes cards, None if no address is given."""
    url = reader.text("ELKK_BANK_URL", "")
    if not url:
        return None
    if not url.startswith(("https://",) if mode is Mode.PRODUCTION else ("https://", "http://")):
        raise SettingWrong("ELKK_BANK_URL", "an address that begins with https://")
    bank = Acquiring(
        url=f"{url.rstrip('/')}/",
        token=reader.text("ELKK_BANK_TOKEN", ""),
        user=reader.text("ELKK_BANK_USER", ""),
        password=reader.text("ELKK_BANK_PASSWORD", ""),
        timeout=reader.seconds("ELKK_BANK_TIMEOUT_SECONDS", timedelta(seconds=10)),
    )
    if not (bank.token or (bank.user and bank.password)):
        raise SettingWrong("ELKK_BANK_TOKEN", "a token, or ELKK_BANK_USER and ELKK_BANK_PASSWORD")
    return bank


def _payments(reader: "_Reader") -> PaymentPolicy:
    usual = PaymentPolicy()
    least = reader.roubles("ELKK_PAYMENT_LEAST", usual.least)
    most = reader.roubles("ELKK_PAYMENT_MOST", usual.most)
    if most < least:
        raise SettingWrong("ELKK_PAYMENT_MOST", f"an amount from {least} on")
    return PaymentPolicy(
        least=least,
        most=most,
        per_user=Limit(
            times=reader.count("ELKK_PAYMENTS_PER_USER_AND_HOUR", usual.per_user.times),
            within=usual.per_user.within,
        ),
        rules_version=reader.text("ELKK_PAYMENT_RULES_VERSION", usual.rules_version),
        posting=reader.read("ELKK_PAYMENT_POSTING", usual.posting, Posting, " or ".join(Posting)),
        lifetime=reader.minutes("ELKK_PAYMENT_MINUTES", usual.lifetime),
    )


def _notices(reader: "_Reader") -> NoticePolicy:
    policy = NoticePolicy()
    quiet_from, quiet_until = reader.read(
        "ELKK_QUIET_HOURS",
        f"{policy.quiet_from}-{policy.quiet_until}",
        _evening_and_morning,
        "the hours of an evening and of a morning, such as 21-9",
    )
    return NoticePolicy(
        reading_days=reader.whole("ELKK_NOTICE_READING_DAYS", policy.reading_days),
        verification_days=reader.whole("ELKK_NOTICE_VERIFICATION_DAYS", policy.verification_days),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
    )


def _evening_and_morning(text: str) -> tuple[int, int]:
    evening, morning = map(int, text.split("-"))
    if not 0 <= morning < evening <= _HOURS_OF_DAY:
        raise ValueError(text)
    return evening, morning


def _finite(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, "").strip() or default

    def read(self, name: str, default: str, convert: Callable[[str], _T], expected: str) -> _T:
        try:
            return convert(self.text(name, default))
        except (ValueError, InvalidOperation, Rejected):
            raise SettingWrong(name, expected) from None

    def whole(self, name: str, default: int) -> int:
        value = self.read(name, str(default), int, "a whole number")
        if value < 0:
            raise SettingWrong(name, "a whole number that is not negative")
        return value

    def roubles(self, name: str, default: Money) -> Money:
        amount = self.read(name, str(default), Money.parse, "an amount in roubles above zero")
        if amount <= Money.zero():
            raise SettingWrong(name, "an amount in roubles above zero")
        return amount

    def count(self, name: str, default: int) -> int:
        value = self.whole(name, default)
        if value < 1:
            raise SettingWrong(name, "a whole number above zero")
        return value

    def _time(self, name: str, default: timedelta, unit: timedelta, expected: str) -> timedelta:
        value = self.whole(name, default // unit) * unit
        if value <= timedelta(0):
            raise SettingWrong(name, expected)
        return value

    def minutes(self, name: str, default: timedelta) -> timedelta:
        return self._time(name, default, timedelta(minutes=1), "a number of minutes above zero")

    def seconds(self, name: str, default: timedelta) -> timedelta:
        return self._time(name, default, timedelta(seconds=1), "a number of seconds above zero")

    def per_day(self, name: str, default: Limit) -> Limit:
        return Limit(times=self.count(name, default.times), within=default.within)
