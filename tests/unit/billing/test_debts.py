"""What is owed: how old it is, what settles it, and what lateness costs."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.billing.household import Household, penalty_of, prices

from elkk_core.billing import (
    AccountStanding,
    Allocation,
    BillingRules,
    Debt,
    Invoice,
    LineKind,
    Movement,
    OpenDebt,
    Paid,
    PenaltyPolicy,
    RateMode,
    Repayment,
    due_day,
    rounded,
)
from elkk_core.billing.policies.debts import bill, owe_penalty, pay, reckon_penalty
from elkk_core.shared import Money, Month
from elkk_core.testing.builders import a_rate

OFF = BillingRules(penalties=False)
RATES = prices((None, "2.77"), effective_from=date(2015, 1, 1))


def billed(first: str, *kwh: int, home: Household | None = None) -> Household:
    """Return a household with a bill for each month from *first* on, of *kwh* at 2,77."""
    home = home or Household(rates=RATES)
    month, value = Month.parse(first), 1000
    if not home.readings:
        home.reads(f"{month.previous}-20", value)
    else:
        value = int(home.readings[-1].value)
    for place, volume in enumerate(kwh):
        value += volume
        home.reads(f"{month.plus(place)}-20", value)
        home.bill(str(month.plus(place)))
    return home


def owed(standing: AccountStanding) -> list[tuple[str, str]]:
    """Return period and roubles of each open debt."""
    return [(str(debt.period), str(debt.left)) for debt in standing.debts]


def penalties(home: Household) -> list[str]:
    """Return the penalty of each bill."""
    return [str(invoice.penalty) for invoice in home.bills]


# What a bill adds, and what settles it


def test_bill_is_a_debt_of_its_month() -> None:
    """It is due by the 10th of the next month, by the 15th from March 2026 on."""
    home = billed("2026-01", 100, 100, 100)

    assert [
        (Month(2026, 1), date(2026, 2, 10)),
        (Month(2026, 2), date(2026, 3, 10)),
        (Month(2026, 3), date(2026, 4, 15)),
    ] == [(debt.period, debt.due) for debt in home.standing.debts]


def test_term_may_move_to_a_working_day() -> None:
    """10 May 2025 was a Saturday: where the supplier says so, Monday is in time."""
    rates = RATES
    home = billed(
        "2025-04", 100, home=Household(rates=rates, rules=BillingRules(due_day_moves=True))
    )

    assert [date(2025, 5, 12)] == [debt.due for debt in home.standing.debts]


def test_empty_flat_owes_nothing() -> None:
    """A bill of zero is no debt."""
    assert () == billed("2025-04", 0).standing.debts


def test_payment_settles_the_oldest_debt_first() -> None:
    """400,00 pay the 277,00 of January and a part of February."""
    home = billed("2025-01", 100, 100)
    home.pays("2025-03-05", "400.00")
    billed("2025-03", 0, home=home)

    assert [("2025-02", "154.00")] == owed(home.standing)


def test_payment_settles_the_named_period_first_where_the_supplier_chose_so() -> None:
    """400,00 for February pay it, and the rest goes to January."""
    rules = BillingRules(allocation=Allocation.PERIOD_NAMED, penalties=False)
    home = billed("2025-01", 100, 100, home=Household(rates=RATES, rules=rules))
    home.pays("2025-03-05", "400.00", "2025-02")
    billed("2025-03", 0, home=home)

    assert [("2025-01", "154.00")] == owed(home.standing)


@pytest.mark.parametrize("period", [None, "2025-02"])
def test_named_period_is_of_no_account_by_default(period: str | None) -> None:
    """Oldest first holds, whatever a payer names."""
    home = billed("2025-01", 100, 100, home=Household(rates=RATES, rules=OFF))
    home.pays("2025-03-05", "100.00", period)
    billed("2025-03", 0, home=home)

    assert [("2025-01", "177.00"), ("2025-02", "277.00")] == owed(home.standing)


def test_advance_covers_the_next_bills() -> None:
    """1000,00 paid in January cover three bills, and a part of the fourth."""
    home = billed("2025-01", 100)
    home.pays("2025-02-01", "1000.00")
    billed("2025-02", 100, 100, 100, home=home)

    assert [Money(27700), Money(-44600), Money(-16900), Money(10800)] == [
        invoice.closing for invoice in home.bills
    ]
    assert [("2025-04", "108.00")] == owed(home.standing)


def test_payments_are_those_since_the_last_bill() -> None:
    """Each payment is counted in one bill: that of the month in which it came in."""
    home = billed("2025-01", 100)
    home.pays("2025-02-28", "100.00")
    home.pays("2025-03-01", "50.00")
    billed("2025-02", 100, 100, home=home)

    assert [Money(0), Money(10000), Money(5000)] == [invoice.payments for invoice in home.bills]


def test_bill_that_gives_back_settles_debts() -> None:
    """277,00 too many in April pay the bill of March, as a payment of 31 May would."""
    home = billed("2025-02", 100, 100, 100, home=Household(rates=RATES, rules=OFF))
    home.corrects(home.readings[-1], 1200)
    home.reads("2025-05-20", 1200)
    may = home.bill("2025-05")

    assert "-277.00" == str(may.charged)
    assert [("2025-03", "277.00"), ("2025-04", "277.00")] == owed(home.standing)


def test_bill_that_gives_back_more_than_is_owed_leaves_an_advance() -> None:
    """What is left of it covers the bills to come."""
    home = billed("2025-04", 100)
    home.pays("2025-05-05", "200.00")
    home.corrects(home.readings[-1], 1000)
    home.reads("2025-05-20", 1000)
    home.bill("2025-05")

    assert ([], Money(20000)) == (owed(home.standing), home.standing.credit)


def test_payment_goes_to_the_penalty_last() -> None:
    """Debts first, then the penalty, and what is left is an advance."""
    standing = AccountStanding(
        debts=(OpenDebt(period=Month(2025, 1), due=date(2025, 2, 10), left=Money(100)),),
        penalty=Money(7),
    )
    found = [
        pay(
            standing,
            Movement(amount=Money(kopecks), valued_on=date(2025, 6, 1)),
            allocation=Allocation.FIFO,
        )
        for kopecks in (60, 105, 120)
    ]

    assert [(40, 7, 0), (0, 2, 0), (0, 0, 13)] == [
        (after.debts[0].left.kopecks, after.penalty.kopecks, after.credit.kopecks)
        for after in found
    ]


# What lateness costs


def test_penalty_begins_on_the_31st_day_late() -> None:
    """The bill of September 2021 was due on 10 October: the first day that costs is 10 November."""
    home = billed("2021-09", 100, 100, 100)
    november = home.bills[-1]
    (row,) = penalty_of(november).debts[0].rows

    assert ["0.00", "0.00"] == penalties(home)[:2]
    assert (date(2021, 11, 10), date(2021, 11, 30), Money(27700), Fraction(1, 300)) == (
        row.first_day,
        row.last_day,
        row.debt,
        row.share,
    )
    # 277,00 × 7,5 % / 300 × 21.
    assert "1.45" == str(november.penalty)


def test_penalty_grows_from_the_91st_day() -> None:
    """1/130 of the rate from 9 January 2022 on."""
    home = billed("2021-09", 100, *[0] * 4)
    rows = penalty_of(home.bills[-1]).debts[0].rows

    assert [
        (date(2021, 11, 10), date(2022, 1, 8), Fraction(1, 300)),
        (date(2022, 1, 9), date(2022, 1, 31), Fraction(1, 130)),
    ] == [(row.first_day, row.last_day, row.share) for row in rows]


def test_each_bill_adds_what_former_bills_have_not_reckoned() -> None:
    """The penalties of all bills make up what all days cost together."""
    home = billed("2025-01", 100, *[0] * 11)
    reckoned = PenaltyPolicy().accrue(
        debts=[Debt(amount=Money(27700), due=date(2025, 2, 10))],
        payments=[],
        until=date(2025, 12, 31),
    )

    assert home.standing.debts[0].accrued == reckoned.unrounded
    total = sum(invoice.penalty.kopecks for invoice in home.bills)
    assert abs(total - reckoned.total.kopecks) <= len(home.bills) / 2


def test_paid_in_time_costs_nothing() -> None:
    """And so does a delay of thirty days."""
    home = billed("2025-01", 100, 100, home=Household(rates=RATES))
    home.pays("2025-02-10", "277.00")
    home.pays("2025-04-09", "277.00")
    billed("2025-03", 0, 0, 0, home=home)

    assert ["0.00"] * 5 == penalties(home)


def test_paying_on_the_31st_day_costs_a_day() -> None:
    """The day of payment counts, unless the supplier chose otherwise."""
    found = []
    for rules in (BillingRules(), BillingRules(include_payment_day=False)):
        home = billed("2025-01", 10_000, home=Household(rates=RATES, rules=rules))
        home.pays("2025-03-13", "27700.00")
        billed("2025-02", 0, 0, home=home)
        found.append(str(home.bills[-1].penalty))

    # 27 700,00 × 9,5 % / 300.
    assert ["8.77", "0.00"] == found


def test_debt_keeps_its_age_through_partial_payments() -> None:
    """What is left of January's bill in June is as late as it was; it costs 1/130 of the cap."""
    home = billed("2025-01", 100, 0, 0, 0)
    home.pays("2025-05-20", "100.00")
    billed("2025-05", 0, 0, home=home)
    rows = penalty_of(home.bills[-1]).debts[0].rows

    assert [
        (date(2025, 3, 13), date(2025, 5, 11), Money(27700), Fraction(1, 300)),
        (date(2025, 5, 12), date(2025, 5, 20), Money(27700), Fraction(1, 130)),
        (date(2025, 5, 21), date(2025, 6, 30), Money(17700), Fraction(1, 130)),
    ] == [(row.first_day, row.last_day, row.debt, row.share) for row in rows]
    assert {Decimal("9.5")} == {row.rate for row in rows}


