"""What happens when several do the same at once."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

import pytest
from attrs import evolve
from tests.integration.sql.workbench import SqlStore, a_street, account_id

from elkk_adapters.sql import Database
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core.accounts import (
    BillDelivery,
    LinkAccount,
    LinkingLocked,
    LinkingPolicy,
    Relation,
    WrongSecurityAnswer,
)
from elkk_core.billing import BillingReport, InvoiceSource, LawTable, RunBilling
from elkk_core.identity import PhoneTaken, User
from elkk_core.metering import MeteredAccount, RolloverPolicy
from elkk_core.shared import AccountId, InvoiceId, Limit, Month, StaleState, UserId
from elkk_core.testing.builders import (
    JANUARY,
    SUPPLIER_ID,
    USER_ID,
    a_law_row,
    a_link,
    a_supplier,
    a_user,
    an_account,
    an_invoice,
    another_user,
)
from elkk_core.testing.doubles import FixedClock
from elkk_core.testing.stores import keep

_LATER = FixedClock(datetime(2020, 6, 1, 9, tzinfo=UTC))


@pytest.fixture(name="store")
def store_for_many(database: Database) -> SqlStore:
    """Return an empty store that several threads share."""
    return SqlStore(database, database.engine)


def _run_billing(store: SqlStore, *, batch_size: int = 3) -> RunBilling:
    return RunBilling(
        unit_of_work=store.unit_of_work,
        clock=_LATER,
        identifiers=TimeOrderedIdentifiers(),
        rollover=RolloverPolicy(),
        batch_size=batch_size,
    )


def _at_once(*works: Callable[[], object]) -> list[Future[object]]:
    """Start all of *works* at the same moment and wait for their ends."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return [threads.submit(begin, work) for work in works]


