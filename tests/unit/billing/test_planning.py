"""A billing run is divided among workers."""

from uuid import UUID

import pytest
from tests.unit.billing.office import FEBRUARY, Office

from elkk_core.billing import BillingPart, BillingPlan, MonthNotBegun
from elkk_core.shared import AccountId, SupplierNotFound
from elkk_core.testing.builders import an_account
from elkk_core.testing.stores import keep


@pytest.mark.parametrize(
    ("size", "bounds"),
    [
        (1, ["0001", "0002", "0003"]),
        (2, ["0002"]),
        (3, ["0003"]),
        (4, []),
        (9, []),
    ],
)
def test_parts_follow_each_other(office: Office, size: int, bounds: list[str]) -> None:
    """Each begins after the last number of the one before; the first and the last are open."""
    office.neighbours(3)
    parts = tuple(
        BillingPart(after=after, through=through)
        for after, through in zip(["", *bounds], [*bounds, ""], strict=True)
    )

    assert BillingPlan(accounts=4, parts=parts) == office.plan(size=size)


def test_who_has_a_bill_is_not_planned(office: Office) -> None:
    """After the run nothing is left but one part of no account, for whoever comes meanwhile."""
    office.run()

    assert BillingPlan(accounts=0, parts=(BillingPart(after="", through=""),)) == office.plan()
    keep(office.store, an_account(account_id=AccountId(UUID(int=1)), number="0007"))
    assert 1 == office.plan().accounts


def test_month_in_the_future_is_not_planned(office: Office) -> None:
    """It is refused as its run would be."""
    with pytest.raises(MonthNotBegun):
        office.plan(FEBRUARY.next)


def test_unknown_supplier_is_refused(office: Office) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        office.plan(supplier="nobody")
