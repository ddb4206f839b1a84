"""Three captchas, and the desk that asks the right one."""

import base64
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from attrs import evolve

from elkk_adapters.captcha import (
    CaptchaDesk,
    CaptchaUnavailable,
    ProofOfWork,
    Questions,
    Recaptcha,
    solution_of,
)
from elkk_core.identity import (
    Captcha,
    CaptchaAnswer,
    CaptchaExpired,
    CaptchaNotPassed,
    Language,
)
from elkk_core.shared import ElkkError
from elkk_core.testing import contracts
from elkk_core.testing.doubles import NOON, FixedClock

KEY = "a key of more than thirty-two characters"
RUSSIAN = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def work(clock: FixedClock | None = None, **changes: Any) -> ProofOfWork:
    """Return a captcha that is quickly solved."""
    options: dict[str, Any] = {"secret_key": KEY, "clock": clock or FixedClock(), "most_work": 20}
    return ProofOfWork(**options | changes)


def questions(clock: FixedClock | None = None) -> Questions:
    """Return a captcha in words."""
    return Questions(secret_key=KEY, clock=clock or FixedClock())


def read(text: str) -> int:
    """Return what a person makes of a question in words."""
    numbers = [
        (ENGLISH if word in ENGLISH else RUSSIAN).index(word)
        for word in text.rstrip("?").split()
        if word in RUSSIAN or word in ENGLISH
    ]
    return numbers[0] + numbers[1] * (1 if "плюс" in text or "plus" in text else -1)


def replied(captcha: Questions, language: Language = Language.RUSSIAN) -> CaptchaAnswer:
    """Return the right reply to a new question."""
    question = captcha.ask(language)
    return CaptchaAnswer(question=question.sealed, reply=str(read(question.text)))


class TestProofOfWork(contracts.CaptchaContract):
    def make(self) -> ProofOfWork:
        """Return the captcha, and remember its clock."""
        self._clock = FixedClock()
        return work(self._clock)

    def solve(self, captcha: Captcha) -> CaptchaAnswer:
        """Work on a new challenge."""
        assert isinstance(captcha, ProofOfWork)
        return CaptchaAnswer(solution=solution_of(captcha.challenge()))

    def spoil(self, answer: CaptchaAnswer) -> CaptchaAnswer:
        """Claim another number."""
        return changed(answer, lambda said: said["solution"].update(counter=21))

    def wait(self, step: timedelta) -> None:
        """Let *step* pass."""
        self._clock.advance(step)


class TestQuestions(contracts.CaptchaContract):
    def make(self) -> Questions:
        """Return the captcha, and remember its clock."""
        self._clock = FixedClock()
        return questions(self._clock)

    def solve(self, captcha: Captcha) -> CaptchaAnswer:
        """Reply to a new question."""
        assert isinstance(captcha, Questions)
        return replied(captcha)

    def spoil(self, answer: CaptchaAnswer) -> CaptchaAnswer:
        """Reply something else."""
        return evolve(answer, reply="99")

    def wait(self, step: timedelta) -> None:
        """Let *step* pass."""
        self._clock.advance(step)


def changed(answer: CaptchaAnswer, change: Any) -> CaptchaAnswer:  # noqa: ANN401 - Any change.
    """Return a solution in which something was changed."""
    said = json.loads(base64.b64decode(answer.solution))
    change(said)
    return evolve(answer, solution=base64.b64encode(json.dumps(said).encode()).decode())


