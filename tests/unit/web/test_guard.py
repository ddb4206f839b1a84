"""Who may see what: sessions, strangers, proofs of forms, cookies and headers."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from tests.unit.web.household import (
    BILL,
    CLOSED_ACCOUNT,
    OPEN_ACCOUNT,
    PASSWORD,
    STRANGE_ACCOUNT,
    STRANGE_BILL,
    STRANGE_FILE,
    STRANGE_PAYMENT,
    STRANGE_REQUEST,
    Household,
)
from werkzeug.routing import Rule

from elkk_adapters.readiness import DatabaseLocked
from elkk_adapters.settings import Mode

OPEN_TO_ALL = {
    "static",
    "entry.door",
    "entry.sign_in",
    "entry.second_step",
    "entry.send_second_step_code_again",
    "entry.sign_out",
    "entry.register",
    "entry.captcha",
    "entry.code",
    "entry.send_code_again",
    "entry.agreement",
    "entry.guide",
    "entry.choose_language",
    "entry.confirm_email",
    "entry.email_confirmed",
    "recovery.start",
    "recovery.code",
    "recovery.send_code_again",
    "recovery.letter",
    "recovery.link",
    "recovery.password",
    "recovery.done",
    "profile_deletion.gone",
    "payments.rules",
    "one_tap.link",
    "one_tap.submit",
    "one_tap.preview",
    "health.alive",
    "health.ready",
    "demo.outbox",
}
"""Every view that needs no session; a new one is closed until it stands here."""

VALUES = {
    "account_id": STRANGE_ACCOUNT,
    "invoice_id": STRANGE_BILL,
    "session_id": UUID(int=0xB3),
    "notification_id": UUID(int=0xB5),
    "payment_id": STRANGE_PAYMENT,
    "request_id": STRANGE_REQUEST,
    "attachment_id": STRANGE_FILE,
    "token": "0" * 32,
    "filename": "elkk.css",
}


def routes(household: Household) -> Iterator[tuple[Rule, str, str]]:
    """Yield every route with the address of things that are another's, and each of its methods."""
    for rule in household.app.url_map.iter_rules():
        built = rule.build({name: VALUES[name] for name in rule.arguments})
        assert built is not None
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, built[1], method


def ask(household: Household, browser: FlaskClient, path: str, method: str) -> tuple[int, str, str]:
    """Return the status, the target of a redirect, and the text of an answer."""
    if method == "GET":
        answer = household.get(browser, path)
    else:
        answer = household.post(browser, path, form_at="/guide")
    with answer:
        return answer.status_code, answer.headers.get("Location", ""), answer.text


def test_every_closed_page_asks_a_stranger_to_sign_in(household: Household) -> None:
    """A walk over all routes without a session finds nothing but open pages and the door."""
    for rule, path, method in routes(household):
        status, target, _ = ask(household, household.client(), path, method)

        if rule.endpoint in OPEN_TO_ALL:
            assert target == "" or rule.endpoint.startswith(("entry.", "one_tap.", "recovery.")), (
                path
            )
        else:
            assert (302, "/sign-in") == (status, target), f"{method} {path}"


def test_nothing_of_another_user_is_shown(household: Household, browser: FlaskClient) -> None:
    """A walk over all routes as a signed-in stranger to an account meets 404 and not one fact."""
    walked = 0
    for rule, path, method in routes(household):
        if rule.arguments & {"account_id", "invoice_id", "request_id", "payment_id"}:
            status, _, text = ask(household, browser, path, method)
            walked += 1

            assert status == 404, f"{method} {path}"
            assert "Чужой адрес" not in text
            assert "680099999999" not in text

    assert walked >= 5


def test_ones_own_pages_are_shown(household: Household, browser: FlaskClient) -> None:
    """The walk above would pass on a broken cabinet too: the same pages do open for their user."""
    for path in (
        f"/accounts/{OPEN_ACCOUNT}",
        f"/accounts/{OPEN_ACCOUNT}/details",
        f"/accounts/{OPEN_ACCOUNT}/readings",
        f"/accounts/{CLOSED_ACCOUNT}/readings",
        f"/bills/{BILL}.pdf",
    ):
        assert household.get(browser, path).status_code == 200, path


