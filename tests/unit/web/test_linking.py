"""Pages on which a user arranges linked accounts."""

import re

import pytest
from flask.testing import FlaskClient
from tests.unit.web.household import CLOSED_ACCOUNT, OPEN_ACCOUNT, STRANGE_ACCOUNT, Household
from tests.unit.web.test_rooms import linking, seen

from elkk_core.accounts import BillDelivery
from elkk_core.testing.builders import SUPPLIER_ID, USER_ID, another_user

SETTINGS = f"/accounts/{OPEN_ACCOUNT}/settings"
UNLINK = f"/accounts/{OPEN_ACCOUNT}/unlink"
NOTE = f"/accounts/{OPEN_ACCOUNT}/note"


def headings(page: str) -> list[str]:
    """Return the groups of the left column."""
    return re.findall(r'<h3 class="group__name">(.*?)</h3>', page)


@pytest.mark.manual("4.1-d")
def test_group_is_chosen_after_linking(household: Household, browser: FlaskClient) -> None:
    """The notice of success asks for the group; the next one says where the account stands."""
    page = linking(household, browser, "680099999999", "1500,00")
    assert "Выберите группу для лицевого счета" in seen(page)
    place = f"/accounts/{STRANGE_ACCOUNT}"

    answer = household.post(browser, f"{place}/linked", group="new", name="Дом родителей")

    saved = household.get(browser, answer.location).text
    assert "680099999999 стоит в списке «Ваши счета», в группе «Дом родителей»." in seen(saved)
    assert f'href="{place}"' in saved
    assert "Дом родителей" in headings(household.get(browser, place).text)


@pytest.mark.manual("4.1-d")
def test_address_is_the_group_by_default(household: Household, browser: FlaskClient) -> None:
    """Who presses «Продолжить» at once finds the account under its address."""
    linking(household, browser, "680099999999", "1500,00")

    household.post(browser, f"/accounts/{STRANGE_ACCOUNT}/linked", group="")

    assert "Чужой адрес" in headings(household.get(browser, f"/accounts/{STRANGE_ACCOUNT}").text)


def test_tries_that_are_left_are_told(household: Household, browser: FlaskClient) -> None:
    """A wrong answer says how many more are taken, and where to turn to."""
    page = seen(linking(household, browser, "680099999999", "1,00"))

    assert "Ответ не подошел." in page
    assert "Осталось попыток: 4." in page
    assert "office@tsna.example" in page


@pytest.mark.manual("4.5.3-a")
def test_group_is_changed_in_the_settings(household: Household, browser: FlaskClient) -> None:
    """A new group, a known one, and the address again."""
    household.post(browser, SETTINGS, group="new", name="Дача")
    household.post(browser, f"/accounts/{CLOSED_ACCOUNT}/settings", group="group:Дача")
    together = household.get(browser, SETTINGS).text
    household.post(browser, SETTINGS, group="")
    apart = household.get(browser, SETTINGS).text

    assert ["Дача"] == headings(together)
    assert '<option selected value="group:Дача">' in together
    assert ["Дача", "г. Тамбов, ул. Советская, д. 12, кв. 34"] == headings(apart)
    assert "Настройки сохранены." in apart


def test_new_group_without_a_name_is_refused(household: Household, browser: FlaskClient) -> None:
    """The comment stands at the name, and the choice stays."""
    answer = household.post(browser, SETTINGS, group="new", name=" ")

    assert 422 == answer.status_code
    assert "Название новой группы: Обязательно для заполнения" in seen(answer.text)
    assert '<option selected value="new">' in answer.text


@pytest.mark.manual("4.4-a")
def test_note_is_written_in_place(household: Household, browser: FlaskClient) -> None:
    """A note is shown beside the account at once, as text and not as markup."""
    details = f"/accounts/{OPEN_ACCOUNT}/details"
    fresh = household.get(browser, details).text

    answer = household.post(
        browser, NOTE, form_at=details, note="<b>Ключ</b> у соседей", back=details
    )

    assert "Введите заметку" in fresh
    assert details == answer.location
    page = household.get(browser, details).text
    assert "&lt;b&gt;Ключ&lt;/b&gt; у соседей" in page
    stranger = household.signed_in(another_user().phone.number)
    assert "соседей" not in household.get(stranger, f"/accounts/{STRANGE_ACCOUNT}").text


def test_note_leads_nobody_to_another_site(household: Household, browser: FlaskClient) -> None:
    """Where to go back to is a page of ours."""
    answer = household.post(
        browser, NOTE, form_at=SETTINGS, note="Дача", back="https://elsewhere.example/"
    )

    assert "/cabinet" == answer.location


def test_note_that_is_too_long_is_told(household: Household, browser: FlaskClient) -> None:
    """A browser stops at 250 characters; the server does too."""
    household.post(browser, NOTE, form_at=SETTINGS, note="з" * 251, back=SETTINGS)

    page = household.get(browser, SETTINGS).text
    assert "250" in seen(page)
    assert "з" * 251 not in page


