"""Figures and texts stand on a payment document as people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_adapters.documents.figures import ENGLISH, RUSSIAN, printable
from elkk_core.shared import Money
from elkk_core.testing import strategies


@pytest.mark.parametrize(
    ("kopecks", "russian", "english"),
    [
        (0, "0,00", "0.00"),
        (5, "0,05", "0.05"),
        (60_406, "604,06", "604.06"),
        (-255, "\u22122,55", "\u22122.55"),
        (123_456_789, "1\u00a0234\u00a0567,89", "1,234,567.89"),
    ],
)
def test_amount_has_kopecks_and_groups(kopecks: int, russian: str, english: str) -> None:
    """An amount has two decimals, and its roubles stand in groups of three digits."""
    amount = Money(kopecks)

    assert [russian, english] == [RUSSIAN.amount(amount), ENGLISH.amount(amount)]


@given(amount=strategies.money())
def test_amount_can_be_typed_in_again(amount: Money) -> None:
    """What is printed can be given as the answer to the security question."""
    assert amount == Money.parse(RUSSIAN.amount(amount))


@pytest.mark.parametrize(
    ("price", "text"),
    [("2.77", "2,77"), ("2.7", "2,70"), ("7", "7,00"), ("1.936", "1,936"), ("6.80000", "6,80")],
)
def test_price_is_as_published(price: str, text: str) -> None:
    """A price has all its digits, and two decimals at the least."""
    assert text == RUSSIAN.price(Decimal(price))


@pytest.mark.parametrize(
    ("number", "text"),
    [("14323", "14\u00a0323"), ("120", "120"), ("0.5", "0,5"), ("1E+3", "1\u00a0000")],
)
def test_reading_has_the_decimals_of_its_meter(number: str, text: str) -> None:
    """A number is never rounded, and never written with an exponent."""
    assert text == RUSSIAN.number(Decimal(number))


def test_date_begins_with_the_day() -> None:
    """A date has its day, month and year, each with all digits."""
    assert "05.01.2020" == RUSSIAN.date(date(2020, 1, 5))


@pytest.mark.parametrize(
    "text",
    [
        "г. Тамбов, ул. Советская, д. 12, кв. 34",
        "Ёлкина Анна-Мария",
        "Һөҗҗәт, Ҡырҙар, Ҥ, Ӧ, Ӱ",
        "O’Brien & Söhne «№ 1»",
        '#let x = 1 *b* _i_ $a$ "q" \\n `r` <l> @r [c] // -- ~',
    ],
)
def test_text_of_names_and_addresses_stays(text: str) -> None:
    """Letters of the peoples of Russia, marks of markup and punctuation are printed as they are."""
    assert text == printable(text).replace("\u00a0", " ")


def test_short_words_of_an_address_stay_with_their_numbers() -> None:
    """No line ends between «кв.» and its number."""
    assert "ул. Советская, д.\u00a012, кв.\u00a034" == printable("ул. Советская, д. 12, кв. 34")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("пара\u0438\u0306", "пара\u0439"),
        (" ул.\tЦентральная\u2028\n д. 1 ", "ул. Центральная д.\u00a01"),
        ("漢字", "□□"),
        ("\x00\x07\ue000\ud800\U0001f600", "□" * 5),
        ("а" * 24, "а" * 24),
        ("а" * 26, "а" * 12 + "\u200b" + "а" * 12 + "\u200b" + "аа"),
    ],
)
def test_text_that_cannot_stay_is_made_printable(text: str, shown: str) -> None:
    """Composed letters, one line, a box for what the fonts lack, breaks in endless words."""
    assert shown == printable(text)


@given(text=st.text(st.characters()))
def test_printable_text_is_one_line(text: str) -> None:
    """No control character and no line end is left."""
    assert all(
        sign == "\u200b" or sign.isprintable() or sign == "\u00ad"
        for sign in printable(text).replace("\u00a0", " ")
    )
