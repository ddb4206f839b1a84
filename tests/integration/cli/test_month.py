"""A month of an operator's work, command by command."""

from tests.integration.cli.conftest import EXAMPLES, Operator

MANUAL = EXAMPLES / "manual"
NUMBER = "680000000013-01-20"


def test_account_of_the_manual(elkk_each: Operator) -> None:
    """The figures of the user manual are taken over, and shown as it prints them."""
    elkk = elkk_each
    assert 0 == elkk("supplier", "add", "--from", MANUAL / "supplier.toml").status
    for words, rows in (
        (("tariff", "publish", MANUAL / "tariff.csv"), 7),
        (("import", "accounts", MANUAL / "accounts.csv"), 1),
        (("import", "meters", MANUAL / "meters.csv"), 1),
        (("import", "readings", MANUAL / "readings.csv"), 1),
        (("import", "bills", MANUAL / "bills.csv"), 1),
        (("import", "payments", MANUAL / "payments.csv"), 1),
    ):
        first = elkk(*words, "--supplier", "manual", "--json")
        again = elkk(*words, "--supplier", "manual", "--json")

        assert {"added": rows, "changed": 0, "unchanged": 0, "total": rows} == first.data
        assert {"added": 0, "changed": 0, "unchanged": rows, "total": rows} == again.data

    shown = elkk("bill", "show", NUMBER, "--json").data
    figures = ("opening", "charged", "payments", "total_due", "overpayment", "paid_in_month")
    assert ["19.85", "643.20", "665.60", "0.00", "2.55", "665.60"] == [
        shown[name] for name in figures
    ]


def test_from_nothing_to_bills(elkk: Operator) -> None:
    """A household uses 232 kWh at 2,77, and the bill follows the one of the earlier system."""
    elkk.take_over_manual()
    reading = "account,meter,zone,taken_on,value,source\n680000000013,6000003,день,{},{},customer\n"
    wrong_zone = elkk(
        "import", "readings", elkk.file(reading.format("2020-02-13", 14555)), "--supplier", "manual"
    )
    assert (1, True) == (wrong_zone.status, "line 2, column zone:" in wrong_zone.err)

    file = elkk.file(reading.format("2020-02-13", 14555).replace("день", "all_day"))
    assert 0 == elkk("import", "readings", file, "--supplier", "manual").status
    run = elkk("bill", "run", "2020-02", "--supplier", "manual", "--json")
    again = elkk("bill", "run", "2020-02", "--supplier", "manual", "--json")

    assert 0 == run.status
    assert {
        "month": "2020-02",
        "issued": 1,
        "charged": "642.64",
        "first_number": "MANUAL-2020-000001",
        "last_number": "MANUAL-2020-000001",
        "problems": [],
    } == run.data
    assert (0, 0) == (again.status, again.data["issued"])
    shown = elkk("bill", "show", "MANUAL-2020-000001", "--json").data
    assert ("-2.55", "640.09") == (shown["opening"], shown["total_due"])
    assert "232" == shown["lines"][0]["metered"]["volume"]


def test_bill_for_people(elkk: Operator) -> None:
    """A bill is shown with the labels of the manual."""
    elkk.take_over_manual()

    shown = elkk("--lang", "ru", "bill", "show", NUMBER)

    assert "Итого переплата:                 2,55\n" in shown.out
    assert "Начислено:                       643,20\n" in shown.out


def test_account_left_without_a_bill(elkk: Operator) -> None:
    """An account that cannot be billed is listed with the reason, and the exit status tells."""
    elkk.take_over_manual(without=frozenset({"meters", "readings"}))

    for_people = elkk("bill", "run", "2020-02", "--supplier", "manual")
    for_programs = elkk("bill", "run", "2020-02", "--supplier", "manual", "--json")

    assert (6, 6) == (for_people.status, for_programs.status)
    assert "680000000013\tThe account has no meter." in for_people.out
    assert [("680000000013", "billing.meter_missing")] == [
        (problem["account"], problem["code"]) for problem in for_programs.data["problems"]
    ]


