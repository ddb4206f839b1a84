"""The text of a payment QR: ГОСТ Р 56042-2014."""

import string
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.billing import (
    Charset,
    PaymentCode,
    PaymentCodeCharacterMissing,
    PaymentCodeFieldMalformed,
    PaymentCodeFieldMissing,
    PaymentCodeFieldRepeated,
    PaymentCodeFieldTooLong,
    PaymentCodeNotSeparable,
    PaymentCodeTooLong,
    PaymentCodeUnreadable,
    payment_code,
)
from elkk_core.shared import Money
from elkk_core.testing.builders import a_supplier

# The sample that everybody copies; its correspondent account has a wrong control digit.
SAMPLE = (
    'ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО "БАНК"|'
    "BIC=044525225|CorrespAcc=30101810965770000413|"
)
REQUIRED = {
    "Name": "ООО «Три кита»",
    "PersonalAcc": "40702810138250123017",
    "BankName": 'ОАО "БАНК"',
    "BIC": "044525225",
    "CorrespAcc": "30101810965770000413",
}
SEPARATORS = "|#;:^_~{}!$%&()*+,/@"


def fields(**changes: str) -> dict[str, str]:
    """Return the sample's fields, changed."""
    return REQUIRED | changes


class TestBuilding:
    def test_sample(self) -> None:
        """The sample comes out, without a separator at the end."""
        assert SAMPLE.rstrip("|") == PaymentCode.build(REQUIRED).text

    def test_required_fields_come_first_and_in_order(self) -> None:
        """Banks' readers want the standard's order; other fields keep theirs."""
        given_ = {"Sum": "10000", "Purpose": "ЖКУ"} | dict(reversed(REQUIRED.items()))

        assert [*REQUIRED, "Sum", "Purpose"] == list(PaymentCode.build(given_).fields)

    @pytest.mark.parametrize(
        ("charset", "header", "name"),
        [
            (Charset.WIN1251, b"ST00011|", "ООО «Три кита»".encode("cp1251")),
            (Charset.UTF8, b"ST00012|", "ООО «Три кита»".encode()),
            (Charset.KOI8R, b"ST00013|", 'ООО "Три кита"'.encode("koi8-r")),
        ],
    )
    def test_bytes_are_in_the_charset_of_the_header(
        self, charset: Charset, header: bytes, name: bytes
    ) -> None:
        """1 is Windows-1251, 2 is UTF-8 and 3 is KOI8-R."""
        named = 'ООО "Три кита"' if charset is Charset.KOI8R else "ООО «Три кита»"
        code = PaymentCode.build(fields(Name=named), charset=charset)

        assert code.encoded.startswith(header + b"Name=" + name + b"|PersonalAcc=")

    def test_names_are_written_as_the_standard_writes_them(self) -> None:
        """Whatever the case in which they were given; unknown ones stay as they are."""
        given_ = {key.lower(): value for key, value in REQUIRED.items()} | {"myKey": "1"}

        assert [*REQUIRED, "myKey"] == list(PaymentCode.build(given_).fields)

    @pytest.mark.parametrize("nothing", ["", "Null", "null"])
    def test_empty_fields_are_left_out(self, nothing: str) -> None:
        """What readers take for absent is not written."""
        assert PaymentCode.build(REQUIRED) == PaymentCode.build(fields(Purpose=nothing))

    @pytest.mark.parametrize("place", range(1, len(SEPARATORS)))
    def test_separator_is_the_first_that_no_value_holds(self, place: int) -> None:
        """A value with «|» asks for «#», one with both for «;», and so on."""
        code = PaymentCode.build(fields(Purpose=SEPARATORS[:place]))

        assert SEPARATORS[place] == code.separator
        assert code.text.startswith(f"ST00012{SEPARATORS[place]}Name=")

    def test_all_separators_used(self) -> None:
        """There is nothing left to separate by."""
        with pytest.raises(PaymentCodeNotSeparable):
            PaymentCode.build(fields(Purpose=SEPARATORS))

    @pytest.mark.parametrize("name", list(REQUIRED))
    def test_required_field_missing(self, name: str) -> None:
        """All five are needed."""
        with pytest.raises(PaymentCodeFieldMissing) as refused:
            PaymentCode.build(fields(**{name: ""}))

        assert name == refused.value.field

    @pytest.mark.parametrize(
        ("name", "limit"),
        [("Name", 160), ("BankName", 45), ("CorrespAcc", 20), ("Purpose", 210), ("PayeeINN", 12)],
    )
    def test_longest_values(self, name: str, limit: int) -> None:
        """A value as long as the standard lets it be fits, one character more does not."""
        PaymentCode.build(fields(**{name: "1" * limit}))

        with pytest.raises(PaymentCodeFieldTooLong) as refused:
            PaymentCode.build(fields(**{name: "1" * (limit + 1)}))

        assert (name, limit) == (refused.value.field, refused.value.limit)

    def test_required_fields_take_300_bytes(self) -> None:
        """Bytes, not characters: with the separators between the fields, 300 fit and 301 do not."""
        others = fields(Name="", BankName='ОАО "БАНК"')
        room = 300 - len("|".join(f"{key}={value}" for key, value in others.items()).encode())
        name = "Я" * (room // 2) + "x" * (room % 2)
        PaymentCode.build(fields(Name=name))

        with pytest.raises(PaymentCodeTooLong) as refused:
            PaymentCode.build(fields(Name=f"{name}x"))

        assert (300, 301) == (refused.value.limit, refused.value.size)

    def test_windows_1251_holds_more(self) -> None:
        """A name too long for UTF-8 fits with a byte for each letter."""
        long = fields(Name="Я" * 120)
        PaymentCode.build(long, charset=Charset.WIN1251)

        with pytest.raises(PaymentCodeTooLong):
            PaymentCode.build(long)

    @pytest.mark.parametrize("sign", ["«", "»", "№"])
    def test_koi8_has_no_russian_quotes(self, sign: str) -> None:
        """Other programs write < and > instead; we refuse."""
        with pytest.raises(PaymentCodeCharacterMissing) as refused:
            PaymentCode.build(fields(Name=f"ООО {sign}"), charset=Charset.KOI8R)

        assert ("Name", sign, "koi8r") == (
            refused.value.field,
            refused.value.character,
            refused.value.charset,
        )

    @pytest.mark.parametrize("amount", ["100.50", "-1", "1 000", "сто", "١٢"])
    @pytest.mark.parametrize("name", ["Sum", "AddAmount"])
    def test_amounts_are_whole_kopecks(self, name: str, amount: str) -> None:
        """100.50 roubles are 10050."""
        with pytest.raises(PaymentCodeFieldMalformed):
            PaymentCode.build(fields(**{name: amount}))

    @pytest.mark.parametrize("name", ["", "A=B", "A|B", "Ключ", "1A"])
    def test_names_are_latin(self, name: str) -> None:
        """A name with a separator in it could not be read back."""
        with pytest.raises(PaymentCodeFieldMalformed):
            PaymentCode.build(REQUIRED | {name: "1"})

    def test_two_names_for_one_field(self) -> None:
        """Small and capital letters are the same to readers."""
        with pytest.raises(PaymentCodeFieldRepeated):
            PaymentCode.build(fields(name="ООО «Два кита»"))


class TestParsing:
    def test_sample(self) -> None:
        """The separator at the end does no harm, and control digits are not looked at."""
        found = PaymentCode.parse(SAMPLE)

        assert (Charset.UTF8, "|", REQUIRED) == (found.charset, found.separator, found.fields)

    @pytest.mark.parametrize(
        ("piece", "expected"),
        [
            ("sum=100", {"Sum": "100"}),
            ("SUM=100", {"Sum": "100"}),
            ("myKey=1", {"myKey": "1"}),
            ("Purpose=a=b", {"Purpose": "a=b"}),
            ("Purpose=", {}),
            ("Purpose=Null", {}),
            ("nonsense", {}),
            ("", {}),
            ("Sum=1|Sum=2", {"Sum": "2"}),
        ],
    )
    def test_patience(self, piece: str, expected: Mapping[str, str]) -> None:
        """Other people's codes are read as far as they can be."""
        assert expected == PaymentCode.parse(f"ST00012|{piece}|").fields

    @pytest.mark.parametrize("separator", [*SEPARATORS, "?", " ", "\t"])
    def test_any_separator(self, separator: str) -> None:
        """The eighth character separates, whatever mark it is."""
        code = separator.join(["ST00012", "Name=A", "Sum=1"])

        assert {"Name": "A", "Sum": "1"} == PaymentCode.parse(code).fields

    @pytest.mark.parametrize(
        "code",
        [
            "",
            "ST00012",
            "SA00012|Name=A",
            "ST00022|Name=A",
            "ST00010|Name=A",
            "ST00014|Name=A",
            "ST00012Name=A",
            "ST00012=Name",
            "st00012|Name=A",
            b"ST0001",
            b"ST00012|Name=\xcf\xd0",
            b"\xef\xbb\xbfST00012|Name=A",
            "https://example.org/",
        ],
    )
    def test_something_else(self, code: str | bytes) -> None:
        """What has not the header of the standard, or not its charset, is no payment QR."""
        with pytest.raises(PaymentCodeUnreadable):
            PaymentCode.parse(code)

    def test_bytes_are_read_by_their_header(self) -> None:
        """The same bytes mean other letters in another charset."""
        names = [
            PaymentCode.parse(b"ST0001" + sign + b"|Name=\xcf\xf0").fields["Name"]
            for sign in (b"1", b"3")
        ]

        assert ["Пр", "оП"] == names


class TestOfABill:
    def test_manual_household(self) -> None:
        """Required fields come first and in their order, kopecks are whole, nothing stands last."""
        code = payment_code(
            a_supplier().requisites,
            account_number="680012345678",
            amount=Money(60406),
            purpose="ЛС 680012345678, электроэнергия, 2020-01",
        )

        expected = (
            "ST00012|Name=АО «Энергосбыт Цна»|PersonalAcc=40702810200000000001"
            "|BankName=ПАО БАНК «ЦЕНТР», г. Тамбов|BIC=044525225"
            "|CorrespAcc=30101810400000000225|PayeeINN=6800123450|PersAcc=680012345678"
            "|Purpose=ЛС 680012345678, электроэнергия, 2020-01|Sum=60406"
        )
        assert expected == code

    def test_amount_is_in_kopecks(self) -> None:
        """The code of a bill holds what is due in kopecks, and the account."""
        text = payment_code(
            a_supplier().requisites,
            account_number="6800123456",
            amount=Money.parse("642.64"),
            purpose="Электроэнергия",
        )
        found = PaymentCode.parse(text).fields

        assert ("64264", "6800123456") == (found["Sum"], found["PersAcc"])

    @pytest.mark.parametrize("amount", ["0", "-1"])
    def test_nothing_due(self, amount: str) -> None:
        """Where nothing is due the payer enters an amount."""
        text = payment_code(
            a_supplier().requisites,
            account_number="6800123456",
            amount=Money.parse(amount),
            purpose="Электроэнергия",
        )

        assert "Sum" not in PaymentCode.parse(text).fields


# Laws

LETTERS = {
    Charset.UTF8: st.characters(exclude_categories=["Cs"]),
    Charset.WIN1251: st.sampled_from(string.printable + "АБВЯабвяЁё№«»"),
    Charset.KOI8R: st.sampled_from(string.printable + "АБВЯабвяЁё"),
}
ABSENT = {"", "null"}


def texts(charset: Charset, *, longest: int) -> st.SearchStrategy[str]:
    """Draw values that are there."""
    return st.text(LETTERS[charset], min_size=1, max_size=longest).filter(
        lambda value: value.lower() not in ABSENT
    )


@st.composite
def charged_fields(draw: st.DrawFn) -> tuple[Charset, dict[str, str]]:
    """Draw a charset and fields that it can hold."""
    charset = draw(st.sampled_from(Charset))
    found: dict[str, str] = {
        "Name": draw(texts(charset, longest=20)),
        "PersonalAcc": draw(st.text(string.digits, min_size=20, max_size=20)),
        "BankName": draw(texts(charset, longest=10)),
        "BIC": draw(st.text(string.digits, min_size=9, max_size=9)),
        "CorrespAcc": draw(st.text(string.digits, min_size=1, max_size=20)),
    }
    optional: dict[str, Any] = {
        "Sum": st.integers(0, 10**12).map(str),
        "Purpose": texts(charset, longest=210),
        "LastName": texts(charset, longest=40),
        "TechCode": st.just("02"),
    }
    return charset, found | draw(st.fixed_dictionaries({}, optional=optional))


@given(drawn=charged_fields())
def test_what_was_built_can_be_read(drawn: tuple[Charset, dict[str, str]]) -> None:
    """Text and bytes in every charset come back as they were, or are refused with a reason."""
    charset, given_ = drawn
    try:
        code = PaymentCode.build(given_, charset=charset)
    except PaymentCodeNotSeparable:
        assert set(SEPARATORS) <= set("".join(given_.values()))
        return

    assert code == PaymentCode.parse(code.text)
    assert code == PaymentCode.parse(code.encoded)


@given(code=st.one_of(st.text(), st.binary(), st.binary().map(lambda tail: b"ST00012|" + tail)))
def test_reading_never_breaks(code: str | bytes) -> None:
    """Whatever a camera sees is read or refused."""
    with suppress(PaymentCodeUnreadable):
        PaymentCode.parse(code)
