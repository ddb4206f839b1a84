"""A month of an operator's work, command by command."""

import re

from tests.integration.cli.conftest import EXAMPLES, Operator

MANUAL = EXAMPLES / "manual"
NUMBER = "680000000013-01-20"
ROW = "680000000013,6000003,all_day,2020-02-13,14555"
ROWS = f"account,meter,zone,taken_on,value,source\n{ROW}"


def test_account_of_the_manual(elkk_each: Operator) -> None:
    """The figures of the user manual are taken over, and shown as it prints them."""
    elkk = elkk_each
    assert 0 == elkk("supplier", "add", "--from", MANUAL / "supplier.toml").status
    for words, rows in (
        (("tariff", "publish", MANUAL / "tariff.csv"), 7),
        (("import", "accounts", MANUAL / "accounts.csv"), 1),
        (("import", "meters", MANUAL / "meters.csv"), 1),
        (("import", "readings", MANUAL / "readings.csv"), 14),
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
        "penalties": "0.00",
        "first_number": "MANUAL-2020-000001",
        "last_number": "MANUAL-2020-000001",
        "left_out": 0,
        "problems": [],
        "dry_run": False,
    } == run.data
    assert (0, 0) == (again.status, again.data["issued"])
    shown = elkk("bill", "show", "MANUAL-2020-000001", "--json").data
    assert ("-2.55", "640.09") == (shown["opening"], shown["total_due"])
    assert "232" == shown["lines"][0]["derivation"]["volume"]


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
    elkk("import", "readings", elkk.file(f"{ROWS},customer\n"), "--supplier", "manual")
    elkk("bill", "run", "2020-02", "--supplier", "manual")

    shown = elkk("bill", "show", "MANUAL-2020-000001")

    line = "By readings\t6000003\t14,323 (13.01.2020)\t14,555 (13.02.2020)\t232\t2.77\t642.64"
    assert line in shown.out.splitlines()


def test_bill_explained(elkk: Operator) -> None:
    """A bill is told sentence by sentence, and to programs with the facts to compute it anew."""
    elkk.take_over_manual()
    elkk("import", "readings", elkk.file(f"{ROWS},customer\n"), "--supplier", "manual")
    elkk("bill", "run", "2020-02", "--supplier", "manual")

    for_people = elkk("--lang", "ru", "bill", "explain", "MANUAL-2020-000001")
    data = elkk("bill", "explain", "MANUAL-2020-000001", "--supplier", "manual", "--json").data

    said = for_people.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "    Разница: 14 555 − 14 323 = 232 кВт·ч.\n    Цена 2,77 ₽ за кВт·ч" in said
    assert "Переплата на начало: 2,55 ₽.\nНачислено: 642,64 ₽." in said
    ((line,),) = (group["lines"] for group in data["groups"])
    assert ("metered", "642.64", "107.11") == (line["kind"], line["amount"], line["vat"])
    assert {"text": "232 × 2.77 = 642.64\N{NO-BREAK SPACE}₽.", "details": []} == line["steps"][4]
    assert {
        "kind": "counted",
        "previous": {"value": "14323", "taken_on": "2020-01-13", "source": "customer"},
        "current": {"value": "14555", "taken_on": "2020-02-13", "source": "customer"},
        "integers": 5,
        "ratio": 1,
        "billed": [],
    } == line["derivation"]["basis"]


