"""Printing the bills of a month into a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.integration.cli.conftest import EXAMPLES, Operator

from elkk_cli import cores, printing

ACCOUNTS = ("680000000013", "680000000014", "680000000015")


def _print(elkk: Operator, *words: str | Path, folder: Path) -> tuple[int, object]:
    answer = elkk(
        *("bill", "print", "2020-01", "--supplier", "manual", "-o", folder, "--json"), *words
    )
    return answer.status, answer.data


def _report(folder: Path, *, printed: int, kept: int) -> tuple[int, object]:
    return 0, {
        "month": "2020-01",
        "folder": str(folder),
        "printed": printed,
        "kept": kept,
        "problems": [],
    }


def _three_bills(elkk: Operator) -> None:
    """Take over a bill of each of ``ACCOUNTS`` for January 2020."""
    elkk.take_over_manual(without=frozenset({"meters", "readings", "bills", "payments"}))
    accounts = "account,address,owner,category\n" + "".join(
        f"{account},Тамбов,Иванов И. И.,rural\n" for account in ACCOUNTS[1:]
    )
    bills = "account,month,number,opening,charged,payments,total\n" + "".join(
        f'{account},2020-01,{account}-01,0,"100,00",0,"100,00"\n' for account in ACCOUNTS
    )
    for kind, content in (("accounts", accounts), ("bills", bills)):
        answer = elkk("import", kind, elkk.file(content), "--supplier", "manual")
        assert 0 == answer.status, answer.err


def test_month_is_printed(elkk_each: Operator) -> None:
    """Each bill is a file of its own, named by account and month; none other is there."""
    elkk, folder = elkk_each, elkk_each.folder / "new" / "bills"
    _three_bills(elkk)

    assert _report(folder, printed=3, kept=0) == _print(elkk, folder=folder)
    assert [f"{account}-2020-01.pdf" for account in ACCOUNTS] == sorted(
        path.name for path in folder.iterdir()
    )
    for account in ACCOUNTS:
        text = PdfReader(folder / f"{account}-2020-01.pdf").pages[0].extract_text()
        assert account in text
        assert f"{account}-01" in text


def test_files_are_kept_unless_forced(elkk: Operator) -> None:
    """Printing once more prints what is missing; with --force all of it."""
    folder = elkk.folder / "bills"
    _three_bills(elkk)
    _print(elkk, folder=folder)
    kept, lost, _ = (folder / f"{account}-2020-01.pdf" for account in ACCOUNTS)
    whole = kept.read_bytes()
    kept.write_bytes(b"mine")
    lost.unlink()

    assert _report(folder, printed=1, kept=2) == _print(elkk, folder=folder)
    assert (b"mine", True) == (kept.read_bytes(), lost.exists())
    assert _report(folder, printed=3, kept=0) == _print(elkk, "--force", folder=folder)
    assert whole == kept.read_bytes()


def test_many_portions_are_one_month(elkk: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the bills are shared among the cores, each is printed once."""
    folder = elkk.folder / "bills"
    _three_bills(elkk)
    monkeypatch.setattr(printing, "_BILLS_PER_JOB", 1)
    monkeypatch.setattr(cores, "_PIECES_PER_CORE", 1)

    assert _report(folder, printed=3, kept=0) == _print(elkk, folder=folder)


def test_printing_for_people(elkk: Operator) -> None:
    """An operator reads how many bills there are and where."""
    _three_bills(elkk)
    answer = elkk("bill", "print", "2020-01", "--supplier", "manual", "-o", elkk.folder / "bills")

    assert f"Printed: 3, there already: 0. Folder: {elkk.folder / 'bills'}.\n" == answer.out


def test_month_without_bills(elkk: Operator) -> None:
    """Nothing is printed, and nothing is wrong."""
    folder = elkk.folder / "bills"
    elkk.take_over_manual(without=frozenset({"bills"}))

    assert _report(folder, printed=0, kept=0) == _print(elkk, folder=folder)


def test_bill_that_cannot_be_printed(elkk: Operator) -> None:
    """It is listed with the reason, and the exit status tells."""
    supplier = (EXAMPLES / "manual" / "supplier.toml").read_text(encoding="utf-8")
    payee = next(line for line in supplier.splitlines() if line.startswith("payee"))
    path = elkk.folder / "supplier.toml"
    path.write_text(supplier.replace(payee, f'payee = "{"я" * 120}"'), encoding="utf-8")
    elkk("supplier", "add", "--from", path)
    elkk("import", "accounts", EXAMPLES / "manual" / "accounts.csv", "--supplier", "manual")
    elkk("import", "bills", EXAMPLES / "manual" / "bills.csv", "--supplier", "manual")
    command = ("bill", "print", "2020-01", "--supplier", "manual", "-o", elkk.folder / "bills")

    for_people, for_programs = elkk(*command), elkk(*command, "--json")

    assert (6, 6) == (for_people.status, for_programs.status)
    assert "Not printed: 1.\n" in for_people.out
    assert [("680000000013", "billing.payment_code_too_long")] == [
        (problem["account"], problem["code"]) for problem in for_programs.data["problems"]
    ]
    assert [] == [*(elkk.folder / "bills").iterdir()]


def _misgiven() -> Iterator[tuple[str, tuple[str, ...], int, str]]:
    yield "month", ("January", "--supplier", "manual", "-o", "bills"), 2, "not a month"
    yield "no-folder", ("2020-01", "--supplier", "manual"), 2, "'--output' / '-o'"
    yield "file", ("2020-01", "--supplier", "manual", "-o", __file__), 2, "is a file"
    yield "supplier", ("2020-01", "--supplier", "no", "-o", "bills"), 3, "no such supplier"
    yield "unusable", ("2020-01", "--supplier", "manual", "-o", "/dev/null/x"), 1, "/dev/null/x"


@pytest.mark.parametrize(
    ("words", "status", "said"), [pytest.param(*rest, id=name) for name, *rest in _misgiven()]
)
def test_misgiven(
    elkk: Operator,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    """What cannot be done is refused in words, and no folder is made."""
    monkeypatch.chdir(elkk.folder)
    elkk.take_over_manual(without=frozenset({"meters", "readings", "bills", "payments"}))
    refused = elkk("bill", "print", *words)

    assert (status, True) == (refused.status, said in refused.err), refused.err
    assert not Path("bills").exists()


def test_folder_that_no_file_fits_into(elkk: Operator) -> None:
    """A folder that a file stands in the way of is told, and not the inside of a process."""
    folder = elkk.folder / "bills"
    _three_bills(elkk)
    (folder / f"{ACCOUNTS[0]}-2020-01.pdf").mkdir(parents=True)
    refused = elkk(
        *("bill", "print", "2020-01", "--supplier", "manual", "-o", folder, "--force", "--json")
    )

    assert (1, "cli.folder_unusable") == (refused.status, refused.error["code"])
