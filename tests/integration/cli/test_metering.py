"""Meters that are replaced, readings that are corrected, gaps: by files, as an operator has them."""

import pytest
from tests.integration.cli.conftest import Answer, Operator

ACCOUNT, METER = "680000000013", "06022012"
METERS = "account,meter,zones,capacity,ratio,installed_on,removed_on\n"
READINGS = "account,meter,zone,taken_on,value,source\n"
CORRECTIONS = "account,meter,zone,taken_on,value,source,corrects\n"
GAPS = "account,meter,cause,since,until\n"


@pytest.fixture(name="manual")
def operator_with_the_manual(elkk_each: Operator) -> Operator:
    """Return an operator of a database with the account of the user manual."""
    elkk_each.take_over_manual(without=frozenset({"bills", "payments"}))
    return elkk_each


def imported(elkk: Operator, kind: str, content: str, *options: str) -> Answer:
    """Import a file of a kind."""
    return elkk("import", kind, elkk.file(content), "--supplier", "manual", *options)


def test_meter_is_replaced(manual: Operator) -> None:
    """Both meters in one file, the final and the initial reading in the next; each file once."""
    meters = (
        f"{METERS}{ACCOUNT},{METER},1,\"5,0\",1,{INSTALLED},2020-02-03\n"
        f'{ACCOUNT},77,1,"6,0",1,2020-02-03,\n'
    )
    readings = (
        f"{READINGS}{ACCOUNT},{METER},all_day,2020-02-03,{LAST + 30},final\n"
        f"{ACCOUNT},77,all_day,2020-02-03,000001,initial\n"
    )

    assert (1, 1) == _report(imported(manual, "meters", meters, "--json"))
    assert (2, 0) == _report(imported(manual, "readings", readings, "--json"))
    assert (0, 0) == _report(imported(manual, "meters", meters, "--json"))
    assert (0, 0) == _report(imported(manual, "readings", readings, "--json"))
