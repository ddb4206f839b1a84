"""How many statements a question takes, and how many values it may name."""

from collections.abc import Callable

import pytest
from attrs import evolve
from tests.integration.sql.workbench import (
    SqlStore,
    a_street,
    account_id,
    counted_statements,
)

from elkk_adapters.sql import Database
from elkk_core.billing import Cabinet, Invoice, RunBilling
from elkk_core.metering import RolloverPolicy
from elkk_core.shared import Money
from elkk_core.testing.builders import (
    JANUARY,
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_link,
    a_user,
    an_account,
)
from elkk_core.testing.doubles import FixedClock, SequentialIdentifiers
from elkk_core.testing.stores import keep

_MANY = 40_000
"""More than SQLite takes as parameters of one statement."""


@pytest.fixture(name="store")
def store_of_a_database(database: Database) -> SqlStore:
    """Return an empty store."""
    return SqlStore(database, database.engine)


def test_batch_to_bill_takes_a_constant_number_of_statements(
    database: Database, store: SqlStore
) -> None:
    """A hundred accounts are read by as many statements as two."""
    keep(store, *a_street(100))

    def statements(limit: int) -> int:
        with counted_statements(database) as found, store.unit_of_work() as uow:
            batch = uow.billable_accounts.batch(
                SUPPLIER_ID, JANUARY, after="", through="", limit=limit
            )
        assert limit == len(batch)
        return len(found)

    assert statements(2) == statements(100) <= 10


@pytest.mark.parametrize(
    "ask",
    [
        lambda cabinet, _: cabinet.account(account_id(0), user_id=USER_ID),
        lambda cabinet, _: cabinet.history(account_id(0), user_id=USER_ID, since=None),
        lambda cabinet, invoice: cabinet.invoice(invoice.invoice_id, user_id=USER_ID),
    ],
    ids=["account", "history", "invoice"],
)
def test_page_takes_a_constant_number_of_statements(
    database: Database, store: SqlStore, ask: Callable[[Cabinet, Invoice | None], object]
) -> None:
    """A page on three years is made by as many statements as one on a month."""
    keep(store, *a_street(1, months=36), a_user(), a_link(account_id=account_id(0)))
    run_billing = RunBilling(
        unit_of_work=store.unit_of_work,
        clock=FixedClock(MORNING.replace(year=2024)),
        identifiers=SequentialIdentifiers(first=1_000_000),
        rollover=RolloverPolicy(),
    )
    counts: list[int] = []
    for last in (1, 35):
        for month in JANUARY.plus(len(counts)).until(JANUARY.plus(last)):
            assert 1 == run_billing(supplier="tsna", month=month).issued
        last_invoice = store.cabinet.account(account_id(0), user_id=USER_ID).last_invoice
        with counted_statements(database) as found:
            ask(store.cabinet, last_invoice)
        counts.append(len(found))

    assert counts[0] == counts[1] <= 10


def test_question_may_name_more_than_a_statement_holds(store: SqlStore) -> None:
    """Forty thousand numbers or identifiers are one question."""
    keep(store, *a_street(1), an_account())
    numbers = [f"{10_000_000 + house}" for house in range(_MANY)]
    ids = [account_id(house) for house in range(_MANY)]

    with store.unit_of_work() as uow:
        assert ["10000000"] == list(uow.accounts.find_by_numbers(SUPPLIER_ID, numbers))
        assert ["10000000"] == list(uow.metered_accounts.find_by_numbers(SUPPLIER_ID, numbers))
        assert ["10000000"] == list(uow.billable_accounts.find_by_numbers(SUPPLIER_ID, numbers))
        meters = uow.meters.list_of(ids)
        assert 1 == len(meters)
        assert 2 == len(uow.readings.list_of([meter.meter_id for meter in meters]))
        balances = uow.ledger.balances(ids, before=JANUARY.first_day)
        assert {Money.zero()} == set(balances.values())
        assert _MANY == len(balances)


def test_question_may_name_nothing(store: SqlStore) -> None:
    """Nobody is found among nobody."""
    with store.unit_of_work() as uow:
        assert {} == uow.accounts.find_by_numbers(SUPPLIER_ID, [])
        assert () == uow.readings.list_of([])
        assert {} == uow.ledger.balances([], before=JANUARY.first_day)


def test_many_rows_go_in_at_once(store: SqlStore) -> None:
    """Five thousand households are kept in one unit of work, and found again."""
    street = list(a_street(0))
    households = [
        an_account(account_id=account_id(house), number=f"{10_000_000 + house}")
        for house in range(5_000)
    ]
    keep(store, *street)
    with store.unit_of_work() as uow:
        uow.accounts.add_all(households)
        uow.commit()

    with store.unit_of_work() as uow:
        found = uow.accounts.find_by_numbers(SUPPLIER_ID, [each.number for each in households])
        uow.accounts.save_all(
            evolve(account, owner="Новый владелец", category="rural") for account in found.values()
        )
        uow.commit()
    assert {account.number: account for account in households} == found

    with store.unit_of_work() as uow:
        moved = uow.accounts.find_by_numbers(SUPPLIER_ID, list(found))
    assert {("rural", 1)} == {(account.category, account.version) for account in moved.values()}
