"""What the pages of each room say and do."""

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve
from flask.testing import FlaskClient
from tests.unit.web.household import (
    BILL,
    CLOSED_ACCOUNT,
    OPEN_ACCOUNT,
    PASSWORD,
    Household,
)

from elkk_adapters.readiness import DatabaseUnreachable
from elkk_core.identity import Language
from elkk_core.metering import ReadingSource
from elkk_core.shared import ReadingId, Traits, Zone
from elkk_core.testing.builders import a_meter, a_rate, an_account
from elkk_core.testing.stores import keep

NEW = {
    "surname": "Сидорова",
    "given": "Мария",
    "patronymic": "",
    "phone": "8 (903) 765-43-21",
    "email": "maria@tambov-post.ru",
    "password": "three random words",
    "repeat": "three random words",
    "consent": "yes",
}


def seen(text: str) -> str:
    """Return the text of a page as it is read: without tags, with plain blanks."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\N{NO-BREAK SPACE}", " ").split())


# Entry


@pytest.mark.manual("2-a")
@pytest.mark.manual("3.5-a")
def test_entry_page(household: Household) -> None:
    """The entry page has both tabs, the supplier's site, the guide and the way to support."""
    page = household.get(household.client(), "/", follow_redirects=True).text

    for label in ("Вход", "Регистрация", "Телефон или E-mail", "Запомнить", "Восстановить пароль"):
        assert label in seen(page)
    assert 'href="https://tsna.example"' in page
    assert "Инструкция пользователя" in page
    assert "Не получилось войти или зарегистрироваться?" in page
    assert "mailto:help@tsna.example" in page


@pytest.mark.manual("3.1-a")
@pytest.mark.manual("3.1-e")
def test_registration_form(household: Household) -> None:
    """Required fields are marked, and the agreement that is accepted is linked."""
    page = household.get(household.client(), "/register").text

    for label in ("Фамилия *", "Имя *", "Мобильный телефон *", "E-mail *", "Повтор пароля *"):
        assert label in seen(page)
    assert "Отчество *" not in seen(page)
    assert (
        "Нажимая кнопку «Продолжить», Вы принимаете Пользовательское соглашение "
        "и даете согласие на обработку персональных данных"
    ) in seen(page)


def test_a_refused_registration_keeps_what_was_typed_but_passwords(household: Household) -> None:
    """Every fault is told at its field and above; passwords have to be typed anew."""
    typed = NEW | {"phone": "123", "repeat": "three random birds"}
    answer = household.post(household.client(), "/register", **typed)
    page = answer.text

    assert answer.status_code == 422
    assert 'value="Сидорова"' in page
    assert 'value="123"' in page
    assert "three random words" not in page
    assert 'href="#phone"' in page
    assert "Введите номер телефона" in page
    assert "Не совпадает с паролем" in page
    assert "<title>Ошибка: Регистрация" in page


@pytest.mark.manual("3.1-f")
@pytest.mark.manual("3.1-g")
def test_registration_from_form_to_welcome(household: Household) -> None:
    """A code goes to the masked phone; a wrong one counts; the right one lets the user in."""
    client = household.client()

    first = household.post(client, "/register", **NEW)
    page = household.get(client, first.headers["Location"]).text
    assert "Вам выслан код на номер +7 (903) •••-••-21" in seen(page)
    assert "7654321" not in page

    wrong = household.post(client, "/register/code", code="999999")
    assert wrong.status_code == 422
    assert "Осталось: 4 попытки." in seen(wrong.text)

    right = household.post(client, "/register/code", code=household.secrets.codes[-1])
    welcome = household.get(client, right.headers["Location"]).text
    assert "Поздравляем, теперь Вы можете пользоваться личным кабинетом!" in welcome
    assert "письмо для подтверждения адреса электронной почты" in welcome
    assert "Здравствуйте, Мария!" in household.get(client, "/cabinet").text


