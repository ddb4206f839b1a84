"""The short way for common bills: nobody can tell it from the long one."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from tests.integration.sql.workbench import SqlStore, TableQueue

from elkk_adapters.sql import SqlUnitOfWork, tables
from elkk_adapters.system import TimeOrderedIdentifiers
from elkk_core.billing import BillingReport, RunBilling
from elkk_core.metering import RolloverPolicy
from elkk_core.testing.doubles import FixedClock
from elkk_core.testing.machines import OpenStore
from elkk_core.testing.stores import keep
from elkk_core.testing.towns import Town, TownMonth, towns

_EXAMPLES = 15
_OWN = {"invoice_id", "entry_id", "sequence"}


class _Forgetful(SqlUnitOfWork):
    """A unit that goes the long way, tells what it was to keep, and keeps nothing."""

    rows: tuple[Any, ...] = ()

    @property
    def express(self) -> None:
        """No short way."""
        return None

    def commit(self) -> None:
        """Tell what was to be kept."""
        type(self).rows = _rows(self._open)
        self._close()


def _rows(connection: sa.Connection) -> tuple[Any, ...]:
    """Return all bills with their lines and the entries, as the database has them."""
    bills, lines, entries = tables.invoices, tables.invoice_lines, tables.ledger_entries
    raw = {column.name: sa.cast(column, sa.Text) for column in bills.columns}
    numbered = sa.select(
        bills.c.number,
        *(
            sa.cast(column, sa.Text).label(column.name)
            for column in lines.columns
            if column.name not in _OWN
        ),
    ).join_from(lines, bills)
    return tuple(
        [row._asdict() for row in connection.execute(query)]
        for query in (
            sa.select(
                *(text.label(name) for name, text in raw.items() if name not in _OWN)
            ).order_by(bills.c.number),
            numbered.order_by(bills.c.number, lines.c.position),
            sa.select(
                *(
                    sa.cast(column, sa.Text).label(column.name)
                    for column in entries.columns
                    if column.name not in _OWN
                )
            ).order_by(entries.c.document, entries.c.kind),
        )
    )


def _run(unit_of_work: Callable[[], SqlUnitOfWork], month: TownMonth) -> BillingReport:
    run_billing = RunBilling(
        unit_of_work=unit_of_work,
        clock=FixedClock(month.billed_on),
        identifiers=TimeOrderedIdentifiers(),
        rollover=RolloverPolicy(),
    )
    return run_billing(supplier="tsna", month=month.month)


@pytest.mark.parametrize("common", [True, False])
def test_both_ways_keep_the_same(open_postgresql: OpenStore, *, common: bool) -> None:
    """Month after month both ways make the same bills, lines, standings and entries of a town."""

    @settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(town=towns(common=common))
    def check(town: Town) -> None:
        with open_postgresql() as store:
            assert isinstance(store, SqlStore)
            town.settle(store)
            for month in town.months:
                keep(store, *month.facts)
                _Forgetful.rows = ()
                expected_report = _run(lambda: _Forgetful(store.engine, TableQueue()), month)
                actual_report = _run(store.unit_of_work, month)
                with store.engine.connect() as connection:
                    actual = _rows(connection)

                # Errors are told apart by what they say.
                assert repr(expected_report) == repr(actual_report)
                if expected_report.issued:
                    assert actual == _Forgetful.rows

    check()
