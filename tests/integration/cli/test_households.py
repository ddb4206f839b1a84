"""What operators tell of households: who lives there, norms, benefits, and what was paid for."""

import pytest
from tests.integration.cli.conftest import EXAMPLES, Operator

NORMS = EXAMPLES / "norms" / "volgograd.csv"


@pytest.fixture(name="elkk_manual")
def operator_of_the_manual(elkk_each: Operator) -> Operator:
    """Return an operator who has taken over the account of the user manual."""
    elkk_each.take_over_manual()
    return elkk_each


def test_norms_of_a_region(elkk_manual: Operator) -> None:
    """The example goes in once, and is shown as it was given."""
    elkk = elkk_manual
    first = elkk("import", "norms", NORMS, "--supplier", "manual", "--json")
    again = elkk("import", "norms", NORMS, "--supplier", "manual", "--json")
    shown = elkk("supplier", "norms", "--supplier", "manual", "--json").data

    assert (40, 0) == (first.data["added"], first.data["unchanged"])
    assert (0, 40) == (again.data["added"], again.data["unchanged"])
    assert 40 == len(shown)
    assert {
        "effective_from": "2016-07-01",
        "traits": "rooms=2; stove=electric",
        "persons": "5+",
        "norm": "70",
    } in shown


def test_norms_are_shown_the_latest_first(elkk: Operator) -> None:
    """For people there is a line for each norm, under headings."""
    elkk.take_over_manual()
    assert "" == elkk("supplier", "norms", "--supplier", "manual").out.partition("\n")[2]
    file = elkk.file("effective_from,persons,norm\n2026-01-01,1+,50\n2026-07-01,1+,52.5\n")
    assert 0 == elkk("import", "norms", file, "--supplier", "manual").status

    lines = elkk("--lang", "ru", "supplier", "norms", "--supplier", "manual").out.splitlines()
    assert ["01.07.2026\t\t1+\t52,5", "01.01.2026\t\t1+\t50"] == lines[1:]


def test_known_table_of_norms_is_not_changed(elkk_manual: Operator) -> None:
    """Another norm for a date that is known is refused by line, with the way out."""
    elkk = elkk_manual
    elkk("import", "norms", NORMS, "--supplier", "manual")
    text = NORMS.read_text()
    changed = elkk.file(text.replace("rooms=1,1,85", "rooms=1,1,86"))
    answer = elkk("import", "norms", changed, "--supplier", "manual")

    assert 1 == answer.status
    assert (
        "line 2, column effective_from: Another table of norms is in force from 01.07.2016. "
        "It is never changed, since bills may have been made by it: give a new date.\n"
    ) in answer.err


def test_norms_of_a_supplier_that_is_not_there(elkk: Operator) -> None:
    """A slip in the code is told, and where the codes are."""
    elkk.take_over_manual()
    answer = elkk("supplier", "norms", "--supplier", "manuel")

    assert (3, True) == (answer.status, "elkk supplier list" in answer.err)


def test_household_with_a_benefit(elkk_manual: Operator) -> None:
    """Persons, traits and exemption, and a benefit that is ended later."""
    elkk = elkk_manual
    accounts = elkk.file(
        "account,address,owner,category,persons,traits,range_exempt\n"
        "680000000013,д. Александровка,Абонент,gas-stove,3,stove=other; rooms=2,yes\n"
    )
    words = ("import", "accounts", accounts, "--supplier", "manual", "--json")
    assert [1, 0] == [elkk(*words).data["changed"], elkk(*words).data["changed"]]

    benefit = "account,name,percent,first_month,last_month\n680000000013,Льгота,50,2026-01,{}\n"
    reports = [
        elkk(
            "import", "benefits", elkk.file(benefit.format(end)), "--supplier", "manual", "--json"
        ).data
        for end in ("", "", "2026-06")
    ]
    assert [(1, 0, 0), (0, 0, 1), (0, 1, 0)] == [
        (report["added"], report["changed"], report["unchanged"]) for report in reports
    ]


def test_benefit_that_cannot_be(elkk: Operator) -> None:
    """Every slip is listed by line and column, and nothing goes in."""
    elkk.take_over_manual()
    file = elkk.file(
        "account,name,percent,limit,first_month\n"
        "680000000013,Льгота,150,0,2026-01\n"
        "1111,Льгота,50,,2026-1\n"
    )
    answer = elkk("import", "benefits", file, "--supplier", "manual", "--json")

    assert 1 == answer.status
    assert [
        (2, "percent", "billing.benefit_wrong"),
        (2, "limit", "billing.benefit_wrong"),
        (3, "account", "shared.account_not_found"),
        (3, "first_month", "shared.not_a_month"),
    ] == [(fault["line"], fault["column"], fault["code"]) for fault in answer.error["faults"]]


def test_payment_for_a_month(elkk_manual: Operator) -> None:
    """The month that a payer named goes in, and belongs to the payment."""
    elkk = elkk_manual
    payment = "account,received_on,amount,reference,period\n680000000013,2020-02-10,100,СУИП 7,{}\n"
    words = ("--supplier", "manual", "--json")
    first = elkk("import", "payments", elkk.file(payment.format("2020-01")), *words)
    again = elkk("import", "payments", elkk.file(payment.format("2020-01")), *words)
    other = elkk("import", "payments", elkk.file(payment.format("")), *words)

    assert (1, 0, 1) == (first.data["added"], again.data["added"], again.data["unchanged"])
    assert ["billing.payment_already_recorded"] == [
        fault["code"] for fault in other.error["faults"]
    ]