def test_the_code_is_sent_again_after_a_pause(household: Household) -> None:
    """Too early is told as such; a minute later another code goes out and works."""
    client = household.client()
    household.post(client, "/register", **NEW)

    early = household.post(client, "/register/code/again", form_at="/register/code")
    assert early.status_code == 429
    assert "Новый можно запросить через минуту" in early.text

    household.clock.advance(timedelta(seconds=61))
    household.post(client, "/register/code/again", form_at="/register/code")
    assert "Новый код выслан" in household.get(client, "/register/code").text
    answer = household.post(client, "/register/code", code=household.secrets.codes[-1])
    assert answer.headers["Location"] == "/cabinet/welcome"


@pytest.mark.parametrize("path", ["/register/code", "/recovery/code", "/accounts/link/question"])
def test_a_second_step_without_the_first_leads_back(
    household: Household, browser: FlaskClient, path: str
) -> None:
    """Steps are taken in order: whoever comes from nowhere begins at the beginning."""
    assert household.get(browser, path).status_code == 302
    assert household.get(browser, path).headers["Location"] == path.rpartition("/")[0]


@pytest.mark.manual("3.2-b")
def test_a_wrong_sign_in_does_not_tell_who_is_a_user(household: Household) -> None:
    """A wrong password and an unknown phone read the same."""
    pages = [
        household.post(household.client(), "/sign-in", login=login, password="not this one")
        for login in ("+7 916 123-45-67", "+7 999 999-99-99")
    ]

    assert [422, 422] == [page.status_code for page in pages]
    told = [re.search(r'role="alert".*?</ul>', page.text, re.DOTALL) for page in pages]
    assert told[0] is not None
    assert told[1] is not None
    assert told[0].group() == told[1].group()


def test_too_many_wrong_passwords_make_one_wait(household: Household) -> None:
    """The eleventh try in a quarter of an hour is not even looked at."""
    client = household.client()
    for _ in range(10):
        household.post(client, "/sign-in", login="+79161234567", password="wrong")

    answer = household.post(client, "/sign-in", login="+79161234567", password=PASSWORD)

    assert answer.status_code == 429
    assert "Слишком много неверных паролей" in answer.text


def test_recovery_by_phone(household: Household) -> None:
    """The code of an SMS and a new password let the user sign in anew; other sessions end."""
    other, client = household.signed_in(), household.client()

    household.post(client, "/recovery", contact="8 916 1234567")
    page = household.get(client, "/recovery/code").text
    assert "+7 (916) •••-••-67" in seen(page)
    answer = household.post(
        client,
        "/recovery/code",
        code=household.secrets.codes[-1],
        password="quite another one",
        repeat="quite another one",
    )

    assert "Пароль успешно изменен" in household.get(client, answer.headers["Location"]).text
    assert household.get(other, "/profile").status_code == 302
    again = household.post(client, "/sign-in", login="+79161234567", password="quite another one")
    assert again.status_code == 302


def test_recovery_of_an_unknown_phone_looks_the_same(household: Household) -> None:
    """Nobody learns from the recovery who is a user."""
    client = household.client()

    answer = household.post(client, "/recovery", contact="+7 999 999-99-99")

    assert answer.headers["Location"] == "/recovery/code"
    assert "Если номер +7 (999) •••-••-99 зарегистрирован" in seen(
        household.get(client, "/recovery/code").text
    )


@pytest.mark.manual("3.1-h")
def test_the_letter_confirms_the_email(household: Household, browser: FlaskClient) -> None:
    """The link of a letter asks for a press, confirms, and opens the door by e-mail."""
    household.post(browser, "/profile/email-letter", form_at="/profile")
    path = f"/confirm-email/{household.secrets.tokens[-1]}"
    assert "не подтвержден" in household.get(browser, "/profile").text

    answer = household.post(household.client(), path)

    assert answer.headers["Location"] == "/email-confirmed"
    assert "не подтвержден" not in household.get(browser, "/profile").text
    by_email = household.post(
        household.client(), "/sign-in", login="petrova@tambov-post.ru", password=PASSWORD
    )
    assert by_email.status_code == 302


