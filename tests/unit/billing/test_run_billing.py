"""The billing run of a month."""

from datetime import UTC, date, datetime
from itertools import chain, repeat
from uuid import UUID

import pytest
from tests.unit.billing.office import FEBRUARY, Office, bill_row, payment_row

from elkk_core.billing import (
    MOST_PROBLEMS_TOLD,
    EntryKind,
    InvoiceSource,
    LineKind,
    MonthNotBegun,
)
from elkk_core.shared import (
    AccountId,
    ElkkError,
    MeterId,
    Money,
    Month,
    StaleState,
    SupplierNotFound,
    Unavailable,
)
from elkk_core.testing.builders import JANUARY, a_meter, an_account
from elkk_core.testing.doubles import FixedClock
from elkk_core.testing.memory import MemoryUnitOfWork
from elkk_core.testing.stores import keep


def test_bill_is_issued(office: Office) -> None:
    """232 kWh of January cost 642,64; bill and ledger say so."""
    report = office.run()

    assert (JANUARY, 1, Money(64264)) == (report.month, report.issued, report.charged)
    assert ("TSNA-2020-000001", "TSNA-2020-000001") == (report.first_number, report.last_number)
    assert () == report.problems
    (bill,) = office.bills()
    assert (InvoiceSource.ISSUED, Money.zero(), Money(64264)) == (
        bill.source,
        bill.opening,
        bill.closing,
    )
    (entry,) = office.ledger()
    assert (EntryKind.CHARGE, Money(64264), date(2020, 1, 31), bill.number) == (
        entry.kind,
        entry.amount,
        entry.dated,
        entry.document,
    )


def test_nobody_is_billed_twice(office: Office) -> None:
    """A second run of the month issues nothing and moves nothing."""
    office.run()
    bills, ledger = office.bills(), office.ledger()
    report = office.run()

    assert (0, Money.zero(), None) == (report.issued, report.charged, report.first_number)
    assert (bills, ledger) == (office.bills(), office.ledger())


def test_next_bill_opens_with_the_closing_of_the_last(office: Office) -> None:
    """A payment between the two is counted in the second."""
    office.run()
    office.read(date(2020, 2, 14), 14423)
    office.import_payments(payment_row(received_on="2020-02-01", amount="600"))
    office.clock.set(datetime(2020, 3, 1, tzinfo=UTC))
    office.run(FEBRUARY)

    january, february = office.bills()
    assert january.closing == february.opening
    assert (Money(60000), Money(27700)) == (february.payments, february.charged)
    assert Money(64264 - 60000 + 27700) == february.closing == office.balance()


def test_payment_after_the_month_waits_for_the_next_bill(office: Office) -> None:
    """A run in February of January's bill leaves February's payment to February."""
    office.import_payments(payment_row(received_on="2020-02-01", amount="100"))
    office.run()
    office.read(date(2020, 2, 14), 14323)
    office.run(FEBRUARY)

    january, february = office.bills()
    assert (Money.zero(), Money(10000)) == (january.payments, february.payments)
    assert Money(54264) == february.closing == office.balance()


def test_month_that_cannot_be_estimated_is_billed_with_the_next(office: Office) -> None:
    """Who sent nothing, and of whom nothing is known, has a problem now and a bill later."""
    office.run()
    office.clock.set(datetime(2020, 4, 1, tzinfo=UTC))
    (problem,) = office.run(FEBRUARY).problems
    assert ("680012345678", "metering.persons_unknown") == (problem.account, problem.error.code)

    office.read(date(2020, 3, 14), 14523)
    office.run(Month(2020, 3))
    assert [Money(64264), Money(55400)] == [bill.charged for bill in office.bills()]


def test_bill_imported_before_begins_the_chain(office: Office) -> None:
    """The manual's overpayment of 2,55 opens the first bill issued here."""
    office.import_bills(bill_row())
    office.read(date(2020, 2, 14), 14423)
    office.run(FEBRUARY)

    _, february = office.bills()
    assert (Money(-255), Money(27700), Money(27445)) == (
        february.opening,
        february.charged,
        february.closing,
    )
    assert Money(27445) == office.balance()


def test_account_that_cannot_be_billed_holds_nobody_up(office: Office) -> None:
    """The others get their bills, without a gap; once mended the next run goes on."""
    office.neighbours(3)
    broken = an_account(account_id=AccountId(UUID(int=1)), number="0002000")
    keep(office.store, broken)
    report = office.run(batch_size=2)

    assert 4 == report.issued
    assert [("0002000", "billing.meter_missing")] == [
        (problem.account, problem.error.code) for problem in report.problems
    ]
    assert ("TSNA-2020-000001", "TSNA-2020-000004") == (report.first_number, report.last_number)

    keep(office.store, a_meter(meter_id=MeterId(UUID(int=2)), account_id=broken.account_id))
    report = office.run()
    assert (0, ["billing.reading_missing"]) == (
        report.issued,
        [problem.error.code for problem in report.problems],
    )


