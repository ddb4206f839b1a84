"""What users change of themselves: personal data, the phone, the e-mail; and what they take along."""

import json
from datetime import date, timedelta

import pytest
from tests.unit.identity.desk import EMAIL, PASSWORD, PHONE, Desk

from elkk_core import identity
from elkk_core.identity import (
    BirthDateImplausible,
    CodeTooSoon,
    ConfirmationNotFound,
    EmailAlreadyConfirmed,
    EmailAlreadyTaken,
    EmailChanged,
    EmailMalformed,
    EmailTaken,
    EmailUnchanged,
    KnownPhoneClaimed,
    PhoneChanged,
    PhoneChangeNotFound,
    PhoneNotMobile,
    PhoneTaken,
    PhoneUnchanged,
    Sex,
    SignInRefused,
    SignInThrottled,
    TooManyLetters,
    UserNotFound,
    WrongCode,
    WrongPassword,
)
from elkk_core.shared import (
    DomainEvent,
    FieldRequired,
    FormRejected,
    NoSuchDate,
    NotADate,
    UserId,
)
from elkk_core.testing.doubles import NOON

NEW_PHONE = "8 903 111-22-33"
NEW_EMAIL = "anna@tambov-post.ru"


def personal(**changes: object) -> dict[str, object]:
    """Return what is typed into «Редактирование личных данных»."""
    return {
        "surname": "Сидорова",
        "given": "Анна",
        "patronymic": "",
        "sex": Sex.FEMALE,
        "born_on": "05.02.2002",
    } | changes


def change(desk: Desk, user_id: UserId, **changes: object) -> None:
    """Send the form of personal data."""
    desk.made(identity.ChangePersonalData)(user_id=user_id, **personal(**changes))  # type: ignore[arg-type]


def other(desk: Desk) -> UserId:
    """Return another user, who has confirmed another e-mail."""
    desk.wait(minutes=2)
    user_id = desk.register(phone="8 953 765-43-21", email="ivanov@tambov-post.ru").user_id
    desk.confirm_email(token=desk.sent_link())
    return user_id


def start_phone(
    desk: Desk, user_id: UserId, phone: str = NEW_PHONE, *, present: str = PASSWORD
) -> None:
    """Ask for another phone."""
    desk.made(identity.StartPhoneChange)(user_id=user_id, phone=phone, present=present)


def confirm_phone(desk: Desk, user_id: UserId, code: str) -> None:
    """Give the code sent to the new phone."""
    desk.made(identity.ConfirmPhoneChange)(user_id=user_id, code=code)


def waiting_phone(desk: Desk, user_id: UserId) -> identity.Phone | None:
    """Return the phone that waits for its code."""
    return desk.made(identity.ShowPhoneChange)(user_id=user_id)


def change_email(
    desk: Desk, user_id: UserId, email: str = NEW_EMAIL, *, present: str = PASSWORD
) -> None:
    """Ask for another e-mail."""
    desk.made(identity.ChangeEmail)(user_id=user_id, email=email, present=present)


def told(desk: Desk, kind: type[DomainEvent]) -> list[DomainEvent]:
    """Return the events of a kind."""
    return [event for event in desk.store.events() if isinstance(event, kind)]


# Personal data


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [("05.02.2002", date(2002, 2, 5)), (" 2002-02-05 ", date(2002, 2, 5)), ("", None)],
)
def test_personal_data_are_replaced(desk: Desk, born_on: str, expected: date | None) -> None:
    """Name, sex and date of birth, the latter written in either way or not at all."""
    user_id = desk.register().user_id
    change(desk, user_id, born_on=born_on)

    user = desk.user(user_id)
    assert ("Сидорова Анна", Sex.FEMALE, expected) == (str(user.name), user.sex, user.born_on)


