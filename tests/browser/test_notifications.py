"""Notifications in a real browser: told after the sign-in, marked, unfolded, acted upon."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.cabinet import Cabinet


@pytest.mark.manual("4.4-a")
@pytest.mark.manual("4.4.4.1-a")
@pytest.mark.manual("4.4.4.1-b")
def test_debt_is_told_until_it_is_read(cabinet: Cabinet) -> None:
    """A red mark stands before the account and in its tab, and goes when the text is unfolded."""
    page = cabinet.page
    cabinet.register()
    cabinet.link(cabinet.demo.account("debt"))
    cabinet.demo.operate("notices", "raise", "--day", "2036-11-24")

    page.goto("/cabinet")
    debt = page.get_by_role("listitem").filter(has_text="Задолженность")
    expect(debt.get_by_role("link", name="Оплатить")).to_be_visible()
    expect(debt.get_by_text("Если Вы уже заплатили")).to_be_hidden()
    expect(page.locator("details.side > summary .alarm")).to_be_visible()
    cabinet.look()

    page.get_by_role("link", name=re.compile("Перейти к лицевому счету")).click()
    marks = page.locator("[data-unread-of]")
    expect(marks).not_to_have_count(0)
    cabinet.look()
    page.get_by_role("navigation", name="Разделы лицевого счета").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Уведомления")).to_be_visible()
    for title in page.locator(".news__item > details > summary").all():
        with page.expect_response(re.compile("/read$")):
            title.click()
    expect(debt.get_by_text("Если Вы уже заплатили")).to_be_visible()
    expect(marks).to_have_count(0)
    cabinet.look()

    page.reload()
    expect(marks).to_have_count(0)
    debt.get_by_role("link", name="Оплатить").click()
    page.wait_for_url("**/pay")


@pytest.mark.manual("4.4.4.1-c")
def test_section_shows_one_to_three_months(cabinet: Cabinet) -> None:
    """The last month comes first; an account of which there is nothing to tell says so."""
    page = cabinet.page
    cabinet.register()
    cabinet.link(cabinet.demo.account("overpayment"))
    page.get_by_role("navigation", name="Разделы лицевого счета").get_by_role("link").first.click()

    period = page.get_by_label("Период")
    expect(period).to_have_value("1")
    expect(page.get_by_text("За это время сообщать было не о чем.")).to_be_visible()
    cabinet.look()
    for months, label in (("2", "За 2 (последних) месяца"), ("3", "За 3 (последних) месяца")):
        page.get_by_label("Период").select_option(label=label)
        page.wait_for_url(f"**?months={months}")
        expect(page.get_by_label("Период")).to_have_value(months)


def test_notifications_without_scripts(cabinet: Cabinet) -> None:
    """Where no script runs, a button in the unfolded text reads it."""
    cabinet.register()
    cabinet.link(cabinet.demo.account("debt"))
    cabinet.demo.operate("notices", "raise", "--day", "2036-11-24")
    browser = cabinet.page.context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=cabinet.demo.url,
        java_script_enabled=False,
        storage_state=cabinet.page.context.storage_state(),
        viewport=cabinet.page.viewport_size,
        locale="ru-RU",
    )
    page = context.new_page()
    page.goto("/cabinet")
    unread = page.locator(".news__item--new")
    before = unread.count()
    assert before > 0
    unread.first.locator("summary").click()
    unread.first.get_by_role("button", name="Прочитано").click()

    if before > 1:
        expect(unread).to_have_count(before - 1)
    else:
        # Nothing is left to tell: the account itself comes up.
        page.wait_for_url(re.compile("/accounts/"))
    context.close()
