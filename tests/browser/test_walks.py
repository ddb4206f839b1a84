"""What a household does in the cabinet, step by step, on a phone and on a desktop."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.cabinet import CODE_PAUSE_SECONDS, PASSWORD, Cabinet


@pytest.mark.manual("2-a")
@pytest.mark.manual("3.5-a")
def test_entry_page(cabinet: Cabinet) -> None:
    """The entry page has both tabs, the links to the site and the guide, and the way to support."""
    page = cabinet.page
    page.goto("/")
    page.wait_for_url("**/sign-in")
    cabinet.look()

    expect(page.get_by_role("link", name="Обратитесь в службу поддержки")).to_have_attribute(
        "href", re.compile("^mailto:.+@")
    )
    expect(page.get_by_role("heading", name="Официальные сайты")).to_be_visible()
    page.get_by_role("link", name="Инструкция пользователя").click()
    cabinet.reads("Как зарегистрироваться", "Как подключить лицевой счет")
    cabinet.look()
    page.go_back()
    page.get_by_role("link", name="Регистрация", exact=True).click()
    cabinet.look()
    expect(page.get_by_role("button", name="Продолжить")).to_be_visible()


@pytest.mark.manual("3.1-b")
@pytest.mark.manual("3.1-c")
def test_fields_of_registration_tell_their_state(cabinet: Cabinet) -> None:
    """A field is grey at first, orange while it is right and edited, red with a comment when wrong."""
    page = cabinet.page
    page.goto("/register")
    phone, comment = page.get_by_label("Мобильный телефон"), page.locator("#phone-comment")
    frame = "element => getComputedStyle(element).borderTopColor"
    untouched = phone.evaluate(frame)

    phone.fill("12")
    phone.blur()
    expect(comment).to_have_text("Введите номер телефона, например +7 916 123-45-67")
    expect(phone).to_have_attribute("aria-invalid", "true")
    wrong = phone.evaluate(frame)

    phone.fill("+7 916 123-45-67")
    expect(comment).to_be_hidden()
    edited = phone.evaluate(frame)
    phone.blur()

    assert len({untouched, wrong, edited}) == 3
    assert untouched == phone.evaluate(frame)

    password = page.get_by_label("Пароль", exact=False).first
    password.fill("open sesame")
    expect(password).to_have_attribute("type", "password")
    eye = page.get_by_role("button", name="Показать символы").first
    eye.click()
    expect(password).to_have_attribute("type", "text")
    cabinet.look()
    eye.click()
    expect(password).to_have_attribute("type", "password")


@pytest.mark.manual("3.1-a")
@pytest.mark.manual("3.1-c")
def test_the_server_checks_again(cabinet: Cabinet) -> None:
    """What slips past the browser is refused by the server, at the same fields, and kept."""
    page = cabinet.page
    cabinet.fill_registration()
    page.get_by_label("Повтор пароля").fill("another one")
    page.get_by_label("Фамилия").fill("")
    page.evaluate("document.querySelector('form[data-checked]').submit()")

    expect(page.get_by_role("alert")).to_contain_text("Фамилия: Обязательно для заполнения")
    expect(page.get_by_role("alert")).to_contain_text("Не совпадает с паролем")
    expect(page.get_by_label("Имя")).to_have_value("Анна")
    expect(page.get_by_label("Пароль", exact=False).first).to_have_value("")
    cabinet.look()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("Фамилия")).to_be_focused()


@pytest.mark.manual("3.1-e")
@pytest.mark.manual("3.1-f")
@pytest.mark.manual("3.1-g")
@pytest.mark.manual("3.2-a")
@pytest.mark.manual("3.4-a")
@pytest.mark.manual("4.1-a")
def test_registration_and_sign_in(cabinet: Cabinet) -> None:
    """A new user registers by an SMS, is welcomed, signs out and in again by phone."""
    page = cabinet.page
    cabinet.fill_registration()
    expect(page.get_by_role("link", name="Пользовательское соглашение").first).to_be_visible()
    cabinet.press("Продолжить")
    page.wait_for_url("**/register/code")
    cabinet.reads("•••-••-" + cabinet.phone[-2:])
    expect(page.get_by_role("button", name="Выслать код повторно")).to_be_disabled()
    cabinet.look()

    page.get_by_label("Код").fill("000000" if cabinet.code() != "000000" else "000001")
    cabinet.press("Войти")
    cabinet.reads("Код неверный.")
    cabinet.look()
    page.get_by_label("Код").fill(cabinet.code())
    cabinet.press("Войти")

    cabinet.reads("Поздравляем, теперь Вы можете пользоваться личным кабинетом!")
    cabinet.look()
    page.get_by_role("link", name="Закрыть").click()
    cabinet.reads("Здравствуйте, Анна!", "Возьмите любую квитанцию")
    cabinet.look()

    cabinet.sign_out()
    cabinet.reads("Вы вышли из личного кабинета.")
    cabinet.sign_in(f"8 {cabinet.phone[2:]}")
    cabinet.reads("Здравствуйте, Анна!")
    page.locator("details.menu > summary").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Профиль")).to_be_visible()
    cabinet.look()


@pytest.mark.manual("3.2-a")
def test_a_remembered_sign_in_outlives_the_window(cabinet: Cabinet) -> None:
    """With «Запомнить» the browser keeps the cookie, without it the cookie goes with the window."""
    context = cabinet.page.context
    cabinet.sign_in(cabinet.demo.login, cabinet.demo.password)
    cabinet.page.wait_for_url(re.compile("/(cabinet|accounts)"))
    passing = {cookie["name"]: cookie["expires"] for cookie in context.cookies()}
    context.clear_cookies()

    cabinet.page.goto("/sign-in")
    cabinet.page.get_by_label("Запомнить").check()
    cabinet.page.get_by_label("Телефон или E-mail").fill(cabinet.demo.login)
    cabinet.page.get_by_label("Пароль").fill(cabinet.demo.password)
    cabinet.press("Войти")
    cabinet.page.wait_for_url(re.compile("/(cabinet|accounts)"))
    kept = {cookie["name"]: cookie["expires"] for cookie in context.cookies()}

    assert passing["elkk"] == -1
    assert kept["elkk"] > 0


@pytest.mark.manual("3.2-b")
def test_a_wrong_password_is_told(cabinet: Cabinet) -> None:
    """The comment does not say whether the phone is known, and the way out is there."""
    cabinet.sign_in(cabinet.demo.login, "certainly wrong")

    cabinet.reads("Неверный логин или пароль.")
    expect(cabinet.page.get_by_label("Телефон или E-mail")).to_have_value(cabinet.demo.login)
    cabinet.look()


@pytest.mark.manual("3.1-f")
def test_a_code_is_sent_again(cabinet: Cabinet) -> None:
    """The button counts the seconds down, then sends another code, and only that one works."""
    page = cabinet.page
    cabinet.fill_registration()
    cabinet.press("Продолжить")
    page.wait_for_url("**/register/code")
    first = cabinet.code()
    again = page.get_by_role("button", name="Выслать код повторно")
    expect(again).to_be_disabled()

    expect(again).to_be_enabled(timeout=(CODE_PAUSE_SECONDS + 10) * 1000)
    again.click()
    cabinet.reads("Новый код выслан.")
    second = cabinet.code(after=1)
    page.get_by_label("Код").fill(first if first != second else "000000")
    cabinet.press("Войти")
    cabinet.reads("Код неверный.")
    page.get_by_label("Код").fill(second)
    cabinet.press("Войти")
    page.wait_for_url("**/cabinet/welcome")


@pytest.mark.manual("3.3-a")
@pytest.mark.manual("3.3-b")
@pytest.mark.manual("3.3-c")
def test_a_forgotten_password(cabinet: Cabinet) -> None:
    """A code by SMS and a new password; the user signs in anew with it."""
    page = cabinet.page
    cabinet.register()
    cabinet.sign_out()
    page.get_by_role("link", name="Восстановить пароль").click()
    cabinet.look()
    page.get_by_label("Телефон или E-mail").fill(cabinet.phone)
    cabinet.pass_captcha()
    cabinet.press("Восстановить")
    cabinet.reads("Новый можно запросить через минуту.")
    cabinet.look()

    page.wait_for_timeout(CODE_PAUSE_SECONDS * 1000)
    # The box was ticked before, and is worked for again by itself.
    expect(page.get_by_text("Проверка пройдена")).to_be_visible()
    cabinet.press("Восстановить")
    page.wait_for_url("**/recovery/code")
    cabinet.reads("•••-••-" + cabinet.phone[-2:])
    cabinet.look()
    page.get_by_label("Новый пароль").fill("eight quiet meters")
    page.get_by_label("Повтор пароля").fill("eight quiet meters")
    page.get_by_label("Код").fill(cabinet.code(after=1))
    cabinet.press("Подтвердить")
    cabinet.reads("Пароль успешно изменен")
    cabinet.look()
    page.get_by_role("link", name="Закрыть").click()
    cabinet.sign_in(cabinet.phone, "eight quiet meters")
    cabinet.reads("Здравствуйте, Анна!")


@pytest.mark.manual("3.1-h")
@pytest.mark.manual("4.5.4-a")
def test_the_email_is_confirmed_by_its_letter(cabinet: Cabinet) -> None:
    """The link of the letter confirms the e-mail, which then opens the door; the profile shows it."""
    page = cabinet.page
    cabinet.register()
    page.goto("/profile")
    cabinet.reads("не подтвержден")
    cabinet.look()

    page.goto(cabinet.letter())
    cabinet.reads("E-mail подтвержден")
    cabinet.look()
    page.goto("/profile")
    expect(page.get_by_text("не подтвержден")).to_have_count(0)
    cabinet.sign_out()
    cabinet.sign_in(cabinet.email)
    page.wait_for_url("**/cabinet")


@pytest.mark.manual("4.1-b")
@pytest.mark.manual("4.1-c")
@pytest.mark.manual("4.1-e")
def test_linking_accounts(cabinet: Cabinet) -> None:
    """A wrong amount is refused, the right one links; several accounts stand in the column."""
    page = cabinet.page
    first, second = cabinet.demo.link[:2]
    cabinet.register()
    cabinet.start_linking(first["number"], first["supplier"])
    page.wait_for_url("**/accounts/link/question")
    cabinet.reads("Введите сумму «Итого по счету» или «Итого переплата»", "Например, 1500,00")
    cabinet.look()
    page.get_by_label("Ответ").fill("999999,99")
    cabinet.press("Подтвердить")
    cabinet.reads("Ответ не подошел.")
    cabinet.look()
    page.get_by_label("Ответ").fill(first["answer"])
    cabinet.press("Подтвердить")
    cabinet.reads("Лицевой счет подключен", first["number"])

    cabinet.link(second)

    expect(page.locator(".account")).to_have_count(2)
    cabinet.start_linking(first["number"], first["supplier"])
    cabinet.reads(f"Лицевой счет {first['number']} у Вас уже подключен.")


@pytest.mark.manual("4.4-a")
@pytest.mark.manual("4.4.3.2-a")
@pytest.mark.manual("4.4.4.2-a")
@pytest.mark.manual("4.4.4.2.1-a")
@pytest.mark.manual("4.4.4.2.3-a")
@pytest.mark.manual("4.4.4.2.4-a")
def test_a_month_of_a_household(cabinet: Cabinet) -> None:
    """Readings go in where the window is open, and wait where it is closed; bills unfold and print."""
    page = cabinet.page
    cabinet.register()
    cabinet.link(cabinet.demo.account("closed_window"))
    page.locator(".panel").get_by_role("link", name="Передать показания").click()
    cabinet.reads("Сейчас показания передать нельзя", "Прием откроется")
    cabinet.look()

    cabinet.link(cabinet.demo.account("open_window"))
    card = page.url.partition("?")[0]
    page.locator(".panel").get_by_role("link", name="Передать показания").click()
    cabinet.reads("Прием показаний открыт до")
    cabinet.look()
    submit_readings(cabinet)
    page.goto(f"{card}?period=12")
    bill_unfolds_and_prints(cabinet)


@pytest.mark.manual("4.4.4.2.1-a")
@pytest.mark.parametrize("width", [360], indirect=True)
def test_a_reading_becomes_a_bill(cabinet: Cabinet) -> None:
    """After the operator's billing run the month has a bill of exactly what was submitted."""
    page = cabinet.page
    cabinet.register()
    cabinet.link(cabinet.demo.account("open_window"))
    card = page.url.partition("?")[0]
    page.locator(".panel").get_by_role("link", name="Передать показания").click()
    submit_readings(cabinet)
    page.goto(card)
    expect(page.locator(".months > details").first).to_contain_text("будут учтены в счете за")
    month = page.locator(".months > details").first.locator("summary").first.inner_text()
    number = [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ].index(month.split()[0].lower()) + 1

    report = cabinet.demo.operate(
        "bill", "run", f"{month.split()[1]}-{number:02}", "--supplier", "demo"
    )

    assert report["issued"] >= 1
    page.goto(f"{card}?kind=bills")
    bill = page.locator(".months > details").first
    expect(bill).to_contain_text(f"Квитанция за {month.lower()}")
    bill.locator("details > summary").first.click()
    bill.get_by_text("Детализация").click()
    bill.locator(".view--lines details > summary").first.click()
    expect(bill).to_contain_text(re.compile(r"Расход\s*7\s*кВт·ч"))
    cabinet.look()


