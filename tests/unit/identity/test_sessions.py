"""Signing in, staying in, signing out."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from tests.unit.identity.desk import EMAIL, PASSWORD, PHONE, Desk

from elkk_core.identity import Language, SessionEnded, SignInRefused, SignInThrottled
from elkk_core.shared import ElkkError
from elkk_core.testing.doubles import NOON, PlainHasher


def test_phone_signs_in_however_it_is_written(desk: Desk) -> None:
    """The phone is read as people write it."""
    registered = desk.register()
    for login in ("8 916 123-45-67", "+7 (916) 1234567", "9161234567"):
        signed_in = desk.sign_in(login=login, password=PASSWORD, remember=False)

        assert registered.user_id == signed_in.user_id


def test_every_sign_in_has_a_token_of_its_own(desk: Desk) -> None:
    """Two devices hold two tokens, and ending one session leaves the other."""
    desk.register()
    first = desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    second = desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    desk.sign_out(token=first.token)

    assert first.token != second.token
    desk.resume_session(token=second.token)
    with pytest.raises(SessionEnded):
        desk.resume_session(token=first.token)


def test_wrong_login_and_wrong_password_look_alike(desk: Desk) -> None:
    """Unknown phone, unknown e-mail, gibberish and a wrong password get the same answer."""
    desk.register()
    answers = {
        _refusal(partial(desk.sign_in, login=login, password="мимо", remember=False))
        for login in (PHONE, "8 953 765-43-21", EMAIL, "a@b.ru", "не логин", "", "@")
    }

    assert {"identity.sign_in_refused SignInRefused()"} == answers


@pytest.mark.parametrize("login", [PHONE, "8 953 765-43-21", "a@b.ru", "не логин"])
def test_wrong_passwords_are_counted_for_known_and_unknown_alike(desk: Desk, login: str) -> None:
    """After ten wrong passwords in a quarter of an hour a login has to wait."""
    desk.register()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            desk.sign_in(login=login, password="мимо", remember=False)
    with pytest.raises(SignInThrottled) as caught:
        desk.sign_in(login=login, password=PASSWORD, remember=False)

    assert NOON + timedelta(minutes=15) == caught.value.free_at


def test_nobody_is_locked_out_for_good(desk: Desk) -> None:
    """When the time has passed the right password lets in."""
    desk.register()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            desk.sign_in(login=PHONE, password="мимо", remember=False)
    desk.wait(minutes=15)

    desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_right_password_clears_the_count(desk: Desk) -> None:
    """Slips of the past are not held against who knows the password."""
    desk.register()
    for _ in range(2):
        for _ in range(9):
            with pytest.raises(SignInRefused):
                desk.sign_in(login=PHONE, password="мимо", remember=False)
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_unknown_login_costs_as_much_time(desk: Desk) -> None:
    """A password is hashed for a login that nobody has, too."""
    desk.register()
    before = desk.hasher.hash("x").split("$")[2]
    with pytest.raises(SignInRefused):
        desk.sign_in(login="8 953 765-43-21", password=PASSWORD, remember=False)

    assert int(before) + 2 == int(desk.hasher.hash("x").split("$")[2])


def test_outdated_digest_is_renewed(desk: Desk) -> None:
    """Who signs in with an old digest leaves a new one, for the same password."""
    signed_in = desk.register()
    desk.hasher = PlainHasher(generation=2)
    desk.sign_in(login=PHONE, password=PASSWORD, remember=False)

    digest = desk.user(signed_in.user_id).password_digest
    assert not desk.hasher.is_outdated(digest)
    assert desk.hasher.matches(PASSWORD, digest)


def test_session_idles_half_an_hour(desk: Desk) -> None:
    """Use moves the limit; half an hour without use ends the session."""
    token = desk.register().token
    for _ in range(3):
        desk.wait(minutes=29)
        desk.resume_session(token=token)
    desk.wait(minutes=30)

    with pytest.raises(SessionEnded):
        desk.resume_session(token=token)


def test_session_lasts_twelve_hours_at_the_most(desk: Desk) -> None:
    """However busy, a session ends."""
    token = desk.register().token
    for _ in range(12 * 4 - 1):
        desk.wait(minutes=15)
        desk.resume_session(token=token)
    desk.wait(minutes=15)

    with pytest.raises(SessionEnded):
        desk.resume_session(token=token)


def test_remembered_session_lasts_thirty_days(desk: Desk) -> None:
    """«Запомнить» keeps the user in for thirty days, unused ones included."""
    desk.register()
    signed_in = desk.sign_in(login=PHONE, password=PASSWORD, remember=True)
    desk.wait(days=29)
    desk.resume_session(token=signed_in.token)
    desk.wait(days=1)

    assert signed_in.remembered
    with pytest.raises(SessionEnded):
        desk.resume_session(token=signed_in.token)


def test_session_is_written_once_a_minute(desk: Desk) -> None:
    """A page of many requests moves the limit once."""
    token = desk.register().token

    def version() -> int:
        with desk.store.unit_of_work() as uow:
            return uow.sessions.get(desk.secrets.digest(token, context="session")).version

    desk.wait(seconds=59)
    desk.resume_session(token=token)
    assert 0 == version()
    desk.wait(seconds=1)
    desk.resume_session(token=token)
    desk.resume_session(token=token)
    assert 1 == version()


def test_made_up_token_lets_nobody_in(desk: Desk) -> None:
    """Without a session there is no user."""
    desk.register()

    with pytest.raises(SessionEnded):
        desk.resume_session(token="0" * 32)


def test_sign_out_is_never_an_error(desk: Desk) -> None:
    """Signing out twice, or with no session at all, ends well."""
    token = desk.register().token
    desk.sign_out(token=token)
    desk.sign_out(token=token)
    desk.sign_out(token="0" * 32)


def test_language_is_kept(desk: Desk) -> None:
    """The cabinet speaks the language chosen last, and choosing the same one writes nothing."""
    signed_in = desk.register()
    for _ in range(2):
        desk.choose_language(user_id=signed_in.user_id, language=Language.ENGLISH)

    user = desk.user(signed_in.user_id)
    assert (Language.ENGLISH, 1) == (user.language, user.version)


def _refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ElkkError) as caught:
        step()
    return f"{caught.value.code} {caught.value!r}"


class MeanwhileHasher(PlainHasher):
    """A hasher that takes its time: something happens while it works."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def matches(self, password: str, digest: str) -> bool:
        """Tell whether they match, after something has happened."""
        self._meanwhile()
        return super().matches(password, digest)


