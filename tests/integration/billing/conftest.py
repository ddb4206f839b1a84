"""A town to bill, the command that bills it, and what the books say afterwards."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import field, frozen
from tests.integration.sql.workbench import TableQueue, a_street, account_id

from elkk_adapters.sql import Database
from elkk_core.billing import Invoice
from elkk_core.shared import Money

HOUSEHOLDS = 2000


@frozen
class Town:
    """A supplier with ``HOUSEHOLDS`` accounts, each of which used 100 kWh in each of two months."""

    url: str = field(repr=False)
    database: Database
    outside: sa.Connection

    def elkk(self, *words: str | Path) -> Popen[str]:
        """Start the command ``elkk`` for this town in a process of its own."""
        return Popen(
            [
                Path(sys.executable).with_name("elkk"),
                *(str(word) for word in (*words, "--supplier", "tsna", "--json")),
            ],
            env={
                "ELKK_MODE": "development",
                "ELKK_DATABASE_URL": self.url,
                "ELKK_SECRET_KEY": "a secret key that only the tests know",
                "ELKK_LANG": "en",
            },
            stdout=PIPE,
            stderr=PIPE,
            text=True,
        )

    def issued(self) -> int:
        """Return how many bills are kept by now."""
        count: int = self.outside.execute(sa.text("SELECT count(*) FROM invoices")).scalar_one()
        self.outside.rollback()
        return count

    def check_books(self, *, months: int) -> None:
        """Assert that all of the town is billed for so many months, once, and nobody for more."""
        accounts = [account_id(house) for house in range(HOUSEHOLDS)]
        bills: dict[object, list[Invoice]] = defaultdict(list)
        with self.database.unit_of_work(TableQueue()) as uow:
            for invoice in uow.invoices.list_of(accounts):
                bills[invoice.account_id].append(invoice)
            balances = uow.ledger.balances(accounts, before=invoice.month.next.first_day)
        entries = self.outside.execute(sa.text("SELECT count(*) FROM ledger_entries")).scalar_one()
        numbers = sorted(invoice.number for each in bills.values() for invoice in each)

        assert [months] * HOUSEHOLDS == [len(bills[account]) for account in accounts]
        assert numbers == [f"TSNA-2020-{number:06}" for number in range(1, months * HOUSEHOLDS + 1)]
        assert entries == months * HOUSEHOLDS
        assert balances == {
            account: Money.total(invoice.charged for invoice in bills[account])
            for account in accounts
        }


@pytest.fixture(name="town")
def unbilled_town(database_url: str) -> Iterator[Town]:
    """Yield a town in March 2020, metered and not billed yet; once for each kind of database."""
    facts: dict[str, list[Any]] = defaultdict(list)
    for fact in a_street(HOUSEHOLDS, months=2):
        facts[type(fact).__name__].append(fact)
    with Database(database_url) as database:
        with database.unit_of_work(TableQueue()) as uow:
            uow.suppliers.add(*facts["Supplier"])
            uow.tariffs.publish(facts["Rate"])
            uow.accounts.add_all(facts["PersonalAccount"])
            uow.meters.add_all(facts["Meter"])
            uow.readings.add_all(facts["Reading"])
            uow.commit()
        engine = sa.create_engine(database_url)
        with engine.connect() as outside:
            yield Town(url=database_url, database=database, outside=outside)
        engine.dispose()
