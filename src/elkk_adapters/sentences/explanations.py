"""Where every kopeck of a bill comes from, in plain words.

Nothing is computed here: the figures are those of the derivations that a bill keeps.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from elkk_adapters.sentences.bills import ON_BILLS
from elkk_adapters.sentences.catalogue import LANGUAGES
from elkk_adapters.sentences.words import Words
from elkk_core.billing import (
    BenefitDerivation,
    Corrected,
    Counted,
    Estimated,
    Invoice,
    InvoiceLine,
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
_GROUPS: Mapping[str, frozenset[LineKind]] = {
    "group.charge": frozenset({LineKind.METERED, LineKind.AVERAGE, LineKind.NORM}),
    "group.recalculation": frozenset({LineKind.RECALCULATION}),
    "group.benefit": frozenset({LineKind.BENEFIT}),
    "group.penalty": frozenset({LineKind.PENALTY}),
    "group.earlier": frozenset({LineKind.EARLIER}),
}


@frozen(kw_only=True)
class Fact:
    """A figure with its name."""

    name: str
    value: str


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
    return ExplainedInvoice(
        invoice=invoice,
        title=said(
            "bill",
            number=invoice.number,
            month=invoice.month,
            day=local_date(invoice.issued_at, time_zone),
        ),
        groups=tuple(_groups(invoice, said)),
        result=tuple(_result(invoice, said)),
        arithmetic=said("arithmetic", version=invoice.arithmetic_version),
    )


class _Said:
    """The sentences of a language, filled in with facts."""

    def __init__(self, language: str) -> None:
        self._texts = ON_BILLS[language]
        self._words = Words(language=language)

    def __call__(self, name: str, **facts: Any) -> str:  # noqa: ANN401 - Any fact can be said.
        return self._words.format(self._texts[name], **facts)


def _groups(invoice: Invoice, said: _Said) -> Iterator[LineGroup]:
    for name, kinds in _GROUPS.items():
        lines = tuple(_explained(line, said) for line in invoice.lines if line.kind in kinds)
        if lines:
            yield LineGroup(title=said(name), amount=invoice.sum_of(*kinds), lines=lines)


def _explained(line: InvoiceLine, said: _Said) -> ExplainedLine:
    derivation = line.derivation
    if isinstance(derivation, VolumeDerivation):
        told: _Told = _OfVolume(derivation, said)
    elif isinstance(derivation, BenefitDerivation):
        told = _OfBenefit(derivation, said)
    elif isinstance(derivation, PenaltyDerivation):
        told = _OfPenalty(derivation, said)
    else:
        told = _OfEarlier(said)
    return ExplainedLine(
        line=line,
        title=told.title,
        facts=(*told.facts(), *_sums(line, said)),
        steps=tuple(told.steps()),
        rule=told.rule,
    )


def _sums(line: InvoiceLine, said: _Said) -> Iterator[Fact]:
    """Yield the amount of a line, and the tax inside it if there is any."""
    yield Fact(name=said("fact.amount"), value=said("money", value=line.amount))
    derivation = line.derivation
    if line.vat is None or line.vat.is_zero or not isinstance(
        derivation, VolumeDerivation | BenefitDerivation
    ):
        return
    yield Fact(
        name=said("fact.vat", rate=derivation.vat_rate), value=said("money", value=line.vat)
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

    def __init__(self, derivation: VolumeDerivation, said: _Said) -> None:
        self._derivation = derivation
        self._said = said

    @property
    def title(self) -> str:
        """What the line is for, with its zone and its range if it has some."""
        said, derivation = self._said, self._derivation
        title = self._title()
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

    @property
    def rule(self) -> str:
        """The rule with its act and clause."""
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

    def facts(self) -> Iterator[Fact]:
        """Yield the meter, what it showed, and the price."""
        said, derivation = self._said, self._derivation
        yield Fact(name=said("fact.meter"), value=derivation.meter)
        yield from self._facts_of_basis()
        is_estimate = isinstance(derivation.basis, Estimated)
        yield Fact(
            name=said("fact.estimated" if is_estimate else "fact.volume"),
            value=said("kwh", value=derivation.volume),
        )
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
                    yield Fact(
                        name=said("fact.billed"), value=said("kwh", value=basis.estimated)
                    )
            case Corrected() as basis:
                yield self._reading("fact.mistaken", basis.mistaken)
                yield self._reading("fact.right", basis.right)
                yield from self._ratio(basis.ratio)
            case Estimated() as basis if basis.basis is EstimateBasis.NORM:
                yield Fact(name=said("fact.norm"), value=said("kwh", value=basis.norm))
                yield Fact(
                    name=said("fact.persons"), value=said("persons", value=basis.persons)
                )

    def _reading(self, name: str, shown: ReadingShown) -> Fact:
        said = self._said
        return Fact(
            name=said(name, day=shown.taken_on),
            value=said("fact.reading", value=shown.value, source=self._by(shown)),
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

    def steps(self) -> Iterator[Step]:
        """Yield how the volume, its price, the amount and the tax inside came about."""
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

    def _step(self, name: str, **facts: Any) -> Step:  # noqa: ANN401 - As above.
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
            difference=basis.difference,
        )
        yield self._in_kwh(basis.difference, basis.ratio, basis.counted)
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

    def _in_kwh(self, difference: Decimal, ratio: int, kwh: Decimal) -> Step:
        if ratio == 1:
            return self._step("counted.kwh", kwh=kwh)
        return self._step("counted.ratio", difference=difference, ratio=ratio, kwh=kwh)

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
        yield self._step("corrected.difference", difference=basis.difference)
        yield self._in_kwh(basis.difference, basis.ratio, basis.volume)

    def _estimated(self, basis: Estimated) -> Iterator[Step]:
        yield self._step(f"cause.{basis.cause}", month=basis.month)
        yield self._step(f"reason.{basis.reason}", missed=basis.missed, periods=basis.periods)
        if basis.basis is EstimateBasis.AVERAGE:
            yield Step(
                text=self._said(
                    "average",
                    measured=basis.measured,
                    months=len(basis.history),
                    volume=basis.volume,
                ),
                details=tuple(
                    self._said("average.month", month=part.month, volume=part.volume)
                    for part in basis.history
                ),
            )
        else:
            yield from self._norm(basis)
        yield self._step("estimate.settled")

    def _norm(self, basis: Estimated) -> Iterator[Step]:
        yield self._step("norm", norm=basis.norm, persons=basis.persons)
        factors = ["{norm}", "{persons}"]
        if basis.coefficient != 1:
            yield self._step("norm.coefficient", coefficient=basis.coefficient)
            factors.append("{coefficient}")
        if basis.share != 1:
            yield self._step("norm.share", share=basis.share)
            factors.append("{share}")
        product = self._said.fill(_TIMES.join(factors), basis)
        yield self._step("norm.volume", factors=product, volume=basis.volume)

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


class _OfBenefit:
    """What is said of a discount."""

    def __init__(self, derivation: BenefitDerivation, said: _Said) -> None:
        self._derivation = derivation
        self._said = said
        self.title = said("title.benefit", name=derivation.name)
        self.rule = said("rule.benefit")

    def facts(self) -> Iterator[Fact]:
        """Yield the percentage, and what it is taken off."""
        said, derivation = self._said, self._derivation
        yield Fact(name=said("fact.percent"), value=said("percent", value=derivation.percent))
        if derivation.limit is not None:
            yield Fact(name=said("fact.limit"), value=said("kwh", value=derivation.limit))
        yield Fact(
            name=said("fact.discounted"), value=said("money", value=derivation.charged)
        )

    def steps(self) -> Iterator[Step]:
        """Yield what it is taken off, and how much it is."""
        said, derivation = self._said, self._derivation
        yield Step(
            text=said(
                "benefit.charged", charged=derivation.charged, volume=derivation.volume
            )
        )
        if derivation.limit is not None:
            yield Step(text=said("benefit.limit", limit=derivation.limit))
        yield Step(
            text=said(
                "benefit.part" if derivation.is_limited else "benefit.whole",
                charged=derivation.charged,
                percent=derivation.percent,
                limit=derivation.limit,
                volume=derivation.volume,
                discount=-derivation.amount,
            )
        )
