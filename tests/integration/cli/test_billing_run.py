"""Billing a month for trial, among workers, and seeing how far it is."""

import re
from typing import Any

import pytest
from tests.integration.cli.conftest import Operator

from elkk_adapters.durable import prepare
from elkk_cli.commands import bill_status

NOTHING_UNDER_WAY = {"per_second": 0, "ends_at": None}


@pytest.fixture(autouse=True)
def _look_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test has no two seconds to see that nothing moves."""
    monkeypatch.setattr(bill_status, "sleep", lambda _seconds: None)


def _household(elkk: Operator, *, metered: bool = True) -> None:
    """Take over the manual's account with a reading for February 2020, if it has a meter at all."""
    elkk.take_over_manual(without=frozenset() if metered else frozenset({"meters", "readings"}))
    if metered:
        reading = "account,meter,zone,taken_on,value,source\n680000000013,6000003,all_day,"
        file = elkk.file(f"{reading}2020-02-13,14555,customer\n")
        assert 0 == elkk("import", "readings", file, "--supplier", "manual").status


def _run(elkk: Operator, *words: str) -> tuple[int, dict[str, Any]]:
    answer = elkk("bill", "run", "2020-02", "--supplier", "manual", "--json", *words)
    return answer.status, answer.data


def _status(elkk: Operator, *words: str) -> dict[str, object]:
    answer = elkk("bill", "status", *words, "--supplier", "manual", "--json")
    assert 0 == answer.status, answer.err
    data: dict[str, object] = answer.data
    return data


def test_trial_keeps_nothing(elkk_each: Operator) -> None:
    """A trial tells what a run would do, and does nothing of it."""
    elkk = elkk_each
    _household(elkk)

    status, trial = _run(elkk, "--dry-run")
    _, after = _run(elkk)

    assert (0, 1, "642.64", None, True) == (
        status,
        trial["issued"],
        trial["charged"],
        trial["first_number"],
        trial["dry_run"],
    )
    assert (1, "MANUAL-2020-000001") == (after["issued"], after["first_number"])


def test_trial_says_so(elkk: Operator) -> None:
    """A person is told that it was a trial; who cannot be billed is listed as after a run."""
    _household(elkk, metered=False)

    trial = elkk("bill", "run", "2020-02", "--supplier", "manual", "--dry-run")

    assert (6, "This was a trial: nothing was kept.\n") == (trial.status, trial.err)
    assert "680000000013\tThe account has no meter." in trial.out


def test_status_before_and_after(elkk_each: Operator) -> None:
    """Without a month it is the last one billed that is told of; parts are told where there are any."""
    elkk = elkk_each
    _household(elkk)
    prepare(database_url=elkk.environ["ELKK_DATABASE_URL"])
    parts = {"waiting": 0, "running": 0, "done": 0, "failed": 0}
    known = {
        "accounts": 1,
        "parts": None if "sqlite" in elkk.environ["ELKK_DATABASE_URL"] else parts,
        **NOTHING_UNDER_WAY,
    }

    january, february = _status(elkk), _status(elkk, "2020-02")
    _run(elkk)

    sums = {"charged": "643.20", "penalties": "0.00"}
    assert {"month": "2020-01", "billed": 1, "left": 0, **sums, **known} == january
    sums = {"charged": "0.00", "penalties": "0.00"}
    assert {"month": "2020-02", "billed": 0, "left": 1, **sums, **known} == february
    sums = {"charged": "642.64", "penalties": "0.00"}
    assert {"month": "2020-02", "billed": 1, "left": 0, **sums, **known} == _status(elkk)


def test_status_for_people(elkk: Operator) -> None:
    """A person reads the same as facts, without a rate as long as nothing moves."""
    _household(elkk)

    shown = elkk("bill", "status", "2020-02", "--supplier", "manual")

    assert [
        "Month:     2020-02",
        "Accounts:  1",
        "Billed:    0",
        "Left:      1",
        "Charged:   0.00",
        "Penalties: 0.00",
    ] == shown.out.splitlines()


def test_status_of_a_month_under_way(elkk: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """While bills are issued, it is told how many a second, and when there are none left."""
    _household(elkk)
    monkeypatch.setattr(bill_status, "sleep", lambda _seconds: _run(elkk))
    unmetered = "account,address,owner,category\n680000000014,Тамбов,Иванов И. И.,gas-stove\n"
    elkk("import", "accounts", elkk.file(unmetered), "--supplier", "manual")

    shown = elkk("bill", "status", "2020-02", "--supplier", "manual").out

    assert "Billed:         1\nLeft:           1\n" in shown
    assert re.search(r"^Bills a second: \d+\nDone at about:  \d\d:\d\d:\d\d$", shown, re.MULTILINE)


def test_status_of_nobody(elkk: Operator) -> None:
    """A slip in the supplier's code is told."""
    refused = elkk("bill", "status", "2020-02", "--supplier", "nobody", "--json")

    assert (3, "shared.supplier_not_found") == (refused.status, refused.error["code"])


def test_sqlite_has_one_worker(elkk: Operator) -> None:
    """Workers that could only wait for each other are refused; one is what there is anyway."""
    _household(elkk)

    refused = elkk("bill", "run", "2020-02", "--supplier", "manual", "--workers", "2", "--json")
    status, report = _run(elkk, "--workers", "1")

    assert (1, "cli.workers_useless") == (refused.status, refused.error["code"])
    assert (0, 1) == (status, report["issued"])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_workers_share_a_month(elkk_each: Operator) -> None:
    """A month is handed to workers who end with it, and its parts are told afterwards."""
    elkk = elkk_each
    _household(elkk)
    unprepared = elkk("bill", "run", "2020-02", "--supplier", "manual", "--workers", "1", "--json")
    prepare(database_url=elkk.environ["ELKK_DATABASE_URL"])

    status, report = _run(elkk, "--workers", "1")
    again, nothing = _run(elkk, "--workers", "1")

    assert (5, "durable.queue_not_prepared") == (unprepared.status, unprepared.error["code"])
    assert (0, 1, "642.64", "MANUAL-2020-000001", "MANUAL-2020-000001") == (
        status,
        report["issued"],
        report["charged"],
        report["first_number"],
        report["last_number"],
    )
    assert (0, 0, None) == (again, nothing["issued"], nothing["first_number"])
    shown = elkk("bill", "status", "--supplier", "manual").out
    assert "Parts:     0 waiting, 0 under way, 1 done" in shown


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_cannot_be_billed_by_workers_is_listed(elkk_each: Operator) -> None:
    """Workers leave out whom the command would, and it tells why."""
    elkk = elkk_each
    _household(elkk, metered=False)
    prepare(database_url=elkk.environ["ELKK_DATABASE_URL"])

    status, report = _run(elkk, "--workers", "1")

    assert (6, 0, 1) == (status, report["issued"], report["left_out"])
    assert [("680000000013", "billing.meter_missing")] == [
        (problem["account"], problem["code"]) for problem in report["problems"]
    ]
