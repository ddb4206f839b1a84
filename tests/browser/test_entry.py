"""The entry page in a browser: states of fields, «Я не робот», recovery by e-mail, leaving."""

import re
import time

import pytest
from playwright.sync_api import Page, Response, expect
from tests.browser.cabinet import CODE_PAUSE_SECONDS, PASSWORD, Cabinet

LIGHTEST = 60_000
GREY, ORANGE, RED = "--field-line", "--field-active", "--bad"


def colours(page: Page, label: str) -> tuple[str, str]:
    """Return the colours of the frame of a field and of its comment, the latter "" if there is none."""
    field = page.get_by_label(label, exact=True)
    frame, comment = field.evaluate(
        """field => {
            const comment = document.getElementById(`${field.id}-comment`);
            return [
                getComputedStyle(field).borderTopColor,
                comment.checkVisibility() ? getComputedStyle(comment).color : "",
            ];
        }"""
    )
    return str(frame), str(comment)


def colour(page: Page, name: str) -> str:
    """Return a colour of the stylesheet as the browser computes it."""
    return str(
        page.evaluate(
            """name => {
                const probe = document.body.appendChild(document.createElement("i"));
                probe.style.color = `var(${name})`;
                const found = getComputedStyle(probe).color;
                probe.remove();
                return found;
            }""",
            name,
        )
    )


@pytest.mark.manual("3.1-a")
@pytest.mark.manual("3.1-b")
@pytest.mark.manual("3.1-c")
def test_states_of_a_field(cabinet: Cabinet) -> None:
    """Light grey, red with a comment while wrong, orange while right, grey again when left."""
    page = cabinet.page
    page.goto("/register")
    grey, orange, red = (colour(page, name) for name in (GREY, ORANGE, RED))
    phone = "Мобильный телефон *"
    field = page.get_by_label(phone, exact=True)
    assert colours(page, phone) == (grey, "")

    field.press_sequentially("8 916")
    expect(page.get_by_text("Введите номер телефона, например")).to_be_visible()
    assert colours(page, phone) == (red, red)
    cabinet.look()
    field.press_sequentially(" 123-45-67")
    expect(page.get_by_text("Введите номер телефона, например")).to_be_hidden()
    assert colours(page, phone) == (orange, "")
    cabinet.look()
    field.blur()
    assert colours(page, phone) == (grey, "")

    page.get_by_label("Имя *", exact=True).fill("Анна 2")
    page.get_by_label("Имя *", exact=True).blur()
    assert colours(page, "Имя *") == (red, red)
    # The server says the same of what a browser without scripts would send.
    page.evaluate("document.querySelector('form[data-checked]').submit()")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("E-mail *", exact=True).focus()
    assert colours(page, "Имя *") == (red, red)
    assert colours(page, phone) == (grey, "")
    cabinet.look()


@pytest.mark.manual("3.1-d")
def test_the_check_of_the_browser(cabinet: Cabinet) -> None:
    """The box has to be ticked, the sign appears, and all of that weighs little."""
    page = cabinet.page
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 - A method of a list cannot be wrapped.
    cabinet.fill_registration()
    cabinet.look()
    page.get_by_label("Я не робот").uncheck()
    expect(page.get_by_text("Проверка пройдена")).to_have_count(0)

    cabinet.press("Продолжить")
    expect(page.get_by_text("Подтвердите, что Вы не робот")).to_be_visible()
    expect(page.get_by_label("Я не робот")).to_be_focused()
    cabinet.look()
    page.get_by_label("Я не робот").check()
    # Pressed while the browser still works: the form goes as soon as it is done.
    cabinet.press("Продолжить")
    page.wait_for_url("**/register/code")

    weights = {
        response.url: sum(
            response.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")
        )
        for response in loaded
        if not response.url.endswith("/register/code")
    }
    assert any("captcha-worker" in url for url in weights), weights
    assert sum(weights.values()) < LIGHTEST, weights


