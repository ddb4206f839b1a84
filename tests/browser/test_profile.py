"""The profile: one's own facts, the ways in, and where one is signed in."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.browser.cabinet import PASSWORD, Cabinet

from elkk_adapters.system import SystemClock
from elkk_core.testing.doubles import authenticator_code


def edit(cabinet: Cabinet, label: str) -> None:
    """Press the pencil of a group."""
    cabinet.page.get_by_role("link", name=f"Изменить: {label}").click()


def comes(cabinet: Cabinet, *, to: str, text: str) -> None:
    """Wait until an SMS with this text has come to a phone."""
    for _ in range(200):
        messages = cabinet.demo.messages()
        if any(message["recipient"] == to and text in message["text"] for message in messages):
            return
        cabinet.page.wait_for_timeout(100)
    problem = f"nothing like «{text}» came to {to}"
    raise AssertionError(problem)


@pytest.mark.manual("4.5.4-a")
def test_the_facts_of_a_user_are_edited_group_by_group(cabinet: Cabinet) -> None:
    """Each pencil opens a form with «Сохранить» and «Отмена»; phone and e-mail prove themselves."""
    page = cabinet.page
    cabinet.register()
    page.goto("/profile")
    cabinet.reads("Профиль пользователя", "не указан", "подтвержден", "не подтвержден")
    cabinet.look()

    edit(cabinet, "Личные данные")
    cabinet.reads("Редактирование личных данных")
    page.get_by_label("Отчество пользователя").fill("")
    page.get_by_label("Пол", exact=True).select_option(label="женский")
    page.get_by_label("Дата рождения").fill("1850-02-05")
    cabinet.press("Сохранить")
    cabinet.reads("Укажите дату рождения от")
    cabinet.look()
    page.get_by_label("Дата рождения").fill("2002-02-05")
    cabinet.press("Сохранить")
    cabinet.reads("Личные данные сохранены.", "Петрова Анна", "женский", "05.02.2002")
    edit(cabinet, "Личные данные")
    page.get_by_role("link", name="Отмена").click()
    cabinet.reads("Профиль пользователя")

    old, cabinet.phone = cabinet.phone, f"{cabinet.phone[:4]}9{cabinet.phone[5:]}"
    change_phone(cabinet)
    expect(page.locator("#phone")).to_contain_text(cabinet.phone[-2:])
    comes(cabinet, to=old, text="больше не для входа")

    edit(cabinet, "E-mail")
    page.get_by_label("Новый e-mail").fill(cabinet.email)
    page.get_by_label("Текущий пароль").fill(PASSWORD)
    cabinet.press("Сохранить")
    cabinet.reads(f"Новый адрес {cabinet.email} ждет подтверждения")
    cabinet.look()
    page.goto(cabinet.letter())
    cabinet.reads("E-mail подтвержден")
    page.goto("/profile")
    expect(page.locator("#email")).to_contain_text(cabinet.email)
    expect(page.get_by_text("не подтвержден")).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать мои данные").click()
    kept = json.loads(download.value.path().read_text("utf-8"))
    assert (cabinet.phone, "2002-02-05") == (kept["user"]["phone"], kept["user"]["born_on"])


def change_phone(cabinet: Cabinet) -> None:
    """Ask for the phone that the cabinet has by now, and prove it by its code."""
    page = cabinet.page
    edit(cabinet, "Мобильный телефон")
    page.get_by_label("Новый мобильный телефон").fill(cabinet.phone)
    page.get_by_label("Текущий пароль").fill("not this one")
    cabinet.press("Сохранить")
    cabinet.reads("Текущий пароль неверный")
    cabinet.look()
    page.get_by_label("Текущий пароль").fill(PASSWORD)
    cabinet.press("Сохранить")
    page.wait_for_url("**/profile/phone/code")
    cabinet.look()
    page.goto("/profile")
    cabinet.reads("ждет кода из SMS")
    cabinet.look()
    page.get_by_role("link", name="Ввести код").click()
    page.get_by_role("textbox", name="Код").fill(
        "000000" if cabinet.code() != "000000" else "000001"
    )
    cabinet.press("Подтвердить")
    cabinet.reads("Код неверный.")
    page.get_by_role("textbox", name="Код").fill(cabinet.code())
    cabinet.press("Подтвердить")
    cabinet.reads("Телефон изменен.")


def code_in(secret: str, *, steps: int = 0) -> str:
    """Return what an app with the secret shows now, or so many half minutes later."""
    return authenticator_code(
        secret.replace(" ", ""), SystemClock().now() + steps * timedelta(seconds=30)
    )


def test_an_app_opens_the_door_besides_the_password(cabinet: Cabinet) -> None:
    """An app is set up, asked for at the door, stood in for by a recovery code, and given up."""
    page = cabinet.page
    cabinet.register()
    page.goto("/profile/second-factor")
    page.get_by_label("Текущий пароль").fill(PASSWORD)
    cabinet.look()
    cabinet.press("Продолжить")
    cabinet.reads("Ключ, если снять квадрат нечем")
    cabinet.look()
    secret = page.locator(".secret-key").inner_text()
    square = Image.open(BytesIO(page.locator(".qr").screenshot()))
    assert f"secret={secret.replace(' ', '')}" in zxingcpp.read_barcodes(square)[0].text
    page.get_by_role("textbox", name="Код").fill(code_in(secret))
    cabinet.press("Включить")
    cabinet.reads("Запасные коды", "больше мы их не покажем")
    cabinet.look()
    recovery = page.locator(".codes__code").all_inner_texts()
    assert len(set(recovery)) == 10
    page.get_by_role("link", name="Готово").click()
    cabinet.reads("Включен: код из приложения", "Запасных кодов осталось: 10.")
    cabinet.look()

    cabinet.sign_out()
    cabinet.sign_in(cabinet.phone)
    page.wait_for_url("**/sign-in/code")
    cabinet.look()
    page.get_by_role("textbox", name="Код").fill("000000")
    cabinet.press("Войти")
    cabinet.reads("Код неверный.")
    cabinet.look()
    page.get_by_role("textbox", name="Код").fill(code_in(secret, steps=1))
    cabinet.press("Войти")
    cabinet.reads("Здравствуйте, Анна!")

    page.goto("/profile/second-factor")
    page.get_by_label("Текущий пароль").fill(PASSWORD)
    page.get_by_role("textbox", name="Код").fill(recovery[0].lower().replace("-", " "))
    cabinet.look()
    cabinet.press("Отключить")
    cabinet.reads("Вход по коду отключен.")


@pytest.mark.parametrize("width", [360], indirect=True)
def test_an_sms_opens_the_door_besides_the_password(cabinet: Cabinet) -> None:
    """The code comes to the phone, works without scripts' help, and remembering does not skip it."""
    page = cabinet.page
    cabinet.register()
    page.goto("/profile/second-factor")
    page.get_by_label("Из SMS").check()
    page.get_by_label("Текущий пароль").fill(PASSWORD)
    before = len(cabinet.codes())
    cabinet.press("Продолжить")
    page.get_by_role("textbox", name="Код").fill(cabinet.code(after=before))
    cabinet.look()
    cabinet.press("Включить")
    cabinet.reads("Запасные коды")
    recovery = page.locator(".codes__code").first.inner_text()
    cabinet.sign_out()

    page.goto("/sign-in")
    page.get_by_label("Запомнить").check()
    page.get_by_label("Телефон или E-mail").fill(cabinet.phone)
    page.get_by_label("Пароль").fill(PASSWORD)
    cabinet.press("Войти")
    page.wait_for_url("**/sign-in/code")
    cabinet.look()
    page.get_by_role("textbox", name="Код").fill(recovery)
    cabinet.press("Войти")
    cabinet.reads("Здравствуйте, Анна!")
    kept = {cookie["name"]: cookie["expires"] for cookie in page.context.cookies()}
    assert kept["elkk"] > 0
    page.goto("/profile/second-factor/off")
    cabinet.look()


