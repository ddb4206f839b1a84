"""Deleting a user account."""

import pytest
from tests.unit.identity.desk import EMAIL, PASSWORD, PHONE, Desk

from elkk_core.identity import (
    RegistrationNotFound,
    SessionEnded,
    SignInRefused,
    SignInThrottled,
    UserNotFound,
    WrongPassword,
)
from elkk_core.identity.events import UserDeleted
from elkk_core.testing.doubles import NOON


def test_leaving_ends_everything(desk: Desk) -> None:
    """Nobody can sign in any more, no session lives on, and a last SMS tells so."""
    signed_in = desk.register()
    desk.delete_user(user_id=signed_in.user_id, password=PASSWORD)

    last = desk.store.events()[-1]
    assert isinstance(last, UserDeleted)
    assert ("+79161234567", "ru", NOON) == (last.phone, last.language, last.deleted_at)
    with pytest.raises(UserNotFound):
        desk.user(signed_in.user_id)
    with pytest.raises(SessionEnded):
        desk.resume_session(token=signed_in.token)
    with pytest.raises(SignInRefused):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_leaver_may_come_back_at_once(desk: Desk) -> None:
    """The same phone and e-mail register again as if for the first time."""
    former = desk.register()
    desk.confirm_email(token=desk.sent_link())
    desk.delete_user(user_id=former.user_id, password=PASSWORD)
    desk.wait(seconds=61)
    again = desk.register()
    desk.confirm_email(token=desk.sent_link())

    assert former.user_id != again.user_id
    desk.sign_in(login=EMAIL, password=PASSWORD, remember=False)


def test_code_on_its_way_does_not_bring_a_leaver_back(desk: Desk) -> None:
    """A registration that was begun with the phone before is forgotten too."""
    begun = desk.started()
    desk.wait(seconds=61)
    user = desk.register()
    desk.delete_user(user_id=user.user_id, password=PASSWORD)

    with pytest.raises(RegistrationNotFound):
        desk.confirm_registration(registration_id=begun, code=desk.sent_codes()[0].code)


def test_wrong_password_keeps_the_user_and_is_counted(desk: Desk) -> None:
    """Wrong passwords count with those of signing in; the count outlives the refusal."""
    signed_in = desk.register()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            desk.delete_user(user_id=signed_in.user_id, password="мимо")
        with pytest.raises(SignInRefused):
            desk.sign_in(login=PHONE, password="мимо", remember=False)

    with pytest.raises(SignInThrottled):
        desk.delete_user(user_id=signed_in.user_id, password=PASSWORD)
    assert signed_in.user_id == desk.user(signed_in.user_id).user_id


def test_leaving_forgets_what_was_counted_for_the_user(desk: Desk) -> None:
    """Only the count of SMS stays: it guards the phone, which may be somebody else's tomorrow."""
    signed_in = desk.register()
    desk.confirm_email(token=desk.sent_link())
    with pytest.raises(SignInRefused):
        desk.sign_in(login=EMAIL, password="мимо", remember=False)
    desk.recovering(EMAIL)
    desk.delete_user(user_id=signed_in.user_id, password=PASSWORD)

    with desk.store.unit_of_work() as uow:
        for key, counted in {
            "sms:+79161234567": 1,
            "sign-in:+79161234567": 0,
            f"sign-in:{EMAIL}": 0,
            f"recoveries:{EMAIL}": 0,
            f"letters:{signed_in.user_id}": 0,
        }.items():
            assert counted == len(uow.tallies.get(key).moments), key


def test_leaver_cannot_free_the_login_of_another(desk: Desk) -> None:
    """Who merely claimed the e-mail of another does not wipe out the wrong passwords for it."""
    claimer = desk.register()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            desk.sign_in(login=EMAIL, password="мимо", remember=False)
    desk.delete_user(user_id=claimer.user_id, password=PASSWORD)

    with pytest.raises(SignInThrottled):
        desk.sign_in(login=EMAIL, password="мимо", remember=False)
