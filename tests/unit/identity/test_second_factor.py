"""The second factor: chosen, confirmed, asked for at the door, lost and given up."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.identity.desk import PASSWORD, PHONE, Desk

from elkk_core import identity
from elkk_core.identity import (
    CodeExpired,
    CodeTooSoon,
    CodeTriesSpent,
    FactorAnswer,
    FactorMethod,
    SecondFactorIsOn,
    SecondFactorNotChosen,
    SecondFactorRequired,
    SecondFactorSwitched,
    SecondFactorThrottled,
    SignedIn,
    SignInExpired,
    SignInId,
    SignInRefused,
    SignInThrottled,
    TooManyCodes,
    WrongCode,
    WrongPassword,
)
from elkk_core.shared import UserId
from elkk_core.testing.builders import MORNING, a_second_factor
from elkk_core.testing.doubles import NOON, authenticator_code


def choose(desk: Desk, user_id: UserId, method: FactorMethod, *, present: str = PASSWORD) -> None:
    """Choose where the codes come from."""
    desk.made(identity.ChooseSecondFactor)(user_id=user_id, method=method, present=present)


def shown(desk: Desk, user_id: UserId) -> identity.SecondFactorView:
    """Return what the profile shows of the second factor."""
    return desk.made(identity.ShowSecondFactor)(user_id=user_id)


def confirm(desk: Desk, user_id: UserId, code: str) -> tuple[str, ...]:
    """Confirm the second factor and return the recovery codes."""
    return desk.made(identity.ConfirmSecondFactor)(user_id=user_id, code=code)


def secret_of(desk: Desk, user_id: UserId) -> str:
    """Return the secret that the app of a user is given."""
    setup = shown(desk, user_id).setup
    assert setup is not None
    return setup.secret


class Phone:
    """A user with an app for codes on, and the paper with the recovery codes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.user_id = desk.register().user_id
        choose(desk, self.user_id, FactorMethod.APP)
        self.secret = secret_of(desk, self.user_id)
        self.paper = confirm(desk, self.user_id, self.code())
        desk.wait(minutes=1)

    def code(self) -> str:
        """Return the code that the app shows now."""
        return authenticator_code(self.secret, self.desk.clock.now())


@pytest.fixture(name="phone")
def phone_with_an_app(desk: Desk) -> Phone:
    """Return the phone of a user whose second factor is on."""
    return Phone(desk)


def begin(desk: Desk, *, remember: bool = False, password: str = PASSWORD) -> SignInId:
    """Give the right password, and return the sign-in that waits for a code."""
    with pytest.raises(SecondFactorRequired) as caught:
        desk.sign_in(login=PHONE, password=password, remember=remember)
    return SignInId(UUID(caught.value.sign_in_id))


def finish(desk: Desk, sign_in_id: SignInId, code: str) -> SignedIn:
    """Give the code of a sign-in that waits."""
    return desk.made(identity.FinishSignIn)(
        sign_in_id=sign_in_id, code=code, user_agent="Firefox on a phone"
    )


def switch_off(desk: Desk, user_id: UserId, *, code: str, present: str = PASSWORD) -> None:
    """Give the second factor up."""
    desk.made(identity.SwitchOffSecondFactor)(user_id=user_id, present=present, code=code)


# Switching it on


@pytest.mark.parametrize("method", FactorMethod)
def test_chosen_is_not_asked_for_before_it_is_confirmed(desk: Desk, method: FactorMethod) -> None:
    """Whoever gives up half-way signs in as before."""
    user_id = desk.register().user_id
    choose(desk, user_id, method)

    assert user_id == desk.sign_in(login=PHONE, password=PASSWORD, remember=False).user_id
    assert (method, None) == (shown(desk, user_id).method, shown(desk, user_id).on_since)


