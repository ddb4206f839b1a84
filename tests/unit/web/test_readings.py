"""Sending readings, knowing what they mean, and thinking better of them."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve
from flask.testing import FlaskClient
from icalendar import Calendar
from tests.unit.web.household import (
    CLOSED_ACCOUNT,
    OPEN_ACCOUNT,
    STRANGE_ACCOUNT,
    Household,
)
from tests.unit.web.test_rooms import seen

from elkk_core.metering import ReadingSource
from elkk_core.shared import InvoiceId, Month, ReadingId, Traits, Zone
from elkk_core.testing.builders import (
    a_link,
    a_meter,
    a_rate,
    a_reading,
    an_account,
    an_issued_invoice,
    another_user,
)
from elkk_core.testing.stores import keep

PATH = f"/accounts/{OPEN_ACCOUNT}/readings"
METER = str(a_meter().meter_id)
NOVEMBER = Month(2026, 11)


@pytest.fixture(name="household")
def household_with_a_past() -> Household:
    """Return a household that has used 200 kWh a month since July."""
    household = Household()
    for place, month in enumerate(Month(2026, 6).until(Month(2026, 10))):
        for zone, value in ((Zone.DAY, 99800), (Zone.NIGHT, 8120)):
            keep(
                household.store,
                a_reading(
                    reading_id=ReadingId(UUID(int=0xF00 + 2 * place + (zone is Zone.NIGHT))),
                    zone=zone,
                    value=Decimal(value - 100 * (4 - place)),
                    taken_on=month.first_day.replace(day=20),
                    month=month,
                ),
            )
    return household


@pytest.fixture(name="browser")
def signed_in_browser(household: Household) -> FlaskClient:
    """Return a browser in which the household's user has signed in."""
    return household.signed_in()


def fields(day: str, night: str, **others: str) -> dict[str, str]:
    """Return what the form of the meter sends."""
    return {"meter": METER, "meter0-day": day, "meter0-night": night, **others}


def send(
    household: Household, browser: FlaskClient, day: str, night: str, **others: str
) -> tuple[int, str]:
    """Return the status and the text of the page after readings were sent."""
    answer = household.post(browser, PATH, **fields(day, night, **others))
    if answer.location:
        return answer.status_code, seen(household.get(browser, answer.location).text)
    return answer.status_code, seen(answer.text)


def values(household: Household) -> list[str]:
    """Return the readings that count in November, as recorded."""
    with household.store.unit_of_work() as uow:
        recorded = uow.readings.list_of([a_meter().meter_id])
    return [str(reading.value) for reading in recorded if reading.month == NOVEMBER]


# What they mean


@pytest.mark.manual("4.4.3.2-a")
def test_meaning_is_told_before_sending(household: Household, browser: FlaskClient) -> None:
    """A script asks what figures mean: consumption, price, the month before; nothing is kept."""
    answer = household.post(browser, f"{PATH}/preview", form_at=PATH, **fields("99950", "8200"))

    assert answer.json is not None
    meaning = answer.json["meaning"].replace("\N{NO-BREAK SPACE}", " ")
    assert "230 кВт·ч, около 1 447,20 ₽; в прошлом месяце 200 кВт·ч" == meaning
    assert "" == answer.json["warning"]
    assert [] == values(household)


@pytest.mark.parametrize("day", ["", "много", "50000"])
def test_figures_that_are_no_readings_mean_nothing(
    household: Household, browser: FlaskClient, day: str
) -> None:
    """While somebody types nothing is told; what is wrong is told when it is sent."""
    answer = household.post(browser, f"{PATH}/preview", form_at=PATH, **fields(day, "8200"))

    assert {"meaning": "", "warning": ""} == answer.json


def test_meaning_is_told_after_sending(household: Household, browser: FlaskClient) -> None:
    """Who has no script reads it in the notice of success."""
    status, page = send(household, browser, "99950", "8200")

    assert 302 == status
    assert (
        "Показания переданы 22 ноября 2026 и будут учтены в счете за ноябрь 2026. "
        "Расход: 230 кВт·ч, около 1 447,20 ₽; в прошлом месяце 200 кВт·ч." in page
    )


