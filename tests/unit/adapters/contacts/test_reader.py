"""Phones and addresses are read in all the ways in which people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import domains

from elkk_adapters.contacts import ForgivingContactReader
from elkk_core.identity import Email, EmailMalformed, Phone, PhoneMalformed, PhoneNotMobile
from elkk_core.testing import contracts

READER = ForgivingContactReader()


class TestForgivingContactReader(contracts.ContactReaderContract):
    def make(self) -> ForgivingContactReader:
        """Return the reader of these tests."""
        return READER


@pytest.mark.parametrize(
    "text",
    [
        "+79161234567",
        "79161234567",
        "89161234567",
        "9161234567",
        "+7 916 123 45 67",
        "+7 (916) 123-45-67",
        "8 (916) 123-45-67",
        "8(916)1234567",
        "8-916-123-45-67",
        "8.916.123.45.67",
        "8\u00a0916\u00a0123\u00a045\u00a067",
        "8 916 123\u201145\u201167",
        "8 916 123\u201345\u201467",
        "  +7 916 123 45 67\n",
        "\u202a+7 916 123-45-67\u202c",
        "\ufeff8 916 123\u00ad45\u00ad67",
        "+8 916 123 45 67",
        "+7 (8) 916 123 45 67",
        "７９１６１２３４５６７",
        "916 123~45~67",
        "\uff0b7\u2009916\u202f123 45 67",
    ],
)
def test_phone_is_read_however_it_is_written(text: str) -> None:
    """All of these are one number."""
    assert Phone("+79161234567") == READER.read_phone(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+375 29 123-45-67", "+375291234567"),
        ("8~10~375 29 123-45-67", "+375291234567"),
        ("+7 701 123 45 67", "+77011234567"),
        ("+44 7911 123456", "+447911123456"),
        ("+86 139 1099 8888", "+8613910998888"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_foreign_phone_is_read(text: str, number: str) -> None:
    """A foreign number is read, also where a country does not tell mobile from fixed ones."""
    assert Phone(number) == READER.read_phone(text)


@pytest.mark.parametrize("text", ["8 (495) 123-45-67", "8 800 555-35-35", "+44 20 7946 0018"])
def test_landline_is_refused(text: str) -> None:
    """A number that takes no SMS cannot be registered."""
    with pytest.raises(PhoneNotMobile):
        READER.read_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "+",
        "112",
        "916 123 45 6",
        "8 916 123 45 678",
        "8-916-FLOWERS",
        "тел. 8 916 123 45 67",
        "8 916 123 45 67 доб. 5",
        "+79161234567#12",
        "+79161234567;ext=12",
        "89161234567, 89261234567",
        "89161234567/89261234567",
        "+000 916 123 45 67",
        "ivanov@tambov-post.ru",
        "1" * 300,
    ],
)
def test_other_text_is_no_phone(text: str) -> None:
    """Letters, extensions, two numbers at once and numbers that nobody has are refused."""
    with pytest.raises(PhoneMalformed):
        READER.read_phone(text)


def test_region_is_where_numbers_are_written() -> None:
    """A supplier abroad reads the numbers of its own country without a plus."""
    assert Phone("+375291234567") == ForgivingContactReader(region="BY").read_phone("8029 1234567")


@given(digits=st.text("0123456789", min_size=7, max_size=7))
def test_phone_read_stays_as_it_is(digits: str) -> None:
    """What was read and written down is read as the same again."""
    phone = READER.read_phone(f"8 916 {digits}")

    assert phone == READER.read_phone(str(phone))


@given(text=st.text(st.characters()) | st.text("0123456789+-() .~", max_size=25))
def test_any_text_is_a_phone_or_refused(text: str) -> None:
    """Whatever a form sends, it is read or refused, and nothing else happens."""
    try:
        phone = READER.read_phone(text)
    except (PhoneMalformed, PhoneNotMobile):
        return

    assert phone == READER.read_phone(str(phone))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ivanov@tambov-post.ru", "ivanov@tambov-post.ru"),
        (" Ivanov@Tambov-Post.RU\t", "ivanov@tambov-post.ru"),
        ("\u200bivanov@tambov-post.ru\ufeff", "ivanov@tambov-post.ru"),
        ("ivanov.p+elkk@post.example", "ivanov.p+elkk@post.example"),
        ("ivanov@почта.рф", "ivanov@почта.рф"),
        ("ivanov@xn--80a1acny.xn--p1ai", "ivanov@почта.рф"),
        ("Иванов@Почта.РФ", "иванов@почта.рф"),
        ("a" * 64 + "@tambov-post.ru", "a" * 64 + "@tambov-post.ru"),
    ],
)
def test_address_is_read_however_it_is_written(text: str, address: str) -> None:
    """Case, blanks around and the two ways to write a Russian domain make no difference."""
    assert Email(address) == READER.read_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ivanov",
        "ivanov@",
        "@tambov-post.ru",
        "ivanov@localhost",
        "ivanov@tambov-post",
        "ivanov@tambov post.ru",
        "ivanov@tambov-post.ru, petrov@tambov-post.ru",
        "Иван <ivanov@tambov-post.ru>",
        "mailto:ivanov@tambov-post.ru",
        "ivan ov@tambov-post.ru",
        "ivan..ov@tambov-post.ru",
        ".ivanov@tambov-post.ru",
        "ivanov@@tambov-post.ru",
        "ivanov@-tambov.ru",
        "ivanov@[127.0.0.1]",
        "ivanov@tambov-post.ru\nBcc: petrov@tambov-post.ru",
        "a" * 65 + "@tambov-post.ru",
        "ivanov@" + "a" * 64 + ".ru",
        "ivanov@" + "abcdefg." * 32 + "ru",
    ],
)
def test_other_text_is_no_address(text: str) -> None:
    """What no letter could be sent to is refused, and so is more than one address."""
    with pytest.raises(EmailMalformed):
        READER.read_email(text)


@given(name=st.from_regex(r"[A-Za-z0-9]+([._+-][A-Za-z0-9]+)*", fullmatch=True), domain=domains())
def test_address_read_stays_as_it_is(name: str, domain: str) -> None:
    """What was read and written down is read as the same again."""
    try:
        email = READER.read_email(f"{name}@{domain}")
    except EmailMalformed:
        return

    assert email == READER.read_email(str(email))


@given(text=st.text(st.characters()) | st.text("aя@. -_\u0130\u1e9e", max_size=20))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Whatever a form sends, it is read or refused, and nothing else happens."""
    try:
        email = READER.read_email(text)
    except EmailMalformed:
        return

    assert email == READER.read_email(str(email))