def test_secret_of_the_app_is_shown_until_it_is_confirmed(desk: Desk, phone: Phone) -> None:
    """Once it is on nobody sees the secret again, and what is kept does not show it."""
    assert shown(desk, phone.user_id).setup is None
    with desk.store.unit_of_work() as uow:
        factor = uow.second_factors.get(phone.user_id)
    assert phone.secret not in repr(factor)
    assert phone.secret != factor.sealed_secret


def test_ten_recovery_codes_are_kept_as_digests(desk: Desk, phone: Phone) -> None:
    """They are different, counted in the profile, and not kept as they are."""
    with desk.store.unit_of_work() as uow:
        digests = uow.second_factors.get(phone.user_id).recovery_digests

    assert 10 == len(set(phone.paper)) == len(set(digests))
    assert not set(phone.paper) & set(digests)
    assert 10 == shown(desk, phone.user_id).recovery_codes_left


def test_wrong_password_chooses_nothing_and_is_counted(desk: Desk) -> None:
    """Ten wrong passwords here make the door wait too."""
    user_id = desk.register().user_id
    for _ in range(10):
        with pytest.raises(WrongPassword):
            choose(desk, user_id, FactorMethod.APP, present="мимо")

    assert shown(desk, user_id).method is None
    with pytest.raises(SignInThrottled):
        choose(desk, user_id, FactorMethod.APP)
    with pytest.raises(SignInThrottled):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_wrong_first_code_switches_nothing_on(desk: Desk) -> None:
    """An app that shows other codes would lock its user out."""
    user_id = desk.register().user_id
    choose(desk, user_id, FactorMethod.APP)

    with pytest.raises(WrongCode) as caught:
        confirm(desk, user_id, "000000")
    assert 9 == caught.value.tries_left
    assert shown(desk, user_id).on_since is None


def test_another_choice_takes_the_place_of_one_that_waits(desk: Desk) -> None:
    """Whoever began with an app may go on with SMS, and the app is of no use then."""
    user_id = desk.register().user_id
    choose(desk, user_id, FactorMethod.APP)
    secret = secret_of(desk, user_id)
    choose(desk, user_id, FactorMethod.SMS)

    with pytest.raises(WrongCode):
        confirm(desk, user_id, authenticator_code(secret, desk.clock.now()))
    confirm(desk, user_id, desk.sent_code())
    assert FactorMethod.SMS is shown(desk, user_id).method


def test_second_one_is_not_chosen_beside_the_first(desk: Desk, phone: Phone) -> None:
    """The first has to be switched off, by a code."""
    with pytest.raises(SecondFactorIsOn):
        choose(desk, phone.user_id, FactorMethod.SMS)
    with pytest.raises(SecondFactorNotChosen):
        confirm(desk, phone.user_id, phone.code())


def test_nothing_chosen_nothing_confirmed(desk: Desk) -> None:
    """Steps are taken in order."""
    user_id = desk.register().user_id

    with pytest.raises(SecondFactorNotChosen):
        confirm(desk, user_id, "000000")
    with pytest.raises(SecondFactorNotChosen):
        switch_off(desk, user_id, code="000000")
    with pytest.raises(SecondFactorNotChosen):
        desk.made(identity.SendSecondFactorCode)(user_id=user_id)


def test_user_is_told_of_both_switches(desk: Desk, phone: Phone) -> None:
    """An SMS tells when it is on and when it is off."""
    switch_off(desk, phone.user_id, code=phone.code())
    told = [event for event in desk.store.events() if isinstance(event, SecondFactorSwitched)]

    assert [("+79161234567", "on"), ("+79161234567", "off")] == [(e.phone, e.state) for e in told]


# The door


def test_right_password_alone_opens_nothing(desk: Desk, phone: Phone) -> None:
    """No session is begun before the code."""
    sessions = desk.made(identity.ListSessions)
    before = sessions(user_id=phone.user_id, token="")
    begin(desk)

    assert before == sessions(user_id=phone.user_id, token="")


