"""``elkk calc``: the rules of the core, one at a time, for programs and for the curious."""

import base64
import binascii
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

import click
from attrs import evolve

from elkk_adapters.sentences import sentence
from elkk_cli import errors, failures
from elkk_cli.desk import Desk, pass_desk
from elkk_cli.given import (
    Given,
    Misgiven,
    at,
    choice,
    day,
    decimal,
    flag,
    load,
    mapping,
    money,
    month,
    text,
    whole,
)
from elkk_core.accounts import BankAccountKind, account_key_is_right, tax_number_is_right
from elkk_core.billing import (
    KEY_RATES,
    MORATORIA,
    PENALTY_CAPS,
    PENALTY_RATES,
    Allocation,
    Charset,
    Debt,
    PaymentCode,
    PenaltyCap,
    PenaltyPolicy,
    RateMode,
    Repayment,
    due_day,
)
from elkk_core.billing import charge as charge_volumes
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
from elkk_core.shared import DuplicateRow, ElkkError, Month, Period, Timeline, Zone
from elkk_core.tariffs import (
    VAT_RATES,
    PriceRange,
    RangeSplit,
    ZonePrices,
    ZoneVolume,
    check_vat_rate,
)

Result = dict[str, Any]
Calculator = Callable[[Any, Desk], Result]

_UNROUNDED_DECIMALS = 10


@click.group()
def calc() -> None:
    """Work out charges, estimates, penalties, payment codes and control digits.

    Every calculator reads one JSON object, or an array of them, from a file or standard input, and
    prints its result, or an array of results in the same order. Amounts, quantities and rates are
    strings; a null or a missing key means the default; unknown keys are refused. What is wrong with
    an object is told in its place: {"error": {"code", "text", "where"}}. No database is needed.

    Exit status: 0 all objects are good, 1 at least one is not.

    \b
    Example:
      echo '{"period": "2026-03"}' | elkk calc due-day
    """


@calc.group()
def qr() -> None:
    """Build and read payment QR codes (ГОСТ Р 56042-2014)."""


def _calculator(group: click.Group, name: str) -> Callable[[Calculator], Calculator]:
    """Make a command of a function from an object to a result; its docstring is the help."""

    def register(calculate: Calculator) -> Calculator:
        @group.command(name=name, help=calculate.__doc__)
        @click.argument("file", type=click.File("rb"), default="-", help="JSON; - is the input.")
        @pass_desk
        def command(desk: Desk, file: BinaryIO) -> None:
            answers, are_many = _answers(calculate, file.read(), desk)
            printed = json.dumps(answers if are_many else answers[0], ensure_ascii=False)
            # Half a character that was given escaped is given back escaped.
            click.echo(printed.encode("utf-8", "backslashreplace").decode("utf-8"))
            if any("error" in answer for answer in answers):
                click.get_current_context().exit(failures.REFUSED)

        return calculate

    return register


def _answers(calculate: Calculator, data: bytes, desk: Desk) -> tuple[list[Result], bool]:
    """Return the result for each object, and whether an array was given."""
    try:
        given = load(data)
    except ElkkError as error:
        return [_refusal(error, "", desk)], False
    if isinstance(given, list):
        return [_answer(calculate, value, desk) for value in given], True
    return [_answer(calculate, given, desk)], False


def _answer(calculate: Calculator, value: Any, desk: Desk) -> Result:
    try:
        return calculate(value, desk)
    except Misgiven as found:
        return _refusal(found.error, found.place, desk)
    except ElkkError as error:
        return _refusal(error, "", desk)


def _refusal(error: ElkkError, place: str, desk: Desk) -> Result:
    said = sentence(error, desk.language, to_operator=True)
    return {"error": {"code": error.code, "text": str(said), "where": place}}


# How figures are written


def _plain(value: Decimal) -> str:
    """Return a number without an exponent and without needless zeros."""
    return f"{value.normalize():f}"


