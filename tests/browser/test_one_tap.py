"""From the SMS «показания не переданы» to readings handed over, without a sign-in."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.cabinet import Cabinet
from tests.browser.test_readings import type_readings


def link_sent(cabinet: Cabinet) -> str:
    """Return the link in the SMS that reminds the demo's user of readings."""
    demo = cabinet.demo
    for _ in range(200):
        for message in demo.messages():
            link = re.search(r"http://\S+/r/\S+", message["text"])
            if (message["channel"], message["recipient"]) == ("sms", demo.login) and link:
                return link.group()
        # The worker delivers it a moment after the demo is ready.
        cabinet.page.wait_for_timeout(100)
    raise AssertionError(demo.messages())


@pytest.mark.manual("4.4.3.2-a")
def test_readings_are_sent_from_the_message(cabinet: Cabinet) -> None:
    """The link opens the form and nothing else, and a slip is mended by it too."""
    page = cabinet.page
    link = link_sent(cabinet)
    page.goto(link)
    page.wait_for_url("**/submission")
    expect(page.get_by_text("Лицевой счет …0606. Вход не нужен")).to_be_visible()
    expect(page.locator("details.side, details.menu, .panel")).to_have_count(0)
    again = page.get_by_role("link", name="Исправить")
    if again.count():
        # The walk at the other width was here before.
        again.click()
        cabinet.reads("Исправьте числа")
    cabinet.look()
    type_readings(cabinet, 240)
    expect(page.locator("[data-meaning]")).to_contain_text("в прошлом месяце")
    page.locator("main form[data-preview] .button").click()
    cabinet.reads("будут учтены в счете за", "передано Вами", "Войти в кабинет")
    cabinet.look()

    again.click()
    cabinet.reads("Исправьте числа")
    type_readings(cabinet, 250)
    page.locator("main form[data-preview] .button").click()
    cabinet.reads("Показания исправлены")
    page.goto("/cabinet")
    page.wait_for_url("**/sign-in")
    # One sign of the signature is changed.
    page.goto(link[:-1] + ("Q" if link.endswith("A") else "A"))
    cabinet.reads("Ссылка не открывается")
    cabinet.look()
    page.get_by_role("link", name="Войти в кабинет").click()
    expect(page.get_by_label("Телефон или E-mail")).to_be_visible()
