"""«Я не робот» before registration and recovery."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve, frozen
from tests.unit.identity.desk import EMAIL, PHONE, Desk

from elkk_core.identity import CaptchaAnswer, CaptchaVerdict, Language, TooManyReplies
from elkk_core.shared import ElkkError, FormRejected, Unavailable
from elkk_core.testing.doubles import NOON

Start = Callable[..., object]


@pytest.fixture(name="start", params=["registration", "recovery by phone", "recovery by e-mail"])
def form_that_only_people_send(desk: Desk, request: pytest.FixtureRequest) -> Start:
    """Return what sends a form with a captcha; a while after the last, so that an SMS may go."""

    def start(**changes: Any) -> object:
        desk.wait(seconds=61)
        if request.param == "registration":
            return desk.started(**changes)
        return desk.recovering(PHONE if request.param.endswith("phone") else EMAIL, **changes)

    return start


def faults(step: Callable[[], object]) -> list[tuple[str, str]]:
    """Return what is wrong with a form."""
    with pytest.raises(FormRejected) as caught:
        step()
    return [(fault.field, fault.error.code) for fault in caught.value.faults]


def test_form_without_a_captcha_is_refused(desk: Desk, start: Start) -> None:
    """Whoever answers nothing is told at the field, and nothing is sent."""
    assert [("captcha", "identity.captcha_not_passed")] == faults(
        lambda: start(captcha=CaptchaAnswer())
    )
    assert () == desk.store.events()


def test_captcha_works_once(desk: Desk, start: Start) -> None:
    """The same right answer does not open the way for a second form."""
    answer = desk.captcha.solve()
    start(captcha=answer)

    assert [("captcha", "identity.captcha_expired")] == faults(lambda: start(captcha=answer))


def test_wrong_answer_uses_the_captcha_up(desk: Desk, start: Start) -> None:
    """A question can be answered once, right or wrong; the count outlives the refusal."""
    right = desk.captcha.solve()
    wrong = evolve(right, reply="not this")

    assert [("captcha", "identity.captcha_not_passed")] == faults(lambda: start(captcha=wrong))
    assert [("captcha", "identity.captcha_expired")] == faults(lambda: start(captcha=right))


def test_captcha_too_old_is_told_as_such(desk: Desk, start: Start) -> None:
    """A form left open for hours asks once more."""
    answer = desk.captcha.solve()
    desk.wait(hours=1)

    assert [("captcha", "identity.captcha_expired")] == faults(lambda: start(captcha=answer))


def test_captcha_is_used_up_by_a_form_with_other_faults(desk: Desk) -> None:
    """What is wrong is told together, and the next sending takes another captcha."""
    answer = desk.captcha.solve()

    assert ["given"] == [
        field for field, _ in faults(lambda: desk.started(given="", captcha=answer))
    ]
    assert ["captcha"] == [field for field, _ in faults(lambda: desk.started(captcha=answer))]


def test_replies_from_one_address_are_limited(desk: Desk) -> None:
    """Thirty questions an hour are answered from one address; then a program has to wait."""
    wrong = [evolve(desk.captcha.solve(), reply="?") for _ in range(30)]
    for answer in wrong:
        faults(partial(desk.recovering, PHONE, captcha=answer))

    with pytest.raises(TooManyReplies) as caught:
        desk.recovering(PHONE)
    assert NOON + timedelta(hours=1) == caught.value.free_at
    desk.recovering(PHONE, captcha=evolve(desk.captcha.solve(), visitor="198.51.100.7"))


@frozen
class Judge:
    """A captcha that always says the same."""

    said: CaptchaVerdict | ElkkError

    def judge(self, _answer: CaptchaAnswer) -> CaptchaVerdict:
        """Say it."""
        if isinstance(self.said, ElkkError):
            raise self.said
        return self.said


def test_solutions_by_work_are_not_counted(desk: Desk) -> None:
    """A whole town behind one address may register: each of its browsers has worked."""
    for number in range(40):
        verdict = CaptchaVerdict(
            key=f"work {number}",
            passed=True,
            effortless=False,
            expires_at=NOON + timedelta(hours=1),
        )
        use_case = evolve(desk.start_password_recovery, captcha=Judge(verdict))
        use_case(
            contact=f"8 916 123-45-{number:02}",
            captcha=CaptchaAnswer(visitor="192.0.2.7"),
            language=Language.RUSSIAN,
        )


def test_captcha_that_does_not_answer_is_no_fault_of_the_form(desk: Desk) -> None:
    """The visitor is told that it is not their fault, and nothing is sent."""
    use_case = evolve(desk.start_password_recovery, captcha=Judge(Unavailable()))

    with pytest.raises(Unavailable):
        use_case(contact=PHONE, captcha=CaptchaAnswer(solution="x"), language=Language.RUSSIAN)
    assert () == desk.store.events()