def test_moratorium_costs_nothing_and_makes_nobody_younger() -> None:
    """From 6 April to 31 December 2020 nothing accrued; on 1 January 2021 the debt is 326 days late."""
    home = billed("2020-01", 100, *[0] * 12)
    rows = penalty_of(home.bills[-1]).debts[0].rows

    assert [
        (date(2020, 3, 12), date(2020, 4, 5), Fraction(1, 300)),
        (date(2021, 1, 1), date(2021, 1, 31), Fraction(1, 130)),
    ] == [(row.first_day, row.last_day, row.share) for row in rows]


def test_cap_holds_where_the_key_rate_is_higher() -> None:
    """21 % in January 2025 is 9,5 %: the decree of March was retroactive."""
    home = billed("2024-10", 100, 0, 0, 0)

    assert {Decimal("9.5")} == {row.rate for row in penalty_of(home.bills[-1]).debts[0].rows}


def test_rate_of_the_day_of_payment_settles_what_was_reckoned_before() -> None:
    """The debt was reckoned at 7,5 % in November 2021; paid on 25 December, it costs 8,5 %."""
    home = billed("2021-09", 100, 0, 0)
    home.pays("2021-12-25", "277.00")
    billed("2021-12", 0, home=home)
    derivation = penalty_of(home.bills[-1])

    assert {Decimal("8.5")} == {row.rate for row in derivation.debts[0].rows}
    # 277,00 × 8,5 % / 300 × 46 days, less 277,00 × 7,5 % / 300 × 21 days.
    exact = Fraction(27700, 10_000) * (Fraction(17, 2) * 46 - Fraction(15, 2) * 21) / 300
    assert (exact, "2.16") == (derivation.exact, str(derivation.amount))


