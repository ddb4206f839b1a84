"""Requisites whose digits check themselves, account numbers, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.accounts import (
    AccountNumberMalformed,
    BankKeyWrong,
    BillFigure,
    DigitsExpected,
    Requisites,
    SupplierCodeMalformed,
    TaxNumberWrong,
    TimeZoneUnknown,
    account_key_is_right,
    account_number,
    bank_account,
    bank_code,
    known_time_zone,
    line,
    supplier_code,
    tax_number,
)
from elkk_core.shared import FieldRequired, FieldTooLong, Money
from elkk_core.testing import builders, strategies


def test_account_key_of_a_correspondent_account() -> None:
    """The vectors known: with «0» and the fifth and sixth digit of the BIC one fits, one not.

    The second is of the sample string that many programs copy; its key is wrong.
    """
    assert account_key_is_right(bic="044525025", account="30101810400000000225")
    assert not account_key_is_right(bic="044525025", account="30101810965770000413")


@given(requisites=strategies.requisites(), place=st.integers(0, 19), step=st.integers(1, 9))
def test_account_key_catches_any_single_slip(requisites: Requisites, place: int, step: int) -> None:
    """One digit typed wrong never fits."""
    number = requisites.settlement_account
    slip = str((int(number[place]) + step) % 10)
    wrong = number[:place] + slip + number[place + 1 :]

    assert account_key_is_right(bic=requisites.bic, account=number)
    assert not account_key_is_right(bic=requisites.bic, account=wrong)


def test_requisites_need_a_key_that_fits() -> None:
    """An account of another bank, or with a slip, is refused."""
    with pytest.raises(BankKeyWrong):
        builders.requisites(settlement_account="40702810300000000001")
    with pytest.raises(BankKeyWrong):
        builders.requisites(bic="044525226")


@pytest.mark.parametrize("inn", ["7707083893", "7830002293", "500100732259", "6800123450"])
def test_tax_number_fits(inn: str) -> None:
    """Ten digits of a company and twelve of a person, by their weights."""
    assert inn == tax_number(inn)


@pytest.mark.parametrize(
    "inn",
    [
        "7707083894",
        "500100732258",
        "500100732269",
        "",
        "770708389",
        "77070838930",
        "770708389x",
        "٣" * 10,
    ],
)
def test_tax_number_does_not_fit(inn: str) -> None:
    """A slip, another length and anything but digits are refused."""
    with pytest.raises(TaxNumberWrong):
        tax_number(inn)


@given(requisites=strategies.requisites(), place=st.integers(0, 8), step=st.integers(1, 9))
def test_tax_number_catches_most_single_slips(
    requisites: Requisites, place: int, step: int
) -> None:
    """A slip passes only where both remainders are 0 and 10, which are written alike."""
    inn = requisites.inn
    wrong = inn[:place] + str((int(inn[place]) + step) % 10) + inn[place + 1 :]
    try:
        tax_number(wrong)
    except TaxNumberWrong:
        return

    assert inn.endswith("0")


@pytest.mark.parametrize(
    ("check", "good", "length"),
    [(bank_code, "044525225", 9), (bank_account, "30101810400000000225", 20)],
)
def test_bank_numbers_are_digits(check: object, good: str, length: int) -> None:
    """Exactly so many digits, and nothing else."""
    assert callable(check)
    assert good == check(good)
    for wrong in (good[1:], f"{good}0", f"{good[1:]}x", f" {good[1:]}", ""):
        with pytest.raises(DigitsExpected) as caught:
            check(wrong)
        assert length == caught.value.length


@pytest.mark.parametrize("code", ["ab", "tesk", "tesk-2", "a" * 20])
def test_supplier_code_is_short_and_plain(code: str) -> None:
    """What may stand in a command and in the number of a bill."""
    assert code == supplier_code(code)


@pytest.mark.parametrize("code", ["", "a", "A", "тэск", "2tesk", "te sk", "a" * 21, "te/sk"])
def test_supplier_code_is_nothing_else(code: str) -> None:
    """Capitals, blanks, Cyrillic letters and signs are refused."""
    with pytest.raises(SupplierCodeMalformed):
        supplier_code(code)


def test_time_zone_is_known() -> None:
    """An IANA name passes; nothing else does, not even a way into the file system."""
    assert "Asia/Kamchatka" == known_time_zone("Asia/Kamchatka")
    for text in ("Тамбов", "Europe/Tambov", "", "../etc/passwd", "/etc/localtime"):
        with pytest.raises(TimeZoneUnknown):
            known_time_zone(text)


@pytest.mark.parametrize(
    ("text", "number"), [("680012345678", "680012345678"), (" 0012 3456 ", "00123456")]
)
def test_account_number_keeps_its_zeros(text: str, number: str) -> None:
    """Blanks are for the eye, leading zeros are digits."""
    assert number == account_number(text)


@pytest.mark.parametrize("text", ["", "123", "1" * 21, "6800-1234", "ЛС 12345", "１２３４"])
def test_account_number_is_digits(text: str) -> None:
    """Four digits to twenty, of the usual kind."""
    with pytest.raises(AccountNumberMalformed):
        account_number(text)


def test_line_is_not_empty_and_not_endless() -> None:
    """An address has something in it, without needless blanks, and fits into a line."""
    assert "ул. Мира, д. 1" == line("  ул. Мира,\n д.  1 ")
    with pytest.raises(FieldRequired):
        line(" \n ")
    with pytest.raises(FieldTooLong) as caught:
        line("я" * 251)
    assert 250 == caught.value.limit


@given(closing=strategies.money(), answer=strategies.money())
def test_figure_is_answered_as_printed(closing: Money, answer: Money) -> None:
    """The size of the figure is the answer, but for zero; an overpayment has no sign in print."""
    figure = BillFigure(closing=closing)

    assert figure.is_answered_by(closing) != closing.is_zero
    assert figure.is_answered_by(-closing) != closing.is_zero
    assert figure.is_answered_by(answer) == (abs(answer) == abs(closing) and not closing.is_zero)


@pytest.mark.parametrize("persons", [-1, 1000])
def test_account_has_persons_that_can_be(persons: int) -> None:
    """Fewer than none, or a thousand, is a slip of the program."""
    with pytest.raises(ValueError, match="persons"):
        builders.an_account(persons=persons)
