"""Meters that are replaced, readings that are corrected, gaps: as an operator brings them."""

import pytest
from tests.integration.cli.conftest import Answer, Operator

OLD = "680000000013,6000003"
NEW = "680000000013,77"
METERS = "account,meter,zones,capacity,ratio,installed_on,removed_on\n"
READINGS = "account,meter,zone,taken_on,value,source,corrects\n"
GAPS = "account,meter,cause,since,until\n"


@pytest.fixture(name="manual")
def operator_of_the_manual(elkk_each: Operator) -> Operator:
    """Return an operator who has taken over the meter of the user manual, on each database."""
    elkk_each.take_over_manual(without=frozenset({"bills", "payments"}))
    return elkk_each


def imported(elkk: Operator, kind: str, content: str) -> Answer:
    """Import a file of a kind."""
    return elkk("import", kind, elkk.file(content), "--supplier", "manual", "--json")


def report(answer: Answer) -> tuple[int, int, int]:
    """Return how many rows were new, changed something, or were known."""
    data = answer.data
    return data["added"], data["changed"], data["unchanged"]


def faults(answer: Answer) -> list[tuple[int, str, str]]:
    """Return line, column and code of each fault."""
    assert (1, "") == (answer.status, answer.out)
    return [(fault["line"], fault["column"], fault["code"]) for fault in answer.error["faults"]]


def test_meter_is_replaced(manual: Operator) -> None:
    """Both meters come in one file, the final and the initial reading in the next, each once."""
    meters = f'{METERS}{OLD},1,"5,0",1,15.11.2006,2020-02-03\n{NEW},1,"6,0",1,2020-02-03,\n'
    readings = (
        f"{READINGS}{OLD},all_day,2020-02-03,14400,final,\n{NEW},all_day,2020-02-03,1,initial,\n"
    )

    assert (1, 1, 0) == report(imported(manual, "meters", meters))
    assert (2, 0, 0) == report(imported(manual, "readings", readings))
    assert (0, 0, 2) == report(imported(manual, "meters", meters))
    assert (0, 0, 2) == report(imported(manual, "readings", readings))


def test_removal_that_cannot_be(manual: Operator) -> None:
    """Before a reading of the meter, or with a final reading on another day: each is told."""
    removed = f'{METERS}{OLD},1,"5,0",1,15.11.2006,{{}}\n'
    final = f"{READINGS}{OLD},all_day,{{}},14400,final,\n"

    assert [(2, "removed_on", "metering.removed_before_read")] == faults(
        imported(manual, "meters", removed.format("2020-01-12"))
    )
    assert [(2, "taken_on", "metering.meter_not_removed")] == faults(
        imported(manual, "readings", final.format("2020-02-03"))
    )
    imported(manual, "meters", removed.format("2020-02-03"))
    assert [(2, "taken_on", "metering.final_reading_misplaced")] == faults(
        imported(manual, "readings", final.format("2020-02-04"))
    )


def test_reading_is_corrected(manual: Operator) -> None:
    """A row of the same date that names it stands in the place of the old reading, and once."""
    correction = f"{READINGS}{OLD},all_day,2020-01-13,{{}},supplier,2020-01-13\n"

    assert (1, 0, 0) == report(imported(manual, "readings", correction.format(14333)))
    assert (0, 0, 1) == report(imported(manual, "readings", correction.format(14333)))
    assert (1, 0, 0) == report(imported(manual, "readings", correction.format(14344)))
    assert [(2, "corrects", "metering.already_corrected")] == faults(
        imported(manual, "readings", correction.format(14333))
    )
    assert [(2, "corrects", "metering.nothing_to_correct")] == faults(
        imported(manual, "readings", correction.replace("01-13", "01-14").format(14333))
    )


def test_gap_is_told_and_closed(manual: Operator) -> None:
    """A gap goes on until a file brings its end; another one may not begin meanwhile."""
    assert (1, 0, 0) == report(imported(manual, "gaps", f"{GAPS}{OLD},meter_failed,05.02.2020,\n"))
    assert [(2, "since", "metering.gap_overlaps")] == faults(
        imported(manual, "gaps", f"{GAPS}{OLD},meter_failed,2020-03-05,\n")
    )
    closed = f"{GAPS}{OLD},meter_failed,2020-02-05,2020-02-20\n"
    assert (0, 1, 0) == report(imported(manual, "gaps", closed))
    assert (0, 0, 1) == report(imported(manual, "gaps", closed))
