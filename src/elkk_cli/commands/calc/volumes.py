"""Calculators of consumption, measured or estimated."""

from decimal import Decimal
from typing import Any

from elkk_cli import errors
from elkk_cli.commands.calc.asking import Result, calc, calculator, plain
from elkk_cli.desk import Desk
from elkk_cli.given import (
    Given,
    at,
    choice,
    decimal,
    month,
    text,
    whole,
)
from elkk_core.metering import (
    ESTIMATE_POLICIES,
    DigitCapacity,
    Estimate,
    EstimateCause,
    EstimatePolicy,
    EstimateReason,
    RolloverPolicy,
    read_ratio,
)
from elkk_core.shared import DuplicateRow, Month


@calculator(calc, "consumption")
def _consumption(value: Any, _desk: Desk) -> Result:
    """Consumption between two readings of a register, through zero if need be.

    A current reading below the previous one is a passage through zero, if no more than max_rollover
    kWh were consumed then (5000 by default); else it is refused as a mistake. The ratio of
    transformers multiplies the difference.

    \b
    In:  {"integer_digits": 5, "decimals": 0, "previous": "99990", "current": "00011",
          "ratio": "1", "max_rollover": null}
    Out: {"consumption": "21", "rolled_over": true}
    """
    given = Given.of(
        value,
        *("integer_digits", "decimals", "previous", "current", "ratio", "max_rollover"),
    )
    integers = given.need("integer_digits", whole(least=1))
    decimals = given.may("decimals", whole(least=0), 0)
    with at("integer_digits"):
        capacity = DigitCapacity(integers=integers, decimals=decimals)
    previous, current = (
        given.need(key, lambda shown: capacity.read(text(shown))) for key in ("previous", "current")
    )
    policy = RolloverPolicy(most_kwh=given.may("max_rollover", decimal, RolloverPolicy().most_kwh))
    counted = capacity.consumption(
        previous=previous,
        current=current,
        ratio=given.may("ratio", lambda ratio: read_ratio(text(ratio)), 1),
    )
    with at("current"):
        believed = policy.believe(counted, previous=previous)
    return {"consumption": plain(believed.volume), "rolled_over": believed.rolled_over}


@calculator(calc, "estimate")
def _estimate(value: Any, desk: Desk) -> Result:
    """Consumption to charge for a month without a reading: an average, or the norm.

    history are measured months; missed counts the months in a row without a reading, the estimated
    one included. Causes: reading_missed, meter_failed, meter_lost, verification_over,
    access_refused, access_refused_twice. Policies: by_cause (default: three months of average for
    missed readings, then the norm; average until metering is restored for meters that failed, are
    lost or need verification), classic_3_then_norm, average_until_restored. The rules are those in
    force in the period, the newest without one. An average is rounded half-up to the decimals of
    the meter; without residents (persons) the norm is for the owners.

    \b
    In:  {"history": [{"month": "2026-01", "kwh": "120"}], "missed": 1, "persons": 2,
          "norm": "85", "cause": "reading_missed",
          "policy": "by_cause", "period": null, "decimals": 0, "owners": null}
    Out: {"basis": "norm", "kwh": "170", "reason": "…", "clause": "ПП РФ № 354, п. 60",
          "coefficient": "1"}
    """
    given = Given.of(
        value,
        *("history", "missed", "persons", "norm", "cause"),
        *("policy", "period", "decimals", "owners"),
    )
    history: dict[Month, Decimal] = {}
    for measured in given.objects("history", "month", "kwh", needed=False):
        known = measured.need("month", month)
        with at(measured.where("month")):
            if known in history:
                raise DuplicateRow(list(history).index(known))
        history[known] = measured.need("kwh", decimal)
    found = given.may("policy", _policy, _policy("by_cause")).estimate(
        cause=given.need("cause", choice(EstimateCause)),
        missed=given.need("missed", whole(least=1)),
        history=history,
        norm=given.may("norm", decimal, None),
        persons=given.may("persons", whole(least=0), 0) or given.may("owners", whole(least=1), 0),
        month=given.may("period", month, None),
        decimals=given.may("decimals", _decimals, 0),
    )
    return {
        "basis": found.basis.value,
        "kwh": plain(found.volume),
        "reason": _reason(found, desk),
        "clause": found.clause,
        "coefficient": plain(found.coefficient),
    }


def _decimals(value: Any) -> int:
    return DigitCapacity(integers=5, decimals=whole(least=0)(value)).decimals


def _policy(value: Any) -> EstimatePolicy:
    named = ESTIMATE_POLICIES.get(text(value))
    if named is None:
        raise errors.ChoiceUnknown(value, ", ".join(ESTIMATE_POLICIES))
    return named


_REASONS = {
    EstimateReason.AVERAGE_WITHIN_TERM: (
        "Среднее за {months} мес.: период {missed} подряд из {periods}.",
        "Average of {months} months: period {missed} in a row, of {periods}.",
    ),
    EstimateReason.AVERAGE_UNTIL_RESTORED: (
        "Среднее за {months} мес., пока учет не восстановлен.",
        "Average of {months} months until metering is restored.",
    ),
    EstimateReason.NORM_AFTER_TERM: (
        "Норматив: период {missed} подряд, среднее начисляется не дольше {periods}.",
        "Norm: period {missed} in a row, an average is charged for {periods} at most.",
    ),
    EstimateReason.NORM_FOR_WANT_OF_HISTORY: (
        "Норматив: для среднего не хватает месяцев с показаниями.",
        "Norm: too few measured months for an average.",
    ),
    EstimateReason.NORM_AT_ONCE: (
        "Норматив с коэффициентом: доступ к прибору учета не дали дважды.",
        "Norm with a coefficient: access to the meter was refused twice.",
    ),
}


def _reason(found: Estimate, desk: Desk) -> str:
    """Return in the operator's language why an estimate is what it is."""
    ru, en = _REASONS[found.reason]
    return desk.text(ru=ru, en=en).format(
        months=found.months, missed=found.missed, periods=found.periods
    )