def test_wrong_password_does_not_tell_of_the_second_factor(desk: Desk, phone: Phone) -> None:
    """Only who knows the password learns that more is asked for."""
    del phone
    with pytest.raises(SignInRefused):
        desk.sign_in(login=PHONE, password="мимо", remember=False)


@pytest.mark.parametrize("remember", [True, False])
def test_code_of_the_app_opens_the_door(desk: Desk, phone: Phone, *, remember: bool) -> None:
    """The session is the one that was asked for, in the browser of the second step."""
    signed_in = finish(desk, begin(desk, remember=remember), phone.code())

    assert (phone.user_id, remember) == (signed_in.user_id, signed_in.remembered)
    assert phone.user_id == desk.resume_session(token=signed_in.token).user_id
    own = desk.made(identity.ListSessions)(user_id=phone.user_id, token=signed_in.token)[0]
    assert (True, "Firefox on a phone") == (own.is_own, own.user_agent)


def test_remembered_device_is_asked_again(desk: Desk, phone: Phone) -> None:
    """«Запомнить» keeps a session; a new sign-in asks for a new code."""
    finish(desk, begin(desk, remember=True), phone.code())

    begin(desk, remember=True)


def test_code_of_the_app_works_once(desk: Desk, phone: Phone) -> None:
    """Whoever looked over the shoulder is late, for another sign-in as for the same one."""
    code = phone.code()
    finish(desk, begin(desk), code)

    with pytest.raises(WrongCode):
        finish(desk, begin(desk), code)


def test_code_of_an_earlier_step_than_the_last_one_is_of_no_use(desk: Desk, phone: Phone) -> None:
    """The neighbour before a code that was used counts no more."""
    before = phone.code()
    desk.wait(seconds=30)
    finish(desk, begin(desk), phone.code())

    with pytest.raises(WrongCode):
        finish(desk, begin(desk), before)


def test_code_that_confirmed_does_not_open_the_door(desk: Desk) -> None:
    """The first code is used up by confirming."""
    user_id = desk.register().user_id
    choose(desk, user_id, FactorMethod.APP)
    code = authenticator_code(secret_of(desk, user_id), desk.clock.now())
    confirm(desk, user_id, code)

    with pytest.raises(WrongCode):
        finish(desk, begin(desk), code)


def test_each_recovery_code_works_once(desk: Desk, phone: Phone) -> None:
    """However it is written; the others stay good."""
    first, second = phone.paper[:2]
    finish(desk, begin(desk), f" {first.lower().replace('-', ' ')} ")
    with pytest.raises(WrongCode):
        finish(desk, begin(desk), first)
    finish(desk, begin(desk), second)

    assert 8 == shown(desk, phone.user_id).recovery_codes_left


def test_wrong_codes_are_counted_over_all_sign_ins(desk: Desk, phone: Phone) -> None:
    """Ten a day: whoever knows the password cannot guess on by beginning anew."""
    for left in range(9, -1, -1):
        with pytest.raises(WrongCode) as caught:
            finish(desk, begin(desk), "000000")
        assert left == caught.value.tries_left
    with pytest.raises(SecondFactorThrottled) as throttled:
        finish(desk, begin(desk), phone.code())

    assert NOON + timedelta(minutes=1, days=1) == throttled.value.free_at
    desk.clock.set(throttled.value.free_at)
    finish(desk, begin(desk), phone.code())


def test_right_code_clears_the_count(desk: Desk, phone: Phone) -> None:
    """Slips are not held against who has the phone."""
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(WrongCode):
                finish(desk, begin(desk), "000000")
        finish(desk, begin(desk), phone.code())
        desk.wait(minutes=1)


def test_sign_in_waits_ten_minutes(desk: Desk, phone: Phone) -> None:
    """A page that was left open is of no use later."""
    waiting = begin(desk)
    desk.wait(minutes=10)

    with pytest.raises(SignInExpired):
        finish(desk, waiting, phone.code())


