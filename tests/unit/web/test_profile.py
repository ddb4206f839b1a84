"""The profile and the second step of signing in, page by page."""

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from tests.unit.web.household import OPEN_ACCOUNT, PASSWORD, Household
from tests.unit.web.test_rooms import seen

from elkk_core.identity import CodeRequested, Email
from elkk_core.testing.builders import (
    USER_ID,
    a_card_payment,
    a_notification,
    a_reading,
    a_request,
    a_supplier,
    an_account,
)
from elkk_core.testing.doubles import authenticator_code
from elkk_core.testing.stores import keep
from elkk_web.devices import device, is_mobile

PHONE = "+79161234567"
STRANGER = "+79537654321"


def sent_code(household: Household) -> str:
    """Return the code that went out last."""
    return [e for e in household.store.events() if isinstance(e, CodeRequested)][-1].code


# The groups


@pytest.mark.parametrize(
    ("group", "field"),
    [("personal", "surname"), ("phone", "phone"), ("email", "email"), ("password", "repeat")],
)
def test_pencil_opens_the_form_of_its_group_alone(
    household: Household, browser: FlaskClient, group: str, field: str
) -> None:
    """A link is enough, so nothing needs a script; «Отмена» leads back."""
    page = household.get(browser, f"/profile?edit={group}").text
    fields = re.findall(r'<input[^>]* name="(surname|phone|email|repeat)"', page)

    assert [field] == fields
    assert "Сохранить" in page
    assert 'href="/profile#' in page
    assert f"/profile?edit={group}" in household.get(browser, "/profile").text


def test_unknown_group_is_no_form(household: Household, browser: FlaskClient) -> None:
    """A made-up group shows the profile as it is."""
    page = household.get(browser, "/profile?edit=<b>").text

    assert "Редактирование" not in page
    assert "edit=<b>" not in page


def test_form_of_personal_data_is_filled_in(household: Household, browser: FlaskClient) -> None:
    """What is known stands in it, and is kept when nothing is changed; a forged sex is none."""
    form = {"surname": "Петрова", "given": "Анна", "patronymic": "", "born_on": "05.02.2002"}
    answer = household.post(
        browser, "/profile/personal", form_at="/profile?edit=personal", sex="female", **form
    )
    page = household.get(browser, "/profile?edit=personal").text

    assert "/profile" == answer.headers["Location"]
    assert 'value="2002-02-05"' in page
    assert '<option selected value="female">' in page
    household.post(
        browser, "/profile/personal", form_at="/profile?edit=personal", sex="robot", **form
    )
    assert "не указан" in household.get(browser, "/profile").text


def test_refused_personal_data_are_shown_again(household: Household, browser: FlaskClient) -> None:
    """With what was typed, and the fault at its field."""
    answer = household.post(
        browser,
        "/profile/personal",
        form_at="/profile?edit=personal",
        surname="Петрова-2",
        given="Анна",
        born_on="01.01.1700",
    )

    assert answer.status_code == 422
    assert 'value="Петрова-2"' in answer.text
    assert "Только буквы" in answer.text
    assert "Укажите дату рождения от 01.01.1906 до 22.11.2026" in seen(answer.text)


def test_new_phone_step_by_step(household: Household, browser: FlaskClient) -> None:
    """Password, code, and the other phone opens the door; until then the old one does."""
    wrong = household.post(
        browser,
        "/profile/phone",
        form_at="/profile?edit=phone",
        phone="8 903 111-22-33",
        present="мимо",
    )
    assert wrong.status_code == 422
    assert "Текущий пароль неверный" in wrong.text
    assert household.get(browser, "/profile/phone/code").headers["Location"] == (
        "/profile?edit=phone"
    )

    right = household.post(
        browser,
        "/profile/phone",
        form_at="/profile?edit=phone",
        phone="8 903 111-22-33",
        present=PASSWORD,
    )
    assert right.headers["Location"] == "/profile/phone/code"
    assert "+7 (903) 111-22-33 ждет кода" in seen(household.get(browser, "/profile").text)
    early = household.post(browser, "/profile/phone/code/again", form_at="/profile/phone/code")
    assert early.headers["Location"] == "/profile/phone/code"
    assert "только что выслан" in household.get(browser, "/profile/phone/code").text
    assert household.post(browser, "/profile/phone/code", code="999999").status_code == 422
    household.clock.advance(timedelta(minutes=1))
    household.post(browser, "/profile/phone/code/again", form_at="/profile/phone/code")
    household.post(browser, "/profile/phone/code", code=sent_code(household))

    assert "+7 (903) 111-22-33" in seen(household.get(browser, "/profile").text)
    household.signed_in("8 903 111-22-33")


