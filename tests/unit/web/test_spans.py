"""The stretch of months that a page is asked for."""

import pytest
from flask import Flask
from tests.unit.web.household import Household

from elkk_core.shared import Month
from elkk_web.spans import span_asked

TODAY = Month(2026, 11)


@pytest.fixture(autouse=True)
def _in_a_request(household: Household) -> object:
    app: Flask = household.app
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        ({}, Month(2026, 9)),
        ({"period": "3"}, Month(2026, 9)),
        ({"period": "6"}, Month(2026, 6)),
        ({"period": "12"}, Month(2025, 12)),
        ({"period": "all"}, None),
        ({"period": "nonsense"}, Month(2026, 9)),
    ],
)
def test_ready_made_stretches(asked: dict[str, str], since: Month | None) -> None:
    """They reach up to whatever is there; what no list offers is the last three months."""
    span = span_asked(asked, today=TODAY)

    assert (since, None, "") == (span.since, span.through, span.fault)


def test_stretch_of_ones_own() -> None:
    """Both months belong to it, and an address can ask for it again."""
    asked = {"period": "own", "from": "2020-01", "to": "2020-03"}
    span = span_asked(asked, today=TODAY)

    assert (Month(2020, 1), Month(2020, 3), "") == (span.since, span.through, span.fault)
    assert asked == span.query


def test_open_ends_set_no_bound() -> None:
    """Who leaves a month out means all from there on, or up to there."""
    span = span_asked({"period": "own", "from": "", "to": "2020-03"}, today=TODAY)

    assert (None, Month(2020, 3), "") == (span.since, span.through, span.fault)


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        ("2020-13", "2020-12", "Укажите месяцы так: 2026-01"),
        ("May", "", "Укажите месяцы так: 2026-01"),
        ("2020-03", "2020-01", "Первый месяц позже последнего"),
    ],
)
def test_what_is_no_stretch_is_told_and_kept(first: str, last: str, fault: str) -> None:
    """The last three months stand in, and nobody has to type anew."""
    span = span_asked({"period": "own", "from": first, "to": last}, today=TODAY)

    assert (Month(2026, 9), fault) == (span.since, span.fault)
    assert (first, last) == (span.first, span.last)
