"""Benefits: in which months they hold, and how they come into the books."""

from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given

from elkk_core.billing import Benefit, BenefitWrong, ImportBenefits, SuppliedBenefit
from elkk_core.shared import AccountId, BatchRejected, BatchReport, Month, SupplierNotFound
from elkk_core.testing import strategies
from elkk_core.testing.builders import ACCOUNT_ID, JANUARY, a_benefit, a_supplier, an_account
from elkk_core.testing.memory import MemoryStore
from elkk_core.testing.stores import keep

NEIGHBOUR = AccountId(UUID(int=5))


def row(**changes: str) -> SuppliedBenefit:
    """Return ``a_benefit()`` as a row of a file, with *changes*."""
    return SuppliedBenefit(
        **{
            "account": "680012345678",
            "name": "Ветеран труда",
            "percent": "50",
            "limit": "",
            "first_month": "2020-01",
            "last_month": "",
        }
        | changes
    )


# What a benefit is


def test_benefit_holds_from_its_first_month_to_its_last() -> None:
    """Both ends belong to it."""
    benefit = a_benefit(last_month=JANUARY.next)
    months = JANUARY.previous.until(JANUARY.plus(4))

    assert [False, True, True, False, False] == [benefit.holds_in(month) for month in months]


def test_benefit_without_a_last_month_goes_on() -> None:
    """Until an end is told, there is none."""
    assert a_benefit().holds_in(Month(2040, 1))


@given(
    first=strategies.benefits(account_id=ACCOUNT_ID),
    second=strategies.benefits(account_id=ACCOUNT_ID),
)
def test_benefits_of_one_name_overlap_in_a_month_of_both(first: Benefit, second: Benefit) -> None:
    """Whether two overlap is the same as whether some month has both."""
    namesake = evolve(second, name=first.name)
    months = Month(2006, 1).until(Month(2046, 2))

    both = any(first.holds_in(month) and namesake.holds_in(month) for month in months)
    assert both == first.overlaps(namesake) == namesake.overlaps(first)


@pytest.mark.parametrize(
    "changes",
    [
        {"percent": Decimal(0)},
        {"percent": Decimal("100.01")},
        {"limit": Decimal(0)},
        {"last_month": JANUARY.previous},
    ],
    ids=str,
)
def test_benefit_that_cannot_be(changes: dict[str, object]) -> None:
    """A discount of nothing, or of more than all, and an end before the beginning are refused."""
    with pytest.raises(BenefitWrong) as caught:
        a_benefit(**changes)

    assert [caught.value.field] == list(changes)


# Taking over


@pytest.fixture(name="store")
def store_with_two_accounts() -> MemoryStore:
    """Return a store with two accounts of a supplier."""
    store = MemoryStore()
    keep(store, a_supplier(), an_account(), an_account(account_id=NEIGHBOUR, number="5555"))
    return store


@pytest.fixture(name="import_benefits")
def import_benefits_use_case(store: MemoryStore) -> ImportBenefits:
    """Return the use case on the store."""
    return ImportBenefits(unit_of_work=store.unit_of_work)


def kept(store: MemoryStore) -> tuple[Benefit, ...]:
    """Return the benefits of both accounts."""
    with store.unit_of_work() as uow:
        return uow.benefits.list_of([ACCOUNT_ID, NEIGHBOUR])


def test_benefits_are_added(store: MemoryStore, import_benefits: ImportBenefits) -> None:
    """They go in as the file tells of them, and once."""
    told: list[tuple[int, int]] = []
    rows = [
        row(account="6800 1234 5678", name=" Ветеран  труда "),
        row(account="5555", name="Чернобыль", percent="33,5", limit="150", last_month="2020-06"),
    ]
    first = import_benefits(
        supplier="tsna", rows=rows, on_progress=lambda done, total: told.append((done, total))
    )
    again = import_benefits(supplier="tsna", rows=rows)

    assert BatchReport(added=2, changed=0, unchanged=0) == first
    assert BatchReport(added=0, changed=0, unchanged=2) == again
    assert [(1, 2), (2, 2)] == told
    expected = (
        a_benefit(),
        a_benefit(
            account_id=NEIGHBOUR,
            name="Чернобыль",
            percent=Decimal("33.5"),
            limit=Decimal(150),
            last_month=Month(2020, 6),
        ),
    )
    assert expected == kept(store)


