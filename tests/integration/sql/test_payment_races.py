"""Payments by card that several ask after at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from tests.integration.sql.workbench import SqlStore

from elkk_adapters.sql import Database
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core.billing import EntryKind
from elkk_core.identity import Email
from elkk_core.payments import PaymentPolicy, PaymentState, Posting, SettlePayment, StartPayment
from elkk_core.shared import Money, StaleState
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    USER_ID,
    a_card_payment,
    a_link,
    a_supplier,
    a_user,
    an_account,
)
from elkk_core.testing.doubles import FixedClock, SimpleBank
from elkk_core.testing.stores import keep

_POLICY = PaymentPolicy(posting=Posting.AT_ONCE)
_AT_ONCE = 8


def test_asked_after_by_many_at_once_it_is_credited_once(database: Database) -> None:
    """The page, another tab, the worker: one of them credits, and the others find it done."""
    store, clock = SqlStore(database, database.engine), FixedClock()
    bank = SimpleBank(clock)
    keep(store, a_supplier(), an_account(), a_user(), a_link())
    start = StartPayment(unit_of_work=store.unit_of_work, gateway=bank, clock=clock, policy=_POLICY)
    payment = start(
        payment_id=a_card_payment().payment_id,
        user_id=USER_ID,
        account_id=ACCOUNT_ID,
        amount="604,06",
        accepted=True,
        email=Email("petrova@tambov-post.ru"),
        language="ru",
        return_to="https://cabinet.example/",
    )
    bank.pay(str(payment.address))
    settle = SettlePayment(
        unit_of_work=store.unit_of_work,
        gateway=bank,
        clock=clock,
        identifiers=TimeOrderedIdentifiers(),
        policy=_POLICY,
    )

    def ask(_number: int) -> None:
        with suppress(StaleState):
            settle(payment_id=payment.payment_id)

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        list(pool.map(ask, range(_AT_ONCE)))

    with store.unit_of_work() as uow:
        entries = uow.ledger.list_of(ACCOUNT_ID)
        kept = uow.card_payments.get(payment.payment_id)
    assert [(EntryKind.PAYMENT, Money(-60406))] == [(e.kind, e.amount) for e in entries]
    assert PaymentState.POSTED is kept.state
