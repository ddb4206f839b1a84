"""The sandbox bank, served as it is in a demo, with a payer before its pages."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
from attrs import define, field

from elkk_adapters.acquiring import RbsGateway
from elkk_adapters.settings import Acquiring
from elkk_core.payments import BankAnswer, PaymentOrder, RegisteredOrder
from elkk_sandbox import API, CARDS, CODE, Ending, SandboxBank, TestCard, serving

TOKEN = "a token of the tests"
PERSON = {"expiry": "12/30", "cvc": "123", "holder": "ANNA PETROVA", "email": "anna@tambov-post.ru"}


@define
class Watch:
    """A clock that goes with that of the machine, and can be put forward."""

    ahead: float = 0.0

    def __call__(self) -> float:
        """Return the seconds of the moment."""
        return time.time() + self.ahead


@define
class PlayedSandbox:
    """The adapter before the sandbox over real HTTP, and a payer who clicks through its pages."""

    url: str
    token: str = TOKEN
    watch: Watch = field(factory=Watch)
    gateway: RbsGateway = field(init=False)

    @gateway.default
    def _gateway_to_the_sandbox(self) -> RbsGateway:
        return RbsGateway(Acquiring(url=f"{self.url}{API}", token=self.token))

    def register(self, order: PaymentOrder) -> RegisteredOrder:
        """Register an order."""
        return self.gateway.register(order)

    def ask(self, number: str) -> BankAnswer | None:
        """Ask after an order."""
        return self.gateway.ask(number)

    def pay(self, address: str) -> None:
        """Pay with a good card and the right code."""
        if self.enter_card(address, card(Ending.PAID)).headers.get("Location", "").find("code") > 0:
            self.enter_code(address, CODE)

    def refuse(self, address: str) -> None:
        """Try a card that has too little money on it."""
        self.enter_card(address, card(Ending.NO_FUNDS))

    def let_pass(self, step: timedelta) -> None:
        """Put the clock of the bank forward."""
        self.watch.ahead += step.total_seconds()

    def enter_card(self, address: str, chosen: TestCard) -> httpx.Response:
        """Send the form of the card."""
        form = {**PERSON, "card": chosen.written, "mdOrder": order_id(address)}
        return httpx.post(address.partition("?")[0], data=form)

    def enter_code(self, address: str, code: str) -> httpx.Response:
        """Send the form of the code."""
        page = address.partition("?")[0].replace("/card", "/code")
        return httpx.post(page, data={"code": code, "mdOrder": order_id(address)})


def card(ending: Ending) -> TestCard:
    """Return a card with which a payment ends so."""
    return next(card for card in CARDS if card.ending is ending)


def order_id(address: str) -> str:
    """Return the bank's identifier in the address of its page."""
    return address.rpartition("mdOrder=")[2]


@contextmanager
def served_sandbox() -> Iterator[PlayedSandbox]:
    """Yield the sandbox at a free port."""
    watch = Watch()
    bank = SandboxBank(token=TOKEN, clock=watch)
    with socket.create_server(("127.0.0.1", 0)) as listener, serving(bank, listener):
        port = listener.getsockname()[1]
        played = PlayedSandbox(url=f"http://127.0.0.1:{port}", watch=watch)
        with played.gateway:
            yield played
