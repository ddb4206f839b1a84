"""ALTCHA: the browser works for a moment, no third party is asked, and nobody is watched."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from altcha import Challenge, Payload, create_challenge, solve_challenge, verify_solution

from elkk_core.identity.errors import CaptchaExpired, CaptchaNotPassed
from elkk_core.identity.model import CaptchaAnswer, CaptchaVerdict
from elkk_core.shared.ports import Clock

_PURPOSE = b"elkk captcha, proof of work, version 1"
_EXPIRES = "expires"
_LONGEST_SOLUTION = 4096


class ProofOfWork:
    """Gives the browser a number to find, between nought and *most_work*, by trying SHA-256.

    The number is chosen beforehand, so that no browser ever works longer than *most_work* hashes;
    on the average it is half of that. A desktop of today does four hundred thousand in a second, and
    a browser slowed down twenty times, as an old phone is, forty thousand: 50 000 take it 1,3 s at
    the worst. The challenge is signed by a key derived from *secret_key*, and holds its own end,
    which our clock watches.
    """

    def __init__(
        self,
        *,
        secret_key: str,
        clock: Clock,
        most_work: int = 50_000,
        lifetime: timedelta = timedelta(minutes=20),
    ) -> None:
        self._key = hmac.digest(secret_key.encode(), _PURPOSE, sha256)
        self._clock = clock
        self._most_work = most_work
        self._lifetime = lifetime

    def challenge(self) -> dict[str, Any]:
        """Return a new challenge in the form of ALTCHA's widgets, ready for JSON."""
        challenge = create_challenge(
            "SHA-256",
            cost=1,
            counter=secrets.randbelow(self._most_work + 1),
            data={_EXPIRES: int((self._clock.now() + self._lifetime).timestamp())},
            hmac_secret=self._key,
        )
        return challenge.to_dict()

    def judge(self, answer: CaptchaAnswer) -> CaptchaVerdict:
        """Return what became of the solution.

        Raises:
            CaptchaNotPassed: If it solves no challenge of ours.
            CaptchaExpired: If it comes too late.
        """
        if len(answer.solution) > _LONGEST_SOLUTION:
            raise CaptchaNotPassed
        try:
            payload = Payload.from_base64(answer.solution)
            solved = verify_solution(payload, self._key).verified
        # Whatever a form may bring in place of a solution.
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise CaptchaNotPassed from None
        parameters = payload.challenge.parameters
        if not solved or parameters.data is None:
            raise CaptchaNotPassed
        expires_at = datetime.fromtimestamp(parameters.data[_EXPIRES], UTC)
        if self._clock.now() >= expires_at:
            raise CaptchaExpired
        return CaptchaVerdict(
            key=f"work:{parameters.nonce}", passed=True, effortless=False, expires_at=expires_at
        )


def solution_of(challenge: dict[str, Any]) -> str:
    """Return what a browser sends back after it has worked on *challenge*.

    For whoever enters by a program of their own: the work is the same.

    Raises:
        ValueError: If no number solves it.
    """
    asked = Challenge.from_dict(challenge)
    solution = solve_challenge(asked)
    if solution is None:
        message = "the challenge has no solution"
        raise ValueError(message)
    return Payload(asked, solution).to_base64()