@pytest.mark.parametrize("batch_size", [1, 2, 3, 100])
def test_batches_make_no_difference(office: Office, batch_size: int) -> None:
    """Whatever the size of a batch, numbers are gapless and in the order of the accounts."""
    office.neighbours(5)
    report = office.run(batch_size=batch_size)

    assert (6, Money(64264 + 5 * 27700)) == (report.issued, report.charged)
    bills = [*(office.bills(AccountId(UUID(int=101 + n)))[0] for n in range(5)), *office.bills()]
    assert [f"TSNA-2020-{n:06}" for n in range(1, 7)] == [bill.number for bill in bills]


def test_numbers_go_on_within_the_year_of_the_month(office: Office) -> None:
    """The year is that of the month billed; a run of another month takes the next number."""
    office.run()
    office.read(date(2020, 2, 14), 14423)
    office.run(FEBRUARY)
    office.clock.set(datetime(2021, 2, 1, tzinfo=UTC))
    office.read(date(2021, 1, 14), 15000)
    office.run(Month(2021, 1))

    assert ["TSNA-2020-000001", "TSNA-2020-000002", "TSNA-2021-000001"] == [
        bill.number for bill in office.bills()
    ]


def test_month_that_was_passed_over_is_not_billed_later(office: Office) -> None:
    """After the bill of February there is none for January any more."""
    office.read(date(2020, 2, 14), 14423)
    office.run(FEBRUARY)
    (problem,) = office.run().problems

    assert "billing.later_month_billed" == problem.error.code
    assert 1 == len(office.bills())


def test_month_in_the_future_is_refused(office: Office) -> None:
    """By the supplier's own date; the month that runs may be billed."""
    office.clock.set(datetime(2020, 1, 31, 20, 59, tzinfo=UTC))
    office.run(JANUARY)
    with pytest.raises(MonthNotBegun) as caught:
        office.run(FEBRUARY)
    assert FEBRUARY == caught.value.month

    office.clock.set(datetime(2020, 1, 31, 21, 0, tzinfo=UTC))
    office.run(FEBRUARY)


def test_unknown_supplier_is_refused(office: Office) -> None:
    """A slip in the supplier's code is told."""
    with pytest.raises(SupplierNotFound):
        office.run(supplier="nobody")


def _let_commits(patch: pytest.MonkeyPatch, *ends: ElkkError | None) -> None:
    """Let the next commits end as told, and those after them as the last of these."""
    commit = MemoryUnitOfWork.commit
    to_come = chain(ends, repeat(ends[-1]))

    def ending(uow: MemoryUnitOfWork) -> None:
        error = next(to_come)
        if error is not None:
            raise error
        commit(uow)

    patch.setattr(MemoryUnitOfWork, "commit", ending)


def test_run_that_broke_off_goes_on_where_it_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches kept stay kept, and the numbers of the one that was not are given out again."""
    office.neighbours(5)
    with monkeypatch.context() as patch:
        _let_commits(patch, None, None, Unavailable())
        with pytest.raises(Unavailable):
            office.run(batch_size=2)
    report = office.run(batch_size=2)

    assert 2 == report.issued
    assert ("TSNA-2020-000005", "TSNA-2020-000006") == (report.first_number, report.last_number)


@pytest.mark.parametrize("error", [StaleState("invoice"), Unavailable()], ids=["stale", "locked"])
def test_run_that_lost_a_race_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: ElkkError
) -> None:
    """A batch that another unit got in the way of is tried anew; nothing is counted twice."""
    office.neighbours(5)
    keep(office.store, an_account(account_id=AccountId(UUID(int=1)), number="0000"))
    _let_commits(monkeypatch, error, error, None, error, None)
    report = office.run(batch_size=3)

    assert (6, Money(64264 + 5 * 27700)) == (report.issued, report.charged)
    assert ["0000"] == [problem.account for problem in report.problems]
    assert ("TSNA-2020-000001", "TSNA-2020-000006") == (report.first_number, report.last_number)


def test_run_that_always_loses_tells(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the way for good is told after five attempts, and nothing is kept."""
    _let_commits(monkeypatch, *[StaleState("invoice")] * 5, None)
    with pytest.raises(StaleState):
        office.run()

    assert () == office.bills()


