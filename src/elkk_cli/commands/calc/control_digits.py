"""Calculators of control digits."""

from typing import Any

from elkk_cli.commands.calc.asking import Result, calc, calculator
from elkk_cli.desk import Desk
from elkk_cli.given import (
    Given,
    choice,
    text,
)
from elkk_core.accounts import BankAccountKind, account_key_is_right, tax_number_is_right


@calculator(calc, "account-key")
def _account_key(value: Any, _desk: Desk) -> Result:
    """Whether the control digit of a bank account fits the BIC of its bank.

    type: settlement (default), or correspondent, which is also that of accounts with a cash
    settlement centre. What has not 20 and 9 digits is not valid.

    \b
    In:  {"bic": "044525225", "account": "30101810400000000225", "type": "correspondent"}
    Out: {"valid": true}
    """
    given = Given.of(value, "bic", "account", "type")
    return {
        "valid": account_key_is_right(
            bic=given.need("bic", text),
            account=given.need("account", text),
            kind=given.may("type", choice(BankAccountKind), BankAccountKind.SETTLEMENT),
        )
    }


@calculator(calc, "inn")
def _inn(value: Any, _desk: Desk) -> Result:
    """Whether the control digits of an INN of 10 or 12 digits fit.

    \b
    In:  {"inn": "7707083893"}
    Out: {"valid": true}
    """
    return {"valid": tax_number_is_right(Given.of(value, "inn").need("inn", text))}
