"""Payments by card at the operator's desk."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
from attrs import evolve
from tests.integration.acquiring.sandbox import PlayedSandbox, served_sandbox
from tests.integration.cli.conftest import Operator

from elkk_adapters.sql import Database
from elkk_core.payments import CardPayment
from elkk_core.testing.builders import (
    a_card_payment,
    a_payment_order,
    a_supplier,
    an_account,
)
from elkk_sandbox import API


def paying(elkk: Operator, sandbox: PlayedSandbox, *, url: str = "") -> Operator:
    """Return the operator of a cabinet that takes cards with the sandbox bank."""
    environ = {
        **elkk.environ,
        "ELKK_BANK_URL": f"{url or sandbox.url}{API}",
        "ELKK_BANK_TOKEN": sandbox.token,
        "ELKK_PAYMENT_POSTING": "at_once",
    }
    return evolve(elkk, environ=environ)


def keep(elkk: Operator, payment: CardPayment) -> None:
    """Put a payment into the operator's database, with its account and supplier."""
    with (
        Database(elkk.environ["ELKK_DATABASE_URL"]) as database,
        database.unit_of_work(None) as uow,  # type: ignore[arg-type]  # Nothing is told.
    ):
        uow.suppliers.add(a_supplier())
        uow.accounts.add_all([an_account()])
        uow.card_payments.add(payment)
        uow.commit()


def test_nothing_to_ask_about(elkk: Operator) -> None:
    """A desk without payments says so, and needs no bank."""
    answer = elkk("payments", "ask")

    assert (0, "There is nothing to ask about.\n") == (answer.status, answer.out)


def test_the_bank_is_asked_about_every_payment(elkk: Operator) -> None:
    """What the bank has taken is posted; a second time there is nothing left to ask about."""
    with served_sandbox() as sandbox:
        order = sandbox.register(a_payment_order())
        sandbox.pay(order.address)
        keep(elkk, a_card_payment(bank_order=order.bank_order))
        answer = paying(elkk, sandbox)("payments", "ask", "--json")
        again = paying(elkk, sandbox)("payments", "ask", "--json")

    told = {"order": a_payment_order().number, "amount": "604.06", "state": "posted"}
    assert {"payments": [told], "left": 0} == answer.data
    assert {"payments": [], "left": 0} == again.data


def test_a_silent_bank_leaves_payments_over(elkk: Operator) -> None:
    """The command says how many, and its exit status that it is not done."""
    keep(elkk, a_card_payment())
    with served_sandbox() as sandbox:
        silent = paying(elkk, sandbox, url="http://127.0.0.1:9")
        answer, printed = silent("payments", "ask"), silent("payments", "ask", "--json")

    assert (6, "not told by the bank: 1\n") == (answer.status, answer.out)
    assert {"payments": [], "left": 1} == printed.data


def test_a_sandbox_bank_of_its_own(tmp_path: Path) -> None:
    """It tells the settings with which a cabinet pays there, answers, and stops when told to."""
    command = [str(Path(sys.executable).with_name("elkk")), "sandbox-bank", "--port", "0"]
    log = tmp_path / "bank.json"
    with (
        log.open("wb") as out,
        subprocess.Popen([*command, "--token", "secret", "--json"], stdout=out) as process,
    ):
        try:
            told = _told(log)
            answer = httpx.post(f"{told['url']}register.do", data={"token": "secret"})
        finally:
            process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=20)

    assert "secret" == told["token"]
    assert "4" == answer.json()["errorCode"]
    assert 0 == status


def _told(log: Path) -> dict[str, str]:
    for _ in range(400):
        try:
            found: dict[str, str] = json.loads(log.read_text("utf-8"))
        except ValueError:
            time.sleep(0.05)
        else:
            return found
    raise AssertionError(log.read_text("utf-8"))