def test_phone_and_email_of_another_user_look_free(
    household: Household, browser: FlaskClient
) -> None:
    """The very same answers as for those that nobody has."""
    answers = {}
    for phone in (STRANGER, "+79031112233"):
        answer = household.post(
            browser, "/profile/phone", form_at="/profile?edit=phone", phone=phone, present=PASSWORD
        )
        page = household.get(browser, "/profile/phone/code")
        wrong = household.post(browser, "/profile/phone/code", code="999999")
        # The number itself, and the proof of the form, differ.
        answers[phone] = (
            answer.status_code,
            answer.headers["Location"],
            re.sub(r"\d{3}\) \d{3}-\d\d-\d\d", "", seen(page.text)),
            wrong.status_code,
            re.sub(r"\d{3}\) \d{3}-\d\d-\d\d", "", seen(wrong.text)),
        )

    assert answers[STRANGER] == answers["+79031112233"]


def test_new_email_waits_for_its_letter(household: Household, browser: FlaskClient) -> None:
    """The profile says so, offers another letter, and keeps the old address until then."""
    refused = household.post(
        browser, "/profile/email", form_at="/profile?edit=email", email="?", present=PASSWORD
    )
    assert refused.status_code == 422
    household.post(
        browser,
        "/profile/email",
        form_at="/profile?edit=email",
        email="anna@tambov-post.ru",
        present=PASSWORD,
    )
    page = seen(household.get(browser, "/profile").text)

    assert "Новый адрес anna@tambov-post.ru ждет подтверждения" in page
    assert "petrova@tambov-post.ru" in page
    assert "Выслать письмо еще раз" in page
    household.post(
        household.client(),
        f"/confirm-email/{household.secrets.tokens[-1]}",
    )
    with household.store.unit_of_work() as uow:
        user = uow.users.find_by_confirmed_email(Email("anna@tambov-post.ru"))
    assert user is not None


# Sessions


def test_sessions_of_a_user(household: Household, browser: FlaskClient) -> None:
    """Each is named by its device; one is ended alone, all of them at once."""
    android = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
    other = household.client()
    other.environ_base["HTTP_USER_AGENT"] = android
    household.post(other, "/sign-in", login=PHONE, password=PASSWORD, remembered="y")
    page = household.get(browser, "/profile").text
    assert "Chrome, Android" in seen(page)
    assert "с запоминанием" in page

    path = re.findall(r'action="(/profile/sessions/[0-9a-f-]{36}/end)"', page)
    assert 1 == len(path)
    stranger = household.signed_in(STRANGER)
    assert household.post(stranger, path[0], form_at="/profile").status_code == 404
    household.post(browser, path[0], form_at="/profile")
    assert household.get(other, "/profile").status_code == 302

    left = household.post(browser, "/profile/sessions/end-all", form_at="/profile")
    assert "/sign-in" == left.headers["Location"]
    assert "на всех устройствах" in household.get(browser, "/sign-in").text
    assert household.get(browser, "/profile").status_code == 302
    assert household.get(stranger, "/profile").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name", "mobile"),
    [
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/142.0.0.0 YaBrowser/25.10.0.0 Safari/537.36"
            ),
            "Яндекс Браузер, Windows",
            False,
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
            ),
            "Edge, Windows",
            False,
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone",
            True,
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
            "Firefox, macOS",
            False,
        ),
        (
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/142.0.0.0 Safari/537.36 OPR/125.0.0.0"
            ),
            "Opera, Linux",
            False,
        ),
        ("curl/8.16.0", "Неизвестное устройство", False),
        ("", "Неизвестное устройство", False),
    ],
)
def test_devices_have_the_names_that_people_know(
    household: Household, user_agent: str, name: str, *, mobile: bool
) -> None:
    """What a browser calls itself is told in two words."""
    with household.app.test_request_context("/"):
        assert (name, mobile) == (device(user_agent), is_mobile(user_agent))