@pytest.mark.manual("3.1-h")
def test_an_old_letter_says_so(household: Household, browser: FlaskClient) -> None:
    """After 60 hours the link says that it has expired and where to ask for another."""
    household.post(browser, "/profile/email-letter", form_at="/profile")
    household.clock.advance(timedelta(hours=61))

    answer = household.post(household.client(), f"/confirm-email/{household.secrets.tokens[-1]}")

    assert answer.status_code == 422
    assert "Срок действия ссылки истек" in answer.text
    assert "запросите новое письмо в профиле" in answer.text


# Accounts


@pytest.mark.manual("4.1-a")
def test_the_start_page_without_accounts(household: Household) -> None:
    """A user without accounts is shown how to link one; one with accounts sees the first."""
    client = household.client()
    household.post(client, "/register", **NEW)
    household.post(client, "/register/code", code=household.secrets.codes[-1])

    assert "Возьмите любую квитанцию" in household.get(client, "/cabinet").text
    known = household.get(household.signed_in(), "/cabinet")
    assert known.headers["Location"].startswith("/accounts/")


def linking(household: Household, browser: FlaskClient, number: str, answer: str) -> str:
    """Return the last page of an attempt to link an account."""
    page = household.get(browser, "/accounts/link").text
    supplier = re.search(r'<option value="([0-9a-f-]{36})"', page)
    assert supplier is not None
    first = household.post(
        browser,
        "/accounts/link",
        supplier=supplier.group(1),
        number=number,
        relation="owner",
        bills_by_email="y",
    )
    if first.status_code != 302:
        return first.text
    last = household.post(browser, "/accounts/link/question", answer=answer)
    return household.get(browser, last.location).text if last.location else last.text


@pytest.mark.manual("4.1-b")
@pytest.mark.manual("4.1-c")
@pytest.mark.manual("4.1-e")
def test_linking_by_the_amount_of_a_bill(household: Household, browser: FlaskClient) -> None:
    """The printed amount links an account, a neighbour's too, and it stands in the list."""
    page = linking(household, browser, "6800 9999 9999", "1 500,00")

    assert "Лицевой счет подключен 680099999999 · Чужой адрес" in seen(page)
    assert '<h3 class="group__name">Чужой адрес</h3>' in page


@pytest.mark.manual("4.1-c")
def test_an_unknown_account_reads_as_a_wrong_answer() -> None:
    """Nobody learns from the question which accounts there are."""

    def read(number: str) -> list[str]:
        household = Household()
        browser = household.signed_in()
        return [
            seen(linking(household, browser, number, "1,00")).replace(number, "N") for _ in range(6)
        ]

    strange, unknown = read("680099999999"), read("680011112222")

    assert "Ответ не подошел" in strange[0]
    assert "Слишком много неверных ответов" in strange[-1]
    assert strange == unknown


def test_an_account_is_linked_once(household: Household, browser: FlaskClient) -> None:
    """Linking again is refused at the number, with the way to the account."""
    page = linking(household, browser, "680012345678", "0")

    assert "Лицевой счет 680012345678 у Вас уже подключен." in seen(page)


def test_a_forged_supplier_is_refused(household: Household, browser: FlaskClient) -> None:
    """A supplier that the list does not offer is told as one that is not there."""
    answer = household.post(
        browser, "/accounts/link", supplier="no such", number="680012345678", relation="owner"
    )

    assert answer.status_code == 404


@pytest.mark.manual("4.4-a")
def test_the_card_of_an_account(household: Household, browser: FlaskClient) -> None:
    """The panel has the number, the balance, the days left, and the way to submit readings."""
    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}").text)

    assert "Лицевой счет 680012345678" in page
    assert "До конца расчетного периода 9 дней" in page
    assert "Передать показания" in page


