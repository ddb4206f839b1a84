"""What a household consumed and may come to pay, and what it takes home of its history."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.cabinet import Cabinet

from elkk_adapters.system import SystemClock
from elkk_core.shared import Month


def kept(page: Page, button: str) -> bytes:
    """Press what gives a file, and return what is in it."""
    with page.expect_download() as download:
        page.get_by_text(button).click()
    path = download.value.path()
    return Path(path).read_bytes()


@pytest.mark.manual("4.4.4.4-a")
def test_year_of_the_manual(cabinet: Cabinet) -> None:
    """Of 2019 the manual tells the highest month, April, and the lowest, July."""
    page = cabinet.page
    page.goto("/")
    cabinet.sign_in(cabinet.demo.login, cabinet.demo.password)
    cabinet.open_first_account()
    page.get_by_role("link", name="Статистика").click()
    page.get_by_role("link", name="2019").click()

    sums = page.locator(".sums").first
    expect(sums).to_contain_text("377 кВт·ч апрель 2019")
    expect(sums).to_contain_text("189 кВт·ч июль 2019")
    expect(page.locator(".chart__block")).to_have_count(12)
    page.get_by_text("Таблица по месяцам").click()
    expect(page.get_by_role("row", name="Апрель 2019")).to_contain_text("377")
    cabinet.look()


@pytest.mark.manual("4.4.4.4-a")
def test_zones_estimates_and_forecast(cabinet: Cabinet) -> None:
    """Zones stand upon each other, estimates look different, and what may come is called so."""
    page = cabinet.page
    cabinet.register()
    cabinet.link(cabinet.demo.account("estimates"))
    page.get_by_role("link", name="Статистика").click()

    expect(page.get_by_role("link", name="Статистика")).to_be_in_viewport(ratio=1)
    expect(page.locator(".chart__estimated").first).to_be_visible()
    expect(page.locator(".chart__legend")).to_contain_text("рассчитано без показаний")
    forecast = page.get_by_role("region", name="Прогноз")
    expect(forecast.get_by_text("оценка", exact=True)).to_be_visible()
    expect(forecast).to_contain_text("За 12 месяцев")
    forecast.get_by_text("По месяцам").click()
    expect(forecast.get_by_role("row")).to_have_count(13)
    cabinet.look()

    page.emulate_media(color_scheme="dark")
    cabinet.look()


@pytest.mark.manual("4.4.4.2-a")
def test_any_period_and_what_is_taken_home(cabinet: Cabinet) -> None:
    """Months of one's own choice are shown, and taken home as a sheet; all bills as an archive."""
    page = cabinet.page
    cabinet.register()
    account = cabinet.demo.account("benefit")
    cabinet.link(account)
    page.get_by_label("Период").select_option("own")
    this_month = Month.of(SystemClock().now().date())
    first, last = this_month.plus(-4), this_month.plus(-3)
    page.get_by_label("С месяца").fill(str(first))
    page.get_by_label("По месяц").fill(str(first.previous))
    cabinet.press("Показать")
    expect(page.get_by_text("Первый месяц позже последнего")).to_be_visible()
    cabinet.look()
    page.get_by_label("По месяц").fill(str(last))
    cabinet.press("Показать")
    expect(page.locator(".months > details")).to_have_count(2)

    rows = [*csv.DictReader(io.StringIO(kept(page, "CSV").decode("utf-8-sig")), delimiter=";")]
    months = {f"{month.number:02}.{month.year}" for month in (first, last)}
    assert months == {row["Месяц"] for row in rows}
    assert {"Показания", "Квитанция", "Строка квитанции", "Оплата"} >= {
        row["Событие"] for row in rows
    }
    archive = zipfile.ZipFile(io.BytesIO(kept(page, "ZIP")))
    assert f"{account['number']}.csv" in archive.namelist()
    bills = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert len(bills) > 2
    assert all(archive.read(name).startswith(b"%PDF") for name in bills)
