"""What the pages of payments by card say and do."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve
from flask.testing import FlaskClient
from tests.unit.web.household import OPEN_ACCOUNT, STRANGE_ACCOUNT, Household
from tests.unit.web.test_rooms import seen
from werkzeug.test import TestResponse

from elkk_core.payments import (
    CardPayment,
    CardPaymentId,
    ChangeSource,
    DeclineReason,
    PaymentState,
)
from elkk_core.shared import Money, Tally
from elkk_core.testing.builders import USER_ID, a_card_payment, an_entry, another_user
from elkk_core.testing.doubles import NOON
from elkk_core.testing.stores import keep

PAY = f"/accounts/{OPEN_ACCOUNT}/pay"


@pytest.fixture(name="debtor")
def household_with_a_debt(household: Household) -> Household:
    """Return the household with 604,06 to pay."""
    keep(household.store, an_entry(account_id=OPEN_ACCOUNT, amount=Money(60406)))
    return household


def send(household: Household, browser: FlaskClient, **changes: str) -> TestResponse:
    """Send the form of the page, as it is filled in but for *changes*."""
    page = household.get(browser, PAY).text
    payment = re.search(r'name="payment"[^>]*value="([^"]+)"', page)
    assert payment is not None
    form = {"payment": payment[1], "amount": "604,06", "accepted": "y"} | changes
    return household.post(browser, PAY, **form)


def kept(household: Household, state: PaymentState) -> str:
    """Keep a payment of the user that is in *state*, and return the path of its page."""
    reason = DeclineReason.FUNDS if state is PaymentState.DECLINED else None
    payment = evolve(
        a_card_payment(account_id=OPEN_ACCOUNT, started_at=NOON).come_to(
            state, now=NOON, source=ChangeSource.BANK, reason=reason
        ),
        ask_at=None,
    )
    keep(household.store, payment)
    return page_of(payment)


def page_of(payment: CardPayment) -> str:
    """Return the path of a payment's page."""
    return f"/accounts/{payment.account_id}/payments/{payment.payment_id}"


@pytest.mark.manual("4.4.3.1-a")
def test_the_form_is_filled_in(debtor: Household) -> None:
    """What is due, the usual month, the cards and the rules are there."""
    page = debtor.get(debtor.signed_in(), PAY).text

    assert 'value="604,06"' in page
    assert "Рекомендуемая сумма за месяц: 700,00 ₽" in seen(page)
    assert all(f'aria-label="{system}"' in page for system in ("Visa", "Mastercard", "Мир"))
    assert 'href="/payment-rules"' in page
    assert "Правила оплаты" in debtor.get(debtor.client(), "/payment-rules").text


def test_a_huge_debt_is_paid_in_parts(household: Household) -> None:
    """No more is filled in than the bank takes at once."""
    keep(household.store, an_entry(account_id=OPEN_ACCOUNT, amount=Money(300_000_01)))

    assert 'value="300000,00"' in household.get(household.signed_in(), PAY).text


@pytest.mark.parametrize(
    ("amount", "shown"), [("604,06", "1304,06"), ("", "700,00"), ("1 000", "1700,00")]
)
def test_a_month_is_added_without_a_script(debtor: Household, amount: str, shown: str) -> None:
    """The button sends the form, which comes back with the sum and begins nothing."""
    answer = send(debtor, debtor.signed_in(), amount=amount, add="month", accepted="")

    assert 200 == answer.status_code
    assert f'value="{shown}"' in answer.text
    assert () == debtor.store.payments_to_ask.list_all()


def test_a_month_is_not_added_to_what_is_no_amount(debtor: Household) -> None:
    """The field says so, and keeps what was typed."""
    answer = send(debtor, debtor.signed_in(), amount="сто", add="month")

    assert "Введите сумму цифрами" in seen(answer.text)
    assert 'value="сто"' in answer.text


