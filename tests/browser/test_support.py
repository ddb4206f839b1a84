"""Shared sections: questions and answers, the catalogue, and what becomes of a request."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.cabinet import Cabinet

CATEGORIES = (
    "Получение документов. Переоформление и изменение данных по договору энергоснабжения",
    "Порядок и способы оплаты. Проблемы при оплате",
    "Тариф",
    "Начисления и перерасчеты",
    "Индивидуальные приборы учета электрической энергии",
    "Сайт. Личный кабинет",
)
TOPICS = (
    *("Приложение", "Оплата", "Показания счетчика", "Замена счетчика", "Информация по счету"),
    *("Доставка счета", "Консультация по личному кабинету", "Другой вопрос", "Жалоба"),
    *("Смена тарифа", "Заключение договора"),
)


@pytest.mark.manual("4.3-a")
@pytest.mark.manual("4.3.2-a")
@pytest.mark.manual("4.3.2.1-a")
def test_shared_sections_without_an_account(cabinet: Cabinet) -> None:
    """A user without an account reads answers, finds an office, and asks the supplier."""
    page = cabinet.page
    cabinet.register()
    bar = page.get_by_role("navigation", name="Общие разделы")
    expect(bar.get_by_role("link", name="Каталог услуг")).to_be_visible()
    bar.get_by_role("link", name="Вопросы и ответы").click()

    page.goto("/faq?supplier=demo")
    categories = page.locator(".shared .months > details")
    assert list(CATEGORIES) == categories.locator("h2").all_inner_texts()
    answer = page.get_by_text("велят пункты 59 и 60 Правил № 354")
    expect(answer).to_be_hidden()
    page.locator("summary", has_text="Начисления и перерасчеты").click()
    page.locator("summary", has_text="не передать показания?").click()
    expect(answer).to_be_visible()
    expect(page.get_by_role("link", name="+7 (000) 000-00-01")).to_have_attribute(
        "href", "tel:+70000000001"
    )
    cabinet.look()

    page.get_by_role("searchbox").fill("ночная зона")
    cabinet.press("Найти")
    cabinet.reads("Найдено по запросу «ночная зона»:", "Что такое дневная и ночная зоны?")
    expect(page.get_by_text("Что такое дневная и ночная зоны?")).to_be_visible()

    page.get_by_role("link", name="Подробнее").click()
    cabinet.reads("Офисы на карте", "г. Светлый, ул. Солнечная, 1", "пн–пт 8:00–19:00")
    expect(page.get_by_role("link", name=re.compile("карте.*Центральный офис"))).to_be_visible()
    cabinet.look()

    page.get_by_role("link", name="Задать вопрос").click()
    page.get_by_label("Поставщик").select_option(label="Светлый край (демонстрация)")
    page.get_by_label("Тема вопроса").select_option(label="Консультация по личному кабинету")
    page.get_by_role("textbox", name="Вопрос", exact=True).fill(
        "Где на квитанции номер лицевого счета?"
    )
    cabinet.press("Задать вопрос")
    cabinet.reads("Ваше обращение зарегистрировано. Номер: ОБ-", "Зарегистрировано")

    page.goto("/services/order?supplier=demo")
    cabinet.reads("сначала подключите его")
    cabinet.look()


@pytest.mark.manual("4.3.1-a")
@pytest.mark.manual("4.3.1-b")
def test_service_is_ordered(cabinet: Cabinet) -> None:
    """The price list leads to an order filled in as far as known; it stands among the requests."""
    page = cabinet.page
    cabinet.register()
    cabinet.link(cabinet.demo.account("open_window"))
    page.get_by_role("navigation", name="Общие разделы").get_by_role(
        "link", name="Каталог услуг"
    ).click()
    page.get_by_role("link", name="Посмотреть каталог").click()
    cabinet.reads("Прейскурант", "Замена вводного автомата", "1\u00a0300,00\u00a0₽", "по запросу")
    cabinet.look()

    page.get_by_role("link", name="Заказать Замена вводного автомата").click()
    expect(page.get_by_role("combobox", name="Услуга")).to_have_value("breaker")
    expect(page.get_by_label("Фамилия пользователя")).to_have_value("Петрова")
    expect(page.get_by_label("Телефон для связи")).to_have_value(re.compile("900"))
    address = page.get_by_label("Адрес, где нужна услуга")
    expect(address).to_have_value(re.compile("Тамбов"))
    known = address.input_value()
    address.fill("")
    page.get_by_role("button", name="Заказать услугу").click()
    expect(address).to_have_attribute("aria-invalid", "true")
    comment = page.locator("#address-comment")
    expect(comment).to_have_text("Обязательно для заполнения")
    cabinet.look()
    address.fill(known)
    expect(address).not_to_have_attribute("aria-invalid", "true")
    expect(comment).to_be_hidden()
    page.get_by_role("button", name="Заказать услугу").click()
    cabinet.reads("Заказ услуги успешно осуществлен. Номер: ОБ-", "Замена вводного автомата")
    cabinet.look()

    page.goto("/requests")
    cabinet.reads("Мои обращения", "Заказ услуги", "Зарегистрировано", "1\u00a0300,00\u00a0₽")
    cabinet.look()


@pytest.mark.manual("4.3.2.1-a")
@pytest.mark.manual("4.4.4.5-a")
def test_question_is_answered(cabinet: Cabinet, tmp_path: Path) -> None:
    """A question with a file gets a number; the operator answers, and the household replies."""
    page = cabinet.page
    cabinet.register()
    page.goto(cabinet.letter())
    page.wait_for_url("**/email-confirmed")
    cabinet.link(cabinet.demo.account("closed_window"))
    card = page.url.partition("?")[0]
    page.goto(f"{card}/requests")
    cabinet.reads("За выбранный период обращений по этому счету не было.")
    cabinet.look()

    page.get_by_role("link", name="Задать вопрос").click()
    expect(page.get_by_label("Имя пользователя")).to_have_value("Анна")
    expect(page.get_by_label("Лицевой счет")).to_have_value(re.compile(card.rpartition("/")[2]))
    offered = page.get_by_label("Тема вопроса").locator("option").all_inner_texts()
    assert ["Выберите тему", *TOPICS] == offered
    question = page.get_by_role("textbox", name="Вопрос", exact=True)
    question.fill("Почему в счете другие показания?\nФото приложено.")
    wrong = tmp_path / "Фото.jpg"
    wrong.write_bytes(b"MZ, a program")
    page.get_by_label("Приложить файл").set_input_files(wrong)
    page.get_by_label("Тема вопроса").select_option(label="Показания счетчика")
    cabinet.press("Задать вопрос")
    cabinet.reads("Файл «Фото.jpg» поврежден или назван не своим именем.")
    expect(question).to_have_value("Почему в счете другие показания?\nФото приложено.")
    cabinet.look()

    right = tmp_path / "Счетчик в прихожей.png"
    page.screenshot(path=right)
    page.get_by_label("Приложить файл").set_input_files(right)
    cabinet.press("Задать вопрос")
    cabinet.reads("Ваше обращение зарегистрировано. Номер: ОБ-", "Счетчик в прихожей.png")
    number = page.locator("h1 .figure").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Счетчик в прихожей.png").click()
    assert right.name == download.value.suggested_filename
    assert right.read_bytes() == Path(download.value.path()).read_bytes()
    cabinet.look()

    operator_answers(cabinet, number, tmp_path / "inbox", right)
    page.goto(f"{card}/requests")
    cabinet.reads("Показания счетчика", "Закрыто", "Исправили: опечатка оператора.")
    cabinet.look()
    page.get_by_role("link", name=f"Открыть обращение {number}").click()
    page.get_by_label("Ваше сообщение").fill("Спасибо!")
    cabinet.press("Отправить")
    cabinet.reads("Сообщение отправлено.", "В работе", "Спасибо!")
    assert letter_about(cabinet, number)["text"].count(f"{cabinet.demo.url}/requests/") == 1


def letter_about(cabinet: Cabinet, number: str) -> dict[str, Any]:
    """Wait for the letter that names a request, and return it."""
    for _ in range(200):
        for letter in cabinet.demo.messages():
            if letter["recipient"] == cabinet.email and number in (letter["subject"] or ""):
                return letter
        cabinet.page.wait_for_timeout(100)
    message = f"no letter about {number} came to {cabinet.email}"
    raise AssertionError(message)


def operator_answers(cabinet: Cabinet, number: str, inbox: Path, photo: Path) -> None:
    """Take a request into work, look at its photo, answer and close it."""
    operate, of_demo = cabinet.demo.operate, ("--supplier", "demo")
    operate("requests", "take", number, *of_demo)
    cabinet.page.reload()
    cabinet.reads("В работе")
    saved = operate("requests", "files", number, *of_demo, "-o", str(inbox))
    assert photo.read_bytes() == Path(saved["files"][0]).read_bytes()
    operate("requests", "answer", number, *of_demo, "--text", "Исправили: опечатка оператора.")
    operate("requests", "close", number, *of_demo)