def test_password_changed_while_it_was_checked_lets_nobody_in(desk: Desk) -> None:
    """The old password is of no use from the moment of the change on."""
    signed_in = desk.register()

    def change() -> None:
        with desk.store.unit_of_work() as uow:
            uow.users.save(uow.users.get(signed_in.user_id).rehash_password(digest="another"))
            uow.commit()

    desk.hasher = MeanwhileHasher(change)
    with pytest.raises(SignInRefused):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_other_changes_meanwhile_do_not_matter(desk: Desk) -> None:
    """Who chooses a language on one device may sign in on another."""
    signed_in = desk.register()
    desk.hasher = MeanwhileHasher(
        partial(desk.choose_language, user_id=signed_in.user_id, language=Language.ENGLISH)
    )

    desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_burst_of_tries_does_not_get_past_the_limit(desk: Desk) -> None:
    """A try that began before the limit was reached and ends after it is refused for that."""
    desk.register()

    def others() -> None:
        for _ in range(10):
            with pytest.raises(SignInRefused):
                burst(login=PHONE, password="мимо", remember=False)

    burst = desk.sign_in
    del desk.sign_in  # It is made anew, with the hasher of the moment.
    desk.hasher = MeanwhileHasher(others)
    with pytest.raises(SignInThrottled):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
