"""What a household sees of its bills: the lines by kind, and where every kopeck comes from."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.cabinet import Cabinet

SHOWN = {
    "estimates": ("По показаниям", "Из них", "уже начислены, пока показаний не было."),
    "ranges": ("По показаниям, день, 1-й диапазон", "1-й диапазон: до 3", "Границы общие"),
    "benefit": ("Ветеран труда", "Льгота действует на первые 100", "× 50 % ="),
    "debt": ("Пени по", "нужно было оплатить по", "На пени новые пени не начисляются."),
    "replaced_meter": ("По показаниям", "Разница:", "В этой сумме есть НДС"),
}


def latest_bill(page: Page, card: str) -> Locator:
    """Open the bills of an account, and return the latest one, unfolded."""
    page.goto(f"{card.partition('?')[0]}?kind=bills")
    month = page.locator(".months > details").first
    expect(month).to_have_attribute("open", "")
    bill = month.locator("details.fold", has=page.locator(".views")).first
    bill.locator("summary").first.click()
    return bill


def unfold(bill: Locator, title: str) -> Locator:
    """Open the line of a bill and how it was computed, and return the line."""
    bill.get_by_text("Детализация").click()
    line = bill.locator(".lines details.fold", has_text=title).first
    line.locator("summary").first.click()
    line.get_by_text("Как посчитано").click()
    return line


@pytest.mark.manual("4.4.4.2.1-a")
@pytest.mark.parametrize("shows", SHOWN)
def test_how_a_bill_was_computed(cabinet: Cabinet, shows: str) -> None:
    """Each kind of line unfolds into its figures, and these into sentences."""
    title, *sentences = SHOWN[shows]
    cabinet.register()
    cabinet.link(cabinet.demo.account(shows))
    bill = latest_bill(cabinet.page, cabinet.page.url)
    expect(bill.get_by_text("Всего начислено за текущий период")).to_be_visible()
    cabinet.look()

    line = unfold(bill, title)

    for sentence in sentences:
        expect(line.locator(".how")).to_contain_text(sentence)
    cabinet.look()


@pytest.mark.manual("4.4.4.2.4-a")
def test_a_corrected_bill(cabinet: Cabinet) -> None:
    """The bill in force stands first; it and the one that it corrects lead to each other."""
    cabinet.register()
    cabinet.link(cabinet.demo.account("benefit"))
    page = cabinet.page
    page.goto(f"{page.url.partition('?')[0]}?kind=bills")
    replaced = page.locator("details.fold--replaced")
    # Another test may have had a later month billed meanwhile.
    month = page.locator(".months > details", has=replaced)
    if month.get_attribute("open") is None:
        month.locator("summary").first.click()
    bill = month.locator("details.fold:not(.fold--replaced)", has=page.locator(".views")).first
    bill.locator("summary").first.click()

    expect(bill).to_contain_text("Выставлена вместо квитанции")
    expect(replaced).to_have_count(1)
    bill.get_by_role("link", name=re.compile("^№")).click()
    replaced.locator("summary").first.click()
    expect(replaced).to_contain_text("Вместо этой квитанции выставлена другая")
    expect(replaced).to_be_in_viewport()
    cabinet.look()


def test_explanations_in_dark_colours_without_scripts(cabinet: Cabinet) -> None:
    """Everything unfolds where no script runs, and keeps its contrast in the dark."""
    cabinet.register()
    cabinet.link(cabinet.demo.account("estimates"))
    browser = cabinet.page.context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=cabinet.demo.url,
        java_script_enabled=False,
        viewport=cabinet.page.viewport_size,
        locale="ru-RU",
        color_scheme="dark",
        storage_state=cabinet.page.context.storage_state(),
    )
    page = context.new_page()
    line = unfold(latest_bill(page, cabinet.page.url), "По показаниям")
    expect(line.locator(".how ol")).to_be_visible()
    context.close()

    cabinet.page.emulate_media(color_scheme="dark")
    unfold(latest_bill(cabinet.page, cabinet.page.url), "По показаниям")
    cabinet.look()
