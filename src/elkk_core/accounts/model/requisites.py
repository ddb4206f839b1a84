"""Where a household's money goes: numbers of banks and payees with their control digits."""

from enum import StrEnum

from attrs import field, frozen

from elkk_core.accounts import errors
from elkk_core.accounts.model.lines import line

_BIC_DIGITS = 9
_ACCOUNT_DIGITS = 20
_KEY_WEIGHTS = (7, 1, 3)
_INN_WEIGHTS = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}


class BankAccountKind(StrEnum):
    """What a bank account is for: clients' money, or the bank's own with the Bank of Russia.

    Accounts that a cash settlement centre (РКЦ) keeps have keys of the second kind.
    """

    SETTLEMENT = "settlement"
    CORRESPONDENT = "correspondent"


def account_key_is_right(
    *, bic: str, account: str, kind: BankAccountKind = BankAccountKind.SETTLEMENT
) -> bool:
    """Tell whether *account* is 20 digits whose control digit fits the 9 digits of the bank's BIC.

    Source: the Bank of Russia's order for the key of an account: the last three digits of the BIC
    (for a correspondent account a zero and its digits 5 and 6) and the 20 digits of the account,
    weighted 7, 1, 3 in turn, add up to a multiple of 10; of each product the last digit counts.
    """
    if not (_is_digits(bic, _BIC_DIGITS) and _is_digits(account, _ACCOUNT_DIGITS)):
        return False
    prefix = bic[-3:] if kind is BankAccountKind.SETTLEMENT else f"0{bic[4:6]}"
    weighted = (
        int(digit) * _KEY_WEIGHTS[place % len(_KEY_WEIGHTS)] % 10
        for place, digit in enumerate(prefix + account)
    )
    return sum(weighted) % 10 == 0


def tax_number_is_right(inn: str) -> bool:
    """Tell whether *inn* is 10 or 12 digits whose control digits fit.

    Source: the Federal Tax Service's order for the INN: the digits before each control digit,
    weighted, modulo 11 and then 10.
    """
    weights_by_control = _INN_WEIGHTS.get(len(inn))
    if weights_by_control is None or not _is_digits(inn, len(inn)):
        return False
    return all(
        sum(int(digit) * weight for digit, weight in zip(inn, weights, strict=False)) % 11 % 10
        == int(inn[len(weights)])
        for weights in weights_by_control
    )


def tax_number(inn: str) -> str:
    """Return *inn* if it has 10 or 12 digits and its control digits fit.

    Raises:
        TaxNumberWrong: If not.
    """
    if not tax_number_is_right(inn):
        raise errors.TaxNumberWrong
    return inn


def bank_code(text: str) -> str:
    """Return *text* if it can be the BIC of a bank.

    Raises:
        DigitsExpected: If it is not exactly 9 digits.
    """
    return _digits(text, _BIC_DIGITS)


def bank_account(text: str) -> str:
    """Return *text* if it can be the number of a bank account.

    Raises:
        DigitsExpected: If it is not exactly 20 digits.
    """
    return _digits(text, _ACCOUNT_DIGITS)


def _digits(text: str, length: int) -> str:
    if not _is_digits(text, length):
        raise errors.DigitsExpected(length)
    return text


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdecimal()


@frozen(kw_only=True)
class Requisites:
    """Where a household's money goes: what the payment QR of a bill holds (ГОСТ Р 56042-2014)."""

    payee: str = field(converter=line)
    inn: str = field(converter=tax_number)
    bank: str = field(converter=line)
    bic: str = field(converter=bank_code)
    settlement_account: str = field(converter=bank_account)
    correspondent_account: str = field(converter=bank_account)

    def __attrs_post_init__(self) -> None:
        if not account_key_is_right(bic=self.bic, account=self.settlement_account):
            raise errors.BankKeyWrong