@pytest.mark.parametrize(
    ("born_on", "error"),
    [
        (str(NOON.date() + timedelta(days=1)), BirthDateImplausible),
        ("31.12.1905", BirthDateImplausible),
        ("0001-01-01", BirthDateImplausible),
        ("30.02.2000", NoSuchDate),
        ("вчера", NotADate),
    ],
)
def test_birth_date_that_cannot_be_is_told(
    desk: Desk, born_on: str, error: type[Exception]
) -> None:
    """Nobody is born tomorrow, or was more than 120 years ago."""
    user_id = desk.register().user_id
    with pytest.raises(FormRejected) as caught:
        change(desk, user_id, born_on=born_on)

    assert [("born_on", error)] == [(f.field, type(f.error)) for f in caught.value.faults]
    assert desk.user(user_id).born_on is None


@pytest.mark.parametrize("born_on", [str(NOON.date()), "01.01.1906"])
def test_birth_date_at_the_bounds_is_taken(desk: Desk, born_on: str) -> None:
    """Who was born today, or 120 years ago, is welcome."""
    change(desk, desk.register().user_id, born_on=born_on)


def test_every_fault_of_personal_data_is_told_at_once(desk: Desk) -> None:
    """Names keep the rules of registration."""
    user_id = desk.register().user_id
    with pytest.raises(FormRejected) as caught:
        change(desk, user_id, surname="", given="R2", patronymic="!", born_on="?")

    fields = [fault.field for fault in caught.value.faults]
    assert ["surname", "given", "patronymic", "born_on"] == fields


def test_nobody_has_no_personal_data(desk: Desk) -> None:
    """Without a user there is nothing to change."""
    with pytest.raises(UserNotFound):
        change(desk, UserId(desk.identifiers.new()))


# The phone


def test_new_phone_takes_the_place_of_the_old_one(desk: Desk) -> None:
    """After its code the new one opens the door and the old one does not; the old one is told."""
    user_id = desk.register().user_id
    desk.wait(minutes=1)
    start_phone(desk, user_id)
    assert "+79031112233" == str(waiting_phone(desk, user_id))
    assert "+79161234567" == desk.user(user_id).phone.number
    assert ("phone", "+79031112233") == (desk.sent_codes()[-1].purpose, desk.sent_codes()[-1].phone)
    confirm_phone(desk, user_id, f" {desk.sent_code()[:3]} {desk.sent_code()[3:]} ")

    assert user_id == desk.sign_in(login=NEW_PHONE, password=PASSWORD, remember=False).user_id
    with pytest.raises(SignInRefused):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    assert ["+79161234567"] == [getattr(event, "phone", "") for event in told(desk, PhoneChanged)]
    assert waiting_phone(desk, user_id) is None


def test_old_phone_is_free_again(desk: Desk) -> None:
    """Somebody else may register with it."""
    user_id = desk.register().user_id
    start_phone(desk, user_id)
    confirm_phone(desk, user_id, desk.sent_code())
    desk.wait(minutes=2)

    assert user_id != desk.register(email="b@tambov-post.ru").user_id


def test_phone_of_another_user_looks_free(desk: Desk) -> None:
    """The answers are the same, its owner is told, and no code leads to the end."""
    user_id, owner = desk.register().user_id, other(desk)
    desk.wait(minutes=2)
    codes = len(desk.sent_codes())
    start_phone(desk, user_id, "8 953 765-43-21")

    assert codes == len(desk.sent_codes())
    assert ["+79537654321"] == [
        getattr(event, "phone", "") for event in told(desk, KnownPhoneClaimed)
    ]
    assert "+79537654321" == str(waiting_phone(desk, user_id))
    with pytest.raises(WrongCode):
        confirm_phone(desk, user_id, desk.secrets.codes[-1])
    assert "+79537654321" == desk.user(owner).phone.number


def test_phone_registered_meanwhile_stays_with_its_user(desk: Desk) -> None:
    """Of two who wait for the same phone the first one gets it."""
    user_id = desk.register().user_id
    start_phone(desk, user_id)
    code = desk.sent_code()
    desk.wait(minutes=1)
    desk.register(phone=NEW_PHONE, email="b@tambov-post.ru")

    with pytest.raises(PhoneTaken):
        confirm_phone(desk, user_id, code)
    assert "+79161234567" == desk.user(user_id).phone.number