def test_bill_corrected(elkk_each: Operator) -> None:
    """A benefit that came too late makes another bill, and both name each other."""
    elkk = elkk_each
    elkk.take_over_manual()
    elkk("import", "readings", elkk.file(f"{ROWS},customer\n"), "--supplier", "manual")
    elkk("bill", "run", "2020-02", "--supplier", "manual")
    first, second = "MANUAL-2020-000001", "MANUAL-2020-000002"
    unchanged = elkk("bill", "correct", first, "--supplier", "manual", "--json")
    benefit = "account,name,percent,limit,first_month\n680000000013,Veteran,50,100,2020-01\n"
    elkk("import", "benefits", elkk.file(benefit), "--supplier", "manual")

    corrected = elkk("bill", "correct", first, "--supplier", "manual", "--json")
    again = elkk("bill", "correct", first, "--supplier", "manual")

    assert (1, "billing.bill_unchanged") == (unchanged.status, unchanged.error["code"])
    assert {
        "number": second,
        "corrects": first,
        "account": "680000000013",
        "month": "2020-02",
        "before": {
            "charged": "642.64",
            "penalty": "0.00",
            "total_due": "640.09",
            "overpayment": "0.00",
        },
        "after": {
            "charged": "504.14",
            "penalty": "0.00",
            "total_due": "501.59",
            "overpayment": "0.00",
        },
    } == corrected.data
    assert (4, True) == (again.status, second in again.err)
    numbers = ("corrects", "corrected_by")
    old, new = (elkk("bill", "show", number, "--json").data for number in (first, second))
    assert [[None, second], [first, None]] == [
        [bill[name] for name in numbers] for bill in (old, new)
    ]
    shown = elkk("bill", "show", second).out
    assert re.search(r"^benefits in it: +-138\.50$", shown, re.MULTILINE)
    assert "Veteran\t\t\t\t\t\t-138.50" in shown.splitlines()
    assert "  Veteran: −138.50 ₽" in elkk("bill", "explain", second).out.splitlines()


def test_correction_for_people(elkk: Operator) -> None:
    """What was charged and what is charged now stand side by side."""
    elkk.take_over_manual()
    elkk("import", "readings", elkk.file(f"{ROWS},customer\n"), "--supplier", "manual")
    elkk("bill", "run", "2020-02", "--supplier", "manual")
    benefit = "account,name,percent,first_month\n680000000013,Veteran,50,2020-01\n"
    elkk("import", "benefits", elkk.file(benefit), "--supplier", "manual")

    corrected = elkk("bill", "correct", "MANUAL-2020-000001", "--supplier", "manual")

    assert "Charged\t642.64\t321.32" in corrected.out.splitlines()
    assert "Closing balance\t640.09\t318.77" in corrected.out.splitlines()


def test_problems_as_they_are_now(elkk: Operator) -> None:
    """Who cannot be billed is told with the way out, and no more once it is mended."""
    elkk.take_over_manual(without=frozenset({"readings"}))
    ask = ("bill", "problems", "2020-02", "--supplier", "manual")
    for_people, for_programs = elkk(*ask), elkk(*ask, "--json")
    readings = f"{ROWS.replace('2020-02-13,14555', '2020-01-13,14323')},supplier\n{ROW},customer\n"
    elkk("import", "readings", elkk.file(readings), "--supplier", "manual")

    mended, mended_data = elkk(*ask), elkk(*ask, "--json")

    assert (6, 6, 0, 0) == (
        for_people.status,
        for_programs.status,
        mended.status,
        mended_data.status,
    )
    assert for_people.out.startswith("680000000013\tA reading is missing: meter 6000003")
    assert ["billing.reading_missing"] == [problem["code"] for problem in for_programs.data]
    assert "cannot be billed: 0. The next run bills: 1." in mended.out
    assert [] == mended_data.data


def test_problems_of_nobody(elkk: Operator) -> None:
    """What is refused prints nothing else, not even the beginning of a list."""
    elkk.take_over_manual()

    unknown = elkk("bill", "problems", "2020-02", "--supplier", "nobody", "--json")
    to_come = elkk("bill", "problems", "9000-01", "--supplier", "manual", "--json")

    assert (3, "", "shared.supplier_not_found") == (
        unknown.status,
        unknown.out,
        unknown.error["code"],
    )
    assert (1, "", "billing.month_not_begun") == (
        to_come.status,
        to_come.out,
        to_come.error["code"],
    )


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