def test_known_benefit_is_described_anew(
    store: MemoryStore, import_benefits: ImportBenefits
) -> None:
    """Percentage, limit and end may change; so a benefit is ended."""
    import_benefits(supplier="tsna", rows=[row(), row(account="5555")])
    report = import_benefits(
        supplier="tsna",
        rows=[row(percent="30", limit="100", last_month="2020-03"), row(account="5555")],
    )

    assert BatchReport(added=0, changed=1, unchanged=1) == report
    changed = a_benefit(
        percent=Decimal(30), limit=Decimal(100), last_month=Month(2020, 3), version=1
    )
    assert {changed, a_benefit(account_id=NEIGHBOUR)} == set(kept(store))


def test_benefit_may_be_ended_and_followed_by_one_file(
    store: MemoryStore, import_benefits: ImportBenefits
) -> None:
    """What holds after the file is what must not overlap, whatever was before."""
    import_benefits(supplier="tsna", rows=[row()])
    report = import_benefits(
        supplier="tsna",
        rows=[row(first_month="2020-04", percent="30"), row(last_month="2020-03")],
    )

    assert BatchReport(added=1, changed=1, unchanged=0) == report
    assert [True, True] == [
        1 == sum(benefit.holds_in(month) for benefit in kept(store))
        for month in (Month(2020, 3), Month(2020, 4))
    ]


def test_benefits_of_one_name_do_not_add_up(
    store: MemoryStore, import_benefits: ImportBenefits
) -> None:
    """A second one of the same name in the same month is refused; another name is another benefit."""
    import_benefits(supplier="tsna", rows=[row()])
    with pytest.raises(BatchRejected) as caught:
        import_benefits(
            supplier="tsna",
            rows=[row(first_month="2020-05"), row(first_month="2020-05", name="Большая семья")],
        )

    (fault,) = caught.value.faults
    assert (0, "first_month", "billing.benefit_overlaps") == (
        fault.row,
        fault.field,
        fault.error.code,
    )
    assert JANUARY == fault.error.first_month  # type: ignore[attr-defined]
    assert (a_benefit(),) == kept(store)


def test_all_faults_of_benefits_are_told(
    store: MemoryStore, import_benefits: ImportBenefits
) -> None:
    """Every fault of every row is listed, and no row goes in."""
    rows = [
        row(account="1111", name=" ", percent="101", limit="0", first_month="январь"),
        row(percent="половина", limit="-5", last_month="2020-13"),
        row(last_month="2019-12"),
        row(),
        row(percent="30"),
    ]
    with pytest.raises(BatchRejected) as caught:
        import_benefits(supplier="tsna", rows=rows)

    expected = [
        (0, "account", "shared.account_not_found"),
        (0, "name", "shared.field_required"),
        (0, "percent", "billing.benefit_wrong"),
        (0, "limit", "billing.benefit_wrong"),
        (0, "first_month", "shared.not_a_month"),
        (1, "percent", "shared.not_a_decimal"),
        (1, "limit", "shared.not_a_decimal"),
        (1, "last_month", "shared.not_a_month"),
        (2, "last_month", "billing.benefit_wrong"),
        (4, "first_month", "shared.duplicate_row"),
    ]
    assert expected == [(f.row, f.field, f.error.code) for f in caught.value.faults]
    assert () == kept(store)


def test_benefits_of_an_unknown_supplier(import_benefits: ImportBenefits) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        import_benefits(supplier="nobody", rows=[row()])