@pytest.mark.manual("4.4.4.2-a")
@pytest.mark.manual("4.4.4.2.1-a")
def test_history_of_all_events(household: Household, browser: FlaskClient) -> None:
    """A month holds its readings, its bill with the manual's figures, and its payments."""
    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}").text)

    assert "Показания переданы 20 октября 2026 учтены в счете за октябрь 2026" in page
    assert "день 99 800 кВт·ч ночь 8 120 кВт·ч Снял показания Переданные клиентом" in page
    for sums in (
        "Сумма задолженности на начало периода 19,85 ₽",
        "Всего начислено за текущий период 643,20 ₽",
        "Сумма поступивших платежей, учтенных при расчете 665,60 ₽",
        "Итого переплата 2,55 ₽",
        "Сумма платежей за октябрь 2026 665,60 ₽",
    ):
        assert sums in page


@pytest.mark.manual("4.4.4.2-a")
@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("readings", "99 800 кВт·ч", "Печать квитанции"),
        ("bills", "Печать квитанции", "99 800 кВт·ч"),
        ("payments", "12 октября 2026", "Печать квитанции"),
    ],
)
def test_history_by_kind(
    household: Household, browser: FlaskClient, kind: str, shown: str, hidden: str
) -> None:
    """Each tab shows its own kind of events and no other."""
    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}?kind={kind}").text)

    assert shown in page
    assert hidden not in page


@pytest.mark.manual("4.4.4.2-a")
def test_history_begins_with_three_months(household: Household, browser: FlaskClient) -> None:
    """What is older shows when a longer period is chosen; nonsense means three months."""
    household.clock.advance(timedelta(days=100))
    browser = household.signed_in()
    path = f"/accounts/{OPEN_ACCOUNT}"

    assert "За выбранный период событий нет" in household.get(browser, path).text
    assert "За выбранный период событий нет" in household.get(browser, f"{path}?period=x").text
    assert "Октябрь" in household.get(browser, f"{path}?period=6").text
    assert "Октябрь" in household.get(browser, f"{path}?period=all").text


@pytest.mark.manual("4.4.4.3-a")
def test_details(household: Household, browser: FlaskClient) -> None:
    """The owner, the meter and the tariff with its history are there."""
    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}/details").text)

    for fact in (
        "Абонент Петрова Анна Сергеевна",
        "Номер счетчика 011070123456",
        "Дата установки 15.11.2006",
        "Значность счетчика 5,0",
        "Коэффициент трансформации 1",
        "Срок окончания МПИ 2022 г.",
        "Дата окончания МПИ 15.11.2022 срок истек",
        "Величина тарифа : день 7,04 руб./кВт·ч",
        "История тарифов",
    ):
        assert fact.replace(" :", ":") in page.replace(" :", ":")


@pytest.mark.manual("4.4.4.3-a")
def test_details_of_a_household(household: Household, browser: FlaskClient) -> None:
    """How many are registered and an exemption show if they are known; traits are the supplier's."""
    path = f"/accounts/{OPEN_ACCOUNT}/details"
    unknown = seen(household.get(browser, path).text)
    known = evolve(
        an_account(), persons=0, range_exempt=True, traits=Traits.parse("stove=electric")
    )
    with household.store.unit_of_work() as uow:
        uow.accounts.save_all([known])
        uow.commit()
    page = seen(household.get(browser, path).text)

    assert "Зарегистрировано" not in unknown
    assert "Диапазоны" not in unknown
    assert "Зарегистрировано, чел. 0" in page
    assert "Диапазоны потребления не применяются, весь объем по первому диапазону" in page
    assert "electric" not in page


def test_a_rate_published_ahead_is_not_in_force(household: Household, browser: FlaskClient) -> None:
    """The tariff of the day is shown; the one to come stands in the history alone."""
    ahead = a_rate(effective_from=date(2026, 12, 1), zone=Zone.DAY, price=Decimal("8.15"))
    keep(household.store, ahead)

    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}/details").text)
    tariff, _, history = page.partition("История тарифов")

    assert "7,04 руб./кВт·ч" in tariff
    assert "8,15" not in tariff
    assert "8,15" in history