def submit_readings(cabinet: Cabinet) -> None:
    """Send letters first, then figures a little above the previous readings: too little, says elkk.

    Another test may have sent them before: then they are corrected.
    """
    page = cabinet.page
    cabinet.reads("Прием показаний открыт до")
    for link in page.get_by_role("link", name="Исправить").all():
        link.click()
        cabinet.reads("Исправление показаний")
    fields = page.locator("main input.input--figure")
    for number in range(fields.count()):
        fields.nth(number).fill("много")
    page.evaluate("document.querySelector('main form[data-checked]').submit()")
    cabinet.reads("Введите показание цифрами")
    cabinet.look()
    for number in range(fields.count()):
        hint = page.locator("main .hint").nth(number).inner_text()
        figure = re.search(r":\s*([\d\s\N{NO-BREAK SPACE}]+)", hint)
        assert figure is not None
        previous = int(re.sub(r"\D", "", figure.group(1)))
        fields.nth(number).fill(str(previous + 7))
    page.locator("main form[data-preview] .button").click()
    cabinet.reads("Это намного меньше обычного", "Если все верно, отправьте их еще раз.")
    cabinet.look()
    page.locator("main form[data-preview] .button").click()
    cabinet.reads("и будут учтены в счете за")
    cabinet.look()


def bill_unfolds_and_prints(cabinet: Cabinet) -> None:
    """Unfold the latest bill, see its sums and its lines, and get it as PDF."""
    page = cabinet.page
    page.locator(".months > details").first.wait_for()
    page.evaluate("document.querySelectorAll('.months > details').forEach(it => it.open = true)")
    bill = page.locator("details.fold .fold", has=page.locator(".views")).first
    bill.locator("summary").first.click()
    expect(bill.get_by_text("Всего начислено за текущий период")).to_be_visible()
    cabinet.look()
    bill.get_by_text("Детализация").click()
    expect(bill.get_by_text("Всего начислено за текущий период")).to_be_hidden()
    line = bill.locator(".view--lines details > summary").first
    line.click()
    expect(bill.get_by_text("Расход").first).to_be_visible()
    cabinet.look()

    link = bill.get_by_role("link", name="Печать квитанции").get_attribute("href")
    assert link is not None
    answer = page.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")

    page.get_by_role("link", name="Оплаты").click()
    cabinet.look()