def test_sign_in_is_finished_once(desk: Desk, phone: Phone) -> None:
    """Another code does not make another session of the same sign-in."""
    waiting = begin(desk)
    finish(desk, waiting, phone.code())

    with pytest.raises(SignInExpired):
        finish(desk, waiting, phone.paper[0])


def test_sign_in_does_not_outlive_its_password(desk: Desk, phone: Phone) -> None:
    """Whoever came in by the old password is out when it is changed."""
    waiting = begin(desk)
    desk.change_password(
        user_id=phone.user_id,
        token="",
        present=PASSWORD,
        password="зелёный чайник молчит",
        repeat="зелёный чайник молчит",
    )

    with pytest.raises(SignInExpired):
        finish(desk, waiting, phone.code())


def test_sign_in_does_not_outlive_the_second_factor(desk: Desk, phone: Phone) -> None:
    """When support has switched it off one signs in anew, by the password."""
    waiting = begin(desk)
    desk.made(identity.RemoveSecondFactor)(user_id=phone.user_id)

    with pytest.raises(SignInExpired):
        finish(desk, waiting, phone.paper[0])
    desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_sign_in_that_never_was(desk: Desk) -> None:
    """A made-up identifier opens nothing."""
    with pytest.raises(SignInExpired):
        finish(desk, SignInId(UUID(int=1)), "000000")


# Codes by SMS


@pytest.fixture(name="receiver")
def user_with_sms(desk: Desk) -> UserId:
    """Return a user who gets codes by SMS, a while ago."""
    user_id = desk.register().user_id
    choose(desk, user_id, FactorMethod.SMS)
    confirm(desk, user_id, desk.sent_code())
    desk.wait(minutes=2)
    return user_id


def test_code_by_sms_opens_the_door_once(desk: Desk, receiver: UserId) -> None:
    """It goes out with the right password, in the words of signing in."""
    waiting = begin(desk)
    code = desk.sent_codes()[-1]
    assert ("sign_in", "+79161234567") == (code.purpose, code.phone)
    assert receiver == finish(desk, waiting, code.code).user_id

    with pytest.raises(CodeExpired):
        finish(desk, begin(desk), code.code)


def test_code_by_sms_expires_and_is_sent_again(desk: Desk, receiver: UserId) -> None:
    """After five minutes another is asked for; the first is of no use any more."""
    waiting = begin(desk)
    resend = desk.made(identity.ResendSignInCode)
    with pytest.raises(CodeTooSoon):
        resend(sign_in_id=waiting)
    first = desk.sent_code()
    desk.wait(minutes=5)
    with pytest.raises(CodeExpired):
        finish(desk, waiting, first)
    resend(sign_in_id=waiting)

    assert receiver == finish(desk, waiting, desk.sent_code()).user_id


def test_code_by_sms_takes_five_tries(desk: Desk, receiver: UserId) -> None:
    """Then another has to be asked for."""
    del receiver
    waiting = begin(desk)
    for _ in range(4):
        with pytest.raises(WrongCode):
            finish(desk, waiting, "мимо")
    for _ in range(2):
        with pytest.raises(CodeTriesSpent):
            finish(desk, waiting, "мимо")


def test_code_to_switch_it_off_does_not_open_the_door(desk: Desk, receiver: UserId) -> None:
    """A code is good for what it was asked for, and for nothing else."""
    desk.made(identity.SendSecondFactorCode)(user_id=receiver)
    code = desk.sent_code()

    with pytest.raises(WrongCode):
        finish(desk, begin(desk), code)