def test_settled_estimates_are_told(household: Household, browser: FlaskClient) -> None:
    """After months without readings the meaning says for how many months it is."""
    household.clock.advance(timedelta(days=60))
    browser = household.signed_in()
    _, page = send(household, browser, "99999", "8400")

    assert "Расход: 479 кВт·ч за 3 месяца, около" in page


# Unusual figures


@pytest.mark.parametrize(
    ("day", "night", "told"),
    [
        ("99999", "9200", "Это намного больше обычного: в среднем у Вас 200 кВт·ч в месяц."),
        ("99801", "8121", "Это намного меньше обычного: в среднем у Вас 200 кВт·ч в месяц."),
    ],
)
def test_unusual_readings_are_asked_about_once(
    household: Household, browser: FlaskClient, day: str, night: str, told: str
) -> None:
    """Nothing is taken at first; the same figures sent again are meant so."""
    answer = household.post(browser, PATH, **fields(day, night))
    page = seen(answer.text)
    assert 200 == answer.status_code
    assert told in page
    assert "Если все верно, отправьте их еще раз." in page
    assert [] == values(household)

    sure = answer.text.partition('name="meter0-sure" value="')[2].partition('"')[0]
    status, page = send(household, browser, day, night, **{"meter0-sure": sure})
    assert 302 == status
    assert [day, night] == values(household)


def test_other_unusual_readings_are_asked_about_anew(
    household: Household, browser: FlaskClient
) -> None:
    """Being sure of some figures is not being sure of others."""
    status, page = send(household, browser, "99999", "9200", **{"meter0-sure": "99999 9300"})

    assert 200 == status
    assert "намного больше обычного" in page
    assert [] == values(household)


# Second thoughts


@pytest.mark.manual("4.4.3.2-a")
def test_sent_readings_are_corrected(household: Household, browser: FlaskClient) -> None:
    """The page shows what was sent with «Исправить», then the form with it, then the right one."""
    _, page = send(household, browser, "99950", "8200")
    assert "Показания за ноябрь 2026 уже есть день 99 950 кВт·ч ночь 8 200 кВт·ч" in page
    assert "22 ноября 2026, передано Вами; будут учтены в счете за ноябрь 2026" in page
    assert "Прием показаний открыт до 25 ноября 2026 включительно. До этого дня их можно" in page
    assert "Передать показания на сегодня" not in page

    form = household.get(browser, f"{PATH}?correct={METER}").text
    assert "Исправление показаний" in form
    assert 'value="99950"' in form
    status, page = send(household, browser, "99940", "8200", step="correct")
    assert 302 == status
    assert "Показания исправлены и будут учтены в счете за ноябрь 2026. Расход: 220 кВт·ч" in page
    assert ["99950", "8200", "99940"] == values(household)
    history = seen(household.get(browser, f"/accounts/{OPEN_ACCOUNT}?kind=readings").text)
    assert "день 99 950 кВт·ч исправлено" in history
    assert "день 99 940 кВт·ч исправление" in history


def test_wrong_correction_is_told_at_its_field(household: Household, browser: FlaskClient) -> None:
    """The form of the correction stays, with the comment."""
    send(household, browser, "99950", "8200")
    status, page = send(household, browser, "99", "8200", step="correct")

    assert 422 == status
    assert "Исправление показаний" in page
    assert "Показание меньше предыдущего, 99 800." in page


def test_later_readings_may_be_sent_too(household: Household, browser: FlaskClient) -> None:
    """On another day the meter shows more: the page offers a new reading beside the correction."""
    send(household, browser, "99950", "8200")
    household.clock.advance(timedelta(days=1))
    browser = household.signed_in()

    assert "Передать показания на сегодня" in seen(household.get(browser, PATH).text)
    form = seen(household.get(browser, f"{PATH}?send={METER}").text)
    assert "Показания за ноябрь 2026 уже есть" in form
    assert "Прием показаний открыт до 25 ноября" in form
    assert 302 == send(household, browser, "99960", "8210")[0]
    assert ["99950", "8200", "99960", "8210"] == values(household)


