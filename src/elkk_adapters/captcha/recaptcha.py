"""reCAPTCHA: Google judges whether a person has ticked the box."""

from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import httpx
import structlog

from elkk_adapters.captcha.errors import CaptchaUnavailable
from elkk_core.identity.errors import CaptchaExpired, CaptchaNotPassed
from elkk_core.identity.model import CaptchaAnswer, CaptchaVerdict
from elkk_core.shared.errors import ElkkError
from elkk_core.shared.ports import Clock

_log = structlog.get_logger(__name__)

_VERIFY = "https://www.google.com/recaptcha/api/siteverify"
_TIME_OUT = timedelta(seconds=5)
# Google itself hears a token once, for two minutes; we remember it somewhat longer.
_LIFETIME = timedelta(minutes=10)
# https://developers.google.com/recaptcha/docs/verify, «Error code reference». Whatever is not here
# is our own fault or a change on the other side, and no verdict about the visitor.
_REFUSALS: dict[str, type[ElkkError]] = {
    "missing-input-response": CaptchaNotPassed,
    "invalid-input-response": CaptchaNotPassed,
    "timeout-or-duplicate": CaptchaExpired,
}


class Recaptcha:
    """Asks Google about the token of the visitor's browser.

    *hostname* is that of the cabinet: a token that was made on another site says nothing about a
    visitor of ours.
    """

    def __init__(
        self,
        *,
        site_key: str,
        secret_key: str,
        hostname: str,
        clock: Clock,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.site_key = site_key
        self._secret_key = secret_key
        self._hostname = hostname
        self._clock = clock
        self._client = httpx.Client(transport=transport, timeout=_TIME_OUT.total_seconds())

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def judge(self, answer: CaptchaAnswer) -> CaptchaVerdict:
        """Return what Google says of the token.

        Raises:
            CaptchaNotPassed: If it is none, or was made elsewhere.
            CaptchaExpired: If it is too old, or Google was asked about it before.
            CaptchaUnavailable: If Google does not answer as its documentation says.
        """
        if not answer.solution:
            raise CaptchaNotPassed
        said = self._ask(answer)
        if said.get("success") is not True:
            raise self._refusal(said)
        if said.get("hostname") != self._hostname:
            raise CaptchaNotPassed
        digest = sha256(answer.solution.encode("utf-8", "surrogatepass")).hexdigest()
        return CaptchaVerdict(
            key=f"recaptcha:{digest}",
            passed=True,
            effortless=False,
            expires_at=self._clock.now() + _LIFETIME,
        )

    def _ask(self, answer: CaptchaAnswer) -> dict[str, Any]:
        token = answer.solution.encode("utf-8", "replace").decode()
        # The address of the visitor, which may be told too, is nobody's business.
        question = {"secret": self._secret_key, "response": token}
        try:
            response = self._client.post(_VERIFY, data=question)
            said = response.json() if response.status_code == HTTPStatus.OK else None
        except (httpx.HTTPError, ValueError) as error:
            raise CaptchaUnavailable from error
        if not isinstance(said, dict):
            raise CaptchaUnavailable
        return said

    def _refusal(self, said: dict[str, Any]) -> ElkkError:
        codes = said.get("error-codes")
        for code in codes if isinstance(codes, list) else ():
            if code in _REFUSALS:
                return _REFUSALS[code]()
        _log.error("recaptcha_not_understood", error_codes=codes)
        return CaptchaUnavailable()
