"""A little sum in words, for people whose browser runs no scripts or who cannot use the other way."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from attrs import field, frozen

from elkk_core.identity.errors import CaptchaExpired, CaptchaNotPassed
from elkk_core.identity.model import CaptchaAnswer, CaptchaVerdict, Language
from elkk_core.shared.ports import Clock

_PURPOSE = b"elkk captcha, questions, version 1"
_NUMBERS = {
    Language.RUSSIAN: (
        "ноль",
        "один",
        "два",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
    ),
    Language.ENGLISH: (
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
    ),
}
_SUMS = {
    Language.RUSSIAN: ("Сколько будет {} плюс {}?", "Сколько будет {} минус {}?"),
    Language.ENGLISH: ("How much is {} plus {}?", "How much is {} minus {}?"),
}
_PARTS = 4


@frozen(kw_only=True)
class Question:
    """What a person reads, and what the form brings back beside the reply."""

    text: str
    sealed: str = field(repr=False)


class Questions:
    """Asks for a sum of two figures; the seal alone knows what is right, and nothing is kept.

    The key of the seals is derived from *secret_key*. A program can reckon too: therefore each
    question is heard once, right or wrong, and replies are counted by visitor (``effortless``).
    """

    def __init__(
        self, *, secret_key: str, clock: Clock, lifetime: timedelta = timedelta(hours=1)
    ) -> None:
        self._key = hmac.digest(secret_key.encode(), _PURPOSE, sha256)
        self._clock = clock
        self._lifetime = lifetime

    def ask(self, language: Language) -> Question:
        """Return a new question."""
        greater, less = 2 + secrets.randbelow(8), 1 + secrets.randbelow(9)
        greater, less = max(greater, less), min(greater, less)
        is_difference = bool(secrets.randbelow(2))
        result = greater - less if is_difference else greater + less
        numbers = _NUMBERS[language]
        ends = int((self._clock.now() + self._lifetime).timestamp())
        key = f"{secrets.token_urlsafe(12)}.{ends}"
        right = self._sign(f"{key}.{result}")
        return Question(
            text=_SUMS[language][is_difference].format(numbers[greater], numbers[less]),
            sealed=f"{key}.{right}.{self._sign(f'{key}.{right}')}",
        )

    def judge(self, answer: CaptchaAnswer) -> CaptchaVerdict:
        """Return what became of the reply.

        Raises:
            CaptchaNotPassed: If the question is none of ours.
            CaptchaExpired: If the reply comes too late.
        """
        parts = answer.question.split(".")
        if len(parts) != _PARTS or not self._signed(".".join(parts[:3]), parts[3]):
            raise CaptchaNotPassed
        key = ".".join(parts[:2])
        expires_at = datetime.fromtimestamp(int(parts[1]), UTC)
        if self._clock.now() >= expires_at:
            raise CaptchaExpired
        return CaptchaVerdict(
            key=f"question:{key}",
            passed=self._signed(f"{key}.{answer.reply.strip()}", parts[2]),
            effortless=True,
            expires_at=expires_at,
        )

    def _sign(self, text: str) -> str:
        signature = hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), sha256)
        return urlsafe_b64encode(signature).rstrip(b"=").decode()

    def _signed(self, text: str, signature: str) -> bool:
        given = signature.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(self._sign(text).encode(), given)
