"""The captcha that the settings choose."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from elkk_adapters.captcha import CaptchaDesk, ProofOfWork, Questions, Recaptcha
from elkk_adapters.settings import CaptchaKind, Settings
from elkk_core.shared import Clock


@contextmanager
def captcha_desk(settings: Settings, clock: Clock) -> Iterator[CaptchaDesk]:
    """Yield the captcha of *settings*; the connections of one that asks others are closed after."""
    questions = Questions(secret_key=settings.secret_key, clock=clock)
    if settings.captcha.kind is CaptchaKind.ALTCHA:
        work = ProofOfWork(
            secret_key=settings.secret_key, clock=clock, most_work=settings.captcha.most_work
        )
        yield CaptchaDesk(browser=work, questions=questions)
        return
    recaptcha = Recaptcha(
        site_key=settings.captcha.site_key,
        secret_key=settings.captcha.secret_key,
        hostname=urlsplit(settings.base_url).hostname or "",
        clock=clock,
    )
    with closing(recaptcha):
        yield CaptchaDesk(browser=recaptcha, questions=questions)
