"""The penalty for paying late."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from elkk_core.billing import (
    Allocation,
    AmountNegative,
    Debt,
    FlatRateMissing,
    OpenDebt,
    Paid,
    Penalty,
    PenaltyCap,
    PenaltyPolicy,
    PenaltyRow,
    RateMode,
    Repayment,
)
from elkk_core.shared import Money, Month, NothingInForce, Period, Timeline

DUE = date(2023, 1, 10)


def on(number: int, due: date = DUE) -> date:
    """Return the overdue day *number* of a debt."""
    return due + timedelta(days=number)


def debt(roubles: str = "1000.00", due: date = DUE, **changes: Any) -> Debt:
    """Return a debt."""
    return Debt(amount=Money.parse(roubles), due=due, **changes)


def paid(roubles: str, day: date, **changes: Any) -> Repayment:
    """Return a payment."""
    return Repayment(amount=Money.parse(roubles), paid_on=day, **changes)


def accrue(*debts: Debt, until: date, payments: Sequence[Repayment] = (), **policy: Any) -> Penalty:
    """Return the penalty, without caps and moratoria unless given."""
    settings: dict[str, Any] = {"caps": (), "moratoria": ()} | policy
    return PenaltyPolicy(**settings).accrue(debts=debts, payments=payments, until=until)


def flat(*debts: Debt, rate: str = "7.5", **given: Any) -> Penalty:
    """Return the penalty at a flat rate."""
    return accrue(*debts, rate_mode=RateMode.FLAT, flat_rate=Decimal(rate), **given)


def shown(penalty: Penalty) -> list[tuple[str, str, int, str, str, str]]:
    """Return the rows in short."""
    return [
        (
            row.first_day.isoformat(),
            row.last_day.isoformat(),
            row.days,
            str(row.debt),
            f"{row.rate.normalize():f}",
            str(row.share),
        )
        for row in penalty.rows
    ]


class TestScale:
    @pytest.mark.parametrize(
        ("number", "days"),
        [
            (0, []),
            (30, []),
            (31, [(1, "1/300")]),
            (90, [(60, "1/300")]),
            (91, [(60, "1/300"), (1, "1/130")]),
            (120, [(60, "1/300"), (30, "1/130")]),
        ],
    )
    def test_31st_90th_and_91st_day(self, number: int, days: list[tuple[int, str]]) -> None:
        """Nothing for thirty days, 1/300 for sixty, 1/130 after."""
        found = flat(debt(), until=on(number))

        assert days == [(row.days, str(row.share)) for row in found.rows]

    @pytest.mark.parametrize(
        ("due", "first", "last_300", "first_130"),
        [
            (date(2021, 10, 10), date(2021, 11, 10), date(2022, 1, 8), date(2022, 1, 9)),
            (date(2026, 4, 15), date(2026, 5, 16), date(2026, 7, 14), date(2026, 7, 15)),
            # Over the 29th of February.
            (date(2024, 2, 10), date(2024, 3, 12), date(2024, 5, 10), date(2024, 5, 11)),
        ],
    )
    def test_published_dates(self, due: date, first: date, last_300: date, first_130: date) -> None:
        """The bill of September 2021 costs a penalty from 10 November on (Псковэнергосбыт)."""
        rows = flat(debt(due=due), until=on(200, due)).rows

        assert [first, last_300, first_130] == [
            rows[0].first_day,
            rows[0].last_day,
            rows[1].first_day,
        ]

    def test_until_2015_from_the_first_day(self) -> None:
        """The old scale holds for the days up to 31.12.2015, and the old rate, 8.25 %."""
        found = accrue(
            debt(due=date(2015, 12, 10)), until=date(2016, 2, 1), rate_mode=RateMode.PER_DAY
        )

        assert [
            ("2015-12-11", "2015-12-31", 21, "1000.00", "8.25", "1/300"),
            ("2016-01-10", "2016-02-01", 23, "1000.00", "11", "1/300"),
        ] == shown(found)

    def test_nothing_is_claimed_before_the_housing_code(self) -> None:
        """A debt of 2004 is refused rather than reckoned by a later law."""
        with pytest.raises(NothingInForce):
            flat(debt(due=date(2004, 1, 10)), until=date(2004, 3, 1))


class TestPublishedFigures:
    def test_5000_roubles_15_days(self) -> None:
        """5000 × 15 penalty days × 7.5 % / 300 = 18.75 (tanksoil.ru)."""
        found = accrue(debt("5000.00"), until=on(45))

        assert ("18.75", Fraction("18.75")) == (str(found.total), found.unrounded)

    @pytest.mark.parametrize(
        ("rate", "share", "days", "low", "high"),
        [
            # audit-it.ru: 11.56 % a year.
            ("9.5", Fraction(1, 300), 365, "11.555", "11.565"),
            # РЭСК: more than 13 % and more than 30 % a year.
            ("11", Fraction(1, 300), 365, "13", "14"),
            ("11", Fraction(1, 130), 365, "30", "31"),
            # m24.ru: 0.000275 and 0.000634 a day, the latter truncated.
            ("8.25", Fraction(1, 300), 1, "0.0275", "0.0275"),
            ("8.25", Fraction(1, 130), 1, "0.0634", "0.0635"),
            # Under the cap of 9.5 %.
            ("9.5", Fraction(1, 300), 1, "0.0316666", "0.0316667"),
            ("9.5", Fraction(1, 130), 1, "0.0730769", "0.0730770"),
        ],
    )
    def test_per_cent_of_a_debt(
        self, rate: str, share: Fraction, days: int, low: str, high: str
    ) -> None:
        """A hundred roubles cost so many roubles in so many days."""
        row = PenaltyRow(
            due=DUE,
            first_day=on(100),
            last_day=on(99 + days),
            debt=Money.parse("100.00"),
            rate=Decimal(rate),
            share=share,
        )

        assert Fraction(low) <= row.amount <= Fraction(high)

    def test_debt_paid_in_part(self) -> None:
        """812.40 due 10.03.2025, 300 paid on 05.08.2025, the rest open on 31.01.2026."""
        found = PenaltyPolicy().accrue(
            debts=[debt("812.40", date(2025, 3, 10))],
            payments=[paid("300.00", date(2025, 8, 5))],
            until=date(2026, 1, 31),
        )

        assert [
            ("2025-04-10", "2025-06-08", 60, "812.40", "9.5", "1/300"),
            ("2025-06-09", "2025-08-05", 58, "812.40", "9.5", "1/130"),
            ("2025-08-06", "2026-01-31", 179, "512.40", "9.5", "1/130"),
        ] == shown(found)
        assert "116.89" == str(found.total)


class TestRounding:
    def test_half_a_kopeck_goes_up(self) -> None:
        """5 roubles × 1 day × 30 % / 300 is half a kopeck, exactly."""
        found = flat(debt("5.00"), rate="30", until=on(31))

        assert (Fraction(1, 200), "0.01") == (found.unrounded, str(found.total))

    def test_rows_are_not_rounded(self) -> None:
        """Three thirds of a kopeck are a kopeck: only the total is rounded."""
        debts = [debt("1.00", on(number)) for number in (0, 1, 2)]
        found = flat(*debts, rate="100", until=on(33))

        assert [Fraction(1, 100), Fraction(1, 150), Fraction(1, 300)] == [
            row.amount for row in found.rows
        ]
        assert "0.02" == str(found.total)


class TestPayments:
    def test_payment_day_counts(self) -> None:
        """Who pays on the 31st day pays a penalty for that day."""
        found = flat(debt(), payments=[paid("1000.00", on(31))], until=on(60))

        assert [1] == [row.days for row in found.rows]

    def test_payment_day_may_be_left_out(self) -> None:
        """A supplier may count up to the day before the payment."""
        found = flat(
            debt(), payments=[paid("1000.00", on(31))], until=on(60), include_payment_day=False
        )

        assert () == found.rows

    @pytest.mark.parametrize("number", [-20, 0, 30])
    def test_payment_in_time_or_nearly(self, number: int) -> None:
        """What is paid up to the 30th day costs nothing."""
        found = flat(debt(), payments=[paid("1000.00", on(number))], until=on(200))

        assert (Money.zero(), ()) == (found.total, found.rows)

    def test_debt_keeps_its_age(self) -> None:
        """What is left after a payment is as late as it was."""
        found = flat(debt(), payments=[paid("400.00", on(80))], until=on(100))

        assert [
            ("2023-02-10", "2023-03-31", 50, "1000.00", "7.5", "1/300"),
            ("2023-04-01", "2023-04-10", 10, "600.00", "7.5", "1/300"),
            ("2023-04-11", "2023-04-20", 10, "600.00", "7.5", "1/130"),
        ] == shown(found)

    def test_payment_after_the_last_day_has_not_happened(self) -> None:
        """Neither the money nor the day of a later payment is known yet."""
        later = flat(debt(), payments=[paid("1000.00", on(41))], until=on(40))

        assert flat(debt(), until=on(40)) == later

    def test_overpayment_pays_the_next_debt(self) -> None:
        """What is left of a payment goes to the next oldest debt."""
        found = flat(
            debt("100.00"),
            debt("200.00", on(30)),
            payments=[paid("250.00", on(40))],
            until=on(70),
        )

        assert [
            (DUE, on(31), on(40), "100.00"),
            (on(30), on(61), on(70), "50.00"),
        ] == [(row.due, row.first_day, row.last_day, str(row.debt)) for row in found.rows]

    def test_oldest_debt_is_paid_first(self) -> None:
        """In whatever order debts and payments are listed."""
        debts = [debt("200.00", on(30)), debt("100.00")]
        payments = [paid("200.00", on(50)), paid("100.00", on(20))]

        assert "0.00" == str(flat(*debts, payments=payments, until=on(300)).total)

    def test_payment_may_name_its_period(self) -> None:
        """The period named is paid first, and what is left pays the oldest."""
        debts = [
            debt("100.00", period=Month(2022, 12)),
            debt("200.00", on(31), period=Month(2023, 1)),
        ]
        payments = [paid("250.00", on(40), period=Month(2023, 1))]
        found = flat(*debts, payments=payments, until=on(100), allocation=Allocation.PERIOD_NAMED)

        assert [
            ("100.00", on(31), on(40)),
            ("50.00", on(41), on(90)),
            ("50.00", on(91), on(100)),
        ] == [(str(row.debt), row.first_day, row.last_day) for row in found.rows]

    def test_period_is_of_no_account_oldest_first(self) -> None:
        """With the default allocation the same payment pays the older debt first."""
        debts = [
            debt("100.00", period=Month(2022, 12)),
            debt("200.00", on(31), period=Month(2023, 1)),
        ]
        payments = [paid("200.00", on(30), period=Month(2023, 1))]
        found = flat(*debts, payments=payments, until=on(62))

        assert [("100.00", on(31))] == [(str(row.debt), row.due) for row in found.rows]

    def test_debt_is_not_negative(self) -> None:
        """A credit is a payment."""
        with pytest.raises(AmountNegative):
            debt("-0.01")

    def test_payment_is_not_negative(self) -> None:
        """What is given back is a debt."""
        with pytest.raises(AmountNegative):
            paid("-0.01", DUE)


class TestRates:
    def test_rate_of_the_payment_day_counts_for_all_days(self) -> None:
        """8.5 % on the day of payment, 7.5 % on the days before: 8.5 % it is."""
        due = date(2023, 6, 1)
        found = accrue(
            debt(due=due), payments=[paid("1000.00", date(2023, 7, 24))], until=date(2023, 12, 31)
        )

        assert [("2023-07-02", "2023-07-24", 23, "1000.00", "8.5", "1/300")] == shown(found)

    def test_each_payment_has_its_own_rate(self) -> None:
        """Parts that were paid at different rates stand in rows of their own."""
        due = date(2023, 6, 1)
        found = accrue(
            debt(due=due),
            payments=[paid("400.00", date(2023, 7, 10)), paid("600.00", date(2023, 7, 24))],
            until=date(2023, 12, 31),
        )

        assert [
            ("2023-07-02", "2023-07-10", 9, "400.00", "7.5", "1/300"),
            ("2023-07-02", "2023-07-24", 23, "600.00", "8.5", "1/300"),
        ] == shown(found)

    def test_what_is_unpaid_has_the_rate_of_the_last_day(self) -> None:
        """One rate for the whole of an open debt: that of the day of the reckoning."""
        found = accrue(debt(due=date(2023, 6, 1)), until=date(2023, 7, 24))

        assert ["8.5"] == [row[4] for row in shown(found)]

    def test_rate_of_each_day(self) -> None:
        """Each day at its own rate, and a row for each rate."""
        found = accrue(
            debt(due=date(2023, 6, 1)), until=date(2023, 7, 25), rate_mode=RateMode.PER_DAY
        )

        assert [
            ("2023-07-02", "2023-07-23", 22, "1000.00", "7.5", "1/300"),
            ("2023-07-24", "2023-07-25", 2, "1000.00", "8.5", "1/300"),
        ] == shown(found)

    def test_rate_approved_anew_makes_no_row(self) -> None:
        """Two entries with one rate are one row."""
        rates = Timeline("key_rate", [(on(0), Decimal(8)), (on(40), Decimal("8.0"))])
        found = accrue(debt(), until=on(50), rates=rates, rate_mode=RateMode.PER_DAY)

        assert [20] == [row.days for row in found.rows]

    def test_flat_rate_is_not_capped(self) -> None:
        """A rate that is given is the rate."""
        cap = PenaltyCap(during=Period(start=DUE), rate=Decimal(1))

        assert ["7.5"] == [row[4] for row in shown(flat(debt(), until=on(40), caps=(cap,)))]

    def test_flat_rate_has_to_be_given(self) -> None:
        """There is no rate to fall back on."""
        with pytest.raises(FlatRateMissing):
            PenaltyPolicy(rate_mode=RateMode.FLAT)

    def test_table_that_begins_too_late(self) -> None:
        """A rate that is not known is not made up."""
        rates = Timeline("key_rate", [(on(60), Decimal(8))])

        with pytest.raises(NothingInForce):
            accrue(debt(), until=on(50), rates=rates)


class TestCaps:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2022-02-27", "9.5"),
            ("2022-02-28", "9.5"),
            ("2022-04-11", "9.5"),
            ("2022-10-02", "7.5"),
            ("2023-08-14", "8.5"),
            ("2023-08-15", "9.5"),
            # The decree of 18.03.2025 reaches back to 01.01.2025: no 21 % in between.
            ("2025-01-01", "9.5"),
            ("2025-03-17", "9.5"),
            ("2027-01-01", "9.5"),
            ("2027-01-02", "14"),
        ],
    )
    def test_lesser_of_cap_and_rate(self, day: str, expected: str) -> None:
        """9.5 % from 28.02.2022 to 01.01.2027, or the key rate where that is lower."""
        assert Decimal(expected) == PenaltyPolicy().rate_on(date.fromisoformat(day))

    def test_lowest_of_several_caps(self) -> None:
        """Where two acts cap one day, the lower one counts."""
        caps = tuple(
            PenaltyCap(during=Period(start=DUE), rate=Decimal(rate)) for rate in ("6", "5")
        )

        assert Decimal(5) == PenaltyPolicy(caps=caps).rate_on(on(0))

    def test_cap_without_an_end(self) -> None:
        """An act may cap the rate until further notice."""
        cap = PenaltyCap(during=Period(start=on(39)), rate=Decimal(5))
        found = accrue(debt(), until=on(40), caps=(cap,), rate_mode=RateMode.PER_DAY)

        assert [(8, "7.5"), (2, "5")] == [(row[2], row[4]) for row in shown(found)]

    def test_edges_of_a_cap_are_inclusive(self) -> None:
        """Day by day, the first and the last day named are capped."""
        cap = PenaltyCap(during=Period.inclusive(on(35), on(38)), rate=Decimal(5))
        found = accrue(debt(), until=on(40), caps=(cap,), rate_mode=RateMode.PER_DAY)

        assert [(4, "7.5"), (4, "5"), (2, "7.5")] == [(row[2], row[4]) for row in shown(found)]

    def test_cap_of_the_payment_day_counts_for_all_days(self) -> None:
        """One rate for all days of a part: that of the payment day with its cap."""
        cap = PenaltyCap(during=Period.inclusive(on(40), on(40)), rate=Decimal(5))

        assert ["5"] == [row[4] for row in shown(accrue(debt(), until=on(40), caps=(cap,)))]


class TestMoratoria:
    def test_edges_of_a_moratorium_are_inclusive(self) -> None:
        """No penalty on the first and on the last day named."""
        idle = Period.inclusive(on(35), on(38))
        found = flat(debt(), until=on(40), moratoria=(idle,))

        assert [
            (on(31), on(34)),
            (on(39), on(40)),
        ] == [(row.first_day, row.last_day) for row in found.rows]

    def test_days_of_a_moratorium_are_overdue_days(self) -> None:
        """A debt grows older meanwhile: 1/130 follows if the 91st day is over."""
        idle = Period.inclusive(on(1), on(100))
        found = flat(debt(), until=on(101), moratoria=(idle,))

        assert [(1, "1/130")] == [(row.days, str(row.share)) for row in found.rows]

    @pytest.mark.parametrize(
        ("day", "accrues"),
        [
            ("2020-04-05", True),
            ("2020-04-06", False),
            ("2020-12-31", False),
            ("2021-01-01", True),
            ("2022-03-31", True),
            ("2022-04-01", False),
            ("2022-10-01", False),
            ("2022-10-02", True),
        ],
    )
    def test_built_in_moratoria(self, day: str, *, accrues: bool) -> None:
        """06.04.2020 to 31.12.2020, and 01.04.2022 to 01.10.2022."""
        last = date.fromisoformat(day)
        found = PenaltyPolicy().accrue(debts=[debt(due=date(2020, 1, 10))], payments=[], until=last)

        assert accrues is (found.rows[-1].last_day == last)


# Laws

AMOUNTS = st.builds(Money, st.integers(0, 10_000_00))
NUMBERS = st.integers(-40, 400)
DAYS = st.builds(on, NUMBERS)
DEBTS = st.lists(
    st.builds(Debt, amount=AMOUNTS, due=DAYS, period=st.none()),
    max_size=4,
)
PAYMENTS = st.lists(
    st.builds(Repayment, amount=AMOUNTS, paid_on=DAYS, period=st.none()),
    max_size=4,
)
POLICIES = st.builds(
    PenaltyPolicy,
    rate_mode=st.sampled_from(RateMode),
    flat_rate=st.just(Decimal("9.5")),
    include_payment_day=st.booleans(),
    moratoria=st.sampled_from([(), (Period.inclusive(on(50), on(120)),)]),
    caps=st.sampled_from(
        [(), (PenaltyCap(during=Period.inclusive(on(70), on(200)), rate=Decimal(8)),)]
    ),
)


def day_by_day(
    policy: PenaltyPolicy, debts: list[Debt], payments: list[Repayment], until: date
) -> Fraction:
    """Return the penalty by plain counting: debt by debt, payment by payment and day by day."""
    made = sorted((one for one in payments if one.paid_on <= until), key=lambda one: one.paid_on)
    purse = [payment.amount.kopecks for payment in made]
    total = Fraction(0)
    for owed in sorted(debts, key=lambda one: one.due):
        left = owed.amount.kopecks
        for place, payment in enumerate(made):
            taken = min(left, purse[place])
            purse[place] -= taken
            left -= taken
            last = payment.paid_on - timedelta(days=0 if policy.include_payment_day else 1)
            total += taken * _cost_of_a_kopeck(policy, owed.due, last, payment.paid_on)
        total += left * _cost_of_a_kopeck(policy, owed.due, until, until)
    return total


def _cost_of_a_kopeck(policy: PenaltyPolicy, due: date, last: date, rate_day: date) -> Fraction:
    cost = Fraction(0)
    for number in range(31, (last - due).days + 1):
        day = on(number, due)
        if any(idle.contains(day) for idle in policy.moratoria):
            continue
        if policy.rate_mode is RateMode.FLAT:
            rate = Fraction(policy.flat_rate or 0)
        else:
            by_day = policy.rate_mode is RateMode.PER_DAY
            rate = Fraction(policy.rate_on(day if by_day else rate_day))
        cost += rate / 10_000 / (300 if number <= 90 else 130)
    return cost


@given(policy=POLICIES, debts=DEBTS, payments=PAYMENTS, last=NUMBERS)
def test_rows_say_what_counting_days_says(
    policy: PenaltyPolicy, debts: list[Debt], payments: list[Repayment], last: int
) -> None:
    """Taking days together by rows changes nothing, to the last digit."""
    found = policy.accrue(debts=debts, payments=payments, until=on(last))

    assert day_by_day(policy, debts, payments, on(last)) == found.unrounded


@given(
    policy=POLICIES,
    parts=st.lists(
        st.tuples(AMOUNTS.filter(lambda amount: not amount.is_zero), NUMBERS),
        min_size=1,
        max_size=4,
    ),
    last=NUMBERS,
)
def test_which_parts_a_row_holds_depends_on_days_alone(
    policy: PenaltyPolicy, parts: list[tuple[Money, int]], last: int
) -> None:
    """Parts that are powers of two tell by their sums what the rows of any other parts are."""
    (left, _), *before = parts
    amounts = [*(amount for amount, _ in before), left]

    def rows_of(amounts: Sequence[Money]) -> tuple[PenaltyRow, ...]:
        *settled, left = amounts
        days = [on(number) for _, number in before]
        paid = [Paid(amount=part, paid_on=day) for part, day in zip(settled, days, strict=True)]
        owed = OpenDebt(period=Month.of(DUE), due=DUE, left=left, paid=tuple(paid))
        return policy.rows_of(owed, until=on(last))

    told = rows_of([Money(1 << place) for place in range(len(amounts))])

    assert rows_of(amounts) == tuple(
        evolve(
            row,
            debt=Money.total(
                amount for place, amount in enumerate(amounts) if row.debt.kopecks >> place & 1
            ),
        )
        for row in told
    )


@given(
    policy=POLICIES.filter(lambda policy: policy.rate_mode is not RateMode.ON_PAYMENT_DAY),
    debts=DEBTS,
    payments=PAYMENTS,
    last=NUMBERS,
    more=st.integers(0, 100),
)
def test_penalty_grows_with_days(
    policy: PenaltyPolicy, debts: list[Debt], payments: list[Repayment], last: int, more: int
) -> None:
    """A later day never costs less, unless a lower rate reaches back (rate of the payment day)."""
    sooner, later = (
        policy.accrue(debts=debts, payments=payments, until=on(number)).unrounded
        for number in (last, last + more)
    )

    assert sooner <= later


@given(policy=POLICIES, debts=DEBTS, amount=AMOUNTS, number=NUMBERS, last=NUMBERS)
def test_penalty_grows_with_debts(
    policy: PenaltyPolicy, debts: list[Debt], amount: Money, number: int, last: int
) -> None:
    """Another debt never costs less."""
    less, more = (
        policy.accrue(debts=found, payments=[], until=on(last)).unrounded
        for found in (debts, [*debts, Debt(amount=amount, due=on(number))])
    )

    assert less <= more


@given(debts=DEBTS, payments=PAYMENTS, amount=AMOUNTS, number=NUMBERS, last=NUMBERS)
def test_paying_more_never_costs_more(
    debts: list[Debt], payments: list[Repayment], amount: Money, number: int, last: int
) -> None:
    """At one rate, another payment never raises the penalty."""
    less, more = (
        flat(*debts, payments=made, until=on(last)).unrounded
        for made in (payments, [*payments, Repayment(amount=amount, paid_on=on(number))])
    )

    assert more <= less