# One's own data


def test_own_data_are_a_file(household: Household, browser: FlaskClient) -> None:
    """It is saved and not shown, belongs to nobody else, and holds no digest."""
    answer = household.get(browser, "/profile/own-data")
    kept = json.loads(answer.text)

    assert 'attachment; filename="elkk-2026-11-22.json"' == answer.headers["Content-Disposition"]
    assert "no-store" == answer.headers["Cache-Control"]
    assert PHONE == kept["user"]["phone"]
    assert {"user", "consents", "sessions"} <= kept.keys()
    assert "Иванов" not in answer.text
    assert "digest" not in answer.text


def test_own_data_have_a_part_of_every_room(household: Household, browser: FlaskClient) -> None:
    """What was sent, paid, asked and told is there, and where to get the bills."""
    keep(
        household.store,
        a_reading(submitted_by=USER_ID),
        a_card_payment(),
        a_request(number="ОБ-2020-000002"),
        a_notification(),
    )
    kept = json.loads(household.get(browser, "/profile/own-data").text)

    assert [
        "user",
        "consents",
        "sessions",
        "accounts",
        "mailings",
        "readings",
        "requests",
        "payments",
        "notifications",
        "archives",
    ] == [part for part, found in kept.items() if found]
    assert {
        "supplier": a_supplier().name,
        "account": an_account().number,
        "page": f"{household.base_url}/accounts/{OPEN_ACCOUNT}",
    } in kept["archives"]
    for archive in kept["archives"]:
        page = household.get(browser, archive["page"].removeprefix(household.base_url)).text
        assert "/archive.zip" in page


def test_own_data_hold_no_secret(household: Household, browser: FlaskClient) -> None:
    """Nothing by which somebody could sign in or pay, neither openly nor as a digest."""
    keep(household.store, a_card_payment())
    secret, codes = with_an_app(household, browser)
    text = household.get(browser, "/profile/own-data").text
    with household.store.unit_of_work() as uow:
        sessions = uow.sessions.list_not_ended(USER_ID)
        factor = uow.second_factors.get(USER_ID)
        password = uow.users.get(USER_ID).password_digest

    assert '"recovery_codes_left": 10' in text
    for hidden in (
        PASSWORD,
        password,
        secret,
        str(factor.sealed_secret),
        *codes,
        *factor.recovery_digests,
        *(session.token_digest for session in sessions),
        *household.secrets.tokens,
        str(a_card_payment().address),
        str(a_card_payment().bank_order),
    ):
        assert hidden
        assert hidden not in text


# The second factor


def with_an_app(household: Household, browser: FlaskClient) -> tuple[str, list[str]]:
    """Let the user have an app for codes, and return its secret and the recovery codes."""
    form_at = "/profile/second-factor"
    household.post(browser, form_at, method="app", present=PASSWORD)
    page = household.get(browser, f"{form_at}/confirm").text
    secret = re.findall(r'class="secret-key"[^>]*>([A-Z2-7 ]+)<', page)[0].replace(" ", "")
    done = household.post(
        browser, f"{form_at}/confirm", code=authenticator_code(secret, household.clock.now())
    )
    household.clock.advance(timedelta(minutes=1))
    return secret, re.findall(r'class="codes__code">([^<]+)<', done.text)


def test_app_is_set_up_on_pages(household: Household, browser: FlaskClient) -> None:
    """The square and the key are shown until the first code, and the recovery codes once."""
    page = household.post(browser, "/profile/second-factor", method="app", present="мимо")
    assert page.status_code == 422
    assert "Текущий пароль неверный" in page.text
    _, codes = with_an_app(household, browser)

    assert 10 == len(codes)
    for path in ("/profile/second-factor/confirm", "/profile/second-factor"):
        answer = household.get(browser, path, follow_redirects=True)
        assert "Отключение входа по коду" in answer.text
        assert "<svg" not in answer.text.partition("<main")[2].partition("secret__eye")[0]
        assert codes[0] not in answer.text
    assert "Запасных кодов осталось: 10" in household.get(browser, "/profile").text


