"""An operator keeps the tables of acts up to date, and makes the choices that they leave."""

from pathlib import Path

import pytest
from tests.integration.cli.conftest import EXAMPLES, Operator

from elkk_core.billing import Law, LawTable, RuleName, default_rule, rule_choices

GUIDE = (Path(__file__).parents[3] / "docs" / "choices.md").read_text(encoding="utf-8")


@pytest.fixture(name="supplier")
def added_supplier(elkk: Operator) -> None:
    """Let there be a supplier."""
    elkk("supplier", "add", "--from", EXAMPLES / "manual" / "supplier.toml")


@pytest.fixture(name="upgraded")
def database_made(elkk: Operator) -> None:
    """Let there be a database."""
    elkk("db", "upgrade")


@pytest.mark.usefixtures("upgraded")
class TestLaw:
    @pytest.mark.parametrize("table", LawTable)
    def test_table_is_written_and_read_back(self, elkk: Operator, table: LawTable) -> None:
        """The file that a table is written into can be imported, and changes nothing."""
        path = elkk.folder / "table.csv"
        written = elkk("law", "show", table, "--csv", path)
        report = elkk("law", "import", table, path, "--json")

        assert (0, "") == (written.status, written.out)
        assert (0, 0, len(Law().rows(table)), 0) == (
            report.data["added"],
            report.data["changed"],
            report.data["unchanged"],
            report.data["removed"],
        )

    def test_key_rate_changes(self, elkk: Operator) -> None:
        """A line is added to the table, and the table is in force."""
        written = elkk("law", "show", "key-rates", "--csv", "-").out
        imported = elkk("law", "import", "key-rates", elkk.file(written + '2026-09-14,"13,5"\n'))
        shown = elkk("law", "show", "key-rates")
        data = elkk("law", "show", "key-rates", "--json").data

        count = len(Law().rows(LawTable.KEY_RATES))
        assert f"New rows: 1, changed: 0, as before: {count}, removed: 0.\n" == imported.out
        assert "2026-09-14\t13.5\n" in shown.out
        assert "stands in place of the one that came with elkk" in shown.out
        assert data["replaced"]
        assert {"first_day": "2026-09-14", "value": "13.5"} == data["rows"][-1]

    def test_table_of_this_release_is_said_to_be_so(self, elkk: Operator) -> None:
        """Nothing has been imported yet."""
        shown = elkk("law", "show", "due-days")

        assert (
            "From\tDay of the next month\n2005-03-01\t10\n2026-03-01\t15\n"
            "The table that came with elkk.\n"
        ) == shown.out

    def test_every_fault_is_listed(self, elkk: Operator) -> None:
        """Faults are told by line and column, and the table stays as it was."""
        content = (
            "first_day,last_day,value\n"
            "2022-02-28,2027-01-01,9.5\n"
            "2027-01-32,2027-12-31,12\n"
            "2028-01-01,,\n"
        )
        answer = elkk("law", "import", "penalty-caps", elkk.file(content), "--json")

        assert 1 == answer.status
        assert [
            (3, "first_day", "shared.no_such_date"),
            (4, "last_day", "billing.law_row_wrong"),
            (4, "value", "billing.law_row_wrong"),
        ] == [(fault["line"], fault["column"], fault["code"]) for fault in answer.error["faults"]]
        assert not elkk("law", "show", "penalty-caps", "--json").data["replaced"]

    def test_new_rows_alone_are_refused_with_the_way_out(self, elkk: Operator) -> None:
        """Who imports the new line alone is told to import the whole table."""
        answer = elkk("law", "import", "key-rates", elkk.file("first_day,value\n2026-09-14,13\n"))

        assert 1 == answer.status
        assert "must begin on 14.09.2012 or earlier. Import all of it" in answer.err

    def test_unknown_table(self, elkk: Operator) -> None:
        """A slip in a table's name is answered by those there are."""
        answer = elkk("law", "show", "keyrates")

        assert (2, True) == (answer.status, "'penalty-caps', 'moratoria'" in answer.err)


