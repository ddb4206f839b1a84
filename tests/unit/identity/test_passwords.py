"""Changing a password, known or forgotten."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from tests.unit.identity.desk import PASSWORD, PHONE, Desk

from elkk_core.identity import (
    CodeExpired,
    CodeTooSoon,
    CodeTriesSpent,
    CodeUsed,
    RecoveryId,
    RecoveryNotFound,
    SessionEnded,
    SignedIn,
    SignInRefused,
    SignInThrottled,
    TooManyCodes,
    WrongCode,
    WrongPassword,
)
from elkk_core.identity.events import PasswordChanged
from elkk_core.shared import ElkkError, FormRejected
from elkk_core.testing.doubles import NOON

NEW = "красный чайник молчит"
STRANGE_PHONE = "8 953 765-43-21"


def _change(desk: Desk, signed_in: SignedIn, **changes: str) -> None:
    desk.change_password(
        user_id=signed_in.user_id,
        token=signed_in.token,
        **{"present": PASSWORD, "password": NEW, "repeat": NEW} | changes,
    )


def _recovery(desk: Desk, phone: str = PHONE) -> RecoveryId:
    desk.wait(minutes=2)
    started = desk.recovering(phone)
    assert started.recovery_id is not None
    return started.recovery_id


def _finish(desk: Desk, recovery_id: RecoveryId, code: str, **changes: str) -> None:
    desk.finish_password_recovery(
        recovery_id=recovery_id, code=code, **{"password": NEW, "repeat": NEW} | changes
    )


# A known password


def test_changed_password_is_the_one_that_works(desk: Desk) -> None:
    """After the change the new password signs in, and the old one does not."""
    _change(desk, desk.register())

    desk.sign_in(login=PHONE, password=NEW, remember=False)
    with pytest.raises(SignInRefused):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


def test_changed_password_ends_all_other_sessions(desk: Desk) -> None:
    """Whoever else was in is out; who changed it stays in."""
    other = desk.register()
    own = desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    _change(desk, own)

    desk.resume_session(token=own.token)
    with pytest.raises(SessionEnded):
        desk.resume_session(token=other.token)


def test_changed_password_is_told(desk: Desk) -> None:
    """The owner gets an SMS."""
    _change(desk, desk.register())

    event = desk.store.events()[-1]
    assert isinstance(event, PasswordChanged)
    assert ("+79161234567", NOON) == (event.phone, event.changed_at)


def test_wrong_present_password_is_counted_with_those_of_signing_in(desk: Desk) -> None:
    """Ten wrong passwords are ten, at whichever door; the count outlives the refusal."""
    signed_in = desk.register()
    for _ in range(5):
        with pytest.raises(WrongPassword):
            _change(desk, signed_in, present="мимо")
        with pytest.raises(SignInRefused):
            desk.sign_in(login=PHONE, password="мимо", remember=False)

    with pytest.raises(SignInThrottled):
        _change(desk, signed_in)
    with pytest.raises(SignInThrottled):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"password": "", "repeat": ""}, [("password", "shared.field_required")]),
        (
            {"password": "коротко"},
            [
                ("password", "identity.password_too_short"),
                ("repeat", "identity.passwords_differ"),
            ],
        ),
        ({"repeat": "иначе"}, [("repeat", "identity.passwords_differ")]),
    ],
)
def test_new_password_is_checked(
    desk: Desk, changes: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    """The rules are those of registration, for a known password as for a forgotten one."""
    signed_in = desk.register()
    recovery_id = _recovery(desk)
    for step in (
        partial(_change, desk, signed_in, **changes),
        partial(_finish, desk, recovery_id, desk.sent_code(), **changes),
    ):
        with pytest.raises(FormRejected) as caught:
            step()
        assert faults == [(fault.field, fault.error.code) for fault in caught.value.faults]


# A forgotten password


def test_recovery_leads_to_a_new_password(desk: Desk) -> None:
    """The code of the SMS and a new password are enough, and the user signs in anew."""
    signed_in = desk.register()
    _finish(desk, _recovery(desk), desk.sent_code())

    assert "recovery" == desk.sent_codes()[-1].purpose
    with pytest.raises(SessionEnded):
        desk.resume_session(token=signed_in.token)
    desk.sign_in(login=PHONE, password=NEW, remember=False)


def test_recovery_frees_a_login_that_has_to_wait(desk: Desk) -> None:
    """Who proves to have the phone does not wait for the limit of wrong passwords."""
    desk.register()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            desk.sign_in(login=PHONE, password="мимо", remember=False)
    _finish(desk, _recovery(desk), desk.sent_code())

    desk.sign_in(login=PHONE, password=NEW, remember=False)


def test_recovery_of_an_unknown_phone_looks_like_any_other(desk: Desk) -> None:
    """Step by step the same answers, and no SMS."""

    def walk(phone: str) -> list[str]:
        recovery_id = _recovery(desk, phone)
        return [
            _refusal(lambda: desk.recovering(phone)),
            _refusal(lambda: desk.resend_recovery_code(recovery_id=recovery_id)),
            *(_refusal(lambda: _finish(desk, recovery_id, "999999")) for _ in range(6)),
        ]

    desk.register()
    known = walk(PHONE)
    sent = len(desk.sent_codes())
    desk.clock.set(NOON)

    assert known == walk(STRANGE_PHONE)
    assert sent == len(desk.sent_codes())


def test_recovery_of_an_unknown_phone_has_no_right_code(desk: Desk) -> None:
    """Not even the code that was made for it."""
    recovery_id = _recovery(desk, STRANGE_PHONE)

    with pytest.raises(WrongCode):
        _finish(desk, recovery_id, desk.secrets.codes[-1])


def test_wrong_recovery_code_is_counted_although_it_is_refused(desk: Desk) -> None:
    """The count outlives the refusal."""
    desk.register()
    recovery_id = _recovery(desk)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as caught:
            _finish(desk, recovery_id, "999999")
        assert left == caught.value.tries_left

    with pytest.raises(CodeTriesSpent):
        _finish(desk, recovery_id, desk.sent_code())
    desk.wait(minutes=2)
    desk.resend_recovery_code(recovery_id=recovery_id)
    _finish(desk, recovery_id, desk.sent_code())


def test_faulty_new_password_does_not_use_up_the_code(desk: Desk) -> None:
    """The code is looked at only when the rest is right."""
    desk.register()
    recovery_id = _recovery(desk)
    for _ in range(6):
        with pytest.raises(FormRejected):
            _finish(desk, recovery_id, "999999", repeat="иначе")

    _finish(desk, recovery_id, desk.sent_code())


def test_recovery_code_is_used_once_and_in_time(desk: Desk) -> None:
    """A used code and an old one are refused for their own reasons."""
    desk.register()
    used, used_code = _recovery(desk), desk.sent_code()
    _finish(desk, used, used_code)
    with pytest.raises(CodeUsed):
        _finish(desk, used, used_code)
    desk.wait(minutes=2)
    with pytest.raises(CodeUsed):
        desk.resend_recovery_code(recovery_id=used)

    old = _recovery(desk)
    desk.wait(minutes=5)
    with pytest.raises(CodeExpired):
        _finish(desk, old, desk.sent_code())


def test_recovery_codes_count_with_those_of_registration(desk: Desk) -> None:
    """Five SMS a day go to one phone, whatever they are for."""
    desk.register()
    for _ in range(4):
        _recovery(desk)

    with pytest.raises(CodeTooSoon):
        desk.recovering(PHONE)
    with pytest.raises(TooManyCodes) as caught:
        _recovery(desk)
    assert NOON + timedelta(days=1) == caught.value.free_at


def test_recovery_needs_a_phone(desk: Desk) -> None:
    """No phone and no mobile phone are told at the field."""
    for phone, code in (
        (" ", "shared.field_required"),
        ("12", "identity.phone_malformed"),
        ("+7 495 123-45-67", "identity.phone_not_mobile"),
    ):
        with pytest.raises(FormRejected) as caught:
            desk.recovering(phone)
        assert [("contact", code)] == [(f.field, f.error.code) for f in caught.value.faults]


def test_unknown_recovery_is_told(desk: Desk) -> None:
    """An identifier that was never given out leads nowhere."""
    unknown = RecoveryId(desk.identifiers.new())

    with pytest.raises(RecoveryNotFound):
        _finish(desk, unknown, "000001")
    with pytest.raises(RecoveryNotFound):
        desk.resend_recovery_code(recovery_id=unknown)


def _refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ElkkError) as caught:
        step()
    return f"{caught.value.code} {caught.value!r}"