def test_numbers_have_neither_gaps_nor_doubles(store: SqlStore) -> None:
    """Whoever takes numbers at the same time gets others, and numbers not kept are given again."""
    keep(store, a_supplier())
    taken: list[int] = []

    def take_numbers(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - no secret
        for _ in range(10):
            count = chance.randrange(1, 4)
            with store.unit_of_work() as uow:
                first = uow.numbers.take(SUPPLIER_ID, 2020, count)
                if chance.random() < 0.7:
                    uow.commit()
                    taken.extend(range(first, first + count))

    for work in _at_once(*(lambda seed=seed: take_numbers(seed) for seed in range(4))):
        work.result()

    assert list(range(1, len(taken) + 1)) == sorted(taken)


def test_two_runs_of_a_month_bill_nobody_twice(store: SqlStore) -> None:
    """Two billing runs share the work, and their numbers have no gaps."""
    keep(store, *a_street(20))

    def run() -> BillingReport:
        return _run_billing(store)(supplier="tsna", month=JANUARY)

    reports = [work.result() for work in _at_once(run, run, run)]

    assert 20 == sum(report.issued for report in reports if isinstance(report, BillingReport))
    with store.unit_of_work() as uow:
        invoices = uow.invoices.list_of([account_id(house) for house in range(20)])
    assert [f"TSNA-2020-{number:06}" for number in range(1, 21)] == sorted(
        invoice.number for invoice in invoices
    )
    assert 20 == len({invoice.account_id for invoice in invoices})


def test_runs_of_two_months_never_charge_twice(store: SqlStore) -> None:
    """Whichever run comes first to an account, each kilowatt-hour is billed once."""
    keep(store, *a_street(12, months=2))
    months = (JANUARY, JANUARY.next)

    for work in _at_once(
        *(lambda month=month: _run_billing(store)(supplier="tsna", month=month) for month in months)
    ):
        work.result()

    for house in range(12):
        with store.unit_of_work() as uow:
            invoices = uow.invoices.list_of([account_id(house)])
            balance = uow.ledger.balances([account_id(house)], before=Month(2021, 1).first_day)
        assert 200 == sum(invoice.volume for invoice in invoices)
        assert invoices[-1].closing == balance[account_id(house)]


def test_reading_waits_for_the_bill_of_its_account(store: SqlStore) -> None:
    """Readings that come while an account is being billed learn of the bill, and of none other."""
    keep(store, *a_street(2), a_user(), a_link(account_id=account_id(0)))

    def look() -> MeteredAccount:
        with store.unit_of_work() as uow:
            return uow.metered_accounts.get_linked(account_id(0), user_id=USER_ID)

    with ThreadPoolExecutor(1) as threads, store.unit_of_work() as uow:
        assert 1 == len(
            uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", through="", limit=1)
        )
        looked = threads.submit(look)
        with pytest.raises(TimeoutError):
            looked.result(timeout=0.3)
        uow.invoices.add_all([an_invoice(account_id=account_id(0), source=InvoiceSource.ISSUED)])
        uow.commit()

        assert JANUARY == looked.result(timeout=5).billed_through


def test_reading_waits_for_the_correction_of_a_bill(store: SqlStore) -> None:
    """An account whose bill is being made anew is its own until that is done."""
    bill = an_invoice(account_id=account_id(0), source=InvoiceSource.ISSUED)
    keep(store, *a_street(1), a_user(), a_link(account_id=account_id(0)), bill)

    def look() -> MeteredAccount:
        with store.unit_of_work() as uow:
            return uow.metered_accounts.get_linked(account_id(0), user_id=USER_ID)

    with ThreadPoolExecutor(1) as threads:
        with store.unit_of_work() as uow:
            assert (
                account_id(0)
                == uow.billable_accounts.get_before(bill.invoice_id).account.account_id
            )
            looked = threads.submit(look)
            with pytest.raises(TimeoutError):
                looked.result(timeout=0.3)

        assert JANUARY == looked.result(timeout=5).billed_through


def test_run_that_waited_goes_on_with_those_left(store: SqlStore) -> None:
    """Accounts that another run billed meanwhile are passed over, not the end of the list."""
    keep(store, *a_street(4))

    def batch() -> list[AccountId]:
        with store.unit_of_work() as uow:
            found = uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", through="", limit=2)
            return [billable.account.account_id for billable in found]

    with ThreadPoolExecutor(1) as threads, store.unit_of_work() as uow:
        assert 2 == len(
            uow.billable_accounts.batch(SUPPLIER_ID, JANUARY, after="", through="", limit=2)
        )
        waiting = threads.submit(batch)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        uow.invoices.add_all(
            an_invoice(
                invoice_id=InvoiceId(UUID(int=house)),
                account_id=account_id(house),
                number=f"TSNA-{house}",
            )
            for house in range(2)
        )
        uow.commit()

        assert [account_id(2), account_id(3)] == waiting.result(timeout=5)


def test_two_imports_of_the_same_accounts_wait_for_each_other(store: SqlStore) -> None:
    """Whatever the order in which they name accounts, they do not block each other for good."""
    keep(store, *a_street(200))
    numbers = [f"{10_000_000 + house}" for house in range(200)]

    def name(order: list[str]) -> None:
        for _ in range(5):
            with store.unit_of_work() as uow:
                assert 200 == len(uow.metered_accounts.find_by_numbers(SUPPLIER_ID, order))

    for work in _at_once(lambda: name(numbers), lambda: name(numbers[::-1])):
        work.result()


def test_one_of_two_gets_the_phone(store: SqlStore) -> None:
    """Of users who register with the same phone at once, one is taken in."""

    def register() -> None:
        with store.unit_of_work() as uow:
            user_id = UserId(TimeOrderedIdentifiers().new())
            uow.users.add(evolve(a_user(), user_id=user_id))
            uow.commit()

    works = _at_once(register, register, register)

    errors = [work.exception() for work in works if work.exception() is not None]
    assert [PhoneTaken, PhoneTaken] == [type(error) for error in errors]


def test_wrong_answers_at_once_are_all_counted(store: SqlStore) -> None:
    """Guessing from many windows at once gains nothing: no answer is heard that is not counted."""
    keep(store, a_supplier(), an_account(), an_invoice(), a_user())
    link = LinkAccount(
        unit_of_work=store.unit_of_work,
        clock=FixedClock(datetime(2020, 2, 3, 9, tzinfo=UTC)),
        identifiers=TimeOrderedIdentifiers(),
        policy=LinkingPolicy(),
    )

    def guess() -> None:
        link(
            user_id=USER_ID,
            supplier_id=SUPPLIER_ID,
            number="680012345678",
            relation=Relation.OWNER,
            delivery=BillDelivery.PAPER,
            answer="0,01",
        )

    errors = [work.exception() for _ in range(3) for work in _at_once(*(guess for _ in range(4)))]

    heard = [error for error in errors if isinstance(error, WrongSecurityAnswer)]
    with store.unit_of_work() as uow:
        tally = uow.tallies.get(f"linking:user:{USER_ID}")
    assert len(heard) == len(tally.moments) <= LinkingPolicy().per_user.times
    assert {WrongSecurityAnswer, LinkingLocked, StaleState} >= {type(error) for error in errors}


def test_right_answer_among_wrong_ones_is_counted_as_they_are(store: SqlStore) -> None:
    """Of answers given at once one alone is heard, and a right one has no way past the others."""
    keep(store, a_supplier(), an_account(), an_invoice(), a_user())
    link = LinkAccount(
        unit_of_work=store.unit_of_work,
        clock=FixedClock(datetime(2020, 2, 3, 9, tzinfo=UTC)),
        identifiers=TimeOrderedIdentifiers(),
        policy=LinkingPolicy(per_user=Limit(times=50, within=timedelta(days=1))),
    )

    def answer(text: str) -> None:
        link(
            user_id=USER_ID,
            supplier_id=SUPPLIER_ID,
            number="680012345678",
            relation=Relation.OWNER,
            delivery=BillDelivery.PAPER,
            answer=text,
        )

    answers = ("0,01", "0,02", "2,55", "0,03", "0,04")
    errors = [work.exception() for work in _at_once(*(partial(answer, text) for text in answers))]

    heard = [error for error in errors if error is None or isinstance(error, WrongSecurityAnswer)]
    with store.unit_of_work() as uow:
        tally = uow.tallies.get(f"linking:user:{USER_ID}")
    assert len(heard) == tally.version


def test_of_two_that_hold_each_other_up_one_may_try_again(
    postgresql_schema_url: str,
) -> None:
    """A deadlock ends by an error that says that repeating is safe."""
    with Database(postgresql_schema_url) as database:
        store = SqlStore(database, database.engine)
        users = (a_user(), another_user())
        keep(store, *users)
        both_hold_one = threading.Barrier(2)

        def change(first: User, second: User) -> None:
            with store.unit_of_work() as uow:
                uow.users.save(first)
                both_hold_one.wait()
                uow.users.save(second)
                uow.commit()

        works = _at_once(lambda: change(*users), lambda: change(*users[::-1]))

        assert [StaleState] == [
            type(work.exception()) for work in works if work.exception() is not None
        ]


def test_a_table_of_an_act_is_never_a_mixture(store: SqlStore) -> None:
    """Of two operators who replace a table at once one has the last word, with all of its rows."""
    tables = {
        rate: tuple(a_law_row(first_day=date(year, 1, rate), value=Decimal(rate)) for year in years)
        for rate, years in ((1, range(2000, 2012)), (2, range(2000, 2009)))
    }

    def replace(rate: int) -> None:
        with store.unit_of_work() as uow:
            uow.law.replace(LawTable.KEY_RATES, tables[rate])
            uow.commit()

    for _ in range(5):
        for work in _at_once(partial(replace, 1), partial(replace, 2)):
            work.result()
        with store.unit_of_work() as uow:
            found = uow.law.get().rows(LawTable.KEY_RATES)

        assert found in tables.values()
