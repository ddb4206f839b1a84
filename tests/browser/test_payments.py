"""Paying by card: up to the page of the bank and back, whatever happens there."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.cabinet import Cabinet

GOOD, LATE, POOR = "2200 0000 0000 0004", "2200 0000 0000 0012", "2200 0000 0000 0020"
CODE = "12345678"
AT_THE_BANK = re.compile(r"/payment/card\?")
BACK = re.compile(r"/payments/[0-9a-f-]{36}")


def linked(cabinet: Cabinet, shows: str) -> str:
    """Register, link an account, and return the address of its card."""
    cabinet.register()
    cabinet.link(cabinet.demo.account(shows))
    return cabinet.page.url.partition("?")[0]


def go_to_bank(page: Page, card: str, amount: str) -> None:
    """Fill in «Оплата» and arrive at the bank."""
    page.goto(f"{card}/pay")
    page.get_by_label("Итого к оплате").fill(amount)
    page.get_by_label("Я согласен с правилами оплаты").check()
    page.get_by_role("button", name="Оплатить").last.click()
    page.wait_for_url(AT_THE_BANK)


def enter_card(page: Page, number: str) -> None:
    """Fill in the page of the bank."""
    page.get_by_label("Номер карты").fill(number)
    page.get_by_label("Месяц/год").fill("12/30")
    page.get_by_label("CVC/CVV").fill("123")
    page.get_by_label("Владелец карты").fill("ANNA PETROVA")
    page.get_by_role("button", name="Оплатить").click()


def enter_code(page: Page, code: str = CODE) -> None:
    """Fill in the page of the bank that has issued the card."""
    page.get_by_label("Код из SMS").fill(code)
    page.get_by_role("button", name="Подтвердить").click()


@pytest.mark.manual("4.4.3.1-a")
@pytest.mark.manual("4.4.3.1-b")
@pytest.mark.manual("4.4.4.2.3-a")
def test_a_payment_from_the_card_of_the_account_to_the_history(cabinet: Cabinet) -> None:
    """What is due is filled in, a month can be added, the bank asks for card and code: it counts."""
    page = cabinet.page
    card = linked(cabinet, "debt")
    due = page.locator(".panel__figures dd").first.inner_text()
    page.get_by_role("link", name="Оплатить").click()
    amount = page.get_by_label("Итого к оплате")
    filled = amount.input_value()
    assert re.sub(r"[^\d,]", "", due) == filled
    for system in ("Visa", "Mastercard", "Мир"):
        expect(page.get_by_role("img", name=system)).to_be_visible()
    expect(page.get_by_role("link", name="Правила оплаты")).to_have_attribute(
        "href", "/payment-rules"
    )
    cabinet.look()

    amount.fill("100,50")
    month = page.get_by_role("button", name=re.compile(r"^\+"))
    usual = float(re.sub(r"[^\d,]", "", month.inner_text()).replace(",", "."))
    month.click()
    expect(amount).to_have_value(f"{100.50 + usual:.2f}".replace(".", ","))

    amount.fill("350,50")
    amount.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Для оплаты нужно согласие с правилами")
    cabinet.look()
    page.get_by_label("Я согласен с правилами оплаты").check()
    page.get_by_role("button", name="Оплатить").last.dblclick()

    page.wait_for_url(AT_THE_BANK)
    cabinet.reads("350,50", cabinet.demo.account("debt")["number"])
    expect(page.get_by_label("E-mail для чека")).to_have_value(cabinet.email)
    cabinet.look()
    enter_card(page, "1")
    cabinet.reads("Такой карты в песочнице нет")
    cabinet.look()
    enter_card(page, GOOD)
    enter_code(page, "1")
    cabinet.reads("Код неверный")
    cabinet.look()
    enter_code(page)

    page.wait_for_url(BACK)
    cabinet.reads("Платеж зачислен")
    cabinet.look()
    page.reload()
    cabinet.reads("Платеж зачислен")
    page.get_by_role("link", name="Перейти к оплатам").click()
    payments = page.locator(".months > details").first
    expect(payments).to_contain_text("350,50")
    page.goto(card)
    assert due != page.locator(".panel__figures dd").first.inner_text()


@pytest.mark.manual("4.4.3.1-c")
def test_a_payment_on_its_way(cabinet: Cabinet) -> None:
    """«Back», a closed tab, a bank that is late: the payment is shown as on its way until it is in."""
    page = cabinet.page
    card = linked(cabinet, "closed_window")
    go_to_bank(page, card, "120,00")
    bank = page.url
    page.goto(card)
    cabinet.reads("В обработке", "120,00", "банк еще не сообщил итог")
    cabinet.look()

    page.get_by_role("link", name=re.compile("120,00")).click()
    cabinet.reads("Платеж в обработке")
    expect(page.get_by_role("link", name="Вернуться на страницу банка")).to_have_attribute(
        "href", bank
    )
    tab = page.context.new_page()
    tab.goto(bank)
    enter_card(tab, LATE)
    enter_code(tab)
    tab.wait_for_url(BACK)
    expect(tab.locator("main")).to_contain_text("Платеж в обработке")
    tab.close()
    cabinet.look()

    # The other tab notices by itself, and its page of the bank has nothing left to pay.
    cabinet.reads("Платеж зачислен")
    page.goto(bank)
    cabinet.reads("Этот заказ оплатить уже нельзя")
    cabinet.look()
    page.goto(card)
    expect(page.locator("main")).not_to_contain_text("В обработке")


@pytest.mark.manual("4.4.3.1-b")
@pytest.mark.manual("4.4.4.2.3-a")
def test_refusals_in_the_dark_without_scripts(cabinet: Cabinet) -> None:
    """Reason and next step are told, the history knows nothing of it, and no step needs a script."""
    card = linked(cabinet, "overpayment")
    cabinet.page.emulate_media(color_scheme="dark")
    cabinet.page.goto("/payment-rules")
    cabinet.look()
    cabinet.page.goto(f"{card}/pay")
    cabinet.reads("Задолженности нет")
    expect(cabinet.page.get_by_label("Итого к оплате")).to_have_value("")
    cabinet.look()
    browser = cabinet.page.context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=cabinet.demo.url,
        java_script_enabled=False,
        viewport=cabinet.page.viewport_size,
        locale="ru-RU",
        storage_state=cabinet.page.context.storage_state(),
    )
    page = context.new_page()
    go_to_bank(page, card, "77,77")
    enter_card(page, POOR)
    page.wait_for_url(BACK)
    main = page.locator("main")
    expect(main).to_contain_text("Платеж отклонен")
    expect(main).to_contain_text("На карте не хватает денег")
    cabinet.page.goto(page.url)
    cabinet.look()

    page.get_by_role("link", name="Оплатить еще раз").click()
    go_to_bank(page, card, "77,77")
    enter_card(page, GOOD)
    page.get_by_role("button", name="Отказаться от оплаты").click()
    page.wait_for_url(BACK)
    expect(main).to_contain_text("Оплата не подтверждена кодом из SMS")
    page.goto(f"{card}?kind=payments")
    expect(main).not_to_contain_text("77,77")
    context.close()
