"""Debts by age: how payments settle them, what a new bill adds, and what lateness costs."""

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from elkk_core.billing.model import (
    AccountStanding,
    EarlierBill,
    Movement,
    OpenDebt,
    Paid,
    PenalisedDebt,
    PenaltyDerivation,
)
from elkk_core.billing.policies.due_days import due_day, falls_on_weekend
from elkk_core.billing.policies.law import Law
from elkk_core.billing.policies.penalties import Allocation, PenaltyPolicy
from elkk_core.billing.policies.rules import BillingRules
from elkk_core.shared.money import Money
from elkk_core.shared.periods import Month

_ZERO = Money(0)


def term(month: Month, *, law: Law, rules: BillingRules) -> date:
    """Return the last day on which the bill for *month* is paid in time.

    Raises:
        NothingInForce: If the table of terms begins later.
    """
    moves = falls_on_weekend if rules.due_day_moves else None
    return due_day(month, terms=law.due_days, is_day_off=moves)


def debts_taken_over(
    closing: Money, *, earlier: Sequence[EarlierBill], law: Law, rules: BillingRules
) -> AccountStanding:
    """Return the debts behind the *closing* figure of an *earlier* billing system.

    It named no ages, but payments settle the oldest bill first: so what is left is of the latest
    bills, and what they do not explain is as old as the first one. The penalty up to its last bill
    was its own affair, and is not reckoned once more.
    """
    if closing <= _ZERO:
        return AccountStanding(credit=-closing)
    debts: list[OpenDebt] = []
    left = closing
    bills = sorted(earlier, key=lambda bill: bill.month, reverse=True)
    for place, bill in enumerate(bills):
        is_first = place == len(bills) - 1
        part = left if is_first else min(left, max(bill.charged, _ZERO))
        if part > _ZERO:
            due = term(bill.month, law=law, rules=rules)
            debts.insert(0, OpenDebt(period=bill.month, due=due, left=part))
            left -= part
    standing = AccountStanding(debts=tuple(debts))
    if rules.penalties:
        policy = rules.penalty_policy(law)
        standing, _ = reckon_penalty(standing, policy=policy, until=bills[0].month.last_day)
    return evolve(standing, penalty=_ZERO)


def pay(standing: AccountStanding, payment: Movement, *, allocation: Allocation) -> AccountStanding:
    """Return where an account stands after a payment.

    It settles debts, the oldest first or the named period before all; then the penalty, since a
    payment is for the principal unless the payer says otherwise (ГК РФ ст. 319 does not put a
    penalty before it); what is left is an advance.
    """
    left = payment.amount
    settled = {}
    for debt in _in_order(standing.debts, payment.period, allocation):
        part = min(left, debt.left)
        if part > _ZERO:
            settled[debt.period] = Paid(amount=part, paid_on=payment.valued_on)
            left -= part
    debts = tuple(
        evolve(
            debt,
            left=debt.left - settled[debt.period].amount,
            paid=(*debt.paid, settled[debt.period]),
        )
        if debt.period in settled
        else debt
        for debt in standing.debts
    )
    penalty = min(left, max(standing.penalty, _ZERO))
    return evolve(
        standing,
        debts=debts,
        penalty=standing.penalty - penalty,
        credit=standing.credit + left - penalty,
    )


def _in_order(
    debts: tuple[OpenDebt, ...], period: Month | None, allocation: Allocation
) -> list[OpenDebt]:
    oldest_first = sorted(debts, key=lambda debt: debt.due)
    if allocation is Allocation.FIFO or period is None:
        return oldest_first
    return sorted(oldest_first, key=lambda debt: debt.period != period)


def bill(standing: AccountStanding, charged: Money, *, month: Month, due: date) -> AccountStanding:
    """Return where an account stands after a bill for *month*, due on *due*.

    An advance covers it first. What a bill gives back settles debts as a payment of the month's last
    day would.
    """
    if charged.is_negative:
        back = Movement(amount=-charged, valued_on=month.last_day)
        return pay(standing, back, allocation=Allocation.FIFO)
    covered = min(standing.credit, charged)
    left = charged - covered
    if left.is_zero:
        return evolve(standing, credit=standing.credit - covered)
    return evolve(
        standing,
        credit=standing.credit - covered,
        debts=(*standing.debts, OpenDebt(period=month, due=due, left=left)),
    )


def reckon_penalty(
    standing: AccountStanding, *, policy: PenaltyPolicy, until: date
) -> tuple[AccountStanding, PenaltyDerivation | None]:
    """Return the penalty on the debts of an account up to *until*, and where it stands with it.

    The penalty of all days late is reckoned anew each time, and what former bills have reckoned is
    taken off: so a payment that came to light later, or the rate of the day of payment, settles what
    was reckoned before. There is no penalty on a penalty. None if there is nothing to reckon. A debt
    that is paid is gone after it.
    """
    penalised = []
    kept = []
    for debt in standing.debts:
        rows = policy.rows_of(debt, until=until)
        if rows or debt.accrued:
            found = PenalisedDebt(period=debt.period, due=debt.due, rows=rows, before=debt.accrued)
            penalised.append(found)
            debt = evolve(debt, accrued=found.accrued)  # noqa: PLW2901 - It is the same debt.
        if not debt.left.is_zero:
            kept.append(debt)
    standing = evolve(standing, debts=tuple(kept))
    if all(found.accrued == found.before for found in penalised):
        return standing, None
    derivation = PenaltyDerivation(until=until, debts=tuple(penalised))
    return owe_penalty(standing, derivation.amount, day=until), derivation


def owe_penalty(standing: AccountStanding, amount: Money, *, day: date) -> AccountStanding:
    """Return where an account stands when a penalty is added, or taken back if it is negative.

    An advance covers it. A penalty that was paid and is taken back settles debts as a payment of
    *day* would.
    """
    owed = standing.penalty + amount - standing.credit
    without = evolve(standing, penalty=max(owed, _ZERO), credit=_ZERO)
    if owed >= _ZERO:
        return without
    return pay(without, Movement(amount=-owed, valued_on=day), allocation=Allocation.FIFO)