def test_a_form_without_proof_is_refused_everywhere(
    household: Household, browser: FlaskClient
) -> None:
    """No route takes a POST that does not come from a form of ours."""
    for rule, path, method in routes(household):
        if method == "POST":
            answer = browser.post(path, base_url=household.base_url, data={"login": "x"})

            assert answer.status_code == 400, f"{rule.endpoint} {path}"
            assert "Страница устарела" in answer.text


def test_reading_a_page_changes_nothing(household: Household, browser: FlaskClient) -> None:
    """No GET confirms, signs out or submits: a program that only follows links is harmless."""
    for rule, path, method in routes(household):
        if method == "GET" and rule.endpoint != "static":
            household.get(browser, path)

    assert household.get(browser, "/profile").status_code == 200
    assert household.store.events() == ()


def cookies_of(household: Household) -> list[str]:
    """Return what signing in with «Запомнить» puts into the browser."""
    client = household.client()
    answer = household.post(
        client, "/sign-in", login="+79161234567", password=PASSWORD, remembered="y"
    )
    return answer.headers.getlist("Set-Cookie")


def test_cookies_on_loopback(household: Household) -> None:
    """Without HTTPS the cookies still are out of reach of scripts and of other sites."""
    token = next(cookie for cookie in cookies_of(household) if cookie.startswith("elkk="))

    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(token.split("; "))
    assert "Secure" not in token
    assert f"Max-Age={30 * 24 * 60 * 60}" in token


def test_cookies_in_production() -> None:
    """With HTTPS every cookie is bound to it and to this very host."""
    household = Household(base_url="https://my.tsna.example", mode=Mode.PRODUCTION)

    cookies = cookies_of(household)

    assert any(cookie.startswith("__Host-elkk=") for cookie in cookies)
    for cookie in cookies:
        assert cookie.startswith("__Host-"), cookie
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_a_session_is_of_the_browser_unless_remembered(household: Household) -> None:
    """Without «Запомнить» the cookie goes with the browser's window."""
    client = household.client()
    answer = household.post(client, "/sign-in", login="+79161234567", password=PASSWORD)
    token = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("elkk="))

    assert "Max-Age" not in token
    assert "Expires" not in token


@pytest.mark.manual("3.4-a")
def test_signing_out_ends_the_session_on_the_server(household: Household) -> None:
    """A copy of the cookie is of no use after «Выход»."""
    browser, thief = household.signed_in(), household.client()
    cookie = browser.get_cookie("elkk", domain="127.0.0.1")
    assert cookie is not None
    thief.set_cookie("elkk", cookie.value, domain="127.0.0.1")
    assert household.get(thief, "/profile").status_code == 200

    household.post(browser, "/sign-out", form_at="/profile")

    assert household.get(thief, "/profile").headers["Location"] == "/sign-in"
    assert household.get(browser, "/profile").headers["Location"] == "/sign-in"


def test_signing_in_again_ends_the_former_session(household: Household) -> None:
    """The token that a browser held before a new sign-in is of no use to anybody after it."""
    browser, thief = household.signed_in(), household.client()
    cookie = browser.get_cookie("elkk", domain="127.0.0.1")
    assert cookie is not None
    thief.set_cookie("elkk", cookie.value, domain="127.0.0.1")
    assert household.get(thief, "/profile").status_code == 200

    household.post(browser, "/sign-in", form_at="/guide", login="+79537654321", password=PASSWORD)

    assert household.get(thief, "/profile").headers["Location"] == "/sign-in"
    assert "Иванов" in household.get(browser, "/profile").text


def test_the_proof_of_forms_changes_at_sign_in(household: Household) -> None:
    """What a browser held before signing in, an attacker's cookie included, is worth nothing after."""
    client = household.client()
    page = household.get(client, "/sign-in").text
    before = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    household.post(client, "/sign-in", login="+79161234567", password=PASSWORD)

    answer = client.post("/sign-out", base_url=household.base_url, data={"csrf_token": before})

    assert answer.status_code == 400