def test_wrong_codes_of_a_new_phone_are_counted(desk: Desk) -> None:
    """The count survives the refusal."""
    user_id = desk.register().user_id
    start_phone(desk, user_id)
    for left in (4, 3):
        with pytest.raises(WrongCode) as caught:
            confirm_phone(desk, user_id, "мимо")
        assert left == caught.value.tries_left


def test_code_of_a_new_phone_is_sent_again(desk: Desk) -> None:
    """After a minute; the first one is of no use any more."""
    user_id = desk.register().user_id
    start_phone(desk, user_id)
    resend = desk.made(identity.ResendPhoneChangeCode)
    with pytest.raises(CodeTooSoon):
        resend(user_id=user_id)
    desk.wait(minutes=1)
    first = desk.sent_code()
    resend(user_id=user_id)

    with pytest.raises(WrongCode):
        confirm_phone(desk, user_id, first)
    confirm_phone(desk, user_id, desk.sent_code())


def test_another_new_phone_takes_the_place_of_the_first(desk: Desk) -> None:
    """Whoever mistyped begins anew, and the code of the first phone is of no use."""
    user_id = desk.register().user_id
    start_phone(desk, user_id)
    first = desk.sent_code()
    start_phone(desk, user_id, "8 903 111-22-34")

    assert "+79031112234" == str(waiting_phone(desk, user_id))
    with pytest.raises(WrongCode):
        confirm_phone(desk, user_id, first)


def test_new_phone_is_given_up_after_a_day(desk: Desk) -> None:
    """A change that nobody finished does not wait for ever."""
    user_id = desk.register().user_id
    start_phone(desk, user_id)
    desk.wait(days=1)

    assert waiting_phone(desk, user_id) is None
    with pytest.raises(PhoneChangeNotFound):
        confirm_phone(desk, user_id, desk.sent_code())
    with pytest.raises(PhoneChangeNotFound):
        desk.made(identity.ResendPhoneChangeCode)(user_id=user_id)


def test_no_new_phone_nothing_to_confirm(desk: Desk) -> None:
    """Steps are taken in order, and each once."""
    user_id = desk.register().user_id
    with pytest.raises(PhoneChangeNotFound):
        confirm_phone(desk, user_id, "000001")
    start_phone(desk, user_id)
    confirm_phone(desk, user_id, desk.sent_code())

    with pytest.raises(PhoneChangeNotFound):
        confirm_phone(desk, user_id, desk.sent_code())


@pytest.mark.parametrize(
    ("phone", "error"),
    [("", FieldRequired), ("8 495 123-45-67", PhoneNotMobile), (PHONE, PhoneUnchanged)],
)
def test_phone_that_cannot_be_the_new_one_is_told(
    desk: Desk, phone: str, error: type[Exception]
) -> None:
    """Empty, on a wire, or the present one."""
    user_id = desk.register().user_id
    with pytest.raises(FormRejected) as caught:
        start_phone(desk, user_id, phone)

    assert [("phone", error)] == [(f.field, type(f.error)) for f in caught.value.faults]


def test_password_is_asked_for_before_phone_and_email_change(desk: Desk) -> None:
    """Wrong ones are counted with those of the door, and change nothing."""
    user_id = desk.register().user_id
    for _ in range(5):
        with pytest.raises(WrongPassword):
            start_phone(desk, user_id, present="мимо")
        with pytest.raises(WrongPassword):
            change_email(desk, user_id, present="мимо")

    for step in (start_phone, change_email):
        with pytest.raises(SignInThrottled):
            step(desk, user_id)
    with pytest.raises(SignInThrottled):
        desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    assert waiting_phone(desk, user_id) is None
    assert desk.user(user_id).new_email is None


# The e-mail


