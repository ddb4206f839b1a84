"""Values of identity: phones, names, codes and sessions."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.identity import (
    CodeExpired,
    CodeTriesSpent,
    CodeUsed,
    Email,
    EmailMalformed,
    FullName,
    NameHasForbiddenCharacters,
    Phone,
    PhoneMalformed,
    SessionPolicy,
    name_part,
    optional_name_part,
)
from elkk_core.shared import FieldRequired, FieldTooLong, SessionId
from elkk_core.testing import strategies
from elkk_core.testing.builders import MORNING, USER_ID, a_code, a_name, a_session
from elkk_core.testing.doubles import NOON, SequentialIdentifiers


@given(name=strategies.full_names())
def test_name_stays_as_it_is(name: FullName) -> None:
    """What is a name already is not changed by reading it again."""
    again = FullName(surname=name.surname, given=name.given, patronymic=name.patronymic)

    assert name == again


def test_name_loses_needless_blanks() -> None:
    """Blanks around and doubled ones are nobody's name."""
    assert "Анна Мария" == name_part("  Анна   Мария ")


@pytest.mark.parametrize(
    "text", ["Салтыков-Щедрин", "О’Коннор", "д'Артаньян", "Ёлкина", "Müller", "Оглы Мамед", "Ян"]
)
def test_name_may_be_of_many_kinds(text: str) -> None:
    """Hyphens, apostrophes, blanks and letters of any alphabet are in names."""
    assert text == name_part(text)


@pytest.mark.parametrize("text", ["Анна1", "<b>", "Анна!", "-", "-Анна", "Анна_", "a@b.ru", "№"])
def test_name_has_no_other_signs(text: str) -> None:
    """Digits and signs are a slip."""
    with pytest.raises(NameHasForbiddenCharacters):
        name_part(text)


def test_name_is_refused_at_once() -> None:
    """No text keeps the reader busy: a form that anybody may send must not stop the pages."""
    with pytest.raises(NameHasForbiddenCharacters):
        name_part("я" * 59 + "1")


def test_name_with_a_slip_at_its_end_is_refused_at_once() -> None:
    """Looking at a long name does not take longer than the browser waits."""
    with pytest.raises(NameHasForbiddenCharacters):
        name_part("я" * 59 + "1")


def test_name_has_a_length() -> None:
    """60 characters pass, one more does not, and none at all is no name."""
    assert "я" * 60 == name_part("я" * 60)
    with pytest.raises(FieldTooLong) as caught:
        name_part("я" * 61)
    assert 60 == caught.value.limit
    with pytest.raises(FieldRequired):
        name_part("   ")


def test_patronymic_may_be_missing() -> None:
    """Not everybody has one; who has one spells it like any name."""
    assert "" == optional_name_part("  ")
    assert "Петрова Анна" == str(a_name(patronymic=""))
    assert "Петрова Анна Сергеевна" == str(a_name())
    with pytest.raises(NameHasForbiddenCharacters):
        optional_name_part("1")


@given(name=st.text(max_size=70))
def test_name_is_read_or_refused(name: str) -> None:
    """Whatever is typed, it is a name without needless blanks or it is refused."""
    try:
        read = name_part(name)
    except (FieldRequired, FieldTooLong, NameHasForbiddenCharacters):
        return

    assert read == name_part(read)
    assert read == read.strip()


@pytest.mark.parametrize("text", ["", "89161234567", "+0123456789", "+7916", "+7 916 123 45 67"])
def test_phone_is_in_the_form_of_e164(text: str) -> None:
    """Other forms are for the reader of contacts."""
    with pytest.raises(PhoneMalformed):
        Phone(text)


@pytest.mark.parametrize("text", ["", "a", "a@", "@b", "a b@c", "a@b@c"])
def test_email_has_two_parts(text: str) -> None:
    """Without a name and a domain there is no address."""
    with pytest.raises(EmailMalformed):
        Email(text)


def test_code_works_until_it_expires() -> None:
    """At the very moment of expiry it is too late."""
    code = a_code()
    in_time = code.expires_at - timedelta(microseconds=1)

    assert in_time == code.answer(right=True, now=in_time).used_at
    with pytest.raises(CodeExpired):
        code.answer(right=True, now=code.expires_at)


def test_code_works_once() -> None:
    """A code answered right is used up."""
    used = a_code().answer(right=True, now=MORNING)

    with pytest.raises(CodeUsed):
        used.answer(right=True, now=MORNING)


def test_code_takes_as_many_wrong_answers_as_it_has_tries() -> None:
    """After the fifth wrong answer no further one is looked at."""
    code = a_code(tries_left=5)
    for _ in range(5):
        code = code.answer(right=False, now=MORNING)

    assert 0 == code.tries_left
    with pytest.raises(CodeTriesSpent):
        code.answer(right=True, now=MORNING)


def test_secrets_are_not_printed() -> None:
    """A digest does not get into a log by way of a representation."""
    assert "digest" not in repr(a_code())
    assert "digest" not in repr(a_session())


@given(
    pauses=st.lists(st.integers(1, 3600), max_size=30),
    remembered=st.booleans(),
)
def test_session_ends_at_the_latest(pauses: list[int], remembered: bool) -> None:  # noqa: FBT001
    """However much it is used, a session lets nobody in after its absolute end."""
    policy = SessionPolicy()
    now = NOON
    session = policy.start(
        session_id=SessionId(SequentialIdentifiers().new()),
        user_id=USER_ID,
        token_digest="digest",
        remembered=remembered,
        now=now,
    )
    for pause in pauses:
        now += timedelta(seconds=pause)
        if session.is_live(now=now):
            idle_until = policy.idle_until(now=now, remembered=remembered)
            session = session.use(now=now, idle_until=idle_until)

            assert session.idle_until <= session.expires_at
    assert not session.is_live(now=session.expires_at)


def test_session_ends_once() -> None:
    """The moment of ending stays as it was."""
    ended = a_session().end(now=MORNING)

    assert ended == ended.end(now=NOON)
    assert not ended.is_live(now=MORNING)
