"""What pages of readings look up in a database, by units that lock nothing."""

from datetime import UTC, datetime
from functools import partial

from tests.integration.sql.workbench import SqlStore, TableQueue

from elkk_adapters.sql import Database
from elkk_core.billing import PreviewReadings
from elkk_core.metering import OpenSubmissionTicket, RolloverPolicy
from elkk_core.shared import Money, Zone
from elkk_core.testing.builders import (
    ACCOUNT_ID,
    METER_ID,
    USER_ID,
    a_benefit,
    a_link,
    a_meter,
    a_norm,
    a_rate,
    a_reading,
    a_supplier,
    a_ticket,
    a_user,
    an_account,
    an_invoice,
)
from elkk_core.testing.doubles import FixedClock, PlainTickets
from elkk_core.testing.stores import keep


def test_preview_reads_and_locks_nothing(database: Database) -> None:
    """While another unit holds the account, the household is told what its readings mean."""
    store = SqlStore(database, database.engine)
    keep(
        store,
        a_user(),
        a_supplier(),
        an_account(),
        a_link(),
        a_meter(),
        a_rate(),
        a_norm(),
        a_reading(),
        a_benefit(),
        an_invoice(),
    )
    ask = PreviewReadings(
        reading=partial(database.unit_to_read, TableQueue()),
        cabinet=database.cabinet,
        clock=FixedClock(datetime(2020, 2, 20, 9, tzinfo=UTC)),
        rollover=RolloverPolicy(),
    )
    with store.unit_of_work() as uow:
        uow.metered_accounts.get_linked(ACCOUNT_ID, user_id=USER_ID)
        preview = ask(
            user_id=USER_ID,
            account_id=ACCOUNT_ID,
            meter_id=METER_ID,
            values={Zone.ALL_DAY: "14555"},
        )

    assert preview is not None
    assert 232 == preview.consumed
    assert Money.zero() < preview.amount < Money(64264)


def test_ticket_is_opened_and_locks_nothing(database: Database) -> None:
    """While another unit holds the account, the link of a reminder opens."""
    store = SqlStore(database, database.engine)
    keep(store, a_user(), a_supplier(), an_account(), a_link(), a_meter())
    tickets = PlainTickets()
    open_ticket = OpenSubmissionTicket(
        reading=partial(database.unit_to_read, TableQueue()),
        tickets=tickets,
        clock=FixedClock(datetime(2020, 1, 20, 9, tzinfo=UTC)),
    )
    with store.unit_of_work() as uow:
        uow.metered_accounts.get_linked(ACCOUNT_ID, user_id=USER_ID)

        assert a_ticket() == open_ticket(text=tickets.write(a_ticket()))