def test_new_email_takes_the_place_of_the_old_one(desk: Desk) -> None:
    """Its link makes it the user's, confirmed; the old one, which was confirmed, is told."""
    user_id = desk.register().user_id
    desk.confirm_email(token=desk.sent_link())
    change_email(desk, user_id)
    assert user_id == desk.sign_in(login=EMAIL, password=PASSWORD, remember=False).user_id
    with pytest.raises(SignInRefused):
        desk.sign_in(login=NEW_EMAIL, password=PASSWORD, remember=False)
    desk.confirm_email(token=desk.sent_link())

    assert user_id == desk.sign_in(login=NEW_EMAIL, password=PASSWORD, remember=False).user_id
    with pytest.raises(SignInRefused):
        desk.sign_in(login=EMAIL, password=PASSWORD, remember=False)
    assert [EMAIL] == [getattr(event, "email", "") for event in told(desk, EmailChanged)]


def test_old_email_that_was_never_confirmed_is_not_told(desk: Desk) -> None:
    """It may have been mistyped, and be a stranger's."""
    user_id = desk.register().user_id
    change_email(desk, user_id)
    desk.confirm_email(token=desk.sent_link())

    assert [] == told(desk, EmailChanged)
    assert desk.user(user_id).email_confirmed


def test_link_of_a_new_email_followed_again_is_no_error(desk: Desk) -> None:
    """People click twice."""
    user_id = desk.register().user_id
    change_email(desk, user_id)
    for _ in range(2):
        desk.confirm_email(token=desk.sent_link())

    assert NEW_EMAIL == desk.user(user_id).email.address


def test_link_of_a_new_email_that_was_given_up(desk: Desk) -> None:
    """Whoever typed another address in its place follows the link of that one."""
    user_id = desk.register().user_id
    change_email(desk, user_id)
    first = desk.sent_link()
    change_email(desk, user_id, "other@tambov-post.ru")

    with pytest.raises(ConfirmationNotFound):
        desk.confirm_email(token=first)


def test_letter_to_a_new_email_is_sent_again(desk: Desk) -> None:
    """The profile offers another letter to the new address; when it is confirmed, none."""
    user_id = desk.register().user_id
    desk.confirm_email(token=desk.sent_link())
    change_email(desk, user_id)
    desk.request_email_confirmation(user_id=user_id)
    desk.confirm_email(token=desk.sent_link())

    assert NEW_EMAIL == desk.user(user_id).email.address
    with pytest.raises(EmailAlreadyConfirmed):
        desk.request_email_confirmation(user_id=user_id)


def test_email_of_another_user_looks_free(desk: Desk) -> None:
    """The answer is the same, its owner is told by letter, and there is no link."""
    user_id, owner = desk.register().user_id, other(desk)
    last = desk.sent_link()
    change_email(desk, user_id, "ivanov@tambov-post.ru")

    assert last == desk.sent_link()
    assert ["ivanov@tambov-post.ru"] == [
        getattr(event, "email", "") for event in told(desk, EmailAlreadyTaken)
    ]
    assert "ivanov@tambov-post.ru" == str(desk.user(user_id).new_email)
    assert "ivanov@tambov-post.ru" == desk.user(owner).email.address


def test_email_confirmed_meanwhile_stays_with_its_user(desk: Desk) -> None:
    """Of two who wait for the same address the first one gets it."""
    user_id = desk.register().user_id
    change_email(desk, user_id)
    link = desk.sent_link()
    desk.wait(minutes=2)
    desk.register(phone=NEW_PHONE, email=NEW_EMAIL)
    desk.confirm_email(token=desk.sent_link())

    with pytest.raises(EmailTaken):
        desk.confirm_email(token=link)


@pytest.mark.parametrize(
    ("email", "error"), [("", FieldRequired), ("@", EmailMalformed), (EMAIL, EmailUnchanged)]
)
def test_email_that_cannot_be_the_new_one_is_told(
    desk: Desk, email: str, error: type[Exception]
) -> None:
    """Empty, no address, or the present one."""
    user_id = desk.register().user_id
    with pytest.raises(FormRejected) as caught:
        change_email(desk, user_id, email)

    assert [("email", error)] == [(f.field, type(f.error)) for f in caught.value.faults]