@pytest.mark.usefixtures("supplier")
class TestChoices:
    def test_choice_is_made_and_listed(self, elkk: Operator) -> None:
        """A choice stands below its default, with its month."""
        words = ["range_split", "night_first", "--supplier", "manual", "--month", "2026-12"]
        said = elkk("supplier", "rules", "set", *words)
        again = elkk("supplier", "rules", "set", *words, "--json")
        listed = elkk("supplier", "rules", "list", "--supplier", "manual")
        data = elkk("supplier", "rules", "list", "--supplier", "manual", "--json").data

        assert "range_split from 2026-12: night_first.\n" == said.out
        assert not again.data["changed"]
        assert (
            "range_split\tdefault\tproportional\nrange_split\t2026-12\tnight_first\n" in listed.out
        )
        assert {"name": "flat_rate", "month": None, "value": ""} in data["rules"]
        assert [] == data["estimate_rules"]

    def test_estimate_rules_are_imported_and_listed(self, elkk: Operator) -> None:
        """A supplier's own rules stand below the choices."""
        content = (
            "cause,month,periods,coefficient,clause\n"
            "reading_missed,2026-12,6,,приказ № 7\n"
            "meter_lost,2026-12,,1.5,приказ № 7\n"
        )
        imported = elkk(
            "import", "estimate-rules", elkk.file(content), "--supplier", "manual", "--json"
        )
        listed = elkk("supplier", "rules", "list", "--supplier", "manual")
        data = elkk("supplier", "rules", "list", "--supplier", "manual", "--json").data

        assert 2 == imported.data["added"]
        assert "reading_missed\t2026-12\t6\t1\tприказ № 7\n" in listed.out
        assert "meter_lost\t2026-12\tuntil restored\t1.5\tприказ № 7\n" in listed.out
        assert [None, 6] == [rule["periods"] for rule in data["estimate_rules"]]

    @pytest.mark.parametrize(
        ("words", "status", "said"),
        [
            (("range_split", "night", "--month", "2026-12"), 1, "There are: proportional, night_"),
            (("rate_mode", "flat", "--month", "2026-12"), 1, "rate"),
            (("flat_rate", "0", "--month", "2026-12"), 1, "must be above zero"),
            (("range_split", "day_first", "--month", "December"), 2, "is not a month"),
            (("colour", "green", "--month", "2026-12"), 2, "'range_split'"),
        ],
    )
    def test_choice_that_cannot_be(
        self, elkk: Operator, words: tuple[str, ...], status: int, said: str
    ) -> None:
        """A choice that cannot be is refused, and says what can."""
        answer = elkk("supplier", "rules", "set", *words, "--supplier", "manual")

        assert (status, True) == (answer.status, said in answer.err)

    def test_choices_of_an_unknown_supplier(self, elkk: Operator) -> None:
        """A slip in the supplier's code is told."""
        answer = elkk("supplier", "rules", "list", "--supplier", "nobody")

        assert (3, True) == (answer.status, "elkk supplier list" in answer.err)

    @pytest.mark.parametrize("name", RuleName)
    def test_choice_is_explained(self, elkk: Operator, name: RuleName) -> None:
        """Every value of a choice stands in its help, the default first, and in the guide."""
        helped = elkk("supplier", "rules", "set", "--help").out
        line = next(line for line in helped.splitlines() if line.split()[:1] == [name.value])
        values = line.split(maxsplit=1)[1].split(", ")

        if rule_choices(name):
            assert sorted(rule_choices(name)) == sorted(values)
            assert default_rule(name) == values[0]
        for text in (name.value, *rule_choices(name)):
            assert f"`{text}`" in GUIDE


@pytest.mark.usefixtures("supplier")
class TestTariffs:
    CONTENT = (
        "category,zone,effective_from,up_to,price,transmission\n"
        "urban-gas,all_day,2026-01-01,,6.11,0.85\n"
        "urban-gas,all_day,2026-10-01,6000,8.63,\n"
        "urban-gas,all_day,2026-10-01,3900,6.33,0.9\n"
        "urban-gas,all_day,2026-10-01,,9.95,\n"
        "rural,day,2026-10-01,,5.48,\n"
    )

    def test_ranges_are_published_and_shown(self, elkk: Operator) -> None:
        """Ranges are told in plain words, the latest publication first."""
        path = elkk.file(self.CONTENT)
        published = elkk("tariff", "publish", path, "--supplier", "manual", "--json")
        again = elkk("tariff", "publish", path, "--supplier", "manual", "--json")
        shown = elkk("tariff", "show", "--supplier", "manual", "--category", "urban-gas")

        assert (5, 5) == (published.data["added"], again.data["unchanged"])
        assert [
            "urban-gas\t2026-10-01\t\tall day\tup to 3,900, included\t6.33\t0.9",
            "urban-gas\t2026-10-01\t\tall day\tfrom 3,900 to 6,000, included\t8.63\t",
            "urban-gas\t2026-10-01\t\tall day\tabove 6,000\t9.95\t",
            "urban-gas\t2026-01-01\t2026-09-30\tall day\t\t6.11\t0.85",
        ] == shown.out.splitlines()[1:]

    def test_tariff_is_shown_to_programs(self, elkk: Operator) -> None:
        """Bounds, prices and costs are texts, and what is absent is null."""
        elkk("tariff", "publish", elkk.file(self.CONTENT), "--supplier", "manual")
        data = elkk("tariff", "show", "--supplier", "manual", "--json").data

        assert ["rural", *["urban-gas"] * 4] == [row["category"] for row in data]
        assert {
            "category": "urban-gas",
            "zone": "all_day",
            "effective_from": "2026-10-01",
            "last_day": None,
            "above": "3900",
            "up_to": "6000",
            "price": "8.63",
            "transmission": None,
        } == data[2]
        assert [None, "0.9", None, None, "0.85"] == [row["transmission"] for row in data]

    def test_further_range_is_refused(self, elkk: Operator) -> None:
        """What is published for a date stays as it is."""
        elkk("tariff", "publish", elkk.file(self.CONTENT), "--supplier", "manual")
        more = elkk.file("category,zone,effective_from,up_to,price\nrural,day,2026-10-01,100,5\n")
        answer = elkk("tariff", "publish", more, "--supplier", "manual")

        assert 1 == answer.status
        assert "line 2, column up_to: Other consumption ranges are published" in answer.err
