"""Looking whether the books are in order, and what is told after somebody meddled with them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from tests.integration.cli.conftest import Operator

from elkk_adapters import bootstrap
from elkk_adapters.settings import settings_from
from elkk_cli import examining
from elkk_core.shared import Month

MARCH = "MANUAL-2020-000002"
READINGS = """\
account,meter,zone,taken_on,value,source
680000000013,6000003,all_day,2020-02-13,14555,customer
680000000013,6000003,all_day,2020-03-13,14655,customer
"""
PAYMENTS = """\
account,received_on,amount,reference
680000000013,2020-03-05,600.00,paid-1
680000000013,2020-04-06,17.09,paid-2
"""


def _bill(elkk: Operator) -> None:
    """Bill the manual's account for February and March 2020; it pays twice."""
    elkk.take_over_manual()
    for kind, content in (("readings", READINGS), ("payments", PAYMENTS)):
        answer = elkk("import", kind, elkk.file(content), "--supplier", "manual")
        assert 0 == answer.status, answer.err
    with bootstrap.application(settings_from(elkk.environ)) as application:
        for month in (Month(2020, 2), Month(2020, 3)):
            report = application.billing.run_billing(supplier="manual", month=month)
            assert 1 == report.issued, report


@contextmanager
def _meddling(elkk: Operator) -> Iterator[sa.Connection]:
    """Yield a connection of somebody who can go past the guards of facts, and puts them back."""
    engine = sa.create_engine(elkk.environ["ELKK_DATABASE_URL"])
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET session_replication_role = replica"))
            yield connection
        else:
            guards = connection.execute(
                sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for guard in guards:
                connection.execute(sa.text(f"DROP TRIGGER {guard.name}"))
            yield connection
            for guard in guards:
                connection.exec_driver_sql(guard.sql)
    engine.dispose()


def _broken(elkk: Operator, *words: str) -> dict[str, int]:
    """Return the rules that are broken, and how often."""
    answer = elkk("doctor", "--json", *words)
    broken = {check["check"]: check["cases"] for check in answer.data["checks"] if check["cases"]}
    assert (6 if broken else 0) == answer.status
    assert (not broken) is answer.data["in_order"]
    return broken


def test_books_in_order(elkk_each: Operator) -> None:
    """What elkk itself has written keeps all rules, recomputed or not."""
    _bill(elkk_each)
    plain = elkk_each("doctor", "--json")
    anew = elkk_each("doctor", "--supplier", "manual", "--recompute", "--json")

    assert (0, 0) == (plain.status, anew.status)
    assert (True, ["manual"], 1, 0) == (
        plain.data["in_order"],
        plain.data["suppliers"],
        plain.data["accounts"],
        plain.data["recomputed"],
    )
    assert (True, 2) == (anew.data["in_order"], anew.data["recomputed"])
    assert {"amounts"} == {check["check"] for check in anew.data["checks"]} - {
        check["check"] for check in plain.data["checks"]
    }


_OF_FEBRUARY = "(SELECT invoice_id FROM invoices WHERE number = 'MANUAL-2020-000001')"
MEDDLED = [
    pytest.param(f"UPDATE {done}", broken, id=name)
    for name, done, broken in (
        (
            "entry-changed",
            "ledger_entries SET amount = amount + 1 WHERE document = 'MANUAL-2020-000002'",
            {"ledger": 1},
        ),
        (
            "entry-of-another",
            "ledger_entries SET kind = 'penalty' WHERE document = 'paid-2'",
            {"unbilled": 1, "receipts": 1},
        ),
        (
            "entry-put-off",
            "ledger_entries SET dated = '2020-04-01' WHERE document = 'MANUAL-2020-000002'",
            {"ledger": 1, "unbilled": 1},
        ),
        (
            "payment-changed",
            "ledger_entries SET amount = -70000 WHERE document = 'paid-1'",
            {"ledger": 1, "payments": 1, "receipts": 1},
        ),
        (
            "opening-changed",
            "invoices SET opening = 0 WHERE number = 'MANUAL-2020-000002'",
            {"opening": 1, "standing": 1},
        ),
        (
            "number-changed",
            "invoices SET number = 'MANUAL-2020-7' WHERE number = 'MANUAL-2020-000002'",
            {"numbers": 1, "counter": 1},
        ),
        ("counter-changed", "invoice_numbers SET taken = 5", {"numbers": 1}),
        (
            "correction-misnamed",
            f"invoices SET revision = 1, corrects = {_OF_FEBRUARY} WHERE month = 202003",
            {"revisions": 1},
        ),
        (
            "line-changed",
            f"invoice_lines SET amount = 100 WHERE invoice_id = {_OF_FEBRUARY}",
            {"ledger": 1, "opening": 1, "amounts": 1},
        ),
        (
            "volume-changed",
            (
                "invoice_lines SET derivation = replace(derivation, '14555', '14556') "
                f"WHERE invoice_id = {_OF_FEBRUARY}"
            ),
            {"amounts": 1},
        ),
        (
            "line-unreadable",
            f"invoice_lines SET derivation = 'nothing' WHERE invoice_id = {_OF_FEBRUARY}",
            {"texts": 1},
        ),
        (
            "figure-unreadable",
            (
                "invoice_lines SET derivation = replace(derivation, '\"232\"', '\"many\"') "
                f"WHERE invoice_id = {_OF_FEBRUARY}"
            ),
            {"texts": 1},
        ),
        (
            "debts-forgotten",
            "invoices SET standing = '{}' WHERE number = 'MANUAL-2020-000002'",
            {"standing": 1},
        ),
        (
            "standing-unreadable",
            "invoices SET standing = '[]' WHERE number = 'MANUAL-2020-000002'",
            {"texts": 1},
        ),
        ("reading-changed", "readings SET value = '14656' WHERE value = '14655'", {"readings": 1}),
    )
]
"""What somebody did, and which rules it breaks."""


@pytest.mark.parametrize(("done", "broken"), MEDDLED)
def test_what_was_meddled_with_is_found(
    elkk_each: Operator, done: str, broken: dict[str, int]
) -> None:
    """One change behind the back of elkk breaks just these rules, each told at the place."""
    _bill(elkk_each)
    with _meddling(elkk_each) as connection:
        assert 0 < connection.execute(sa.text(done)).rowcount

    assert broken == _broken(elkk_each, "--recompute")


def test_guards_that_are_gone(elkk_each: Operator) -> None:
    """Tables whose facts can be changed are named, though all figures are right."""
    engine = sa.create_engine(elkk_each.environ["ELKK_DATABASE_URL"])
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("ALTER TABLE readings DISABLE TRIGGER ALL"))
            connection.execute(sa.text("DROP TRIGGER invoices_stay ON invoices"))
        else:
            connection.execute(sa.text("DROP TRIGGER readings_stay_on_update"))
            connection.execute(sa.text("DROP TRIGGER invoices_stay_on_delete"))
    engine.dispose()
    (guards,) = [check for check in elkk_each("doctor", "--json").data["checks"] if check["cases"]]

    assert ("guards", ["readings", "invoices"]) == (
        guards["check"],
        [found["document"] for found in guards["examples"]],
    )