def test_consumption_ranges_are_told_in_words(household: Household, browser: FlaskClient) -> None:
    """Each range stands with its bounds and its price, today's and in the history."""
    bounds = (Decimal(3900), Decimal(6000), None)
    keep(
        household.store,
        *(
            a_rate(
                effective_from=date(2026, 11, 1), zone=Zone.NIGHT, up_to=up_to, price=Decimal(price)
            )
            for up_to, price in zip(bounds, ("4.75", "6.47", "7.46"), strict=True)
        ),
    )

    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}/details").text)
    tariff, _, history = page.replace("\N{NO-BREAK SPACE}", " ").partition("История тарифов")

    for words, price in (
        ("ночь, до 3 900 кВт·ч включительно", "4,75"),
        ("ночь, от 3 900 до 6 000 кВт·ч включительно", "6,47"),
        ("ночь, свыше 6 000 кВт·ч", "7,46"),
    ):
        assert f"{words} {price} руб." in tariff
        assert f"{words} {price}" in history


def test_a_bill_is_printed(household: Household, browser: FlaskClient) -> None:
    """«Печать квитанции» gives a PDF that no cache keeps."""
    answer = household.get(browser, f"/bills/{BILL}.pdf")

    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"


def _describe_meter(household: Household, *, removed_on: date) -> None:
    """Tell when the meter of the open account was, or will be, removed."""
    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([OPEN_ACCOUNT])
        uow.meters.save_all([evolve(meter, removed_on=removed_on)])
        uow.commit()


@pytest.mark.manual("4.4.4.3-a")
def test_details_of_a_removed_meter(household: Household, browser: FlaskClient) -> None:
    """It shows with both dates; what only matters while it is there does not."""
    path = f"/accounts/{OPEN_ACCOUNT}/details"
    present = seen(household.get(browser, path).text)
    _describe_meter(household, removed_on=date(2026, 11, 12))
    removed = seen(household.get(browser, path).text)

    assert "Дата снятия" not in present
    assert "Прием показаний" in present
    assert "Дата установки 15.11.2006 Дата снятия 12.11.2026" in removed
    assert "срок истек" not in removed
    assert "Прием показаний" not in removed


def test_history_of_a_corrected_reading(household: Household, browser: FlaskClient) -> None:
    """The old reading stays and is marked, the new one stands beside it."""
    with household.store.unit_of_work() as uow:
        night = uow.readings.list_of([a_meter().meter_id])[-1]
    keep(
        household.store,
        evolve(
            night,
            reading_id=ReadingId(UUID(int=0xEE)),
            value=Decimal(8130),
            source=ReadingSource.SUPPLIER,
            corrects=night.reading_id,
        ),
    )

    page = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}?kind=readings").text)
    assert "день 99 800 кВт·ч ночь 8 120 кВт·ч исправлено Снял" in page
    assert "ночь 8 130 кВт·ч исправление Снял показания Поставщик" in page


# Readings


def submit(household: Household, browser: FlaskClient, **fields: str) -> tuple[int, str]:
    """Return the status and the text of the page after readings were sent."""
    path = f"/accounts/{OPEN_ACCOUNT}/readings"
    meter = "00000000-0000-0000-0000-0000000000a3"
    answer = household.post(
        browser, path, meter=meter, **{f"meter0-{name}": value for name, value in fields.items()}
    )
    if answer.location:
        return answer.status_code, seen(household.get(browser, answer.location).text)
    return answer.status_code, seen(answer.text)


