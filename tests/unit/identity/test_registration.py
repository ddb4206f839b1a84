"""Registering: form, code, first session."""

from collections.abc import Callable

import pytest
from tests.unit.identity.desk import EMAIL, Desk, form

from elkk_core.identity import (
    CodeExpired,
    CodeTooSoon,
    CodeTriesSpent,
    CodeUsed,
    Email,
    Language,
    PhoneTaken,
    RegistrationId,
    RegistrationNotFound,
    TooManyCodes,
    WrongCode,
)
from elkk_core.identity.events import (
    CodeRequested,
    EmailAlreadyTaken,
    EmailConfirmationRequested,
    KnownPhoneRegistered,
)
from elkk_core.shared import ElkkError, FormRejected
from elkk_core.testing.doubles import NOON


def test_registration_sends_a_code(desk: Desk) -> None:
    """The form leads to one SMS with six digits that work five minutes."""
    desk.started()

    (event,) = desk.sent_codes()
    assert ("+79161234567", "registration", "ru") == (event.phone, event.purpose, event.language)
    assert event.code == desk.secrets.codes[-1]
    assert 300 == (event.expires_at - NOON).total_seconds()


def test_registration_ends_with_a_user_who_is_signed_in(desk: Desk) -> None:
    """The right code makes the user of the form, with consent, and a session."""
    signed_in = desk.register()
    user = desk.user(signed_in.user_id)

    assert "Петрова Анна Сергеевна" == str(user.name)
    assert ("+79161234567", EMAIL) == (user.phone.number, user.email.address)
    assert [("2026-11-01", NOON)] == [(c.version, c.given_at) for c in user.consents]
    assert user == desk.resume_session(token=signed_in.token)
    assert not signed_in.remembered
    assert not user.email_confirmed


def test_registration_sends_a_letter(desk: Desk) -> None:
    """Together with the user goes a letter whose link works sixty hours."""
    desk.register()

    event = desk.store.events()[-1]
    assert isinstance(event, EmailConfirmationRequested)
    assert (EMAIL, "Анна") == (event.email, event.given_name)
    assert 60 * 3600 == (event.expires_at - NOON).total_seconds()


def test_registration_takes_blanks_around_the_code(desk: Desk) -> None:
    """A code pasted with a blank is the code."""
    registration_id = desk.started()

    desk.confirm_registration(registration_id=registration_id, code=f" {desk.sent_code()} ")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("surname", " ", "shared.field_required"),
        ("surname", "Петрова1", "identity.name_has_forbidden_characters"),
        ("given", "", "shared.field_required"),
        ("patronymic", "?", "identity.name_has_forbidden_characters"),
        ("phone", "", "shared.field_required"),
        ("phone", "12", "identity.phone_malformed"),
        ("phone", "+7 495 123-45-67", "identity.phone_not_mobile"),
        ("email", " ", "shared.field_required"),
        ("email", "petrova", "identity.email_malformed"),
        ("repeat", "другой пароль", "identity.passwords_differ"),
        ("consented", False, "identity.consent_required"),
    ],
)
def test_registration_tells_what_is_wrong(desk: Desk, field: str, text: object, code: str) -> None:
    """Each field is refused for its own reason, and nothing is sent or counted."""
    with pytest.raises(FormRejected) as caught:
        desk.started(**{field: text})

    (fault,) = caught.value.faults
    expected = "consent" if field == "consented" else field
    assert (expected, code) == (fault.field, fault.error.code)
    assert () == desk.store.events()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "shared.field_required"),
        ("коротко", "identity.password_too_short"),
        ("ы" * 129, "identity.password_too_long"),
        ("PassWord", "identity.password_common"),
    ],
)
def test_registration_tells_what_is_wrong_with_a_password(
    desk: Desk, password: str, code: str
) -> None:
    """Length and being common are the only reasons: there is no rule of composition."""
    with pytest.raises(FormRejected) as caught:
        desk.started(password=password, repeat=password)

    assert [("password", code)] == [(f.field, f.error.code) for f in caught.value.faults]


