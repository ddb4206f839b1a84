"""What users take along of all that the database keeps of them."""

import json
from decimal import Decimal

import sqlalchemy as sa
from tests.integration.sql.workbench import SqlStore

from elkk_adapters.bootstrap import application
from elkk_adapters.settings import settings_from
from elkk_adapters.sql import Database, tables
from elkk_adapters.sql.types import EmailAddress, PhoneNumber
from elkk_core.accounts import Mailing
from elkk_core.testing.builders import (
    SUPPLIER_ID,
    USER_ID,
    a_card_payment,
    a_link,
    a_meter,
    a_notification,
    a_reading,
    a_request,
    a_second_factor,
    a_session,
    a_supplier,
    a_user,
    an_account,
    another_user,
)
from elkk_core.testing.stores import Fact, keep

KEPT: tuple[Fact, ...] = (
    a_supplier(),
    an_account(),
    a_meter(),
    a_user(),
    another_user(consents=()),
    a_session(user_agent="a phone"),
    a_second_factor(),
    a_link(note="дача"),
    Mailing(user_id=USER_ID, supplier_id=SUPPLIER_ID, email=False, sms=True),
    a_reading(submitted_by=USER_ID, value=Decimal(14932)),
    a_request(number="ОБ-2020-000007"),
    a_card_payment(),
    a_notification(),
)
TAKEN = {
    "users": '"phone": "+79161234567"',
    "consents": '"version": "2026-11-01"',
    "sessions": '"user_agent": "a phone"',
    "second_factors": '"second_factor": "app"',
    "account_links": '"note": "дача"',
    "mailings": '"email": false, "sms": true',
    "readings": '"value": "14932"',
    "support_requests": '"number": "ОБ-2020-000007"',
    "card_payments": '"number": "20200113-0000000000AA"',
    "user_notifications": '"kind": "debt_overdue"',
}
"""Tables that name a user, and what their row of the household above brings into the file."""

LEFT_BEHIND = {
    "registrations": "the wish of somebody who is no user yet",
    "recoveries": "a code on its way, gone when it is used or over",
    "recovery_links": "a letter on its way, gone when it is used or over",
    "email_confirmations": "a letter on its way to the new e-mail, which the part of the user tells",
    "pending_sign_ins": "a sign-in on its way, gone within minutes",
    "phone_changes": "a code on its way, gone when it is used or over",
}
"""Tables that name a user or a would-be user and bring nothing, and why."""


def names_a_user(column: sa.Column[object]) -> bool:
    """Tell whether *column* says which user a row is about."""
    return (
        column.name in {"user_id", "submitted_by"}
        or any(key.column.table is tables.users for key in column.foreign_keys)
        or isinstance(column.type, PhoneNumber | EmailAddress)
    )


def test_every_table_that_names_a_user_is_taken_along_or_says_why_not() -> None:
    """A new table is in neither list until somebody has thought of it."""
    named = {
        table.name
        for table in tables.METADATA.tables.values()
        if any(names_a_user(column) for column in table.columns)
    }

    assert TAKEN.keys() | LEFT_BEHIND.keys() == named
    assert set() == TAKEN.keys() & LEFT_BEHIND.keys()


def test_what_is_kept_of_a_user_is_in_the_file(database: Database, database_url: str) -> None:
    """Each row brings its part into the file of its user, and into nobody else's."""
    keep(SqlStore(database, database.engine), *KEPT)
    settings = settings_from(
        {
            "ELKK_MODE": "development",
            "ELKK_DATABASE_URL": database_url,
            "ELKK_SECRET_KEY": "a key of more than thirty-two characters",
        }
    )
    with application(settings) as app:
        own, others = (
            json.dumps(app.own_data(user_id=user_id), ensure_ascii=False)
            for user_id in (USER_ID, another_user().user_id)
        )

    assert [] == [table for table, part in TAKEN.items() if part not in own]
    assert [] == [table for table, part in TAKEN.items() if part in others]
    assert "digest" not in own
    assert "under a seal" not in own
    assert "bank.example" not in own
