"""A household's month over HTTP, on both databases, with the real queue between."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from attrs import define, field, frozen
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from elkk_adapters.application import Application
from elkk_adapters.bootstrap import application, prepare_database, worker
from elkk_adapters.captcha import solution_of
from elkk_adapters.settings import Settings, settings_from
from elkk_core.accounts import SuppliedAccount
from elkk_core.metering import SuppliedMeter, SuppliedReading
from elkk_core.shared import Month, UserId
from elkk_core.tariffs import SuppliedRate
from elkk_web import create_app

_PATIENCE = 15.0


@define
class WallClock:
    """Shows what it was set to: DBOS keeps real time, the cabinet keeps this one."""

    moment: datetime = field(factory=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


@frozen
class Browser:
    """Fills in forms as a browser would, hidden fields included."""

    client: FlaskClient

    def see(self, path: str) -> str:
        """Return the page at *path*, wherever it leads."""
        answer = self.client.get(path, follow_redirects=True)

        assert 200 == answer.status_code, answer.text
        return answer.text

    def send(self, path: str, **fields: str) -> TestResponse:
        """Fill in the form on the page *path* and send it there."""
        page = self.see(path)
        hidden = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        assert hidden is not None
        if "data-captcha=" in page:
            fields["solution"] = solution_of(self.client.get("/captcha").get_json())
        return self.client.post(
            path, data={"csrf_token": hidden[1], **fields}, follow_redirects=True
        )


@pytest.fixture(name="settings")
def settings_of_a_demo(database_url: str) -> Settings:
    """Return settings under which messages can be read back."""
    settings = settings_from(
        {
            "ELKK_MODE": "demo",
            "ELKK_DATABASE_URL": database_url,
            "ELKK_SECRET_KEY": "a key of more than thirty-two characters",
        }
    )
    prepare_database(settings)
    return settings


@pytest.fixture(name="app")
def application_with_books(settings: Settings) -> Iterator[Application]:
    """Yield an application with a supplier, an account and its bill of October."""
    with application(settings, clock=WallClock()) as app:
        app.accounts.add_supplier(
            code="light",
            name="Светлый край",
            time_zone="Europe/Moscow",
            window="15-25",
            payee="ООО «Светлый край»",
            inn="7707083893",
            bank="Банк",
            bic="044525225",
            settlement_account="40702810138250123017",
            correspondent_account="30101810400000000225",
        )
        app.accounts.import_accounts(
            supplier="light",
            rows=[
                SuppliedAccount(
                    account="00012345", address="Садовая ул., 1", owner="Л. Л.", category="rural"
                )
            ],
        )
        app.tariffs.publish_tariff(
            supplier="light",
            rows=[
                SuppliedRate(
                    category="rural", zone="all_day", effective_from="2026-01-01", price="2,77"
                )
            ],
        )
        app.metering.import_meters(
            supplier="light",
            rows=[
                SuppliedMeter(
                    account="00012345",
                    meter="0071",
                    zones="1",
                    capacity="5,0",
                    ratio="1",
                    installed_on="15.11.2016",
                )
            ],
        )
        app.metering.import_readings(
            supplier="light",
            rows=[
                SuppliedReading(
                    account="00012345",
                    meter="0071",
                    zone="all_day",
                    taken_on=day,
                    value=value,
                    source="customer",
                )
                for day, value in (("2026-09-20", "14091"), ("2026-10-20", "14323"))
            ],
        )
        app.billing.run_billing(supplier="light", month=Month(2026, 10))
        yield app


def _sent(app: Application, kind: str) -> str:
    """Return the text of the latest message of *kind*, once the worker has delivered it."""
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up:
        for message in app.sent_messages.list_latest(limit=10):
            if message.kind == kind:
                return message.text
        time.sleep(0.05)
    pytest.fail(f"{kind} was never delivered")


def test_household_month(settings: Settings, app: Application) -> None:
    """From registration to the bill of the month that the household's own reading makes."""
    browser = Browser(create_app(app, outbox=app.sent_messages).test_client())
    with worker(settings, clock=app.clock):
        code_page = browser.send(
            "/register",
            surname="Лугова",
            given="Анна",
            phone="8 (916) 123-45-67",
            email="anna@example.com",
            password="зимний вечер у окна",
            repeat="зимний вечер у окна",
            consent="yes",
        )
        assert "•••-••-67" in code_page.text
        code = re.search(r"\d{6}", _sent(app, "identity.code_requested"))
        assert code is not None
        welcome = browser.send("/register/code", code=code[0])
        assert "Поздравляем" in welcome.text
        assert "/confirm-email/" in _sent(app, "identity.email_confirmation_requested")

    supplier = app.accounts.suppliers.list_all()[0]
    question = browser.send(
        "/accounts/link",
        supplier=str(supplier.supplier_id),
        number="0001 2345",
        relation="owner",
    )
    assert "Итого переплата" in question.text
    refused = browser.send("/accounts/link/question", answer="642,65")
    assert 422 == refused.status_code
    linked = browser.send("/accounts/link/question", answer="642,64")
    assert "00012345" in linked.text
    saved = browser.send(linked.request.path, group="new", name="Дача")
    assert "в группе «Дача»" in saved.text
    place = saved.request.path.removesuffix("/saved")

    meter_id = re.search(r'name="meter"[^>]* value="([^"]+)"', browser.see(f"{place}/readings"))
    assert meter_id is not None
    taken = browser.send(f"{place}/readings", **{"meter": meter_id[1], "meter0-all_day": "14 500"})
    assert "14\u00a0500" in taken.text

    app.billing.run_billing(supplier="light", month=Month(2026, 11))
    history = browser.see(f"{place}?kind=bills")
    assert "LIGHT-2026-000002" in history
    document = re.search(r'href="(/bills/[^"]+\.pdf)"', history)
    assert document is not None
    assert browser.client.get(document[1]).data.startswith(b"%PDF")
    assert 1 == len(app.accounts.linked_accounts.list_for(_user(app)))


def _user(app: Application) -> UserId:
    found = app.identity.user_overviews.find_by_phone("+79161234567", now=app.clock.now())
    assert found is not None
    return found.user_id