def test_an_idle_session_leads_back_to_where_it_was(
    household: Household, browser: FlaskClient
) -> None:
    """After half an hour the user signs in anew and lands on the page that was asked for."""
    household.clock.advance(timedelta(minutes=31))
    path = f"/accounts/{OPEN_ACCOUNT}/details"

    assert household.get(browser, path).headers["Location"] == "/sign-in"
    assert "Сеанс завершен" in household.get(browser, "/sign-in").text
    answer = household.post(browser, "/sign-in", login="+79161234567", password=PASSWORD)

    assert path == answer.headers["Location"]


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", ""]
)
def test_nobody_is_led_to_another_site(household: Household, back: str) -> None:
    """The page to return to is a path of this site, whatever a forged form says."""
    answer = household.post(
        household.client(), "/language", form_at="/sign-in", language="en", back=back
    )

    assert answer.headers["Location"] == "/"


def test_headers_of_every_page(household: Household) -> None:
    """Pages refuse frames, foreign scripts and guessed types, and stay out of caches."""
    for path in ("/sign-in", "/nowhere", "/healthz"):
        headers = household.get(household.client(), path).headers

        assert "default-src 'none'; script-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers
        assert re.fullmatch("[0-9a-f]{16}", headers["X-Request-ID"])


def test_https_is_binding_in_production() -> None:
    """A browser that has once come by HTTPS never comes by plain HTTP again."""
    household = Household(base_url="https://my.tsna.example", mode=Mode.PRODUCTION)

    headers = household.get(household.client(), "/sign-in").headers

    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_pages_hold_no_script_or_style_of_their_own(
    household: Household, browser: FlaskClient
) -> None:
    """The policy forbids inline code, so a page that had some would be broken."""
    for rule in household.app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not rule.arguments:
            text = household.get(browser, rule.rule, follow_redirects=True).text

            assert re.search(r"<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=", text) is None, (
                rule
            )


def test_the_outbox_is_there_in_the_demo_only(household: Household) -> None:
    """Sent codes are shown by the demo and by nothing else."""
    production = Household(base_url="https://my.tsna.example", mode=Mode.PRODUCTION)

    assert household.get(household.client(), "/demo/outbox").status_code == 200
    assert production.get(production.client(), "/demo/outbox").status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("rebound.example:8000", 404),
        ("127.0.0.1.rebound.example", 404),
        ("192.0.2.7", 404),
    ],
)
def test_the_outbox_is_shown_at_home_only(household: Household, host: str, status: int) -> None:
    """A site whose name was made to point to this machine does not get to read the codes."""
    answer = household.client().get("/demo/outbox", base_url=f"http://{host}")

    assert status == answer.status_code


def test_probes(household: Household) -> None:
    """The process lives while the database is locked, and is not ready then."""
    client = household.client()
    household.readiness.error = DatabaseLocked()

    assert household.get(client, "/healthz").status_code == 200
    assert household.get(client, "/readyz").status_code == 503
    assert household.get(client, "/readyz").json == {
        "status": "unavailable",
        "code": "database.locked",
    }
    household.readiness.error = None
    assert household.get(client, "/readyz").status_code == 200


def test_identifiers_on_a_page_are_unique(household: Household, browser: FlaskClient) -> None:
    """A label belongs to one field, and a link in the list of faults leads to one place."""
    household.post(browser, "/recovery", contact="+79161234567")
    paths = [rule.rule for rule in household.app.url_map.iter_rules() if not rule.arguments]
    paths += [f"/accounts/{OPEN_ACCOUNT}{section}" for section in ("", "/details", "/readings")]
    for path in paths:
        page = household.get(browser, path, follow_redirects=True).text
        found = re.findall(r'\sid="([^"]+)"', page)

        assert sorted(set(found)) == sorted(found), path