# Work


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda said: said["challenge"]["parameters"].update(cost=0), id="cheaper"),
        pytest.param(
            lambda said: said["challenge"]["parameters"].update(keyPrefix="00"), id="shorter prefix"
        ),
        pytest.param(
            lambda said: said["challenge"]["parameters"].update(nonce="00" * 16), id="another nonce"
        ),
        pytest.param(
            lambda said: said["challenge"]["parameters"]["data"].update(expires=10**10),
            id="longer life",
        ),
        pytest.param(lambda said: said["challenge"]["parameters"].pop("data"), id="no data"),
        pytest.param(lambda said: said["challenge"].pop("signature"), id="unsigned"),
        pytest.param(
            lambda said: said["challenge"].update(signature="00" * 32), id="another signature"
        ),
        pytest.param(lambda said: said["solution"].update(derivedKey="00" * 32), id="another key"),
        pytest.param(lambda said: said["solution"].update(counter=None), id="no counter"),
        pytest.param(lambda said: said["solution"].update(counter="1"), id="counter of text"),
        pytest.param(lambda said: said.update(solution=[]), id="list for solution"),
        pytest.param(lambda said: said.update(challenge=None), id="no challenge"),
    ],
)
def test_challenge_that_was_tampered_with_is_none_of_ours(change: Any) -> None:  # noqa: ANN401 - Any change.
    """Neither an easier challenge nor a longer life can be written into one."""
    captcha = work()
    answer = CaptchaAnswer(solution=solution_of(captcha.challenge()))

    with pytest.raises(CaptchaNotPassed):
        captcha.judge(changed(answer, change))


def test_challenge_of_another_cabinet_is_none_of_ours() -> None:
    """A key of its own signs the challenges of each cabinet."""
    answer = CaptchaAnswer(solution=solution_of(work(secret_key=KEY[::-1]).challenge()))

    with pytest.raises(CaptchaNotPassed):
        work().judge(answer)


def test_work_has_an_upper_bound() -> None:
    """The number to find is never beyond what the cabinet asks for at most."""
    captcha = work(most_work=3)
    counters = set()
    for _ in range(40):
        said = json.loads(base64.b64decode(solution_of(captcha.challenge())))
        counters.add(said["solution"]["counter"])

    assert counters == {0, 1, 2, 3}


def test_solution_of_any_length_is_refused_at_once() -> None:
    """Nobody makes the cabinet read a book."""
    with pytest.raises(CaptchaNotPassed):
        work().judge(CaptchaAnswer(solution="A" * 200_000))


def test_solution_is_good_for_twenty_minutes() -> None:
    """The verdict says until when an answer must be remembered, for it cannot come later."""
    verdict = work().judge(CaptchaAnswer(solution=solution_of(work().challenge())))

    assert NOON + timedelta(minutes=20) == verdict.expires_at
    assert not verdict.effortless


# Questions


@pytest.mark.parametrize("language", Language)
def test_question_is_answered_in_figures(language: Language) -> None:
    """Every sum that is asked can be read and answered, with blanks around, and is not below zero."""
    captcha = questions()
    for _ in range(60):
        question = captcha.ask(language)
        right = read(question.text)
        answer = CaptchaAnswer(question=question.sealed, reply=f" {right} ")

        assert right >= 0
        assert captcha.judge(answer).passed
        assert not captcha.judge(evolve(answer, reply=str(right + 1))).passed
        assert captcha.judge(answer).effortless


def test_question_does_not_hold_its_answer() -> None:
    """Two seals of the same sum have nothing in common: one cannot be learnt from the other."""
    captcha = questions()
    seals: dict[str, list[str]] = {}
    while max(map(len, seals.values()), default=0) < 2:
        question = captcha.ask(Language.RUSSIAN)
        seals.setdefault(question.text, []).append(question.sealed.split(".")[2])
    (twice,) = (found for found in seals.values() if len(found) == 2)

    assert twice[0] != twice[1]


def test_question_cannot_be_prolonged() -> None:
    """The end of a question is part of what is signed."""
    captcha = questions()
    answer = replied(captcha)
    nonce, ends, *rest = answer.question.split(".")

    with pytest.raises(CaptchaNotPassed):
        captcha.judge(evolve(answer, question=".".join([nonce, str(int(ends) + 3600), *rest])))


# Google

