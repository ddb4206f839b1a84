"""How a household arranges its accounts: linking, groups, notes, unlinking, delivery of bills."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.cabinet import Cabinet


def open_side(cabinet: Cabinet) -> None:
    """Unfold «Ваши счета», which stands open on a wide screen."""
    side = cabinet.page.locator("details.side")
    if side.get_attribute("open") is None:
        side.locator("summary").first.click()


@pytest.mark.manual("4.1-a")
@pytest.mark.manual("4.1-c")
@pytest.mark.manual("4.1-d")
@pytest.mark.manual("4.1-e")
@pytest.mark.manual("4.4-a")
def test_linking_up_to_the_group(cabinet: Cabinet) -> None:
    """From the empty start page to two accounts of two suppliers in one group, with a note."""
    page, demo = cabinet.page, cabinet.demo
    cabinet.register()
    cabinet.reads("Добавить лицевой счет", "Возьмите любую квитанцию")
    cabinet.reads("Вопросы и ответы", "Каталог услуг")
    cabinet.look()

    first, second = demo.account("open_window"), demo.account("debt")
    cabinet.start_linking(first["number"], first["supplier"])
    page.wait_for_url("**/accounts/link/question")
    page.get_by_label("Ответ").fill("0,07")
    cabinet.press("Подтвердить")
    cabinet.reads("Осталось попыток: 4.", "Не получается?")
    cabinet.look()

    cabinet.answer(first)
    cabinet.reads("Лицевой счет подключен", "Выберите группу для лицевого счета")
    expect(page.get_by_label("Название новой группы")).to_be_hidden()
    page.get_by_label("Группа").select_option(label="Новая группа…")
    cabinet.press("Продолжить")
    expect(page.get_by_role("alert")).to_contain_text("Название новой группы")
    page.get_by_label("Название новой группы").fill("Дом родителей")
    cabinet.look()
    cabinet.press("Продолжить")
    cabinet.reads("Лицевой счет сохранен", "в группе «Дом родителей»")
    cabinet.look()
    page.get_by_role("link", name="Закрыть").click()

    cabinet.answer(second)
    page.get_by_label("Группа").select_option(label="Дом родителей")
    cabinet.press("Продолжить")
    page.get_by_role("link", name="Закрыть").click()
    open_side(cabinet)
    group = page.locator(".group", has_text="Дом родителей")
    expect(group.locator(".account")).to_have_count(2)
    expect(group.locator(".account--chosen")).to_contain_text("К оплате")

    note = group.locator(".account--chosen .note")
    note.locator("summary").click()
    expect(note.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Счетчик на лестнице, ключ у соседей из 12-й квартиры")
    cabinet.look()
    cabinet.press("Сохранить")
    open_side(cabinet)
    expect(group.locator(".account--chosen .note summary")).to_contain_text("Счетчик на лестнице")


@pytest.mark.manual("4.2-a")
@pytest.mark.manual("4.5.3-a")
@pytest.mark.manual("4.5.4-b")
@pytest.mark.manual("4.5.4-c")
def test_settings_delivery_and_unlinking(cabinet: Cabinet) -> None:
    """An account gets a group, its bills another way, its supplier SMS; then it goes."""
    page = cabinet.page
    cabinet.register()
    account = cabinet.demo.account("open_window")
    cabinet.link(account)

    open_side(cabinet)
    dots = page.locator(".dots")
    dots.locator("summary").click()
    cabinet.look()
    page.keyboard.press("Escape")
    expect(dots.get_by_role("link", name="Настройки")).to_be_hidden()
    dots.locator("summary").click()
    dots.get_by_role("link", name="Настройки").click()
    page.get_by_label("Группа").select_option(label="Новая группа…")
    page.get_by_label("Название новой группы").fill("Дача")
    cabinet.press("Сохранить")
    cabinet.reads("Настройки сохранены.", "Когда подключали этот счет")
    expect(page.locator(".group__name")).to_have_text("Дача")
    cabinet.look()

    page.goto("/profile")
    delivery, mailings = page.locator("#delivery"), page.locator("#mailings")
    expect(delivery.get_by_label("Бумажный")).to_be_checked()
    delivery.get_by_label("E-mail").check()
    expect(delivery.get_by_label("Бумажный")).not_to_be_checked()
    delivery.get_by_role("button", name="Сохранить").click()
    cabinet.reads("Способ получения счетов сохранен.")
    expect(delivery.get_by_label("E-mail")).to_be_checked()
    expect(mailings.get_by_label("E-mail")).to_be_checked()
    mailings.get_by_label("SMS").check()
    mailings.get_by_role("button", name="Сохранить").click()
    cabinet.reads("Рассылки сохранены.")
    expect(mailings.get_by_label("E-mail")).to_be_checked()
    expect(mailings.get_by_label("SMS")).to_be_checked()
    cabinet.look()

    page.goto("/cabinet")
    open_side(cabinet)
    dots.locator("summary").click()
    dots.get_by_role("link", name="Удалить").click()
    cabinet.reads("Удалить лицевой счет из кабинета?", account["number"])
    cabinet.look()
    cabinet.press("Удалить")
    cabinet.reads(f"Лицевой счет {account['number']} удален из кабинета.", "Возьмите любую")
    expect(page.locator(".account")).to_have_count(0)

    cabinet.link(account)
    expect(page.locator(".account")).to_have_count(1)
    expect(page).to_have_url(re.compile("/accounts/[0-9a-f-]{36}$"))


@pytest.mark.manual("4.4-a")
@pytest.mark.parametrize("width", [1280], indirect=True)
def test_account_is_found_among_many(cabinet: Cabinet) -> None:
    """Of six accounts those are left that hold what is typed, in any order of words."""
    page = cabinet.page
    cabinet.register()
    for account in cabinet.demo.link[:6]:
        cabinet.link(account)
    finder = page.get_by_role("searchbox", name="Найти счет")

    finder.fill("680000000303")
    expect(page.locator(".account:visible")).to_have_count(1)
    finder.fill("советская тамбов")
    expect(page.locator(".group:visible")).to_have_text(re.compile("ул. Советская, д. 48, кв. 117"))
    cabinet.reads("Найдено счетов: 1")
    cabinet.look()
    finder.fill("нет такого")
    expect(page.locator(".account:visible")).to_have_count(0)
    finder.fill("")
    expect(page.locator(".account:visible")).to_have_count(6)
