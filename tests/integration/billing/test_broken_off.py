"""Billing runs that are killed, and billing runs that meet each other."""

import json
import random
import time
from pathlib import Path

from tests.integration.billing.conftest import HOUSEHOLDS, Town
from tests.integration.sql.workbench import TableQueue

from elkk_adapters.sql.engine import SECONDS_TO_WAIT
from elkk_core.testing.builders import JANUARY, SUPPLIER_ID


def test_run_killed_goes_on_where_it_stopped(town: Town) -> None:
    """However often and wherever it is killed, in the end everybody has one bill, without gaps."""
    chance = random.Random()  # noqa: S311 - no secret; a fixed seed would not make it repeatable
    batch = town.database.bills_at_once
    while (before := town.issued()) < HOUSEHOLDS:
        reached = before + chance.randrange(3) * batch
        with town.elkk("bill", "run", "2020-01") as process:
            while town.issued() <= reached and process.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.05))
            process.kill()

        assert before < town.issued()
        assert 0 == town.issued() % batch

    with town.elkk("bill", "run", "2020-01") as process:
        report = json.loads(process.communicate()[0])
    assert (0, []) == (process.returncode, report["problems"])
    town.check_books(months=1)

    with town.elkk("bill", "run", "2020-02") as process:
        report = json.loads(process.communicate()[0])
    assert (HOUSEHOLDS, "TSNA-2020-002001") == (report["issued"], report["first_number"])
    town.check_books(months=2)


def test_printing_killed_leaves_whole_files(town: Town, tmp_path: Path) -> None:
    """Every file that is there is a whole document, and nobody goes on printing."""
    with town.elkk("bill", "run", "2020-01") as process:
        process.communicate()
    with town.elkk("bill", "print", "2020-01", "-o", tmp_path) as process:
        while len(list(tmp_path.glob("*.pdf"))) < 5 and process.poll() is None:
            time.sleep(0.01)
        process.kill()
        # Whoever prints has these pipes open too, so they end with the last of them.
        process.communicate(timeout=10)

    printed = [path.read_bytes() for path in tmp_path.glob("*.pdf")]
    assert 5 <= len(printed) < HOUSEHOLDS
    assert all(pdf.startswith(b"%PDF-") and pdf.endswith(b"%%EOF") for pdf in printed)


def test_runs_at_once_share_the_work(town: Town) -> None:
    """Processes that bill the same month wait for each other, and all of them end well."""
    with town.database.unit_of_work(TableQueue()) as uow:
        assert uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", through="", limit=1)
        processes = [town.elkk("bill", "run", "2020-01") for _ in range(3)]
        # All have begun by now, and whoever met the lock first has given up waiting once.
        time.sleep(SECONDS_TO_WAIT + 3)
    ends = [process.communicate() for process in processes]

    assert [(0, "")] * 3 == [
        (process.returncode, err) for process, (_, err) in zip(processes, ends, strict=True)
    ]
    assert HOUSEHOLDS == sum(json.loads(out)["issued"] for out, _ in ends)
    town.check_books(months=1)
