"""Calculators of late payment: penalty, due day and key rate."""

from decimal import Decimal
from typing import Any

from elkk_cli.commands.calc.asking import Result, calc, calculator, plain, unrounded
from elkk_cli.desk import Desk
from elkk_cli.given import (
    Given,
    at,
    choice,
    day,
    decimal,
    flag,
    money,
    month,
)
from elkk_core.billing import (
    KEY_RATES,
    MORATORIA,
    PENALTY_CAPS,
    PENALTY_RATES,
    Allocation,
    Debt,
    PenaltyCap,
    PenaltyPolicy,
    RateMode,
    Repayment,
    due_day,
)
from elkk_core.shared import DuplicateRow, Period, Timeline


@calculator(calc, "penalty")
def _penalty(value: Any, _desk: Desk) -> Result:
    """Penalty for late payment, ЖК РФ ст. 155 ч. 14, with the rows that explain it.

    until is the last day counted; ranges of dates are inclusive. For key_rates, caps and moratoria
    null means the built-in tables, and [] none. rate_mode: on_payment_day (default; the last day
    counted for what is unpaid), per_day, flat (flat_rate, whatever the caps). allocation: fifo
    (default), period_named (a payment settles the debt of its "period" first). Nothing is rounded
    but the penalty.

    \b
    In:  {"debts": [{"amount": "812.40", "due": "2025-03-10"}],
          "payments": [{"date": "2025-08-05", "amount": "300.00"}], "until": "2026-01-31",
          "key_rates": [["2024-10-28", "21"]], "caps": [["2022-02-28", "2027-01-01", "9.5"]],
          "moratoria": [["2020-04-06", "2020-12-31"]], "rate_mode": "on_payment_day",
          "flat_rate": null, "include_payment_day": true, "allocation": "fifo"}
    Out: {"penalty": "116.89", "unrounded": "116.8947230769", "rows": [{"from": "2025-04-10", …}]}
    """
    given = Given.of(
        value,
        *("debts", "payments", "until", "key_rates", "caps", "moratoria"),
        *("rate_mode", "flat_rate", "include_payment_day", "allocation"),
    )
    rate_mode = given.may("rate_mode", choice(RateMode), RateMode.ON_PAYMENT_DAY)
    flat_rate = given.may("flat_rate", decimal, None)
    with at("flat_rate"):
        policy = PenaltyPolicy(
            rates=_key_rates(given),
            caps=_caps(given),
            moratoria=_moratoria(given),
            rate_mode=rate_mode,
            flat_rate=flat_rate,
            include_payment_day=given.may("include_payment_day", flag, default=True),
            allocation=given.may("allocation", choice(Allocation), Allocation.FIFO),
        )
    penalty = policy.accrue(
        debts=[_debt(debt) for debt in given.objects("debts", "amount", "due", "period")],
        payments=[
            _repayment(paid)
            for paid in given.objects("payments", "date", "amount", "period", needed=False)
        ],
        until=given.need("until", day),
    )
    return {
        "penalty": str(penalty.total),
        "unrounded": unrounded(penalty.unrounded),
        "rows": [
            {
                "from": row.first_day.isoformat(),
                "to": row.last_day.isoformat(),
                "days": row.days,
                "debt": str(row.debt),
                "rate": plain(row.rate),
                "fraction": str(row.share),
                "amount": unrounded(row.amount),
            }
            for row in penalty.rows
        ],
    }


def _debt(debt: Given) -> Debt:
    due, period = debt.need("due", day), debt.may("period", month, None)
    amount = debt.need("amount", money)
    with at(debt.where("amount")):
        return Debt(amount=amount, due=due, period=period)


def _repayment(paid: Given) -> Repayment:
    paid_on, period = paid.need("date", day), paid.may("period", month, None)
    amount = paid.need("amount", money)
    with at(paid.where("amount")):
        return Repayment(amount=amount, paid_on=paid_on, period=period)


def _key_rates(given: Given) -> Timeline[Decimal]:
    if not given.has("key_rates"):
        return PENALTY_RATES
    rates = given.rows("key_rates", day, decimal)
    days = [start for start, _ in rates]
    for index, start in enumerate(days):
        with at(f"key_rates[{index}]"):
            if start in days[:index]:
                raise DuplicateRow(days.index(start))
    return Timeline(PENALTY_RATES.name, rates)


def _caps(given: Given) -> tuple[PenaltyCap, ...]:
    if not given.has("caps"):
        return PENALTY_CAPS
    rows = given.rows("caps", day, day, decimal)
    return tuple(
        PenaltyCap(during=_inclusive(f"caps[{index}]", first, last), rate=rate)
        for index, (first, last, rate) in enumerate(rows)
    )


def _moratoria(given: Given) -> tuple[Period, ...]:
    if not given.has("moratoria"):
        return MORATORIA
    rows = given.rows("moratoria", day, day)
    return tuple(
        _inclusive(f"moratoria[{index}]", first, last) for index, (first, last) in enumerate(rows)
    )


def _inclusive(place: str, first: Any, last: Any) -> Period:
    with at(place):
        return Period.inclusive(first, last)


@calculator(calc, "due-day")
def _due_day(value: Any, _desk: Desk) -> Result:
    """Last day on which the bill for a month is paid in time.

    The 10th of the next month, from March 2026 the 15th (ЖК РФ ст. 155 ч. 1). A day off is not
    moved.

    \b
    In:  {"period": "2026-01"}
    Out: {"due": "2026-02-10"}
    """
    given = Given.of(value, "period")
    return {"due": given.need("period", lambda named: due_day(month(named))).isoformat()}


@calculator(calc, "key-rate")
def _key_rate(value: Any, _desk: Desk) -> Result:
    """Key rate of the Bank of Russia in force on a day, in per cent a year.

    \b
    In:  {"date": "2022-02-28"}
    Out: {"rate": "20"}
    """
    given = Given.of(value, "date")
    return {"rate": plain(given.need("date", lambda named: KEY_RATES.on(day(named))))}