def test_payment_that_comes_to_light_late_takes_a_penalty_back() -> None:
    """Paid on 12 March, known in May: March and April had reckoned 0,95 a day for nothing."""
    home = billed("2025-01", 1000, 0, 0, 0, home=Household(rates=prices((None, "3.00"))))
    home.pays("2025-03-12", "3000.00")
    billed("2025-05", 0, home=home)

    assert ["0.00", "0.00", "18.05", "28.50", "-46.55"] == penalties(home)
    assert Money.zero() == home.bills[-1].closing
    assert (Money(300000), Money.zero()) == (home.bills[-1].payments, home.bills[-1].charged)


def test_no_penalty_on_a_penalty() -> None:
    """A penalty that nobody pays is owed for years and costs nothing itself."""
    home = billed("2025-01", 10_000, 0, 0)
    home.pays("2025-04-01", "27700.00")
    billed("2025-04", *[0] * 12, home=home)

    assert {"0.00"} == set(penalties(home)[4:])
    assert (home.standing.penalty, ()) == (home.bills[-1].closing, home.standing.debts)
    assert home.standing.penalty > Money.zero()


def test_penalties_can_be_off() -> None:
    """A supplier that charges none has no line of it; debts keep their age all the same."""
    home = billed("2025-01", 100, *[0] * 6, home=Household(rates=RATES, rules=OFF))

    assert [] == [
        line for invoice in home.bills for line in invoice.lines if line.kind is LineKind.PENALTY
    ]
    assert [("2025-01", "277.00")] == owed(home.standing)