@pytest.mark.manual("4.4.3.1-b")
def test_the_way_to_the_bank_and_back(debtor: Household) -> None:
    """The first look at the payment leads to the bank, every later one tells how it stands."""
    browser = debtor.signed_in()
    answer = send(debtor, browser)
    path = answer.headers["Location"]
    first = debtor.get(browser, path)
    (order,) = debtor.bank._orders.values()  # noqa: SLF001 - The bank's own book.

    assert 302 == answer.status_code
    assert f"0; url=https://bank.example/{order.number}" == first.headers["Refresh"]
    assert f"http://127.0.0.1:8000{path}" == order.return_to
    again = debtor.get(browser, path)
    assert "Refresh" not in again.headers
    assert "Платеж в обработке" in again.text

    debtor.bank.pay(f"https://bank.example/{order.number}")
    for _ in range(2):
        assert "Платеж зачислен" in debtor.get(browser, f"{path}?orderId=1&lang=ru").text
    assert "Задолженности нет" in debtor.get(browser, f"/accounts/{OPEN_ACCOUNT}").text


def test_a_form_sent_twice_begins_one_payment(debtor: Household) -> None:
    """Both answers lead to the same page."""
    browser = debtor.signed_in()
    same = {"payment": "00000000-0000-0000-0000-0000000005aa"}
    first, second = send(debtor, browser, **same), send(debtor, browser, **same)

    assert first.headers["Location"] == second.headers["Location"]
    assert 1 == len(debtor.store.payments_to_ask.list_all())


def test_too_many_payments_are_refused_with_the_next_step(debtor: Household) -> None:
    """The page tells from when on, keeps what was typed, and nothing is begun."""
    limit = debtor.settings.payments.per_user
    spent = Tally(key=f"payments:user:{USER_ID}", moments=(NOON,) * limit.times)
    keep(debtor.store, spent)
    answer = send(debtor, debtor.signed_in(), amount="12,34")

    assert 429 == answer.status_code
    assert "Следующий можно начать после" in seen(answer.text)
    assert 'value="12,34"' in answer.text
    assert () == debtor.store.payments_to_ask.list_all()


def test_a_form_without_its_identifier_begins_a_payment_of_its_own(debtor: Household) -> None:
    """What no page of ours sends is harmless."""
    assert 302 == send(debtor, debtor.signed_in(), payment="none").status_code


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"amount": ""}, "Обязательно для заполнения"),
        ({"amount": "0,50"}, "Картой можно оплатить не меньше 1,00 ₽"),
        ({"amount": "300000,01"}, "За один раз можно оплатить не больше 300 000,00 ₽"),
        ({"accepted": ""}, "Для оплаты нужно согласие с правилами"),
    ],
)
def test_a_refused_form_tells_why(debtor: Household, change: dict[str, str], told: str) -> None:
    """Each fault stands at its field, and nothing has begun."""
    answer = send(debtor, debtor.signed_in(), **change)

    assert 422 == answer.status_code
    assert told in seen(answer.text)
    assert () == debtor.store.payments_to_ask.list_all()


def test_a_bank_that_is_away_leaves_the_form(debtor: Household) -> None:
    """No money was taken; the next press begins anew, under another identifier."""
    browser = debtor.signed_in()
    debtor.bank.is_away = True
    answer = send(debtor, browser, payment="00000000-0000-0000-0000-0000000005aa")

    assert 503 == answer.status_code
    assert "Банк сейчас не отвечает, деньги не списаны" in seen(answer.text)
    assert "0000000005aa" not in answer.text
    assert 'value="604,06"' in answer.text

    debtor.bank.is_away = False
    path = page_of(a_card_payment(account_id=OPEN_ACCOUNT, payment_id=UUID(int=0x5AA)))
    assert "Страница банка не открылась" in debtor.get(browser, path).text
    debtor.clock.advance(timedelta(minutes=20))
    assert "Время на оплату вышло" in debtor.get(browser, path).text