@pytest.mark.manual("4.4.3.2-a")
def test_readings_are_taken(household: Household, browser: FlaskClient) -> None:
    """Each zone has its field beside the previous reading; the taken values stand in the history."""
    form = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}/readings").text)
    assert "Предыдущие показания: 99 800, 20 октября 2026" in form
    assert "Прием показаний открыт до 25 ноября 2026 включительно." in form

    status, page = submit(household, browser, day="99 950", night="8200")

    assert status == 302
    assert "будут учтены в счете за ноябрь 2026" in page
    assert "день 99 950 кВт·ч ночь 8 200 кВт·ч" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Обязательно для заполнения"),
        ("много", "Введите показание цифрами"),
        ("123456", "На счетчике только 5 цифр до запятой."),
        ("99900,5", "После запятой слишком много цифр"),
        ("50000", "Показание меньше предыдущего, 99 800. Проверьте число."),
    ],
)
def test_a_wrong_reading_is_told_at_its_field(
    household: Household, browser: FlaskClient, typed: str, told: str
) -> None:
    """Letters, too many digits, decimals and impossible figures each have their comment."""
    status, page = submit(household, browser, day=typed, night="8200")

    assert status == 422
    assert told in page


def test_a_passage_through_zero_is_asked_about(household: Household, browser: FlaskClient) -> None:
    """A small figure after 99 800 may be a mistake or a rollover: only the user knows."""
    status, page = submit(household, browser, day="00150", night="8200")
    assert status == 422
    assert "расход составит 350 кВт·ч" in page
    assert "Да, счетчик перешел через ноль" in page

    status, page = submit(household, browser, day="00150", night="8200", rollover_day="y")
    assert status == 302
    assert "день 150 кВт·ч" in page


@pytest.mark.manual("4.4.3.2-a")
def test_a_closed_window_says_when_it_opens(household: Household, browser: FlaskClient) -> None:
    """Outside of its days the page counts the days until the next opening and has no form."""
    path = f"/accounts/{CLOSED_ACCOUNT}/readings"
    page = seen(household.get(browser, path).text)

    assert "Сейчас показания передать нельзя" in page
    assert "Прием откроется 1 декабря 2026." in page
    assert "9 дней" in page
    meter = "00000000-0000-0000-0000-0000000000c3"
    answer = household.post(browser, path, meter=meter, **{"meter0-all_day": "1"})
    assert answer.status_code == 422


def test_a_removed_meter_takes_no_readings(household: Household, browser: FlaskClient) -> None:
    """From the day of its removal a meter is not offered; a form sent late is told why."""
    path = f"/accounts/{OPEN_ACCOUNT}/readings"
    _describe_meter(household, removed_on=date(2026, 11, 22))
    page = seen(household.get(browser, path).text)

    assert "011070123456" not in page
    assert "На этом счете нет счетчика" in page
    status, page = submit(household, browser, day="99 950", night="8200")
    assert status == 422
    assert "Счетчик снят 22.11.2026: с этого дня его показания не принимаются." in page


def test_a_meter_still_takes_readings_on_the_day_before_its_removal(
    household: Household, browser: FlaskClient
) -> None:
    """A removal to come stops nobody."""
    _describe_meter(household, removed_on=date(2026, 11, 23))
    status, _ = submit(household, browser, day="99 950", night="8200")

    assert status == 302


def test_a_meter_of_another_account_is_not_there(
    household: Household, browser: FlaskClient
) -> None:
    """A forged meter meets 404."""
    answer = household.post(
        browser, f"/accounts/{OPEN_ACCOUNT}/readings", meter="00000000-0000-0000-0000-0000000000c3"
    )

    assert answer.status_code == 404


# Profile, language, errors


def test_the_password_is_changed_by_whoever_knows_it(
    household: Household, browser: FlaskClient
) -> None:
    """A wrong present password is told at its field; a right one changes it and ends others."""
    other = household.signed_in()
    new = {"password": "quite another one", "repeat": "quite another one"}

    wrong = household.post(browser, "/profile/password", form_at="/profile", present="x", **new)
    assert wrong.status_code == 422
    assert "Текущий пароль неверный" in wrong.text
    right = household.post(
        browser, "/profile/password", form_at="/profile", present=PASSWORD, **new
    )

    assert right.status_code == 302
    assert "Пароль успешно изменен" in household.get(browser, "/profile").text
    assert household.get(other, "/profile").status_code == 302