def test_penalty_that_was_paid_and_is_taken_back_settles_debts() -> None:
    """3,00 too many were paid as a penalty: they go to the debt there is, the rest is an advance."""
    debts = (OpenDebt(period=Month(2025, 5), due=date(2025, 6, 10), left=Money(200)),)
    day = date(2025, 6, 30)
    found = owe_penalty(AccountStanding(debts=debts, penalty=Money(50)), Money(-350), day=day)

    (debt,) = found.debts
    assert (Money.zero(), (Paid(amount=Money(200), paid_on=day),)) == (debt.left, debt.paid)
    assert (Money.zero(), Money(100)) == (found.penalty, found.credit)


def test_advance_covers_a_penalty() -> None:
    """What was paid too much pays it at once."""
    found = owe_penalty(AccountStanding(credit=Money(100)), Money(30), day=date(2025, 6, 30))

    assert (Money.zero(), Money(70)) == (found.penalty, found.credit)


# Debts of an earlier billing system


def taken_over(closing: str, *charged: str) -> Household:
    """Return a household with bills of an earlier system up to December 2024."""
    home = Household(rates=(a_rate(effective_from=date(2024, 1, 1)),))
    first = Month(2024, 12).plus(1 - len(charged))
    for place, amount in enumerate(charged):
        home.had_bill(str(first.plus(place)), charged=amount, closing=closing)
    home.reads("2024-12-20", 1000)
    return billed("2025-01", 0, home=home)


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("-5.00", []),
        ("0.00", []),
        ("40.00", [("2024-12", "40.00")]),
        ("100.00", [("2024-12", "100.00")]),
        ("250.00", [("2024-10", "30.00"), ("2024-11", "120.00"), ("2024-12", "100.00")]),
        ("900.00", [("2024-10", "680.00"), ("2024-11", "120.00"), ("2024-12", "100.00")]),
    ],
)
def test_debt_taken_over_is_of_the_latest_bills(
    closing: str, expected: list[tuple[str, str]]
) -> None:
    """Payments settle the oldest first; what the bills do not explain is as old as the first."""
    home = taken_over(closing, "80.00", "120.00", "100.00")

    assert expected == owed(home.standing)
    assert Money.parse(closing) == home.bills[0].opening


def test_bill_that_gave_back_explains_no_debt() -> None:
    """A bill of an earlier system below zero is nobody's debt."""
    home = taken_over("150.00", "80.00", "-120.00", "100.00")

    assert [("2024-10", "50.00"), ("2024-12", "100.00")] == owed(home.standing)


def test_penalty_up_to_the_last_bill_taken_over_is_not_reckoned_once_more() -> None:
    """The earlier system charged what it charged; from its last month on days cost here."""
    home = Household(rates=(a_rate(effective_from=date(2024, 1, 1)),))
    home.had_bill("2024-06", charged="1000.00", closing="1000.00")
    home.had_bill("2024-12", charged="0.00", closing="1000.00")
    home.reads("2024-12-20", 1000)
    billed("2025-01", 0, home=home)

    # 1000,00 × 9,5 % / 130 × 31 days of January.
    assert "22.65" == str(home.bills[0].penalty)


# Whatever happens


@frozen(kw_only=True)
class Story:
    """Months with what each charges, and what is paid in it on which days."""

    first: Month
    charges: list[int]
    payments: list[list[tuple[int, int, int | None]]]


@st.composite
def stories(draw: st.DrawFn, *, named: bool = False) -> Story:
    """Up to a year of charges and payments; a payment may name a month billed before it."""
    length = draw(st.integers(1, 12))
    months = range(length)
    return Story(
        first=draw(st.sampled_from([Month(2019, 10), Month(2021, 9), Month(2024, 8)])),
        charges=[draw(st.integers(0, 500_000)) for _ in months],
        payments=[
            draw(
                st.lists(
                    st.tuples(
                        st.integers(1, 28),
                        st.integers(1, 600_000),
                        st.none() | st.integers(0, month - 1) if named and month else st.none(),
                    ),
                    max_size=3,
                ).map(lambda some: sorted(some, key=lambda payment: payment[0]))
            )
            for month in months
        ],
    )


