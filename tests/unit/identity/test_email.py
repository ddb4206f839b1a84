"""Confirming an e-mail, and what it is good for."""

import pytest
from attrs import evolve
from tests.unit.identity.desk import EMAIL, PASSWORD, Desk

from elkk_core.identity import (
    ConfirmationExpired,
    ConfirmationNotFound,
    Email,
    EmailAlreadyConfirmed,
    SignInRefused,
    TooManyLetters,
    UserNotFound,
)
from elkk_core.shared import UserId
from elkk_core.testing.doubles import NOON


def test_email_signs_in_after_confirmation_only(desk: Desk) -> None:
    """Before the link was followed the address is unknown at the door."""
    signed_in = desk.register()
    with pytest.raises(SignInRefused):
        desk.sign_in(login=EMAIL, password=PASSWORD, remember=False)
    desk.confirm_email(token=desk.sent_link())

    again = desk.sign_in(login=" petrova@Tambov-Post.RU ", password=PASSWORD, remember=False)
    assert signed_in.user_id == again.user_id


def test_link_works_sixty_hours(desk: Desk) -> None:
    """A moment before it still works, and then it is told to be old."""
    desk.register()
    desk.wait(hours=60)

    with pytest.raises(ConfirmationExpired):
        desk.confirm_email(token=desk.sent_link())
    desk.wait(seconds=-1)
    desk.confirm_email(token=desk.sent_link())


def test_link_followed_again_is_no_error(desk: Desk) -> None:
    """People click twice, even after the link became old."""
    signed_in = desk.register()
    link = desk.sent_link()
    desk.confirm_email(token=link)
    confirmed = desk.user(signed_in.user_id)
    desk.wait(hours=100)
    desk.confirm_email(token=link)

    assert confirmed == desk.user(signed_in.user_id)


def test_link_that_was_never_sent(desk: Desk) -> None:
    """A made-up token confirms nothing."""
    desk.register()

    with pytest.raises(ConfirmationNotFound):
        desk.confirm_email(token="0" * 32)


def test_token_of_a_session_confirms_nothing(desk: Desk) -> None:
    """Tokens of one kind are of no use as another."""
    signed_in = desk.register()

    with pytest.raises(ConfirmationNotFound):
        desk.confirm_email(token=signed_in.token)


def test_new_letter_has_a_link_of_its_own(desk: Desk) -> None:
    """After an old link a new letter helps."""
    signed_in = desk.register()
    desk.wait(hours=61)
    desk.request_email_confirmation(user_id=signed_in.user_id)
    desk.confirm_email(token=desk.sent_link())

    assert desk.user(signed_in.user_id).email_confirmed


def test_new_letter_for_a_confirmed_email_is_refused(desk: Desk) -> None:
    """There is nothing to confirm twice."""
    signed_in = desk.register()
    desk.confirm_email(token=desk.sent_link())

    with pytest.raises(EmailAlreadyConfirmed):
        desk.request_email_confirmation(user_id=signed_in.user_id)


def test_letters_of_a_day_are_limited(desk: Desk) -> None:
    """Five letters a day may be asked for; the error tells from when on more are."""
    signed_in = desk.register()
    for _ in range(5):
        desk.request_email_confirmation(user_id=signed_in.user_id)
    with pytest.raises(TooManyLetters) as caught:
        desk.request_email_confirmation(user_id=signed_in.user_id)

    assert 24 * 3600 == (caught.value.free_at - NOON).total_seconds()
    desk.clock.set(caught.value.free_at)
    desk.request_email_confirmation(user_id=signed_in.user_id)


def test_letter_for_nobody(desk: Desk) -> None:
    """Without a user there is nobody to write to."""
    with pytest.raises(UserNotFound):
        desk.request_email_confirmation(user_id=UserId(desk.identifiers.new()))


def test_link_for_an_address_that_was_given_up(desk: Desk) -> None:
    """A letter to an address that is no longer the user's confirms nothing."""
    signed_in = desk.register()
    with desk.store.unit_of_work() as uow:
        uow.users.save(
            evolve(uow.users.get(signed_in.user_id), email=Email("other@tambov-post.ru"))
        )
        uow.commit()

    with pytest.raises(ConfirmationNotFound):
        desk.confirm_email(token=desk.sent_link())