def test_several_processes_find_the_same(elkk: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the accounts are divided, each is looked at once."""
    _bill(elkk)
    accounts = "account,address,owner,category\n" + "".join(
        f"68000000{place:04},Тамбов,Иванов И. И.,gas-stove\n" for place in range(20, 27)
    )
    elkk("import", "accounts", elkk.file(accounts), "--supplier", "manual")
    with _meddling(elkk) as connection:
        connection.execute(sa.text("UPDATE readings SET value = '14656' WHERE value = '14655'"))
    monkeypatch.setattr(examining, "_ACCOUNTS_PER_JOB", 3)
    alone = elkk("doctor", "--recompute", "--workers", "1", "--json")
    shared = elkk("doctor", "--recompute", "--workers", "2", "--json")

    assert (8, 2) == (alone.data["accounts"], alone.data["recomputed"])
    assert (alone.status, alone.data) == (shared.status, shared.data)


def test_doctor_for_people(elkk: Operator) -> None:
    """An operator reads each rule, and of a broken one where and what to do."""
    _bill(elkk)
    in_order = elkk("doctor")
    with _meddling(elkk) as connection:
        connection.execute(sa.text("UPDATE readings SET value = '14656' WHERE value = '14655'"))
    broken = elkk("doctor")

    assert (0, 6) == (in_order.status, broken.status)
    assert "Accounts: 1, bills computed anew: 0.\n" in in_order.out
    assert "Numbers of bills have no gaps\tno\n" in in_order.out
    assert in_order.out.endswith("All is in order.\n")
    assert "Readings are those of the last bill\t1\n" in broken.out
    assert f"  680000000013, bill {MARCH}: stored is “all_day 14656 2020-03-13" in broken.out
    assert broken.out.endswith("find the former ones in a backup and put them back.\n")


def test_doctor_of_many_findings(elkk: Operator) -> None:
    """The first ten are shown, and the others counted."""
    elkk.take_over_manual()
    payments = "account,received_on,amount,reference\n" + "".join(
        f"680000000013,2020-02-01,1.00,paid-{place:02}\n" for place in range(12)
    )
    elkk("import", "payments", elkk.file(payments), "--supplier", "manual")
    with _meddling(elkk) as connection:
        connection.execute(sa.text("DELETE FROM ledger_entries WHERE kind = 'payment'"))
    answer = elkk("doctor")

    assert "Each payment is booked once: 12\n" in answer.out
    assert "paid-09: booked: nothing, received: 1.00 roubles\n  ... and 2 more\n" in answer.out


def test_doctor_of_a_supplier_that_is_not_there(elkk: Operator) -> None:
    """A slip in the code is told."""
    elkk.take_over_manual()
    refused = elkk("doctor", "--supplier", "no", "--json")

    assert (3, "shared.supplier_not_found") == (refused.status, refused.error["code"])


def test_doctor_of_an_empty_database(elkk: Operator) -> None:
    """Where there is nothing, all is in order."""
    assert (0, {}) == (elkk("doctor").status, _broken(elkk))


def test_doctor_without_a_database(elkk: Operator) -> None:
    """A database that is not there is told, with its own exit status."""
    absent = Operator(
        environ={**elkk.environ, "ELKK_DATABASE_URL": f"sqlite:///{elkk.folder}/absent.sqlite3"},
        folder=elkk.folder,
    )
    refused = absent("doctor", "--json")

    assert (5, "database.absent") == (refused.status, refused.error["code"])