@pytest.mark.manual("3.1-d")
@pytest.mark.parametrize("width", [360], indirect=True)
def test_the_check_without_scripts(cabinet: Cabinet) -> None:
    """Where no script runs, and where the work fails, a question in words takes its place."""
    page = cabinet.page
    page.route("**/captcha", lambda route: route.abort())
    page.goto("/recovery")
    page.get_by_label("Телефон или E-mail").fill(cabinet.phone)
    page.get_by_label("Я не робот").click()
    expect(page.get_by_label("Сколько будет")).to_be_focused()
    cabinet.look()
    # The browser tells in its console of what it could not load, as it should.
    cabinet.complaints.clear()

    assert page.context.browser is not None
    context = page.context.browser.new_context(
        base_url=cabinet.demo.url,
        java_script_enabled=False,
        viewport=page.viewport_size,
        locale="ru-RU",
    )
    plain = context.new_page()
    plain.goto("/recovery")
    expect(plain.get_by_label("Я не робот")).to_be_hidden()
    plain.get_by_label("Телефон или E-mail").fill(cabinet.phone)
    plain.get_by_label("Сколько будет").fill("99")
    plain.get_by_role("button", name="Восстановить").click()
    expect(plain.get_by_role("alert")).to_contain_text("Подтвердите, что Вы не робот")
    answer_in_words(plain)
    plain.get_by_role("button", name="Восстановить").click()
    plain.wait_for_url("**/recovery/code")
    context.close()


def answer_in_words(page: Page) -> None:
    """Do the sum that the form asks for."""
    numbers = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
    asked = re.search(r"(\w+) (плюс|минус) (\w+)", page.locator("label[for=reply]").inner_text())
    assert asked is not None
    first, second = numbers.index(asked[1]), numbers.index(asked[3])
    page.get_by_label("Сколько будет").fill(
        str(first + second if asked[2] == "плюс" else first - second)
    )


@pytest.mark.manual("3.3-a")
@pytest.mark.manual("3.3-b")
@pytest.mark.manual("3.3-c")
@pytest.mark.parametrize("width", [360], indirect=True)
def test_a_forgotten_password_by_email(cabinet: Cabinet) -> None:
    """The letter's link leads to the form; an address of nobody gets the same page and no letter."""
    page = cabinet.page
    cabinet.register()
    page.goto(cabinet.letter())
    cabinet.reads("E-mail подтвержден")
    cabinet.sign_out()

    for email in ("nobody@tambov-post.ru", cabinet.email):
        page.get_by_role("link", name="Восстановить пароль").click()
        page.get_by_label("Телефон или E-mail").fill(email)
        cabinet.pass_captcha()
        cabinet.press("Восстановить")
        cabinet.reads(f"Если адрес {email} подтвержден в личном кабинете")
        cabinet.look()
        page.get_by_role("link", name="Закрыть").click()
    page.goto(cabinet.letter("recovery/link"))
    page.wait_for_url("**/recovery/password")
    cabinet.look()
    page.get_by_label("Новый пароль").fill("eight quiet meters")
    page.get_by_label("Повтор пароля").fill("eight quiet meters")
    cabinet.press("Подтвердить")
    cabinet.reads("Пароль успешно изменен")
    page.goto(cabinet.letter("recovery/link"))
    cabinet.reads("По этой ссылке пароль уже изменен.")
    cabinet.look()
    cabinet.sign_in(cabinet.email, "eight quiet meters")
    cabinet.reads("Здравствуйте, Анна!")
    assert not [m for m in cabinet.demo.messages() if m["recipient"] == "nobody@tambov-post.ru"]


@pytest.mark.manual("3.1-i")
@pytest.mark.parametrize("width", [1280], indirect=True)
def test_leaving_and_coming_back(cabinet: Cabinet) -> None:
    """The page says what goes and what stays; after the password the phone may register again."""
    page = cabinet.page
    cabinet.register()
    registered_at = time.monotonic()
    page.goto("/profile")
    page.get_by_role("link", name="Удалить учетную запись").click()
    cabinet.reads("Что будет удалено", "Что останется у поставщика")
    page.get_by_label("Пароль").fill("not this one")
    cabinet.press("Удалить учетную запись")
    cabinet.reads("Текущий пароль неверный")
    cabinet.look()
    page.get_by_label("Пароль").fill(PASSWORD)
    cabinet.press("Удалить учетную запись")
    cabinet.reads("Учетная запись удалена")
    cabinet.look()
    page.goto("/profile")
    page.wait_for_url("**/sign-in")
    cabinet.sign_in(cabinet.phone)
    cabinet.reads("Неверный логин или пароль.")

    pause = registered_at + CODE_PAUSE_SECONDS - time.monotonic()
    page.wait_for_timeout(max(pause, 0) * 1000)
    before = len(cabinet.codes())
    cabinet.fill_registration()
    cabinet.press("Продолжить")
    page.wait_for_url("**/register/code")
    page.get_by_label("Код").fill(cabinet.code(after=before))
    cabinet.press("Войти")
    page.wait_for_url("**/cabinet/welcome")