@pytest.mark.manual("4.4.4.3-a")
@pytest.mark.manual("4.4.4.2.1-a")
def test_the_account_of_the_manual(cabinet: Cabinet) -> None:
    """The demo's user finds the manual's own account with its figures, meter and tariff history."""
    page = cabinet.page
    cabinet.sign_in(cabinet.demo.login, cabinet.demo.password)
    cabinet.open_first_account()
    cabinet.look()
    account = page.locator(".accounts a", has_text="Центральная").get_attribute("href")
    page.goto(f"{account}?period=all&kind=bills")
    january = page.locator(".months > details", has_text="Январь 2020")
    january.evaluate("month => month.open = true")
    january.locator("details > summary").first.click()
    for figure in ("19,85", "643,20", "665,60", "2,55"):
        expect(january).to_contain_text(figure)
    cabinet.look()

    page.get_by_role("link", name="Реквизиты ЛС").click()
    page.locator("details", has_text="История тарифов").locator("summary").last.click()
    for fact in ("15.11.2006", "5,0", "15.11.2022", "2,46", "2,77", "01.07.2016"):
        expect(page.locator("main")).to_contain_text(fact)
    cabinet.look()


def test_the_password_is_changed_in_the_profile(cabinet: Cabinet) -> None:
    """The present password is asked for; after the change the new one opens the door."""
    page = cabinet.page
    cabinet.register()
    page.goto("/profile")
    page.get_by_role("link", name="Изменить: Пароль").click()
    page.get_by_label("Текущий пароль").fill("not this one")
    page.get_by_label("Новый пароль").fill("eight quiet meters")
    page.get_by_label("Повтор пароля").fill("eight quiet meters")
    cabinet.press("Сохранить")
    cabinet.reads("Текущий пароль неверный")
    cabinet.look()
    page.get_by_label("Текущий пароль").fill(PASSWORD)
    page.get_by_label("Новый пароль").fill("eight quiet meters")
    page.get_by_label("Повтор пароля").fill("eight quiet meters")
    cabinet.press("Сохранить")
    cabinet.reads("Пароль успешно изменен")
    cabinet.sign_out()
    cabinet.sign_in(cabinet.phone, "eight quiet meters")
    cabinet.reads("Здравствуйте, Анна!")


