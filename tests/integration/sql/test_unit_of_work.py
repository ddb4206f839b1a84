"""What the contracts do not say of a unit of work on a database."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore, TableQueue

from elkk_adapters.sql import Database, tables
from elkk_adapters.sql.statements import add_all
from elkk_core.accounts import SupplierCodeTaken
from elkk_core.identity import PhoneTaken
from elkk_core.shared import (
    Money,
    StaleState,
    SupplierId,
    SupplierNotFound,
    Unavailable,
    UserId,
)
from elkk_core.testing.builders import (
    MORNING,
    SUPPLIER_ID,
    USER_ID,
    a_link,
    a_supplier,
    a_user,
    an_account,
    another_user,
)
from elkk_core.testing.stores import keep


@pytest.fixture(name="store")
def store_of_a_database(database: Database) -> SqlStore:
    """Return an empty store."""
    return SqlStore(database, database.engine)


def test_unit_is_closed_by_its_commit(store: SqlStore) -> None:
    """The commit is the last thing: what came after it would be forgotten without a word."""
    with store.unit_of_work() as uow:
        uow.commit()

        with pytest.raises(RuntimeError):
            uow.users.add(a_user())
        with pytest.raises(RuntimeError):
            uow.commit()


def test_unit_is_not_open_before_it_is_entered(store: SqlStore) -> None:
    """Nothing runs outside of a transaction."""
    with pytest.raises(RuntimeError):
        store.unit_of_work().users.get(USER_ID)


def test_unit_goes_on_after_a_refusal(store: SqlStore) -> None:
    """What a rule of the database refuses does not spoil the rest of the unit."""
    keep(store, a_supplier(), a_user())
    with store.unit_of_work() as uow:
        uow.users.add(another_user())
        with pytest.raises(PhoneTaken):
            uow.users.add(a_user(user_id=UserId(UUID(int=1))))
        with pytest.raises(SupplierCodeTaken) as refused:
            uow.suppliers.add(a_supplier(supplier_id=SupplierId(UUID(int=1))))
        uow.commit()

    assert a_supplier().code == refused.value.supplier
    with store.unit_of_work() as uow:
        assert another_user() == uow.users.find_by_phone(another_user().phone)


def test_what_hangs_on_nothing_is_refused(store: SqlStore) -> None:
    """An account of a supplier that is not there, and a link of nobody, are not kept."""
    with store.unit_of_work() as uow:
        with pytest.raises(StaleState):
            uow.accounts.add_all([an_account()])
        with pytest.raises(StaleState):
            uow.links.add(a_link())


def test_connections_go_back_whatever_happens(database: Database, store: SqlStore) -> None:
    """Units that end in an error, twice as many as there are connections, leave none behind."""
    for _ in range(30):
        with pytest.raises(SupplierNotFound), store.unit_of_work() as uow:
            uow.suppliers.get(SUPPLIER_ID)

    with database.unit_of_work(TableQueue()) as uow, pytest.raises(SupplierNotFound):
        uow.suppliers.get(SUPPLIER_ID)


def test_mistake_of_our_own_is_no_conflict(database: Database) -> None:
    """A row that no aggregate could make is told as it is: repeating would not help."""
    payment = {
        "payment_id": UUID(int=1),
        "supplier_id": SUPPLIER_ID,
        "account_id": UUID(int=2),
        "received_on": date(2020, 1, 10),
        "amount": Money(-1),
        "reference": "СУИП 1",
        "counted_before": False,
        "recorded_at": MORNING,
    }
    with (
        database.engine.begin() as connection,
        pytest.raises(sa.exc.IntegrityError, match="ck_received_payments_amount"),
    ):
        add_all(connection, tables.received_payments, [payment], what="payment")


def test_saving_nothing_changes_nothing(store: SqlStore) -> None:
    """A batch may be empty."""
    with store.unit_of_work() as uow:
        uow.accounts.add_all([])
        uow.accounts.save_all([])
        uow.commit()

    assert () == store.events()


def test_unit_to_read_waits_for_nobody(database: Database, store: SqlStore) -> None:
    """A page is shown while a long import holds what it will change."""
    keep(store, a_supplier(), a_user())
    with store.unit_of_work() as writer:
        writer.users.save(a_user().confirm_email(now=MORNING))
        with database.unit_to_read(TableQueue()) as reader:
            seen = reader.users.get(USER_ID)

    assert a_user() == seen


def test_unit_to_read_changes_nothing(database: Database, store: SqlStore) -> None:
    """Whoever was given a unit to read cannot write by mistake."""
    keep(store, a_user())
    with database.unit_to_read(TableQueue()) as reader:
        users = reader.users
        with pytest.raises((sa.exc.DBAPIError, Unavailable)):
            users.save(a_user().confirm_email(now=MORNING))

    with store.unit_of_work() as uow:
        assert a_user() == uow.users.get(USER_ID)