def test_confirming_begins_with_choosing(household: Household, browser: FlaskClient) -> None:
    """Steps are taken in order."""
    for path in ("confirm", "off"):
        answer = household.get(browser, f"/profile/second-factor/{path}")
        assert "/profile/second-factor" == answer.headers["Location"]


def test_door_with_a_second_step(household: Household, browser: FlaskClient) -> None:
    """The password leads to the second step; a wrong code is told, the right one lets in."""
    secret, _ = with_an_app(household, browser)
    client = household.client()
    household.get(client, "/profile")
    first = household.post(client, "/sign-in", login=PHONE, password=PASSWORD, remembered="y")
    assert "/sign-in/code" == first.headers["Location"]
    assert household.get(client, "/profile").status_code == 302
    assert client.get_cookie("elkk", domain="127.0.0.1") is None

    wrong = household.post(client, "/sign-in/code", code="000000")
    assert wrong.status_code == 422
    assert "Осталось: 9 попыток" in seen(wrong.text)
    again = household.post(client, "/sign-in/code/again", form_at="/sign-in/code")
    assert "/sign-in/code" == again.headers["Location"]
    right = household.post(
        client, "/sign-in/code", code=authenticator_code(secret, household.clock.now())
    )

    assert "/profile" == right.headers["Location"]
    token = next(c for c in right.headers.getlist("Set-Cookie") if c.startswith("elkk="))
    assert "Max-Age=2592000" in token
    assert household.get(client, "/profile").status_code == 200


def test_second_step_that_waited_too_long_begins_anew(
    household: Household, browser: FlaskClient
) -> None:
    """And says why."""
    with_an_app(household, browser)
    for path in ("/sign-in/code", "/sign-in/code/again"):
        client = household.client()
        household.post(client, "/sign-in", login=PHONE, password=PASSWORD)
        household.clock.advance(timedelta(minutes=10))
        answer = household.post(client, path, form_at="/sign-in/code", code="000000")

        assert "/sign-in" == answer.headers["Location"]
        assert "Время на ввод кода вышло." in household.get(client, "/sign-in").text
        assert household.get(client, "/sign-in/code").status_code == 302


def test_second_step_without_the_first_leads_back(household: Household) -> None:
    """Whoever comes from nowhere begins at the beginning, and a forged cookie is none."""
    client = household.client()
    assert "/sign-in" == household.get(client, "/sign-in/code").headers["Location"]
    with client.session_transaction(base_url=household.base_url) as cookie:
        cookie["sign_in"] = {"id": str(UUID(int=1)), "method": "app", "remembered": True}
    answer = household.post(client, "/sign-in/code", code="000000")

    assert "/sign-in" == answer.headers["Location"]


def test_second_factor_by_sms_is_switched_off(household: Household, browser: FlaskClient) -> None:
    """A code is sent on demand, from the page that asks for it."""
    form_at = "/profile/second-factor"
    household.post(browser, form_at, method="sms", present=PASSWORD)
    household.post(browser, f"{form_at}/confirm", code=sent_code(household))
    household.clock.advance(timedelta(minutes=2))
    asked = household.post(browser, f"{form_at}/code", form_at=f"{form_at}/off")
    assert f"{form_at}/off" == asked.headers["Location"]
    assert "Новый код выслан" in household.get(browser, f"{form_at}/off").text
    early = household.post(browser, f"{form_at}/code", form_at=f"{form_at}/off")
    assert early.status_code == 302
    assert "только что выслан" in household.get(browser, f"{form_at}/off").text
    refused = household.post(browser, f"{form_at}/off", present=PASSWORD, code="999999")
    assert refused.status_code == 422
    done = household.post(browser, f"{form_at}/off", present=PASSWORD, code=sent_code(household))

    assert "/profile" == done.headers["Location"]
    assert "Вход по коду отключен." in household.get(browser, "/profile").text
    household.signed_in(PHONE)


def test_few_recovery_codes_are_told(household: Household, browser: FlaskClient) -> None:
    """Before the last one is gone there is a way to new ones."""
    _, codes = with_an_app(household, browser)
    for code in codes[:8]:
        client = household.client()
        household.post(client, "/sign-in", login=PHONE, password=PASSWORD)
        household.post(client, "/sign-in/code", code=code)

    assert "Запасные коды кончаются." in household.get(client, "/profile").text