POLICIES = st.builds(
    PenaltyPolicy,
    rate_mode=st.sampled_from(RateMode),
    flat_rate=st.just(Decimal("7.5")),
    include_payment_day=st.booleans(),
    allocation=st.sampled_from(Allocation),
)


@given(story=stories(named=True), policy=POLICIES)
def test_penalties_month_by_month_are_those_reckoned_at_once(
    story: Story, policy: PenaltyPolicy
) -> None:
    """Exactly so in fractions, and in money up to half a kopeck for each bill."""
    standing = AccountStanding()
    debts, repayments = [], []
    reckoned: dict[Month, Fraction] = {}
    charged = []
    for place, amount in enumerate(story.charges):
        month = story.first.plus(place)
        for day, kopecks, named in story.payments[place]:
            payment = Movement(
                amount=Money(kopecks),
                valued_on=month.first_day.replace(day=day),
                period=None if named is None else story.first.plus(named),
            )
            standing = pay(standing, payment, allocation=policy.allocation)
            repayments.append(
                Repayment(amount=payment.amount, paid_on=payment.valued_on, period=payment.period)
            )
        due = due_day(month)
        debts.append(Debt(amount=Money(amount), due=due, period=month))
        standing = bill(standing, Money(amount), month=month, due=due)
        # Payments of the policy are for the principal alone, so the penalty is owed elsewhere.
        credit = standing.credit
        apart = evolve(standing, penalty=Money(10**12), credit=Money.zero())
        reckoned_on, derivation = reckon_penalty(apart, policy=policy, until=month.last_day)
        standing = evolve(reckoned_on, penalty=Money.zero(), credit=credit)
        if derivation is not None:
            charged.append(derivation.amount)
            for debt in derivation.debts:
                reckoned[debt.period] = debt.accrued
    at_once = policy.accrue(debts=debts, payments=repayments, until=month.last_day).unrounded

    assert at_once == sum(reckoned.values(), Fraction(0))
    difference = Money.total(charged) - rounded(at_once)
    assert abs(difference.kopecks) <= (len(charged) + 1) / 2


@given(story=stories())
def test_nothing_is_owed_but_what_was_charged_and_not_paid(story: Story) -> None:
    """The sum of debts and penalty less the advance is what was charged less what was paid."""
    standing = AccountStanding()
    balance = Money.zero()
    for place, amount in enumerate(story.charges):
        month = story.first.plus(place)
        for day, kopecks, _ in story.payments[place]:
            payment = Movement(amount=Money(kopecks), valued_on=month.first_day.replace(day=day))
            standing = pay(standing, payment, allocation=Allocation.FIFO)
            balance -= payment.amount
        # Some months give back.
        charge = Money(amount - 200_000)
        standing = bill(standing, charge, month=month, due=due_day(month))
        standing, derivation = reckon_penalty(
            standing, policy=PenaltyPolicy(), until=month.last_day
        )
        balance += charge + (Money.zero() if derivation is None else derivation.amount)

        assert balance == standing.balance
        assert standing.credit.is_zero or (
            standing.penalty.is_zero and all(debt.left.is_zero for debt in standing.debts)
        )


@given(
    kwh=st.integers(1, 100_000),
    more=st.integers(0, 1000),
    months=st.integers(0, 8),
    later=st.integers(0, 4),
)
def test_penalty_grows_with_days_and_with_debt(
    kwh: int, more: int, months: int, later: int
) -> None:
    """At one rate, who owes more for longer pays no less."""
    rules = BillingRules(rate_mode=RateMode.FLAT, flat_rate=Decimal("7.5"))

    def total(volume: int, length: int) -> list[Invoice]:
        home = Household(rates=RATES, rules=rules)
        return billed("2023-01", volume, *[0] * length, home=home).bills

    less, longer, greater = (
        sum((_exact(invoice) for invoice in bills), Fraction(0))
        for bills in (total(kwh, months), total(kwh, months + later), total(kwh + more, months))
    )
    assert less <= longer
    assert less <= greater


def _exact(invoice: Invoice) -> Fraction:
    return penalty_of(invoice).exact if not invoice.penalty.is_zero else Fraction(0)
