"""Which accounts have no bill for a month, and why."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from tests.unit.billing.office import FEBRUARY, Office

from elkk_core.billing import MonthNotBegun, ReadingAwaited
from elkk_core.shared import AccountId, MeterId, Month, SupplierNotFound
from elkk_core.testing.builders import a_meter, an_account
from elkk_core.testing.stores import keep

BROKEN = an_account(account_id=AccountId(UUID(int=1)), number="0002000")


def codes(office: Office, *, batch_size: int = 200) -> list[tuple[str, str | None]]:
    """Return the accounts without a bill for January with the code of what is the matter."""
    return [
        (unbilled.account, None if unbilled.error is None else unbilled.error.code)
        for unbilled in office.problems(batch_size=batch_size)
    ]


def test_account_that_the_next_run_will_bill_has_no_problem(office: Office) -> None:
    """It has no bill yet, and that is all."""
    assert [("680012345678", None)] == codes(office)
    assert [] == (office.run(), codes(office))[1]


def test_problem_is_worked_out_anew(office: Office) -> None:
    """What was mended is not told any more; what is the matter now is."""
    keep(office.store, BROKEN)
    office.run()
    assert [("0002000", "billing.meter_missing")] == codes(office)

    keep(office.store, a_meter(meter_id=MeterId(UUID(int=2)), account_id=BROKEN.account_id))
    assert [("0002000", "billing.reading_missing")] == codes(office)


def test_looking_keeps_nothing(office: Office) -> None:
    """No bill is issued and no number taken."""
    office.problems()

    assert () == office.bills()
    assert "TSNA-2020-000001" == office.run().first_number


@pytest.mark.parametrize("batch_size", [1, 2, 3, 4, 200])
def test_accounts_are_told_by_number_each_once(office: Office, batch_size: int) -> None:
    """However many are looked at together."""
    office.neighbours(3)

    assert ["0001", "0002", "0003", "680012345678"] == [
        account for account, _ in codes(office, batch_size=batch_size)
    ]


def test_reading_that_may_still_come_is_a_reason(office: Office) -> None:
    """In the window of the month nobody is estimated; the error says until when."""
    office.run()
    office.clock.set(datetime(2020, 2, 20, 9, tzinfo=UTC))
    (unbilled,) = office.problems(FEBRUARY)

    assert isinstance(unbilled.error, ReadingAwaited)
    assert date(2020, 2, 25) == unbilled.error.closes_on


def test_unknown_supplier_is_refused(office: Office) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        office.problems(supplier="nobody")


def test_month_to_come_is_refused(office: Office) -> None:
    """Nobody lacks a bill for a month that has not begun."""
    with pytest.raises(MonthNotBegun):
        office.problems(Month(2020, 12))
