"""Styles, scripts and pictures."""

import gzip
import re
from importlib.resources import files

import pytest
from flask.testing import FlaskClient
from tests.unit.web.household import Household
from werkzeug.test import TestResponse


@pytest.fixture(name="sheet")
def address_of_the_style_sheet(household: Household) -> str:
    """Return where the entry page finds its style sheet."""
    page = household.get(household.client(), "/sign-in").text
    found = re.search(r'href="([^"]*elkk\.css[^"]*)"', page)
    assert found is not None
    return found[1]


def asked(household: Household, client: FlaskClient, path: str, **headers: str) -> TestResponse:
    """Return what a browser gets that sends *headers*."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return household.get(client, path, headers=names)


def test_address_with_the_tag_is_kept_for_a_year(household: Household, sheet: str) -> None:
    """A browser need not ask for it again: what changes has another address."""
    answer = household.get(household.client(), sheet)

    assert "public, max-age=31536000, immutable" == answer.headers["Cache-Control"]
    assert "text/css" == answer.mimetype


@pytest.mark.parametrize("address", ["/static/elkk.css", "/static/elkk.css?v=000000000000"])
def test_other_addresses_are_asked_for_again(household: Household, address: str) -> None:
    """And what has not changed is not sent again."""
    client = household.client()
    first = household.get(client, address)
    again = asked(household, client, address, If_None_Match=first.headers["ETag"])

    assert (200, "no-cache") == (first.status_code, first.headers["Cache-Control"])
    assert (304, b"") == (again.status_code, again.data)


def test_packed_for_who_can_unpack(household: Household, sheet: str) -> None:
    """It comes to the same, in a quarter of the bytes."""
    client = household.client()
    plain = asked(household, client, sheet, Accept_Encoding="identity")
    packed = asked(household, client, sheet, Accept_Encoding="gzip, br")

    assert "gzip" == packed.headers["Content-Encoding"]
    assert plain.data == gzip.decompress(packed.data)
    assert len(packed.data) * 3 < len(plain.data)
    assert "Accept-Encoding" == plain.headers["Vary"] == packed.headers["Vary"]


def test_style_sheet_holds_every_part_once(household: Household, sheet: str) -> None:
    """What is written for one room only travels with all the others."""
    text = household.get(household.client(), sheet).text
    parts = [part.read_text() for part in (files("elkk_web") / "static" / "styles").iterdir()]

    assert {1} == {text.count(part) for part in parts}
    assert len(text) == sum(map(len, parts)) + len(parts) - 1


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/nothing.css", "/static/styles/ground.css", "/static/../app.py"],
)
def test_nothing_else_is_served(household: Household, path: str) -> None:
    """What is not in the folder is not there."""
    assert 404 == household.get(household.client(), path).status_code


def test_pages_are_not_packed(household: Household) -> None:
    """The length of a packed page could tell what is secret in it."""
    page = asked(household, household.client(), "/sign-in", Accept_Encoding="gzip")

    assert "Content-Encoding" not in page.headers
