"""How heavy the first page is, and how long the server takes for the pages of an account.

The pages of one household are asked for when it has one year of readings, payments and bills behind
it, and when it has ten, on SQLite, by one process without a network. A page takes as long as half of
the askings do. The weight is that of the entry page with all that it asks for, headers included, as
a browser gets it that can unpack gzip.

    python -m benchmarks.pages [--json]
"""

import argparse
import html
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time
from http import HTTPStatus
from statistics import median
from time import perf_counter

from benchmarks.kit.databases import NoQueue, open_store
from benchmarks.kit.population import FIRST_MONTH, Household
from benchmarks.kit.report import tell
from benchmarks.kit.town import found_town, live_alone, settings_on
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from elkk_adapters import bootstrap
from elkk_adapters.security import Argon2Hasher
from elkk_adapters.sql import Database
from elkk_core.testing.builders import a_link, a_user
from elkk_core.testing.doubles import FixedClock
from elkk_web import create_app

_YEARS = (1, 10)
_ASKINGS = 60
_MONTHS_IN_YEAR = 12
_BYTES_IN_KB = 1000
_PASSWORD = "seven quiet meters"
_TOWN = 2
_HOUSEHOLD = Household(1)
"""It has two zones, leaves readings out now and then, and pays late."""
_PAGES = {
    "account, ms": "",
    "details, ms": "/details",
    "readings, ms": "/readings",
    "statistics, ms": "/statistics",
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="not a table, but JSON")
    given = parser.parse_args()
    with ExitStack() as stack:
        clients = {years: stack.enter_context(_household_of(years)) for years in _YEARS}
        columns: dict[int, dict[str, float]] = {years: {} for years in _YEARS}
        for years, client in clients.items():
            columns[years]["first page, kB"] = _weight(client)
            _sign_in(client)
        for name, path in _PAGES.items():
            for years, milliseconds in _take_turns(clients, path).items():
                columns[years][name] = milliseconds
    first, *_, last = columns.values()
    last |= {f"{name}, times the first": round(last[name] / first[name], 2) for name in _PAGES}
    told = {f"{years} years": figures for years, figures in columns.items()}
    tell({"benchmark": "pages"}, told, as_json=given.json)


@contextmanager
def _household_of(years: int) -> Iterator[FlaskClient]:
    """Yield a browser before the cabinet of a household with so many years behind it."""
    end = FIRST_MONTH.plus(_MONTHS_IN_YEAR * years)
    today = datetime.combine(end.first_day.replace(day=20), time(hour=9), tzinfo=UTC)
    with open_store("sqlite") as store:
        settings = settings_on(store)
        found_town(store, households=_TOWN)
        with bootstrap.application(settings, clock=FixedClock(today)) as application:
            live_alone(store, FIRST_MONTH.until(end), application, households=_TOWN)
            _move_in(store.url)
            yield create_app(application).test_client()


def _take_turns(clients: Mapping[int, FlaskClient], path: str) -> Mapping[int, float]:
    """Return the milliseconds that half of the askings take at most, in one cabinet and the other.

    They are asked in turns, so that whatever else the machine does slows both alike.
    """
    account = f"/accounts/{_HOUSEHOLD.account.account_id}"
    taken: dict[int, list[float]] = {years: [] for years in clients}
    for _ in range(_ASKINGS):
        for years, client in clients.items():
            start = perf_counter()
            _get(client, account + path)
            taken[years].append(perf_counter() - start)
    return {years: round(median(seconds) * 1000, 1) for years, seconds in taken.items()}


def _move_in(url: str) -> None:
    """Let a user see the account."""
    user = a_user(password_digest=Argon2Hasher().hash(_PASSWORD))
    with Database(url) as database, database.unit_of_work(NoQueue()) as uow:
        uow.users.add(user)
        uow.links.add(a_link(user_id=user.user_id, account_id=_HOUSEHOLD.account.account_id))
        uow.commit()


def _sign_in(client: FlaskClient) -> None:
    page = _get(client, "/sign-in").text
    proof = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(
        "/sign-in",
        data={"login": a_user().phone.number, "password": _PASSWORD, "csrf_token": proof},
    )
    if answer.status_code != HTTPStatus.FOUND:
        raise RuntimeError(answer.text)


def _get(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(answer.text)
    return answer


def _weight(client: FlaskClient) -> float:
    """Return the kB of the entry page with its styles, scripts and pictures."""
    page = _get(client, "/sign-in")
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    answers = [page, *(_get(client, html.unescape(part)) for part in parts)]
    weight = sum(len(answer.data) + len(str(answer.headers)) for answer in answers)
    return round(weight / _BYTES_IN_KB, 1)


if __name__ == "__main__":
    main()