def test_run_that_another_one_overtakes_bills_nobody_twice(office: Office) -> None:
    """Whose batch was billed by another run meanwhile has nothing left to do, and ends well."""
    office.neighbours(5)

    class OvertakenClock(FixedClock):
        """Lets another run bill everybody once a batch is ready to be numbered."""

        asked = 0

        def now(self) -> datetime:
            self.asked += 1
            if self.asked == 2:
                assert 6 == office.run().issued
            return super().now()

    run = office.billing(clock=OvertakenClock(office.clock.now()), batch_size=4)
    report = run(supplier="tsna", month=JANUARY)

    assert (0, None, ()) == (report.issued, report.first_number, report.problems)
    assert (["TSNA-2020-000006"], Money(64264)) == (
        [bill.number for bill in office.bills()],
        office.balance(),
    )


def test_progress_is_told(office: Office) -> None:
    """From nothing to all, batch by batch."""
    office.neighbours(2)
    told: list[tuple[int, int]] = []
    run = office.billing(batch_size=2)
    run(supplier="tsna", month=JANUARY, on_progress=lambda done, total: told.append((done, total)))

    assert [(0, 3), (2, 3), (3, 3)] == told


def test_dry_run_keeps_nothing(office: Office) -> None:
    """It tells what a run would do, takes no number and moves no balance."""
    office.neighbours(3)
    keep(office.store, an_account(account_id=AccountId(UUID(int=1)), number="0002000"))
    dry = office.billing(batch_size=2)(supplier="tsna", month=JANUARY, dry_run=True)

    assert ((), (), Money.zero()) == (office.bills(), office.ledger(), office.balance())
    assert (None, None) == (dry.first_number, dry.last_number)
    report = office.run()
    assert (4, 1) == (report.issued, report.left_out)
    assert (dry.issued, dry.charged, dry.left_out) == (
        report.issued,
        report.charged,
        report.left_out,
    )
    assert "TSNA-2020-000001" == report.first_number


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_parts_make_up_the_whole(office: Office, order: tuple[int, ...]) -> None:
    """Runs of parts, in whatever order, bill everybody once; each sees its own accounts alone."""
    office.neighbours(5)
    parts = office.plan().parts
    issued = {}
    for place in order:
        part = parts[place]
        told: list[tuple[int, int]] = []
        report = office.billing(batch_size=1)(
            supplier="tsna",
            month=JANUARY,
            after=part.after,
            through=part.through,
            on_progress=lambda done, total, told=told: told.append((done, total)),  # type: ignore[misc]
        )
        issued[place] = report.issued
        assert [(0, 2), (1, 2), (2, 2)] == told

    assert {0: 2, 1: 2, 2: 2} == issued
    assert 0 == office.run().issued


def test_penalties_are_told_apart(office: Office) -> None:
    """A report sums what was charged, and the penalties beside it."""
    office.run()
    office.read(date(2020, 3, 20), 14323)
    office.clock.set(datetime(2020, 4, 1, tzinfo=UTC))
    report = office.run(Month(2020, 3))

    # 642,64 × 6 % / 300 × 20 days from 12 March.
    assert (Money.zero(), Money(257)) == (report.charged, report.penalties)
    march = office.bills()[-1]
    assert [LineKind.METERED, LineKind.PENALTY] == [line.kind for line in march.lines]
    assert [EntryKind.CHARGE, EntryKind.CHARGE, EntryKind.PENALTY] == [
        entry.kind for entry in office.ledger()
    ]
    assert march.closing == office.balance()


def test_report_names_the_first_hundred_problems(office: Office) -> None:
    """And counts all of them, however many batches they come in."""
    broken = [
        an_account(account_id=AccountId(UUID(int=1000 + place)), number=f"1{place:04}")
        for place in range(MOST_PROBLEMS_TOLD + 20)
    ]
    keep(office.store, *broken)
    report = office.run(batch_size=30)

    assert (1, len(broken)) == (report.issued, report.left_out)
    assert [account.number for account in broken[:MOST_PROBLEMS_TOLD]] == [
        problem.account for problem in report.problems
    ]


def test_reading_that_comes_during_the_run_counts_next_month(office: Office) -> None:
    """Whoever was billed before it came has it in the next bill; nothing is lost."""
    office.run()
    late = office.import_reading("2020-01-22", "14400")

    assert (1, FEBRUARY) == (late.added, office.readings()[-1].month)
    office.clock.set(datetime(2020, 3, 1, tzinfo=UTC))
    office.read(date(2020, 2, 20), 14500)
    office.run(FEBRUARY)
    assert [Money(64264), Money(49029)] == [bill.charged for bill in office.bills()]
