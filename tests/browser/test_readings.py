"""Readings in a browser: what they mean, second thoughts, the calendar; the details of an account."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.cabinet import Cabinet

# An account for each width, so that each walk finds one of which nothing was sent yet.
_ACCOUNTS = {360: "overpayment", 1280: "benefit"}
_METERS = {"overpayment": ("011789505", 2), "benefit": ("011789909", 1)}


@pytest.mark.manual("4.4.3.2-a")
def test_readings_are_sent_and_corrected(cabinet: Cabinet, width: int, tmp_path: Path) -> None:
    """Figures tell what they mean while they are typed; a slip is asked about, and mended later."""
    page = cabinet.page
    shows = _ACCOUNTS[width]
    account = cabinet.demo.account(shows)
    meter, zones = _METERS[shows]
    meters = tmp_path / "meters.csv"
    meters.write_text(
        "account,meter,zones,capacity,ratio,installed_on,verification_due,window\n"
        f'{account["number"]},{meter},{zones},"5,0",1,2019-04-16,2035-04-16,1-31\n',
        encoding="utf-8",
    )
    cabinet.demo.operate("import", "meters", str(meters), "--supplier", "demo")
    cabinet.register()
    cabinet.link(account)
    card = re.sub(r"(/accounts/[0-9a-f-]{36}).*", r"\1", page.url)
    page.goto(f"{card}/readings")
    meaning = page.locator("[data-meaning]")
    expect(meaning).to_be_hidden()

    type_readings(cabinet, 230)
    expect(meaning).to_contain_text(re.compile("кВт·ч, около [^;]+₽; в прошлом месяце"))
    cabinet.look()
    type_readings(cabinet, 2300)
    expect(meaning).to_contain_text("Это намного больше обычного")
    button = page.locator("main form[data-preview] .button")
    button.click()
    cabinet.reads("Если все верно, отправьте их еще раз.")
    expect(page.get_by_role("alert")).to_be_focused()
    cabinet.look()
    type_readings(cabinet, 230)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(meaning).to_contain_text("в прошлом месяце")
    button.click()
    cabinet.reads(
        "Показания переданы", "Расход:", "передано Вами", "До этого дня их можно исправить"
    )
    cabinet.look()

    page.get_by_role("link", name="Исправить").click()
    cabinet.reads("Исправление показаний")
    type_readings(cabinet, 240)
    cabinet.look()
    button.click()
    cabinet.reads("Показания исправлены")
    calendar = page.get_by_role("link", name="Дни приема в календарь").get_attribute("href")
    assert calendar is not None
    assert "BEGIN:VEVENT" in page.request.get(calendar).text()
    page.get_by_role("link", name="История показаний").click()
    page.locator(".months > details").first.evaluate("month => month.open = true")
    cabinet.reads("исправлено", "исправление")
    cabinet.look()


def type_readings(cabinet: Cabinet, more: int) -> None:
    """Type figures into each field that lie so many kWh in all above the previous ones."""
    fields = cabinet.page.locator("main input.input--figure")
    for number in range(fields.count()):
        hint = cabinet.page.locator("main .hint").nth(number).inner_text()
        figure = re.search(r":\s*([\d\s\N{NO-BREAK SPACE}]+)", hint)
        assert figure is not None
        previous = int(re.sub(r"\D", "", figure.group(1)))
        fields.nth(number).fill(str(previous + more // fields.count()))


@pytest.mark.manual("4.4.4.3-a")
def test_details_of_the_manual(cabinet: Cabinet) -> None:
    """The demo's user finds each detail that the manual shows, and what to do about the meter."""
    page = cabinet.page
    cabinet.sign_in(cabinet.demo.login, cabinet.demo.password)
    link = page.locator(".account", has_text="Центральная").locator("a").first
    page.goto(f"{link.get_attribute('href')}/details")
    for name, value in (
        ("Абонент", "Абонент из руководства"),
        ("Номер счетчика", "6000003"),
        ("Дата установки", "15.11.2006"),
        ("Значность счетчика", "5,0"),
        ("Коэффициент трансформации", "1"),
        ("Срок окончания МПИ", "2022 г."),
        ("Дата окончания МПИ", "15.11.2022"),
        ("Место установки счетчика", "Холл"),
        ("Лицо, ответственное за эксплуатацию счетчика", "Абонент из руководства"),
        ("Тип учета", "однофазные электронные (однотарифные)"),
        ("Тип плиты", "Газовая"),
        ("Величина тарифа: день (круглосуточный)", "2,77 руб./кВт·ч"),
        ("Стоимость передачи электроэнергии (по одноставочному тарифу)", "0,85 руб./кВт·ч"),
    ):
        fact = page.locator(".facts > div", has=page.get_by_text(name, exact=True))
        expect(fact.locator("dd").first).to_contain_text(value)
    cabinet.reads("Межповерочный интервал счетчика закончился")
    history = page.locator("details.fold", has_text="История тарифов")
    expect(history.locator("table")).to_be_hidden()
    history.locator("summary").click()
    expect(history.locator("tbody tr")).to_have_count(7)
    cabinet.look()