@pytest.mark.parametrize("password", ["ы" * 8, "ы" * 128, "aaaabbbb", "        "])
def test_registration_takes_any_other_password(desk: Desk, password: str) -> None:
    """Eight characters to 128 of any kind."""
    desk.register(password=password, repeat=password)


def test_registration_tells_everything_at_once(desk: Desk) -> None:
    """An empty form is refused in every required field."""
    empty = dict.fromkeys(form(), "") | {"consented": False, "language": Language.RUSSIAN}
    with pytest.raises(FormRejected) as caught:
        desk.started(**empty)

    expected = ["surname", "given", "phone", "email", "password", "consent"]
    assert expected == [fault.field for fault in caught.value.faults]


def test_wrong_code_is_counted_although_it_is_refused(desk: Desk) -> None:
    """The count outlives the refusal, so the sixth answer is not looked at, right or wrong."""
    registration_id = desk.started()
    left = []
    for _ in range(5):
        with pytest.raises(WrongCode) as caught:
            desk.confirm_registration(registration_id=registration_id, code="999999")
        left.append(caught.value.tries_left)

    assert [4, 3, 2, 1, 0] == left
    with pytest.raises(CodeTriesSpent):
        desk.confirm_registration(registration_id=registration_id, code=desk.sent_code())


def test_old_code_is_refused(desk: Desk) -> None:
    """After five minutes the right code is of no use."""
    registration_id = desk.started()
    desk.wait(minutes=5)

    with pytest.raises(CodeExpired):
        desk.confirm_registration(registration_id=registration_id, code=desk.sent_code())


def test_code_is_used_once(desk: Desk) -> None:
    """The same code does not make a second user or session."""
    registration_id = desk.started()
    code = desk.sent_code()
    desk.confirm_registration(registration_id=registration_id, code=code)

    with pytest.raises(CodeUsed):
        desk.confirm_registration(registration_id=registration_id, code=code)


def test_code_of_another_registration_is_wrong(desk: Desk) -> None:
    """A code is bound to what it was sent for."""
    first = desk.started()
    code = desk.sent_code()
    second = desk.started(phone="8 953 765-43-21")

    with pytest.raises(WrongCode):
        desk.confirm_registration(registration_id=second, code=code)
    desk.confirm_registration(registration_id=first, code=code)


def test_new_code_takes_the_place_of_the_old_one(desk: Desk) -> None:
    """After «send again» only the newer code is right, with all its tries."""
    registration_id = desk.started()
    old = desk.sent_code()
    with pytest.raises(WrongCode):
        desk.confirm_registration(registration_id=registration_id, code="999999")
    desk.wait(seconds=60)
    desk.resend_registration_code(registration_id=registration_id)

    with pytest.raises(WrongCode) as caught:
        desk.confirm_registration(registration_id=registration_id, code=old)
    assert 4 == caught.value.tries_left
    desk.confirm_registration(registration_id=registration_id, code=desk.sent_code())


def test_code_is_sent_again_after_a_pause(desk: Desk) -> None:
    """Sooner than a minute nothing is sent, and the error tells from when on it is."""
    registration_id = desk.started()
    desk.wait(seconds=59)
    with pytest.raises(CodeTooSoon) as caught:
        desk.resend_registration_code(registration_id=registration_id)

    assert 60 == (caught.value.free_at - NOON).total_seconds()
    assert 1 == len(desk.sent_codes())


def test_codes_of_a_day_are_limited_by_phone(desk: Desk) -> None:
    """Five codes go to a phone in a day, by whatever registration; another phone is free."""
    for _ in range(5):
        desk.started()
        desk.wait(minutes=2)
    with pytest.raises(TooManyCodes) as caught:
        desk.started()

    assert 24 * 3600 == (caught.value.free_at - NOON).total_seconds()
    desk.started(phone="8 953 765-43-21")
    desk.clock.set(caught.value.free_at)
    desk.started()


