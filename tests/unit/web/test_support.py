"""Pages of support: what others may not see, what a form keeps, and how files travel."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from tests.unit.web.household import CLOSED_ACCOUNT, STRANGE_ACCOUNT, Household
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from elkk_core.support import AttachmentId, RequestId
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    USER_ID,
    a_content,
    a_published_content,
)
from elkk_core.testing.contracts.accounts import NOBODY, OTHER_SUPPLIER
from elkk_core.testing.stores import keep

STRANGER = "8 953 765-43-21"


def send(
    household: Household, browser: FlaskClient, path: str, form_at: str = "", **fields: Any
) -> TestResponse:
    """Send a form with files as a browser does."""
    page = household.get(browser, form_at or path).text
    proof = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    boundary, body = encode_multipart(fields | {"csrf_token": proof})
    return browser.post(
        path,
        base_url=household.base_url,
        data=body,
        content_type=f'multipart/form-data; boundary="{boundary}"',
        headers={"Referer": f"{household.base_url}/"},
    )


def question(**changes: Any) -> dict[str, Any]:
    """Return a question as a form sends it, with *changes*."""
    return {
        "account": str(ACCOUNT_ID),
        "surname": "Петрова",
        "given": "Анна",
        "patronymic": "",
        "topic": "payment",
        "text": "Где <b>мой</b> платеж?",
    } | changes


def a_file(content: bytes, name: str = "a.txt") -> FileStorage:
    """Return a file that somebody has chosen."""
    return FileStorage(BytesIO(content), filename=name)


def asked(household: Household, browser: FlaskClient, **changes: Any) -> str:
    """Ask a question, and return the path of its page."""
    answer = send(household, browser, "/requests/new", **question(**changes))
    assert 302 == answer.status_code, answer.text
    return answer.headers["Location"]


@pytest.fixture(name="published")
def content_of_the_supplier(household: Household) -> None:
    """Publish a question, a service and an office."""
    keep(household.store, a_published_content())


@pytest.mark.parametrize(
    "path", ["/faq", "/services", "/offices", "/services/order", "/requests", "/requests/new"]
)
def test_stranger_signs_in_first(household: Household, path: str) -> None:
    """Shared sections are for users."""
    answer = household.get(household.client(), path)

    assert (302, "/sign-in") == (answer.status_code, answer.headers["Location"])


@pytest.mark.parametrize("path", ["/faq", "/services", "/offices", "/services/order"])
def test_sections_without_content_show_the_way(
    household: Household, browser: FlaskClient, path: str
) -> None:
    """Where nothing is published, one can ask."""
    page = household.get(browser, path)

    assert 200 == page.status_code
    assert "/requests/new" in page.text


@pytest.mark.usefixtures("published")
def test_content_speaks_english(household: Household, browser: FlaskClient) -> None:
    """Translations stand on English pages."""
    household.post(browser, "/language", form_at="/faq", language="en", back="/faq")

    assert "Тариф" not in household.get(browser, "/faq").text
    assert "When does the night rate hold?" in household.get(browser, "/faq").text
    assert "Single-phase meter replaced" in household.get(browser, "/services").text
    assert "Main office" in household.get(browser, "/offices").text


@pytest.mark.usefixtures("published")
def test_search_says_that_it_found_nothing(household: Household, browser: FlaskClient) -> None:
    """What was asked for is shown as text, never as markup."""
    page = household.get(browser, "/faq?q=<script>").text

    assert "<script>&" not in page
    assert "«&lt;script&gt;» ничего не нашлось" in page


def test_supplier_is_chosen(household: Household, browser: FlaskClient) -> None:
    """Who has linked an account sees its supplier alone; the address may name no other."""
    keep(household.store, OTHER_SUPPLIER, a_published_content())

    for path in ("/faq", "/faq?supplier=volga", "/faq?supplier=nonsense"):
        page = household.get(browser, path).text
        assert "Энергосбыт Цна" in page
        assert "Волга-Энергосбыт" not in page


def test_question_is_shown_as_it_was_written(household: Household, browser: FlaskClient) -> None:
    """The page tells the number, and markup is text."""
    page = household.get(browser, asked(household, browser)).text

    assert "ОБ-2026-000001" in page
    assert "Где &lt;b&gt;мой&lt;/b&gt; платеж?" in page
    assert "ОБ-2026-000001" in household.get(browser, f"/accounts/{ACCOUNT_ID}/requests").text
    other = household.get(browser, f"/accounts/{CLOSED_ACCOUNT}/requests").text
    assert "ОБ-2026-000001" not in other
    assert "ОБ-2026-000001" in household.get(browser, "/requests").text


def test_refused_question_keeps_what_was_typed(household: Household, browser: FlaskClient) -> None:
    """Nothing is typed twice; chosen files alone are lost, and the page says so."""
    answer = send(
        household,
        browser,
        "/requests/new",
        **question(topic="", account=str(CLOSED_ACCOUNT)),
        files=a_file(b"MZ", "a.pdf"),
    )

    assert 422 == answer.status_code
    assert "Где &lt;b&gt;мой&lt;/b&gt; платеж?" in answer.text
    assert f'<option selected value="{CLOSED_ACCOUNT}">' in answer.text
    assert "Выберите тему из списка" in answer.text
    assert "приложите их, пожалуйста, еще раз" in answer.text


def test_file_comes_back_as_an_attachment(household: Household, browser: FlaskClient) -> None:
    """A file is saved under its own name, and no browser runs it in the cabinet's place."""
    content = b"%PDF-1.7 <script>alert(1)</script>"
    path = asked(household, browser, files=a_file(content, "../Акт «1».pdf"))
    link = household.get(browser, path).text.partition(f'href="{path}/files/')[2].partition('"')[0]
    answer = household.get(browser, f"{path}/files/{link}")

    assert content == answer.data
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "Акт «1».pdf" == unquote(disposition.partition("filename*=UTF-8''")[2])
    assert "application/pdf" == answer.mimetype
    assert "nosniff" == answer.headers["X-Content-Type-Options"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" == answer.headers["Cache-Control"]


def test_request_is_its_authors_alone(household: Household, browser: FlaskClient) -> None:
    """Others get what they get for a request that does not exist: page, reply and files."""
    path = asked(household, browser, files=a_file(b"a"))
    (found,) = household.store.request_overviews.list_for(USER_ID)
    file = found.request.attachments[0].attachment_id
    stranger = household.signed_in(STRANGER)
    nowhere = f"/requests/{RequestId(NOBODY)}"
    own = asked(household, stranger, account=str(STRANGE_ACCOUNT))

    for address in (path, f"{path}/files/{file}", f"{own}/files/{file}", nowhere):
        assert 404 == household.get(stranger, address).status_code, address
    assert 404 == household.get(browser, f"{path}/files/{AttachmentId(NOBODY)}").status_code
    assert 404 == household.get(stranger, f"/accounts/{ACCOUNT_ID}/requests").status_code
    for address in (f"{path}/reply", f"{nowhere}/reply"):
        answer = send(household, stranger, address, form_at="/requests/new", text="Ха")
        assert 404 == answer.status_code
    assert 1 == len(household.store.request_overviews.list_for(USER_ID)[0].request.messages)


def test_account_of_others_is_refused(household: Household, browser: FlaskClient) -> None:
    """Neither a question nor an order goes to an account that is not linked."""
    keep(household.store, a_published_content())
    for path, fields in {
        "/requests/new": question(account=str(STRANGE_ACCOUNT)),
        "/services/order": question(
            account=str(STRANGE_ACCOUNT),
            service="meter-replacement",
            phone="89161234567",
            address="А",
        ),
    }.items():
        answer = send(household, browser, path, **fields)
        assert 422 == answer.status_code
        assert "Такого лицевого счета нет среди Ваших" in answer.text
    assert () == household.store.request_overviews.list_for(USER_ID)


@pytest.mark.usefixtures("published")
def test_order_names_price_and_state(household: Household, browser: FlaskClient) -> None:
    """The order stands among the requests, with the price of the catalogue."""
    page = household.get(browser, f"/services/order?service=meter-replacement&account={ACCOUNT_ID}")
    assert '<option selected value="meter-replacement">' in page.text
    assert "г. Тамбов, ул. Советская, д. 12, кв. 34" in page.text
    answer = send(
        household,
        browser,
        "/services/order",
        **question(service="meter-replacement", phone="89161234567", address="Тамбов"),
    )
    shown = household.get(browser, answer.headers["Location"]).text

    assert "Замена однофазного счетчика" in shown
    assert "1\u00a0850,00\u00a0₽" in shown
    assert "Зарегистрировано" in shown


@pytest.mark.usefixtures("published")
def test_refused_order_tells_the_fields(household: Household, browser: FlaskClient) -> None:
    """Fields that are wrong are told beside them, by the server too."""
    answer = send(household, browser, "/services/order", account="", service="", surname="П")

    assert 422 == answer.status_code
    assert answer.text.count('aria-invalid="true"') == 5


def test_reply_is_refused_beside_its_field(household: Household, browser: FlaskClient) -> None:
    """An empty reply is no message."""
    path = asked(household, browser)
    answer = send(household, browser, f"{path}/reply", form_at=path, text=" ")

    assert 422 == answer.status_code
    assert "Обязательно для заполнения" in answer.text
    assert "ОБ-2026-000001" in answer.text


def test_household_without_an_account_asks(household: Household) -> None:
    """Who has linked nothing names the supplier; nothing at all is refused."""
    household.application.accounts.unlink_account(
        user_id=household_stranger(household), account_id=STRANGE_ACCOUNT
    )
    browser = household.signed_in(STRANGER)
    fields = question(supplier=str(a_published_content().supplier_id), account_number="6800 1")
    del fields["account"]
    answer = send(household, browser, "/requests/new", **fields)

    assert "6800 1" in household.get(browser, answer.headers["Location"]).text
    assert 422 == send(household, browser, "/requests/new", **fields | {"supplier": ""}).status_code


def household_stranger(household: Household) -> Any:  # noqa: ANN401 - An identifier of a user.
    """Return the identifier of the user who is not of the household."""
    found = household.store.user_overviews.find_by_phone("+79537654321", now=household.clock.now())
    assert found is not None
    return found.user_id


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/requests/new", 300 * 1024, 302),
        ("/requests/new", 11 * 1024 * 1024, 422),
        ("/requests/new", 52 * 1024 * 1024, 413),
        ("/services/order", 300 * 1024, 413),
    ],
)
def test_only_forms_with_files_take_much(
    household: Household, browser: FlaskClient, path: str, size: int, status: int
) -> None:
    """A file of ten megabytes passes where files are taken, and nothing large elsewhere."""
    keep(household.store, a_published_content(content=a_content()))

    answer = send(household, browser, path, **question(files=a_file(b"a" * size)))
    assert status == answer.status_code


def test_stranger_sends_nothing_large(household: Household) -> None:
    """Who has not signed in cannot fill the memory of the server."""
    answer = send(
        household,
        household.client(),
        "/requests/new",
        form_at="/sign-in",
        files=a_file(b"a" * 300 * 1024),
    )

    assert 413 == answer.status_code