def _unrounded(value: Fraction) -> str:
    """Return a fraction of roubles with far more decimals than a kopeck has."""
    scaled = int(value * 10**_UNROUNDED_DECIMALS + Fraction(1, 2))
    return _plain(Decimal(scaled).scaleb(-_UNROUNDED_DECIMALS))


# Consumption and its price


@_calculator(calc, "consumption")
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
    return {"consumption": _plain(believed.volume), "rolled_over": believed.rolled_over}


@_calculator(calc, "charge")
def _charge(value: Any, _desk: Desk) -> Result:
    """Price of a consumption by zone and consumption range, with the VAT inside it.

    Bounds (up_to, inclusive, in kWh a month) are for all zones together; range_split tells how the
    zones share them: proportional (default), night_first, day_first. Each line is rounded half-up
    to the kopeck. A consumption of several months has bounds as many times as high (months); an
    exempt account pays the first range for all. Without vat, the rate of the period is taken.

    \b
    In:  {"lines": [{"zone": "all_day", "quantity": "10"}],
          "rates": [{"zone": "all_day", "up_to": null, "price": "3.19"}],
          "vat": "20", "range_split": "proportional",
          "period": null, "months": 1, "exempt": false}
    Out: {"lines": [{"zone": "all_day", "range": 1, "quantity": "10", "price": "3.19",
          "amount": "31.90", "vat": "5.32"}], "total": "31.90", "vat": "5.32"}
    """
    given = Given.of(value, *("lines", "rates", "vat", "range_split", "period", "months", "exempt"))
    volumes = [_zone_volume(line) for line in given.objects("lines", "zone", "quantity")]
    ranges: dict[Zone, list[PriceRange]] = {}
    for rate in given.objects("rates", "zone", "up_to", "price"):
        ranges.setdefault(rate.need("zone", _zone), []).append(_price_range(rate))
    with at("rates"):
        prices = [ZonePrices(zone=zone, ranges=tuple(priced)) for zone, priced in ranges.items()]
    if given.has("period") and not given.has("vat"):
        vat_rate = given.need("period", lambda named: VAT_RATES.on(month(named).first_day))
    else:
        vat_rate = given.need("vat", _percentage)
    with at("rates"):
        charged = charge_volumes(
            volumes,
            prices=prices,
            vat_rate=vat_rate,
            split=given.may("range_split", choice(RangeSplit), RangeSplit.PROPORTIONAL),
            months=given.may("months", whole(least=1), 1),
            exempt=given.may("exempt", flag, default=False),
        )
    return {
        "lines": [
            {
                "zone": line.zone.value,
                "range": line.number,
                "quantity": _plain(line.volume),
                "price": f"{line.price:f}",
                "amount": str(line.amount),
                "vat": str(line.vat),
            }
            for line in charged.lines
        ],
        "total": str(charged.total),
        "vat": str(charged.vat),
    }


def _zone(value: Any) -> Zone:
    return Zone.parse(text(value))


def _percentage(value: Any) -> Decimal:
    return check_vat_rate(decimal(value))


def _zone_volume(line: Given) -> ZoneVolume:
    return ZoneVolume(zone=line.need("zone", _zone), volume=line.need("quantity", decimal))


def _price_range(rate: Given) -> PriceRange:
    with at(rate.where("price")):
        unbounded = PriceRange(up_to=None, price=rate.need("price", decimal))
    with at(rate.where("up_to")):
        return evolve(unbounded, up_to=rate.may("up_to", decimal, None))


# Estimates


@_calculator(calc, "estimate")
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
        "kwh": _plain(found.volume),
        "reason": _reason(found, desk),
        "clause": found.clause,
        "coefficient": _plain(found.coefficient),
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


# Late payment


