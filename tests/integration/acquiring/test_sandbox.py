"""The adapter and the sandbox bank understand each other over real HTTP."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from tests.integration.acquiring.sandbox import (
    PERSON,
    PlayedSandbox,
    card,
    order_id,
    served_sandbox,
)

from elkk_core.payments import BankOutcome, BankUnavailable, DeclineReason
from elkk_core.testing import contracts
from elkk_core.testing.builders import a_payment_order
from elkk_sandbox import CARDS, CODE, Ending

NUMBER = a_payment_order().number
REASONS = {
    Ending.NO_FUNDS: DeclineReason.FUNDS,
    Ending.OVER_LIMIT: DeclineReason.LIMIT,
    Ending.EXPIRED: DeclineReason.CARD_EXPIRED,
    Ending.BLOCKED: DeclineReason.CARD_BLOCKED,
}


class TestRbsOnTheSandbox(contracts.PaymentGatewayContract):
    @pytest.fixture(autouse=True)
    def fresh_sandbox(self) -> Iterator[None]:
        """Serve a sandbox that knows no order yet."""
        with served_sandbox() as self.sandbox:
            yield

    def make(self) -> PlayedSandbox:
        """Return the adapter before the sandbox."""
        return self.sandbox


@pytest.fixture(name="bank")
def sandbox_for_one_test() -> Iterator[PlayedSandbox]:
    """Yield a sandbox that knows no order yet."""
    with served_sandbox() as sandbox:
        yield sandbox


def outcome(bank: PlayedSandbox) -> tuple[BankOutcome, DeclineReason | None]:
    """Return what the bank says of the order of these tests."""
    answer = bank.ask(NUMBER)
    assert answer is not None
    return answer.outcome, answer.reason


@pytest.mark.parametrize("ending", REASONS)
def test_cards_are_refused_as_announced(bank: PlayedSandbox, ending: Ending) -> None:
    """Each card that is refused tells its own reason, and the payer is sent back to the shop."""
    address = bank.register(a_payment_order()).address
    answer = bank.enter_card(address, card(ending))

    assert (BankOutcome.DECLINED, REASONS[ending]) == outcome(bank)
    assert answer.headers["Location"].startswith(a_payment_order().return_to + "?orderId=")


@pytest.mark.parametrize(
    "good", [card for card in CARDS if card.ending is Ending.PAID], ids=lambda card: card.system
)
def test_cards_of_all_systems_are_taken(bank: PlayedSandbox, good: object) -> None:
    """Мир, Visa and Mastercard pay alike."""
    address = bank.register(a_payment_order()).address
    bank.enter_card(address, good)  # type: ignore[arg-type]
    answer = bank.enter_code(address, CODE)

    assert (BankOutcome.PAID, None) == outcome(bank)
    assert answer.headers["Location"].startswith(a_payment_order().return_to + "?orderId=")


def test_a_late_bank_learns_of_the_money_after_a_while(bank: PlayedSandbox) -> None:
    """The payer is done, and the bank still waits; some seconds later it has the money."""
    address = bank.register(a_payment_order()).address
    bank.enter_card(address, card(Ending.LATE))
    bank.enter_code(address, CODE)

    assert (BankOutcome.WAITING, None) == outcome(bank)
    bank.let_pass(timedelta(seconds=6))
    assert (BankOutcome.PAID, None) == outcome(bank)


def test_three_wrong_codes_refuse_the_card(bank: PlayedSandbox) -> None:
    """Two may be wrong; the third one ends the attempt, and another may follow."""
    address = bank.register(a_payment_order()).address
    bank.enter_card(address, card(Ending.PAID))
    statuses = [bank.enter_code(address, "0").status_code for _ in range(3)]

    assert [422, 422, 302] == statuses
    assert (BankOutcome.DECLINED, DeclineReason.NOT_CONFIRMED) == outcome(bank)
    bank.pay(address)
    assert (BankOutcome.PAID, None) == outcome(bank)


def test_a_payer_may_give_up_before_the_code(bank: PlayedSandbox) -> None:
    """Nobody confirmed, so the payment was refused; after it no code is asked for."""
    address = bank.register(a_payment_order()).address
    bank.enter_card(address, card(Ending.PAID))
    page = address.replace("/card", "/code")
    given_up = httpx.post(page, data={"cancel": "yes", "mdOrder": order_id(address)})

    assert 302 == given_up.status_code
    assert (BankOutcome.DECLINED, DeclineReason.NOT_CONFIRMED) == outcome(bank)
    assert 410 == httpx.get(page).status_code


def test_an_order_is_paid_once(bank: PlayedSandbox) -> None:
    """A second tab with the same page finds that nothing is left to pay."""
    address = bank.register(a_payment_order()).address
    bank.pay(address)
    bank.refuse(address)

    assert (BankOutcome.PAID, None) == outcome(bank)
    assert 410 == httpx.get(address).status_code


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("card", "4111 1111 1111 1112"),
        ("expiry", "13/30"),
        ("cvc", "12"),
        ("holder", "Анна"),
        ("email", "anna"),
    ],
)
def test_a_mistake_is_told_at_its_field(bank: PlayedSandbox, field: str, wrong: str) -> None:
    """Nothing is tried, and what was typed stays, but for the code on the back."""
    address = bank.register(a_payment_order()).address
    form = {**PERSON, "card": CARDS[0].written, "mdOrder": order_id(address), field: wrong}
    page = httpx.post(address.partition("?")[0], data=form)

    assert 422 == page.status_code
    assert f'id="{field}-wrong"' in page.text
    assert 1 == page.text.count('class="wrong"')
    assert (f'value="{wrong}"' in page.text) is (field != "cvc")
    assert (BankOutcome.WAITING, None) == outcome(bank)


def test_the_page_speaks_the_language_of_the_order(bank: PlayedSandbox) -> None:
    """Amount, account and receipt address are there; the shop chose the language."""
    russian = httpx.get(bank.register(a_payment_order()).address).text
    english = httpx.get(bank.register(a_payment_order(number="N2", language="en")).address).text

    assert all(text in russian for text in ("604,06", "ЛС 680012345678", "petrova@tambov-post.ru"))
    assert 'lang="ru"' in russian
    assert "604.06" in english
    assert "Card number" in english


def test_pages_without_an_order(bank: PlayedSandbox) -> None:
    """Whoever comes without a known order is told so, wherever."""
    for path in ("card", "code"):
        assert 404 == httpx.get(f"{bank.url}/payment/{path}?mdOrder=none").status_code
        assert 404 == httpx.post(f"{bank.url}/payment/{path}", data={}).status_code


# What the gateway refuses


def test_a_shop_that_the_bank_does_not_know_is_refused(bank: PlayedSandbox) -> None:
    """Without the right token nothing is registered, and nothing told."""
    stranger = PlayedSandbox(url=bank.url, token="another")

    with pytest.raises(BankUnavailable):
        stranger.register(a_payment_order())
    with pytest.raises(BankUnavailable):
        stranger.ask(NUMBER)
    assert bank.ask(NUMBER) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": ""}, "4"),
        ({"orderNumber": ""}, "4"),
        ({"returnUrl": ""}, "4"),
        ({"amount": "12,50"}, "5"),
        ({"amount": "0"}, "5"),
        ({"orderNumber": "N" * 33}, "5"),
        ({"token": ""}, "5"),
    ],
)
def test_the_gateway_refuses_as_documented(
    bank: PlayedSandbox, change: dict[str, str], code: str
) -> None:
    """What is missing is error 4, what is wrong error 5."""
    order = {
        "token": bank.token,
        "orderNumber": "N1",
        "amount": "60406",
        "returnUrl": "https://shop.example/",
        "jsonParams": "no JSON at all",
    }
    answer = httpx.post(f"{bank.url}/payment/rest/register.do", data=order | change).json()

    assert code == answer["errorCode"]
