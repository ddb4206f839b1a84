"""The link of a reminder: it takes readings of one account without a sign-in, and nothing else."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from tests.unit.web.household import CLOSED_ACCOUNT, OPEN_ACCOUNT, Household
from tests.unit.web.test_rooms import seen

from elkk_core.shared import AccountId
from elkk_core.testing.builders import USER_ID, a_meter, a_ticket, another_user

METER = str(a_meter().meter_id)
LAST_DAY = date(2026, 11, 25)


@pytest.fixture(name="household")
def household_with_a_meter() -> Household:
    """Return the household; its window is open until the 25th, and today is the 22nd."""
    return Household()


def tapped(
    household: Household,
    *,
    account_id: AccountId = OPEN_ACCOUNT,
    browser: FlaskClient | None = None,
) -> FlaskClient:
    """Return a browser in which somebody opened the link of a reminder."""
    browser = browser or household.client()
    ticket = a_ticket(account_id=account_id, good_through=LAST_DAY)
    answer = household.get(browser, f"/r/{household.tickets.write(ticket)}")
    assert (302, "/submission") == (answer.status_code, answer.location)
    return browser


def fields(day: str, night: str, **others: str) -> dict[str, str]:
    """Return what the form of the meter sends."""
    return {"meter": METER, "meter0-day": day, "meter0-night": night, **others}


def values(household: Household) -> list[Decimal]:
    """Return the readings of this month, as recorded."""
    with household.store.unit_of_work() as uow:
        recorded = uow.readings.list_of([a_meter().meter_id])
    return [reading.value for reading in recorded if reading.month.number == 11]


def test_readings_are_sent_without_signing_in(household: Household) -> None:
    """The link opens the form; what was sent is shown, and counts as sent by the user."""
    browser = tapped(household)
    form = seen(household.get(browser, "/submission").text)
    assert "Предыдущие показания: 99 800, 20 октября 2026" in form
    assert "Вход не нужен" in form

    answer = household.post(browser, "/submission", **fields("99950", "8200"))
    assert (302, "/submission") == (answer.status_code, answer.location)
    page = seen(household.get(browser, "/submission").text)
    assert "Показания переданы 22 ноября 2026 и будут учтены в счете за ноябрь 2026." in page
    assert "день 99 950 кВт·ч ночь 8 200 кВт·ч" in page
    assert "передано Вами" in page
    assert "Войти в кабинет" in page
    with household.store.unit_of_work() as uow:
        last = uow.readings.list_of([a_meter().meter_id])[-1]
    assert USER_ID == last.submitted_by


def test_slip_is_corrected_by_the_same_link(household: Household) -> None:
    """The link works until the window closes, as often as it takes."""
    household.post(tapped(household), "/submission", **fields("99950", "8200"))
    browser = tapped(household)
    form = household.get(browser, f"/submission?correct={METER}").text
    assert "Исправьте числа" in form
    household.post(browser, "/submission", **fields("99940", "8200", step="correct"))

    assert [99950, 8200, 99940] == values(household)


def test_figures_are_explained_and_asked_about(household: Household) -> None:
    """Before they are sent a script tells what they mean, and wrong ones stay with their comment."""
    browser = tapped(household)
    meaning = household.post(
        browser, "/submission/preview", form_at="/submission", **fields("99950", "8200")
    )
    assert meaning.json is not None
    assert "230" in meaning.json["meaning"]

    wrong = household.post(browser, "/submission", **fields("99", "8200"))
    assert 422 == wrong.status_code
    assert "Показание меньше предыдущего, 99 800." in seen(wrong.text)
    assert [] == values(household)


def test_nothing_else_of_the_account_is_shown(household: Household) -> None:
    """Neither the owner, nor the address, the balance, the whole number, nor another account."""
    browser = tapped(household)
    with household.store.unit_of_work() as uow:
        user = uow.users.get(USER_ID)
    card = household.application.billing.cabinet.account(OPEN_ACCOUNT, user_id=USER_ID)
    pages = [household.get(browser, "/submission").text]
    household.post(browser, "/submission", **fields("99950", "8200"))
    pages += [
        household.get(browser, "/submission").text,
        household.get(browser, f"/submission?correct={METER}").text,
    ]
    secrets = {
        user.name.surname,
        user.name.given,
        user.phone.number,
        user.email.address,
        card.account.number,
        card.account.address,
        str(abs(card.balance)).replace(".", ","),
        "Задолженность",
        "Переплата",
        "680012345679",
        "Лесная",
    }

    own = household.get(household.signed_in(), f"/accounts/{OPEN_ACCOUNT}").text
    assert len([secret for secret in secrets if secret in seen(own)]) >= 7
    for page in map(seen, pages):
        assert set() == {secret for secret in secrets if secret in page}
        assert f"…{card.account.number[-4:]}" in page


def test_no_session_is_made(household: Household) -> None:
    """Everything else in the cabinet still asks to sign in."""
    browser = tapped(household)
    household.get(browser, "/submission")

    for path in (
        "/cabinet",
        "/profile",
        f"/accounts/{OPEN_ACCOUNT}",
        f"/accounts/{OPEN_ACCOUNT}/readings",
    ):
        answer = household.get(browser, path)
        assert (302, "/sign-in") == (answer.status_code, answer.location), path


def test_link_does_not_stay_in_the_address(household: Household) -> None:
    """Its address is left at once, is told to no other page, and is kept by nobody."""
    ticket = household.tickets.write(a_ticket(account_id=OPEN_ACCOUNT, good_through=LAST_DAY))
    answer = household.get(household.client(), f"/r/{ticket}")

    assert "no-referrer" == answer.headers["Referrer-Policy"]
    assert "no-store" == answer.headers["Cache-Control"]
    assert ticket not in answer.text
    assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_link_is_in_no_log(household: Household) -> None:
    """The lines of the log name the views and no ticket, whether it opens or not."""
    for good_through in (LAST_DAY, LAST_DAY - timedelta(days=30)):
        browser = household.client()
        ticket = household.tickets.write(
            a_ticket(account_id=OPEN_ACCOUNT, good_through=good_through)
        )
        with capture_logs() as lines:
            household.get(browser, f"/r/{ticket}")
            household.get(browser, "/submission")

        assert ["one_tap.link", "one_tap.submit"] == [line["view"] for line in lines]
        assert ticket not in repr(lines)


def test_who_has_signed_in_finds_the_form_in_the_cabinet(household: Household) -> None:
    """The user of the ticket needs no narrow page; to another user it stays narrow."""
    own = household.get(tapped(household, browser=household.signed_in()), "/submission")
    assert f"/accounts/{OPEN_ACCOUNT}/readings" == own.location

    other = household.signed_in(another_user().phone.number)
    page = household.get(tapped(household, browser=other), "/submission")
    assert 200 == page.status_code
    assert "Вход не нужен" in page.text


def test_closed_meter_says_when_it_opens(household: Household) -> None:
    """A meter whose readings are not taken today has no form."""
    page = seen(household.get(tapped(household, account_id=CLOSED_ACCOUNT), "/submission").text)

    assert "Сейчас показания передать нельзя" in page
    assert "Прием откроется 1 декабря 2026." in page
    assert "Войти в кабинет" in page


def test_account_without_a_meter_needs_no_readings(household: Household) -> None:
    """Where the meter was taken down meanwhile, the page says so."""
    with household.store.unit_of_work() as uow:
        (meter,) = uow.meters.list_of([OPEN_ACCOUNT])
        uow.meters.save_all([evolve(meter, removed_on=date(2026, 11, 20))])
        uow.commit()

    assert "На этом счете нет счетчика" in household.get(tapped(household), "/submission").text


def test_link_ends_with_the_window(household: Household) -> None:
    """Afterwards it says until when it was good, and when readings are taken again."""
    browser = tapped(household)
    household.clock.advance(timedelta(days=4))
    for answer in (
        household.get(browser, "/submission"),
        household.post(browser, "/submission", form_at="/guide", **fields("99950", "8200")),
        household.post(browser, "/submission/preview", form_at="/guide", **fields("1", "1")),
    ):
        page = seen(answer.text)
        assert 422 == answer.status_code
        assert "Срок этой ссылки закончился" in page
        assert "Она действовала до 25.11.2026 включительно" in page
        assert "Следующий прием: с 15.12.2026" in page
        assert "Войти в кабинет" in page
    assert [] == values(household)


@pytest.mark.parametrize("reason", ["unlinked", "unknown", "nothing"])
def test_link_of_no_use_shows_the_next_step(household: Household, reason: str) -> None:
    """Unlinked, changed in a sign or never opened: the page is the same and takes nothing."""
    browser = household.client()
    match reason:
        case "unlinked":
            browser = tapped(household)
            household.application.accounts.unlink_account(user_id=USER_ID, account_id=OPEN_ACCOUNT)
        case "unknown":
            household.get(browser, f"/r/{UUID(int=7)}")
    for answer in (
        household.get(browser, "/submission"),
        household.post(browser, "/submission", form_at="/guide", **fields("99950", "8200")),
    ):
        assert 404 == answer.status_code
        assert "Ссылка не открывается" in answer.text
        assert "Войти в кабинет" in answer.text
    assert [] == values(household)


def test_meters_of_other_accounts_are_out_of_reach(household: Household) -> None:
    """The ticket of one account takes no readings of another of the same user."""
    browser = tapped(household, account_id=CLOSED_ACCOUNT)
    answer = household.post(browser, "/submission", **fields("99950", "8200"))

    assert 404 == answer.status_code
    assert [] == values(household)
