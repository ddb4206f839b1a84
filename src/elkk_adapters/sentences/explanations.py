"""Where every kopeck of a bill comes from, in plain words.

Nothing is computed here: the figures are those of the derivations that a bill keeps.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from elkk_adapters.sentences.bills import ON_BILLS
from elkk_adapters.sentences.catalogue import LANGUAGES
from elkk_adapters.sentences.words import NBSP, Words
from elkk_core.billing import (
    BenefitDerivation,
    Corrected,
    Counted,
    Estimated,
    Invoice,
    InvoiceLine,
    InvoiceSource,
    LineKind,
    PenalisedDebt,
    PenaltyDerivation,
    ReadingShown,
    VolumeDerivation,
)
from elkk_core.metering import EstimateBasis
from elkk_core.shared import Money, Zone, local_date
from elkk_core.tariffs import RangeShare, RangeSplit

_TIMES = " × "
_UNITS = ("кВт·ч", "kWh", "₽", "%")
_GROUPS: Mapping[str, frozenset[LineKind]] = {
    "group.charge": frozenset({LineKind.METERED, LineKind.AVERAGE, LineKind.NORM}),
    "group.recalculation": frozenset({LineKind.RECALCULATION}),
    "group.benefit": frozenset({LineKind.BENEFIT}),
    "group.penalty": frozenset({LineKind.PENALTY}),
    "group.earlier": frozenset({LineKind.EARLIER}),
}


@frozen(kw_only=True)
class Fact:
    """A figure with its name; *is_total* where the others lead to it."""

    name: str
    value: str
    is_total: bool = False


@frozen(kw_only=True)
class Step:
    """A sentence on the way to an amount, with its *details* if it has some."""

    text: str
    details: tuple[str, ...] = ()


@frozen(kw_only=True)
class ExplainedLine:
    """A line of a bill: what it is for, its figures, the steps to its amount, and the rule."""

    line: InvoiceLine
    title: str
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    rule: str


@frozen(kw_only=True)
class LineGroup:
    """The lines of a bill that are alike, and their sum."""

    title: str
    amount: Money
    lines: tuple[ExplainedLine, ...]


@frozen(kw_only=True)
class ExplainedInvoice:
    """A bill in plain words: its lines in groups, and how they come to its total."""

    invoice: Invoice
    title: str
    groups: tuple[LineGroup, ...]
    result: tuple[str, ...]
    arithmetic: str


def explain(
    invoice: Invoice, language: str, *, time_zone: str = "Europe/Moscow"
) -> ExplainedInvoice:
    """Return where each amount of a bill comes from, in Russian (``ru``) or English (``en``).

    The date of issue is that of *time_zone*. An unknown *language* is answered in Russian.
    """
    said = _Said(language if language in LANGUAGES else LANGUAGES[0])
    # When an earlier system issued a bill is not known: it has the moment of its import.
    is_earlier = invoice.source is InvoiceSource.IMPORTED
    return ExplainedInvoice(
        invoice=invoice,
        title=said(
            "bill.earlier" if is_earlier else "bill",
            number=invoice.number,
            month=invoice.month,
            day=local_date(invoice.issued_at, time_zone),
        ),
        groups=tuple(_groups(invoice, said)),
        result=tuple(_result(invoice, said)),
        arithmetic=said(
            "arithmetic.earlier" if is_earlier else "arithmetic",
            version=invoice.arithmetic_version,
        ),
    )


class _Said:
    """The sentences of a language, filled in with facts."""

    def __init__(self, language: str) -> None:
        self._texts = ON_BILLS[language]
        self._words = Words(language=language)

    def __call__(self, name: str, **facts: Any) -> str:
        text = self._words.format(self._texts[name], **facts)
        for unit in _UNITS:
            # A line is not broken between a figure and its unit.
            text = text.replace(f" {unit}", f"{NBSP}{unit}")
        return text

    def figure(self, value: object) -> str:
        """Return a figure alone: «1 278», «1/3»."""
        return self._words.format_field(value, "")


@frozen(kw_only=True)
class _Told:
    """What is said of a derivation."""

    title: str
    facts: Iterable[Fact]
    steps: Iterable[Step]
    rule: str


def _groups(invoice: Invoice, said: _Said) -> Iterator[LineGroup]:
    meters = {
        line.derivation.meter
        for line in invoice.lines
        if isinstance(line.derivation, VolumeDerivation)
    }
    for name, kinds in _GROUPS.items():
        lines = tuple(
            _explained(line, said, several_meters=len(meters) > 1)
            for line in invoice.lines
            if line.kind in kinds
        )
        if lines:
            yield LineGroup(title=said(name), amount=invoice.sum_of(*kinds), lines=lines)


def _explained(line: InvoiceLine, said: _Said, *, several_meters: bool) -> ExplainedLine:
    derivation = line.derivation
    match derivation:
        case VolumeDerivation():
            told = _OfVolume(derivation, said, names_meter=several_meters).told()
        case BenefitDerivation():
            told = _of_benefit(derivation, said)
        case PenaltyDerivation():
            told = _of_penalty(derivation, said)
        case None:
            told = _of_earlier(said)
    return ExplainedLine(
        line=line,
        title=told.title,
        facts=(*told.facts, *_sums(line, said)),
        steps=tuple(told.steps),
        rule=told.rule,
    )


def _sums(line: InvoiceLine, said: _Said) -> Iterator[Fact]:
    """Yield the amount of a line, and the tax inside it if there is any."""
    yield Fact(name=said("fact.amount"), value=said("money", value=line.amount), is_total=True)
    derivation = line.derivation
    if isinstance(derivation, VolumeDerivation | BenefitDerivation) and not derivation.vat.is_zero:
        yield Fact(
            name=said("fact.vat", rate=derivation.vat_rate),
            value=said("money", value=derivation.vat),
        )


def _result(invoice: Invoice, said: _Said) -> Iterator[str]:
    opening = invoice.opening
    if opening.is_zero:
        yield said("result.clear")
    elif opening.is_negative:
        yield said("result.overpaid", opening=-opening)
    else:
        yield said("result.debt", opening=opening)
    yield said("result.charged", charged=invoice.charged)
    if not invoice.penalty.is_zero:
        yield said("result.penalty", penalty=invoice.penalty)
    yield said("result.payments", payments=invoice.payments)
    if invoice.closing.is_negative:
        yield said("result.over", over=invoice.overpayment)
    else:
        yield said("result.due", due=invoice.total_due)


# Electricity


class _OfVolume:
    """What is said of an amount for electricity."""

    def __init__(self, derivation: VolumeDerivation, said: _Said, *, names_meter: bool) -> None:
        self._derivation = derivation
        self._said = said
        self._names_meter = names_meter

    def told(self) -> _Told:
        """Return all of it."""
        return _Told(
            title=self._full_title(), facts=self._facts(), steps=self._steps(), rule=self._rule()
        )

    def _full_title(self) -> str:
        said, derivation = self._said, self._derivation
        title = self._title()
        if self._names_meter:
            title = said("title.meter", title=title, meter=derivation.meter)
        if derivation.zone is not Zone.ALL_DAY:
            title = said("title.zone", title=title, zone=derivation.zone)
        if derivation.share is not None:
            title = said("title.range", title=title, number=derivation.range_number)
        return title

    def _title(self) -> str:
        derivation = self._derivation
        if derivation.charged_in is not None:
            return self._said("title.back", month=derivation.charged_in)
        match derivation.basis:
            case Counted():
                return self._said("title.metered")
            case Corrected():
                return self._said("title.corrected")
            case Estimated() as basis:
                return self._said(f"title.{basis.basis}", month=basis.month)

    def _rule(self) -> str:
        derivation = self._derivation
        match derivation.basis:
            case Corrected():
                return self._said("rule.corrected")
            case _ if derivation.charged_in is not None:
                return self._said("rule.back")
            case Counted() as basis:
                return self._said("rule.settled" if basis.billed else "rule.counted")
            case Estimated() as basis:
                return self._said(f"rule.{basis.basis}", clause=basis.clause)

    # Figures

    def _facts(self) -> Iterator[Fact]:
        said, derivation = self._said, self._derivation
        yield Fact(name=said("fact.meter"), value=derivation.meter)
        yield from self._facts_of_basis()
        is_estimate = isinstance(derivation.basis, Estimated)
        yield Fact(
            name=said("fact.estimated" if is_estimate else "fact.volume"),
            value=said("kwh", value=derivation.basis.volume),
        )
        if derivation.volume != derivation.basis.volume:
            yield Fact(name=said("fact.part"), value=said("kwh", value=derivation.volume))
        if derivation.share is not None:
            share = derivation.share
            yield Fact(name=said("fact.range"), value=self._range(share.over, share.up_to))
        yield Fact(name=said("fact.price"), value=said("price", value=derivation.price))

    def _facts_of_basis(self) -> Iterator[Fact]:
        said = self._said
        match self._derivation.basis:
            case Counted() as basis:
                yield self._reading("fact.previous", basis.previous)
                yield self._reading("fact.current", basis.current)
                yield from self._ratio(basis.ratio)
                if basis.billed:
                    yield Fact(name=said("fact.billed"), value=said("kwh", value=basis.estimated))
            case Corrected() as basis:
                yield self._reading("fact.mistaken", basis.mistaken)
                yield self._reading("fact.right", basis.right)
                yield from self._ratio(basis.ratio)
            case Estimated() as basis if basis.basis is EstimateBasis.NORM:
                yield Fact(name=said("fact.norm"), value=said("kwh", value=basis.norm))
                yield Fact(name=said("fact.persons"), value=said("persons", value=basis.persons))

    def _reading(self, name: str, shown: ReadingShown) -> Fact:
        said = self._said
        return Fact(
            name=said(name, day=shown.taken_on, source=self._by(shown)),
            value=said.figure(shown.value),
        )

    def _ratio(self, ratio: int) -> Iterator[Fact]:
        if ratio != 1:
            yield Fact(name=self._said("fact.ratio"), value=str(ratio))

    def _by(self, shown: ReadingShown) -> str:
        return self._said(f"reading.{shown.source}")

    def _range(self, over: Decimal, up_to: Decimal | None) -> str:
        """Return a range between two bounds, of which the lowest is no bound."""
        if up_to is None:
            return self._said("range.over", over=over)
        if over:
            return self._said("range.between", over=over, to=up_to)
        return self._said("range.up_to", to=up_to)

    # Steps

    def _steps(self) -> Iterator[Step]:
        derivation = self._derivation
        if derivation.zone is Zone.ALL_DAY:
            yield self._step("meter", meter=derivation.meter)
        else:
            yield self._step("meter.zone", meter=derivation.meter, zone=derivation.zone)
        match derivation.basis:
            case Counted() as basis:
                yield from self._counted(basis)
            case Corrected() as basis:
                yield from self._corrected(basis)
            case Estimated() as basis:
                yield from self._estimated(basis)
        if derivation.charged_in is not None:
            yield self._step("back", volume=-derivation.volume, month=derivation.charged_in)
        if derivation.share is not None:
            yield from self._in_range(derivation.share)
        elif derivation.range_exempt:
            yield self._step("range.exempt")
        yield from self._priced()

    def _step(self, name: str, **facts: Any) -> Step:
        return Step(text=self._said(name, **facts))

    def _counted(self, basis: Counted) -> Iterator[Step]:
        previous, current = basis.previous, basis.current
        yield self._step(
            "counted.readings",
            previous=previous.value,
            previous_on=previous.taken_on,
            previous_by=self._by(previous),
            current=current.value,
            current_on=current.taken_on,
            current_by=self._by(current),
        )
        yield self._step(
            "counted.rolled_over" if basis.rolled_over else "counted.difference",
            modulus=basis.modulus,
            previous=previous.value,
            current=current.value,
            difference=self._difference(basis),
        )
        yield from self._multiplied(basis, basis.counted)
        if basis.billed:
            yield Step(
                text=self._said("counted.billed", estimated=basis.estimated),
                details=tuple(
                    self._said("counted.billed.month", month=part.month, volume=part.volume)
                    for part in basis.billed
                ),
            )
            yield self._step(
                "counted.too_much" if basis.volume < 0 else "counted.left",
                counted=basis.counted,
                estimated=basis.estimated,
                volume=basis.volume,
            )

    def _difference(self, basis: Counted | Corrected) -> str:
        """Return a difference of readings, which is in kWh where there is no transformer."""
        if basis.ratio == 1:
            return self._said("kwh", value=basis.difference)
        return self._said.figure(basis.difference)

    def _multiplied(self, basis: Counted | Corrected, kwh: Decimal) -> Iterator[Step]:
        if basis.ratio != 1:
            yield self._step(
                "counted.ratio", difference=basis.difference, ratio=basis.ratio, kwh=kwh
            )

    def _corrected(self, basis: Corrected) -> Iterator[Step]:
        mistaken, right = basis.mistaken, basis.right
        yield self._step(
            "corrected.readings",
            mistaken=mistaken.value,
            day=mistaken.taken_on,
            mistaken_by=self._by(mistaken),
            right=right.value,
            right_by=self._by(right),
        )
        yield self._step("corrected.difference", difference=self._difference(basis))
        yield from self._multiplied(basis, basis.volume)

    def _estimated(self, basis: Estimated) -> Iterator[Step]:
        yield self._step(f"cause.{basis.cause}", month=basis.month)
        yield self._step(f"reason.{basis.reason}", missed=basis.missed, periods=basis.periods)
        if basis.basis is EstimateBasis.AVERAGE:
            yield self._average(basis)
        else:
            yield from self._norm(basis)
        yield self._step("estimate.settled")

    def _average(self, basis: Estimated) -> Step:
        name = "average"
        if basis.share != 1:
            name = "average.part"
        elif basis.volume * len(basis.history) != basis.measured:
            name = "average.rounded"
        return Step(
            text=self._said(
                name,
                measured=basis.measured,
                months=len(basis.history),
                share=basis.share,
                volume=basis.volume,
            ),
            details=tuple(
                self._said("average.month", month=part.month, volume=part.volume)
                for part in basis.history
            ),
        )

    def _norm(self, basis: Estimated) -> Iterator[Step]:
        yield self._step("norm", norm=basis.norm, persons=basis.persons)
        factors: list[object] = [basis.norm, basis.persons]
        if basis.coefficient != 1:
            yield self._step("norm.coefficient", coefficient=basis.coefficient)
            factors.append(basis.coefficient)
        if basis.share != 1:
            yield self._step("norm.share", share=basis.share)
            factors.append(basis.share)
        yield self._step(
            "norm.volume",
            factors=_TIMES.join(map(self._said.figure, factors)),
            volume=basis.volume,
        )

    def _in_range(self, share: RangeShare) -> Iterator[Step]:
        published = self._range(share.over, share.up_to)
        if not share.over and share.is_last:
            yield self._step("range.only", range=published)
            return
        number = self._derivation.range_number
        yield self._step("range.number", number=number, range=published)
        if share.months > 1:
            yield self._step("range.months", months=share.months)
        if share.split is not RangeSplit.PROPORTIONAL:
            yield self._step(f"range.{share.split}")
            if share.before:
                yield self._step("range.before", before=share.before)
        elif share.zone_volume != share.account_volume:
            yield self._step(
                "range.proportional", zone=share.zone_volume, account=share.account_volume
            )
        if (share.lower, share.upper) != (share.over, share.up_to):
            upper = None if share.is_last else share.upper
            yield self._step("range.own", range=self._range(share.lower, upper))
        if share.billed:
            yield self._step("range.billed", billed=share.billed)
        yield self._step("range.volume", volume=share.volume)

    def _priced(self) -> Iterator[Step]:
        derivation = self._derivation
        yield self._step(
            "price.unknown" if derivation.price_from is None else "price.from",
            price=derivation.price,
            day=derivation.price_from,
        )
        is_exact = derivation.exact == derivation.amount.roubles
        yield self._step(
            "amount" if is_exact else "amount.rounded",
            volume=derivation.volume,
            price=derivation.price,
            exact=derivation.exact,
            amount=derivation.amount,
        )
        if not derivation.vat.is_zero:
            yield self._step("vat", rate=derivation.vat_rate, vat=derivation.vat)


# Benefits


def _of_benefit(derivation: BenefitDerivation, said: _Said) -> _Told:
    facts = [
        Fact(name=said("fact.percent"), value=said("percent", value=derivation.percent)),
        Fact(name=said("fact.discounted"), value=said("money", value=derivation.charged)),
    ]
    steps = [
        Step(text=said("benefit.charged", charged=derivation.charged, volume=derivation.volume))
    ]
    if derivation.limit is not None:
        facts.append(Fact(name=said("fact.limit"), value=said("kwh", value=derivation.limit)))
        steps.append(Step(text=said("benefit.limit", limit=derivation.limit)))
    steps.append(
        Step(
            text=said(
                "benefit.part" if derivation.is_limited else "benefit.whole",
                charged=derivation.charged,
                percent=derivation.percent,
                limit=derivation.discounted,
                volume=derivation.volume,
                discount=-derivation.amount,
            )
        )
    )
    return _Told(
        title=derivation.name,
        facts=facts,
        steps=steps,
        rule=said("rule.benefit"),
    )


# Penalties


def _of_penalty(derivation: PenaltyDerivation, said: _Said) -> _Told:
    steps = [_penalised(debt, said) for debt in derivation.debts]
    steps.append(
        Step(text=said("penalty.amount", exact=derivation.exact, amount=derivation.amount))
    )
    steps.append(Step(text=said("penalty.once")))
    return _Told(
        title=said("title.penalty", until=derivation.until),
        facts=(),
        steps=steps,
        rule=said("rule.penalty"),
    )


def _penalised(debt: PenalisedDebt, said: _Said) -> Step:
    details = [
        said(
            "penalty.row",
            first=row.first_day,
            last=row.last_day,
            debt=row.debt,
            rate=row.rate,
            share=row.share,
            days=row.days,
            amount=row.amount,
        )
        for row in debt.rows
    ]
    if not details:
        details.append(said("penalty.none"))
    if debt.before:
        details.append(said("penalty.before", before=debt.before, added=debt.added))
    return Step(text=said("penalty.debt", period=debt.period, due=debt.due), details=tuple(details))


# An earlier billing system


def _of_earlier(said: _Said) -> _Told:
    return _Told(title=said("title.earlier"), facts=(), steps=(), rule=said("rule.earlier"))