def test_sms_of_a_day_are_limited_and_paper_stands_in(desk: Desk) -> None:
    """After twenty codes none is sent, and the door still opens by a recovery code."""
    user_id = desk.register().user_id
    choose(desk, user_id, FactorMethod.SMS)
    paper = confirm(desk, user_id, desk.sent_code())
    for _ in range(19):
        desk.wait(minutes=2)
        begin(desk)
    desk.wait(minutes=2)
    sent = len(desk.sent_codes())
    waiting = begin(desk)

    assert sent == len(desk.sent_codes())
    with pytest.raises(TooManyCodes):
        desk.made(identity.ResendSignInCode)(sign_in_id=waiting)
    finish(desk, waiting, paper[0])


def test_app_gets_no_sms(desk: Desk, phone: Phone) -> None:
    """Where an app shows the codes none is sent."""
    waiting = begin(desk)
    sent = len(desk.sent_codes())

    with pytest.raises(SecondFactorNotChosen):
        desk.made(identity.ResendSignInCode)(sign_in_id=waiting)
    assert sent == len(desk.sent_codes())
    assert phone.user_id == finish(desk, waiting, phone.code()).user_id


def test_code_goes_to_the_phone_of_today(desk: Desk, receiver: UserId) -> None:
    """Whoever has changed the phone gets the codes there."""
    desk.made(identity.StartPhoneChange)(
        user_id=receiver, phone="8 903 111-22-33", present=PASSWORD
    )
    desk.made(identity.ConfirmPhoneChange)(user_id=receiver, code=desk.sent_code())
    with pytest.raises(SecondFactorRequired):
        desk.sign_in(login="8 903 111-22-33", password=PASSWORD, remember=False)

    assert "+79031112233" == desk.sent_codes()[-1].phone


# Switching it off


def test_switched_off_by_password_and_code(desk: Desk, phone: Phone) -> None:
    """Then the password is enough, and nothing of the factor is left."""
    switch_off(desk, phone.user_id, code=phone.code())

    desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    view = shown(desk, phone.user_id)
    assert (None, None, 0) == (view.method, view.on_since, view.recovery_codes_left)


def test_switched_off_by_sms(desk: Desk, receiver: UserId) -> None:
    """The code is sent on demand."""
    desk.made(identity.SendSecondFactorCode)(user_id=receiver)
    switch_off(desk, receiver, code=desk.sent_code())

    desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_neither_password_nor_code_alone_switches_it_off(desk: Desk, phone: Phone) -> None:
    """A wrong password does not use the code up; a wrong code is counted."""
    with pytest.raises(WrongPassword):
        switch_off(desk, phone.user_id, code=phone.paper[0], present="мимо")
    with pytest.raises(WrongCode) as caught:
        switch_off(desk, phone.user_id, code="000000")

    assert 9 == caught.value.tries_left
    assert 10 == shown(desk, phone.user_id).recovery_codes_left
    switch_off(desk, phone.user_id, code=phone.paper[0])


def test_operator_switches_it_off_where_it_is_on(desk: Desk, phone: Phone) -> None:
    """Once; and the user is told."""
    remove = desk.made(identity.RemoveSecondFactor)
    remove(user_id=phone.user_id)

    assert (
        "off" == [e for e in desk.store.events() if isinstance(e, SecondFactorSwitched)][-1].state
    )
    with pytest.raises(SecondFactorNotChosen):
        remove(user_id=phone.user_id)


# Laws


@given(answers=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["a", "b", "c", "x"]))))
def test_whatever_was_right_once_is_never_right_again(answers: list[tuple[int, str]]) -> None:
    """No order of answers lets a step of the app or a recovery code count twice."""
    factor = a_second_factor(recovery_digests=("a", "b", "c"))
    taken: list[int | str] = []
    for step, digest in answers:
        answer = FactorAnswer(step=step, is_sent=False, recovery_digest=digest)
        if factor.accepts(answer, now=MORNING):
            taken.append(digest if digest in factor.recovery_digests else step)
        factor = factor.take(answer, now=MORNING)

    assert len(set(taken)) == len(taken)
    assert sorted(one for one in taken if isinstance(one, int)) == [
        one for one in taken if isinstance(one, int)
    ]