@_calculator(calc, "penalty")
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
        "unrounded": _unrounded(penalty.unrounded),
        "rows": [
            {
                "from": row.first_day.isoformat(),
                "to": row.last_day.isoformat(),
                "days": row.days,
                "debt": str(row.debt),
                "rate": _plain(row.rate),
                "fraction": str(row.share),
                "amount": _unrounded(row.amount),
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


@_calculator(calc, "due-day")
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


@_calculator(calc, "key-rate")
def _key_rate(value: Any, _desk: Desk) -> Result:
    """Key rate of the Bank of Russia in force on a day, in per cent a year.

    \b
    In:  {"date": "2022-02-28"}
    Out: {"rate": "20"}
    """
    given = Given.of(value, "date")
    return {"rate": _plain(given.need("date", lambda named: KEY_RATES.on(day(named))))}


# Payment codes and control digits


@_calculator(qr, "build")
def _build(value: Any, _desk: Desk) -> Result:
    """Text of a payment QR, and its bytes in Base64.

    Fields bear the names of the standard; the required ones are Name, PersonalAcc, BankName, BIC
    and CorrespAcc. Sum is in kopecks. charset: utf8 (default), win1251, koi8r.

    \b
    In:  {"charset": "utf8", "fields": {"Name": "ООО «Три кита»",
          "PersonalAcc": "40702810138250123017", "BankName": "ОАО \\"БАНК\\"", "BIC": "044525225",
          "CorrespAcc": "30101810965770000413"}}
    Out: {"string": "ST00012|Name=ООО «Три кита»|PersonalAcc=…", "base64": "U1Qw…"}
    """
    given = Given.of(value, "charset", "fields")
    charset = given.may("charset", choice(Charset), Charset.UTF8)
    fields = Given(given.need("fields", mapping), "fields")
    present = {name: fields.need(name, text) for name in fields.values if fields.has(name)}
    try:
        code = PaymentCode.build(present, charset=charset)
    except ElkkError as error:
        field = getattr(error, "field", None)
        raise Misgiven(error, fields.where(field) if field else fields.place) from None
    return {"string": code.text, "base64": base64.b64encode(code.encoded).decode("ascii")}


@_calculator(qr, "parse")
def _parse(value: Any, _desk: Desk) -> Result:
    """Fields of a payment QR, from its text or from its bytes in Base64.

    The reader is patient: names in any case, unknown names, empty values and a separator at the end
    do no harm; control digits are not checked.

    \b
    In:  {"string": "ST00012|name=ООО «Три кита»|PersonalAcc=40702810138250123017|"}
    Out: {"charset": "utf8", "separator": "|", "fields": {"Name": "ООО «Три кита»",
          "PersonalAcc": "40702810138250123017"}}
    """
    given = Given.of(value, "base64", "string")
    if given.has("base64") == given.has("string"):
        raise errors.OneExpected("base64, string")
    if given.has("base64"):
        found = given.need("base64", lambda code: PaymentCode.parse(_bytes(code)))
    else:
        found = given.need("string", lambda code: PaymentCode.parse(text(code)))
    return {
        "charset": found.charset.value,
        "separator": found.separator,
        "fields": dict(found.fields),
    }


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode("".join(text(value).split()), validate=True)
    except (binascii.Error, ValueError):
        raise errors.Base64Malformed from None


@_calculator(calc, "account-key")
def _account_key(value: Any, _desk: Desk) -> Result:
    """Whether the control digit of a bank account fits the BIC of its bank.

    type: settlement (default), or correspondent, which is also that of accounts with a cash
    settlement centre. What has not 20 and 9 digits is not valid.

    \b
    In:  {"bic": "044525225", "account": "30101810400000000225", "type": "correspondent"}
    Out: {"valid": true}
    """
    given = Given.of(value, "bic", "account", "type")
    return {
        "valid": account_key_is_right(
            bic=given.need("bic", text),
            account=given.need("account", text),
            kind=given.may("type", choice(BankAccountKind), BankAccountKind.SETTLEMENT),
        )
    }


@_calculator(calc, "inn")
def _inn(value: Any, _desk: Desk) -> Result:
    """Whether the control digits of an INN of 10 or 12 digits fit.

    \b
    In:  {"inn": "7707083893"}
    Out: {"valid": true}
    """
    return {"valid": tax_number_is_right(Given.of(value, "inn").need("inn", text))}
