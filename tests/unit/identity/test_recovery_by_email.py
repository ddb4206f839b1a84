"""Changing a forgotten password by the link in a letter."""

import pytest
from attrs import evolve
from tests.unit.identity.desk import EMAIL, PASSWORD, PHONE, Desk

from elkk_core.identity import (
    Email,
    RecoveryLinkExpired,
    RecoveryLinkNotFound,
    RecoveryLinkUsed,
    SessionEnded,
    SignedIn,
    SignInRefused,
    TooManyLetters,
)
from elkk_core.identity.events import MessageWithheld, PasswordChanged, RecoveryLinkRequested
from elkk_core.shared import FormRejected
from elkk_core.testing.doubles import NOON

NEW = "красный чайник молчит"


def confirmed(desk: Desk) -> SignedIn:
    """Return a user whose e-mail is confirmed."""
    signed_in = desk.register()
    desk.confirm_email(token=desk.sent_link())
    return signed_in


def finish(desk: Desk, token: str, **changes: str) -> None:
    """Choose the new password."""
    desk.finish_recovery_by_link(token=token, **{"password": NEW, "repeat": NEW} | changes)


def test_letter_leads_to_a_new_password(desk: Desk) -> None:
    """The link of the letter and a new password are enough; all sessions end, and it is told."""
    signed_in = confirmed(desk)
    started = desk.recovering(f" {EMAIL} ")
    desk.open_recovery_link(token=desk.sent_recovery_link())
    finish(desk, desk.sent_recovery_link())

    assert (Email(EMAIL), None) == (started.contact, started.recovery_id)
    assert isinstance(desk.store.events()[-1], PasswordChanged)
    with pytest.raises(SessionEnded):
        desk.resume_session(token=signed_in.token)
    with pytest.raises(SignInRefused):
        desk.sign_in(login=EMAIL, password=PASSWORD, remember=False)
    desk.sign_in(login=EMAIL, password=NEW, remember=False)


def test_letter_holds_a_link_for_an_hour(desk: Desk) -> None:
    """The letter goes to the confirmed address; an hour later its link is of no use."""
    confirmed(desk)
    desk.recovering(EMAIL)
    letter = desk.store.events()[-1]

    assert isinstance(letter, RecoveryLinkRequested)
    assert (EMAIL, 3600) == (letter.email, (letter.expires_at - NOON).total_seconds())
    desk.wait(minutes=60)
    with pytest.raises(RecoveryLinkExpired):
        desk.open_recovery_link(token=letter.token)
    with pytest.raises(RecoveryLinkExpired):
        finish(desk, letter.token)


def test_letter_is_not_sent_before_the_email_is_confirmed(desk: Desk) -> None:
    """Whoever has only claimed an address cannot be reached by it, nor can its owner."""
    desk.register()
    desk.recovering(EMAIL)

    assert isinstance(desk.store.events()[-1], MessageWithheld)


def test_link_works_once(desk: Desk) -> None:
    """Neither looking nor a faulty password uses the link up; the change does."""
    confirmed(desk)
    desk.recovering(EMAIL)
    token = desk.sent_recovery_link()
    desk.open_recovery_link(token=token)
    with pytest.raises(FormRejected):
        finish(desk, token, repeat="иначе")
    finish(desk, token)

    with pytest.raises(RecoveryLinkUsed):
        desk.open_recovery_link(token=token)
    with pytest.raises(RecoveryLinkUsed):
        finish(desk, token)


def test_link_never_sent_leads_nowhere(desk: Desk) -> None:
    """Neither a made-up token nor the one made for an address of nobody changes anything."""
    desk.recovering("nobody@tambov-post.ru")

    for token in ("made up", desk.secrets.tokens[-1]):
        with pytest.raises(RecoveryLinkNotFound):
            finish(desk, token)


def test_link_to_a_former_email_leads_nowhere(desk: Desk) -> None:
    """Whoever reads the mailbox that a user has left does not get the cabinet."""
    signed_in = confirmed(desk)
    desk.recovering(EMAIL)
    with desk.store.unit_of_work() as uow:
        user = uow.users.get(signed_in.user_id)
        uow.users.save(evolve(user, email=Email("new@tambov-post.ru")))
        uow.commit()

    with pytest.raises(RecoveryLinkNotFound):
        finish(desk, desk.sent_recovery_link())


def test_link_frees_a_login_that_has_to_wait(desk: Desk) -> None:
    """Who proves to read the letters does not wait for the limit of wrong passwords."""
    confirmed(desk)
    for login in (EMAIL, PHONE):
        for _ in range(10):
            with pytest.raises(SignInRefused):
                desk.sign_in(login=login, password="мимо", remember=False)
    desk.recovering(EMAIL)
    finish(desk, desk.sent_recovery_link())

    for login in (EMAIL, PHONE):
        desk.sign_in(login=login, password=NEW, remember=False)


def test_letters_of_recovery_are_limited(desk: Desk) -> None:
    """Five letters a day go to one address, whether or not somebody has it."""
    confirmed(desk)
    for address in (EMAIL, "nobody@tambov-post.ru"):
        for _ in range(5):
            desk.recovering(address)
        with pytest.raises(TooManyLetters):
            desk.recovering(address)


def test_recovery_tells_what_is_no_email(desk: Desk) -> None:
    """What holds an @ is read as an address."""
    with pytest.raises(FormRejected) as caught:
        desk.recovering("anna@")

    assert [("contact", "identity.email_malformed")] == [
        (fault.field, fault.error.code) for fault in caught.value.faults
    ]