# https://developers.google.com/recaptcha/docs/verify, «API Response» and «Error code reference»,
# as of November 2026: the keys and codes are Google's, with the values of an example.
PASSED = {"success": True, "challenge_ts": "2026-11-22T12:00:00Z", "hostname": "cabinet.example"}


def google(said: Any, status: int = 200) -> Recaptcha:  # noqa: ANN401 - Whatever a server says.
    """Return the captcha before a Google that answers *said*."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert "https://www.google.com/recaptcha/api/siteverify" == str(request.url)
        assert "secret=the+secret&response=a+token" == request.content.decode()
        return httpx.Response(status, json=said) if status == 200 else httpx.Response(status)

    return Recaptcha(
        site_key="the site",
        secret_key="the secret",
        hostname="cabinet.example",
        clock=FixedClock(),
        transport=httpx.MockTransport(answer),
    )


TOKEN = CaptchaAnswer(solution="a token", visitor="192.0.2.7")


def test_google_says_that_it_is_a_person() -> None:
    """Its word is good once, and says nothing of the visitor's address, which is not told either."""
    verdict = google(PASSED).judge(TOKEN)

    assert (True, False) == (verdict.passed, verdict.effortless)
    assert verdict.key == google(PASSED).judge(TOKEN).key
    assert "a token" not in verdict.key


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"success": False, "error-codes": ["missing-input-response"]}, CaptchaNotPassed),
        ({"success": False, "error-codes": ["invalid-input-response"]}, CaptchaNotPassed),
        ({"success": False, "error-codes": ["timeout-or-duplicate"]}, CaptchaExpired),
        ({"success": False, "error-codes": ["missing-input-secret"]}, CaptchaUnavailable),
        ({"success": False, "error-codes": ["invalid-input-secret"]}, CaptchaUnavailable),
        ({"success": False, "error-codes": ["bad-request"]}, CaptchaUnavailable),
        ({"success": False, "error-codes": ["something-new"]}, CaptchaUnavailable),
        ({"success": False}, CaptchaUnavailable),
        ({"success": "yes", "hostname": "cabinet.example"}, CaptchaUnavailable),
        ({}, CaptchaUnavailable),
        ([], CaptchaUnavailable),
        (None, CaptchaUnavailable),
        (PASSED | {"hostname": "another.example"}, CaptchaNotPassed),
    ],
)
def test_google_says_otherwise(said: object, error: type[ElkkError]) -> None:
    """What is the visitor's is told to the visitor; our keys and news from Google are not."""
    with pytest.raises(error):
        google(said).judge(TOKEN)


def test_google_is_away() -> None:
    """A failure of the server or of the line is no verdict."""

    def no_line(_: httpx.Request) -> httpx.Response:
        message = "no line"
        raise httpx.ConnectTimeout(message)

    with pytest.raises(CaptchaUnavailable):
        google({}, status=503).judge(TOKEN)
    captcha = google(PASSED)
    captcha._client = httpx.Client(transport=httpx.MockTransport(no_line))  # noqa: SLF001 - The line itself fails.
    with pytest.raises(CaptchaUnavailable):
        captcha.judge(TOKEN)


def test_google_is_not_asked_about_nothing() -> None:
    """A box that was not ticked gives an empty token."""
    with pytest.raises(CaptchaNotPassed):
        google(PASSED).judge(CaptchaAnswer())


# The desk


def test_desk_hears_either_way() -> None:
    """A solution or a reply passes; a reply goes before, for it was written on purpose."""
    desk = CaptchaDesk(browser=work(), questions=questions())
    worked = CaptchaAnswer(solution=solution_of(work().challenge()))
    right = replied(questions())

    assert desk.judge(worked).key.startswith("work:")
    assert desk.judge(right).key.startswith("question:")
    assert not desk.judge(evolve(right, solution=worked.solution, reply="99")).passed
    with pytest.raises(CaptchaNotPassed):
        desk.judge(evolve(right, reply=" "))
