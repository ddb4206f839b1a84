"""Whatever happens to a household, in whatever order: nothing is lost and nothing is doubled."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import Household, a_family, prices
from tests.unit.billing.office import Office, payment_row

from elkk_core.billing import (
    BillingRules,
    Invoice,
    LineKind,
    RangeMonths,
    RateMode,
    recompute,
)
from elkk_core.metering import EstimateCause
from elkk_core.shared import Money, Month
from elkk_core.tariffs import Rate
from elkk_core.testing.builders import ACCOUNT_ID, a_benefit, a_meter, a_norm
from elkk_core.testing.stores import keep

FIRST = Month(2024, 1)
RATES: tuple[tuple[Rate, ...], ...] = (
    prices((None, "5.93"), effective_from=date(2023, 1, 1)),
    (
        *prices(("150", "5.00"), ("300", "7.50"), (None, "9.99"), effective_from=date(2023, 1, 1)),
        *prices(("100", "5.50"), (None, "8.00"), effective_from=date(2024, 4, 1)),
        *prices((None, "6.11"), effective_from=date(2024, 7, 1)),
    ),
)


@frozen(kw_only=True)
class Happening:
    """What happens in a month.

    It uses some kWh; the register is read, or not; what was read for the month before turns out to
    be by so many kWh too high, or too low; so many kopecks are paid, each so many days before their
    payment came to light; the bill is issued, or the run passes the account over.
    """

    usage: int
    is_read: bool
    mistake: int = 0
    paid: Sequence[tuple[int, int]] = ()
    is_billed: bool = True


def happenings() -> st.SearchStrategy[list[Happening]]:
    """Up to a year and a half of months."""
    return st.lists(
        st.builds(
            Happening,
            usage=st.integers(0, 400),
            is_read=st.booleans(),
            mistake=st.sampled_from([0, 0, 0, -40, 3, 90]),
            paid=st.lists(st.tuples(st.integers(1, 500_000), st.integers(0, 70)), max_size=2),
            is_billed=st.sampled_from([True, True, True, False]),
        ),
        min_size=1,
        max_size=18,
    )


RULES = st.builds(
    BillingRules,
    range_months=st.sampled_from(RangeMonths),
    rate_mode=st.sampled_from([RateMode.ON_PAYMENT_DAY, RateMode.PER_DAY]),
    penalties=st.booleans(),
)


def lived(
    months: Sequence[Happening], *, rules: BillingRules, rates: Sequence[Rate]
) -> tuple[Household, Decimal]:
    """Return a household after some months, and what its meter counted to the last reading billed.

    Whatever is billed adds up, and opens where the bill before closed: the household sees to that.
    """
    home = Household(rates=rates, rules=rules, benefits=[a_benefit(limit=Decimal(120))])
    shown = 1000
    last = home.reads(f"{FIRST.previous}-20", shown)
    home.had_bill(str(FIRST.previous), charged="150.00", closing="220.00")
    counted = Decimal(0)
    for month, happening in zip(FIRST.until(FIRST.plus(len(months))), months, strict=True):
        if happening.mistake and last.value + happening.mistake <= shown and home.bills:
            last = home.corrects(last, int(last.value) + happening.mistake)
        shown += happening.usage
        if happening.is_read:
            last = home.reads(f"{month}-20", shown)
        for kopecks, ago in happening.paid:
            day = month.last_day - timedelta(days=ago)
            if day >= FIRST.first_day:
                home.pays(day.isoformat(), str(Money(kopecks)))
        if happening.is_billed:
            home.bill(str(month))
            counted = last.value - 1000
    return home, counted


@given(months=happenings(), rules=RULES, rates=st.sampled_from(RATES))
def test_what_is_billed_is_what_the_meter_counted_and_what_is_estimated_since(
    months: list[Happening], rules: BillingRules, rates: tuple[Rate, ...]
) -> None:
    """However months were read, estimated and corrected, all kWh of all bills make up just that."""
    home, counted = lived(months, rules=rules, rates=rates)
    if not home.bills:
        return
    (register,) = home.standing.registers
    estimated = sum((part.volume for part in register.estimated), Decimal(0))

    assert counted + estimated == sum((bill.volume for bill in home.bills), Decimal(0))


@given(months=happenings(), rules=RULES, rates=st.sampled_from(RATES))
def test_what_is_owed_is_what_was_charged_and_not_paid(
    months: list[Happening], rules: BillingRules, rates: tuple[Rate, ...]
) -> None:
    """The closing figure of each bill is what it opened with first, all charges less all payments."""
    home, _ = lived(months, rules=rules, rates=rates)
    expected = Money(22000)
    for bill in home.bills:
        expected += bill.charged + bill.penalty - bill.payments

        assert expected == bill.closing


@given(
    reads=st.lists(st.booleans(), max_size=24),
    cause=st.none() | st.just(EstimateCause.ACCESS_REFUSED),
)
def test_averages_never_exceed_their_term(reads: list[bool], cause: EstimateCause | None) -> None:
    """At most three in a row in any sequence of months; a reading lets them begin anew."""
    home = Household(a_meter(verification_due=None))
    value = 1000
    for place in range(4):
        home.reads(f"{FIRST.plus(place - 4)}-20", value + 100 * place)
    home.had_bill(str(FIRST.previous), charged="0", closing="0")
    if cause is not None:
        home.suffers(cause, str(FIRST.first_day))
    kinds = []
    for month, is_read in zip(FIRST.until(FIRST.plus(len(reads))), reads, strict=True):
        if is_read:
            value = int(home.readings[-1].value) + 100
            home.reads(f"{month}-20", value)
        home.bill(str(month))
        kinds.append(home.bills[-1].lines[0].kind)

    for is_read, row in groupby(zip(reads, kinds, strict=True), key=lambda both: both[0]):
        found = [kind for _, kind in row]
        if is_read:
            # The first reading after estimates may give back.
            assert {LineKind.METERED, LineKind.RECALCULATION} >= set(found)
        else:
            averages, norms = min(len(found), 3), max(len(found) - 3, 0)
            assert [LineKind.AVERAGE] * averages + [LineKind.NORM] * norms == found


# Through the books


@frozen(kw_only=True)
class Fact:
    """Something that comes into the books on a day: a reading, or a payment of an earlier day."""

    known_on: date
    reading: int | None = None
    paid: int | None = None
    paid_on: date | None = field(default=None)


class Books:
    """An office that keeps the books of a household for some months, day by day."""

    def __init__(self) -> None:
        self.office = Office()
        self.office.clock.set(_noon(date(2020, 1, 28)))
        keep(self.office.store, a_norm())
        with self.office.store.unit_of_work() as uow:
            family = a_family()
            account = uow.accounts.get(ACCOUNT_ID)
            uow.accounts.save_all(
                [
                    account.describe(
                        address=account.address,
                        owner=account.owner,
                        category=account.category,
                        persons=family.persons,
                        traits=family.traits,
                        range_exempt=False,
                    )
                ]
            )
            uow.commit()
        self._payments = 0

    def take(self, fact: Fact) -> None:
        """Bring a fact into the books on its day."""
        self.office.clock.set(_noon(fact.known_on))
        if fact.reading is not None:
            self.office.import_reading(fact.known_on.isoformat(), str(fact.reading))
        if fact.paid is not None:
            self._payments += 1
            row = payment_row(
                received_on=(fact.paid_on or fact.known_on).isoformat(),
                amount=str(Money(fact.paid)),
                reference=f"P{self._payments}",
            )
            self.office.import_payments(row)

    def bill(self, month: Month) -> None:
        """Run the billing of a month on the third day after it, and see that all adds up."""
        self.office.clock.set(_noon(month.next.first_day + timedelta(days=2)))
        report = self.office.run(month)
        assert (1, ()) == (report.issued, report.problems)
        self.check()

    def check(self) -> None:
        """See that bills, ledger and balance agree."""
        in_force = self.in_force
        for earlier, later in pairwise(in_force):
            assert earlier.closing == later.opening
        ledger = self.office.ledger()
        for bill in in_force:
            until = [entry.amount for entry in ledger if entry.dated <= bill.month.last_day]
            assert bill.closing == Money.total(until)
            assert () == recompute(bill)
        assert self.office.balance() == Money.total(entry.amount for entry in ledger)

    @property
    def in_force(self) -> list[Invoice]:
        """The last bill of each month."""
        return list({bill.month: bill for bill in self.office.bills()}.values())


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


MONTHS = list(Month(2020, 1).until(Month(2020, 7)))


@st.composite
def facts_of_months(draw: st.DrawFn) -> list[list[Fact]]:
    """For each month some readings, and payments that may be some months old."""
    shown = 14323
    months = []
    for month in MONTHS[1:]:
        facts = []
        for day in draw(st.sets(st.integers(4, 28), max_size=2).map(sorted)):
            shown += draw(st.integers(0, 300))
            facts.append(Fact(known_on=month.first_day.replace(day=day), reading=shown))
        for day, kopecks, ago in draw(
            st.lists(
                st.tuples(st.integers(4, 28), st.integers(1, 200_000), st.integers(0, 80)),
                max_size=2,
            )
        ):
            known_on = month.first_day.replace(day=day)
            paid_on = max(known_on - timedelta(days=ago), date(2020, 1, 1))
            facts.append(Fact(known_on=known_on, paid=kopecks, paid_on=paid_on))
        months.append(sorted(facts, key=lambda fact: fact.known_on))
    return months


@given(months=facts_of_months(), corrected=st.sets(st.sampled_from(MONTHS)))
def test_books_agree_whatever_comes_late_and_is_corrected(
    months: list[list[Fact]], corrected: set[Month]
) -> None:
    """The ledger to the end of a month is the closing figure of its bill in force, at any time.

    Even when payments of closed months come to light and bills are issued anew.
    """
    books = Books()
    for month, facts in zip(MONTHS, [[], *months], strict=True):
        for fact in facts:
            books.take(fact)
        books.bill(month)
        last = books.in_force[-1]
        # A discount on nothing would leave the bill as it is.
        if month in corrected and not last.charged.is_zero:
            again = a_benefit(name=f"Льгота {month}", percent=Decimal(20), first_month=month)
            keep(books.office.store, again)
            right = books.office.correct(last.number)
            books.check()
            assert (last.invoice_id, right) == (right.corrects, books.in_force[-1])


@given(months=facts_of_months(), data=st.data())
def test_order_in_which_facts_of_a_month_come_in_is_of_no_account(
    months: list[list[Fact]], data: st.DataObject
) -> None:
    """Readings and payments of the open month may be imported in any order before its bill."""
    tidy, untidy = Books(), Books()
    for month, facts in zip(MONTHS, [[], *months], strict=True):
        end = month.last_day
        known = [
            Fact(known_on=end, reading=fact.reading, paid=fact.paid, paid_on=fact.paid_on)
            for fact in facts
            if fact.paid is not None
        ]
        readings = [fact for fact in facts if fact.reading is not None]
        for fact in (*readings, *known):
            tidy.take(fact)
        for fact in (*data.draw(st.permutations(known)), *readings):
            untidy.take(fact)
        tidy.bill(month)
        untidy.bill(month)

    assert [(bill.charged, bill.penalty, bill.closing) for bill in tidy.in_force] == [
        (bill.charged, bill.penalty, bill.closing) for bill in untidy.in_force
    ]
