"""Notifications on the pages of the cabinet."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.unit.web.household import CLOSED_ACCOUNT, OPEN_ACCOUNT, STRANGE_ACCOUNT, Household

from elkk_core.notices import (
    BillIssued,
    DebtOverdue,
    Notice,
    Notification,
    NotificationId,
    ReadingsMissing,
    VerificationOver,
)
from elkk_core.shared import AccountId, InvoiceId, Money, Month
from elkk_core.testing.builders import USER_ID, a_notification, another_user
from elkk_core.testing.doubles import NOON
from elkk_core.testing.stores import keep

OCTOBER = Month(2026, 10)
SECTION = f"/accounts/{OPEN_ACCOUNT}/notifications"
DUE = NOON.date()


def told(
    number: int, notice: Notice, *, account_id: AccountId = OPEN_ACCOUNT, days_ago: int = 0
) -> Notification:
    """Return a notification for the household."""
    return a_notification(
        notification_id=NotificationId(UUID(int=number)),
        account_id=account_id,
        notice=notice,
        raised_at=NOON - timedelta(days=days_ago),
    )


DEBT = told(1, DebtOverdue(month=OCTOBER, amount=Money(119387), due_on=DUE))
READINGS = told(
    2, ReadingsMissing(month=OCTOBER.next, closes_on=DUE), account_id=CLOSED_ACCOUNT, days_ago=1
)
OLD = told(3, VerificationOver(meter="011070123456", due=DUE), days_ago=70)


def test_start_page_tells_what_is_unread(household: Household) -> None:
    """Right after the sign-in, of all accounts, and only as long as it is not read."""
    keep(household.store, DEBT, READINGS)
    client = household.signed_in()
    page = household.get(client, "/cabinet").text

    assert page.index("Задолженность 1") < page.index("Передайте показания до")
    assert "ЛС 680012345678" in page
    assert "ЛС 680012345679" in page

    for one in (DEBT, READINGS):
        path = f"/notifications/{one.notification_id}/read"
        household.post(client, path, "/cabinet", back="/cabinet")

    assert 302 == household.get(client, "/cabinet").status_code


def test_unread_mark_stands_before_the_account(household: Household) -> None:
    """Before each account that has something unread, and in its tab; then it is gone."""
    keep(household.store, DEBT)
    client = household.signed_in()
    path = f"/accounts/{OPEN_ACCOUNT}"

    assert 2 == household.get(client, path).text.count(f'data-unread-of="{OPEN_ACCOUNT}"')
    assert "1 непрочитанное уведомление" in household.get(client, path).text
    assert f'data-unread-of="{CLOSED_ACCOUNT}"' not in household.get(client, path).text

    household.post(client, f"/notifications/{DEBT.notification_id}/read", SECTION)

    assert "data-unread-of" not in household.get(client, path).text


def test_reading_answers_a_script_and_a_form(household: Household) -> None:
    """A script wants no page; a form goes back to where it was, and never elsewhere."""
    keep(household.store, DEBT)
    client = household.signed_in()
    path = f"/notifications/{DEBT.notification_id}/read"

    assert 204 == household.post(client, path, SECTION).status_code

    keep(household.store, OLD)
    path = f"/notifications/{OLD.notification_id}/read"
    answer = household.post(client, path, SECTION, back=SECTION)

    assert f"{SECTION}#news-{OLD.notification_id}" == answer.location
    assert 204 == household.post(client, path, SECTION, back="https://evil.example/").status_code


def test_reading_needs_the_proof_of_a_form(household: Household) -> None:
    """No other site can let somebody read."""
    keep(household.store, DEBT)
    client = household.signed_in()
    answer = client.post(f"/notifications/{DEBT.notification_id}/read", base_url=household.base_url)

    assert 400 == answer.status_code


def test_section_shows_the_last_month_at_first(household: Household) -> None:
    """One, two or three months may be chosen; what is unread is there all the same."""
    keep(household.store, DEBT, OLD)
    client = household.signed_in()
    page = household.get(client, SECTION).text

    assert "За 1 (последний) месяц" in page
    assert "Срок поверки счетчика истек" in page

    household.post(client, f"/notifications/{OLD.notification_id}/read", SECTION)

    assert "Срок поверки счетчика истек" not in household.get(client, SECTION).text
    assert "Срок поверки счетчика истек" not in household.get(client, f"{SECTION}?months=2").text
    assert "Срок поверки счетчика истек" in household.get(client, f"{SECTION}?months=3").text
    assert "Задолженность" in household.get(client, f"{SECTION}?months=99").text


def test_section_without_news_says_so(household: Household) -> None:
    """An empty section tells what it is for, and where mailings are chosen."""
    page = household.get(household.signed_in(), SECTION).text

    assert "За это время сообщать было не о чем." in page
    assert 'href="/profile"' in page


@pytest.mark.parametrize(
    ("notice", "path"),
    [
        (DEBT.notice, f"/accounts/{OPEN_ACCOUNT}/pay"),
        (READINGS.notice, f"/accounts/{OPEN_ACCOUNT}/readings"),
        (OLD.notice, f"/accounts/{OPEN_ACCOUNT}/details"),
        (
            BillIssued(invoice_id=InvoiceId(UUID(int=7)), month=OCTOBER, closing=Money(1)),
            f"/accounts/{OPEN_ACCOUNT}?kind=bills#bill-{UUID(int=7)}",
        ),
    ],
)
def test_notification_leads_to_its_next_step(
    household: Household, notice: Notice, path: str
) -> None:
    """Its address stands in letters; asking for it changes nothing."""
    notification = told(9, notice)
    keep(household.store, notification)
    answer = household.get(household.signed_in(), f"/notifications/{notification.notification_id}")

    assert path == answer.location
    assert {OPEN_ACCOUNT: 1} == household.store.user_notifications.count_unread(USER_ID)


def test_debt_can_be_paid_without_cards() -> None:
    """Where no cards are taken, it leads to the bills, which can be paid by their QR."""
    household = Household(pays_by_card=False)
    keep(household.store, DEBT)
    answer = household.get(household.signed_in(), f"/notifications/{DEBT.notification_id}")

    assert f"/accounts/{OPEN_ACCOUNT}?kind=bills" == answer.location


def test_notification_in_a_letter_asks_to_sign_in_first(household: Household) -> None:
    """After the sign-in it goes on to where the letter led."""
    keep(household.store, DEBT)
    client = household.client()
    path = f"/notifications/{DEBT.notification_id}"

    assert "/sign-in" == household.get(client, path).location
    answer = household.post(
        client, "/sign-in", login="8 916 123-45-67", password="a horse and a battery"
    )
    assert path == answer.location


def test_notifications_of_others_are_not_there(household: Household) -> None:
    """Neither another user's notification can be opened or read, nor another account's section."""
    strange = a_notification(user_id=another_user().user_id, account_id=STRANGE_ACCOUNT)
    keep(household.store, strange, DEBT)
    client = household.signed_in()
    path = f"/notifications/{strange.notification_id}"

    assert 404 == household.get(client, path).status_code
    assert 404 == household.post(client, f"{path}/read", SECTION).status_code
    assert 404 == household.get(client, f"/accounts/{STRANGE_ACCOUNT}/notifications").status_code


def test_english_pages_tell_in_english(household: Household) -> None:
    """Words and dates follow the language of the user."""
    keep(household.store, DEBT)
    client = household.signed_in()
    household.post(client, "/language", SECTION, language="en", back=SECTION)

    assert "Debt of 1,193.87" in household.get(client, SECTION).text.replace("\xa0", " ")