def test_letters_are_not_sent_without_end(household: Household, browser: FlaskClient) -> None:
    """After the letters of the day the profile says when the next may be asked for."""
    for _ in range(6):
        household.post(browser, "/profile/email-letter", form_at="/profile")

    assert "Сегодня выслано слишком много писем." in household.get(browser, "/profile").text


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("en-GB,en;q=0.9", "en"), ("de", "ru"), ("ru,en;q=0.5", "ru"), ("", "ru")],
)
def test_the_browser_chooses_the_language_first(
    household: Household, accepted: str, expected: str
) -> None:
    """A visitor is spoken to in the language of the browser, Russian where there is no better."""
    page = household.get(household.client(), "/sign-in", headers={"Accept-Language": accepted}).text

    assert f'<html lang="{expected}">' in page


def test_a_visitor_chooses_another_language(household: Household) -> None:
    """The choice stands against the browser's, and is remembered."""
    client = household.client()

    household.post(client, "/language", form_at="/sign-in", language="en", back="/register")

    page = household.get(client, "/register", headers={"Accept-Language": "ru"}).text
    assert '<html lang="en">' in page
    assert "Mobile phone" in page


def test_a_user_is_spoken_to_in_the_chosen_language(
    household: Household, browser: FlaskClient
) -> None:
    """The choice of a signed-in user is kept with the user, for messages too."""
    household.post(browser, "/language", form_at="/profile", language="en", back="/profile")

    elsewhere = household.signed_in()
    assert "User profile" in household.get(elsewhere, "/profile").text
    with household.store.unit_of_work() as uow:
        user = uow.users.find_by_phone(
            household.application.identity.contacts.read_phone("89161234567")
        )
    assert user is not None
    assert Language.ENGLISH is user.language


def test_an_unknown_page_is_explained(household: Household) -> None:
    """A wrong address leads home, with a number for support."""
    answer = household.get(household.client(), "/nowhere")

    assert answer.status_code == 404
    assert "Страница не найдена" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_failure_is_explained_without_its_inner_facts(household: Household) -> None:
    """An unforeseen error shows a number for support and none of its own words."""

    @household.app.get("/broken")
    def broken() -> str:
        message = "the secret inner state"
        raise RuntimeError(message)

    answer = household.get(household.client(), "/broken")

    assert answer.status_code == 500
    assert "Что-то пошло не так" in answer.text
    assert "secret" not in answer.text


def test_an_unreachable_database_is_explained(household: Household, browser: FlaskClient) -> None:
    """The page says that it cannot be shown now: without the database, and without telling of it."""
    household.readiness.error = DatabaseUnreachable("postgresql://db.internal/elkk")

    answer = household.get(browser, "/profile")

    assert answer.status_code == 503
    assert "Кабинет сейчас недоступен" in answer.text
    assert "db.internal" not in answer.text


def test_too_much_is_not_read(household: Household) -> None:
    """A form of megabytes is refused before anybody looks at it."""
    answer = household.post(household.client(), "/sign-in", login="x" * 300_000)

    assert answer.status_code == 413


def test_the_outbox_as_json(household: Household, browser: FlaskClient) -> None:
    """Programs that drive the demo read the sent messages as JSON."""
    household.post(browser, "/profile/email-letter", form_at="/profile")

    answer = household.get(browser, "/demo/outbox", headers={"Accept": "application/json"})

    assert answer.json is not None
    assert {"kind", "channel", "recipient", "subject", "text", "html", "sent_at"} == set(
        answer.json[0]
    )
    assert answer.json[0]["kind"] == "identity.email_confirmation_requested"
    assert "Отправленные SMS и письма" in household.get(browser, "/demo/outbox").text


def test_moments_are_told_by_the_clock_of_the_cabinet(
    household: Household, browser: FlaskClient
) -> None:
    """The moment until which one has to wait is given in the cabinet's own time zone."""
    for _ in range(6):
        household.post(browser, "/profile/email-letter", form_at="/profile")

    # Letters went out at noon of UTC, so the next may go a day later: 15:00 in Moscow.
    assert "после 23.11.2026 15:00" in household.get(browser, "/profile").text