def test_a_second_press_waits_for_the_page_of_the_bank(debtor: Household) -> None:
    """While the first one is still asking the bank, the second one looks again by itself."""
    browser = debtor.signed_in()
    started = evolve(
        a_card_payment(account_id=OPEN_ACCOUNT, started_at=NOON, bank_order=None, address=None),
        state=PaymentState.STARTED,
        changes=a_card_payment().changes[:1],
    )
    keep(debtor.store, started)
    path = send(debtor, browser, payment=str(started.payment_id)).headers["Location"]

    assert f"2; url={path}" == debtor.get(browser, path).headers["Refresh"]
    debtor.clock.advance(timedelta(seconds=30))
    assert "Страница банка не открылась" in debtor.get(browser, path).text


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (PaymentState.EXPIRED, ("Время на оплату вышло", "Оплатить еще раз")),
        (PaymentState.DECLINED, ("Платеж отклонен", "На карте не хватает денег", "еще раз")),
        (PaymentState.PAID, ("Банк принял оплату", "через 1–2 рабочих дня", "в обработке")),
        (PaymentState.POSTED, ("Платеж зачислен", "Перейти к оплатам")),
        (PaymentState.REVERSED, ("Банк вернул деньги",)),
        (PaymentState.REFUNDED, ("Банк вернул деньги",)),
    ],
)
def test_every_state_is_told_with_the_next_step(
    debtor: Household, state: PaymentState, told: tuple[str, ...]
) -> None:
    """In plain words, with what to do."""
    page = seen(debtor.get(debtor.signed_in(), kept(debtor, state)).text)

    assert all(text in page for text in told)


def test_every_reason_has_words_of_its_own(debtor: Household) -> None:
    """A refusal says why; no two reasons are told alike."""
    browser = debtor.signed_in()
    said = set()
    for number, each in enumerate(DeclineReason, start=1):
        payment = a_card_payment(
            payment_id=CardPaymentId(UUID(int=number)),
            order_number=f"N{number}",
            account_id=OPEN_ACCOUNT,
        ).come_to(PaymentState.DECLINED, now=NOON, source=ChangeSource.BANK, reason=each)
        keep(debtor.store, evolve(payment, ask_at=None))
        page = seen(debtor.get(browser, page_of(payment)).text)
        said.add(page.partition("Платеж отклонен")[2].partition("Деньги не списаны")[0])

    assert len(DeclineReason) == len(said)


@pytest.mark.manual("4.4.3.1-c")
def test_what_is_on_its_way_is_shown_and_not_asked_for_again(debtor: Household) -> None:
    """The card of the account tells of it, and the form takes it off what is due."""
    kept(debtor, PaymentState.PAID)
    browser = debtor.signed_in()
    card = seen(debtor.get(browser, f"/accounts/{OPEN_ACCOUNT}").text)
    form = debtor.get(browser, PAY).text

    assert "В обработке 604,06 ₽ банк принял оплату" in card
    assert "604,06 ₽ уже в обработке" in seen(form)
    assert 'value="604,06"' not in form


def test_a_bank_that_is_away_does_not_hide_a_payment(debtor: Household) -> None:
    """What is known of it is shown."""
    browser = debtor.signed_in()
    path = send(debtor, browser).headers["Location"]
    debtor.get(browser, path)
    debtor.bank.is_away = True

    assert "Платеж в обработке" in debtor.get(browser, path).text


def test_payments_of_others_are_not_there(debtor: Household) -> None:
    """Somebody else's account, somebody else's payment, and no payment look alike."""
    browser = debtor.signed_in()
    strange = a_card_payment(account_id=STRANGE_ACCOUNT, user_id=another_user().user_id)
    keep(debtor.store, strange)
    none = a_card_payment(payment_id=CardPaymentId(UUID(int=1)), account_id=OPEN_ACCOUNT)

    for path in (
        page_of(strange),
        page_of(evolve(strange, account_id=OPEN_ACCOUNT)),
        page_of(none),
        f"/accounts/{STRANGE_ACCOUNT}/pay",
    ):
        assert 404 == debtor.get(browser, path).status_code
    taken = str(strange.payment_id)
    assert 404 == send(debtor, browser, payment=taken).status_code


def test_without_a_bank_nobody_is_asked_to_pay() -> None:
    """The button is not there, and its page says what to do instead."""
    household = Household(pays_by_card=False)
    browser = household.signed_in()
    refused = household.get(browser, PAY)

    assert f'href="{PAY}"' not in household.get(browser, f"/accounts/{OPEN_ACCOUNT}").text
    assert 503 == refused.status_code
    assert "по QR-коду квитанции" in seen(refused.text)