def test_bill_by_lines(elkk: Operator) -> None:
    """A bill issued here is shown with the readings and rate of every line."""
    elkk.take_over_manual()
    rows = (
        "account,meter,zone,taken_on,value,source\n680000000013,6000003,all_day,2020-02-13,14555,"
    )
    elkk("import", "readings", elkk.file(f"{rows}customer\n"), "--supplier", "manual")
    elkk("bill", "run", "2020-02", "--supplier", "manual")

    shown = elkk("bill", "show", "MANUAL-2020-000001")

    line = "6000003\tall day\t14,323 (13.01.2020)\t14,555 (13.02.2020)\t232\t2.77\t642.64"
    assert line in shown.out.splitlines()


class TestSuppliers:
    def test_list(self, elkk: Operator) -> None:
        """Suppliers are listed for people and for programs."""
        elkk.take_over_manual()

        listed = elkk("supplier", "list")
        data = elkk("supplier", "list", "--json").data

        assert "manual\tПример из руководства пользователя\t10-25" in listed.out
        assert [("manual", "0012345673")] == [(one["code"], one["inn"]) for one in data]

    def test_option_outweighs_file(self, elkk: Operator) -> None:
        """What the command line gives counts more than what the file says."""
        elkk("supplier", "add", "--from", MANUAL / "supplier.toml", "--code", "other")

        assert ["other"] == [one["code"] for one in elkk("supplier", "list", "--json").data]

    def test_taken_code(self, elkk: Operator) -> None:
        """A second supplier with the same code contradicts the first."""
        elkk("supplier", "add", "--from", MANUAL / "supplier.toml")

        again = elkk("supplier", "add", "--from", MANUAL / "supplier.toml")

        assert (4, "Choose another code." in again.err) == (again.status, True)

    def test_wrong_requisites(self, elkk: Operator) -> None:
        """Each value that is not right is named by its option."""
        refused = elkk(
            "supplier", "add", "--from", MANUAL / "supplier.toml",
            "--inn", "0012345674", "--window", "40", "--json",
        )  # fmt: skip

        assert (1, "") == (refused.status, refused.out)
        assert {"--inn": "accounts.tax_number_wrong", "--window": "shared.not_a_window"} == {
            fault["option"]: fault["code"] for fault in refused.error["faults"]
        }

    def test_file_with_unknown_names(self, elkk: Operator) -> None:
        """A misspelt name in the file is no silent loss."""
        refused = elkk("supplier", "add", "--from", elkk.file('inm = "0012345673"'))

        assert (2, True) == (refused.status, "unknown: inm" in refused.err)

    def test_file_that_is_no_toml(self, elkk: Operator) -> None:
        """A file in another form is refused with the place."""
        refused = elkk("supplier", "add", "--from", elkk.file("inn: 0012345673"))

        assert (2, True) == (refused.status, "line 1" in refused.err)


class TestNotFound:
    def test_supplier(self, elkk: Operator) -> None:
        """An unknown supplier leads to the list of known ones."""
        refused = elkk("bill", "run", "2020-02", "--supplier", "nobody")

        assert (3, True) == (refused.status, "elkk supplier list" in refused.err)

    def test_bill(self, elkk: Operator) -> None:
        """An unknown bill is named."""
        refused = elkk("bill", "show", "TESK-1", "--json")

        assert (3, "billing.invoice_not_found") == (refused.status, refused.error["code"])

    def test_month_that_is_none(self, elkk: Operator) -> None:
        """A thing that is no month is a wrong command line."""
        refused = elkk("bill", "run", "2020-13", "--supplier", "nobody")

        assert (2, True) == (refused.status, "is not a month such as 2026-11" in refused.err)

    def test_month_to_come(self, elkk: Operator) -> None:
        """A month that has not begun is not billed."""
        elkk.take_over_manual()

        refused = elkk("bill", "run", "9000-01", "--supplier", "manual")

        assert (1, True) == (refused.status, "9000-01 has not begun" in refused.err)