def test_what_the_supplier_has_read_is_told_apart(
    household: Household, browser: FlaskClient
) -> None:
    """A reading of the supplier's is not the household's to correct; its own may be sent."""
    for number, zone, value in ((1, Zone.DAY, 99940), (2, Zone.NIGHT, 8190)):
        keep(
            household.store,
            a_reading(
                reading_id=ReadingId(UUID(int=number)),
                zone=zone,
                value=Decimal(value),
                taken_on=date(2026, 11, 18),
                month=NOVEMBER,
            ),
        )
    page = seen(household.get(browser, PATH).text)
    assert "18 ноября 2026, снято поставщиком" in page
    assert "Исправить" not in page
    assert "Последний счет рассчитан без показаний" not in page
    status, page = send(household, browser, "99930", "8190", step="correct")

    assert 422 == status
    assert "исправить их может только он. Передайте свои показания" in page
    assert "Прием показаний открыт до 25 ноября" in page
    assert 302 == send(household, browser, "99950", "8200")[0]


def test_what_another_of_the_family_has_sent(household: Household, browser: FlaskClient) -> None:
    """It is the customer's, though not mine, and I may correct it."""
    keep(household.store, a_link(user_id=another_user().user_id))
    other = household.signed_in(another_user().phone.number)
    send(household, other, "99950", "8200")
    page = seen(household.get(browser, PATH).text)

    assert "22 ноября 2026, передано клиентом" in page
    assert 302 == send(household, browser, "99940", "8200", step="correct")[0]


def test_billed_readings_are_not_corrected(household: Household, browser: FlaskClient) -> None:
    """After an early bill the reason is told, and new readings go into the next one."""
    send(household, browser, "99950", "8200")
    keep(household.store, an_issued_invoice(invoice_id=InvoiceId(UUID(int=0xB1)), month=NOVEMBER))
    page = seen(household.get(browser, PATH).text)
    assert "Счет за ноябрь 2026 уже выставлен: показания войдут в счет за декабрь 2026." in page
    status, page = send(household, browser, "99940", "8200", step="correct")

    assert 409 == status
    assert "Исправить эти показания уже нельзя: счет за ноябрь 2026 их посчитал." in page


def test_correction_that_comes_too_late(household: Household, browser: FlaskClient) -> None:
    """A form left open over the last day is told when readings are taken again."""
    send(household, browser, "99950", "8200")
    household.clock.advance(timedelta(days=4))
    browser = household.signed_in()
    answer = household.post(
        browser,
        PATH,
        form_at=f"/accounts/{CLOSED_ACCOUNT}",
        **fields("99940", "8200", step="correct"),
    )

    page = seen(answer.text)
    assert 422 == answer.status_code
    assert "Передайте верные показания с 15.12.2026: следующий счет учтет разницу." in page
    assert "Показания принимаются с 15 по 25 число: по ним выставляется счет за месяц." in page
    assert "22 ноября 2026, передано Вами" in page


# The calendar


@pytest.mark.manual("4.4.3.2-a")
def test_days_of_submission_for_a_calendar(household: Household, browser: FlaskClient) -> None:
    """A link gives the window of the account's meter, which leads back to the page."""
    path = f"/accounts/{CLOSED_ACCOUNT}/readings"
    page = household.get(browser, path).text
    answer = household.get(browser, f"{path}/calendar.ics")
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")

    assert f"{path}/calendar.ics" in page
    assert "с 1 по 10 число каждого месяца" in seen(page)
    assert "text/calendar" == answer.mimetype
    assert (
        'attachment; filename="readings-680012345679.ics"' == answer.headers["Content-Disposition"]
    )
    assert (date(2026, 12, 1), date(2026, 12, 11)) == (
        event.decoded("dtstart"),
        event.decoded("dtend"),
    )
    assert "Передать показания: г. Тамбов, Лесная" == str(event["summary"])
    assert f"{household.base_url}{path}" == str(event["url"])