def test_finished_registration_sends_no_code(desk: Desk) -> None:
    """Once the user is there, there is nothing to send again."""
    registration_id = desk.started()
    desk.confirm_registration(registration_id=registration_id, code=desk.sent_code())
    desk.wait(minutes=2)

    with pytest.raises(CodeUsed):
        desk.resend_registration_code(registration_id=registration_id)


def test_unknown_registration_is_told(desk: Desk) -> None:
    """An identifier that was never given out leads nowhere."""
    unknown = RegistrationId(desk.identifiers.new())

    with pytest.raises(RegistrationNotFound):
        desk.confirm_registration(registration_id=unknown, code="000001")
    with pytest.raises(RegistrationNotFound):
        desk.resend_registration_code(registration_id=unknown)


def test_known_phone_looks_like_any_other(desk: Desk) -> None:
    """Whoever registers with a user's phone sees what everybody sees, step by step."""

    def walk(phone: str) -> list[str]:
        registration_id = desk.started(phone=phone)
        confirm = desk.confirm_registration
        return [
            _refusal(lambda: desk.started(phone=phone)),
            _refusal(lambda: desk.resend_registration_code(registration_id=registration_id)),
            *(
                _refusal(lambda: confirm(registration_id=registration_id, code="999999"))
                for _ in range(6)
            ),
        ]

    desk.register()
    desk.wait(days=2)

    assert walk("8 953 765-43-21") == walk("8 916 123-45-67")


def test_known_phone_gets_another_sms_and_no_code(desk: Desk) -> None:
    """Its owner is told; no code exists that would lead to the end."""
    desk.register()
    desk.wait(minutes=2)
    registration_id = desk.started()

    assert isinstance(desk.store.events()[-1], KnownPhoneRegistered)
    assert 1 == len(desk.sent_codes())
    with pytest.raises(WrongCode):
        desk.confirm_registration(registration_id=registration_id, code=desk.secrets.codes[-1])
    desk.wait(minutes=2)
    desk.resend_registration_code(registration_id=registration_id)
    assert isinstance(desk.store.events()[-1], KnownPhoneRegistered)


def test_phone_that_was_taken_meanwhile(desk: Desk) -> None:
    """Of two registrations with one phone the first to answer its code gets it."""
    first = desk.started()
    first_code = desk.sent_code()
    desk.wait(minutes=1)
    second = desk.started()
    desk.confirm_registration(registration_id=second, code=desk.sent_code())

    with pytest.raises(PhoneTaken):
        desk.confirm_registration(registration_id=first, code=first_code)


def test_confirmed_email_of_another_gets_no_link(desk: Desk) -> None:
    """The owner of a confirmed address is told by a letter, and the newcomer learns nothing."""
    desk.register()
    desk.confirm_email(token=desk.sent_link())
    desk.register(phone="8 953 765-43-21")

    event = desk.store.events()[-1]
    assert isinstance(event, EmailAlreadyTaken)
    assert EMAIL == event.email


def test_unconfirmed_email_is_nobodys(desk: Desk) -> None:
    """Two users may give the same address; who confirms it first has it."""
    first = desk.register()
    first_link = desk.sent_link()
    second = desk.register(phone="8 953 765-43-21")
    desk.confirm_email(token=desk.sent_link())

    assert desk.user(second.user_id).email_confirmed
    assert not desk.user(first.user_id).email_confirmed
    with pytest.raises(ElkkError) as caught:
        desk.confirm_email(token=first_link)
    assert "identity.email_taken" == caught.value.code
    with desk.store.unit_of_work() as uow:
        assert desk.user(second.user_id) == uow.users.find_by_confirmed_email(Email(EMAIL))


def test_language_of_the_form_is_that_of_the_messages(desk: Desk) -> None:
    """Who registers in English is written to in English."""
    desk.register(language=Language.ENGLISH)

    events = desk.store.events()
    assert ["en", "en"] == [getattr(event, "language", None) for event in events]
    assert isinstance(events[0], CodeRequested)


def _refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ElkkError) as caught:
        step()
    return f"{caught.value.code} {caught.value!r}"