@pytest.mark.manual("4.2-a")
def test_account_is_unlinked_after_one_more_question(
    household: Household, browser: FlaskClient
) -> None:
    """«Удалить» asks, then takes the account out of sight; the others stay."""
    asked = seen(household.get(browser, UNLINK).text)
    assert "Удалить лицевой счет из кабинета?" in asked
    assert "останутся у поставщика" in asked
    assert 200 == household.get(browser, f"/accounts/{OPEN_ACCOUNT}").status_code

    answer = household.post(browser, UNLINK)

    first = household.get(browser, household.get(browser, answer.location).location).text
    assert "Лицевой счет 680012345678 удален из кабинета." in seen(first)
    assert ["г. Тамбов, Лесная"] == headings(first)
    for path in ("", "/details", "/settings", "/unlink", "/readings", "/linked", "/saved"):
        assert 404 == household.get(browser, f"/accounts/{OPEN_ACCOUNT}{path}").status_code, path


@pytest.mark.manual("4.2-a")
def test_without_any_account_the_start_page_comes_back(
    household: Household, browser: FlaskClient
) -> None:
    """Who has unlinked the last account is shown how to link one."""
    for account in (OPEN_ACCOUNT, CLOSED_ACCOUNT):
        household.post(browser, f"/accounts/{account}/unlink")

    page = household.get(browser, "/cabinet").text
    assert "удален из кабинета" in seen(page)
    assert "Добавить лицевой счет" in page
    assert [] == headings(page)


def test_account_unlinked_in_another_window_is_not_found(
    household: Household, browser: FlaskClient
) -> None:
    """A second press comes too late, and says so."""
    household.post(browser, UNLINK)

    assert 404 == household.post(browser, UNLINK, form_at="/profile").status_code


@pytest.mark.parametrize("path", ["settings", "unlink", "linked", "saved"])
def test_accounts_of_others_are_not_found(
    household: Household, browser: FlaskClient, path: str
) -> None:
    """Whatever is asked of them, and by whichever method."""
    place = f"/accounts/{STRANGE_ACCOUNT}"

    assert 404 == household.get(browser, f"{place}/{path}").status_code
    for action in ("settings", "unlink", "linked", "note"):
        answer = household.post(browser, f"{place}/{action}", form_at=SETTINGS, group="", note="?")
        assert 404 == answer.status_code, action


# Profile


def delivery(household: Household) -> BillDelivery:
    """Return by what the bills of the open account come."""
    return household.store.linked_accounts.get(OPEN_ACCOUNT, user_id=USER_ID).delivery


@pytest.mark.manual("4.5.4-b")
def test_bills_come_by_one_of_two_ways(household: Household, browser: FlaskClient) -> None:
    """A radio for each account, with the e-mail and the address; what is chosen is kept."""
    page = household.get(browser, "/profile").text
    assert "Получение счета по e-mail" in page
    chosen = f'name="{OPEN_ACCOUNT}" value="%s"{{}}>'
    assert (chosen % "email").format(" checked") in page

    household.post(
        browser,
        "/profile/bills",
        form_at="/profile",
        **{"account": str(OPEN_ACCOUNT), str(OPEN_ACCOUNT): "paper"},
    )

    page = household.get(browser, "/profile").text
    assert (chosen % "email").format("") in page
    assert (chosen % "paper").format(" checked") in page
    assert BillDelivery.PAPER is delivery(household)


def test_forged_delivery_is_left_out(household: Household, browser: FlaskClient) -> None:
    """What the form does not offer changes nothing; another's account is not found."""
    sent = {str(OPEN_ACCOUNT): "pigeon"}
    for account in (str(OPEN_ACCOUNT), "no account"):
        household.post(browser, "/profile/bills", form_at="/profile", account=account, **sent)
    strange = {"account": str(STRANGE_ACCOUNT), str(STRANGE_ACCOUNT): "paper"}
    refused = household.post(browser, "/profile/bills", form_at="/profile", **strange)

    assert BillDelivery.EMAIL is delivery(household)
    assert 404 == refused.status_code


@pytest.mark.manual("4.5.4-c")
def test_mailings_are_chosen_by_supplier(household: Household, browser: FlaskClient) -> None:
    """By e-mail at first; then by SMS alone; then by nothing."""
    sms, nothing = {str(SUPPLIER_ID): "sms"}, {str(SUPPLIER_ID): "pigeon"}

    def chosen() -> list[str]:
        page = household.get(browser, "/profile").text
        return re.findall(rf'name="{SUPPLIER_ID}" value="(\w+)" checked', page)

    at_first = chosen()
    listed = {"form_at": "/profile", "supplier": str(SUPPLIER_ID)}
    household.post(browser, "/profile/mailings", **listed, **sms)
    then = chosen()
    household.post(browser, "/profile/mailings", **listed, **nothing)

    assert (["email"], ["sms"], []) == (at_first, then, chosen())
