"""Files as clumsy offices save them: taken, or refused as a whole with the way out."""

import pytest
from tests.integration.cli.conftest import EXAMPLES, Answer, Operator

from elkk_cli.main import main
from elkk_core.shared import Month

HEADER = "account,address,owner,category\n"
ROW = "680000000013,д. Александровка,Абонент,gas-stove\n"
OTHER_ROW = "680000000014,д. Александровка,Другой,gas-stove\n"


@pytest.fixture(name="supplier")
def added_supplier(elkk: Operator) -> None:
    """Let there be a supplier."""
    elkk("supplier", "add", "--from", EXAMPLES / "manual" / "supplier.toml")


def imported(elkk: Operator, content: str | bytes, *options: str) -> Answer:
    """Import accounts from a file."""
    return elkk("import", "accounts", elkk.file(content), "--supplier", "manual", *options)


def refused(elkk: Operator, content: str | bytes, *options: str) -> str:
    """Return what is said of a file of accounts that is refused, and see that nothing went in."""
    answer = imported(elkk, content, *options)
    whole = imported(elkk, HEADER + ROW + OTHER_ROW, "--json")

    assert (1, "") == (answer.status, answer.out)
    assert 2 == whole.data["added"]
    return answer.err


@pytest.mark.usefixtures("supplier")
class TestTaken:
    @pytest.mark.parametrize(
        ("content", "options"),
        [
            ("\ufeff" + HEADER + ROW, ()),
            ((HEADER + ROW).replace(",", ";"), ("--delimiter", ";")),
            ((HEADER + ROW).replace(",", "\t"), ("--delimiter", "tab")),
            ((HEADER + ROW).encode("windows-1251"), ("--encoding", "windows-1251")),
            ("\ufeff" + (HEADER + ROW).replace("\n", "\r\n"), ()),
        ],
        ids=["byte order mark", "semicolons", "tabs", "windows-1251", "line ends of Windows"],
    )
    def test_what_offices_save(
        self, elkk: Operator, content: str | bytes, options: tuple[str, ...]
    ) -> None:
        """The usual habits of spreadsheets are taken, once they are named where need be."""
        answer = imported(elkk, content, *options)

        assert (0, "Rows: 1. New: 1, changed: 0, known: 0.\n") == (answer.status, answer.out)

    def test_standard_input(self, elkk: Operator) -> None:
        """A dash reads standard input, so that a pipe can bring the file."""
        words = ["import", "accounts", "-", "--supplier", "manual", "--json"]
        result = elkk.runner.invoke(main, words, env=elkk.environ, input=HEADER + ROW)

        assert 0 == result.exit_code

    def test_same_file_twice(self, elkk: Operator) -> None:
        """The same import again changes nothing; another address is a change."""
        imported(elkk, HEADER + ROW)

        again = imported(elkk, HEADER + ROW, "--json").data
        moved = imported(elkk, HEADER + ROW.replace("д.", "пос."), "--json").data

        assert (0, 0, 1) == (again["added"], again["changed"], again["unchanged"])
        assert (0, 1, 0) == (moved["added"], moved["changed"], moved["unchanged"])

    def test_header_without_rows(self, elkk: Operator) -> None:
        """A file that says nothing changes nothing."""
        answer = imported(elkk, HEADER, "--json")

        assert (0, 0) == (answer.status, answer.data["total"])