def another_browser(cabinet: Cabinet, chromium: Browser) -> Page:
    """Return a page of another device in which the same user has signed in."""
    context = chromium.new_context(
        base_url=cabinet.demo.url,
        user_agent="Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 "
        "(KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
        locale="ru-RU",
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Телефон или E-mail").fill(cabinet.phone)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/cabinet")
    return page


@pytest.mark.parametrize("width", [360], indirect=True)
def test_sessions_are_listed_and_ended(cabinet: Cabinet, chromium: Browser) -> None:
    """Another device is known by its name and sent away; «Выйти везде» ends this one too."""
    page = cabinet.page
    cabinet.register()
    other = another_browser(cabinet, chromium)
    page.goto("/profile")
    page.emulate_media(color_scheme="dark")
    cabinet.reads("этот сеанс", "Chrome, Android")
    cabinet.look()
    page.get_by_role("button", name="Завершить Chrome, Android").click()
    cabinet.reads("Сеанс завершен.")
    other.goto("/profile")
    expect(other.get_by_text("Сеанс завершен. Войдите, пожалуйста, снова.")).to_be_visible()
    other.context.close()

    cabinet.press("Выйти везде")
    cabinet.reads("Вы вышли из личного кабинета на всех устройствах.")
    page.goto("/profile")
    page.wait_for_url("**/sign-in")
