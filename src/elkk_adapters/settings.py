"""Settings, read from the environment in one place."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import ClassVar, TypeVar

from attrs import define, field, frozen

from elkk_core.accounts.model import known_time_zone
from elkk_core.accounts.policies import LinkingPolicy
from elkk_core.identity.policies import (
    CodePolicy,
    EmailPolicy,
    IdentityPolicy,
    PasswordPolicy,
    SessionPolicy,
    SignInPolicy,
)
from elkk_core.metering.policies import RolloverPolicy
from elkk_core.shared.errors import Rejected
from elkk_core.shared.tallies import Limit

_SHORTEST_SECRET = 32
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
    identity: IdentityPolicy = IdentityPolicy()
    linking: LinkingPolicy = LinkingPolicy()
    rollover: RolloverPolicy = RolloverPolicy()

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
            emails=EmailPolicy(
                lifetime=reader.minutes("ELKK_EMAIL_LINK_MINUTES", emails.lifetime),
                per_user=reader.per_day("ELKK_LETTERS_PER_USER_AND_DAY", emails.per_user),
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
    )


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