def test_letters_to_new_addresses_are_limited(desk: Desk) -> None:
    """Nobody's mailbox is filled by trying addresses."""
    user_id = desk.register().user_id
    for number in range(5):
        change_email(desk, user_id, f"anna{number}@tambov-post.ru")

    with pytest.raises(TooManyLetters):
        change_email(desk, user_id)
    assert "anna4@tambov-post.ru" == str(desk.user(user_id).new_email)


# Sessions


def test_sessions_show_ones_own_first(desk: Desk) -> None:
    """Then those used lately; what has ended by itself or was signed out of is not shown."""
    old = desk.register()
    desk.wait(hours=1)
    signed_out = desk.sign_in(login=PHONE, password=PASSWORD, remember=False)
    desk.sign_out(token=signed_out.token)
    desk.sign_in(login=PHONE, password=PASSWORD, remember=True, user_agent="a phone")
    desk.wait(minutes=1)
    own = desk.sign_in(login=PHONE, password=PASSWORD, remember=False, user_agent="a\ndesk\x00top")
    desk.wait(minutes=1)
    desk.sign_in(login=PHONE, password=PASSWORD, remember=False, user_agent="x" * 500)
    views = desk.made(identity.ListSessions)(user_id=old.user_id, token=own.token)

    assert [("adesktop", True, False), ("x" * 200, False, False), ("a phone", False, True)] == [
        (view.user_agent, view.is_own, view.remembered) for view in views
    ]


def test_one_session_is_ended_from_another(desk: Desk) -> None:
    """Once; and nobody ends a stranger's."""
    mine = desk.register()
    stranger = other(desk)
    lost = desk.sign_in(login=PHONE, password=PASSWORD, remember=True)
    listed = desk.made(identity.ListSessions)
    session_id = listed(user_id=mine.user_id, token=lost.token)[0].session_id
    end = desk.made(identity.EndSession)
    with pytest.raises(identity.SessionNotFound):
        end(user_id=stranger, session_id=session_id)
    end(user_id=mine.user_id, session_id=session_id)

    with pytest.raises(identity.SessionEnded):
        desk.resume_session(token=lost.token)
    desk.resume_session(token=mine.token)
    with pytest.raises(identity.SessionNotFound):
        end(user_id=mine.user_id, session_id=session_id)


def test_signing_out_everywhere_ends_all_and_no_strangers(desk: Desk) -> None:
    """The session that asks ends too, and other users stay."""
    tokens = [desk.register().token]
    tokens.append(desk.sign_in(login=PHONE, password=PASSWORD, remember=True).token)
    desk.wait(minutes=2)
    stranger = desk.register(phone=NEW_PHONE, email="b@tambov-post.ru")
    user_id = desk.resume_session(token=tokens[0]).user_id
    desk.made(identity.SignOutEverywhere)(user_id=user_id)

    for token in tokens:
        with pytest.raises(identity.SessionEnded):
            desk.resume_session(token=token)
    desk.resume_session(token=stranger.token)


# One's own data


def test_own_data_have_what_is_known_and_no_secrets(desk: Desk) -> None:
    """Personal data, consents and sessions; a file that JSON can write, without any digest."""
    user_id = desk.register().user_id
    change(desk, user_id)
    desk.sign_in(login=PHONE, password=PASSWORD, remember=True, user_agent="a phone")
    kept = desk.made(identity.ShowOwnIdentity)(user_id=user_id)
    text = json.dumps(kept, ensure_ascii=False)

    assert {"user", "consents", "sessions"} == kept.keys()
    for fact in ("Сидорова", "2002-02-05", "+79161234567", EMAIL, "a phone", "2026-11-01"):
        assert fact in text
    with desk.store.unit_of_work() as uow:
        secrets = [session.token_digest for session in uow.sessions.list_not_ended(user_id)]
    for secret in (*secrets, desk.user(user_id).password_digest, *desk.secrets.tokens):
        assert secret not in text