@pytest.mark.usefixtures("supplier")
class TestRefused:
    def test_semicolons(self, elkk: Operator) -> None:
        """A file with semicolons leads to the option that reads it."""
        said = refused(elkk, (HEADER + ROW).replace(",", ";"))

        assert "Add --delimiter ';', or save the file with commas." in said

    def test_windows_1251(self, elkk: Operator) -> None:
        """A file in windows-1251 leads to the option that reads it."""
        said = refused(elkk, (HEADER + ROW).encode("windows-1251"))

        assert "Not utf-8: byte 44, line 2." in said
        assert "add --encoding windows-1251" in said

    def test_missing_column(self, elkk: Operator) -> None:
        """A missing column is named."""
        said = refused(elkk, "account,address,category\n680000000013,x,y\n")

        assert "line 1, column owner: The file lacks this column. Add it.\n" in said

    def test_unknown_column(self, elkk: Operator) -> None:
        """A column that nobody knows is named with those that there are."""
        said = refused(elkk, HEADER.replace("owner", "ownr") + ROW)

        assert "column ownr: There is no such column. There are: account, address," in said

    def test_duplicate_line(self, elkk: Operator) -> None:
        """A line about the same account as another names that one."""
        said = refused(elkk, HEADER + ROW + "\n" + OTHER_ROW + ROW)

        assert "line 5, column account: Line 2 speaks of the same. Keep one of them.\n" in said

    def test_ragged_line(self, elkk: Operator) -> None:
        """A line with a field too many is named."""
        said = refused(elkk, HEADER + ROW + OTHER_ROW.replace("д. ", "д., "))

        assert "line 3: 5 fields for 4 columns." in said

    def test_empty_file(self, elkk: Operator) -> None:
        """An empty file is said to be empty."""
        assert "The file is empty." in refused(elkk, "")

    def test_every_fault_is_listed(self, elkk: Operator) -> None:
        """All faults of all lines come in one list, as JSON with line and column."""
        content = HEADER + "12,,,\n" + ROW + "680000000014,x,,y\n"
        answer = imported(elkk, content, "--json")

        assert [
            (2, "account", "accounts.account_number_malformed"),
            (2, "address", "shared.field_required"),
            (2, "owner", "shared.field_required"),
            (2, "category", "shared.field_required"),
            (4, "owner", "shared.field_required"),
        ] == [(fault["line"], fault["column"], fault["code"]) for fault in answer.error["faults"]]
        assert "files.rejected" == answer.error["code"]

    def test_no_such_file(self, elkk: Operator) -> None:
        """A file that is not there is a wrong command line."""
        answer = elkk("import", "accounts", "nowhere.csv", "--supplier", "manual")

        assert (2, True) == (answer.status, "No such file" in answer.err)

    @pytest.mark.parametrize("delimiter", [";;", "", '"', "\n"])
    def test_delimiter_that_is_none(self, elkk: Operator, delimiter: str) -> None:
        """A delimiter is one character."""
        answer = imported(elkk, HEADER + ROW, "--delimiter", delimiter)

        assert (2, True) == (answer.status, "is not one character" in answer.err)


class TestOtherFiles:
    def test_date_that_does_not_exist(self, elkk: Operator) -> None:
        """The thirtieth of February is told by line and column."""
        elkk.take_over_manual()
        rows = (
            "account,meter,zone,taken_on,value,source\n"
            "680000000013,6000003,all_day,30.02.2020,14400,customer\n"
            "680000000013,6000003,all_day,2020.03.01,14400,customer\n"
        )
        answer = elkk("import", "readings", elkk.file(rows), "--supplier", "manual")

        assert 1 == answer.status
        assert "line 2, column taken_on: The calendar has no such day: “30.02.2020”\n" in answer.err
        assert "line 3, column taken_on: Not a date: “2020.03.01”." in answer.err

    @pytest.mark.usefixtures("supplier")
    def test_unknown_account(self, elkk: Operator) -> None:
        """An account that the supplier does not have leads to the command that imports it."""
        rows = (
            'account,meter,zones,capacity,ratio,installed_on\n680000000099,1,1,"5,0",1,2020-01-01\n'
        )
        answer = elkk("import", "meters", elkk.file(rows), "--supplier", "manual")

        assert "The supplier has no such account: “680000000099”." in answer.err
        assert "elkk import accounts" in answer.err

    def test_other_price(self, elkk: Operator) -> None:
        """A published rate stays as it is."""
        elkk.take_over_manual()
        rows = "category,zone,effective_from,price\ngas-stove,all_day,2020-01-01,3\n"
        answer = elkk("tariff", "publish", elkk.file(rows), "--supplier", "manual", "--json")

        assert 1 == answer.status
        assert ["tariffs.rate_already_published"] == [
            fault["code"] for fault in answer.error["faults"]
        ]

    def test_bill_that_does_not_add_up(self, elkk: Operator) -> None:
        """A bill whose total is not what its figures say is refused with the right total."""
        elkk.take_over_manual(without=frozenset({"bills"}))
        rows = (
            "account,month,number,opening,charged,payments,total\n"
            f'680000000013,{Month(2020, 1)},1,"19,85","643,20","665,60","2,55"\n'
        )
        answer = elkk("import", "bills", elkk.file(rows), "--supplier", "manual")

        assert "line 2, column total:" in answer.err
        assert "−2.55" in answer.err or "−2,55" in answer.err


@pytest.mark.usefixtures("supplier")
class TestManyLines:
    LINES = 100_000

    def lines(self, owner: str) -> str:
        """Return a file of very many accounts."""
        return HEADER + "".join(
            f"{680_000_000_000 + number},Улица {number},{owner},urban-gas\n"
            for number in range(self.LINES)
        )

    def test_all_go_in(self, elkk: Operator) -> None:
        """A hundred thousand lines are taken at once."""
        answer = imported(elkk, self.lines("Абонент"), "--json")

        assert (0, self.LINES) == (answer.status, answer.data["added"])

    def test_all_are_counted(self, elkk: Operator) -> None:
        """Of very many faults the first are shown, and all are counted."""
        answer = imported(elkk, self.lines(""))

        shown = answer.err.splitlines()
        assert "line 51, column owner: This field is required" == shown[49]
        assert "… and 99950 more" == shown[50]
        assert 52 == len(shown)