@pytest.mark.parametrize("page", ["", "/calendar.ics"])
def test_strangers_readings_are_not_there(
    household: Household, browser: FlaskClient, page: str
) -> None:
    """Other people's accounts answer as if there were none."""
    path = f"/accounts/{STRANGE_ACCOUNT}/readings"

    assert 404 == household.get(browser, f"{path}{page}").status_code
    answer = household.post(browser, f"{path}/preview", form_at=PATH, **fields("99950", "8200"))
    assert 404 == answer.status_code
    assert 302 == household.get(household.client(), f"{path}{page}").status_code


# Details of the account


@pytest.mark.manual("4.4.4.3-a")
def test_details_of_meter_and_tariff(household: Household, browser: FlaskClient) -> None:
    """What the books tell of the meter and the tariff is there, by the manual's names."""
    path = f"/accounts/{OPEN_ACCOUNT}/details"
    silent = seen(household.get(browser, path).text)
    described = a_meter(
        zones=(Zone.DAY, Zone.NIGHT),
        verification_due=date(2022, 11, 15),
        kind="однофазные электронные (двухтарифные)",
        place="Холл",
        responsible="Петрова Анна Сергеевна",
    )
    with household.store.unit_of_work() as uow:
        uow.meters.save_all([described])
        uow.accounts.save_all([an_account(traits=Traits.parse("stove=gas"))])
        uow.commit()
    keep(
        household.store,
        a_rate(
            effective_from=date(2026, 11, 1),
            zone=Zone.DAY,
            price=Decimal("7.83"),
            transmission=Decimal("0.85"),
        ),
    )
    page = seen(household.get(browser, path).text)

    for name, value in (
        ("Тип учета", "однофазные электронные (двухтарифные)"),
        ("Место установки счетчика", "Холл"),
        ("Лицо, ответственное за эксплуатацию счетчика", "Петрова Анна Сергеевна"),
        ("Тип плиты", "Газовая"),
        ("Стоимость передачи электроэнергии (по одноставочному тарифу)", "0,85 руб./кВт·ч"),
    ):
        assert name not in silent
        assert f"{name} {value}" in page
    assert "ночь 8 120 кВт·ч , 20 октября 2026, передано клиентом" in page


@pytest.mark.manual("4.4.4.3-a")
def test_verification_that_is_over_says_what_to_do(
    household: Household, browser: FlaskClient
) -> None:
    """The notice tells that readings are taken, and whom to turn to; before the end it is not there."""
    path = f"/accounts/{OPEN_ACCOUNT}/details"
    page = seen(household.get(browser, path).text)
    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([OPEN_ACCOUNT])
        uow.meters.save_all([evolve(meter, verification_due=date(2026, 11, 22))])
        uow.commit()

    assert "Межповерочный интервал счетчика закончился" in page
    assert "office@tsna.example" in page
    assert "Межповерочный интервал" not in seen(household.get(browser, path).text)


def test_own_stove_of_a_supplier(household: Household, browser: FlaskClient) -> None:
    """A word of the supplier's own stands as it is."""
    with household.store.unit_of_work() as uow:
        uow.accounts.save_all([an_account(traits=Traits.parse("stove=дровяная"))])
        uow.commit()

    assert "Тип плиты дровяная" in seen(
        household.get(browser, f"/accounts/{OPEN_ACCOUNT}/details").text
    )


def test_initial_reading_is_told_apart(household: Household, browser: FlaskClient) -> None:
    """Before the first reading of all the field says so; an initial one is named as such."""
    path = f"/accounts/{CLOSED_ACCOUNT}/readings"
    household.clock.advance(timedelta(days=12))
    browser = household.signed_in()
    assert "Это первые показания: расход посчитаем от них." in seen(
        household.get(browser, path).text
    )
    keep(
        household.store,
        a_reading(
            reading_id=ReadingId(UUID(int=3)),
            meter_id=UUID(int=0xC3),
            taken_on=date(2026, 11, 1),
            month=NOVEMBER,
            source=ReadingSource.INITIAL,
        ),
    )

    assert "14 323, 1 ноября 2026, при установке счетчика" in seen(
        household.get(browser, path).text
    )
