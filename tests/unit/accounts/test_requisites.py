"""Control digits of bank accounts and of the INN."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.accounts import (
    BankAccountKind,
    TaxNumberWrong,
    account_key_is_right,
    tax_number,
    tax_number_is_right,
)

BIC = "044525225"
CORRESPONDENT = "30101810400000000225"


def key_digit(kind: BankAccountKind, account: str) -> list[str]:
    """Return the digits that make the key of *account* right in its ninth place."""
    return [
        digit
        for digit in "0123456789"
        if account_key_is_right(bic=BIC, account=account[:8] + digit + account[9:], kind=kind)
    ]


class TestAccountKey:
    def test_correspondent_account(self) -> None:
        """The Bank of Russia's account of Sberbank fits its BIC."""
        assert account_key_is_right(
            bic=BIC, account=CORRESPONDENT, kind=BankAccountKind.CORRESPONDENT
        )

    def test_sample_of_the_standard_is_wrong(self) -> None:
        """The correspondent account of the popular QR sample does not fit its BIC."""
        assert not account_key_is_right(
            bic=BIC, account="30101810965770000413", kind=BankAccountKind.CORRESPONDENT
        )

    def test_kinds_have_keys_of_their_own(self) -> None:
        """What is right as a correspondent account is wrong as a settlement account."""
        assert not account_key_is_right(bic=BIC, account=CORRESPONDENT)

    @pytest.mark.parametrize(
        ("bic", "account"),
        [
            ("04452522", CORRESPONDENT),
            (BIC, CORRESPONDENT[:-1]),
            (BIC, CORRESPONDENT + "0"),
            (BIC, "0"),
            (BIC, ""),
            ("", ""),
            (BIC, "3010181040000000022x"),
            (BIC, "٣0101810400000000225"),
        ],
    )
    @pytest.mark.parametrize("kind", BankAccountKind)
    def test_only_so_many_digits(self, bic: str, account: str, kind: BankAccountKind) -> None:
        """Whatever is not 9 and 20 plain digits has no key."""
        assert not account_key_is_right(bic=bic, account=account, kind=kind)

    @given(
        account=st.text("0123456789", min_size=20, max_size=20),
        kind=st.sampled_from(BankAccountKind),
    )
    def test_one_digit_of_ten_is_right(self, account: str, kind: BankAccountKind) -> None:
        """For each account there is just one key."""
        assert 1 == len(key_digit(kind, account))


class TestTaxNumber:
    @pytest.mark.parametrize("inn", ["7707083893", "7830002293", "500100732259"])
    def test_right(self, inn: str) -> None:
        """Numbers of companies and of a person."""
        assert tax_number_is_right(inn)

    @pytest.mark.parametrize(
        "inn",
        [
            "7707083894",
            "500100732258",
            "500100732269",
            "770708389",
            "",
            "77070838930",
            "770708389x",
        ],
    )
    def test_wrong(self, inn: str) -> None:
        """A digit changed, or too many or too few of them."""
        assert not tax_number_is_right(inn)

        with pytest.raises(TaxNumberWrong):
            tax_number(inn)

    @given(start=st.text("0123456789", min_size=10, max_size=10))
    def test_two_control_digits_of_a_hundred_are_right(self, start: str) -> None:
        """For each beginning of a person's number there is just one ending."""
        right = [
            f"{start}{end:02}" for end in range(100) if tax_number_is_right(f"{start}{end:02}")
        ]

        assert 1 == len(right)