def test_the_cabinet_in_english(cabinet: Cabinet) -> None:
    """One press turns the cabinet to English, and it stays so after signing in."""
    page = cabinet.page
    page.goto("/register")
    cabinet.press("EN")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    cabinet.reads("By pressing “Continue” you accept the")
    cabinet.look()
    page.get_by_role("link", name="User guide").first.click()
    cabinet.look()
    page.goto("/demo/outbox")
    cabinet.look()


def test_without_scripts(cabinet: Cabinet) -> None:
    """Where no script runs, signing in, the menu, the folds and the filter work all the same."""
    browser = cabinet.page.context.browser
    assert browser is not None
    context = browser.new_context(
        base_url=cabinet.demo.url,
        java_script_enabled=False,
        viewport=cabinet.page.viewport_size,
        locale="ru-RU",
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Телефон или E-mail").fill(cabinet.demo.login)
    page.get_by_label("Пароль").fill(cabinet.demo.password)
    page.get_by_role("button", name="Войти").click()
    # What is unread comes first.
    page.wait_for_url("**/cabinet")
    page.get_by_role("link", name="Перейти к лицевому счету").click()
    page.get_by_label("Период").select_option(label="За все время")
    page.get_by_role("button", name="Показать").click()
    page.wait_for_url(re.compile("period=all"))
    month = page.locator(".months > details").first
    expect(month.locator(".fold__body").first).to_be_visible()
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Выход").click()
    page.wait_for_url("**/sign-in")
    context.close()


def test_dark_colours(cabinet: Cabinet) -> None:
    """In dark colours every page keeps its contrast."""
    page = cabinet.page
    page.emulate_media(color_scheme="dark")
    page.goto("/register")
    cabinet.look()
    page.evaluate("document.querySelector('form[data-checked]').submit()")
    expect(page.get_by_role("alert")).to_be_visible()
    cabinet.look()
    cabinet.sign_in(cabinet.demo.login, cabinet.demo.password)
    cabinet.open_first_account()
    cabinet.look()
    page.get_by_role("link", name="Реквизиты ЛС").click()
    cabinet.look()
